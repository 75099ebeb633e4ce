"""The screen of a kiosk, and what a visitor does before it."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from kiosk.config.values import Table
from kiosk.located import Mistake

_CAPITAL_HEIGHT = 0.66  # of the font size, in Source Sans
_PRINTER = r"^(?:[^\s/#?'\"\\-][^\s/#?'\"\\]*)?$"  # as CUPS has it, and no option of `lp`


class Display(Table):
    """The kiosk's own screen: size of one pixel, and how far away a person stands.

    own_screen_px: a screen is the kiosk's own when both its sides have this many CSS px or more;
    smaller ones are phones and laptops, and get ordinary sizes.
    """

    pixel_pitch_mm: Annotated[float, Field(ge=0.05, le=2.0)] = 0.248
    viewing_distance_mm: Annotated[float, Field(ge=200, le=5000)] = 600
    own_screen_px: Annotated[int, Field(ge=300, le=10_000)] = 1000

    @property
    def target_px(self) -> float:
        """The smallest side of what a finger presses: 20 mm, and never under 44 CSS px."""
        return max(44.0, 20 / self.pixel_pitch_mm)

    @property
    def gap_px(self) -> float:
        """The least room between two of them: 5 mm, and never under 8 CSS px."""
        return max(8.0, 5 / self.pixel_pitch_mm)

    @property
    def least_px(self) -> float:
        """The CSS font size at which a capital letter is 4.8 mm high (US 402.4)."""
        return 4.8 / self.pixel_pitch_mm / _CAPITAL_HEIGHT

    @property
    def capital_mm(self) -> float:
        """How high a capital letter must be.

        It is 4.8 mm high (US 402.4) and fills 0.7 degrees at that distance (EN 301 549 5.1.4).
        """
        return max(4.8, 2 * self.viewing_distance_mm * math.tan(math.radians(0.7) / 2))

    @property
    def words_px(self) -> float:
        """The CSS font size at which a capital letter has that height on this screen."""
        return self.capital_mm / self.pixel_pitch_mm / _CAPITAL_HEIGHT


class Visit(Table):
    """Seconds without a touch: until the idle question, to answer it, and until the first picture.

    attract_seconds: how long the clean home page stands before "Touch the screen" comes.
    """

    idle_seconds: Annotated[int, Field(ge=10, le=3600)] = 180
    answer_seconds: Annotated[int, Field(ge=5, le=600)] = 60
    attract_seconds: Annotated[int, Field(ge=5, le=3600)] = 60


def _keys(names: object) -> object:
    if not isinstance(names, list):
        raise Mistake("must be a list.", 'Write it as ["F13", "ArrowUp"].')
    return tuple(names)


KeyNames = Annotated[
    tuple[Annotated[str, Field(min_length=1, max_length=30)], ...],
    BeforeValidator(_keys),
    Field(max_length=5),
]


class Keypad(Table):
    """What each key does: names as a browser gives them (`KeyboardEvent.code` or `.key`).

    up, down: the thing before, the next thing; select: do it. speech: start or stop eyes-free
    mode. switch: the one key of switch scanning.
    """

    up: KeyNames = ("ArrowUp", "F13")
    down: KeyNames = ("ArrowDown", "F14")
    select: KeyNames = ("Enter", "F15")
    back: KeyNames = ("Escape", "F16")
    help: KeyNames = ("F1", "F17")
    again: KeyNames = ("F4", "F18")
    volume: KeyNames = ("F9", "F19")
    home: KeyNames = ("Home", "F20")
    listen: KeyNames = ("F21",)
    speech: KeyNames = ("F2", "F22")
    switch: KeyNames = ("F8", "F24")

    @model_validator(mode="after")
    def _one_use_a_key(self) -> Keypad:
        seen: dict[str, str] = {}
        for action in type(self).model_fields:
            for key in getattr(self, action):
                if key in seen:
                    problem = f'"{key}" is used twice: for {seen[key]} and for {action}.'
                    raise Mistake(problem, "Keep one of them.")
                seen[key] = action
        return self


class Switch(Table):
    """Switch scanning: seconds that the frame stays on one thing, and a tick as it moves."""

    seconds: Annotated[float, Field(ge=0.3, le=20)] = 1.5
    sound: bool = True


class Print(Table):
    """The printer beside the kiosk, by its name in CUPS, and how much it prints at most."""

    printer: Annotated[str, Field(max_length=127, pattern=_PRINTER)] = ""
    papers_an_hour: Annotated[int, Field(ge=1, le=1000)] = 30


class Hall(Table):
    """The locked browser of a hall (`kiosk open --lock`): when it is started again.

    sign_seconds: the page has not been seen for this long; first_sign_seconds: after a start.
    page_memory_mb: the page needs more memory than this, and nobody is there.
    """

    sign_seconds: Annotated[int, Field(ge=5, le=3600)] = 30
    first_sign_seconds: Annotated[int, Field(ge=5, le=3600)] = 60
    page_memory_mb: Annotated[int, Field(ge=100, le=100_000)] = 1500

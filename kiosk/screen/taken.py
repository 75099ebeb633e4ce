"""*Take it home*: what a page's sheet offers, by a code for a phone and by the printer."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from kiosk.config import Site
from kiosk.content import Language, Page
from kiosk.content.page import HOME
from kiosk.screen.codes import address_of, code_svg, document_address, parts_of, written_by_hand
from kiosk.screen.screens import Speech

MOST_CARDS = 12  # on one poster
_FEW = 2  # ideas
_STEPS = ("take_camera", "take_hold", "take_touch")


def only_leads(pages: Sequence[Page]) -> bool:
    """Return whether the first page of a part does little but lead to the others."""
    return len(pages) > 1 and len(pages[0].ideas) <= _FEW


def makes_poster(pages: Sequence[Page]) -> bool:
    """Return whether a part is a poster on paper, and no leaflet of its first page."""
    return only_leads(pages) and len(pages) - 1 <= MOST_CARDS


@dataclass(frozen=True, slots=True)
class Ways:
    """How things go home from here: to the web address of the site, and by a printer (prints)."""

    site: Site
    prints: bool = False

    def prints_of(self, language: Language, page: Page) -> str:
        """Return what a page is on paper: "leaflet", "poster", or "" where nobody can print it.

        language: the page's own, as staff have written it: without what is coming up.
        """
        if not self.prints or page.id not in language.pages:
            return ""
        part = language.parts.get(page.part or "", ())
        return "poster" if part and part[0].id == page.id and makes_poster(part) else "leaflet"


@dataclass(frozen=True, slots=True)
class Code:
    """A code on a sheet. file: its name; address: as it is typed, with where a line may end.

    steps: what to do with it. Each text has its place in the narration before it.
    """

    file: str
    steps: list[tuple[int, str]]
    write: int
    address: tuple[int, Markup]


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to take along: the page itself, or the document that it offers.

    heading, notes: texts of the interface, each its place in the narration and its key. prints:
    what a press on the printer's button prints: "leaflet", "poster", "document" or "" for nothing.
    """

    heading: tuple[int, str] | None
    notes: list[tuple[int, str]]
    code: Code | None
    prints: str


@dataclass(slots=True)
class Taken:
    """The sheet of a page. codes: the pictures of its codes by the name of their file.

    say: the place of what its button is called, None without a sheet.
    """

    offers: list[Offer] = field(default_factory=list)
    codes: dict[str, bytes] = field(default_factory=dict)
    say: int | None = None

    @property
    def only_prints(self) -> bool:
        """Whether it has nothing for people who are not at the kiosk's own screen."""
        return not self.codes


def take_home(ways: Ways, speech: Speech, page: Page, prints: str, code: str) -> Taken:
    """Return what the sheet of a page offers; without offers there is none, and no button.

    speech: that of the page. prints: as Ways.prints_of tells. code: the language of the screen.
    Nobody takes the first page home: it only leads to the others.
    """
    taken = Taken()
    if page.id == HOME:
        return taken
    at = address_of(ways.site, page.id, code)
    if at or prints:
        heading = (speech.aside("take_phone"), "take_phone") if at else None
        drawn = _code(taken, speech, at) if at else None
        notes = [(speech.aside("take_ours"), "take_ours")] if prints else []
        taken.offers.append(Offer(heading, notes, drawn, prints))
    if page.download and (at or ways.prints):
        heading = (speech.aside("take_document"), "take_document")
        notes = [(speech.aside("take_not_ours"), "take_not_ours")]
        drawn = _code(taken, speech, document_address(ways.site, page.download)) if at else None
        taken.offers.append(Offer(heading, notes, drawn, "document" if ways.prints else ""))
    if taken.offers:
        taken.say = speech.label("take")
    return taken


def _code(taken: Taken, speech: Speech, address: str) -> Code:
    svg = code_svg(address).encode()
    file = f"{hashlib.sha256(svg).hexdigest()}.svg"
    taken.codes[file] = svg
    # Each code is used in the same way: that is told with the first one.
    steps = [(speech.aside(key), key) for key in _STEPS] if len(taken.codes) == 1 else []
    write = speech.aside("take_write")
    typed = written_by_hand(address)
    # A line ends between two parts, and in one of them only where that alone is too long.
    broken = Markup("").join(
        Markup('<span class="bit">{}</span>').format(one) for one in parts_of(typed)
    )
    return Code(file, steps, write, (speech.aside_text(typed), broken))

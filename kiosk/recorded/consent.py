"""`voice.yaml`: who reads a page, and what they agreed to.

```yaml
by: Amira
agreed: 2026-11-26
agreed_by: parent
until: 2027-11-26
for: [screen, book]
```

`until` may be left out. `for` is where it may be heard: on the screen alone, unless more is named.
`release` is the screens of other kiosks, to which a release brings it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from kiosk.errors import ContentError, RecordingRefused
from kiosk.located import Day, Mistake, Read, check, parse_yaml, read_text

FILE = "voice.yaml"

Use = Literal["screen", "web", "book", "release"]
Role = Literal["myself", "parent", "carer"]
USES: tuple[Use, ...] = get_args(Use)
ROLES: tuple[Role, ...] = get_args(Role)
PLACES: dict[Use, str] = {
    "screen": "the screen",
    "web": "the copy for phones and websites",
    "book": "books",
    "release": "the kiosks of other places",
}
LONGEST_NAME = 40


def _name(value: object) -> object:
    name = " ".join(value.split()) if isinstance(value, str) else value
    if isinstance(name, str) and (len(name) > LONGEST_NAME or not name.isprintable()):
        raise Mistake("This is no first name.", f"It has {LONGEST_NAME} letters at most.")
    return name


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    by: Annotated[str, BeforeValidator(_name), Field(min_length=1)]
    agreed: Day
    agreed_by: Role
    until: Day | None = None
    uses: Annotated[tuple[Use, ...], Field(alias="for", min_length=1)] = ("screen",)

    @model_validator(mode="after")
    def _in_order(self) -> _File:
        if self.until is not None and self.until < self.agreed:
            raise Mistake('"until" is before "agreed".', "Which day was meant?")
        return self


@dataclass(frozen=True, slots=True)
class Consent:
    """What was agreed. by: a first name; agreed_by: who said yes, never a name.

    until: the last day on which it is heard; None: no end was agreed. uses: where it is heard.
    """

    by: str
    agreed: date
    agreed_by: Role
    until: date | None = None
    uses: tuple[Use, ...] = ("screen",)

    def why_not(self, use: Use, today: date) -> str:
        """Return why the voice may not be heard there on that day, as a sentence; "" if it may."""
        if today < self.agreed:
            return f"It is agreed from {self.agreed} on."
        if self.until is not None and today > self.until:
            return f"It was agreed until {self.until}."
        if use not in self.uses:
            return f"It is not agreed for {PLACES[use]}."
        return ""

    def text(self) -> str:
        """Return the file that says this."""
        until = f"until: {self.until}\n" if self.until else ""
        return (
            f"by: {_quoted(self.by)}\nagreed: {self.agreed}\nagreed_by: {self.agreed_by}\n"
            f"{until}for: [{', '.join(self.uses)}]\n"
        )


def checked(consent: Consent) -> Consent:
    """Return what a person has said, if a `voice.yaml` may say it. Raises RecordingRefused."""
    value, problems = check(_File, parse_yaml(consent.text(), shown=Path(FILE)), shown=Path(FILE))
    if value is None:
        one = problems[0]
        raise RecordingRefused(f"{one.problem} {one.hint}".rstrip())
    return _consent(value)


def read_consent(folder: Path, shown: Path) -> Read[Consent | None]:
    """Return what the `voice.yaml` in a folder says; None when it cannot be used.

    shown: the folder as staff know it.
    """
    named = shown / FILE
    try:
        node = parse_yaml(read_text(folder / FILE, shown=named), shown=named)
    except ContentError as error:
        return Read(None, (error,))
    value, problems = check(_File, node, shown=named)
    return Read(_consent(value) if value else None, problems)


def in_order(uses: Iterable[str]) -> tuple[Use, ...]:
    """Return the places where a voice is heard, each once, in one order."""
    named = set(uses)
    return tuple(one for one in USES if one in named)


def _consent(file: _File) -> Consent:
    return Consent(file.by, file.agreed, file.agreed_by, file.until, in_order(file.uses))


def _quoted(name: str) -> str:
    """Return a name as YAML: "No" and "1" are names too."""
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'

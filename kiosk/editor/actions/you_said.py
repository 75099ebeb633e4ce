"""Tells visitors what became of what they said: `content/you-said.yaml`, "You said, we did"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kiosk.config import Site
from kiosk.content import Library
from kiosk.content.edit import lines_of
from kiosk.content.you_said import FILE
from kiosk.editor.actions.action import alone
from kiosk.editor.actions.save import not_written
from kiosk.errors import ContentError, MayNotPublish, OrderChanged, PageNotSaved
from kiosk.feedback.report.said_draft import append
from kiosk.files import replace_durably
from kiosk.located import Located, parse_yaml, plain, read_text
from kiosk.symbols import UnknownSymbol

_MOST, _MOST_WHO = 900, 100  # letters
_STATUS = re.compile(r"(status:\s*)[^\s#]+")
_BY_HAND = f"{FILE} is written in a way that I cannot change. Change it in the file itself."


@dataclass(frozen=True, slots=True)
class TellPeople:
    """Add an entry, which visitors see at once.

    said: what people said, in words that name nobody; did: what was done; who: did it.
    """

    site: Site
    library: Library
    said: str
    did: str
    who: str
    symbol: str
    may_publish: bool

    def check(self) -> dict[str, str]:
        """Raise MayNotPublish, or PageNotSaved for what cannot be told; return the entry."""
        _expect(may_publish=self.may_publish)
        said, did, who = (" ".join(one.split()) for one in (self.said, self.did, self.who))
        if not said or not did or not who:
            raise PageNotSaved("Say what people said, what you did, and who did it.")
        if max(len(said), len(did)) > _MOST or len(who) > _MOST_WHO:
            raise PageNotSaved("This is too long. Say it in fewer words.")
        try:
            self.library.symbols.find(self.symbol)
        except UnknownSymbol as error:
            raise PageNotSaved(str(error)) from None
        day = self.site.today().isoformat()
        return {"symbol": self.symbol, "said": said, "did": did, "who": who, "date": day}

    def execute(self) -> None:
        """Write it durably."""
        entry = yaml.safe_dump([self.check()], allow_unicode=True, sort_keys=False, width=10_000)
        with alone(self.site), not_written():
            append(self.site, self.library.symbols, entry)


@dataclass(frozen=True, slots=True)
class ShowSaid:
    """Hide an entry from visitors, or show it again. It stays in the file.

    number: its place there, from 0; said: what it says, as the person saw it.
    """

    site: Site
    number: int
    said: str
    shown: bool
    may_publish: bool

    def check(self) -> str:
        """Raise MayNotPublish, OrderChanged, PageNotSaved, ContentError; return the new text."""
        _expect(may_publish=self.may_publish)
        text, entries = read_said(self.site)
        if self.number >= len(entries):
            raise OrderChanged
        entry = entries[self.number]
        inside = entry.value
        said = inside.get("said") if isinstance(inside, dict) else None
        if not isinstance(inside, dict) or said is None or said.value != self.said:
            raise OrderChanged
        lines = lines_of(text)
        end = "\r\n" if lines[0].endswith("\r\n") else "\n"
        value = "ready" if self.shown else "draft"
        if "status" in inside:
            at = entry.key_lines["status"] - 1
            lines[at] = _STATUS.sub(rf"\g<1>{value}", lines[at], count=1)
        else:
            at = sorted(entry.key_lines.values())[1] - 1  # it stands before the second fact
            margin = lines[at][: len(lines[at]) - len(lines[at].lstrip(" "))]
            lines.insert(at, f"{margin}status: {value}{end}")
        done = "".join(lines)
        if not _is_the_same(entries, done, self.number, value):
            raise PageNotSaved(_BY_HAND)
        return done

    def execute(self) -> None:
        """Write it durably."""
        with alone(self.site), not_written():
            replace_durably(self.site.content / FILE, self.check().encode(), mode=None)


def read_said(site: Site) -> tuple[str, tuple[Located, ...]]:
    """Return the text of the file and its entries; none without a file. Raises ContentError."""
    path = site.content / FILE
    if not path.exists():
        return "", ()
    shown = site.shown(path)
    value = parse_yaml(read_text(path, shown=shown), shown=shown).value
    return path.read_bytes().decode(), value if isinstance(value, tuple) else ()


def _is_the_same(before: tuple[Located, ...], text: str, number: int, status: str) -> bool:
    """Tell whether one entry has another status now, and all else is as it was."""
    try:
        read = parse_yaml(text.removeprefix("\ufeff").replace("\r\n", "\n"), shown=Path())
    except ContentError:
        return False
    wanted: list[Any] = [plain(one) for one in before]
    wanted[number] = {**wanted[number], "status": status}
    return plain(read) == wanted


def _expect(*, may_publish: bool) -> None:
    if not may_publish:
        raise MayNotPublish("Visitors see this. Somebody who may publish can do it.")

"""What became of what people said, in `content/you-said.yaml`.

```yaml
- symbol: ear
  said: It is too loud in the waiting room.
  did: We made a quiet corner.
  who: The SEND team
  date: 2026-12-01
```

`who` is who did it, `date` is when. An entry with `status: draft` is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import model_validator

from kiosk.config import Site
from kiosk.content.entries import Entry, LongWords, ShortWords, read_entries
from kiosk.errors import ContentError
from kiosk.located import Day, Mistake
from kiosk.symbols import Symbol, SymbolBook

FILE = "you-said.yaml"
TO_WRITE = "Write here"  # begins what stands in a draft until staff have written it


class YouSaidFile(Entry):
    """One entry, as it is written."""

    said: LongWords
    did: LongWords
    who: ShortWords
    date: Day
    status: Literal["draft", "ready"] = "ready"

    @model_validator(mode="after")
    def _is_written(self) -> YouSaidFile:
        for key in ("said", "did", "who"):
            if self.status == "ready" and TO_WRITE in getattr(self, key):
                raise Mistake(f'"{key}" is not written yet.', "Write it, or make it a draft.")
        return self


@dataclass(frozen=True, slots=True)
class YouSaid:
    """What people said, what was done, who did it and when; line: in `path`."""

    said: str
    did: str
    who: str
    day: date
    symbol: Symbol
    language: str
    path: Path
    line: int


def load_you_said(
    site: Site, symbols: SymbolBook
) -> tuple[tuple[YouSaid, ...], tuple[ContentError, ...]]:
    """Return what may be shown, newest first, and every mistake (also in drafts)."""
    path = site.content / FILE
    found, wrong = read_entries(site, path, YouSaidFile, symbols, name="This entry")
    entries = [
        YouSaid(
            said=one.said,
            did=one.did,
            who=one.who,
            day=one.date,
            symbol=symbols.find(one.symbol),
            language=one.language or site.settings.site.languages[0],
            path=site.shown(path),
            line=line,
        )
        for one, line in found
        if one.status == "ready"
    ]
    return tuple(sorted(entries, key=lambda one: (-one.day.toordinal(), one.line))), tuple(wrong)

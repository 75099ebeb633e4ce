"""Workshops and other meetings, in `content/events.yaml`: what is coming up.

```yaml
- title: Plan the new sensory room
  symbol: meeting
  date: 2026-12-03
  from: 10:00
  until: 12:00
  where: The library. It is in Main Street.
  who: Young people and their families.
  travel: Bus 4 stops outside. There is a lift.
  quiet: There is a quiet room next door.
```

`title`, `symbol`, `date` and `where` must be there. Times are those of the site's own clock
(`[site] timezone`), and an event without `until` goes on to the end of its day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from kiosk.config import Site
from kiosk.content.entries import Entry, LongWords, ShortWords, read_entries
from kiosk.errors import ContentError
from kiosk.located import Day, Mistake
from kiosk.symbols import Symbol, SymbolBook

FILE = "events.yaml"

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")


def _clock(value: object) -> object:
    found = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise Mistake(f'"{str(value)[:40]}" is not a time.', "Write it as 10:00 or 14:30.")
    return time(int(found[1]), int(found[2]))


Clock = Annotated[time, BeforeValidator(_clock)]


class _Event(Entry):
    title: ShortWords
    date: Day
    begins: Annotated[Clock | None, Field(alias="from")] = None
    ends: Annotated[Clock | None, Field(alias="until")] = None
    where: LongWords
    who: LongWords | None = None
    travel: LongWords | None = None
    quiet: LongWords | None = None

    @model_validator(mode="after")
    def _in_order(self) -> _Event:
        if self.ends is not None and self.begins is None:
            raise Mistake('There is "until" and no "from".', "When does it begin?")
        if self.begins is not None and self.ends is not None and self.ends <= self.begins:
            raise Mistake('"until" must be later than "from".')
        return self


@dataclass(frozen=True, slots=True)
class Event:
    """One workshop or meeting.

    where, who (for whom), travel (how to get there) and quiet (the quiet room): sentences, or "".
    begins, ends: by the clock of the site; has_times, has_end: whether staff wrote them.
    line: in `path`, which is relative to the site's folder.
    """

    title: str
    symbol: Symbol
    language: str
    day: date
    begins: datetime
    ends: datetime
    has_times: bool
    has_end: bool
    where: str
    who: str
    travel: str
    quiet: str
    path: Path
    line: int


def load_events(
    site: Site, symbols: SymbolBook
) -> tuple[tuple[Event, ...], tuple[ContentError, ...]]:
    """Return all good events, soonest first, and every mistake in the others.

    Past ones are there too: show `coming_up(events, now)`.
    """
    path = site.content / FILE
    found, wrong = read_entries(site, path, _Event, symbols, name="This event")
    events = [_event(one, line, site, symbols, site.shown(path)) for one, line in found]
    return tuple(sorted(events, key=lambda one: (one.begins, one.line))), tuple(wrong)


def coming_up(events: Iterable[Event], now: datetime) -> tuple[Event, ...]:
    """Return the events that are not over; now: a time with its time zone."""
    return tuple(one for one in events if one.ends > now)


def _event(file: _Event, line: int, site: Site, symbols: SymbolBook, path: Path) -> Event:
    zone = site.zone
    begins = datetime.combine(file.date, file.begins or time(), zone)
    ends = datetime.combine(file.date, file.ends or time.max, zone)
    return Event(
        title=file.title,
        symbol=symbols.find(file.symbol),
        language=file.language or site.settings.site.languages[0],
        day=file.date,
        begins=begins,
        ends=ends,
        has_times=file.begins is not None,
        has_end=file.ends is not None,
        where=file.where,
        who=file.who or "",
        travel=file.travel or "",
        quiet=file.quiet or "",
        path=path,
        line=line,
    )

"""Workshops as a calendar file (RFC 5545): each at the right time, also where clocks change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from kiosk.config import Site
from kiosk.content.events import Event
from kiosk.export.home_words import home_words
from kiosk.screen.interface_words import interface_of

_OCTETS = 75  # the longest line, in bytes without its end
_TIME = "%Y%m%dT%H%M%S"
_HOUR = timedelta(hours=1)


def calendar(site: Site, events: Iterable[Event], language: str) -> bytes | None:
    """Return the workshops that are written in a language, past ones too; None without any.

    It takes no picture along, so there is nobody to thank.
    """
    own = [one for one in events if one.language == language]
    if not own:
        return None
    name, _ = site.settings.site.name_in(language)
    told = home_words(language)["ours"].format(site=name.title)
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//easy-read kiosk//EN", "CALSCALE:GREGORIAN"),
        f"X-WR-CALNAME:{_text(name.title)}",
        f"X-WR-CALDESC;LANGUAGE={language}:{_text(told)}",
        *_zone(site.zone, own),
        *(line for one in own for line in _event(site, one, told)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _event(site: Site, event: Event, told: str) -> Iterator[str]:
    interface = interface_of(event.language)
    words = [
        interface.words[f"event_{key}"].format(words=said)
        for key, said in (("who", event.who), ("travel", event.travel), ("quiet", event.quiet))
        if said
    ]
    zone = site.settings.site.timezone
    unique = "\n".join((site.settings.site.title, event.title, event.day.isoformat()))
    yield "BEGIN:VEVENT"
    yield f"UID:{hashlib.sha256(unique.encode()).hexdigest()[:32]}@kiosk"
    # The file tells no day on which it was written, so that it is the same on every day.
    yield f"DTSTAMP:{event.begins.astimezone(UTC).strftime(_TIME)}Z"
    if event.has_times:
        yield f"DTSTART;TZID={zone}:{event.begins.strftime(_TIME)}"
        if event.has_end:
            yield f"DTEND;TZID={zone}:{event.ends.strftime(_TIME)}"
    else:
        yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY;LANGUAGE={event.language}:{_text(event.title)}"
    yield f"LOCATION;LANGUAGE={event.language}:{_text(event.where)}"
    yield f"DESCRIPTION;LANGUAGE={event.language}:{_text(chr(10).join([*words, told]))}"
    yield "END:VEVENT"


def _zone(zone: ZoneInfo, events: list[Event]) -> Iterator[str]:
    """Tell each change of the clock from before the first event until after the last."""
    if not any(one.has_times for one in events):
        return
    first, last = events[0].begins.year - 1, max(one.ends.year for one in events) + 1
    yield "BEGIN:VTIMEZONE"
    yield f"TZID:{zone.key}"
    begins = datetime(first, 1, 1, tzinfo=UTC)
    yield from _observance(begins, begins, zone)
    for change in _changes(zone, first, last):
        yield from _observance(change - _HOUR, change, zone)
    yield "END:VTIMEZONE"


def _observance(before: datetime, at: datetime, zone: ZoneInfo) -> Iterator[str]:
    old, new = before.astimezone(zone), at.astimezone(zone)
    kind = "DAYLIGHT" if new.dst() else "STANDARD"
    came_from = old.utcoffset() or timedelta()
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{(at + came_from).strftime(_TIME)}"
    yield f"TZOFFSETFROM:{_offset(came_from)}"
    yield f"TZOFFSETTO:{_offset(new.utcoffset() or timedelta())}"
    yield f"TZNAME:{new.tzname()}"
    yield f"END:{kind}"


def _changes(zone: tzinfo, first: int, last: int) -> Iterator[datetime]:
    """Yield the moments at which the clock changes, in the years from first to last."""
    day = date(first, 1, 1)
    before = _at(day).astimezone(zone).utcoffset()
    while day.year <= last:
        following = day + timedelta(days=1)
        after = _at(following).astimezone(zone).utcoffset()
        if after != before:
            low, high = 0, 24 * 60
            while high - low > 1:
                middle = (low + high) // 2
                moment = _at(day) + timedelta(minutes=middle)
                if moment.astimezone(zone).utcoffset() == before:
                    low = middle
                else:
                    high = middle
            yield _at(day) + timedelta(minutes=high)
        day, before = following, after


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _offset(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def _text(words: str) -> str:
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return words.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Cut a long line where no letter is cut; each further part begins with a space."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part

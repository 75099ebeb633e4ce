"""Which answers go: the one that a person asks for by its receipt, and those that are too old."""

from __future__ import annotations

import calendar
import contextlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.config import Site
from kiosk.errors import ContentError
from kiosk.feedback.answer.receipt import read_code, read_pictures
from kiosk.feedback.answer.ulid import Ulid, parse, random_part
from kiosk.feedback.store.index import open_index
from kiosk.feedback.store.reader import read_answer, read_set_aside
from kiosk.feedback.store.shelf import ASIDE, aside_ids, deleted_ids, find_days, list_day
from kiosk.feedback.store.store import AnswerStore


def find_by_receipt(
    folder: Path, code: str, *, pictures: str = "", day: date | None = None
) -> list[Ulid]:
    """Return the answers that a receipt may mean, oldest first: nearly always one.

    code: of the receipt, or the whole id. pictures: "cat, umbrella", and day (in UTC), tell two
    answers with one code apart. Looks at the names of the files, so that an answer which cannot be
    read is found too. Raises Mistake.
    """
    ending = ending_of(code, pictures)
    kept = [*map(parse, sorted(aside_ids(folder))), *_ids(folder)]
    found = [one for one in kept if one.text.endswith(ending)]
    # While an answer is taken in with another id, it is there twice.
    unique = {random_part(one): one for one in found}
    return [one for one in unique.values() if day is None or one.day == day]


def was_deleted(folder: Path, code: str, *, pictures: str = "") -> bool:
    """Whether the answer that a receipt means has been deleted. Raises Mistake."""
    ending = ending_of(code, pictures)
    return any(one.endswith(ending) for one in deleted_ids(folder))


def ending_of(code: str, pictures: str = "") -> str:
    """Return how the id ends that a receipt stands for, or the whole id. Raises Mistake."""
    try:
        return str(parse(code))
    except ValueError:
        return (read_pictures(pictures) if pictures else "") + read_code(code)


def too_old(
    folder: Path, *, today: date, keep_months: int, zone: ZoneInfo, first: date = date.min
) -> list[Ulid]:
    """Return the answers that were received more than `keep_months` before today, oldest first.

    Not the time inside the id decides, which comes from a screen whose clock may be wrong; only
    where a file cannot be read, its id does. zone: of the site's days. first: none that was
    received before this day is returned.
    """
    last = months_before(today, keep_months)
    found = []
    for ulid in _ids(folder):
        # Others cannot be too old: an answer is not received before it is made.
        if last <= ulid.day <= today + timedelta(days=1):
            continue
        path = folder / f"{ulid.day:%Y/%m/%d}" / f"{ulid}.yaml"
        try:
            received = read_answer(path, path).received.astimezone(zone).date()
        except ContentError:
            received = ulid.day
        if first <= received < last:
            found.append(ulid)
    for ulid in sorted(map(parse, aside_ids(folder))):
        with contextlib.suppress(FileNotFoundError):  # it was taken in meanwhile
            moment = _received(folder / ASIDE / f"{ulid}.yaml")
            if first <= moment.astimezone(zone).date() < last:
                found.append(ulid)
    return found


def _received(path: Path) -> datetime:
    """Return when an answer that is set aside was received; by the disk when it cannot be read."""
    try:
        return read_set_aside(path, path).received
    except ContentError:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def purge(site: Site, store: AnswerStore, old: Iterable[Ulid]) -> None:
    """Delete answers of a site because of their age. AnswerNotSaved when the disk says no."""
    for one in old:
        store.purge(one)
    forget(site)


def forget(site: Site) -> None:
    """Take what was deleted out of the index now, and not only when it is next used."""
    with open_index(site) as index:
        index.refresh()


def months_before(day: date, months: int) -> date:
    """Return the same day some months before, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _ids(folder: Path) -> Iterator[Ulid]:
    """Yield the id of every answer that is not set aside, oldest first."""
    days, _ = find_days(folder)
    for name in days:
        yield from map(parse, sorted(list_day(folder / name).answers))

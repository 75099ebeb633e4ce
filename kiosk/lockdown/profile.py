"""The locked browser's folder: answers that wait in it stay, the rest is empty at each start.

An answer that the server has not taken yet waits in the browser's own database (IndexedDB). In
Chromium that is two folders, named by the kiosk's address; it needs nothing else of its folder to
find them again.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.config import Site
from kiosk.errors import HallRefused
from kiosk.feedback.store.daily import FILE
from kiosk.lockdown.leveldb import damage_of

MOST_ASIDE = 10  # folders; the oldest goes first
A_MONTH = 31  # days
_WHEN = "%Y%m%d-%H%M%S-%f"
_DATABASE, _LOCAL = Path("Default/IndexedDB"), Path("Default/Local Storage")


def profile_of(site: Site) -> Path:
    """Return the folder that the locked browser keeps its things in."""
    return site.data / "lock" / "browser"


def fresh_profile(site: Site, address: str, report: Callable[[str], None]) -> Path:
    """Empty that folder but for the answers that wait; return it.

    Nothing else of the day before comes back, and no question after a crash. address: the kiosk's.
    report: called with one line when something had to be moved aside. HallRefused: no folder.
    """
    folder = profile_of(site)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _forget_old(site)
        kept = _sound(site, folder / _DATABASE, _name_of(address), report)
        # Older versions kept waiting answers there. The page takes them over into the database,
        # which they never had; from then on it goes at each start like all else.
        _empty(folder, kept or {folder / _LOCAL})
    except OSError as error:
        raise HallRefused(
            f"The browser's folder cannot be made: {error.strerror} ({site.shown(folder)})."
        ) from None
    return folder


def aside(site: Site) -> list[Path]:
    """Return the folders that were moved aside, the oldest first."""
    return sorted((site.data / "lock").glob("damaged-*"))


def _name_of(address: str) -> str:
    """Return how Chromium names what it keeps for an address, without the ending."""
    parts = urlsplit(address)
    host = address.removeprefix(f"{parts.scheme}://").rpartition(":")[0]
    port = 0 if parts.port == 80 else parts.port
    return f"{parts.scheme}_{host.replace(':', '_')}_{port}"


def _sound(site: Site, folder: Path, name: str, report: Callable[[str], None]) -> set[Path]:
    """Return what is sound there, and for this address; move the rest aside."""
    kept: set[Path] = set()
    # HOST.indexeddb.leveldb, HOST.indexeddb.blob, and whatever ending a later Chromium brings.
    for one in sorted({part.name.partition(".indexeddb")[0] for part in _inside(folder)}):
        parts = [part for part in _inside(folder) if part.name.partition(".indexeddb")[0] == one]
        if one != name:
            _move_aside(site, parts, report, "An answer may wait for another address.")
            continue
        damages = (damage_of(part) for part in parts if part.suffix == ".leveldb")
        damage = next(filter(None, damages), None)
        if damage is None:
            kept.update(parts)
        elif damage.log is None:
            _move_aside(site, parts, report, f"The browser's database is damaged: {damage.what}.")
        else:
            # All before the tear is sound and stays; the copy has what comes after it too.
            what = f"The browser's database is damaged: {damage.what}."
            if _move_aside(site, parts, report, what, copy=True):
                with damage.log.open("r+b") as log:
                    log.truncate(damage.sound)
                kept.update(parts)
    return kept


def _move_aside(
    site: Site, parts: list[Path], report: Callable[[str], None], why: str, *, copy: bool = False
) -> bool:
    """Move folders aside, or a copy of them; return whether it was a copy."""
    place = site.data / "lock" / f"damaged-{datetime.now(UTC).strftime(_WHEN)}"
    place.mkdir(mode=0o700)
    if copy:
        try:
            for one in parts:
                shutil.copytree(one, place / one.name)
        except OSError:  # no room for a second one
            copy = False
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(mode=0o700, exist_ok=True)
    if not copy:
        for one in parts:
            one.rename(place / one.name)
    for one in aside(site)[:-MOST_ASIDE]:
        shutil.rmtree(one, ignore_errors=True)
    sound = " What is sound goes on being sent." if copy else ""
    report(f"{why}{sound} It is kept in {site.shown(place)}")
    return copy


def _forget_old(site: Site) -> None:
    """Delete what was moved aside longer ago than answers are kept."""
    now, limit = datetime.now(UTC), timedelta(days=site.settings.feedback.keep_months * A_MONTH)
    with suppress(OSError, ValueError):
        # As with answers: a clock that has leapt deletes nothing.
        last = date.fromisoformat((site.data / FILE).read_text(encoding="ascii").strip())
        if not 0 <= (site.today() - last).days <= A_MONTH:
            return
        for one in aside(site):
            when = datetime.strptime(one.name.partition("-")[2], _WHEN).replace(tzinfo=UTC)
            if now - when > limit:
                shutil.rmtree(one, ignore_errors=True)


def _empty(folder: Path, kept: set[Path]) -> None:
    """Delete all that is in a folder but these, and in place: a power cut does not move them."""
    for one in _inside(folder):
        if one in kept:
            continue
        if any(one in place.parents for place in kept):
            _empty(one, kept)
        elif one.is_dir() and not one.is_symlink():
            shutil.rmtree(one, ignore_errors=True)
        else:
            one.unlink(missing_ok=True)


def _inside(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []

"""The computer itself: where answers go, how much room there is, and what time it is."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk.config import Site
from kiosk.feedback.store.store import AnswerStore
from kiosk.health.verdict import Verdict

COMFORTABLE = 1_000_000_000  # bytes: the answers of years
_MB = 1_000_000
_GB = 1_000 * _MB


def data_folder(site: Site) -> Iterator[Verdict]:
    """Ask whether an answer could be kept."""
    place = site.shown(site.data)
    # The room on the disk has a question of its own.
    if AnswerStore(site.data / "feedback").can_save():
        yield Verdict("Data", f"Answers are kept in {place}. I saved a test file there.")
    else:
        yield Verdict(
            "Data",
            f"Nothing can be saved in {place}.",
            "ask IT to let the kiosk write there, or name another folder in kiosk.toml under"
            " [data].",
        )


def disk(site: Site) -> Iterator[Verdict]:
    """Ask how much room there is for answers and sounds."""
    there = next(one for one in (site.data, *site.data.parents) if one.is_dir())
    free = shutil.disk_usage(there).free
    floor = site.settings.feedback.free_space_floor_mb * _MB
    sounds = site.settings.speech.clips_mb * _MB
    if free < floor:
        yield Verdict(
            "Disk",
            f"Only {amount(free)} are free. Below {amount(floor)} the kiosk takes no answers.",
            "empty the waste bin and delete what nobody needs.",
        )
    elif free < floor + sounds + COMFORTABLE:
        yield Verdict(
            "Disk",
            f"Only {amount(free)} are free. That will soon be too little.",
            "empty the waste bin and delete what nobody needs.",
        )
    else:
        yield Verdict("Disk", f"{amount(free)} are free.")


def amount(count: int) -> str:
    """Return a number of bytes as people say it."""
    for size, unit in ((1_000 * _GB, "TB"), (_GB, "GB"), (_MB, "MB")):
        if count >= size:
            return f"{count / size:.0f} {unit}"
    return "less than 1 MB"


def clock(site: Site) -> Iterator[Verdict]:
    """Ask whether the time can be believed: answers are dated by it."""
    zone = site.settings.site.timezone
    now = datetime.now(UTC)
    # Not strftime for the day: its words would be the computer's language.
    here = now.astimezone(ZoneInfo(zone))
    told = f"It is {here:%H:%M} on {here:%Y-%m-%d} ({zone})."
    newest = _newest(site)
    if newest is not None and newest > now + timedelta(days=1):
        yield Verdict(
            "Clock",
            f"{told} That is before the day when a page was saved ({newest:%Y-%m-%d}).",
            "set the date and the time of this computer.",
        )
    elif synchronised() is False:
        yield Verdict(
            "Clock",
            f"{told} Nothing sets the clock right from time to time.",
            "connect the computer to the internet for some minutes and run: sudo timedatectl"
            " set-ntp true. Without the internet: look at the clock every month.",
        )
    else:
        yield Verdict("Clock", f"{told} If your watch says so too, all is well.")


def _newest(site: Site) -> datetime | None:
    """Return when the last of the site's files was saved."""
    times = []
    for path in (site.root / "kiosk.toml", *site.content.rglob("*")):
        try:
            if path.is_file():
                times.append(path.stat().st_mtime)
        except OSError:
            continue  # it went while we looked
    return datetime.fromtimestamp(max(times), UTC) if times else None


def synchronised() -> bool | None:
    """Return whether the network sets the clock; None where the computer does not tell."""
    told = said_by("timedatectl", "show", "--property=NTPSynchronized", "--value")
    return {"yes": True, "no": False}.get(told.strip())


def said_by(program: str, *arguments: str) -> str:
    """Return what a program of this computer prints; "" when it is not here or fails."""
    found = shutil.which(program)
    if found is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603 - found on the PATH, with words of our own
            [found, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""

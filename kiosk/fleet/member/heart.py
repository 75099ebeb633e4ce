"""Tells the centre each minute how this kiosk is. It knows nothing of who uses it."""

from __future__ import annotations

import contextlib
import re
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from kiosk.disk import free_bytes
from kiosk.errors import FleetError
from kiosk.feedback.store.shelf import aside_ids, folder_of
from kiosk.fleet.member.enrolment import Enrolment
from kiosk.fleet.member.follower import Follower
from kiosk.fleet.member.group import note_group
from kiosk.fleet.wire import BEAT, Beat, BeatReply, Trouble, own_version
from kiosk.health.look import look
from kiosk.live.kiosk import Kiosk
from kiosk.live.released import number_shown
from kiosk.lockdown.life import NEVER

SECONDS = 60.0
LOOK_SECONDS = 1800.0  # how often the kiosk looks at itself: its voice speaks for that

_MB = 1_000_000
_MOST = 20
# What is wrong with the file of an answer may quote it.
_PRIVATE = ("Answers", "An answer's file cannot be read.", "at the kiosk: kiosk feedback verify")


class Heart:
    """One kiosk's beats. `start` begins a thread, `end` ends it.

    run: of what sends its answers. left: tells how many have not gone. follower: of its releases.
    """

    def __init__(
        self,
        kiosk: Kiosk,
        enrolment: Enrolment,
        run: str,
        left: Callable[[], int],
        follower: Follower | None = None,
        *,
        seconds: float = SECONDS,
    ) -> None:
        self._kiosk = kiosk
        self._enrolment = enrolment
        self._run = run
        self._left = left
        self._follower = follower
        self._seconds = seconds
        self._end = threading.Event()
        self._looked: float | None = None
        self._troubles: tuple[Trouble, ...] = ()
        self._thread = threading.Thread(target=self._work, daemon=True, name="kiosk-heart")

    def start(self) -> None:
        """Begin to beat."""
        self._thread.start()

    def end(self) -> None:
        """End, and do not wait for a slow line."""
        self._end.set()

    def beat(self) -> Beat:
        """Return how the kiosk is now."""
        signs, site = self._kiosk.signs, self._kiosk.site
        last = signs.last_visit
        return Beat(
            run=self._run,
            now=datetime.now(UTC),
            engine=own_version(),
            pages=self._kiosk.served.version,
            drawn=signs.drawn,
            screen_seconds=None if signs.life.seconds == NEVER else round(signs.life.seconds, 1),
            free_mb=_free_mb(site.data),
            memory_mb=_memory_mb(),
            temperature=_temperature(),
            waiting=self._left(),
            aside=len(aside_ids(folder_of(site))),
            release=number_shown(site),
            touched=f"{last.astimezone(UTC):%Y-%m-%dT%H}" if last else "",
            troubles=(*self._of_release(), *self._troubles)[:_MOST],
        )

    def send(self) -> None:
        """Tell the centre now, and heed what it says. CentreRefused, CentreAway, OSError."""
        reply = self._enrolment.ask(BEAT, self.beat().model_dump_json().encode())
        note_group(self._kiosk.site, BeatReply.model_validate(reply).group)

    def _of_release(self) -> tuple[Trouble, ...]:
        trouble = self._follower.trouble if self._follower else None
        return (trouble,) if trouble else ()

    def look(self) -> None:
        """Let the kiosk look at itself: what must a person see to."""
        found = [one for one in look(self._kiosk) if not one.good]
        told = []
        for one in found:
            # What the beat says by itself, or the centre tells better.
            if one.about in ("Screen", "Centre") or (
                one.about == "Answers" and "set aside" in one.says
            ):
                continue
            about, says, hint = (
                _PRIVATE if one.about == "Answers" else (one.about, one.says, one.hint)
            )
            told.append(Trouble(about=about[:40], says=says[:400], hint=hint[:400]))
        self._troubles = tuple(dict.fromkeys(told))[:_MOST]

    def _work(self) -> None:
        while not self._end.is_set():
            began = time.monotonic()
            if self._looked is None or began - self._looked >= LOOK_SECONDS:
                self._looked = began
                with contextlib.suppress(Exception):  # a fault of a look must not stop the beats
                    self.look()
            with contextlib.suppress(
                FleetError, OSError, ValueError
            ):  # what sends the answers tells staff
                self.send()
            # A beat that took long makes the next one no later.
            self._end.wait(max(1.0, self._seconds - (time.monotonic() - began)))


def _free_mb(folder: Path) -> int | None:
    try:
        return free_bytes(folder) // _MB
    except OSError:
        return None


def _memory_mb() -> int | None:
    """Return how much memory is free (Linux)."""
    with contextlib.suppress(OSError):
        found = re.search(r"^MemAvailable:\s+(\d+)", Path("/proc/meminfo").read_text("ascii"), re.M)
        if found:
            return int(found[1]) * 1024 // _MB
    return None


def _temperature() -> float | None:
    """Return how warm the warmest part is that tells (Linux)."""
    found = []
    for file in Path("/sys/class/thermal").glob("thermal_zone*/temp"):
        with contextlib.suppress(OSError, ValueError):
            found.append(int(file.read_text("ascii")) / 1000)
    return max((one for one in found if 0 < one < 150), default=None)

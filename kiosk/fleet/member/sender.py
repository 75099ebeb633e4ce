"""What runs in a kiosk that belongs to a centre: it sends on a timer.

It sends every half minute. When the centre is away the pauses grow to five minutes, each a little
by chance, so that not all kiosks come at once when it is back.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import random
import secrets
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from kiosk.config import Site
from kiosk.counted import counted
from kiosk.errors import CentreAway, CentreRefused
from kiosk.feedback.store.store import AnswerStore
from kiosk.fleet.member.enrolment import Enrolment
from kiosk.fleet.member.ledger import Ledger
from kiosk.fleet.member.outbox import LEDGER, Outbox

SECONDS = 30.0
MOST_SECONDS = 300.0
_HINT = "is the network cable in? If it stays so, ask who looks after the centre."
_LOCK = "fleet/lock"


class Sender:
    """One kiosk's sending. `start` begins a thread, `end` ends it.

    report: where lines for staff go, each once until things change.
    """

    def __init__(
        self,
        site: Site,
        store: AnswerStore,
        enrolment: Enrolment,
        report: Callable[[str], None],
        *,
        seconds: float = SECONDS,
    ) -> None:
        self._site = site
        self._store = store
        self._enrolment = enrolment
        self._report = report
        self._seconds = seconds
        self.run = secrets.token_hex(16)
        self.left = 0  # answers that have not gone
        self._end = threading.Event()
        self._told = ""
        self._went: datetime | None = None
        self._thread = threading.Thread(target=self._work, daemon=True, name="kiosk-sender")

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    def end(self) -> None:
        """End; what is on its way now comes again at the next start."""
        self._end.set()
        if self._thread.is_alive():
            self._thread.join(5)

    def state(self) -> tuple[str, str]:
        """Return how it goes, in a sentence or two, and what to try, or ""."""
        belongs = f'It is "{self._enrolment.name}" at the centre {self._enrolment.host}.'
        wait = counted(self.left, "answer waits", "answers wait")
        if self._told:
            return f"{belongs} {self._told} {wait}; nothing is lost.", _HINT
        if self._went is None:
            return f"{belongs} It has not spoken with it yet.", ""
        when = f"{self._went.astimezone(self._site.zone):%H:%M on %Y-%m-%d}"
        return f"{belongs} It spoke with it last at {when}. {wait}.", ""

    def _work(self) -> None:
        with _alone(self._site.data / _LOCK, self._end) as is_alone:
            if not is_alone:
                return
            ledger = Ledger(self._site.data / LEDGER)
            with contextlib.closing(ledger):
                outbox = Outbox(self._site, self._store, self._enrolment, self.run, ledger)
                failures = 0
                while not self._end.is_set():
                    failures = 0 if self._send(outbox) else failures + 1
                    self._end.wait(pause(failures, self._seconds))

    def _send(self, outbox: Outbox) -> bool:
        try:
            done = outbox.send()
        except CentreAway as error:
            self._tell(f"Answers wait for the centre. {error}")
        except CentreRefused as error:
            self._tell(f"The centre does not take answers. {error}")
        except Exception as error:  # whatever it is, the next answers must not wait for ever
            self._tell(f"Answers could not be sent to the centre: {error}")
        else:
            problem = f"{done.unreadable:,} answers cannot be read, so they were not sent. "
            hint = "Try: kiosk feedback verify"
            self._tell(problem + hint if done.unreadable else "")
            self._went = datetime.now(UTC)
            return True
        finally:
            self.left = outbox.left
        return False

    def _tell(self, line: str) -> None:
        if line != self._told:
            self._report(line or "Answers go to the centre again.")
        self._told = line


def pause(failures: int, seconds: float = SECONDS) -> float:
    """Return how long to wait (seconds) after so many failures in a row."""
    grown = min(seconds * 2 ** min(failures, 20), MOST_SECONDS)
    return grown * random.uniform(0.8, 1.2) if failures else seconds  # noqa: S311 - no secret


@contextlib.contextmanager
def _alone(file: Path, end: threading.Event) -> Iterator[bool]:
    """Give True once no other program sends for this data folder; False when told to end."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if end.wait(1):
                    yield False
                    return
            else:
                yield True
                return
    finally:
        os.close(handle)

"""Takes releases on a timer, while the kiosk runs. What is on the screen never waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from importlib.util import find_spec

from kiosk.config import Site
from kiosk.errors import CentreAway, FleetError, ReleaseRefused
from kiosk.fleet.member.enrolment import Enrolment
from kiosk.fleet.member.sender import pause
from kiosk.fleet.wire import Trouble
from kiosk.live.released import number_shown

SECONDS = 120.0
ABOUT = "Release"


class Follower:
    """One kiosk's releases. `start` begins a thread, `end` ends it.

    report: where lines for staff go, each once until things change.
    """

    def __init__(
        self,
        site: Site,
        enrolment: Enrolment,
        report: Callable[[str], None],
        *,
        seconds: float = SECONDS,
    ) -> None:
        self._site = site
        self._enrolment = enrolment
        self._report = report
        self._seconds = seconds
        self._end = threading.Event()
        self._told = ""
        self.trouble: Trouble | None = None
        """Why the newest release is not shown, when somebody must see to it."""
        self._thread = threading.Thread(target=self._work, daemon=True, name="kiosk-releases")

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def end(self) -> None:
        """End, and do not wait for a slow line: what came so far is kept."""
        self._end.set()

    @property
    def number(self) -> int:
        """The release whose pages are shown; 0 for the kiosk's own."""
        return number_shown(self._site)

    def look(self) -> bool:
        """Take what is new; False when nobody was there to ask."""
        if find_spec("tuf") is None:
            self._tell(
                "This kiosk cannot take releases: a package is missing.",
                ".uv/bin/uv sync --inexact --no-dev --extra releases",
            )
            return True
        from kiosk.fleet.member.releases import take
        from kiosk.fleet.member.source import CentreSource

        try:
            done = take(self._site, CentreSource(self._enrolment))
        except CentreAway:
            return False  # what sends the answers tells staff
        except ReleaseRefused as error:
            self._tell(error.problem, error.hint)
        except FleetError as error:
            self._tell(str(error), "look at the centre: kiosk centre status")
        except Exception as error:  # whatever it is, the next release must not wait for ever
            self._tell(f"The release could not be taken: {error}", "kiosk release take")
        else:
            if done.is_new:
                self._report(f"Release {done.number} is shown now.")
            if done.passed:
                self._tell(
                    f"Somebody went back from release {done.passed}.",
                    "ask why. Then at the publisher: kiosk release withdraw, or make a better one.",
                )
            else:
                self._tell("", "")
        return True

    def _work(self) -> None:
        failures = 0
        while not self._end.is_set():
            failures = 0 if self.look() else failures + 1
            self._end.wait(pause(failures, self._seconds))

    def _tell(self, says: str, hint: str) -> None:
        if says and says != self._told:
            self._report(f"The release before stays. {says}")
        self._told = says
        says, hint = says[:400], (hint or "look at the kiosk: kiosk release take")[:400]
        self.trouble = Trouble(about=ABOUT, says=says, hint=hint) if says else None

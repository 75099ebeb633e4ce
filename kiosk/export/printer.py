"""A printer of this computer, by CUPS: a paper comes out of it, or it is told why not.

CUPS takes a job also for a printer that is switched off, and keeps it until that is on again. A
visitor would wait in vain, and the next one would find their paper. So each job is watched until
it is done. One that gets nowhere is taken back.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from kiosk.errors import NotPrinted

JOB = "kiosk"  # what a job is called: it tells nothing of who wanted it
MOST_SECONDS = 90.0  # until a job that gets nowhere is taken back
PATIENCE_SECONDS = 12.0  # for what may still be of the job before: CUPS looks only when it prints
LOOK_SECONDS = 1.0
_COMMAND_SECONDS = 15.0
_STAFF = {
    "off": "The printer {name} does not answer.",
    "paper": "The printer {name} has no paper.",
    "failed": "The printer {name} cannot print: {said}",
}
# What CUPS says of a printer, as RFC 8011 and PWG 5100.9 name it.
_PAPER = re.compile(r"media-(?:empty|needed|low-error)|input-tray-missing")
_OFF = re.compile(r"offline|connecting-to-device|timed-out|shutdown|paused|stopped")
_BROKEN = re.compile(r"jam|cover-open|door-open|interlock|(?:toner|marker|ink)\S*-empty|-error\b")
_AWAY = re.compile(
    r"not exist|unavailable|become available|not respond|unable to|unreachable", re.I
)


@dataclass(frozen=True, slots=True)
class _State:
    """What CUPS tells of a printer. alerts: what is wrong with it; says: its own words."""

    alerts: str
    says: str
    is_printing: bool

    @property
    def trouble(self) -> str:
        """Why nothing comes out, "" for nothing."""
        if _PAPER.search(self.alerts):
            return "paper"
        if _OFF.search(self.alerts) or _AWAY.search(self.says):
            return "off"
        return "failed" if _BROKEN.search(self.alerts) else ""


class Printer:
    """The printer of this name. seconds, patience: see MOST_SECONDS and PATIENCE_SECONDS.

    The name is that of a queue in CUPS, and begins with no hyphen.
    """

    def __init__(
        self,
        name: str,
        *,
        seconds: float = MOST_SECONDS,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self.name = name
        self._seconds = seconds
        self._patience = patience

    def look(self) -> None:
        """Raise NotPrinted if it is not there, or takes no paper."""
        self._state()

    def put_out(self, pdf: bytes) -> None:
        """Print a PDF on A4, and return when it comes out. Raises NotPrinted."""
        before = self._state()
        with tempfile.TemporaryDirectory(prefix="kiosk-") as folder:
            file = Path(folder, "paper.pdf")
            file.write_bytes(pdf)
            job = self._send(file)
        self._watch(job, before)

    def _send(self, file: Path) -> str:
        options = ("-o", "media=A4", "-o", "fit-to-page")
        said = self._ask("lp", "-d", self.name, "-t", JOB, *options, "--", str(file))
        found = re.search(r"request id is (\S+)", said)
        if found is None:
            raise self._trouble("failed", said)
        return found[1]

    def _watch(self, job: str, before: _State) -> None:
        begun = time.monotonic()
        try:
            while job in self._jobs("not-completed"):
                passed = time.monotonic() - begun
                now = self._state()
                is_new = now.alerts != before.alerts or passed > self._patience
                # Without an alert, a printer may just be slow to answer.
                if now.trouble and is_new and (now.alerts != "none" or passed > self._patience):
                    self._give_up(now.trouble, f"{now.alerts} {now.says}")
                if passed > self._seconds:
                    if now.is_printing:
                        return  # it is slow, and says nothing bad
                    self._give_up("failed", "it does not begin.")
                time.sleep(LOOK_SECONDS)
        except NotPrinted:
            self._take_back(job)
            raise
        ended = self._jobs("completed").get(job, "")
        if re.search(r"aborted|cancell?ed", ended):
            raise self._trouble("failed", f"{ended}.")

    def _take_back(self, job: str) -> None:
        # It may have ended meanwhile, or CUPS is gone: what went wrong is told already.
        with suppress(NotPrinted):
            self._ask("cancel", "-x", job)

    def _jobs(self, which: str) -> dict[str, str]:
        """Return the jobs of the printer that are done or not, with what CUPS says of each."""
        said = self._ask("lpstat", "-W", which, "-l", "-o", self.name)
        found, job = dict[str, str](), ""
        for line in said.splitlines():
            if not line.startswith((" ", "\t")):
                job = line.partition(" ")[0]
                found[job] = ""
            elif line.strip().startswith("Alerts:"):
                found[job] = line.partition(":")[2].strip()
        return found

    def _state(self) -> _State:
        """Return how it is. Raises NotPrinted if it is not there, or takes no jobs."""
        first, *lines = self._ask("lpstat", "-l", "-p", self.name).splitlines() or [""]
        if " disabled since" in first:
            raise self._trouble("off", first)
        alerts = [line.partition(":")[2] for line in lines if line.strip().startswith("Alerts:")]
        # Its own words stand alone above the names of things.
        says = lines[0].strip() if lines and ":" not in lines[0] else ""
        alert = alerts[0].strip() if alerts else "none"
        return _State(alert or "none", says, " now printing " in first)

    def _ask(self, program: str, *arguments: str) -> str:
        found = shutil.which(program)
        if found is None:
            raise self._trouble("failed", f"{program} is not here. Install cups-client.")
        try:
            done = subprocess.run(  # noqa: S603 - found on the PATH; the name has been checked
                [found, *arguments],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=_COMMAND_SECONDS,
                check=False,
                env={**os.environ, "LC_ALL": "C"},
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise self._trouble("failed", f"{error}.") from None
        if done.returncode:
            said = done.stderr.strip() or f"{program} ended with {done.returncode}."
            is_off = "not accepting" in said
            raise self._trouble("off" if is_off else "failed", said)
        return done.stdout

    def _give_up(self, reason: str, said: str) -> NoReturn:
        raise self._trouble(reason, said)

    def _trouble(self, reason: str, said: str) -> NotPrinted:
        return NotPrinted(reason, _STAFF[reason].format(name=self.name, said=said.strip()))

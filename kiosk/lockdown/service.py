"""Setting the units up on a machine, and taking them away again."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import HallRefused
from kiosk.lockdown.lock import ROOT
from kiosk.lockdown.made import Made
from kiosk.lockdown.units import BROWSER, CAGE, SERVER, UnitValues, units_for

FOLDER = Path("etc/systemd/system")
NO_SYSTEMD = (
    "No systemd runs here, so nothing was installed. Above are the two units, for a machine that"
    " has it. Here, let something else start the two commands after ExecStart= when the machine"
    " starts."
)


@dataclass(frozen=True, slots=True)
class Service:
    """The two units on one machine; root: the folder that stands for "/"."""

    root: Path = ROOT

    @property
    def _made(self) -> Made:
        return Made(self.root, "service")

    @property
    def can_run(self) -> bool:
        """Whether units can be used here: systemd runs, or this is the image of another machine."""
        return self.root != ROOT or Path("/run/systemd/system").is_dir()

    def install(self, values: UnitValues) -> list[Path]:
        """Write the units and let them start with the machine. HallRefused: nothing was changed."""
        if self.root == ROOT:
            _must_be_ready(values)
        self._made.put({str(FOLDER / name): text for name, text in units_for(values).items()})
        if self.root == ROOT:
            self._systemctl("daemon-reload")
        self._systemctl("enable", SERVER, BROWSER)
        if self.root == ROOT:
            self._systemctl("restart", "--no-block", SERVER, BROWSER)
        return [self.root / FOLDER / name for name in (SERVER, BROWSER)]

    def remove(self) -> list[str]:
        """End the units and take them away; return their paths. HallRefused: nothing was."""
        here = self._made.paths()
        if here:
            self._systemctl("disable", *(["--now"] if self.root == ROOT else []), SERVER, BROWSER)
        gone = self._made.take_away()
        if here and self.root == ROOT:
            self._systemctl("daemon-reload")
        return gone

    def states(self) -> dict[str, str]:
        """Return, for each unit, what systemd says of it, or that it is not installed."""
        told = {}
        for name in (SERVER, BROWSER):
            if self._made.text_of(str(FOLDER / name)) is None:
                told[name] = "not installed"
            elif self.root != ROOT or not self.can_run:
                told[name] = "installed"
            else:
                told[name] = self._said("is-active", name) or "installed"
        return told

    def _systemctl(self, *words: str) -> None:
        done = self._run(*words)
        if done.returncode:
            raise HallRefused(f"systemctl {' '.join(words)}: {done.stderr.strip()}")

    def _said(self, *words: str) -> str:
        return self._run(*words).stdout.strip()

    def _run(self, *words: str) -> subprocess.CompletedProcess[str]:
        program = shutil.which("systemctl")
        if program is None:
            raise HallRefused("There is no systemctl here. On Debian: sudo apt install systemd")
        where = [] if self.root == ROOT else [f"--root={self.root}"]
        return subprocess.run(  # noqa: S603 - found on the PATH, with words of our own
            [program, *where, *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


def _must_be_ready(values: UnitValues) -> None:
    """Make sure of what the units need. HallRefused says what is missing."""
    if not CAGE.exists():
        raise HallRefused(
            "The browser needs a screen to itself, and there is no cage. On Debian:"
            " sudo apt install cage xwayland"
        )
    try:
        person = pwd.getpwnam(values.user)
    except KeyError:
        raise HallRefused(
            f"There is no user {values.user}. Make one: sudo useradd --create-home {values.user}"
        ) from None
    if person.pw_uid == 0:
        raise HallRefused("A kiosk must not run as root. Name another user with --user.")
    try:
        if not values.data.exists():
            values.data.mkdir(parents=True)
            os.chown(values.data, person.pw_uid, person.pw_gid)
        owner = values.data.stat().st_uid
    except OSError as error:
        raise HallRefused(f"{values.data}: {error.strerror}. Try it with sudo.") from None
    if owner != person.pw_uid:
        raise HallRefused(
            f"{values.data} belongs to somebody else than {values.user}."
            f" Try: sudo chown -R {values.user}: {values.data}"
        )

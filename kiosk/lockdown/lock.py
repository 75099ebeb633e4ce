"""The lock: the policy in the folder that this machine's browser reads."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import HallRefused
from kiosk.lockdown.chromium import OLDEST, known, version_of
from kiosk.lockdown.made import Made
from kiosk.lockdown.policy import FILE, folder_for, own_address, policy_text

ROOT = Path("/")
NO_BROWSER = (
    "There is no Chromium, Chrome or Edge here that starts. Install one."
    " On Debian: sudo apt install chromium"
)


@dataclass(frozen=True, slots=True)
class Lock:
    """Kiosk lockdown: the lock of one browser for one kiosk.

    program: the browser. url: the kiosk's address. root: the folder that stands for "/".
    """

    program: Path
    url: str
    root: Path = ROOT

    @property
    def _made(self) -> Made:
        return Made(self.root, "lock")

    @property
    def path(self) -> str:
        """The policy's file, without its first "/"."""
        return str(folder_for(self.program) / FILE)

    @property
    def address(self) -> str:
        """The only address that is allowed."""
        return own_address(self.url)

    @property
    def holds(self) -> bool:
        """Whether the policy is there, unchanged, and for this address."""
        return self._made.text_of(self.path) == policy_text(self.address)

    def install(self) -> Path:
        """Write the policy; return its file. HallRefused: nothing was changed."""
        self._made.put({self.path: policy_text(self.address)})
        return self.root / self.path

    def must_hold(self) -> None:
        """Raise HallRefused, with what to do, unless the policy is there for this address."""
        if self.holds:
            return
        problem = (
            f"The browser {self.program.name} is locked for another address or in another way."
            if (self.root / self.path).exists()
            else f"The browser {self.program.name} is not locked."
        )
        way = f"sudo {_command()} lock install --browser {self.program} --url {self.address}"
        raise HallRefused(f"{problem} Try: {way}")


def remove(root: Path = ROOT) -> list[str]:
    """Take away every policy that `install` wrote; return their paths. HallRefused: nothing was."""
    return Made(root, "lock").take_away()


def find_browser() -> Path:
    """Return the first browser here that starts and is new enough. HallRefused without one."""
    if not sys.platform.startswith("linux"):
        raise HallRefused("The lock works on Linux only: there a browser reads its policy in /etc.")
    for program in known():
        version = version_of(program)
        if version is not None and version >= OLDEST:
            return program
    raise HallRefused(NO_BROWSER)


def _command() -> str:
    """Return the command as an administrator can type it: the kiosk is seldom on the PATH."""
    own = Path(sys.executable).with_name("kiosk")
    return str(own) if own.exists() else f"{sys.executable} -m kiosk"

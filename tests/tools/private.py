"""A machine of a test's own: /etc can be changed in it, and the real one stays as it is."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from kiosk.lockdown.chromium import is_root
from tests.tools import ending
from tests.tools.waiting import wait_until

START_SECONDS = 10.0
_MOUNT = (
    'mount -t overlay overlay -o "lowerdir=/etc,upperdir=$0,workdir=$1" /etc'
    " && echo ready && exec cat"
)


class PrivateEtc:
    """A mount namespace in which what is written to /etc goes to a folder of the test.

    `changes` is that folder: what is in it is what was changed.
    """

    def __init__(self, folder: Path) -> None:
        self.changes, work = folder / "changes", folder / "work"
        self.changes.mkdir(parents=True)
        work.mkdir()
        # Without root, a user namespace makes us root of this little machine alone.
        user = [] if is_root() else ["--user", "--map-root-user"]
        self._holder = subprocess.Popen(
            ["unshare", *user, "--mount", "sh", "-c", _MOUNT, str(self.changes), str(work)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self._holder.stdout is not None
        first = self._holder.stdout.readline()
        if first != "ready\n":
            _, why = self._holder.communicate(timeout=START_SECONDS)
            raise AssertionError(f"No private /etc can be made here: {why}")
        # A child of `unshare` when that had to fork; itself otherwise.
        self._enter = ["nsenter", "--target", str(self._holder.pid), "--mount"]
        self._enter += [] if is_root() else ["--user", "--preserve-credentials"]

    def command(self, *words: str) -> list[str]:
        """Return a command that is run in this machine."""
        return [*self._enter, *words]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command in this machine to its end."""
        return subprocess.run(
            self.command(*words),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def close(self) -> None:
        """Let the machine go."""
        self._holder.communicate(timeout=START_SECONDS)


class XScreen:
    """A screen without glass (Xvfb), and hands (xdotool)."""

    def __init__(self, size: str = "1080x1920") -> None:
        read, write = os.pipe()
        # Not reset: else it throws out a program that comes just as the only other one goes.
        kept = ["-noreset", "-nolisten", "tcp"]
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", *kept],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[write],
        )
        os.close(write)
        with os.fdopen(read) as told:
            self.display = f":{told.readline().strip()}"
        assert self.display != ":", "Xvfb does not start."

    @property
    def environment(self) -> Mapping[str, str]:
        """The environment of a program that uses this screen, and no other."""
        return ending.only("PATH", "LANG") | {"DISPLAY": self.display}

    def hands(self, *words: str) -> str:
        """Run xdotool; return what it prints."""
        done = subprocess.run(
            ["xdotool", *words],
            env=dict(self.environment),
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        return done.stdout

    def titles(self) -> list[str]:
        """Return the names of the windows that are seen."""
        found = self.hands("search", "--onlyvisible", "--name", ".").split()
        return [self.hands("getwindowname", one).strip() for one in found]

    def focus(self, name: str, seconds: float = 20.0) -> None:
        """Give the keys to the window with this in its name, once it is there."""

        def there() -> list[str]:
            return self.hands("search", "--onlyvisible", "--name", name).split()

        window = wait_until(there, seconds, f"a window with the name {name}")[0]
        self.hands("windowfocus", "--sync", window)

    def close(self) -> None:
        """Take the screen away."""
        self._server.terminate()
        self._server.wait(10)

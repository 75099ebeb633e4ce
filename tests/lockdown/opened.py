"""`kiosk open --lock`, under the real policy, on a screen of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kiosk.lockdown.chromium import is_root
from kiosk.lockdown.life import ask_life
from kiosk.lockdown.processes import words_of
from tests.tools.private import PrivateEtc, XScreen
from tests.tools.waiting import wait_until

SECONDS = 120.0
# A window manager that takes no key for itself: INSTALL.md asks for that on a desktop.
NO_KEYS = """<openbox_config xmlns="http://openbox.org/3.4/rc"><keyboard/></openbox_config>"""


class Opened:
    """The keeper on a screen. folder: for what it needs; program: the browser that is locked.

    size: of the screen. around: what gives its window the whole screen, a `cage` or `openbox`.
    """

    def __init__(
        self,
        folder: Path,
        program: Path,
        site: Path,
        data: Path,
        url: str,
        *,
        size: str = "1080x1920",
        around: str = "openbox",
    ) -> None:
        self._out = folder / "out"
        self._profile = data / "lock" / "browser"
        self._machine = PrivateEtc(folder / "machine")
        self.screen = XScreen(size)
        self._environment = {**self.screen.environment, "HOME": str(folder)}
        command = [sys.executable, "-u", "-m", "kiosk"]
        one = ["--browser", str(program), "--url", url]
        done = self._machine.run(*command, "lock", "install", *one)
        assert done.returncode == 0, done.stderr
        where = ["--site", str(site), "--data", str(data)]
        self._command = [*command, "open", "--lock", *where, *one]
        self._manager: subprocess.Popen[bytes] | None = None
        if around == "cage":
            (folder / "run").mkdir(mode=0o700)
            self._environment |= {
                "XDG_RUNTIME_DIR": str(folder / "run"),
                "WLR_BACKENDS": "x11",
                "WLR_RENDERER": "pixman",
            }
            self._command = [*nobody_special(), "cage", "--", *self._command]
        else:
            rules = folder / "openbox.xml"
            rules.write_text(NO_KEYS)
            self._manager = self._run(around, "--config-file", str(rules))
            wait_until(lambda: self.screen.hands("get_num_desktops"), SECONDS, around)
        self.start()

    def start(self) -> None:
        """Start the keeper."""
        self._keeper = self._run(*self._machine.command(*self._command))

    def _run(self, *command: str) -> subprocess.Popen[bytes]:
        with self._out.open("ab") as out:
            return subprocess.Popen(
                command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    @property
    def told(self) -> str:
        """What the keeper has printed."""
        return self._out.read_text(encoding="utf-8", errors="replace")

    @property
    def starts(self) -> int:
        """How often the browser was started."""
        return self.told.count("The browser is on the screen")

    @property
    def browser(self) -> int:
        """The id of the browser's first process."""
        mark = f"--user-data-dir={self._profile}"
        ids = [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()]
        commands = {pid: words_of(pid) for pid in ids}
        (found,) = [
            pid
            for pid, words in commands.items()
            if mark in words and not any(word.startswith("--type=") for word in words)
        ]
        return found

    def kill_keeper(self) -> None:
        """End the keeper as a power cut does; the browser goes with it."""
        browser = self.browser
        self._keeper.kill()
        self._keeper.wait(SECONDS)
        wait_until(lambda: not words_of(browser), SECONDS, "the end of the browser")

    def close(self) -> None:
        """End all of it."""
        for one in (self._keeper, self._manager):
            if one is not None:
                one.terminate()
                one.wait(SECONDS)
        self.screen.close()
        self._machine.close()


def has_page(url: str, within: float = float("inf")) -> bool:
    """Return whether a page was seen in these last seconds."""
    life = ask_life(url, 1)
    return life is not None and 0 <= life.seconds < within


def nobody_special() -> list[str]:
    """Words before a command that must not run as root: cage refuses to."""
    return ["unshare", "--user", "--map-user=1000", "--map-group=1000"] if is_root() else []

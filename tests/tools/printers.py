"""Printers: those of a real CUPS, and a stand-in for it where that is not installed.

Both have the same printers: `sheet` prints into a file, `empty` has no paper, `gone` is switched
off, and `stopped` was stopped by somebody.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from kiosk.lockdown.chromium import is_root
from tests.tools import system
from tests.tools.waiting import wait_until

START_SECONDS = 30.0
STOP_SECONDS = 15.0
DAEMON = Path("/usr/sbin/cupsd")


class Printers(Protocol):
    """What both have. variables: for whoever prints."""

    variables: Mapping[str, str]

    def printed(self) -> bytes:
        """Return what came out of `sheet` last; b"" for nothing."""

    def waiting(self) -> list[str]:
        """Return the jobs that are in no printer yet, or in none to its end."""


# Says what the real one says (see test_printer.py, which tries both).
_LP = """#!/bin/sh
while [ $# -gt 1 ]; do [ "$1" = -d ] && to=$2; shift; done
case $to in
stopped) echo 'lp: Destination "stopped" is not accepting jobs.' >&2; exit 1 ;;
sheet) cat -- "$1" > "{folder}/out.pdf" ;;
empty | gone) echo "$to-7" > "{folder}/waits" ;;
*) echo "lp: Error - The printer or class does not exist." >&2; exit 1 ;;
esac
echo "request id is $to-7 (1 file(s))"
"""
_LPSTAT = """#!/bin/sh
while [ $# -gt 1 ]; do [ "$1" = -W ] && which=$2; [ "$1" = -p ] && state=1; shift; done
if [ -z "$state" ]; then
    [ "$which" = completed ] || [ ! -e "{folder}/waits" ] ||
        printf '%s\\n' "$(cat "{folder}/waits")   root   1024   Fri Nov 27 16:25:02 2026" \
            "	Status: " "	Alerts: job-printing" "	queued for $1"
    exit 0
fi
alerts=none
case $1 in
sheet) echo "printer sheet is idle.  enabled since Fri Nov 27 16:25:02 2026" ;;
stopped) echo "printer stopped disabled since Fri Nov 27 16:25:02 2026 -"
    echo "	reason unknown" ;;
empty) echo "printer empty now printing empty-7.  enabled since Fri Nov 27 16:25:04 2026"
    alerts=media-empty-error ;;
gone) echo "printer gone now printing gone-7.  enabled since Fri Nov 27 16:25:04 2026"
    echo "	The printer may not exist or is unavailable at this time." ;;
*) echo "lpstat: Invalid destination name in list \\"$1\\"." >&2; exit 1 ;;
esac
printf '\\tForm mounted:\\n\\tDescription: %s\\n\\tAlerts: %s\\n' "$1" "$alerts"
"""
_CANCEL = """#!/bin/sh
rm -f "{folder}/waits"
"""


class StandIn:
    """Three small programs with the names and the words of those of CUPS. folder: an empty one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        programs = folder / "programs"
        programs.mkdir(parents=True)
        for name, text in {"lp": _LP, "lpstat": _LPSTAT, "cancel": _CANCEL}.items():
            file = programs / name
            file.write_text(text.replace("{folder}", str(folder)), encoding="utf-8")
            file.chmod(0o755)
        self.variables: Mapping[str, str] = {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}

    def printed(self) -> bytes:
        """Return what was printed last."""
        file = self._folder / "out.pdf"
        return file.read_bytes() if file.exists() else b""

    def waiting(self) -> list[str]:
        """Return the jobs that wait."""
        file = self._folder / "waits"
        return [file.read_text().strip()] if file.exists() else []


_CONF = """LogLevel warn
Listen {folder}/cups.sock
Browsing No
DefaultAuthType None
WebInterface No
<Policy default>
<Limit All>
Order deny,allow
</Limit>
</Policy>
<Location />
Order allow,deny
Allow all
</Location>
"""
_FILES = """FileDevice Yes
SystemGroup {group}
{user}
ServerRoot {folder}/server
ServerBin {folder}/bin
CacheDir {folder}/cache
StateDir {folder}/state
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
AccessLog {folder}/log/access
ErrorLog {folder}/log/error
PageLog {folder}/log/page
"""
_LISTED = """#!/bin/sh
[ $# = 0 ] && { echo 'direct NAME "Unknown" "NAME"'; exit 0; }
"""
_BACKENDS = {
    "sheet": 'cat -- "${6:--}" > "${DEVICE_URI#sheet:}"\n',
    "empty": 'echo "STATE: +media-empty-error" >&2\nexec sleep 300\n',
}


class Cups:
    """A CUPS of its own, with its scheduler, its queues and its log, in a folder of its own.

    Two of its printers are programs of ours where CUPS has one for USB: they say what such a
    printer says, and put what comes out into a file.

    They run as a user who may not look into pytest's folders: each start of another pytest closes
    those again, and then a job would wait for ever.
    """

    def __init__(self) -> None:
        if not DAEMON.exists():
            system.install("cups-daemon")
            system.install("cups-client")
        assert DAEMON.exists(), "This test needs CUPS: `apt-get install cups-daemon cups-client`."
        self._made = tempfile.TemporaryDirectory(prefix="kiosk-cups-")
        folder = self._folder = Path(self._made.name)
        folder.chmod(0o711)
        self._out = folder / "out" / "sheet.pdf"
        for name in ("server/ppd", "cache", "state", "log", "spool/tmp", "bin/backend", "out"):
            (folder / name).mkdir(parents=True)
        for name in ("bin/filter", "bin/cgi-bin"):
            (folder / name).mkdir()
        shutil.copytree("/usr/lib/cups/daemon", folder / "bin" / "daemon")
        for backend in Path("/usr/lib/cups/backend").iterdir():
            shutil.copy(backend, folder / "bin" / "backend")
        for name, does in _BACKENDS.items():
            file = folder / "bin" / "backend" / name
            file.write_text(_LISTED.replace("NAME", name) + does, encoding="utf-8")
            file.chmod(0o755)
        user = ""
        if is_root():  # the scheduler drops to somebody else for what it starts
            user = "User lp\nGroup lp"
            own = pwd.getpwnam("lp")
            for name in ("cache", "state", "spool", "spool/tmp", "out"):
                os.chown(folder / name, own.pw_uid, own.pw_gid)
        words = {"folder": str(folder), "user": user, "group": "root"}
        (folder / "cupsd.conf").write_text(_CONF.format(**words), encoding="utf-8")
        (folder / "cups-files.conf").write_text(_FILES.format(**words), encoding="utf-8")
        self.variables: Mapping[str, str] = {"CUPS_SERVER": str(folder / "cups.sock")}
        self._process = subprocess.Popen(
            [
                *(DAEMON, "-f", "-c", folder / "cupsd.conf"),
                *("-s", folder / "cups-files.conf"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until((folder / "cups.sock").exists, START_SECONDS, "CUPS")
            self._add("sheet", f"sheet:{self._out}")
            self._add("empty", "empty:/")
            self._add("gone", "ipp://127.0.0.1:1/ipp")
            self._ask("lpadmin", "-p", "stopped", "-v", "empty:/", "-m", "raw")
        except BaseException:
            self.close()
            raise

    def _add(self, name: str, device: str) -> None:
        self._ask("lpadmin", "-p", name, "-E", "-v", device, "-m", "raw")

    def _ask(self, *command: str) -> str:
        done = subprocess.run(
            command,
            env={**os.environ, **self.variables, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            timeout=START_SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def printed(self) -> bytes:
        """Return what came out last."""
        return self._out.read_bytes() if self._out.exists() else b""

    def waiting(self) -> list[str]:
        """Return the jobs that wait."""
        return [line.split()[0] for line in self._ask("lpstat", "-o").splitlines()]

    def told(self) -> str:
        """Return all that CUPS itself has written down of its jobs."""
        logs = [one.read_text(errors="replace") for one in (self._folder / "log").iterdir()]
        return "\n".join([*logs, self._ask("lpstat", "-W", "all", "-l", "-o")])

    def close(self) -> None:
        """End it, and what it has started."""
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(STOP_SECONDS)
        self._made.cleanup()

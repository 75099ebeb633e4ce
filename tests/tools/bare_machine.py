"""A Debian with `python3` and nothing more, in a folder: README's commands are typed there.

A command runs in mounts and processes of its own, with that folder as its root. So nobody else
sees a mount, and all that a command started ends with it. It needs root, and the network of this
machine: package managers keep the settings that they have here.
"""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.lockdown.chromium import is_root
from tests.tools import ending
from tests.tools.system import install

PROGRAMS = {"debootstrap": "debootstrap", "unshare": "util-linux"}
RELEASE = "bookworm"  # Debian 12
USER = "ann"
PLACE = "/srv/kiosk"
MAKE_SECONDS = 900.0
STOP_SECONDS = 60.0

# What tells this machine's package managers where packages come from, and whom to trust.
SETTINGS = re.compile(r"PIP_\w+|UV_\w*(INDEX|CERT|TLS|TIMEOUT)\w*|SSL_CERT_\w+|\w+_PROXY", re.I)
FILES = ("/etc/pip.conf", "/etc/xdg/pip", "/etc/uv", "/usr/local/share/ca-certificates")

# As a machine has them: the folder is the root, with its own processes, terminals and memory.
_INSIDE = """
root=$1; shift
mount --bind "$root" "$root"
cd "$root"
mount -t proc proc proc
mount -t devpts -o newinstance,ptmxmode=666 devpts dev/pts
mount -t tmpfs tmpfs dev/shm
pivot_root . mnt
cd /
umount -l /mnt
"$@" || exit $?
"""


def make(folder: Path) -> None:
    """Install Debian into an empty folder, from where this machine's own packages come."""
    assert is_root(), "A bare machine can only be made by root."
    for program, package in PROGRAMS.items():
        assert shutil.which(program) or install(package), f"This test needs {program}."
    folder.chmod(0o755)  # the root of a machine is open to all
    # This machine need not outlive a power cut: no file of a package must wait for the disk.
    settings = folder / "etc/dpkg/dpkg.cfg.d/machine"
    settings.parent.mkdir(parents=True)
    settings.write_text("force-unsafe-io\n", encoding="utf-8")
    # It mounts something while it works: nobody else is to see that.
    told = ["--variant=minbase", "--include=python3", RELEASE, str(folder), _mirror()]
    done = subprocess.run(
        ["unshare", "--mount", "debootstrap", *told],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=MAKE_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    ask = ["apt-config", "dump", "Acquire"]
    acquire = subprocess.run(ask, capture_output=True, text=True, check=True).stdout
    (folder / "etc/apt/apt.conf.d/90machine").write_text(acquire, encoding="utf-8")
    named = {value for value in _settings().values() if Path(value).is_file()}
    for file in map(Path, (*FILES, *named)):
        there = folder / file.relative_to("/")
        there.parent.mkdir(parents=True, exist_ok=True)
        if file.is_dir():
            shutil.copytree(file, there, dirs_exist_ok=True)
        elif file.exists():
            shutil.copy(file, there)


def remove(folder: Path) -> None:
    """Delete a machine; refuse where something is mounted in it."""
    mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines()
    places = [Path(line.split()[4]) for line in mounts]
    assert not [place for place in places if place.is_relative_to(folder)], "It is still mounted."
    shutil.rmtree(folder)


@dataclass(frozen=True, slots=True)
class Typed:
    """A line that was typed, and the keyboard."""

    process: subprocess.Popen[bytes]
    keyboard: int

    def press_ctrl_c(self) -> None:
        """Press Ctrl+C, and wait for the end."""
        os.write(self.keyboard, b"\x03")
        self.process.wait(STOP_SECONDS)


class BareMachine:
    """A copy of a machine in `base`, in an empty `folder`, with these files of `source`."""

    def __init__(self, base: Path, folder: Path, source: Path, files: list[Path]) -> None:
        self._folder = folder
        subprocess.run(["cp", "-a", f"{base}/.", str(folder)], check=True)
        for file in files:
            there = folder / PLACE.lstrip("/") / file
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source / file, there)

    def add_user(self) -> None:
        """Let `USER` have an account, and the kiosk's folder."""
        self._as_root(f"useradd --create-home --home-dir {self._home(USER)} {USER}")
        self._as_root(f"chown -R {USER}: {PLACE}")

    def add_sudo(self) -> None:
        """Let `USER` do everything as root, without a password."""
        self._as_root("apt-get update -qq")
        self._as_root("apt-get install -y -qq --no-install-recommends sudo")
        self._as_root(f"echo '{USER} ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/{USER}")

    @contextmanager
    def typed(self, user: str, line: str, told: Path) -> Iterator[Typed]:
        """Type a line in the kiosk's folder, and let it run meanwhile. told: for all output.

        It has a terminal, at which nobody would answer a question.
        """
        ending.watch()
        keyboard, terminal = pty.openpty()
        try:
            with told.open("wb") as output:
                process = subprocess.Popen(
                    ["setsid", "--ctty", *self._command(user, line)],
                    stdin=terminal,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                )
            try:
                yield Typed(process, keyboard)
            finally:
                process.kill()
                process.wait()
        finally:
            os.close(keyboard)
            os.close(terminal)

    def run(self, user: str, line: str, told: Path, seconds: float) -> int:
        """Type a line in the kiosk's folder, wait for its end, and return its exit code."""
        with self.typed(user, line, told) as typed:
            return typed.process.wait(seconds)

    def _as_root(self, line: str) -> None:
        done = subprocess.run(self._command("root", line), capture_output=True, check=False)
        assert done.returncode == 0, (line, done.stdout, done.stderr)

    def _command(self, user: str, line: str) -> list[str]:
        folders = "/usr/local/bin:/usr/bin:/bin"
        who = ["setpriv", "--reuid", user, "--regid", user, "--init-groups"]
        if user == "root":
            folders += ":/usr/local/sbin:/usr/sbin:/sbin"
            who = []
        variables = {"PATH": folders, "HOME": self._home(user), "USER": user, **_settings()}
        words = [f"{name}={value}" for name, value in variables.items()]
        return [
            *("unshare", "--mount", "--pid", "--fork", "--kill-child"),
            *("sh", "-ec", _INSIDE, "machine", str(self._folder)),
            *("env", "-i", f"--chdir={PLACE}", *words, *who, "sh", "-c", line),
        ]

    def _home(self, user: str) -> str:
        return f"/srv/{user}"


def _settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if SETTINGS.fullmatch(name)}


def _mirror() -> str:
    ask = ["apt-get", "indextargets", "--format", "$(RELEASE) $(COMPONENT) $(REPO_URI)"]
    told = subprocess.run(ask, capture_output=True, text=True, check=True).stdout
    wanted = [RELEASE, "main"]
    found = [line.split()[2] for line in told.splitlines() if line.split()[:2] == wanted]
    assert found, f"The apt of this machine knows no place with {RELEASE}."
    return found[0]

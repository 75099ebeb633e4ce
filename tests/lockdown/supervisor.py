"""Starts a unit's commands and watches them as systemd does, where no systemd is the first process.

What it takes from the unit: ExecStartPre, ExecStart, Type=notify, Restart=always, RestartSec,
WatchdogSec, LimitNOFILE, SystemCallFilter and `%t`. What it does not do: users, the other walls of
a sandbox, sessions, dependencies.
"""

from __future__ import annotations

import os
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tests.tools.server import MARK, marked_processes
from tests.tools.waiting import wait_until

LOOK_SECONDS = 0.1


CALLS = Path(__file__).with_name("calls.py")


def filters_of(unit: str) -> list[str]:
    """Return the value of each `SystemCallFilter=` of a unit's text, in order."""
    start = "SystemCallFilter="
    return [line.removeprefix(start) for line in unit.splitlines() if line.startswith(start)]


def settings_of(unit: str) -> dict[str, str]:
    """Return the settings of a unit's text; those that stand there twice are joined by a space."""
    found: dict[str, str] = {}
    for line in unit.replace("\\\n", " ").splitlines():
        name, sign, value = line.partition("=")
        if sign and not line.startswith("#"):
            found[name] = f"{found[name]} {value}" if name in found else value
    return found


class Supervisor:
    """One unit. folder: for its socket and its runtime folder, `%t`.

    changes: settings instead of the unit's (a drop-in). before: words before ExecStart's.
    """

    def __init__(
        self,
        unit: str,
        folder: Path,
        *,
        changes: Mapping[str, str] | None = None,
        environment: Mapping[str, str] | None = None,
        before: Sequence[str] = (),
    ) -> None:
        self._settings = settings_of(unit) | dict(changes or {})
        assert self._settings["Type"] == "notify"
        assert self._settings["Restart"] == "always"
        self._folder = folder
        (folder / self._settings["RuntimeDirectory"]).mkdir(parents=True)
        self._mark = uuid.uuid4().hex
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.settimeout(LOOK_SECONDS)
        self._socket.bind(str(folder / "notify"))
        self._watchdog = float(self._settings["WatchdogSec"])
        self._environment = {
            **(environment or os.environ),
            "NOTIFY_SOCKET": str(folder / "notify"),
            "WATCHDOG_USEC": str(int(self._watchdog * 1_000_000)),
            MARK: self._mark,
        }
        files = f"--nofile={self._settings['LimitNOFILE']}"
        forbid = [sys.executable, str(CALLS), *filters_of(unit), "--"]
        self._before = ["prlimit", files, *before, *forbid]
        self._end = threading.Event()
        self._out = (folder / "out").open("ab")
        self.starts = 0
        self.ready = 0
        self.watchdog_kills = 0
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def processes(self) -> list[int]:
        """The ids of all the unit's processes."""
        return marked_processes(self._mark)

    @property
    def out(self) -> str:
        """What the unit has printed."""
        return (self._folder / "out").read_text(encoding="utf-8", errors="replace")

    def close(self) -> None:
        """Stop the unit for good."""
        self._end.set()
        self._thread.join(40)
        self._socket.close()
        self._out.close()

    def _words(self, name: str) -> list[str]:
        text = self._settings[name].removeprefix("-").replace("%t", str(self._folder))
        return [word.replace("%%", "%").replace("$$", "$") for word in shlex.split(text)]

    def _start(self, words: list[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            words,
            env=self._environment,
            cwd=self._settings["WorkingDirectory"].replace("%%", "%"),
            stdin=subprocess.DEVNULL,
            stdout=self._out,
            stderr=self._out,
            start_new_session=True,
        )

    def _run(self) -> None:
        while not self._end.is_set():
            self._start(self._words("ExecStartPre")).wait()
            if self._end.is_set():
                return
            main = self._start([*self._before, *self._words("ExecStart")])
            self.starts += 1
            self._watch(main)
            if self._end.is_set() and main.poll() is None:
                main.send_signal(signal.SIGTERM)
                with suppress(subprocess.TimeoutExpired):
                    main.wait(float(self._settings["TimeoutStopSec"]))
            self._kill_all()
            main.wait()
            self._end.wait(float(self._settings["RestartSec"]))

    def _watch(self, main: subprocess.Popen[bytes]) -> None:
        # When it last said that it is alive; before it is ready, it has time to start.
        sign, limit = time.monotonic(), float(self._settings["TimeoutStartSec"])
        while main.poll() is None and not self._end.is_set():
            try:
                told = self._socket.recv(4096).decode().splitlines()
            except TimeoutError:
                told = []
            if "READY=1" in told:
                self.ready += 1
            if {"READY=1", "WATCHDOG=1"} & set(told):
                sign, limit = time.monotonic(), self._watchdog
            if time.monotonic() - sign > limit:
                self.watchdog_kills += 1
                return

    def _kill_all(self) -> None:
        for pid in self.processes:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        wait_until(lambda: not self.processes, 20, "the end of the unit's processes")

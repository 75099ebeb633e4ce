"""The real kiosk as a process of its own: forked from the nursery, or by its real command."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from tests.tools import clips, ending, nursery
from tests.tools.waiting import wait_until

START_SECONDS = 60.0
STOP_SECONDS = 15.0
MARK = "KIOSK_TEST_SERVER"


def free_port() -> int:
    """Return a TCP port of this machine that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def marked_processes(mark: str) -> list[int]:
    """Return the ids of the running processes that come from the kiosk with this mark (Linux)."""
    return ending.processes_with(MARK, mark)


class KioskServer:
    """`python -m kiosk serve` on a free port; it answers when the constructor returns.

    It is forked from the nursery, which has imported all already, unless something is asked for
    that Python or a module sees only while it is starting.

    site, data: the folders that the command is given.
    environment: more variables for the process, which is then started by the real command.
    command: what to start instead.
    real_command: start it as people do, for those who try the command or measure a kiosk.
    shared: which of the run's clips it begins with and gives to, if any: see `clips`.
    port: where it listens; 0 for a free one.
    """

    def __init__(
        self,
        site: Path,
        data: Path,
        *,
        environment: Mapping[str, str] | None = None,
        command: list[str] | None = None,
        real_command: bool = False,
        shared: str = "",
        port: int = 0,
    ) -> None:
        ending.watch()
        self._data, self._shared = data, shared
        if shared:
            clips.lend(shared, data)
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._mark = uuid.uuid4().hex
        self._environment = {**os.environ, **(environment or {}), MARK: self._mark}
        own = real_command or bool(environment) or command is not None
        self._is_forked = not own and nursery.is_possible()
        self._command = command or [sys.executable, "-m", "kiosk", "serve"]
        self._arguments = ["--site", str(site), "--data", str(data), "--port", str(self.port)]
        self._arguments.append("--no-open")
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self._outputs = [Path(self._folder.name) / name for name in ("stdout", "stderr")]
        self._process: subprocess.Popen[bytes] | nursery.Forked | None = None
        self._start()

    def _start(self) -> None:
        stdout, stderr = (path.open("ab") for path in self._outputs)
        with stdout, stderr:
            if self._is_forked:
                self._process = nursery.nursery().start(
                    self._arguments, self._environment, self._folder.name, stdout, stderr
                )
            else:
                self._process = subprocess.Popen(
                    [*self._command, *self._arguments],
                    stdin=subprocess.DEVNULL,
                    stdout=stdout,
                    stderr=stderr,
                    cwd=self._folder.name,
                    env=self._environment,
                    start_new_session=True,
                )
        try:
            wait_until(self._is_ready, START_SECONDS, f"{self.url}/ready")
        except BaseException as trouble:
            trouble.add_note(self.stderr_text())
            self._kill_all()
            raise

    def _is_ready(self) -> bool:
        code = self.process.poll()
        assert code is None, f"The kiosk ended with exit code {code} instead of serving."
        try:
            with urllib.request.urlopen(f"{self.url}/ready", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return False

    @property
    def process(self) -> subprocess.Popen[bytes] | nursery.Forked:
        """The process that was started last."""
        assert self._process is not None, "The kiosk was never started."
        return self._process

    @property
    def pid(self) -> int:
        """The process id of the kiosk itself."""
        return self.process.pid

    def stdout_text(self) -> str:
        """Return all that the kiosk has printed, over its restarts."""
        return self._outputs[0].read_text(encoding="utf-8", errors="replace")

    def stderr_text(self) -> str:
        """Return all that the kiosk has logged, over its restarts."""
        return self._outputs[1].read_text(encoding="utf-8", errors="replace")

    def left_behind(self) -> list[int]:
        """Return the ids of running processes that come from this kiosk, itself too.

        A mark in their environment finds them, also in sessions of their own (Linux only;
        elsewhere the kiosk alone is looked at). A kiosk of the nursery shows the nursery's.
        """
        itself = {self.pid} if self.process.poll() is None else set()
        if not Path("/proc/self/environ").exists():
            return list(itself)
        return sorted(itself.union(marked_processes(self._mark)))

    def kill9(self) -> None:
        """End the kiosk itself as a power cut would; its helpers must end by themselves."""
        self.process.kill()
        self.process.wait(STOP_SECONDS)

    def stop(self) -> int:
        """Press Ctrl+C, wait for the end, and return the exit code; fail if anything is left."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            code = self.process.wait(STOP_SECONDS)
            wait_until(
                lambda: not self.left_behind(), STOP_SECONDS, "the end of the kiosk's helpers"
            )
        except (AssertionError, subprocess.TimeoutExpired) as trouble:
            trouble.add_note(self.stderr_text())
            raise
        finally:
            self._kill_all()
        return code

    def restart(self) -> None:
        """Start again at the same address; stop first if it still runs."""
        if self.process.poll() is None:
            self.stop()
        self._start()

    def close(self) -> None:
        """Stop and forget the output. Call it once, at the end of a test."""
        try:
            self.stop()
        finally:
            self._folder.cleanup()
            if self._shared:
                clips.take_back(self._shared, self._data)

    def _kill_all(self) -> None:
        ending.kill(self.left_behind())
        if self._process is not None:
            self._process.wait(STOP_SECONDS)


class StartKiosk(Protocol):
    """What the fixture `kiosk_server` gives; without a site it serves a tiny one."""

    def __call__(
        self,
        site: Path | None = None,
        *,
        data: Path | None = None,
        environment: Mapping[str, str] | None = None,
        real_command: bool = False,
        shared: str = "tiny",
    ) -> KioskServer:
        """Start a kiosk that is stopped after the test."""

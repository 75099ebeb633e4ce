"""Kiosks that need not import anew: a process that has imported all forks one at each request.

To start Python and import the kiosk costs more than the kiosk's own work at its start, and the
tests start very many. Each process of tests has one nursery. A kiosk of it runs the same code as
`python -m kiosk serve`, with its own arguments, environment, folder, session and output. What
Python or a module reads only while it is starting is the nursery's: whoever tries such a variable,
or the command itself, starts the real one. Linux only.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, TypedDict

COMMAND = ("kiosk", "serve")  # a module that is run, and its first argument
IMPORTS = (
    *("kiosk.cli", "kiosk.web.app"),
    # What these import only once they work.
    *("babel.numbers", "anyio._backends._asyncio", "uvicorn.lifespan.on", "uvicorn.loops.asyncio"),
    *("starlette.applications", "starlette.middleware.sessions", "streamlit.web.bootstrap"),
)
# What a kiosk reads from the packages alone, and keeps: functions, each with what it is asked.
READ = (
    *(("kiosk.screen.interface_words", "interface_of", code) for code in ("en", "pl", "ro", "ur")),
    ("kiosk.symbols.openmoji", "key_words"),
    ("kiosk.screen.letters", "source_sans"),
)
START_SECONDS = 60.0
MOST_BYTES = 1_000_000  # of one request; the kernel carries less


class _Asked(TypedDict):
    """One request; the kiosk's output and the socket of its report come along as open files."""

    arguments: list[str]
    environment: dict[str, str]
    folder: str


class Forked:
    """A kiosk of the nursery; what the tests use of `subprocess.Popen`."""

    def __init__(self, report: socket.socket) -> None:
        report.settimeout(START_SECONDS)
        self._report = report
        self.pid = self._hear()
        self.returncode: int | None = None

    def _hear(self) -> int:
        told = self._report.recv(64)
        if not told:
            self._report.close()
            raise ChildProcessError("The nursery of this kiosk has ended.")
        return int(told)

    def poll(self) -> int | None:
        """Return the exit code, or None while it runs."""
        try:
            return self.wait(0)
        except subprocess.TimeoutExpired:
            return None

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; return the exit code. TimeoutExpired after so many seconds."""
        if self.returncode is None:
            self._report.settimeout(timeout)
            try:
                self.returncode = self._hear()
            except (TimeoutError, BlockingIOError):
                raise subprocess.TimeoutExpired(COMMAND, timeout or 0) from None
            self._report.close()
        return self.returncode

    def send_signal(self, kind: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):  # it ended just now
                os.kill(self.pid, kind)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


class Nursery:
    """The process that forks; it ends when this object's process ends, or lets it go."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            end = theirs.fileno()
            self._process = subprocess.Popen(
                # -P: our neighbours in this folder are no modules that may be imported.
                [sys.executable, "-P", __file__, str(end), *COMMAND],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                cwd="/",
                pass_fds=[end],
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The process id of the nursery itself."""
        return self._process.pid

    def start(
        self,
        arguments: list[str],
        environment: Mapping[str, str],
        folder: str,
        stdout: IO[bytes],
        stderr: IO[bytes],
    ) -> Forked:
        """Start a kiosk. OSError when the nursery has ended."""
        asked = _Asked(arguments=arguments, environment=dict(environment), folder=folder)
        report, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            files = [stdout.fileno(), stderr.fileno(), theirs.fileno()]
            socket.send_fds(self._line, [json.dumps(asked).encode()], files)
        return Forked(report)

    def close(self) -> None:
        """Let it go, and wait for its end."""
        self._line.close()
        self._process.wait(START_SECONDS)


_nurseries: dict[int, Nursery] = {}  # a fork of this process has one of its own
_one_at_a_time = threading.Lock()


def nursery() -> Nursery:
    """Return the nursery of this process."""
    with _one_at_a_time:
        here = os.getpid()
        if here not in _nurseries:
            _nurseries[here] = Nursery()
        return _nurseries[here]


def is_possible() -> bool:
    """Tell whether this system can have a nursery."""
    return hasattr(os, "pidfd_open")


def _tend(line: socket.socket) -> _Asked | None:
    """Fork a kiosk at each request and report its end.

    Returns in each kiosk what was asked of it; in the nursery None, once nobody can ask any more.
    """
    kiosks: dict[int, tuple[int, socket.socket]] = {}  # what tells of its end -> the kiosk
    waiting = select.poll()
    waiting.register(line, select.POLLIN)
    while True:
        for ready, _ in waiting.poll():
            if ready != line.fileno():
                waiting.unregister(ready)
                os.close(ready)
                pid, report = kiosks.pop(ready)
                _, status = os.waitpid(pid, 0)
                _tell(report, os.waitstatus_to_exitcode(status))
                report.close()
                continue
            request, files, _, _ = socket.recv_fds(line, MOST_BYTES, 3)
            if not request:
                return None
            stdout, stderr, report = *files[:2], socket.socket(fileno=files[2])
            pid = os.fork()
            if pid == 0:
                os.setsid()
                os.dup2(stdout, 1)
                os.dup2(stderr, 2)
                for file in (stdout, stderr, *kiosks):
                    os.close(file)
                for end in (line, report, *(other for _, other in kiosks.values())):
                    end.close()
                asked: _Asked = json.loads(request)
                return asked
            os.close(stdout)
            os.close(stderr)
            _tell(report, pid)
            kiosks[end_of := os.pidfd_open(pid)] = (pid, report)
            waiting.register(end_of, select.POLLIN)


def _tell(report: socket.socket, number: int) -> None:
    with contextlib.suppress(OSError):  # nobody wants to know any more
        report.send(str(number).encode())


def _become(asked: _Asked) -> None:
    """Be as a process that was started with this."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(asked["environment"])
    time.tzset()
    os.chdir(asked["folder"])
    sys.path.insert(0, asked["folder"])  # as `python -m` does


def _read_ahead() -> None:
    """Read once what no two kiosks read otherwise."""
    for module, name, *asked in READ:
        getattr(importlib.import_module(module), name)(*asked)
    templates = importlib.import_module("kiosk.screen.screens").templates
    for name in templates.list_templates():
        templates.get_template(name)
    # Streamlit looks through all that is installed for components of other people.
    scanner: Any = importlib.import_module("streamlit.components.v2.manifest_scanner")
    scanner.scan_component_manifests = functools.cache(scanner.scan_component_manifests)
    scanner.scan_component_manifests()


def _main(line: socket.socket, module: str, *arguments: str) -> None:
    for name in IMPORTS:
        importlib.import_module(name)
    _read_ahead()
    end = time.monotonic() + START_SECONDS
    while len(list(Path("/proc/self/task").iterdir())) > 1:  # one may be at its very end
        assert time.monotonic() < end, "A thread is running: a fork would be without it."
        time.sleep(0.01)
    gc.freeze()  # a kiosk need not look through what it shares with all others
    asked = _tend(line)
    if asked is not None:
        _become(asked)
        sys.argv[1:] = [*arguments, *asked["arguments"]]
        runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _main(socket.socket(fileno=int(sys.argv[1])), *sys.argv[2:])

"""What a test process starts ends with it, however that ends: by itself, Ctrl+C or kill -9.

A watcher, a small process of its own, waits for the end of the test process and then kills whatever
carries that process's mark in its environment: children's children too, those in sessions of their
own, and frozen ones. (A child that asks the kernel to die with its parent dies with the *thread*
that started it, does not pass that on, and needs Python between fork and exec, which threads
forbid.) On Linux; elsewhere nobody watches.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterable
from pathlib import Path

MARKS = "KIOSK_TEST_RUN"  # one word for each test process above
PAUSE_SECONDS = 0.1
QUIET_LOOKS = 5  # so many looks in a row find nothing: what was just starting then is caught too
MOST_SECONDS = 60.0

_watched: dict[int, str] = {}  # the process -> its mark; a fork of it is another process


def watch() -> str:
    """Let everything that this process starts from now on end with it; return its mark."""
    here = os.getpid()
    if here not in _watched:
        _watched[here] = mark = uuid.uuid4().hex
        above = os.environ.get(MARKS, "")
        os.environ[MARKS] = f"{above} {mark}".strip()
        if hasattr(os, "pidfd_open"):
            _start_watcher(os.pidfd_open(here), mark)
    return _watched[here]


def only(*names: str) -> dict[str, str]:
    """Return these variables of the environment, and what everything started here must have."""
    kept = {name: value for name, value in os.environ.items() if name in names}
    return kept | {MARKS: os.environ.get(MARKS, "")}


def processes_with(name: str, word: str) -> list[int]:
    """Return the ids of the running processes with this word in that variable (Linux)."""
    wanted, start = word.encode(), f"{name}=".encode()
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            variables = (folder / "environ").read_bytes().split(b"\0")
        except OSError:  # it ended meanwhile, or is somebody else's
            continue
        if any(one.startswith(start) and wanted in one[len(start) :].split() for one in variables):
            found.append(int(folder.name))
    return found


def with_children(pids: Iterable[int]) -> set[int]:
    """Return these processes and all below them (Linux).

    The pages of a browser carry no mark: it writes its own words over their environment.
    """
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        try:
            # The name in brackets may hold anything: what follows it counts.
            parent = int(
                (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()[1]
            )
        except (OSError, IndexError):  # it ended meanwhile, or is no process
            continue
        if folder.name.isdigit():
            children.setdefault(parent, []).append(int(folder.name))
    found, waiting = set[int](), list(pids)
    while waiting:
        one = waiting.pop()
        found.add(one)
        waiting += children.get(one, [])
    return found


def kill(pids: Iterable[int]) -> None:
    """Kill these processes; some may have ended already."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _start_watcher(process: int, mark: str) -> None:
    # Without marks: it must outlive the process that it watches, and any above.
    unmarked = {name: value for name, value in os.environ.items() if name != MARKS}
    subprocess.Popen(
        [sys.executable, "-I", "-S", __file__, str(process), mark],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=unmarked,
        cwd="/",
        pass_fds=[process],
        start_new_session=True,
    )


def _main(process: int, mark: str) -> None:
    for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(kind, signal.SIG_IGN)
    waiting = select.poll()
    waiting.register(process, select.POLLIN)  # readable once the process has ended
    waiting.poll()
    end, quiet = time.monotonic() + MOST_SECONDS, 0
    while quiet < QUIET_LOOKS and time.monotonic() < end:
        left = with_children(processes_with(MARKS, mark))
        kill(left)
        quiet = 0 if left else quiet + 1
        time.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    _main(int(sys.argv[1]), sys.argv[2])

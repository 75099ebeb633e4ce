"""The processes of a browser, as Linux tells them in /proc."""

from __future__ import annotations

import ctypes
import signal
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def pages_mb(pid: int) -> int:
    """Return the memory of all page processes below `pid` together, in MB."""
    return sum(map(_memory, renderers(pid)))


def renderers(pid: int) -> list[int]:
    """Return the ids of the page processes below `pid`."""
    # Such a process writes its words anew, with spaces between them.
    return [one for one in _below(pid) if "--type=renderer" in words_of(one)]


def words_of(pid: int) -> list[str]:
    """Return the words of a process's command; none when it has ended."""
    return _read(pid, "cmdline").replace("\0", " ").split()


def die_with_parent() -> None:
    """Let this process be killed when its parent ends, however that ends (Linux)."""
    ctypes.CDLL(None, use_errno=True).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def _below(pid: int) -> Iterator[int]:
    children: dict[int, list[int]] = {}
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            children.setdefault(_parent(int(folder.name)), []).append(int(folder.name))
    waiting = children.get(pid, [])
    while waiting:
        one = waiting.pop()
        yield one
        waiting += children.get(one, [])


def _parent(pid: int) -> int:
    # The name in brackets may hold anything: what follows it counts.
    after = _read(pid, "stat").rpartition(")")[2].split()
    return int(after[1]) if len(after) > 1 else 0


def _memory(pid: int) -> int:
    # The share of what is shared (Pss): summed up, what several pages have in common counts once.
    for name, word in (("smaps_rollup", "Pss:"), ("status", "VmRSS:")):
        for line in _read(pid, name).splitlines():
            if line.startswith(word):
                return int(line.split()[1]) * 1024 // 1_000_000
    return 0


def _read(pid: int, name: str) -> str:
    try:
        return (_PROC / str(pid) / name).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""  # it ended meanwhile

"""What every measurement needs: a clock, medians, memory, and a table to print."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long `work` takes, in milliseconds."""
    begins = time.perf_counter()
    work()
    return (time.perf_counter() - begins) * 1000


def interleaved(works: Mapping[str, Callable[[], object]], times: int) -> dict[str, list[float]]:
    """Measure several works turn by turn, so that a busy moment of the machine meets them all.

    Each is done once before, unmeasured. Returns name -> milliseconds.
    """

    def timed(work: Callable[[], object]) -> Callable[[], float]:
        return lambda: milliseconds(work)

    return in_turn({name: timed(work) for name, work in works.items()}, times)


def in_turn(works: Mapping[str, Callable[[], float]], times: int) -> dict[str, list[float]]:
    """Do the same with works that tell their milliseconds themselves."""
    for work in works.values():
        work()
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(times):
        for name, work in works.items():
            found[name].append(work())
    return found


def memory_mib(process: int) -> float:
    """Return the memory that a process holds now, in MiB (VmRSS)."""
    status = Path(f"/proc/{process}/status").read_text()
    held = re.search(r"VmRSS:\s+(\d+) kB", status)
    if held is None:
        raise LookupError(f"Process {process} holds no memory.")
    return int(held[1]) / 1024


def show(title: str, found: Mapping[str, Sequence[float]], *, against: str) -> None:
    """Print the median and the 95th percentile of each row, and its ratio to the row `against`."""
    print(f"\n{title}")
    base = statistics.median(found[against])
    for name, values in found.items():
        middle = statistics.median(values)
        late = sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]
        ratio = f"{middle / base:6.2f} x" if name != against else "     1"
        print(f"  {name:<28} median {middle:8.1f} ms   p95 {late:8.1f} ms   {ratio}")

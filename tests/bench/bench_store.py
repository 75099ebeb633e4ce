"""How safe and how fast the store is: `python -m tests.bench.bench_store`.

Four parts: writers that are killed; writes a second against a raw file with fsync and against
SQLite (synchronous=FULL); disks that are full, have no more inodes or are read-only (real ones,
mounted in a namespace of their own: Linux only); and a flood of answers at a real kiosk, with a
normal visitor beside it. `--quick` is a run of under a minute.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kiosk.feedback.answer.answer import Answer
from kiosk.feedback.store.store import AnswerStore
from tests.bench.measure import interleaved, memory_mib, milliseconds, show
from tests.feedback.writers import write_and_kill
from tests.tools.server import KioskServer
from tests.tools.sites import KIOSK_TOML, tiny_site
from tests.tools.ulids import UlidMaker

make = UlidMaker()
WORDS = "I like the park. It needs a swing that I can use. " * 3


def an_answer() -> Answer:
    """Return an ordinary answer of a face and some words."""
    return Answer(make(), "think", "plan", "en", {"feel": "happy", "words": WORDS})


def kill(place: Path, most: int, seeds: int) -> None:
    """Kill writers at any moment and count what went wrong."""
    print("\nEight writers, each killed (kill -9) at a random moment and started again")
    for seed in range(seeds):
        found = write_and_kill(place / str(seed), writers=8, most=most, seed=seed, seconds=3600)
        print(f"  seed {seed}: {found}", flush=True)


def compare(place: Path, times: int) -> None:
    """Measure one answer in each way, turn by turn."""
    store = AnswerStore(place / "kept")
    raw = place / "raw"
    raw.mkdir()
    text = WORDS.encode() * 2

    def raw_file() -> None:
        with (raw / str(make())).open("xb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())

    def raw_file_and_folder() -> None:
        raw_file()
        handle = os.open(raw, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)

    def sqlite(mode: str) -> Callable[[], object]:
        base = sqlite3.connect(place / f"{mode}.sqlite", isolation_level=None)
        base.execute(f"PRAGMA journal_mode={mode}")
        base.execute("PRAGMA synchronous=FULL")
        base.execute("CREATE TABLE answer (id TEXT PRIMARY KEY, body BLOB)")
        return lambda: (
            base.execute("INSERT INTO answer VALUES (?, ?)", (str(make()), text)) and None
        )

    found = interleaved(
        {
            "raw file + fsync": raw_file,
            "raw file + fsync of both": raw_file_and_folder,
            "store": lambda: store.save(an_answer()),
            "SQLite FULL, DELETE": sqlite("DELETE"),
            "SQLite FULL, WAL": sqlite("WAL"),
        },
        times,
    )
    show(f"One answer, {times} times", found, against="raw file + fsync")
    for name, values in found.items():
        print(f"  {name:<28} {1000 / statistics.mean(values):8.0f} a second")


TROUBLE = """
import subprocess, sys, yaml
from pathlib import Path
from kiosk.errors import AnswerNotSaved
from kiosk.feedback.store.store import AnswerStore
from tests.bench.bench_store import an_answer
place, kind, options = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], check=True)
store, kept, said = AnswerStore(place / "feedback"), [], ""
for number in range(5000):
    one = an_answer()
    if kind == "read-only" and number == 20:
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)
    try:
        store.save(one)
    except AnswerNotSaved as error:
        said, late = str(error), one
        break
    kept.append(one)
else:
    raise SystemExit("The disk never said no.")
ready = store.can_save()
whole = sum(
    yaml.safe_load(store.path(one).read_text())["answers"] == one.answers for one in kept
)
mended = "remount,rw,size=64m,nr_inodes=10000"
subprocess.run(["mount", "-o", mended, place], check=True)
print(f"  {kind}: {len(kept)} saved, {whole} of them whole; then: {said!r}; ready: {ready}; "
      f"after it was mended: {'saved' if store.save(late) else 'lost'}")
"""


def trouble(place: Path) -> None:
    """Fill real disks, mounted where nobody else sees them."""
    print("\nDisks that say no")
    kinds = {"full": "size=400k", "no inodes": "nr_inodes=60", "read-only": "size=4m"}
    for kind, options in kinds.items():
        here = place / kind
        here.mkdir(parents=True)
        command = [sys.executable, "-c", TROUBLE, str(here), kind, options]
        subprocess.run(["unshare", "--user", "--map-root-user", "--mount", *command], check=True)


def post(line: http.client.HTTPConnection) -> int:
    """Send an answer of a visit of its own; return the status."""
    body = {
        "id": str(make()),
        "survey": "think",
        "page": "plan",
        "language": "en",
        "visit": str(make()),
        "answers": {"feel": "ok"},
    }
    line.request("POST", "/api/feedback", json.dumps(body), {"Content-Type": "application/json"})
    reply = line.getresponse()
    reply.read()
    return reply.status


def flood(place: Path, posts: int) -> None:
    """Send very many answers at once, and look at a page meanwhile."""
    settings = KIOSK_TOML.split("[feedback]")[0]  # the limits that a kiosk has by itself
    server = KioskServer(
        tiny_site(place, {"kiosk.toml": settings}), place / "data", real_command=True
    )
    told: Counter[int] = Counter()
    over = threading.Event()
    quiet: list[float] = []
    busy: list[float] = []

    def look() -> None:
        line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        line.request("GET", "/pages/en")
        line.getresponse().read()

    def visitor() -> None:
        while not over.is_set():
            busy.append(milliseconds(look))
            over.wait(0.1)

    def sender(count: int) -> Counter[int]:
        line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        return Counter(post(line) for _ in range(count))

    try:
        quiet += [milliseconds(look) for _ in range(30)]
        with ThreadPoolExecutor(8) as pool:
            sum(pool.map(sender, [posts // 80] * 8), Counter())  # it is warm now
            before = memory_mib(server.pid)
            beside = threading.Thread(target=visitor)
            beside.start()
            begins = time.perf_counter()
            for part in pool.map(sender, [posts // 8] * 8):
                told += part
            took = time.perf_counter() - begins
            over.set()
            beside.join()
        grown = memory_mib(server.pid) - before
        kept = len(list((place / "data" / "feedback").rglob("*.yaml")))
    finally:
        server.close()
    print(f"\n{posts:,} answers in {took:.0f} s: {dict(told)}; {kept} files")
    print(f"  memory {before:.0f} MiB before, {grown:+.1f} MiB after")
    for name, values in {"alone": quiet, "in the flood": busy}.items():
        late = sorted(values)[int(len(values) * 0.95)]
        middle = statistics.median(values)
        print(f"  a visitor's page, {name:<13} median {middle:6.1f} ms   p95 {late:6.1f} ms")


def main() -> None:
    """Measure, print, and leave nothing behind."""
    parser = argparse.ArgumentParser(description="Measure the store.")
    parser.add_argument("--quick", action="store_true", help="under a minute, to see that it runs")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        compare(place, 20 if quick else 500)
        trouble(place / "trouble")
        flood(place / "flood", 800 if quick else 10_000)
        kill(place / "killed", 150 if quick else 2000, 1 if quick else 3)


if __name__ == "__main__":
    main()

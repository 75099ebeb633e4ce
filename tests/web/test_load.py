"""An honest visitor beside a crowd that holds lines, sends slowly, and lets the voice speak."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.feedback.surveys import ALL, ENGLISH
from tests.tools.raw import ask_raw, connected, head
from tests.tools.server import KioskServer, StartKiosk
from tests.tools.sites import tiny_site
from tests.tools.ulids import UlidMaker
from tests.web.test_hostile_requests import JSON
from tests.web.test_routes import an_answer, post

HANGS = 10.0  # seconds; an answer that takes longer will never come
MOST_LOG = 1_000_000
make = UlidMaker()


@dataclass(frozen=True, slots=True)
class Crowd:
    """How much of each: lines, of them half heads, voices that come slowly, texts to be said,
    answers, and requests that are none."""

    files: int
    idle: int
    half: int
    uploads: int
    speaks: int
    posts: int
    broken: int


SMALL = Crowd(files=256, idle=200, half=60, uploads=4, speaks=20, posts=100, broken=100)
LARGE = Crowd(files=1024, idle=1100, half=500, uploads=4, speaks=200, posts=10_000, broken=10_000)


class Load:
    """A crowd at one server. Nothing of it is left after `close`."""

    def __init__(self, server: KioskServer, crowd: Crowd) -> None:
        self._server = server
        self._crowd = crowd
        self._end = threading.Event()
        self._opened = ExitStack()
        self._pool = ThreadPoolExecutor(32)
        self.told: Counter[int] = Counter()

    def hold(self) -> None:
        """Open the lines that say nothing, and those that say half of a request."""
        for number in range(self._crowd.idle + self._crowd.half):
            line = self._opened.enter_context(connected(self._server.port))
            if number >= self._crowd.idle:
                with suppress(OSError):
                    line.sendall(b"POST /api/feedback HTTP/1.1\r\nHost: 127.0.0.1")

    def upload(self) -> None:
        """Send voices, one byte a second, until the end or until the server has had enough."""
        for _ in range(self._crowd.uploads):
            self._pool.submit(self._slowly)

    def _slowly(self) -> None:
        path = f"/api/voice/{make()}/voice".encode()
        with connected(self._server.port) as line, suppress(OSError):
            line.sendall(
                head(
                    self._server.port,
                    b"POST %s HTTP/1.1" % path,
                    b"Content-Type: audio/wav",
                    b"Content-Length: 1000000",
                )
            )
            while not self._end.wait(1.0):
                line.sendall(b"R")

    def speak(self) -> None:
        """Let the voice say something new, again and again."""
        said = (
            {"text": f"zebra {number} " * 30, "language": "en", "speed": "slow"}
            for number in range(self._crowd.speaks)
        )
        self._send_all(self._post(b"/api/speak", one) for one in said)

    def flood(self) -> None:
        """Send answers of ever new visits."""
        sent = (an_answer(visit=f"flood-{number}") for number in range(self._crowd.posts))
        self._send_all(self._post(b"/api/feedback", one) for one in sent)

    def break_off(self) -> None:
        """Send what is no request."""
        self._send_all(b"\x00\r\n\r\n" for _ in range(self._crowd.broken))

    def _post(self, path: bytes, told: dict[str, Any]) -> bytes:
        body = json.dumps(told).encode()
        length = b"Content-Length: %d" % len(body)
        return head(self._server.port, b"POST %s HTTP/1.1" % path, JSON, length) + body

    def _send_all(self, requests: Iterable[bytes]) -> None:
        for _ in self._pool.map(self._count, requests):
            pass

    def _count(self, sent: bytes) -> None:
        with suppress(OSError):
            self.told[ask_raw(self._server.port, sent).status] += 1

    def close(self) -> None:
        """End it, when all has been sent."""
        self._end.set()
        self._pool.shutdown()
        self._opened.close()


def memory_mb(server: KioskServer) -> float:
    """Return what the server holds of the memory (Linux)."""
    lines = Path(f"/proc/{server.pid}/status").read_text().splitlines()
    (size,) = (line.split()[1] for line in lines if line.startswith("VmRSS:"))
    return int(size) / 1000


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[Crowd], KioskServer]]:
    with ExitStack() as started:

        def with_files(crowd: Crowd) -> KioskServer:
            limited = f'ulimit -n {crowd.files}; exec "$@"'
            command = ["bash", "-c", limited, "kiosk", sys.executable, "-m", "kiosk", "serve"]
            site = tiny_site(tmp_path, {ENGLISH: ALL})
            server = KioskServer(site, tmp_path / "data", command=command)
            started.callback(server.close)
            return server

        yield with_files


@pytest.mark.parametrize(
    "crowd", [SMALL, pytest.param(LARGE, marks=pytest.mark.drill)], ids=["small", "large"]
)
def test_an_honest_answer_is_saved_whatever_the_crowd_does(
    start: Callable[[Crowd], KioskServer], crowd: Crowd, capsys: pytest.CaptureFixture[str]
) -> None:
    server = start(crowd)
    assert post(server, an_answer())[0] == 201
    before, took = memory_mb(server), dict[str, float]()
    load = Load(server, crowd)
    try:
        steps = (load.hold, load.upload, load.speak, load.break_off, load.flood)
        for step in steps:
            doing = threading.Thread(target=step)
            doing.start()
            times = [0.0]
            while doing.is_alive() or len(times) < 4:
                begin = time.monotonic()
                assert post(server, an_answer())[0] == 201
                times.append(time.monotonic() - begin)
                assert times[-1] < HANGS
            doing.join()
            took[step.__name__] = max(times)
    finally:
        load.close()
    assert post(server, an_answer())[0] == 201
    log, after = len(server.stderr_text().encode()), memory_mb(server)
    with capsys.disabled():
        longest = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in took.items())
        print(f"\nAn honest answer at most: {longest}. Told to the crowd: {dict(load.told)}.")
        print(f"Memory {before:.0f} MB before, {after:.0f} MB after; log {log} bytes.")
    assert log < MOST_LOG
    assert "Traceback" not in server.stderr_text()
    assert after < before + 100


def test_half_a_voice_blocks_no_whole_one(kiosk_server: StartKiosk, tmp_path: Path) -> None:
    server = kiosk_server(tiny_site(tmp_path, {ENGLISH: ALL}))
    load = Load(server, SMALL)
    try:
        load.upload()
        load.upload()
        path = f"/api/voice/{make()}/voice".encode()
        told = ask_raw(
            server.port,
            head(
                server.port,
                b"POST %s HTTP/1.1" % path,
                b"Content-Type: audio/wav",
                b"Content-Length: 4",
            )
            + b"RIFF",
        )
        assert told.status not in (0, 429, 503)
    finally:
        load.close()

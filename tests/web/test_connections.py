"""Connections that hold on: each has its time, there are only so many, and a visitor gets in."""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from kiosk.screen.document import POLICY
from kiosk.web import connections, guard
from kiosk.web.connections import Room, Socket, connection_in
from kiosk.web.listen import listen
from tests.tools.loops import run
from tests.tools.raw import answer, connected, head
from tests.tools.server import KioskServer
from tests.tools.sites import tiny_site
from tests.tools.waiting import wait_until
from tests.web.test_routes import an_answer, ask, post

SOON = 10.0
SMALL = "ulimit -n 256; exec"  # files of one process, instead of 1,024
LARGE = 50_000_000  # bytes: more than lies in any buffer on the way


class Place:
    """A server of a few lines, with a clock that the test moves."""

    def __init__(self, most: int) -> None:
        self.now = 0.0
        self.room = Room(most, lambda: self.now)
        listener = listen("127.0.0.1", 0, "test")
        self.port: int = listener.getsockname()[1]
        config = uvicorn.Config(
            self._answer,
            http=connection_in(self.room),
            ws=Socket,
            interface="asgi3",
            lifespan="off",
            log_level="error",
        )
        self._server = uvicorn.Server(config)
        self._loop = asyncio.new_event_loop()
        self._go_on = asyncio.Event()
        serve = self._server.serve(sockets=[listener])
        self._thread = threading.Thread(target=lambda: self._loop.run_until_complete(serve))
        self._thread.start()
        wait_until(lambda: self._server.started, SOON, "the server")

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            talk = WebSocket(scope, receive, send)
            await talk.accept()
            async for words in talk.iter_bytes():
                await talk.send_bytes(words)
            return
        request = Request(scope, receive)
        response: Response = PlainTextResponse("hello")
        if scope["path"] == "/read":
            response = PlainTextResponse(await request.body())
        elif scope["path"] == "/wait":
            await self._go_on.wait()
        elif scope["path"] == "/large":
            response = Response(bytes(LARGE))
        await response(scope, receive, send)

    def later(self, seconds: float) -> None:
        """Let time go by, and the server look at its connections."""
        self.now += seconds
        done = threading.Event()
        self._loop.call_soon_threadsafe(self.room.sweep)
        self._loop.call_soon_threadsafe(done.set)
        assert done.wait(SOON)

    def go_on(self) -> None:
        """Let what waits be answered."""
        self._loop.call_soon_threadsafe(self._go_on.set)

    def has(self, count: int) -> None:
        """Wait until the server knows of so many connections."""
        wait_until(lambda: len(self.room) == count, SOON, f"{count} connections")

    def close(self) -> None:
        self.go_on()
        self._server.should_exit = True
        self._thread.join(SOON)
        self._loop.close()


@pytest.fixture
def place() -> Iterator[Place]:
    made = Place(most=5)
    yield made
    made.close()


@pytest.fixture
def lines() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


def is_closed(line: socket.socket) -> bool:
    try:
        return line.recv(1) == b""
    except ConnectionResetError:
        return True


def is_open(line: socket.socket) -> bool:
    line.setblocking(False)
    try:
        return line.recv(1) != b""
    except BlockingIOError:
        return True
    except ConnectionResetError:
        return False
    finally:
        line.settimeout(SOON)


def test_half_a_head_is_told_after_its_time_and_an_empty_line_is_closed(
    place: Place, lines: ExitStack
) -> None:
    half, idle = (lines.enter_context(connected(place.port)) for _ in range(2))
    place.has(2)
    half.sendall(b"GET / HT")
    for _ in range(9):  # one letter a second changes nothing
        place.later(1)
        half.sendall(b"T")
    assert is_open(half)
    assert is_open(idle)
    place.later(connections.HEAD_SECONDS)
    assert answer(half).status == 408
    assert is_closed(half)
    assert is_closed(idle)
    place.has(0)


def test_half_a_head_after_an_answer_has_no_more_time(place: Place, lines: ExitStack) -> None:
    line = lines.enter_context(connected(place.port))
    line.sendall(head(place.port, b"GET / HTTP/1.1"))
    assert answer(line).body == b"hello"
    line.sendall(b"GET /")
    waiting = place.room._steps[connections.Step.WAITING]
    wait_until(lambda: any(one._read for one in waiting), SOON, "the first letters")
    place.later(connections.HEAD_SECONDS + 1)
    assert answer(line).status == 408


def test_a_body_that_does_not_come_is_told_and_one_that_comes_is_waited_for(
    place: Place, lines: ExitStack
) -> None:
    slow, good = (lines.enter_context(connected(place.port)) for _ in range(2))
    for line in (slow, good):
        line.sendall(head(place.port, b"POST /read HTTP/1.1", b"Content-Length: 50000") + b"x")
    asking = place.room._steps[connections.Step.ASKING]
    wait_until(lambda: len(asking) == 2, SOON, "both requests")
    good.sendall(b"x" * 30_000)
    wait_until(lambda: any(one._read >= 30_000 for one in asking), SOON, "the body")
    place.later(connections.BODY_SECONDS + 1)
    assert answer(slow).status == 408
    good.sendall(b"x" * 19_999)
    assert len(answer(good).body) == 50_000


def test_the_rest_of_a_body_that_was_answered_is_not_waited_for(
    place: Place, lines: ExitStack
) -> None:
    line = lines.enter_context(connected(place.port))
    line.sendall(head(place.port, b"POST / HTTP/1.1", b"Content-Length: 50000") + b"x")
    assert answer(line).body == b"hello"
    wait_until(lambda: place.room._steps[connections.Step.LEFT], SOON, "the end of the answer")
    place.later(connections.LEFT_SECONDS + 1)
    assert is_closed(line)


def test_an_answer_may_take_its_time(place: Place, lines: ExitStack) -> None:
    line = lines.enter_context(connected(place.port))
    line.sendall(head(place.port, b"GET /wait HTTP/1.1"))
    wait_until(lambda: place.room._steps[connections.Step.ANSWERING], SOON, "the request")
    for _ in range(100):
        place.later(1)
    place.go_on()
    assert answer(line).body == b"hello"


def test_who_takes_nothing_in_is_left(place: Place, lines: ExitStack) -> None:
    line = lines.enter_context(connected(place.port))
    line.sendall(head(place.port, b"GET /large HTTP/1.1"))
    place.has(1)
    wait_until(
        lambda: (
            any(one._full is not None for one in place.room._steps[connections.Step.WAITING])
            or any(one._full is not None for one in place.room._steps[connections.Step.ANSWERING])
        ),
        SOON,
        "a full line",
    )
    place.later(connections.TAKE_SECONDS + 1)
    place.has(0)


def test_the_oldest_that_does_nothing_gives_way_and_who_asks_does_not(
    place: Place, lines: ExitStack
) -> None:
    asks = lines.enter_context(connected(place.port))
    asks.sendall(head(place.port, b"GET /wait HTTP/1.1"))
    wait_until(lambda: place.room._steps[connections.Step.ANSWERING], SOON, "the request")
    idle = []
    for count in range(2, 6):
        idle.append(lines.enter_context(connected(place.port)))
        place.has(count)
    for oldest in idle:
        with connected(place.port) as visitor:
            visitor.sendall(head(place.port, b"GET / HTTP/1.1", b"Connection: close"))
            assert answer(visitor).body == b"hello"
            assert is_closed(oldest)
        idle_again = lines.enter_context(connected(place.port))
        idle_again.sendall(b"G")
        place.has(5)
    place.go_on()
    assert answer(asks).body == b"hello"


@pytest.mark.drill
def test_a_kiosk_with_few_files_takes_an_answer_whoever_holds_lines_open(tmp_path: Path) -> None:
    command = ["bash", "-c", f'{SMALL} "$@"', "kiosk", sys.executable, "-m", "kiosk", "serve"]
    server = KioskServer(tiny_site(tmp_path), tmp_path / "data", command=command)
    try:
        with ExitStack() as opened:
            for number in range(300):
                line = opened.enter_context(connected(server.port))
                if number % 3 == 0:
                    line.sendall(b"POST /api/feedback HTTP/1.1\r\nHost: 127")
                if number % 30 == 0:
                    assert post(server, an_answer())[0] == 201
            assert post(server, an_answer())[0] == 201
            assert ask(server, "GET", "/ready")[0] == 200
        assert server.stderr_text() == ""
    finally:
        server.close()


def opened_socket(server: KioskServer, origin: str | None) -> ClientConnection:
    named = Origin(origin) if origin else None
    return connect(f"ws://127.0.0.1:{server.port}/_stcore/stream", proxy=None, origin=named)


def test_the_screens_own_socket_is_taken_and_a_foreign_one_is_not(tiny_kiosk: KioskServer) -> None:
    with opened_socket(tiny_kiosk, origin=tiny_kiosk.url) as own:
        own.ping().wait(SOON)
    for origin in (None, "http://evil.example", "null"):
        with pytest.raises(InvalidStatus) as refused, opened_socket(tiny_kiosk, origin=origin):
            pass
        assert refused.value.response.status_code == 403
        assert refused.value.response.headers["Content-Security-Policy"] == POLICY


def talk(line: ClientConnection, message: bytes | str) -> None:
    line.send(message)
    while True:
        line.recv(SOON)


@pytest.mark.parametrize(
    ("message", "code"), [(bytes(6_000_000), 1009), ("words", 1003), (b"\xff" * 9, 1002)]
)
def test_a_message_that_no_screen_sends_ends_its_socket(
    tiny_kiosk: KioskServer, message: bytes | str, code: int
) -> None:
    line = opened_socket(tiny_kiosk, origin=tiny_kiosk.url)
    with line, pytest.raises(ConnectionClosed) as closed:
        talk(line, message)
    assert closed.value.rcvd is None or closed.value.rcvd.code == code
    assert "Traceback" not in tiny_kiosk.stderr_text()


def test_a_socket_stays_as_long_as_it_likes(place: Place) -> None:
    with connect(f"ws://127.0.0.1:{place.port}", compression=None) as line:
        for words in (b"one", b"two"):
            line.send(words)
            assert line.recv(SOON) == words
            place.later(1000)
        assert len(place.room) == 0  # nor does it give way to another connection


def test_there_are_only_so_many_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_SOCKETS", 2)
    told: list[Any] = []

    async def scene() -> None:
        end = asyncio.Event()

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            del scope, receive, send
            await end.wait()

        async def send(message: Any) -> None:
            told.append(message.get("status"))

        async def receive() -> Any:
            return {"type": "websocket.connect"}

        headers = [(b"host", b"localhost"), (b"origin", b"http://localhost")]
        scope = {
            "type": "websocket",
            "path": guard.SOCKET,
            "headers": headers,
            "extensions": {"websocket.http.response": {}},
        }
        door = guard.Guard(app, "localhost")
        open_ones = [asyncio.ensure_future(door(scope, receive, send)) for _ in range(2)]
        await asyncio.sleep(0)
        await door(scope, receive, send)
        assert told[0] == 503
        end.set()
        await asyncio.gather(*open_ones)
        told.clear()
        await door(scope, receive, send)
        assert told == []

    run(scene())

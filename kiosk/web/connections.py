"""Connections: how many there are, how long each may take, and what one that is broken is told.

A visitor must always get in, whoever holds how many lines open. All of them come from this machine
or from one proxy, so none is known by its address: the oldest that does nothing gives way first.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import sys
import time
from collections.abc import Callable
from enum import IntEnum
from typing import ClassVar

import h11
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

from kiosk.web.guard import HEADERS

HEAD_SECONDS = 10.0  # from the start of a line, or the last answer, to a whole head
BODY_SECONDS = 15.0  # after which a body must have come as quickly as this:
BODY_BYTES_A_SECOND = 1000
LEFT_SECONDS = 5.0  # for the rest of a body that was answered before it had come
TAKE_SECONDS = 30.0  # in which a browser must take in some of what it is sent
CLOSE_SECONDS = 5.0
MOST = 1000  # connections, where the machine has files enough
AT_ONCE = 16  # are accepted before the oldest may give way
FILES = 65_536  # that are asked for, where the machine sets no limit
LARGEST_MESSAGE = 65_536  # bytes; those of the screen have fewer than 100
_HEADERS = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
_ENOUGH_HEADERS, _LONGEST_LINE = 100, 8000  # that a socket's library takes in


class Step(IntEnum):
    """What a connection does now. The smaller one gives way first."""

    WAITING = 0  # for a whole head
    LEFT = 1  # its request was answered, and is still coming
    ASKING = 2  # a body is coming
    ANSWERING = 3


class Room:
    """Connection limiter: all of one server, but its sockets. most: how many there may be.

    seconds: a clock that only goes forward.
    """

    def __init__(self, most: int, seconds: Callable[[], float] = time.monotonic) -> None:
        self.most = most
        self.seconds = seconds
        # Each in the order in which they came to their step.
        self._steps: dict[Step, dict[Connection, None]] = {step: {} for step in Step}

    def __len__(self) -> int:
        return sum(map(len, self._steps.values()))

    def came(self, one: Connection) -> None:
        """Take a new connection in; another one goes if there are too many."""
        if len(self) >= self.most:
            oldest = next(next(iter(ones)) for ones in self._steps.values() if ones)
            self.gone(oldest)
            oldest.transport.abort()
        self._steps[one.step][one] = None

    def moved(self, one: Connection, step: Step) -> None:
        """Note that a connection comes to another step."""
        self._steps[one.step].pop(one, None)
        self._steps[step][one] = None

    def gone(self, one: Connection) -> None:
        """Forget a connection."""
        self._steps[one.step].pop(one, None)

    def sweep(self) -> None:
        """End what takes too long. To be called every second or so."""
        now = self.seconds()
        for ones in self._steps.values():
            for one in list(ones):
                one.look(now)


class Connection(H11Protocol):
    """One connection, until it becomes a socket."""

    room: ClassVar[Room]

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self.step = Step.WAITING
        self._since = self.room.seconds()  # it came to this step
        self._read = 0  # bytes in this step
        self._full: float | None = None  # since when the browser takes in nothing
        self._closing: float | None = None
        self._is_socket = False
        self.room.came(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self.room.gone(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in what was sent."""
        self._read += len(data)
        super().data_received(data)
        self._note()

    def on_response_complete(self) -> None:
        """Wait for the next request, or begin with one that has come already."""
        self._note()
        super().on_response_complete()
        self._note()

    def pause_writing(self) -> None:
        """Note that the browser takes in too little."""
        self._full = self.room.seconds()
        super().pause_writing()

    def resume_writing(self) -> None:
        """Note that it takes in more."""
        self._full = None
        super().resume_writing()

    def shutdown(self) -> None:
        """Come to an end with the server."""
        if not self.transport.is_closing():  # else all is said
            super().shutdown()

    def look(self, now: float) -> None:
        """End it if it takes too long."""
        took = now - self._since
        if self.transport.is_closing():
            self._closing = now if self._closing is None else self._closing
            if now - self._closing > CLOSE_SECONDS:
                self.transport.abort()
        elif self._full is not None and now - self._full > TAKE_SECONDS:
            self.transport.abort()
        elif self.step is Step.WAITING and took > HEAD_SECONDS:
            if self._read:
                self.refuse(408)
            else:
                self.transport.close()
        elif self.step is Step.ASKING and took > BODY_SECONDS:
            if self._read < took * BODY_BYTES_A_SECOND:
                self.refuse(408)
        elif self.step is Step.LEFT and took > LEFT_SECONDS:
            self.transport.close()

    def refuse(self, status: int) -> None:
        """Say what is wrong with a request, as far as it can still be said, and end."""
        begun = False
        if self.cycle is not None and not self.cycle.response_complete:
            begun = self.cycle.response_started
            # Whoever is about to answer must not write into this.
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if not begun and self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            words = STATUS_PHRASES[status]
            headers = [
                *((b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")),
                (b"content-length", str(len(words)).encode()),
                *_HEADERS,
            ]
            for event in (
                h11.Response(status_code=status, headers=headers, reason=words),
                h11.Data(data=words),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request (uvicorn calls this)."""
        del msg
        self.refuse(400)

    def _note(self) -> None:
        if self._is_socket:
            return  # it stays as long as it likes
        step = self._step()
        if step is not self.step:
            self.room.moved(self, step)
            self.step, self._since, self._read = step, self.room.seconds(), 0

    def _step(self) -> Step:
        if self.cycle is None or self.cycle.response_complete:
            return Step.LEFT if self.conn.their_state is h11.SEND_BODY else Step.WAITING
        return Step.ASKING if self.cycle.more_body else Step.ANSWERING

    def _should_upgrade(self) -> bool:
        # Anything but a whole handshake is a request like others, and is answered as one.
        return self._get_upgrade() == b"websocket" and self._is_handshake()

    def _is_handshake(self) -> bool:
        found: dict[bytes, list[bytes]] = {}
        for name, value in self.headers:
            found.setdefault(name, []).append(value)
        try:
            (key,) = found[b"sec-websocket-key"]
            whole = len(base64.b64decode(key, validate=True)) == 16
        except (KeyError, ValueError, binascii.Error):
            return False
        return (
            whole
            and (self.scope["method"], self.scope["http_version"]) == ("GET", "1.1")
            and found.get(b"sec-websocket-version") == [b"13"]
            and not found.keys() & {b"content-length", b"transfer-encoding"}
            and len(self.headers) <= _ENOUGH_HEADERS
            and all(len(name) + len(value) < _LONGEST_LINE for name, value in self.headers)
            and len(self.scope["raw_path"]) + len(self.scope["query_string"]) < _LONGEST_LINE
        )

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Give the connection to a socket."""
        self._is_socket = True
        self.room.gone(self)
        # Only what was looked at goes on: the library answers a mistake in others without HEADERS.
        plain = {b"connection": b"upgrade", b"upgrade": b"websocket"}
        kept = [one for one in self.headers if one[0] not in {*plain, b"sec-websocket-extensions"}]
        self.headers = [*kept, *plain.items()]
        super().handle_websocket_upgrade(event)


class Socket(WebSocketsSansIOProtocol):
    """A socket of Streamlit, whose messages are bytes and small."""

    def handle_text(self, event: Frame) -> None:
        """End it: Streamlit's screen sends bytes."""
        del event
        self.conn.fail(1003, "Only bytes.")
        self.handle_parser_exception()

    def handle_parser_exception(self) -> None:
        """End it, and say why if a socket has come about."""
        if self.conn.close_sent is None:
            self.transport.abort()
        else:
            super().handle_parser_exception()


def connection_in(room: Room) -> type[Connection]:
    """Return the class of the connections of one server, for uvicorn."""
    return type("ConnectionInRoom", (Connection,), {"room": room})


def room_here() -> Room:
    """Let this process open as many files as it may; return the room for its connections."""
    if sys.platform == "win32":
        return Room(MOST)
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(hard, FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    # Half of the files stay for sockets, answers, clips, and lines that are about to be closed.
    return Room(MOST if soft == resource.RLIM_INFINITY else min(MOST, soft // 2))

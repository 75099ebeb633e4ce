"""A request as its bytes, on a socket of its own: what no well-behaved program sends."""

from __future__ import annotations

import contextlib
import socket
from dataclasses import dataclass

SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. headers: by small name. status: 0 when the line was closed without words."""

    status: int
    headers: dict[str, str]
    body: bytes


def connected(port: int, seconds: float = SECONDS) -> socket.socket:
    """Return a line to a server of this machine; waiting on it ends after `seconds`."""
    return socket.create_connection(("127.0.0.1", port), timeout=seconds)


def head(port: int, line: bytes, *headers: bytes, host: bytes | None = None) -> bytes:
    """Return the head of a request: its line, our Host, and more headers."""
    named = b"127.0.0.1:%d" % port if host is None else host
    return b"\r\n".join([line, b"Host: " + named, *headers, b"", b""])


def ask_raw(port: int, sent: bytes) -> Reply:
    """Send bytes and return the first answer to them."""
    with connected(port) as line:
        # It may be answered before all is sent.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            line.sendall(sent)
        return answer(line, has_body=not sent.startswith(b"HEAD "))


def answer(line: socket.socket, *, has_body: bool = True) -> Reply:
    """Return the next answer on a line. has_body: false for one that tells only its length."""
    got = b""
    try:
        while b"\r\n\r\n" not in got:
            part = line.recv(65_536)
            if not part:
                break
            got += part
        start, _, body = got.partition(b"\r\n\r\n")
        first, *lines = start.decode("latin-1").split("\r\n")
        named = (one.partition(":") for one in lines)
        headers = {name.lower(): value.strip() for name, _, value in named}
        length = int(headers.get("content-length", 0)) if has_body else 0
        while len(body) < length and (part := line.recv(65_536)):
            body += part
    except ConnectionResetError:
        return Reply(0, {}, b"")
    return Reply(int(first.split(" ")[1]) if first else 0, headers, body)

"""What a request carries, read no further than it may go."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse

from kiosk.errors import AnswerTooSoon

BUSY_SECONDS = 5  # until what had to give way may come again


class Refused(Exception):
    """A request that cannot be read; `response` says why."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.response = JSONResponse(
            {"error": error}, status, headers={"Cache-Control": "no-store"}
        )


class Arriving:
    """Bodies that are held while they come: at most `most` bytes of all together.

    For one more byte the body that has taken longest gives way, so four slow ones hold up nobody.
    A body has no more than `most` bytes.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._bodies: dict[int, bytearray] = {}  # the oldest first
        self._bytes = 0

    @contextmanager
    def place(self) -> Iterator[Callable[[bytes], bytearray]]:
        """Give a function that adds a part and returns the body so far.

        It raises AnswerTooSoon once this body had to give way.
        """
        body = bytearray()
        self._bodies[id(body)] = body

        def add(part: bytes) -> bytearray:
            if id(body) not in self._bodies:
                raise AnswerTooSoon(BUSY_SECONDS)
            body.extend(part)
            self._bytes += len(part)
            while self._bytes > self._most and len(self._bodies) > 1:
                self._give_up(next(iter(self._bodies.values())))
            if id(body) not in self._bodies:
                raise AnswerTooSoon(BUSY_SECONDS)
            return body

        try:
            yield add
        finally:
            if id(body) in self._bodies:
                self._give_up(body)

    def _give_up(self, body: bytearray) -> None:
        del self._bodies[id(body)]
        self._bytes -= len(body)
        body.clear()


async def json_body(request: Request, most: int) -> Any:
    """Return the JSON of a request of `most` bytes. Raises Refused."""
    # A form of another site can send text, but not this type.
    body = await bytes_body(request, most, ["application/json"])
    try:
        told = json.loads(body, parse_constant=_no_number)
        # Half a letter, as a screen sends it that cuts a text within an emoji, fits into no file.
        halves = json.dumps(told, ensure_ascii=False, allow_nan=False)
        return json.loads(halves.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    except (ValueError, RecursionError):
        raise Refused(400, "That is not JSON.") from None


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON.")


async def bytes_body(
    request: Request,
    most: int,
    kinds: Collection[str],
    arriving: Arriving | None = None,
    too_long: str = "That is too long.",
) -> bytes:
    """Return what was sent as one of these media types, `most` bytes of it. Raises Refused.

    arriving: where it is held while it comes, if it may be large; then AnswerTooSoon as well.
    too_long: what is said of more bytes.
    """
    if request.headers.get("content-type", "").split(";")[0].strip().lower() not in kinds:
        raise Refused(415, f"Send it as {' or '.join(kinds)}.")
    with (arriving or Arriving(most + 1)).place() as add:
        try:
            body = add(b"")
            async for part in request.stream():
                if len(body) + len(part) > most:
                    raise Refused(413, too_long)
                body = add(part)
        except ClientDisconnect:
            raise Refused(400, "That is not whole.") from None
        return bytes(body)

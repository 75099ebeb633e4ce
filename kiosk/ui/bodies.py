"""What a request carries, read no further than it may go."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse


class Refused(Exception):
    """A request that cannot be read; `response` says why."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.response = JSONResponse(
            {"error": error}, status, headers={"Cache-Control": "no-store"}
        )


async def json_body(request: Request, most: int) -> Any:
    """Return the JSON of a request of `most` bytes. Raises Refused."""
    # A form of another site can send text, but not this type.
    body = await bytes_body(request, most, ["application/json"])
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(400, "That is not JSON.") from None


async def bytes_body(request: Request, most: int, kinds: Collection[str]) -> bytes:
    """Return what was sent as one of these media types, `most` bytes of it. Raises Refused."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() not in kinds:
        raise Refused(415, f"Send it as {' or '.join(kinds)}.")
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > most:
                raise Refused(413, "That is too long.")
    except ClientDisconnect:
        raise Refused(400, "That is not whole.") from None
    return bytes(body)

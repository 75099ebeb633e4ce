"""Parts of what is in memory. A browser asks for parts of a sound; Safari plays none without."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def whole_or_part(
    request: Request, data: bytes, media_type: str, headers: Mapping[str, str]
) -> Response:
    """Return all of `data`, or the one stretch that is asked for."""
    size, etag = len(data), f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    told = {**headers, "Accept-Ranges": "bytes", "ETag": etag}
    asked = _RANGE.fullmatch(request.headers.get("range", "").strip())
    # A part of other data is of no use to who has the first part.
    same = request.headers.get("if-range", etag) == etag
    if asked is None or asked[0] == "bytes=-" or not same:
        return Response(data, media_type=media_type, headers=told)
    first, last = asked.groups()
    if first:
        start, end = int(first), min(int(last) + 1 if last else size, size)
    else:
        start, end = max(0, size - int(last)), size
    if start >= end:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{size}"})
    told["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return Response(data[start:end], 206, media_type=media_type, headers=told)

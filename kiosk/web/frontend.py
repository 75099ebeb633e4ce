"""The files of the screen, as a browser gets them: joined for a visit, and each by itself."""

from __future__ import annotations

import re
from pathlib import Path, PurePath

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

from kiosk.screen.document import FOLDER
from kiosk.screen.joined import WHERE, script, style

_NAME = re.compile(r"(?:[a-z]+/){0,2}[a-z]+\.(js|css)")
_KINDS = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}


def front_end() -> Mount:
    """Return the addresses of the screen's files."""
    return Mount(
        "/screen", routes=[Route(f"/{WHERE}/{{name}}", _joined), Mount("", _modules(FOLDER))]
    )


async def _joined(request: Request) -> Response:
    """Answer with all modules, or all styles, as one file. It never changes under its name."""
    for one in (style(), script("main.js")):
        if request.path_params["name"] == one.name:
            headers = {
                "Cache-Control": "public, max-age=31536000, immutable",
                "Vary": "Accept-Encoding",
            }
            data = one.text.encode()
            if "gzip" in request.headers.get("accept-encoding", ""):
                data, headers["Content-Encoding"] = one.small, "gzip"
            return Response(data, media_type=_KINDS[one.name.rpartition(".")[2]], headers=headers)
    raise HTTPException(404)


def modules(address: str, folder: Path) -> Mount:
    """Return the addresses of modules and styles: below one address, as they lie in a folder."""
    return Mount(address, _modules(folder))


def _modules(folder: Path) -> ASGIApp:
    return _Modules(directory=folder)


class _Modules(StaticFiles):
    """Modules and styles, and nothing else that may lie there.

    A browser asks each time whether a file is another one now, and gets it only then.
    """

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer a request."""
        named = _NAME.fullmatch(PurePath(path).as_posix())
        if named is None:
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        if response.status_code == 200:
            response.headers["Content-Type"] = _KINDS[named[1]]  # a computer's own table may differ
        return response

"""The files of the screen, as a browser gets them: nothing is built from them."""

from __future__ import annotations

import re
from pathlib import Path, PurePath

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from kiosk.screen.document import FOLDER

_NAME = re.compile(r"(?:[a-z]+/){0,2}[a-z]+\.(js|css)")
_KINDS = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}


def front_end() -> Mount:
    """Return the addresses of the screen's files."""
    return modules("/screen", FOLDER)


def modules(address: str, folder: Path) -> Mount:
    """Return the addresses of modules and styles: below one address, as they lie in a folder."""
    return Mount(address, _Modules(directory=folder))


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

"""The pictures of copied HTML: those in it, and those beside it. None is ever fetched."""

from __future__ import annotations

import base64
import binascii
import re
import stat
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from kiosk.editor.found.opening import refused
from kiosk.editor.found.pictures import NotDrawn

MAX_PICTURE = 25 * 1024 * 1024  # bytes
MAX_ALL = 200 * 1024 * 1024
_DATA = re.compile(r"data:image/[\w.+-]{1,30};base64,", re.I)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:", re.I)
_WEB = re.compile(r"(?:https?:)?//", re.I)


class Images:
    """Pictures by their `src`; file: the HTML, beside which others lie."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._left = MAX_ALL

    def read(self, source: str) -> bytes:
        """Return a picture's bytes. Raises NotDrawn where there is none, PageNotMade for a bomb."""
        source = source.strip()
        if found := _DATA.match(source):
            return self._counted(self._decoded(source[found.end() :]))
        if _WEB.match(source):
            raise NotDrawn("a picture from a website. I do not fetch it: save it and put it in")
        if source.casefold().startswith("data:"):
            raise NotDrawn("a picture that I cannot read. Put it in again as PNG")
        beside = self._beside(unquote(source.partition("?")[0]).replace("\\", "/"))
        if beside is None:
            raise NotDrawn("a picture that did not come along. Copy it by itself, and put it in")
        return self._counted(beside.read_bytes())

    def _decoded(self, words: str) -> bytes:
        if len(words) > MAX_PICTURE * 3 // 2:
            raise self._too_large()
        try:
            return base64.b64decode(unquote(words), validate=False)
        except (binascii.Error, ValueError):
            raise NotDrawn("a picture that I cannot read. Put it in again as PNG") from None

    def _beside(self, name: str) -> Path | None:
        """Return the file that a name means, if it lies beside the HTML or in a folder there."""
        folder = self._file.parent.resolve()
        last = PurePosixPath(name).name
        if name.casefold().startswith("cid:"):  # a mail's own picture: its name, and an address
            last = last.partition(":")[2].partition("@")[0] or last.partition("@")[0]
        names = [last] if _ADDRESS.match(name) or name.startswith("/") else [name, last]
        for one in names:
            try:
                path = (folder / one).resolve()
                facts = path.stat()
            except (OSError, ValueError):
                continue
            if one and path.is_relative_to(folder) and stat.S_ISREG(facts.st_mode):
                if facts.st_size > MAX_PICTURE:
                    raise self._too_large()
                return path
        return None

    def _counted(self, data: bytes) -> bytes:
        self._left -= len(data)
        if len(data) > MAX_PICTURE or self._left < 0:
            raise self._too_large()
        return data

    def _too_large(self) -> Exception:
        problem = f"Its pictures are too large: {MAX_PICTURE // (1024 * 1024)} MB is the most."
        return refused(self._file.name, problem, "Make them smaller, and copy again.")

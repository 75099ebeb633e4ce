"""Zip files that tell no day on which they were written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

_FIXED = (1980, 1, 1, 0, 0, 0)
_SMALL_ALREADY = (".mp3", ".png")


def zipped(files: Iterable[tuple[str, bytes]], *, kind: str = "") -> bytes:
    """Return a zip of files, in their order.

    kind: the media type of an EPUB, which stands first and can be read without unpacking.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        if kind:
            _put(file, "mimetype", kind.encode(), zipfile.ZIP_STORED)
        for name, data in files:
            stored = name.endswith(_SMALL_ALREADY)
            _put(file, name, data, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _put(file: zipfile.ZipFile, name: str, data: bytes, how: int) -> None:
    entry = zipfile.ZipInfo(name, _FIXED)
    entry.compress_type = how
    entry.create_system = 3  # the same on every computer
    file.writestr(entry, data)

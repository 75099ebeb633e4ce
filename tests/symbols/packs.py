"""Makes packs for the tests: folders, zips, and zips as nobody should make them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="%d"/></svg>'
)
ABOUT = b"""\
title: Mulberry Symbols
creator: Steve Lee
licence: CC BY-SA 4.0
url: https://mulberrysymbols.org
may_be: [screen, print, download]
"""


def svg(height: int = 9) -> bytes:
    """Return a small drawing; another height makes another one."""
    return SVG % height


def png(width: int = 20, height: int = 20) -> bytes:
    """Return a small bitmap."""
    written = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(written, "PNG")
    return written.getvalue()


def jpeg() -> bytes:
    """Return a small photo."""
    written = io.BytesIO()
    Image.new("RGB", (20, 20), "blue").save(written, "JPEG")
    return written.getvalue()


def folder(place: Path, files: Mapping[str, bytes]) -> Path:
    """Write files into a folder and return it."""
    for name, data in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return place


def zipped(path: Path, files: Mapping[str, bytes], *, kind: int = 0o100644) -> Path:
    """Write a zip and return it. kind: the Unix mode of each file in it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as into:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = kind << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            into.writestr(entry, data)
    return path


def lying(path: Path, files: Mapping[str, bytes], told: int) -> Path:
    """Write a zip whose list of contents tells another size for each file."""
    data = bytearray(zipped(path, files).read_bytes())
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", told)
        at += 4
    path.write_bytes(bytes(data))
    return path


def overlapping(path: Path) -> Path:
    """Write a zip in which two names share the bytes of one file."""
    data = zipped(path, {"a.svg": svg(), "b.svg": svg(5)}).read_bytes()
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 4)
    end = data.find(b"PK\x05\x06")
    entry = bytearray(data[second:end])
    entry[16:28] = data[first + 16 : first + 28]
    entry[42:46] = data[first + 42 : first + 46]
    path.write_bytes(data[:second] + bytes(entry) + data[end:])
    return path


def huge_png(side: int) -> bytes:
    """Return a PNG of a few bytes that says it has so many pixels a side."""
    data = bytearray(png())
    data[16:24] = struct.pack(">II", side, side)
    data[29:33] = struct.pack(">I", zlib.crc32(bytes(data[12:29])))
    return bytes(data)

"""The pictures of a file as pictures of the site: PNG, of a size that a page shows.

A picture is drawn anew, so nothing else that was in its file (the place where a photograph was
taken, the name of a computer) comes along. Its name ends with a digest of the bytes that were in
the file: the same picture is saved once, however often it is used, and in how many files.
"""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image

from kiosk.editor.found.opening import refused
from kiosk.editor.place import page_name
from kiosk.symbols.bitmaps import View, clean_bitmap
from kiosk.symbols.cleaning import Hostile, Unusable

if TYPE_CHECKING:
    from kiosk.editor.found.blocks import FoundPicture

LEAST_DOTS_A_SIDE = 12
MOST_RATIO = 6.0  # a longer one is a line, not a picture
LONGEST_WORDS = 200  # letters that say what a picture shows

KINDS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_AUTOMATIC = re.compile(
    r"\s*(?:Description automatically generated.*|AI-generated content may be incorrect\.?)", re.S
)
_FILE_NAME = re.compile(r"[\\/]|\.(?:png|jpe?g|gif|bmp|tiff?|webp|svg|emf|wmf)\b", re.I)
_NOT_WORDS = re.compile(r"(?:picture|image|graphic|photo|figure|logo)?\s*\d*\.?", re.I)


class NotDrawn(Exception):
    """A picture that cannot be used; the text goes on after "place: "."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as the site keeps it; stem: what its name begins with, digest: how it ends."""

    stem: str
    digest: str
    png: bytes


class Artist:
    """Draws the pictures of one file, each of them once; read: its bytes by a picture's key."""

    def __init__(self, name: str, read: Callable[[str], bytes]) -> None:
        self._name = name
        self._read = read
        self._done: dict[tuple[str, View], Drawn | NotDrawn] = {}

    def draw(self, picture: FoundPicture) -> Drawn:
        """Return a picture as PNG.

        Raises NotDrawn for one that cannot be shown, and PageNotMade for one that is dangerous.
        """
        key = (picture.key, picture.view)
        if key not in self._done:
            try:
                self._done[key] = self._draw(picture)
            except NotDrawn as error:
                self._done[key] = error
        done = self._done[key]
        if isinstance(done, NotDrawn):
            raise done
        return done

    def _draw(self, picture: FoundPicture) -> Drawn:
        data = self._read(picture.key)
        digest = hashlib.sha256(data + repr(picture.view).encode()).hexdigest()[:8]
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # Pillow tells programmers about odd files
                png = clean_bitmap(data, KINDS, picture.view)
                _check_shape(data, picture.view.crop)
        except Hostile as error:
            raise refused(
                self._name,
                f"The picture in {picture.place} is too large. {error}",
                "Make it smaller (in Word: press it and choose Compress Pictures), and try again.",
            ) from None
        except Unusable:
            raise NotDrawn("a picture that I cannot read. Put it in again as PNG") from None
        return Drawn(_stem(words_of(picture.alt)), digest, png)


def _check_shape(data: bytes, crop: tuple[float, float, float, float]) -> None:
    """Raise NotDrawn for dots and lines, which files have as ornaments."""
    with Image.open(io.BytesIO(data), formats=KINDS) as opened:
        width, height = opened.size
    left, top, right, bottom = crop
    across, down = width * (1 - left - right), height * (1 - top - bottom)
    if min(across, down) < LEAST_DOTS_A_SIDE:
        raise NotDrawn("a picture that is too small to see")
    if max(across / down, down / across) > MOST_RATIO:
        raise NotDrawn("a picture that is too long and thin, such as a line")


def words_of(alt: str) -> str:
    """Return the alternative text if a person wrote it, or "".

    A file's name is none, nor is "Picture 3" or what Word guessed by itself.
    """
    if _AUTOMATIC.search(alt):
        return ""
    alt = " ".join(alt.split())
    if _FILE_NAME.search(alt) or _NOT_WORDS.fullmatch(alt):
        return ""
    return alt[:LONGEST_WORDS]


def _stem(words: str) -> str:
    return "-".join(page_name(words).split("-")[:8]) or "picture"

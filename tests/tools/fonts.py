"""A typeface with the letters of Urdu: the tests of pages from right to left draw them."""

from __future__ import annotations

from kiosk.health.show import fonts_with
from tests.tools.system import install

LETTERS = ["ا", "ٹ", "چ", "ڈ", "ڑ", "ژ", "ک", "گ", "ں", "ہ", "ھ", "ے", "۔"]  # noqa: RUF001
PACKAGES = {
    "apt-get": "fonts-noto-core",
    "dnf": "google-noto-sans-arabic-vf-fonts",
    "pacman": "noto-fonts",
}


def find() -> str | None:
    """Return the name of a typeface with all of them, or None."""
    return next(iter(fonts_with(LETTERS) or ()), None)


def find_or_bring() -> str | None:
    """Return the name of such a typeface; fetch one if there is none; None if that fails too."""
    found = find()
    if found is None:
        print("No typeface here has the letters of Urdu. Asking for one.", flush=True)
        install("fontconfig")  # tells which typefaces there are
        install(PACKAGES["apt-get"], PACKAGES)
        found = find()
    return found

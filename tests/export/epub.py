"""A talking book as a reader opens it: what stands in it, and what is heard with each word."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, fromstring

import soundfile

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
SMIL = "{http://www.w3.org/ns/SMIL}"
_INSIDE = {f"{XHTML}{name}" for name in ("a", "bdi", "span", "strong")}
_UNSEEN = re.compile("[\u2066\u2069]")


@dataclass(frozen=True, slots=True)
class Heard:
    """A word of a page, and when it is heard, in seconds."""

    word: str
    begins: float
    ends: float


class Book:
    """One book."""

    def __init__(self, data: bytes) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.opf = self.xml("package.opf")
        self.items = {one.attrib["id"]: one for one in self.opf.iter(f"{OPF}item")}
        self.spine = [self.items[one.attrib["idref"]] for one in self.opf.iter(f"{OPF}itemref")]

    def xml(self, name: str) -> Element:
        """Return a file as a tree."""
        return fromstring(self.zip.read(f"EPUB/{name}"))  # noqa: S314 - we made it

    def seconds(self, name: str) -> float:
        """Return how long a sound is once it is decoded."""
        with soundfile.SoundFile(io.BytesIO(self.zip.read(f"EPUB/{name}"))) as file:
            return float(len(file) / file.samplerate)

    def told(self, name: str, refines: str = "") -> list[str]:
        """Return the values of a property of the book, or of one of its files."""
        return [
            one.text or ""
            for one in self.opf.iter(f"{OPF}meta")
            if one.get("property") == name and one.get("refines", "") == refines
        ]

    def page(self, name: str) -> str:
        """Return the words of a page of the book."""
        body = self.xml(f"{name}.xhtml").find(f"{XHTML}body")
        assert body is not None
        return " ".join(_UNSEEN.sub("", "".join(_texts(body))).split())

    def heard(self, name: str) -> list[list[Heard]]:
        """Return the words of each sentence of a page, by its overlay."""
        page = self.xml(f"{name}.xhtml")
        by_id = {one.attrib["id"]: one for one in page.iter() if "id" in one.attrib}
        found = []
        for seq in self.xml(f"{name}.smil").iter(f"{SMIL}seq"):
            words = []
            for par in seq.iter(f"{SMIL}par"):
                text, audio = par.find(f"{SMIL}text"), par.find(f"{SMIL}audio")
                assert text is not None
                assert audio is not None
                file, _, id_ = text.attrib["src"].partition("#")
                assert (file, audio.attrib["src"]) == (f"{name}.xhtml", f"{name}.mp3")
                word = _UNSEEN.sub("", "".join(by_id[id_].itertext()))
                times = (float(audio.attrib[key].rstrip("s")) for key in ("clipBegin", "clipEnd"))
                words.append(Heard(word, *times))
            found.append(words)
        return found


def _texts(element: Element) -> Iterator[str]:
    yield element.text or ""
    for one in element:
        yield from _texts(one)
        yield "" if one.tag in _INSIDE else " "  # the others begin on a new line
        yield one.tail or ""


def changed(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """Return a book in which one file is another; the change must change it."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(written, "w") as other:
        for entry in book.infolist():
            part = book.read(entry)
            if entry.filename == f"EPUB/{name}":
                before = part.decode()
                part = change(before).encode()
                assert part.decode() != before
            other.writestr(entry, part)
    return written.getvalue()

"""Opens a Word file that may be damaged, or made to do harm.

A `.docx` is a zip of XML files and pictures. XML is parsed only when it has no DOCTYPE (entities
that grow, files that are fetched) and is not too deep. No address is ever opened.
"""

from __future__ import annotations

import io
import posixpath
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.parsers import expat

from kiosk.archive import Limits, archive_in
from kiosk.editor.found.opening import refused
from kiosk.editor.word.xml import STRICT, plain_namespaces
from kiosk.errors import ArchiveRefused, PageNotMade

MAX_UNPACKED = 200 * 1024 * 1024  # bytes of all parts
MAX_XML = 4 * 1024 * 1024  # bytes of one part of words: a book of 500 pages
MAX_PICTURE = 25 * 1024 * 1024  # bytes of one picture
MAX_PARTS = 5000
MAX_DEPTH = 60  # a table in a text box in a group has 40

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
SMALLER = "Make its pictures smaller (in Word: Compress Pictures), or make 2 files of it."
DAMAGED = "Open it in Word, save it again as a Word document (.docx), and try that file."


@dataclass(frozen=True, slots=True)
class Relation:
    """Where one part of the file points; `outside` is an address, not a part."""

    kind: str  # the last word of its type: "image", "hyperlink", "oleObject"
    target: str
    outside: bool


class Package:
    """The parts of one Word file, read on demand and within limits."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        _refuse_other_kinds(name, data)
        limits = Limits(files=MAX_PARTS, all_bytes=MAX_UNPACKED)
        try:
            self._parts = archive_in(io.BytesIO(data), limits)
        except ArchiveRefused as error:
            raise self._told_plainly(error) from None
        self._left = MAX_UNPACKED  # a part may be read for each place that points to it
        self._refuse_macros()
        self.document = self._find_document()

    def damaged(self) -> PageNotMade:
        """Return the error for a file whose inside is not as it should be."""
        return refused(self.name, "I cannot read this Word file: it is damaged.", DAMAGED)

    def has(self, part: str) -> bool:
        """Tell whether there is such a part."""
        return part in self._parts

    def read(self, part: str, limit: int) -> bytes:
        """Return the bytes of a part. Raises PageNotMade when it is missing or too large."""
        if not self.has(part):
            raise self.damaged()
        size = self._parts.size(part)
        if size > limit:
            raise self._too_large(limit)
        self._left -= size
        if self._left < 0:
            raise self._too_large(MAX_UNPACKED)
        try:
            return self._parts.read(part)
        except ArchiveRefused:
            raise self.damaged() from None

    def _told_plainly(self, error: ArchiveRefused) -> PageNotMade:
        if error.reason == "many":
            return refused(self.name, f"It has more than {MAX_PARTS:,} parts inside.", DAMAGED)
        return self._too_large(MAX_UNPACKED) if error.reason == "large" else self.damaged()

    def _too_large(self, limit: int) -> PageNotMade:
        return refused(
            self.name,
            f"It is too large inside: {limit // (1024 * 1024)} MB is the most.",
            SMALLER,
        )

    def xml(self, part: str) -> ElementTree.Element:
        """Return a part as a tree. Raises PageNotMade when it is not safe, or not XML."""
        data = self.read(part, MAX_XML)
        _check_xml(data, self)
        try:
            root = ElementTree.fromstring(data)  # noqa: S314 - it was checked
        except (ElementTree.ParseError, ValueError, LookupError):
            raise self.damaged() from None
        if STRICT in data:
            plain_namespaces(root)
        return root

    def relations(self, part: str) -> dict[str, Relation]:
        """Return where a part points, by id; nothing when it points nowhere."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(listed):
            return {}
        found = {}
        for one in self.xml(listed).iter(_RELATIONS):
            outside = one.get("TargetMode") == "External"
            target = one.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = one.get("Type", "").rpartition("/")[2]
            found[one.get("Id", "")] = Relation(kind, target, outside)
        return found

    def _find_document(self) -> str:
        for one in self.relations("").values():
            if one.kind == "officeDocument" and not one.outside and self.has(one.target):
                return one.target
        if self.has("word/document.xml"):
            return "word/document.xml"
        raise refused(
            self.name, "This is not a Word file, or it is damaged.", "Save it in Word as .docx."
        )

    def _refuse_macros(self) -> None:
        names = {posixpath.basename(one).casefold() for one in self._parts.names}
        kinds = b""
        if self.has("[Content_Types].xml"):
            kinds = self.read("[Content_Types].xml", MAX_XML)
        if {"vbaproject.bin", "vbadata.xml"} & names or b"macroenabled" in kinds.lower():
            raise _macros(self.name)


def open_word(name: str, data: bytes) -> Package:
    """Open a Word file. Raises PageNotMade in plain words for all that is not a safe `.docx`."""
    if name.casefold().endswith((".docm", ".dotm")):
        raise _macros(name)
    return Package(name, data)


def _macros(name: str) -> PageNotMade:
    return refused(
        name,
        "This Word file can run a program (a macro). I do not open such files.",
        'In Word, save it as "Word document (.docx)".',
    )


def _refuse_other_kinds(name: str, data: bytes) -> None:
    again = "Open it, save it as a Word document (.docx), and try that file."
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            problem = "This Word file has a password."
            raise refused(name, problem, "In Word, take the password away and save it.")
        raise refused(name, "This is a file of an old Word (.doc).", again)
    if data.startswith(b"{\\rtf"):
        raise refused(name, "This is an RTF file.", again)
    if not data:
        raise refused(name, "This file is empty.")
    if not data.startswith(b"PK"):
        problem = "This is not a Word file or a PDF."
        hint = "Give the name of a Word file (.docx) or a PDF file (.pdf)."
        if data.lstrip().startswith(b"<"):
            hint = "If you copied it and saved it as HTML: kiosk import --clipboard-html FILE"
        raise refused(name, problem, hint)
    if b"application/vnd.oasis.opendocument" in data[:200]:
        raise refused(name, "This is an OpenDocument file (.odt).", again)


def _check_xml(data: bytes, package: Package) -> None:
    parser = expat.ParserCreate()
    depth = 0

    def start(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise refused(
                package.name,
                "It has too many things inside each other.",
                "Take tables and boxes out of each other.",
            )

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_: object) -> None:
        raise refused(package.name, "Word does not make files like this one.", DAMAGED)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise package.damaged() from None

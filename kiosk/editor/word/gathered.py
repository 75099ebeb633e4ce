"""What a Word file's reading has gathered so far: pictures, places, and what is left out."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.editor.found.blocks import FoundPicture
from kiosk.editor.found.notes import LeftOut
from kiosk.editor.found.opening import refused
from kiosk.editor.word.package import Package, Relation
from kiosk.editor.word.spots import Anchor
from kiosk.editor.word.styles import Styles
from kiosk.editor.word.xml import W, words_in
from kiosk.errors import PageNotMade

_NOTES = {"footnote": "footnotes", "endnote": "endnotes", "comment": "comments"}


@dataclass(slots=True)
class Gathered:
    """Where the reading is, and what it has found."""

    package: Package
    relations: dict[str, Relation]
    styles: Styles = field(default_factory=Styles)
    place: str = ""
    places: list[str] = field(default_factory=list)
    anchor: Anchor = field(default_factory=Anchor)
    pictures: list[FoundPicture] = field(default_factory=list)
    left_out: dict[LeftOut, None] = field(default_factory=dict)  # in order, each of them once
    contents: list[str] = field(default_factory=list)  # lines of the table of contents
    _notes: dict[str, dict[str, str]] = field(default_factory=dict)

    def note(self, what: str) -> None:
        """Note once that something at this place is left out."""
        self.left_out[LeftOut(self.place, what)] = None

    def words_of_note(self, kind: str, key: str) -> str:
        """Return what a footnote, an endnote or a comment says; kind: one of those words."""
        if kind not in self._notes:
            self._notes[kind] = {}
            for one in self.relations.values():
                if one.kind == _NOTES[kind] and not one.outside and self.package.has(one.target):
                    for note in self.package.xml(one.target).iter(W + kind):
                        self._notes[kind][note.get(W + "id", "")] = words_in(note)
        return self._notes[kind].get(key, "")

    def holds_a_file(self, place: str) -> PageNotMade:
        """Return the error for a file with another file in it."""
        where = f"In {place} it" if place else "It"
        return refused(
            self.package.name,
            f"{where} holds another file or a button, such as an Excel sheet. I do not open those.",
            "Put a picture of it there, or take it away, and save.",
        )

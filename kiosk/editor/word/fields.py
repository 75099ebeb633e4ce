"""Fields of a Word file: words that Word writes by itself, such as today's date or a page number.

A page has no fields. The words that stand there now are kept, and a person is told.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.editor.found.notes import whole

_DATES = {"DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "EDITTIME"}
_PAGES = {"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "SECTION"}
_REFERENCES = {"REF", "NOTEREF", "STYLEREF", "SEQ"}
_NOT_TOLD = {"HYPERLINK", "TOC", "FORMTEXT", "FORMDROPDOWN", "SYMBOL", "TC", "XE", "EQ", "QUOTE"}


def told(instruction: str, words: str) -> str:
    """Return what to tell about a field; "" for one whose words never change."""
    kind = instruction.split()[0].upper() if instruction.split() else ""
    if not kind or kind in _NOT_TOLD or not words.strip():
        return ""
    what = "words that Word fills in"
    if kind in _DATES:
        what = "a date that Word fills in"
    elif kind in _PAGES:
        what = "a page number that Word fills in"
    elif kind in _REFERENCES:
        what = "a reference that Word fills in"
    return f"{what}: {whole(words)}. On the page it stays as it is now"


@dataclass(slots=True)
class _Open:
    instruction: list[str] = field(default_factory=list)
    result: list[str] = field(default_factory=list)
    in_result: bool = False


class Fields:
    """The fields that are open while a file is read; one may stand inside another."""

    def __init__(self) -> None:
        self._open: list[_Open] = []

    def mark(self, kind: str) -> str:
        """Take the start, the middle or the end of a field; return what to tell at its end."""
        if kind == "begin":
            self._open.append(_Open())
        elif self._open and kind == "separate":
            self._open[-1].in_result = True
        elif self._open and kind == "end":
            done = self._open.pop()
            return told("".join(done.instruction), "".join(done.result))
        return ""

    def instruct(self, words: str) -> None:
        """Take a piece of what a field does."""
        if self._open:
            self._open[-1].instruction.append(words)

    def are_seen(self, words: str) -> bool:
        """Take words of a field's result; False when they are a part of what a field does."""
        for one in self._open:
            if one.in_result:
                one.result.append(words)
        return all(one.in_result for one in self._open)

    def end_paragraph(self) -> None:
        """Forget fields that are not whole: what a field does never goes on after its paragraph."""
        self._open = [one for one in self._open if one.in_result]

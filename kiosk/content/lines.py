"""What a line of a page is: who reads pages and who changes them see the same."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

LineKind = Literal["blank", "heading", "item", "number", "picture", "refused", "sentence"]

_PICTURE = re.compile(
    r":(?P<name>[^:=\"“”]{1,100}?)\s*(?:=\s*[\"“”](?P<words>[^\"“”]{0,300})[\"“”]\s*)?:"
    r"(?!:)\s*(?P<rest>.*)"
)
_IMAGE = re.compile(r"!\[(?P<words>[^\]]{0,300})\]\((?P<name>[^)]{0,300})\)\s*(?P<rest>.*)")
_TARGET = "symbol:"  # what the address of a picture of ours begins with
_HEADING = re.compile(r"(?P<level>#{1,6})\s+(?P<rest>.*?)(?:\s+#+)?")
_ITEM = re.compile(r"[-*+•]\s+(?P<rest>.*)")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s")
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,}|={3,})")
_NOT_OURS = re.compile(r"[>|]|```|~~~")


class PageLine(NamedTuple):
    """A line of a page, without the spaces around it.

    kind: "number" is an item that keeps its number, "refused" a line that no page can have. words:
    without the signs before them, which begin at `start` of the line; of a picture, what stands
    beside it. level: of a heading, how many # it has. name, shows: of a picture, what it is called
    and what it shows here; name is "" for one that cannot be read. problem, hint: of a refused one.
    """

    kind: LineKind
    words: str
    start: int = 0
    level: int = 0
    name: str = ""
    shows: str = ""
    problem: str = ""
    hint: str = ""


_BULLETS = ("-", "*", "+", "\u2022")


def page_line(line: str) -> PageLine:
    """Read a line that has no spaces around it."""
    if not line:
        return PageLine("blank", "")
    if found := _HEADING.fullmatch(line):
        return PageLine("heading", found["rest"], found.start("rest"), len(found["level"]))
    if found := _ITEM.fullmatch(line):
        return PageLine("item", found["rest"], found.start("rest"))
    if _NUMBERED.match(line):
        return PageLine("number", line)
    if line.startswith((":", "![")):
        return _picture(line)
    if line in _BULLETS:
        problem = "There is nothing behind this bullet."
        return _refused(line, problem, "Write words behind it, or take the line away.")
    if line.startswith("#"):
        return _refused(line, "A heading needs a space after #.", "Write it as # Heading.")
    if _RULE.fullmatch(line):
        hint = "Leave an empty line."
        return _refused(line, "A line across the page cannot be used here.", hint)
    if _NOT_OURS.match(line):
        return _refused(line, "A page cannot have tables, quotes or code.", "Write sentences.")
    return PageLine("sentence", line)


def _picture(line: str) -> PageLine:
    is_image = line.startswith("!")
    found = (_IMAGE if is_image else _PICTURE).fullmatch(line)
    name = found["name"] if found else ""
    if found is None or (is_image and not name.startswith(_TARGET)):
        hint = (
            "Write it as :heart: words, or ![A red heart](symbol:heart) words."
            if is_image
            else 'Write it as :heart: words, or :heart = "A red heart": words.'
        )
        problem = "I cannot read the name of this picture."
        return PageLine("picture", "", problem=problem, hint=hint)
    return PageLine(
        "picture",
        found["rest"],
        found.start("rest"),
        name=name.removeprefix(_TARGET).strip() if is_image else name.strip(),
        shows=found["words"] or "",
    )


def _refused(line: str, problem: str, hint: str) -> PageLine:
    return PageLine("refused", line, problem=problem, hint=hint)

"""What the styles of a Word file make of its paragraphs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from xml.etree.ElementTree import Element, SubElement

from kiosk.editor.word.xml import W, value

Kind = Literal["title", "heading", "words", "contents"]


@dataclass(slots=True)
class Styles:
    """kinds: by the style's id; without one a paragraph is plain words.

    small: the styles with their names and lists alone. A new Word file has hundreds of facts about
    fonts, and reading them takes most of the time.
    """

    kinds: dict[str, Kind] = field(default_factory=dict)
    small: Element = field(default_factory=lambda: Element(W + "styles"))


def read_styles(root: Element) -> Styles:
    """Read `styles.xml`. A style is a heading, too, when the one that it is made from is."""
    done = Styles()
    made_from: dict[str, str] = {}
    own: dict[str, Kind] = {}
    for style in root.iter(W + "style"):
        key = style.get(W + "styleId", "")
        made_from[key] = value(style, "basedOn")
        kind = _kind(style)
        if kind != "words":
            own[key] = kind
        _add_small(style, done.small)
    for key in made_from:
        seen: set[str] = set()
        at = key
        while at and at not in own and at not in seen:
            seen.add(at)
            at = made_from.get(at, "")
        done.kinds[key] = own.get(at, "words")
    return done


def is_heading(facts: Element | None) -> bool:
    """Tell whether a paragraph, or its style, stands in the outline of the file."""
    level = value(facts, "outlineLvl")
    return level.isdecimal() and int(level) < 9


def _kind(style: Element) -> Kind:
    called = value(style, "name").casefold()  # English, whatever the language of Word
    if called == "title":
        return "title"
    if called.startswith(("toc ", "contents ")):
        return "contents"
    if called.startswith("heading ") or is_heading(style.find(W + "pPr")):
        return "heading"
    return "words"


def _add_small(style: Element, into: Element) -> None:
    small = SubElement(into, style.tag, style.attrib)
    name = style.find(W + "name")
    if name is not None:
        small.append(name)
    facts = style.find(W + "pPr")
    numbers = facts.find(W + "numPr") if facts is not None else None
    if numbers is not None:
        SubElement(small, W + "pPr").append(numbers)

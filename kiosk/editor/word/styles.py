"""What the styles of a Word file make of its paragraphs."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from kiosk.editor.found.blocks import Kind
from kiosk.editor.word.xml import W, is_on, value


@dataclass(slots=True)
class Styles:
    """What each style says, by its id, with what it has from the style that it is made from.

    kinds: without one a paragraph is plain words. lists: the `numId` and level of its list.
    bold, crossed: styles of words that are bold, or crossed out.
    """

    kinds: dict[str, Kind] = field(default_factory=dict)
    lists: dict[str, tuple[str, str]] = field(default_factory=dict)
    bold: set[str] = field(default_factory=set)
    crossed: set[str] = field(default_factory=set)


def read_styles(root: Element) -> Styles:
    """Read `styles.xml`. A style is a heading, too, when the one that it is made from is."""
    done = Styles()
    every = {style.get(W + "styleId", ""): style for style in root.iter(W + "style")}
    for key in every:
        line: list[Element] = []  # the style, the one that it is made from, and so on
        at = key
        while at in every and every[at] not in line:
            line.append(every[at])
            at = value(every[at], "basedOn")
        kinds = (kind for one in line if (kind := _kind(one)) != "words")
        done.kinds[key] = next(kinds, "words")
        numbered = (one for one in line if one.find(f"{W}pPr/{W}numPr") is not None)
        for one in numbered:
            number = one.find(f"{W}pPr/{W}numPr")
            done.lists[key] = (value(number, "numId"), value(number, "ilvl"))
            break
        if line[0].get(W + "type") == "character":
            words = [one.find(W + "rPr") for one in line]
            if value(line[0], "name") == "Strong" or _says(words, "b"):
                done.bold.add(key)
            if _says(words, "strike") or _says(words, "dstrike"):
                done.crossed.add(key)
    return done


def _says(facts: list[Element | None], name: str) -> bool:
    """Return what the first of them says that says anything about this."""
    for one in facts:
        switch = one.find(W + name) if one is not None else None
        if switch is not None:
            return is_on(switch)
    return False


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

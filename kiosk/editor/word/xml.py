"""The names of a Word file's XML, and the few looks into it that several modules take."""

from __future__ import annotations

from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

# "Strict" Word files have the same elements under other names, all of them of this place.
STRICT = b"http://purl.oclc.org/ooxml"
_STRICT = {
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}": W,
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}": R,
    "{http://purl.oclc.org/ooxml/drawingml/main}": A,
}


def local(element: Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def plain_namespaces(root: Element) -> None:
    """Give the elements of a "strict" file the names of all others."""
    for element in root.iter():
        element.tag = _plain(element.tag)
        for name in [one for one in element.attrib if one.startswith("{http://purl")]:
            element.attrib[_plain(name)] = element.attrib.pop(name)


def _plain(name: str) -> str:
    space, bracket, rest = name.rpartition("}")
    return _STRICT.get(space + bracket, space + bracket) + rest


def value(parent: Element | None, name: str) -> str:
    """Return the `w:val` of a child `w:name`, or ""."""
    child = parent.find(W + name) if parent is not None else None
    return child.get(W + "val", "") if child is not None else ""


def is_on(switch: Element | None) -> bool:
    """Tell whether an element such as `w:b` is there and switches on."""
    return switch is not None and switch.get(W + "val", "1") not in ("0", "false", "off")


DRAWINGS = frozenset({"drawing", "pict", "object", "AlternateContent"})


_WORDS = frozenset({W + "t", W + "delText", A + "t", M + "t"})


def words_in(element: Element, without: frozenset[str] = frozenset({"Fallback"})) -> str:
    """Return all words in an element but those in parts named `without`; paragraphs end in " "."""
    name = local(element)
    if name in without:
        return ""
    if element.tag in _WORDS:
        return element.text or ""
    inside = "".join(words_in(child, without) for child in element)
    return f"{inside} " if element.tag in (W + "p", W + "br", W + "tab", A + "p") else inside

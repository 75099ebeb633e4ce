"""HTML of a clipboard as a tree: read by the parser of Python, which fetches and runs nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from kiosk.editor.found.opening import refused

MAX_DEPTH = 120
MAX_TAGS = 100_000
MAX_WORDS = 2 * 1024 * 1024  # letters of the words and tags, without pictures

_EMPTY = {"br", "img", "hr", "input", "meta", "link", "col", "wbr", "area", "base", "source"}
_EMPTY |= {"embed", "param", "track"}
_CLOSED_BY = {
    "p": {"p", "div", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"},
    "li": {"li"},
    "td": {"td", "th", "tr"},
    "th": {"td", "th", "tr"},
    "tr": {"tr"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
}
_FRAGMENT = re.compile(r"<!--\s*StartFragment\s*-->(.*?)<!--\s*EndFragment\s*-->", re.S)
_HEADER = re.compile(r"\A\s*Version:[\d.]+\s.*?(?=<)", re.S)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]{1,20})", re.I)


@dataclass(slots=True)
class Node:
    """An element; children: elements and words in their order."""

    tag: str
    facts: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    @property
    def style(self) -> str:
        """Its own style, without spaces and in small letters."""
        return "".join(self.facts.get("style", "").split()).casefold()

    def words(self) -> str:
        """Return all words in it."""
        return "".join(one if isinstance(one, str) else one.words() for one in self.children)


def text_of(data: bytes) -> str:
    """Return the bytes as text, by their mark, by what the HTML says, or by what fits."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    said = _CHARSET.search(data[:4096])
    for name in ("utf-8-sig", said[1].decode("ascii") if said else "cp1252", "cp1252"):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", "replace")


def tree_of(name: str, text: str) -> Node:
    """Return what was copied as a tree. Raises PageNotMade for one that is too large or deep."""
    text = _HEADER.sub("", text, count=1)
    found = _FRAGMENT.search(text)
    if found is not None and "<" in found[1]:
        text = found[1]
    builder = _Builder(name)
    try:
        builder.feed(text)
        builder.close()
    except AssertionError:  # so Python's parser says that a declaration makes no sense
        raise refused(name, "I cannot read this HTML: it is damaged.", "Copy it again.") from None
    return builder.root


class _Builder(HTMLParser):
    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.name = name
        self.root = Node("body")
        self.open = [self.root]
        self.tags = 0
        self.letters = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += 1
        if self.tags > MAX_TAGS:
            raise refused(self.name, "It has too many parts.", "Copy a smaller piece.")
        while len(self.open) > 1 and tag in _CLOSED_BY.get(self.open[-1].tag, ()):
            self.open.pop()
        node = Node(tag, {key: value or "" for key, value in attrs})
        self.open[-1].children.append(node)
        if tag in _EMPTY:
            return
        if len(self.open) >= MAX_DEPTH:
            raise refused(
                self.name, "It has too many things inside each other.", "Copy a smaller piece."
            )
        self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY and self.open[-1].tag == tag:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self.open) - 1, 0, -1):
            if self.open[at].tag == tag:
                del self.open[at:]
                return
            if self.open[at].tag in ("td", "th", "table") and tag not in ("tr", "table", "tbody"):
                return  # what was opened outside of a cell is not closed in it

    def handle_data(self, data: str) -> None:
        self.letters += len(data)
        if self.letters > MAX_WORDS:
            raise refused(self.name, "It has too many words.", "Copy a smaller piece.")
        self.open[-1].children.append(data)

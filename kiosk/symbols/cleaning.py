"""Writes an SVG anew with nothing left but what can be seen.

Only shapes, colours and words are taken over, each with attributes from a list. What a drawing
program adds (metadata, style sheets, its own namespaces) is dropped, and styles become attributes,
so the picture looks as before. What *acts* is not cleaned but refused: a program, a call to
another computer, or a picture that draws itself without end. A person then knows that the file is
not what they thought.

A library cannot take its place: svg-hush 0.3.0 refused none of the 24 files in our tests that act,
left relative addresses, style sheets and drawing without end in what it wrote, and gave no viewBox.
So nearly all of this would stay. tinycss2 reads style sheets, but whose rule stands above is left
to us as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from kiosk.errors import ContentError
from kiosk.symbols import styles
from kiosk.symbols.drawing import ELEMENTS, MAX_BYTES, MAX_RATIO, OUTSIDE, SVG, check_svg

MOST_PARTS, DEEPEST, MOST_DRAWN = 20_000, 60, 100_000
MOST_ENTITIES, LONGEST_ENTITY = 64, 200

_AS_GROUP = frozenset(["a", "switch"])
_LEFT_OUT = frozenset(["title", "desc"])
_WORDS = frozenset(["text", "tspan"])
_ATTRIBUTE = re.compile(
    "class|clipPathUnits|c[xy]|d|d[xy]|f[xy]|gradientTransform|gradientUnits|height|id|lengthAdjust"
    "|maskContentUnits|maskUnits|offset|pathLength|patternContentUnits|patternTransform"
    "|patternUnits|points|preserveAspectRatio|r|rotate|r[xy]|spreadMethod|style|textLength"
    "|transform|viewBox|width|x|x[12]|y|y[12]"
)
_POINTERS = frozenset(["use", "linearGradient", "radialGradient", "pattern"])
_PLACE = re.compile(r"url\(\s*['\"]?#([^)'\"\s]+)['\"]?\s*\)")
_ELSEWHERE = "It points to another file or computer."


class Hostile(Exception):
    """The file does what no picture should; the text says what, in plain words."""


class Unusable(Exception):
    """The file cannot be shown; the text says why, in plain words."""


@dataclass(slots=True)
class _Part:
    """One element: `tag` is "" for what is dropped with all that is inside it."""

    tag: str
    attributes: dict[str, str]
    inside: list[_Part | str] = field(default_factory=list)


def clean_svg(data: bytes) -> bytes:
    """Return the picture written anew. Raises Hostile or Unusable."""
    if len(data) > MAX_BYTES:
        raise Unusable(f"It is larger than {MAX_BYTES // 1024} KB.")
    root, sheet = _Reader().read(data)
    if "@import" in sheet:
        raise Hostile(_ELSEWHERE)
    _style(root, styles.read_sheet(sheet))
    _drop_what_leads_nowhere(root)
    _check_uses(root)
    width, height = _set_view(root)
    if max(width / height, height / width) > MAX_RATIO:
        _make_square(root, width, height)
    written = f"<svg xmlns={quoteattr(SVG)}{''.join(_write(root))[4:]}".encode()
    try:
        check_svg(written, Path("picture.svg"))
    except ContentError as error:
        raise Unusable(error.problem) from None
    return written


class _Reader:
    """Reads the file into parts, and refuses what acts."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.EntityDeclHandler = self._entity
        self._parser.ProcessingInstructionHandler = self._instruction
        self._open: list[_Part] = []
        self._root: _Part | None = None
        self._sheet: list[str] = []
        self._in_sheet = False
        self._parts = self._letters = self._entities = 0

    def read(self, data: bytes) -> tuple[_Part, str]:
        try:
            self._parser.Parse(data, True)
        except (expat.ExpatError, UnicodeDecodeError, LookupError):
            raise Unusable("It is not an SVG picture that I can read.") from None
        if self._root is None or self._root.tag != "svg":
            raise Unusable("It is not an SVG picture.")
        return self._root, "".join(self._sheet)

    def _start(self, name: str, given: dict[str, str]) -> None:
        self._parts += 1
        self._letters += sum(map(len, given.values()))
        if self._parts > MOST_PARTS or len(self._open) > DEEPEST:
            raise Hostile("It has too many parts to be drawn.")
        if self._letters > 2 * MAX_BYTES:
            raise Hostile("It grows without end when it is opened.")
        space, _, tag = name.rpartition(" ")
        if tag == "script":
            raise Hostile("It carries a program (script).")
        here = self._open[-1] if self._open else None
        if space == SVG and tag == "foreignObject":
            if here is None or here.tag != "g" or "requiredExtensions" not in given:
                raise Hostile("It carries a piece of a web page (foreignObject).")
            tag = ""
        attributes = _attributes(tag, given) if space == SVG else {}
        if space == SVG and tag == "image":
            raise Unusable("It has another picture inside.")
        if space == SVG and tag in _AS_GROUP:
            tag = "g"
        self._in_sheet = space == SVG and tag == "style"
        keeps = space == SVG and tag in ELEMENTS and tag not in _LEFT_OUT
        part = _Part(tag if keeps else "", attributes)
        if here is None:
            self._root = part
        elif here.tag and part.tag:
            here.inside.append(part)
        else:
            part.tag = ""
        self._open.append(part)

    def _end(self, _name: str) -> None:
        self._in_sheet = False
        self._open.pop()

    def _text(self, text: str) -> None:
        self._letters += len(text)
        if self._letters > 2 * MAX_BYTES:
            raise Hostile("It grows without end when it is opened.")
        if self._in_sheet:
            self._sheet.append(text)
        elif self._open and self._open[-1].tag in _WORDS:
            self._open[-1].inside.append(text)

    def _entity(self, _name: str, is_parameter: int, value: str | None, *_: object) -> None:
        self._entities += 1
        if value is None or is_parameter:
            raise Hostile(_ELSEWHERE)
        if "&" in value or len(value) > LONGEST_ENTITY or self._entities > MOST_ENTITIES:
            raise Hostile("It has abbreviations (entities) that can grow without end.")

    def _instruction(self, target: str, _data: str) -> None:
        if target.casefold() == "xml-stylesheet":
            raise Hostile(_ELSEWHERE)


def _attributes(tag: str, given: dict[str, str]) -> dict[str, str]:
    """Return what is kept of an element's attributes, with its style and class for later."""
    kept: dict[str, str] = {}
    for name, value in given.items():
        space, _, local = name.rpartition(" ")
        small = local.casefold()
        if not space and small.startswith("on"):
            raise Hostile(f"It carries a program ({small}).")
        if small == "base" or re.search(r"^\s*javascript:", value, re.IGNORECASE):
            raise Hostile("It carries a program." if small != "base" else _ELSEWHERE)
        if small == "href":
            if not value.strip().startswith("#") and tag != "a":
                if tag == "image" and value.strip().startswith("data:image/"):
                    continue
                raise Hostile(_ELSEWHERE)
            if tag in _POINTERS:
                kept["href"] = value.strip()
        elif not space and (_ATTRIBUTE.fullmatch(local) or styles.PROPERTY.fullmatch(local)):
            if OUTSIDE.search(value):
                raise Hostile(_ELSEWHERE)
            if "\\" not in value:
                kept[local] = value
    return kept


def _walk(part: _Part) -> Iterator[_Part]:
    waiting = [part]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += [child for child in reversed(one.inside) if isinstance(child, _Part)]


def _style(root: _Part, rules: styles.Rules) -> None:
    """Turn style sheets, classes and styles into attributes."""
    for part in _walk(root):
        inline = part.attributes.pop("style", "")
        classes = part.attributes.pop("class", "").split()
        found = rules.of(part.tag, part.attributes.get("id", ""), classes)
        part.attributes.update(found | styles.read_style(inline))
        if any(OUTSIDE.search(value) for value in part.attributes.values()):
            raise Hostile(_ELSEWHERE)


def _leads_to(name: str, value: str) -> list[str]:
    """Return the ids that an attribute points to."""
    return [value[1:]] if name == "href" else _PLACE.findall(value)


def _drop_what_leads_nowhere(root: _Part) -> None:
    """Take away what points to a part that was dropped: it would hide what it is meant for."""
    there = {part.attributes.get("id") for part in _walk(root)}
    for part in _walk(root):
        for name, value in list(part.attributes.items()):
            if any(one not in there for one in _leads_to(name, value)):
                del part.attributes[name]


def _check_uses(root: _Part) -> None:
    """Refuse a picture whose parts show each other too often: it would be drawn without end."""
    sizes: dict[str, int] = {}
    leads_to: dict[str, list[str]] = {"": []}
    waiting: list[tuple[_Part, tuple[str, ...]]] = [(root, ())]
    while waiting:
        part, within = waiting.pop()
        own = part.attributes.get("id")
        if own is not None and own not in leads_to:
            leads_to[own], within = [], (*within, own)
        for place in within:
            sizes[place] = sizes.get(place, 0) + 1
        for name, value in part.attributes.items():
            for place in ("", *within):
                leads_to[place] += _leads_to(name, value)
        waiting += [(child, within) for child in part.inside if isinstance(child, _Part)]
    try:
        order = list(TopologicalSorter(leads_to).static_order())
    except CycleError:
        raise Hostile("It draws itself without end.") from None
    drawn: dict[str, int] = {}
    for place in order:
        drawn[place] = sizes.get(place, 0) + sum(drawn[one] for one in leads_to.get(place, ()))
        if drawn[place] > MOST_DRAWN:
            raise Hostile("It has too many parts to be drawn.")


_NUMBER = re.compile(r"\s*([0-9.]+(?:e[+-]?[0-9]+)?)\s*(?:px)?\s*", re.IGNORECASE)


def _set_view(root: _Part) -> tuple[float, float]:
    """Give the picture a viewBox and no size of its own. Returns width and height."""
    view = root.attributes.get("viewBox", "")
    wide, high = (_NUMBER.fullmatch(root.attributes.pop(one, "")) for one in ("width", "height"))
    if not view and wide and high:
        root.attributes["viewBox"] = view = f"0 0 {wide[1]} {high[1]}"
    for gone in ("x", "y", "preserveAspectRatio", "transform"):
        root.attributes.pop(gone, None)
    try:
        _, _, width, height = (float(one) for one in re.split(r"[\s,]+", view.strip()))
    except ValueError:
        raise Unusable("It does not say how large it is (viewBox).") from None
    if not (0 < width < 1e9 and 0 < height < 1e9):
        raise Unusable("It has no size.")
    return width, height


def _make_square(root: _Part, width: float, height: float) -> None:
    """Put a long and thin picture into the middle of a square."""
    left, top, *_ = (float(one) for one in re.split(r"[\s,]+", root.attributes["viewBox"].strip()))
    side = max(width, height)
    place = (left - (side - width) / 2, top - (side - height) / 2)
    root.attributes["viewBox"] = f"{place[0]:g} {place[1]:g} {side:g} {side:g}"


def _write(part: _Part) -> Iterator[str]:
    yield f"<{part.tag}"
    for name, value in part.attributes.items():
        yield f" {name}={quoteattr(value)}"
    if not part.inside:
        yield "/>"
        return
    yield ">"
    for one in part.inside:
        if isinstance(one, str):
            yield escape(one)
        else:
            yield from _write(one)
    yield f"</{part.tag}>"

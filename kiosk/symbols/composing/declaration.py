"""What a picture is made of, as a person writes it.

```yaml
tell an adult: {says: [leo worried, crying face, priya ear]}
```

A declaration is the name of a picture or a person, or one operator with its parts. It is at most
two operators deep, because three cannot be read at the size of a page; `not` does not count.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.errors import ContentError
from kiosk.located import Located, did_you_mean, parse_yaml
from kiosk.symbols.composing import dates, lettering
from kiosk.symbols.composing.places import AROUND, PLACES, TABLE

DEEPEST = 2
LONGEST_NAME = 100
LONGEST_LINE = 30  # letters on a calendar

DATE, NOT = "date", "not"
FORMS = {
    "beside": "{beside: [mum, priya]}",
    "in": "{in: [home, mum, zara]}",
    "says": "{says: [zara, red heart, priya]}",
    "thinks": "{thinks: [zara, red heart]}",
    "with": "{with: [clipboard, zara]}",
    "then": "{then: [zara sad, zara glad]}",
    NOT: "{not: locked}",
    DATE: '{date: "3 - 7 | December 2018"}',
}
OPERATORS = tuple(FORMS)
"""What puts parts together, and the leaf `date`."""

PARTS = {"beside": (2, 4), "with": (2, 2), "then": (2, 3), "says": (2, 5), "thinks": (2, 5)}
INSIDE = (1, 4)
_INSIDE_OF = {TABLE: (1, 5), AROUND: (3, 5)}
SEVERAL = (1, 3)  # what somebody says

_PLAIN = re.compile(r"[^\W\d_][\w' -]*")
_TRUTH = frozenset(["yes", "no", "on", "off", "true", "false", "null", "y", "n"])


@dataclass(frozen=True, slots=True)
class Leaf:
    """A picture by its name, or a person with mood and arms."""

    name: str
    line: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Date:
    """A sheet of a calendar; one of the two may be ""."""

    large: str
    small: str


@dataclass(frozen=True, slots=True)
class Several:
    """What somebody says or thinks of, when it is more than one thing."""

    parts: tuple[Declaration, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """An operator with its parts; of `in` the first is the leaf that names the place."""

    operator: str
    parts: tuple[Declaration | Several, ...]
    line: int = field(default=0, compare=False, repr=False)


Declaration = Leaf | Date | Made


def write(declaration: Declaration | Several) -> str:
    """Return a declaration in one line, the same one for all that mean the same."""
    if isinstance(declaration, Leaf):
        return _quoted(declaration.name)
    if isinstance(declaration, Date):
        shown = " | ".join(one for one in (declaration.large, declaration.small) if one)
        return f"{{{DATE}: {json.dumps(shown, ensure_ascii=False)}}}"
    inside = ", ".join(map(write, declaration.parts))
    if isinstance(declaration, Several):
        return f"[{inside}]"
    return f"{{{declaration.operator}: {inside if declaration.operator == NOT else f'[{inside}]'}}}"


def read_text(text: str) -> Declaration:
    """Read what `write` writes, or what a person gives to a command. Raises ContentError."""
    return read(parse_yaml(text, shown=Path("picture")), shown=Path("picture"))


def leaves(declaration: Declaration | Several) -> Iterator[Leaf]:
    """Yield each leaf that has a name; the place of `in` is none."""
    if isinstance(declaration, Leaf):
        yield declaration
    elif isinstance(declaration, Made | Several):
        first = isinstance(declaration, Made) and declaration.operator == "in"
        for part in declaration.parts[first:]:
            yield from leaves(part)


def read(node: Located, *, shown: Path) -> Declaration:
    """Read a declaration. Raises ContentError with its line and what to try."""
    return _Reader(shown).part(node, 0)


def is_made(node: Located) -> bool:
    """Tell whether a value of the word book puts parts together."""
    return isinstance(node.value, dict) and not {"symbol", "words"}.issuperset(node.value)


@dataclass(frozen=True, slots=True)
class _Reader:
    shown: Path

    def wrong(self, line: int, problem: str, hint: str = "") -> ContentError:
        return ContentError(self.shown, line, problem, hint)

    def part(self, node: Located, depth: int) -> Declaration:
        if isinstance(node.value, str):
            return self.leaf(node)
        if isinstance(node.value, tuple):
            hint = f"Say how they stand together, such as {FORMS['beside']}."
            raise self.wrong(node.line, "A list of pictures is not a picture yet.", hint)
        if len(node.value) != 1:
            names = ", ".join(OPERATORS)
            problem = f"A picture is made by one of: {names}."
            raise self.wrong(node.line, problem, "Write one of them, with its parts in a list.")
        ((operator, parts),) = node.value.items()
        line = node.key_lines[operator]
        if operator not in OPERATORS:
            raise self.wrong(line, f'I do not know "{operator[:40]}".', _instead(operator))
        if operator == DATE:
            return self.date(parts)
        depth += operator != NOT
        if depth > DEEPEST:
            problem = "A picture is too deep here: 2 inside each other is the most."
            raise self.wrong(line, problem, "Make two pictures of it, or leave something out.")
        if operator == NOT:
            return Made(NOT, (self.part(parts, depth),), line)
        return self.made(operator, parts, line, depth)

    def leaf(self, node: Located) -> Leaf:
        name = " ".join(str(node.value).split())
        if not name or len(name) > LONGEST_NAME:
            problem = "The name of a picture is missing here."
            if name:
                problem = f"This name is too long: {LONGEST_NAME} letters is the most."
            raise self.wrong(node.line, problem)
        return Leaf(name, node.line)

    def made(self, operator: str, node: Located, line: int, depth: int) -> Made:
        items = node.value
        if not isinstance(items, tuple):
            problem = f'"{operator}" needs a list of parts.'
            raise self.wrong(line, problem, f"Write it as {FORMS[operator]}.")
        if operator == "in":
            return self.inside(items, line, depth)
        self.count(operator, items, PARTS[operator], line)
        if operator not in ("says", "thinks"):
            return Made(operator, tuple(self.part(one, depth) for one in items), line)
        who, what, *to = items
        told: Declaration | Several
        if isinstance(what.value, tuple):
            self.count(operator, what.value, SEVERAL, what.line)
            told = Several(tuple(self.part(one, depth) for one in what.value))
        else:
            told = self.part(what, depth)
        heard = (self.part(one, depth) for one in to)
        return Made(operator, (self.part(who, depth), told, *heard), line)

    def inside(self, items: tuple[Located, ...], line: int, depth: int) -> Made:
        where = items[0].value if items else ""
        place = " ".join(where.split()).casefold() if isinstance(where, str) else ""
        if place not in PLACES:
            near = did_you_mean(place, PLACES)
            hint = f'Did you mean "{near[0]}"?' if near else f"Places: {', '.join(PLACES)}."
            problem = f'I do not know the place "{place[:40]}".' if place else "A place is missing."
            raise self.wrong(items[0].line if items else line, problem, hint)
        self.count(place, items[1:], _INSIDE_OF.get(place, INSIDE), line)
        inside = (self.part(one, depth) for one in items[1:])
        return Made("in", (Leaf(place, items[0].line), *inside), line)

    def count(
        self, name: str, items: tuple[Located, ...], bounds: tuple[int, int], line: int
    ) -> None:
        least, most = bounds
        if not least <= len(items) <= most:
            need = f"{least} to {most} parts" if most > least else f"{least} parts"
            form = FORMS.get(name, f"{{in: [{name}, ...]}}")
            problem = f'"{name}" needs {need}, not {len(items)}.'
            raise self.wrong(line, problem, f"Write it as {form}.")

    def date(self, node: Located) -> Date:
        text = node.value if isinstance(node.value, str) else ""
        large, _, small = (one.strip() for one in text.partition("|"))
        if not (large or small) or "|" in small:
            problem = "A date needs what is large and what is small, with | between."
            raise self.wrong(node.line, problem, f"Write it as {FORMS[DATE]}.")
        for line in (large, small):
            if len(line) > LONGEST_LINE:
                problem = f"This is too long for a calendar: {LONGEST_LINE} letters is the most."
                raise self.wrong(node.line, problem)
            missing = lettering.missing(dates.in_language(line, dates.LANGUAGES[0]))
            if missing:
                raise self.wrong(node.line, f'I cannot draw the letter "{missing}".')
        return Date(_even(large), _even(small))


def _even(text: str) -> str:
    return " ".join(dates.tokens(text))


def _instead(operator: str) -> str:
    """Return what to try for an operator that is none."""
    if operator in PLACES:
        return f"It is a place: write it as {{in: [{operator}, ...]}}."
    near = did_you_mean(operator, OPERATORS)
    return f'Did you mean "{near[0]}"?' if near else f"You can use: {', '.join(OPERATORS)}."


def _quoted(name: str) -> str:
    if _PLAIN.fullmatch(name) and name.casefold() not in _TRUTH and not name.endswith((" ", "-")):
        return name
    return json.dumps(name, ensure_ascii=False)

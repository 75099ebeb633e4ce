"""What a picture made of parts shows, in words: for those who cannot see it.

Each language has its templates in `data/composing/`. The words are few, ten where that can be: at
most three parts are named, and a crowd is counted. Nobody's name is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kiosk.located import load_yaml
from kiosk.symbols.composing import dates
from kiosk.symbols.composing.art import Art
from kiosk.symbols.composing.declaration import NOT, Date
from kiosk.symbols.composing.places import AROUND, TABLE
from kiosk.symbols.composing.tree import Group, Put, Tree, Whole
from kiosk.symbols.model import fold

FEW = 10  # words that one can keep in mind
MOST_PARTS = 3
ENGLISH = "en"
_RULES = "rules "

Words = Callable[[str], str]


class _NoWords(LookupError):
    """A part has no words in this language."""


@dataclass(frozen=True, slots=True)
class _How:
    """How much is said.

    moods: of people. to: who listens. counted: two people and more. outer: of what is inside
    another picture only the things, and not how they stand.
    """

    moods: bool = True
    to: bool = True
    counted: bool = False
    outer: bool = False


_HOWS = (
    _How(),
    _How(moods=False),
    _How(counted=True),
    _How(moods=False, counted=True),
    _How(moods=False, outer=True),
    _How(moods=False, counted=True, outer=True),
    _How(moods=False, to=False, outer=True),
    _How(moods=False, to=False, counted=True, outer=True),
)


def told(tree: Whole, language: str, words: Words | None = None) -> str:
    """Return what is seen, or "" where a part has no words in the language.

    words: what the site says that a leaf shows, or "".
    """
    templates = _templates(language)
    if templates is None:
        return ""
    try:
        best = _shortest(_Teller(language, templates, how, words).tell(tree) for how in _HOWS)
    except _NoWords:
        return ""
    return best[:1].upper() + best[1:]


def not_beside(language: str) -> tuple[str, ...]:
    """Return the words that can stand beside what is crossed out; () where nobody has said."""
    return tuple(str((_templates(language) or {}).get("not beside", "")).split())


def _shortest(found: Iterator[str]) -> str:
    """Return the first that has few words, else the one with fewest."""
    every = []
    for one in found:
        if len(one.split()) <= FEW:
            return one
        every.append(one)
    return min(every, key=lambda one: len(one.split()))


@cache
def _templates(code: str) -> Mapping[str, Any] | None:
    file = files("kiosk.symbols") / "data" / "composing" / f"{code}.yaml"
    if not file.is_file():
        return None
    read: Mapping[str, Any] = load_yaml(file.read_text(encoding="utf-8"))
    return read


@dataclass(frozen=True)
class _Teller:
    code: str
    templates: Mapping[str, Any]
    how: _How
    words: Words | None

    def say(self, key: str, **values: object) -> str:
        return str(self.templates[key]).format(**values)

    def tell(self, tree: Tree, *, oblique: bool = False, inner: bool = False) -> str:
        if isinstance(tree, Art):
            return self.leaf(tree, oblique=oblique)
        if isinstance(tree, Date):
            count = int(tree.large) if tree.large.isdecimal() else 1
            large = " ".join(dates.in_language(tree.large, self.code))
            small = " ".join(dates.in_language(tree.small, self.code, count))
            if "month" in self.templates and large and dates.has_month(tree.small):
                return self.say("month", large=large, small=small)
            return self.say("date", date=f"{large} {small}".strip())
        if isinstance(tree, Group):
            return self.joined(tree.parts)
        if inner and self.how.outer and tree.operator in ("beside", "in", "with"):
            return self.joined(tree.parts)
        return self.made(tree)

    def made(self, tree: Put) -> str:
        parts = tree.parts
        if tree.operator == "in":
            return self.inside(tree.place, parts)
        if tree.operator in ("says", "thinks"):
            who, what, *to = parts
            heard = bool(to) and self.how.to
            key = f"{tree.operator} to" if heard else tree.operator
            oblique = bool(self.templates.get("oblique"))
            to_whom = oblique and tree.operator == "says"
            several = self.templates.get("several", {}) if isinstance(who, Put) else {}
            return str(several.get(key, self.templates[key])).format(
                who=self.tell(who, oblique=oblique, inner=True),
                what=self.tell(what, inner=True),
                to=self.joined(to, oblique=to_whom) if to else "",
            )
        if tree.operator == "with":
            large, small = (self.tell(one, inner=True) for one in parts)
            return self.say("with", large=large, small=small)
        if tree.operator == "then":
            named = dict(
                zip(
                    ("first", "second", "third"),
                    (self.tell(one, inner=True) for one in parts),
                    strict=False,
                )
            )
            return str(self.templates["then"][len(parts) - 2]).format(**named)
        if tree.operator == NOT:
            return self.say("not", part=self.tell(parts[0], inner=True))
        return self.say("beside", parts=self.joined(parts))

    def inside(self, place: str, parts: Sequence[Tree]) -> str:
        if place == AROUND:
            centre, *others = parts
            oblique = bool(self.templates.get("oblique"))
            return self.say(
                "around",
                centre=self.tell(centre, oblique=oblique, inner=True),
                others=self.joined(others),
            )
        if place == TABLE:
            *people, last = parts
            if people and not (isinstance(last, Art) and last.person is not None):
                thing = self.tell(last, inner=True)
                return self.say("table with", people=self.joined(people), thing=thing)
            return self.say("table", people=self.joined(parts))
        return str(self.templates["in"][place]).format(parts=self.joined(parts))

    def joined(self, parts: Sequence[Tree], *, oblique: bool = False) -> str:
        people = [one for one in parts if isinstance(one, Art) and one.person is not None]
        crowd = 2 if self.how.counted else MOST_PARTS + 1
        named = [self.tell(one, oblique=oblique, inner=True) for one in parts if one not in people]
        if len(people) >= crowd or (len(people) > 1 and len(parts) > MOST_PARTS):
            named.insert(0, self.many(len(people)))
        else:
            named = [self.tell(one, oblique=oblique, inner=True) for one in parts]
        named = named[:MOST_PARTS]
        if len(named) == 1:
            return named[0]
        comma = f"{self.templates.get('comma', ',')} "
        return self.say("and", first=comma.join(named[:-1]), last=named[-1])

    def many(self, count: int) -> str:
        forms = self.templates["many"]
        if isinstance(forms, list):
            kind = dates.words_of(self.code).kind(count) - 1
            forms = forms[max(0, min(kind, len(forms) - 1))]
        return str(forms).format(count=count)

    def leaf(self, art: Art, *, oblique: bool) -> str:
        if art.person is not None:
            return self.person(art, oblique=oblique)
        folded = fold(art.name)
        things = self.templates.get("things", {})
        said = self.words(folded) if self.words is not None else ""
        said = said or str(things.get(art.name.casefold(), ""))
        if not said and art.words.casefold() == art.source.casefold():
            said = str(things.get(art.source.casefold(), ""))
        if not said and folded.startswith(_RULES):
            said = self.say("rules", count=folded.removeprefix(_RULES))
        if not said and self.code == ENGLISH:
            said = _english(art)
        if not said:
            raise _NoWords(art.name)
        first, *_ = said.split(". ")
        second = first[1:2]
        return first if second.isupper() else first[:1].lower() + first[1:]

    def person(self, art: Art, *, oblique: bool) -> str:
        assert art.person is not None  # noqa: S101 - asked for above
        called = self.templates["people"][art.person.who]
        noun, form = called if isinstance(called, list) else (called, "")
        if self.templates.get("oblique"):
            noun = form if oblique else noun
        moods = self.templates["moods"]
        mood = moods.get(art.mood, "") if self.how.moods else ""
        mood = mood.get(form, "") if isinstance(mood, dict) else mood
        article = "an" if (mood or noun)[:1] in "aeiou" else "a"
        said = self.say("person", who=noun.format(mood=mood), mood=mood, a=article)
        said = " ".join(said.split())
        return self.say("seated", person=said) if art.seated and self.how.moods else said


def _english(art: Art) -> str:
    """Return English words for a picture that has a name only."""
    if art.words.casefold() != art.source.casefold():
        return art.words
    many = art.source.endswith("s") and not art.source.endswith(("us", "ss"))
    article = "" if many else "an " if art.source[:1] in "aeiou" else "a "
    return article + art.source

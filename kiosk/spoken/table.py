"""A table: the rules of a language, in the order in which they take hold of a text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kiosk.spoken.plain import SIGN
from kiosk.spoken.rule import Part, Rule
from kiosk.spoken.signs import ADDRESS

_DIGIT = re.compile(r"\d")
_DOT = re.compile(r"\w\.\w")


@dataclass(frozen=True, slots=True)
class Table:
    """The rules of a language, and the signs that the voice names or passes over.

    months: as they stand in a date; short_months: those that are cut short -> the whole ones.
    forms: rules for digits that the voice would say in a form that does not fit there.
    """

    rules: Sequence[Rule]
    signs: frozenset[str]
    months: Sequence[str] = ()
    short_months: Mapping[str, str] = field(default_factory=dict)
    forms: Sequence[Rule] = ()

    def parts(self, text: str) -> list[Part]:
        """Return what is said in another way than it is written, in order. `text` is plain.

        The first rule that takes hold of a stretch has it.
        """
        return self._parts(text, self.rules)

    def inflected(self, said: str) -> list[Part]:
        """Return the digits of what is said that need another form, in order."""
        return self._parts(said, self.forms) if self.forms else []

    def _parts(self, text: str, rules: Sequence[Rule]) -> list[Part]:
        has_sign = SIGN.search(text) is not None
        has = {"letter": True, "digit": _DIGIT.search(text) is not None, "sign": has_sign}
        taken = bytearray(len(text))
        found: list[Part] = []
        if has_sign or _DOT.search(text):
            for match in ADDRESS.compiled.finditer(text):
                taken[match.start() : match.end()] = b"\1" * len(match[0])
        for rule in rules:
            if not has[rule.needs]:
                continue
            for match in rule.compiled.finditer(text):
                parts = rule.parts(match)
                if any(any(taken[start:end]) for start, end, _ in parts):
                    continue
                for start, end, _ in parts:
                    taken[start:end] = b"\1" * (end - start)
                found += parts
        return sorted(found)

"""What a rule of a table is: a shape of text, how it is said, and its examples."""

# ruff: noqa: RUF001 - dashes, quotes and signs that look alike are what is told apart
from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

# A stretch of the text, text[start:end], and what is said for it. Nothing is said for "".
Part = tuple[int, int, str]
Say = Callable[[re.Match[str]], str | list[Part] | None]

DASH = r"[-–—]"
SPACED_DASH = rf"(?: ?{DASH} ?)"
BEFORE = r"(?<![\w£$€.,:/+-])"  # a number begins here
AFTER = r"(?![\w:/+]|[.,]\d)"  # and ends here


@dataclass(frozen=True)
class Rule:
    """What looks like `pattern` is said as `say` says, or stays as it is if that is None.

    A list says each of its stretches by itself, so that each visible word is lit while it is said.
    needs: what a text must have to be looked at: "digit", "sign" or "letter".
    """

    name: str
    needs: str
    pattern: str
    say: Say
    examples: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern, made when it is first needed: many programs never say a word."""
        return re.compile(self.pattern)

    def parts(self, match: re.Match[str]) -> list[Part]:
        """Return what is said for a match, stretch by stretch."""
        said = self.say(match)
        if said is None:
            return []
        return [(match.start(), match.end(), said)] if isinstance(said, str) else said


def always(said: str) -> Say:
    """Return what says the same for every match."""
    return lambda _: said


def one_of(names: Iterable[str]) -> str:
    """Return a pattern of any of these, the longest first."""
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


def one_by_one(digits: str) -> str:
    """Return digits, or letters, as they are said one by one."""
    return " ".join(digits)

"""Rules for signs, pictures, ranges and fractions, in every language."""

# ruff: noqa: RUF001 - dashes, quotes and signs that look alike are what is told apart
from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.spoken.plain import PICTURE, UNSEEN
from kiosk.spoken.rule import DASH, Part, Rule, always, one_of

VULGAR = {
    "½": (1, 2),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "¼": (1, 4),
    "¾": (3, 4),
    "⅕": (1, 5),
    "⅖": (2, 5),
    "⅗": (3, 5),
    "⅘": (4, 5),
    "⅙": (1, 6),
    "⅚": (5, 6),
    "⅛": (1, 8),
    "⅜": (3, 8),
    "⅝": (5, 8),
    "⅞": (7, 8),
}
# What is not said in any language; a name in a table goes before.
PASSED_OVER = "*|\\^_~•·◦™®©<>¦†‡¬"
_QUOTES = "‹›«»`"
_MARKS = "{}′″"
MONEY = frozenset("£$€₹₨")
# The lengths have bounds, so that no text can keep the voice busy for long.
ADDRESS = Rule(
    "web and e-mail addresses stay as they are",
    "sign or dot",
    r"[^\s@]{1,64}@[^\s@]{1,200}\.\w+|https?://\S+|www\.\S+"
    r"|[^\s/]{1,64}/\S{0,200}\.[a-z]{2,5}\b|\b[a-z][\w-]+(?:\.[a-z][\w-]+)+(?:/\S*)?",
    lambda match: match[0],
)


def fractions(
    names: Mapping[tuple[int, int], str],
    *,
    mixed: Callable[[str, str], str],
    out_of: Callable[[str, str], str],
    examples: dict[str, str],
) -> tuple[Rule, ...]:
    """Return the rules for fractions. names: (1, 2) -> "half".

    mixed: how a number and such a name are said together. out_of: 9, 10 -> "9 out of 10".
    """

    def name(above: int, below: int) -> str | None:
        return names.get((above, below))

    def say(match: re.Match[str]) -> str | None:
        above, below = match["above"], match["below"]
        said = name(int(above), int(below))
        if said is None:
            if int(above) > int(below) or int(below) < 3 or match["whole"]:
                return None
            return out_of(above, below)
        return mixed(match["whole"], said) if match["whole"] else said

    def sign(match: re.Match[str]) -> str | None:
        said = name(*VULGAR[match["sign"]])
        if said is None:
            above, below = VULGAR[match["sign"]]
            said = out_of(str(above), str(below))
        return mixed(match["whole"], said) if match["whole"] else said

    signs = "".join(VULGAR)
    return (
        Rule(
            "fraction in one sign",
            "sign",
            rf"(?:(?<![\w.,])(?P<whole>\d+) ?)?(?P<sign>[{signs}])",
            sign,
        ),
        Rule(
            "fraction",
            "digit",
            r"(?<![\w£$€.,:/+-])(?:(?P<whole>\d+) )?"
            r"(?P<above>\d{1,3})/(?P<below>\d{1,3})(?![\w/]|[.,-]\d)",
            say,
            examples,
        ),
    )


def ranges(
    to: str, apart: str, suffix: str, years: str, examples: dict[str, str]
) -> tuple[Rule, ...]:
    """Return the rules for what goes from a number to another; the dash alone is replaced.

    apart: what is said between numbers that do not rise, such as goals. suffix: a pattern of what
    may follow the numbers. years: what is said for the stroke of 2025/26.
    """

    def say(match: re.Match[str]) -> list[Part]:
        first, last = match[1], match[3]
        # From 9 to 5 is a day's work.
        rising = int(first) < int(last) or (6 < int(first) < 13 and 0 < int(last) < 7)
        is_years = re.fullmatch("(?:19|20)[0-9]{2}", first) and len(last) in (2, 4)
        said = to if rising or is_years or match["pm"] else apart
        return [(match.start(2), match.end(2), said)]

    return (
        Rule(
            "range",
            "digit",
            rf"(?<![\w£$€.,:/-])(\d{{1,4}})(?:{suffix})? ?({DASH}) ?(?=(\d{{1,4}})(?:{suffix})?"
            rf"(?P<pm> ?[ap]m)?(?![\w:/]|[.,–-]\d))",
            say,
            examples,
        ),
        Rule(
            "range of names with numbers",
            "digit",
            rf"(?<![\w/-])[A-Z]{{1,3}}\d{{1,2}} ?({DASH}) ?(?=[A-Z]{{0,3}}\d{{1,2}}(?![\w-]))",
            lambda match: [(match.start(1), match.end(1), to)],
        ),
        Rule(
            "range from or to a number with a sign",
            "digit",
            rf"(?:[\d%](?:[ap]m|p)? ?({DASH}) ?(?=\d[\d.,]*(?:[ap]m|%|p\b))"
            rf"|[{''.join(VULGAR)}] ?({DASH}) ?(?=\d))",
            lambda match: [(*match.span(match.lastindex or 1), to)],
        ),
        Rule(
            "ratio",
            "digit",
            r"(?<![\w£$€.,:/-])\d{1,2}(:)\d{1,2}(?![\w:/-]|[.,]\d)",
            lambda match: [(match.start(1), match.end(1), to)],
        ),
        Rule(
            "school year",
            "digit",
            r"(?<![\w.,/-])20\d\d(/)(?:(?:20)?\d\d|\d)(?![\w/-]|[.,]\d)",
            lambda match: [(match.start(1), match.end(1), years)],
        ),
    )


@dataclass(frozen=True, slots=True)
class Signs:
    """The names of signs in a language.

    between: a sign between two words or numbers. before: one in front of a number. after: one
    behind a number. anywhere: what is named wherever it stands.
    """

    between: Mapping[str, str]
    before: Mapping[str, str]
    after: Mapping[str, str]
    anywhere: Mapping[str, str]

    def hard(self) -> frozenset[str]:
        """Return every sign that is named or passed over, money apart: people know few of them."""
        named = (self.between, self.before, self.after, self.anywhere)
        return frozenset(sign[0] for names in named for sign in names) - MONEY | {
            *PASSED_OVER,
            *_MARKS,
        }


def signs(names: Signs, examples: dict[str, str]) -> tuple[Rule, ...]:
    """Return the rules for single signs; what has no name is passed over whole."""

    def say(known: Mapping[str, str]) -> Callable[[re.Match[str]], list[Part]]:
        return lambda match: [(match.start(1), match.end(1), known[match[1]])]

    return (
        Rule(
            "sign after a number",
            "sign",
            rf"(?<=\d) ?({one_of(names.after)})(?!\w| ?\d)",
            say(names.after),
        ),
        Rule(
            "sign between",
            "sign",
            rf"(?:(?<=[\w.)!?'’\"”])|(?<=[\w.)!?] ))({one_of(names.between)})(?= ?[\w('‘\"“£$€])",
            say(names.between),
            examples,
        ),
        Rule(
            "sign before a number",
            "sign",
            rf"(?<![\w)])({one_of(names.before)}) ?(?=[\d£$€])",
            say(names.before),
        ),
        Rule("sign", "sign", rf"({one_of(names.anywhere)})[\ufe00-\ufe0f]?", say(names.anywhere)),
        Rule("picture", "sign", rf" (?:{PICTURE})(?=[ .,;:!?]|$)|(?:{PICTURE})", always("")),
        Rule("what nobody sees", "sign", UNSEEN, always("")),
        Rule(
            "sign without a name",
            "sign",
            f"[{re.escape(''.join(sorted(names.hard())) + _QUOTES)}]",
            always(""),
        ),
    )


def minus(said: str) -> Rule:
    """Return the rule for numbers below zero."""
    return Rule("minus", "digit", r"(?<![\w)£$€.,:/-])(?<!\d )(-)(?=\d)", always(said))

"""Rules for what is said digit by digit, or letter by letter, in every language."""

# ruff: noqa: RUF001 - dashes, quotes and signs that look alike are what is told apart
from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from kiosk.spoken.rule import Part, Rule, one_by_one, one_of

_GROUP = re.compile(r"\+?(\(?)(\d+)\)?")
# Rooms have numbers too, which are no telephone numbers.
_OF_A_THING = re.compile(
    r"(?i:room|page|bus|flat|house|class|row|seat|sala|pokój|autobus|strona) $"
)
_ENOUGH = 10  # digits of a number with its 0; one more group may be another number
_ENOUGH_ABROAD = 12  # digits with a country's


def phones(plus: str, comma: str, *, pairs: bool, threes: bool, examples: dict[str, str]) -> Rule:
    """Return the rule for telephone numbers of two groups or more, or with 0 or + before them.

    pairs: numbers of this language may have groups of two. threes: "116 123" is no sum.
    """

    def say(match: re.Match[str]) -> list[Part] | None:
        groups = _telephone(match[0], pairs=pairs, threes=threes)
        if not groups:
            return None
        parts: list[Part] = []
        for place, (start, end, digits) in enumerate(groups):
            signed = match[0][start] == "+"
            said = (f"{plus} " if signed else "") + one_by_one(digits)
            # A number or a bracket that comes behind it is another matter.
            more = re.match(r" [(\d]", match.string[match.start() + end :])
            said += comma if place + 1 < len(groups) or more else ""
            # The sign between two groups goes with the one before it, the space stays.
            until = groups[place + 1][0] if place + 1 < len(groups) else end
            while until > end and match[0][until - 1] == " ":
                until -= 1
            until = end if match[0][end:until].startswith(" ") else until
            said += "" if match[0][until : until + 1] in ("", " ") else " "
            parts.append((match.start() + start, match.start() + until, said))
        return parts

    return Rule(
        "telephone",
        "digit",
        r"(?<![\w.,/£$€#-])(?<!\d:)(?:\+ ?\d|\(\+?\d|\d)[\d ()./–-]{1,28}\d(?![\w%£€°]|[.,:/]\d)",
        say,
        examples,
    )


def _telephone(text: str, *, pairs: bool, threes: bool) -> list[tuple[int, int, str]]:
    """Return the groups of the telephone number that a stretch begins with, or none."""
    groups: list[tuple[int, int, str]] = []
    total = reached = 0
    abroad = text.startswith(("+", "(+"))
    for group in _GROUP.finditer(text):
        between, size = text[reached : group.start()], len(group[2])
        apart = " " in between or not between
        full = total >= (_ENOUGH_ABROAD if abroad else _ENOUGH)
        short = total >= 8 and size <= 2 and not pairs
        if groups and apart and (full or short):
            break
        groups.append((group.start(), group.end(), group[2]))
        total, reached = total + size, group.end()
    while groups and not _is_telephone(text, groups, threes=threes):
        groups.pop()
    return groups


def _is_telephone(text: str, groups: list[tuple[int, int, str]], *, threes: bool) -> bool:
    sizes = [len(digits) for _, _, digits in groups]
    total = sum(sizes)
    between = {text[a[1] : b[0]].strip(" ()") for a, b in pairwise(groups)} - {""}
    if text.startswith(("+", "(+")):
        return 6 <= total <= 15
    if len(between) > 1 or "/" in between or len(text[: groups[-1][1]]) > 28:
        return False
    first = groups[0][2]
    if "." in between and total < 9:  # 3.12.2026 and 1.500.000 are no telephone numbers
        return False
    if first.startswith("0"):
        return total >= 6 and (sizes[0] >= 3 or (sizes[0] == 2 and total >= 8)) and total <= 13
    if len(sizes) == 1:
        return 10 <= total <= 13
    if sizes[:2] == [3, 3] and len(sizes) == 2:
        dashed = bool(between & {"-", "–"})
        return first == "116" or (threes and not dashed) or (dashed and groups[1][2] <= first)
    if len(sizes) == 3 and sizes[0] == 1 and total == 7:  # 1 234 567 is a sum
        return False
    return 9 <= total <= 12 and len(sizes) in (3, 4) and min(sizes) >= 2 and max(sizes) <= 4


def leading_zero(months: Iterable[str], examples: dict[str, str]) -> tuple[Rule, ...]:
    """Return the rules for a number that begins with 0: a code, or a day before a month."""
    return (
        Rule(
            "begins with 0",
            "digit",
            r"(?<![\w.,:/£$€+-])(?<!\d )0\d\d+(?![\w:/]|[.,-]\d)",
            lambda match: one_by_one(match[0]),
            examples,
        ),
        Rule(
            "day that begins with 0",
            "digit",
            rf"(?<![\w.,:/£$€+-])(0)[1-9](?= (?:{one_of(months)})(?!\w))",
            lambda match: [(match.start(1), match.end(1), "")],
        ),
    )


def postcodes(comma: str, letter: Callable[[str], str], examples: dict[str, str]) -> Rule:
    """Return the rule for British postcodes. letter: how the voice is given one."""

    def spelled(code: str) -> str:
        return " ".join(part if part.isdigit() else letter(part) for part in _pieces(code))

    def say(match: re.Match[str]) -> list[Part]:
        return [
            (match.start(1), match.end(1), spelled(match[1]) + comma),
            (match.start(2), match.end(2), spelled(match[2])),
        ]

    return Rule(
        "postcode",
        "digit",
        r"(?<![\w-])([A-Z]{1,2}\d{1,2}[A-Z]?) ?(\d[A-Z]{2})(?!\w)",
        say,
        examples,
    )


def _pieces(code: str) -> list[str]:
    return re.findall(r"\d+|[^\W\d]", code)


def codes(words: str, letter: Callable[[str], str], examples: dict[str, str]) -> Sequence[Rule]:
    """Return the rules for codes. words: a pattern of what stands before one, such as PIN."""

    def mixed(match: re.Match[str]) -> str | None:
        runs = re.findall(r"\d+|[A-Z]+", match[0])
        if len(runs) < 3 and not re.fullmatch(r"[A-Z]{2,3}\d{1,3}", match[0]):
            return None
        if len(runs) == 2:  # LU1, KS2: the number of something
            return " ".join(part if part.isdigit() else letter(part) for part in _pieces(match[0]))
        return " ".join(one if one.isdigit() else letter(one) for one in match[0])

    return (
        Rule(
            "code after its name",
            "digit",
            rf"(?<!\w)(?i:{words})(?:: ?| )(\d{{3,8}})(?![\w%£€]|[.,:/-]\d)",
            lambda match: [(match.start(1), match.end(1), one_by_one(match[1]))],
            examples,
        ),
        Rule(
            "code of letters and digits",
            "digit",
            r"(?<![\w./])(?<!\D-)(?=[A-Z]+\d)[A-Z\d]{3,10}(?![\w/]|\.\w|-(?![A-Z]{1,3}\d))",
            mixed,
            {},
        ),
        Rule(
            "another telephone number without its beginning",
            "digit",
            r"(?<=\d\d\d)(?:/| [^\W\d]{1,4} )(\d{6})(?![\w]|[.,]\d)",
            lambda match: [(match.start(1), match.end(1), one_by_one(match[1]))],
            {},
        ),
    )


def short_numbers(calls: str, known: str, counted: str, examples: dict[str, str]) -> Sequence[Rule]:
    """Return the rules for helplines of three to six digits.

    calls: a pattern of the words that stand before any such number. known: those that every one
    knows, which are said so without such a word, unless one of `counted` follows.
    """
    end = r"(?![\w%£€°]|[.,:/-]\d| ?[-–] ?\d)"

    def say(match: re.Match[str]) -> list[Part] | None:
        if _OF_A_THING.search(match.string, 0, match.start(1)):
            return None
        return [(match.start(1), match.end(1), one_by_one(match[1]))]

    return (
        Rule(
            "short number after a word for calling",
            "digit",
            rf"(?<!\w)(?i:{calls})[^.!?\d£$€]{{0,24}}?(?<![\w.,:/£$€-])((?:{known})|\d{{5,6}}){end}",
            say,
            examples,
        ),
        Rule(
            "short number that everybody knows",
            "digit",
            rf"(?<![\w.,:/£$€+#-])({known}){end}(?! \d)(?! (?:{counted})\b)",
            say,
            {},
        ),
        Rule(
            "another telephone number without its beginning",
            "digit",
            r"(?<=\d\d\d)(?:/| [^\W\d]{1,4} )(\d{6})(?![\w]|[.,]\d)",
            lambda match: [(match.start(1), match.end(1), one_by_one(match[1]))],
            {},
        ),
    )

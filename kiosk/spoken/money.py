"""Rules for sums of money, in every language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kiosk.spoken.rule import AFTER, DASH, SPACED_DASH, Rule, one_of

Count = Callable[[str], str]  # "5" -> "5 pounds"


@dataclass(frozen=True, slots=True)
class Currency:
    """How a currency is written and counted.

    before, after: patterns of its sign. whole, part: a number of pounds, of pence. rest: pence
    that come after pounds. many: what follows "3 million". small: a pattern of the sign of pence.
    """

    many: str
    before: str
    after: str
    whole: Count
    part: Count
    rest: Count
    small: str = ""


@dataclass(frozen=True, slots=True)
class Sums:
    """What sums of money are made of in a language.

    per: "week" -> "a week". large: "m" -> how millions are counted. thousands: the sign in
    "1,500"; other signs there are left out, as the voice would take them for a decimal one.
    decimal: a pattern of the sign before the pence. point: how that of "1.5" is said.
    """

    to: str
    per: Mapping[str, str]
    large: Mapping[str, Count]
    thousands: str
    decimal: str
    point: str
    number: str = field(init=False)
    unit: str = field(init=False)

    def __post_init__(self) -> None:
        """Make the patterns of a number and of what follows a sum."""
        sizes, units = map(one_of, (self.large, self.per))
        others = "[., ]" if self.thousands != "," else ","
        number = (
            rf"(?P<whole>\d{{1,3}}(?:{others}\d{{3}})+(?!\d)|\d+|(?=\.\d\d))"
            rf"(?:{self.decimal}(?P<part>\d\d?)(?!\d))?(?: ?(?P<large>{sizes})(?!\w))?"
        )
        object.__setattr__(self, "number", number)
        object.__setattr__(self, "unit", rf"(?:(?: ?/ ?| ?(?=pp))(?P<per>{units})(?!\w))?")

    def say(self, match: re.Match[str], currency: Currency) -> str:
        """Return how a sum is said."""
        whole, part = match["whole"] or "0", match["part"] or ""
        whole = "".join(one for one in whole if one.isdigit() or one == self.thousands)
        if match["large"]:
            digits = f"{whole}{self.point}{part}" if part else whole
            said = f"{self.large[match['large']](digits)} {currency.many}"
        else:
            said = self.amount(whole, part, currency)
        return f"{said} {self.per[match['per']]}" if match["per"] else said

    def amount(self, whole: str, part: str, currency: Currency) -> str:
        """Return how pounds and pence are said; one digit of pence is tens, as in 1.5."""
        pence = str(int(part.ljust(2, "0")))
        if pence == "0":
            return currency.whole(whole)
        if whole == "0":
            return currency.part(pence)
        return f"{currency.whole(whole)} {currency.rest(pence)}"


def plural(one: str, few: str, many: str | None = None) -> Count:
    """Return how a thing is counted; with three forms, as Polish does."""

    def count(number: str) -> str:
        if number == "1":
            return f"1 {one}"
        is_few = number[-1] in "234" and number[-2:-1] != "1"
        return f"{number} {few if many is None or is_few else many}"

    return count


def money(sums: Sums, currencies: tuple[Currency, ...], examples: dict[str, str]) -> list[Rule]:
    """Return the rules for money."""
    rules = [rule for currency in currencies for rule in _rules(sums, currency)]
    before = "|".join(one.before for one in currencies)
    after = "|".join(one.after for one in currencies)
    rules += [
        Rule(
            "range of sums",
            "digit",
            pattern,
            lambda match: [(match.start(1), match.end(1), sums.to)],
        )
        for pattern in (
            rf"(?<=[\w.,]) ?({DASH}) ?(?=(?:{before}) ?\d)",
            rf"\d ?(?:{after}) ?({DASH}) ?(?=\d)",
        )
    ]
    rules[0] = Rule(rules[0].name, rules[0].needs, rules[0].pattern, rules[0].say, examples)
    return rules


def _rules(sums: Sums, currency: Currency) -> list[Rule]:
    def say(match: re.Match[str]) -> str:
        return sums.say(match, currency)

    def two(match: re.Match[str]) -> str:
        first, last = match["from"], match["to"]
        if first.isdigit() and last.isdigit():
            return f"{first} {sums.to} {currency.whole(last)}"
        both = (re.split(sums.decimal, sum_) for sum_ in (first, last))
        return f" {sums.to} ".join(
            sums.amount(one[0], one[1] if one[1:] else "", currency) for one in both
        )

    one = rf"\d+(?:{sums.decimal}\d\d)?"
    ends = rf"(?P<from>{one}){SPACED_DASH}(?P<to>{one})"
    found = []
    if currency.before:
        begins = rf"(?<!\w)(?:{currency.before}) ?"
        found.append((begins + ends + AFTER, two))
        found.append((begins + sums.number + sums.unit + r"(?!\w|[.,]\d)", say))
    if currency.after:
        begins, after = r"(?<![\w.,:/])", rf" ?(?:{currency.after})"
        found.append((begins + ends + after + r"(?!\w)", two))
        found.append((begins + sums.number + after + sums.unit + r"(?!\w)", say))
    if currency.small:
        pattern = rf"(?<![\w.,:/])(\d{{1,3}}) ?(?:{currency.small})(?!\w|\.\w)"
        found.append((pattern, lambda match: currency.part(match[1])))
    return [Rule(currency.many, "digit", pattern, said) for pattern, said in found]

"""Rules for times, days, months and dates, in every language."""

# ruff: noqa: RUF001 - dashes, quotes and signs that look alike are what is told apart
from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kiosk.spoken.rule import BEFORE, DASH, SPACED_DASH, Part, Rule, one_of

_HOUR = r"(?:[01]?\d|2[0-4])"
_HALF = r"(?:[AaPp][Mm]\b|[AaPp]\.[Mm]\b\.?)"
# hour, minutes, "am", whether it ends what is said -> how it is said
SayTime = Callable[[str, str, str, bool], str]


@dataclass(frozen=True, slots=True)
class Clock:
    """to: the word between two times. at: a pattern of what stands before a time with a dot.

    starts: of what stands before two times with "to". after: of a word behind a time ("Uhr").
    first: what is said before two times with a dash between them, and what else may stand there.
    bare: how a time is said with nothing of that before it.
    """

    say: SayTime
    to: str
    at: str
    starts: str
    between: str
    after: str = "(?!)"
    first: Sequence[str] = ()
    bare: SayTime | None = None


def times(clock: Clock, examples: dict[str, str]) -> tuple[Rule, ...]:
    """Return the rules for times and their ranges, with a dot or a colon."""

    def one(
        hour: str,
        minutes: str | None,
        half: str | None,
        *,
        ends: bool = True,
        say: SayTime = clock.say,
    ) -> str:
        half = (half or "").replace(".", "").lower()
        return say(str(int(hour)), minutes or "", half, ends).rstrip()

    def both(match: re.Match[str]) -> list[Part] | None:
        minutes = [match["m1"], match["m2"]]
        halves = match["half1"] or match["half2"]
        is_clock = any(match[name] == ":" for name in ("s1", "s2"))
        dots = [m for m in minutes if m]
        rounded = bool(dots) and all(m[-1] in "05" for m in dots)
        dashed = bool(re.search(DASH, match["to"]))
        sure = halves or is_clock or match["after"] or (rounded and (dashed or match["starts"]))
        if not sure or (not dashed and not match["starts"] and not dots):
            return None
        # "9-5pm": a bare number before is an hour as well, and goes without a half.
        first = one(match["h1"], match["m1"], match["half1"], ends=False)
        last = one(match["h2"], match["m2"], match["half2"], ends=not match["after"])
        if clock.first and dashed and (match["starts"] or "").strip().lower() not in clock.first:
            first = f"{clock.first[0]} {first}"
        parts = [(match.start("to"), match.end("to"), clock.to)] if dashed else []
        # "9am" is said rightly as it is written.
        for number, said in ((1, first), (2, last)):
            if match[f"m{number}"] or not match[f"half{number}"]:
                until = max(match.end(f"t{number}"), match.end(f"half{number}"))
                parts.append((match.start(f"t{number}"), until, said))
        return parts

    def alone(match: re.Match[str]) -> list[Part]:
        before = match.string[: match.start("h")]
        has_word = re.search(rf"(?<!\w)(?i:{clock.at}) $", before)
        say = clock.say if has_word or clock.bare is None else clock.bare
        said = one(match["h"], match["m"], None, ends=not match["after"], say=say)
        return [(match.start("h"), match.end("m"), said)]

    def time(n: int) -> str:
        minutes = rf"(?P<s{n}>[:.])(?P<m{n}>[0-5]\d)"
        return rf"(?P<t{n}>(?P<h{n}>{_HOUR})(?:{minutes})?)(?: ?(?P<half{n}>{_HALF}))?"

    ends = r"(?![\w:/%£€°]|[.,]\d| ?[-–] ?\d)"
    after = rf"(?P<after> ?(?:{clock.after})(?!\w))?"
    return (
        Rule(
            "range of times",
            "digit",
            rf"(?P<starts>(?<!\w)(?i:{clock.starts}) )?{BEFORE}{time(1)}"
            rf" ?(?P<to>{DASH}|(?<= )(?i:{clock.between})(?= )) ?{time(2)}{after}{ends}",
            both,
            examples,
        ),
        Rule(
            "time with am or pm",
            "digit",
            rf"{BEFORE}(?P<h>{_HOUR})[:.](?P<m>[0-5]\d) ?(?P<half>{_HALF})(?!\w)",
            lambda match: one(match["h"], match["m"], match["half"]),
        ),
        Rule(
            "time",
            "digit",
            rf"{BEFORE}(?P<h>{_HOUR}):(?P<m>[0-5]\d){after}{ends}",
            alone,
        ),
        Rule(
            "time with a dot",
            "digit",
            rf"(?:(?<!\w)(?P<at>(?i:{clock.at})) )?"
            rf"{BEFORE}(?P<h>{_HOUR})\.(?P<m>[0-5]\d){after}{ends}",
            lambda match: alone(match) if match["at"] or match["after"] else None,
        ),
    )


def dates(
    months: Sequence[str], *, examples: dict[str, str], year: Callable[[str], str] = str
) -> tuple[Rule, ...]:
    """Return the rules for dates in digits, the day first; and of those with the year first.

    year: how one is said.
    """

    def say(match: re.Match[str]) -> str | None:
        day, month, of = int(match["d"]), int(match["m"]), match["y"]
        if not 1 <= day <= 31 or not 1 <= month <= 12:
            return None
        if len(of) == 2:  # "98" is no year that is still to come
            of = f"{20 if int(of) < 70 else 19}{of}"
        return f"{day} {months[month - 1]} {year(of)}"

    after = r"(?![\w/-]|[.,]\d)"
    return (
        Rule(
            "date",
            "digit",
            rf"{BEFORE}(?P<d>\d\d?)(?P<sign>[./-])(?P<m>\d\d?)(?P=sign)(?P<y>(?:19|20)?\d\d){after}",
            say,
            examples,
        ),
        Rule(
            "date with the year first",
            "digit",
            rf"{BEFORE}(?P<y>(?:19|20)\d\d)(?P<sign>[./-])(?P<m>\d\d)(?P=sign)(?P<d>\d\d){after}",
            say,
        ),
        Rule(
            "date without a year",
            "digit",
            rf"{BEFORE}(1[3-9]|2\d|3[01])/(0?[1-9]|1[0-2])(?![\w/-]|[.,]\d)",
            lambda match: f"{match[1]} {months[int(match[2]) - 1]}",
        ),
    )


def short_months(
    short: Mapping[str, str], examples: dict[str, str], *, to: str, nth: str = "", of: str = ""
) -> tuple[Rule, ...]:
    """Return the rules for short months beside a day or a year.

    short: "Mar" -> "March". nth: a pattern of what may follow the day. of: what may stand between.
    """
    names = one_of(short)
    # A dot at the end is the end of the sentence too.
    month = rf"(?P<month>(?:{names})(?!\w)(?:\.(?=[ ,–-]+[^\s\W]|\)))?)"

    def say(match: re.Match[str]) -> list[Part]:
        name = match["month"].rstrip(".")
        return [(match.start("month"), match.end("month"), short[name])]

    return (
        Rule(
            "short month after a day",
            "digit",
            rf"(?<![\w.,:/])\d{{1,2}}(?:{nth})? ?{of}{month}",
            say,
            examples,
        ),
        Rule(
            "dates from one to another",
            "digit",
            rf"\d\d?(?:{nth})? {of}(?:{names}|{one_of(short.values())})\.? ?({DASH}) ?(?=\d)",
            lambda match: [(match.start(1), match.end(1), to)],
        ),
        Rule("short month before a number", "digit", rf"(?<!\w){month} (?=\d)", say),
    )


def _without_end(match: re.Match[str], one: re.Match[str]) -> int:
    """Return where a short day ends; a dot behind the last one may be that of the sentence."""
    is_last = one.end() == len(match["row"]) and not match.string[match.end() :].strip()
    return one.end(1) if is_last else one.end()


def _near(row: str, one: re.Match[str]) -> int | None:
    """Tell whether a day stands before a dash (0), behind one (1), or beside none."""
    if re.match(SPACED_DASH, row[one.end() :]):
        return 0
    return 1 if re.search(rf"{DASH} ?$", row[: one.start()]) else None


def days(
    short: Mapping[str, str],
    unsure: Sequence[str],
    whole: Sequence[str],
    *,
    to: str,
    joins: str,
    dot: bool,
    on: str = "(?!)",
    on_day: Mapping[str, str] | None = None,
    ends: Mapping[str, tuple[str, str]] | None = None,
    examples: dict[str, str],
) -> tuple[Rule, ...]:
    """Return the rules for short days, and for days from one to another.

    unsure: those that are words too: beside another day or before a date they are days.
    whole: the days as they are. joins: a pattern of the words between days. dot: it may follow.
    on: a pattern of what stands before a day only. on_day: a day -> how it is said behind that.
    ends: a day -> how it is said before a dash, and behind it.
    """
    names = one_of([*short, *whole])
    day = rf"(?:{names})(?!\w)" + (r"\.?" if dot else r"(?:\.(?= ?[\d–-]))?")
    between = rf"(?:{SPACED_DASH}| ?[/&] ?|,? (?:{joins}) |, )"
    each = re.compile(rf"({names})(?!\w)(\.?)|(?<=[^\s,])?( ?)({DASH})( ?)")

    def say(match: re.Match[str]) -> list[Part]:
        row = match["row"]
        sure = re.search(between, row) or match["before"] is not None or match["on"]
        parts: list[Part] = []
        for one in each.finditer(row):
            start = match.start("row")
            if one[4]:
                parts.append((start + one.start(4), start + one.end(4), to))
            elif ends and (near := _near(row, one)) is not None:
                said = ends[short.get(one[1], one[1])][near]
                parts.append((start + one.start(), start + _without_end(match, one), said))
            elif one[1] in short and (sure or one[1] not in unsure):
                until = start + _without_end(match, one)
                said = short[one[1]]
                said = on_day.get(said, said) if on_day and match["on"] else said
                parts.append((start + one.start(), until, said))
        return parts

    return (
        Rule(
            "days",
            "letter",
            rf"(?P<on>(?<!\w){on})?(?<![\w-])(?P<row>{day}(?:{between}{day})*)(?!\w|-\w)"
            r"(?P<before>(?=,? ?\d|:))?",
            say,
            examples,
        ),
        Rule(
            "from a date to a day",
            "digit",
            rf"(?<=\w) ?({DASH}) ?(?=(?:{names})(?!\w))",
            lambda match: [(match.start(1), match.end(1), to)],
        ),
    )

"""Polish digits in the form that their sentence asks for, where the voice has one form only."""

from __future__ import annotations

import re

from kiosk.spoken.rule import Part, Rule

_FIRST = ("pierwszego", "drugiego", "trzeciego", "czwartego", "piątego", "szóstego", "siódmego")
_ORDINALS = (
    *("", *_FIRST, "ósmego", "dziewiątego", "dziesiątego", "jedenastego", "dwunastego"),
    *("trzynastego", "czternastego", "piętnastego", "szesnastego", "siedemnastego"),
    *("osiemnastego", "dziewiętnastego"),
)
_TENS = (
    *("", "", "dwudziestego", "trzydziestego", "czterdziestego", "pięćdziesiątego"),
    *("sześćdziesiątego", "siedemdziesiątego", "osiemdziesiątego", "dziewięćdziesiątego"),
)


def ordinal(number: int) -> str:
    """Return "trzeciego" for 3, up to 99."""
    if number < 20:
        return _ORDINALS[number]
    return f"{_TENS[number // 10]} {_ORDINALS[number % 10]}".strip()


def hour(number: int) -> str:
    """Return "trzeciej" for 3: Polish says "at the third" of an hour."""
    return "zerowej" if number == 0 else re.sub("ego\\b", "ej", ordinal(number))


def _day(match: re.Match[str]) -> list[Part]:
    return [
        (*match.span(place), ordinal(int(match[place])))
        for place in (1, 2)
        if match[place] and int(match[place])
    ]


def _year(match: re.Match[str]) -> list[Part] | None:
    century, rest = match["century"], int(match["rest"])
    if rest == 0:
        whole = "dwutysięcznego" if century == "20" else None
        return (
            None
            if whole is None or match["within"]
            else [(*match.span("century"), whole), (*match.span("rest"), "")]
        )
    said = ordinal(rest)
    if match["within"]:  # "w roku": drugim, trzecim, czwartym
        said = re.sub("iego\\b", "im", said)
        said = re.sub("ego\\b", "ym", said)
    thousand = "dwa tysiące" if century == "20" else "tysiąc dziewięćset"
    return [(match.start("century"), match.end("rest"), f"{thousand} {said}")]


def forms(months: str) -> tuple[Rule, ...]:
    """Return the rules; months: a pattern of them. They look at what the table has said."""
    day = r"(?<![\w.,])([12]?\d|3[01])"
    year = r"(?P<century>19|20)(?P<rest>\d\d)(?!\w)"
    return (
        Rule("day", "digit", rf"{day} (?:do ([12]?\d|3[01]) )?(?={months})", _day),
        Rule(
            "year",
            "digit",
            rf"(?:(?P<within>(?<!\w)[Ww] )|(?<!\w)(?:{months}) |(?=\d{{4}} roku)){year}",
            lambda match: _year(match) if not match["within"] or _is_year(match) else None,
        ),
        Rule(
            "name of an hour",
            "letter",
            r"(?<=[Gg]odzina )\w+ej(?: \w+ej)?\b",
            lambda match: match[0].replace("giej", "ga").replace("ej", "a"),
        ),
        Rule(
            "one and two",
            "digit",
            r"(?<![\w.,])(?:(1)(?= (?:godzina|minuta|sekunda)\b)"
            r"|2(?= (?:godziny|minuty|sekundy)\b))",
            lambda match: "jedna" if match[1] else "dwie",
        ),
    )


def _is_year(match: re.Match[str]) -> bool:
    return match.string.startswith(" roku", match.end())

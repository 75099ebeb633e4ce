"""How numbers, signs and short forms are said in English."""

# ruff: noqa: RUF001 - dashes, quotes and signs that look alike are what is told apart
from __future__ import annotations

import re

from kiosk.spoken import names
from kiosk.spoken.calendar import Clock, dates, days, short_months, times
from kiosk.spoken.digits import codes, leading_zero, phones, postcodes, short_numbers
from kiosk.spoken.letters import letters
from kiosk.spoken.money import Currency, Sums, money, plural
from kiosk.spoken.rule import Rule, always, one_by_one, one_of
from kiosk.spoken.signs import VULGAR, Signs, fractions, minus, ranges, signs
from kiosk.spoken.table import Table

MONTHS = names.months("en")
SHORT_MONTHS = {name[:3]: name for name in MONTHS if name != "May"} | {"Sept": "September"}
DAYS = names.days("en")
SHORT_DAYS = {name[:3]: name for name in DAYS} | {
    "Tues": "Tuesday",
    "Weds": "Wednesday",
    "Thur": "Thursday",
    "Thurs": "Thursday",
}
TENS = {
    "2": "twenties",
    "3": "thirties",
    "4": "forties",
    "5": "fifties",
    "6": "sixties",
    "7": "seventies",
    "8": "eighties",
    "9": "nineties",
}
LARGE = {
    short: plural(name, name)
    for name, shorts in {"thousand": "k", "million": "m", "billion": "bn"}.items()
    for short in (name, shorts)
}
PER = {
    "week": "a week",
    "day": "a day",
    "month": "a month",
    "year": "a year",
    "hour": "an hour",
    "night": "a night",
    "session": "a session",
    "person": "a person",
    "child": "a child",
    "hr": "an hour",
    "wk": "a week",
    "yr": "a year",
    "pp": "a person",
}
# Short forms after a number: one, more of them.
UNITS = {
    "yr": ("year", "years"),
    "yrs": ("year", "years"),
    "hr": ("hour", "hours"),
    "hrs": ("hour", "hours"),
    "min": ("minute", "minutes"),
    "mins": ("minute", "minutes"),
    "sec": ("second", "seconds"),
    "secs": ("second", "seconds"),
    "wk": ("week", "weeks"),
    "wks": ("week", "weeks"),
    "mth": ("month", "months"),
    "mths": ("month", "months"),
    "m": ("metre", "metres"),
    "km": ("kilometre", "kilometres"),
    "cm": ("centimetre", "centimetres"),
    "mm": ("millimetre", "millimetres"),
    "kg": ("kilo", "kilos"),
    "ml": ("millilitre", "millilitres"),
    "mph": ("mile an hour", "miles an hour"),
    "ft": ("foot", "feet"),
}
PARTS = {
    **dict.fromkeys("3⅓", "a third"),
    **dict.fromkeys("4¼", "a quarter"),
    **dict.fromkeys("5⅕", "a fifth"),
}
# Short forms of their own.
SHORT_FORMS = {
    "24/7": "24 7",
    "50/50": "50 50",
    "and/or": "and or",
    "w/c": "week commencing",
    "c/o": "care of",
    "n/a": "not applicable",
    "N/A": "not applicable",
    "w/e": "weekend",
    "km/h": "kilometres an hour",
    "he/him": "he him",
    "she/her": "she her",
    "they/them": "they them",
}


def named(row: str) -> str:
    """Return letters for the voice, which says the A of T-A as the article ("tee-uh")."""
    return "-".join("eh" if place and one == "A" else one for place, one in enumerate(row))


def _letter(one: str) -> str:
    return "eh" if one == "A" else one


def _time(hour: str, minutes: str, half: str, ends: bool) -> str:
    if minutes in ("", "00"):
        if half or not minutes or not ends:
            return f"{hour} {half}"
        return f"{hour} hundred" if int(hour) > 12 else f"{hour} o'clock"
    said = f"oh {minutes[1]}" if minutes[0] == "0" else minutes
    return f"{hour} {said} {half}"


def _unit(match: re.Match[str]) -> list[tuple[int, int, str]]:
    one, more = UNITS[match[2]]
    # "an 11 year old": what something is, and not how many there are, as in "is 2 yrs old".
    kind = r"[ -]olds\b|-old\b" if match[2].endswith("s") else r"[ -]olds?\b"
    single = match[1] == "1" or re.match(kind, match.string[match.end() :])
    return [(match.start(2), match.end(2), one if single else more)]


def _part_unit(match: re.Match[str]) -> list[tuple[int, int, str]]:
    return [(match.start(2), match.end(2), UNITS[match[2]][bool(match[1])])]


def _year_of_date(year: str) -> str:
    return f"{year[:2]} {year[2:]}" if year.startswith("19") and year[2] != "0" else year


def _year(match: re.Match[str]) -> str | None:
    century, year = match[1], match[2]
    if year == "00":
        return None
    return f"{century} oh {year[1]}" if year[0] == "0" else f"{century} {year}"


def _decade(match: re.Match[str]) -> str:
    return f"{match[1] or ''} {TENS[match[2]]}".strip()


_units = one_of(UNITS)
_forms = one_of(SHORT_FORMS)

SIGNS = Signs(
    between={"&": "and", "/": "or", "+": "plus", "=": "equals", "×": "times", "÷": "divided by"},
    before={
        "#": "number",
        "<": "less than",
        ">": "more than",
        "~": "about",
        "±": "plus or minus",
        "≤": "at most",
        "≥": "at least",
        "£": "pounds",
        "+": "plus",
        "×": "times",
    },
    after={"%": "percent", "+": "plus", "°C": "degrees C", "°F": "degrees F", "°": "degrees"},
    anywhere={
        "#": "hashtag",
        "✓": "tick",
        "✔": "tick",
        "✅": "tick",
        "☑": "tick",
        "✗": "cross",
        "✘": "cross",
        "❌": "cross",
        "@": "at",
        "€": "euros",
        "$": "dollars",
        "£": "pounds",
        "₹": "rupees",
        "§": "section",
        "№": "number",
        "²": "squared",
        "³": "cubed",
        "=": "equals",
        "%": "percent",
        "+": "plus",
        "&": "and",
        "©": "copyright",
    },
)

RULES: tuple[Rule, ...] = (
    Rule(
        "short forms",
        "sign",
        rf"(?<![\w/])({_forms})(?![\w/])",
        lambda m: SHORT_FORMS[m[1]],
        {"w/c 3 March": "week commencing 3 March", "24/7": "24 7"},
    ),
    Rule(
        "one or the other",
        "digit",
        r"\b(?i:level|flat|year|stage|class|room|step|part|page|grade)(?:e?s)? \d+(/)(?=\d)",
        lambda m: [(m.start(1), m.end(1), "or")],
        {"Level 2/3": "Level 2 or 3"},
    ),
    # A alone would be the article.
    Rule(
        "A&E",
        "sign",
        r"(?<![\w&])A&([A-Z])(?![\w&])",
        lambda m: f"A-and-{_letter(m[1])}",
        {"A&E": "A-and-E"},
    ),
    Rule(
        "Q&A before a word",
        "sign",
        r"(?<![\w&])([B-Z])&A(?= \w)",
        lambda m: f"{m[1]} and eh",
        {"a Q&A session": "a Q and eh session", "Q&A": "Q and A"},
    ),
    Rule(
        "1-2-1",
        "digit",
        r"(?<![\w£$€.,:/+-])(?:1-2-1|1-to-1)(?![\w/-]|[.,]\d)",
        always("1 to 1"),
        {"1-2-1 help": "1 to 1 help"},
    ),
    *dates(
        MONTHS,
        year=_year_of_date,
        examples={"12/03/2026": "12 March 2026", "2026-11-24": "24 November 2026"},
    ),
    phones(
        "plus",
        ",",
        pairs=False,
        threes=True,
        examples={
            "01582 548 000": "0 1 5 8 2, 5 4 8, 0 0 0",
            "+44 (0)1234 567890": "plus 4 4, 0, 1 2 3 4, 5 6 7 8 9 0",
            "0800 1111": "0 8 0 0, 1 1 1 1",
        },
    ),
    postcodes(",", _letter, {"LU1 2BQ": "L U 1, 2 B Q"}),
    Rule(
        "long number of a thing",
        "digit",
        r"(?<!\w)(?i:number|no\.|reg\w*|URN|ID)(?: is)?:? (\d{5,12})(?![\w%]|[.,-]\d)",
        lambda m: [(m.start(1), m.end(1), one_by_one(m[1]))],
        {"URN 109533": "URN 1 0 9 5 3 3"},
    ),
    *codes(
        "(?:PIN|code|password|ref|reference|ext|extension)(?: is)?",
        _letter,
        {"PIN 4821": "pin 4 8 2 1"},
    ),
    *money(
        Sums(to="to", per=PER, large=LARGE, thousands=",", decimal=r"\.", point="."),
        (
            Currency(
                "pounds",
                "£|GBP",
                "GBP",
                plural("pound", "pounds"),
                plural("penny", "pence"),
                str,
                "p",
            ),
            Currency("euros", "€", "€", plural("euro", "euros"), plural("cent", "cents"), str),
            Currency(
                "dollars", r"\$", "(?!)", plural("dollar", "dollars"), plural("cent", "cents"), str
            ),
        ),
        {"£1.50": "1 pound 50", "£0.20": "20 pence", "50p": "50 pence", "£3-7": "3 to 7 pounds"},
    ),
    *short_numbers(
        "call|ring|phone|text|dial|NHS|helpline|tel|telephone|on",
        r"999|111|101|112|119|105|116",
        "people|children|pupils|pounds|families|schools|young|pages|places|days|miles|students|homes|of",
        {"Text SHOUT to 85258": "Text SHOUT to 8 5 2 5 8", "call 999": "call 9 9 9"},
    ),
    *times(
        Clock(
            _time,
            "to",
            at="at|from|until|till|before|after",
            starts="from|between|open",
            between="to|until|till|and",
        ),
        {"9.30am–3pm": "9 30 am to 3pm", "8:30-10:00": "8 30 to 10 o'clock"},
    ),
    Rule(
        "a part of something",
        "sign",
        r"(?<!\w)(?:an?|A) (?:1/([345])|([⅓¼⅕]))(?![\w/])",
        lambda m: PARTS[m[1] or m[2]] if m[0][0] == "a" else PARTS[m[1] or m[2]].capitalize(),
        {"a 1/4 of it": "a quarter of it", "A ¼ of us": "A quarter of us"},
    ),
    *fractions(
        {
            (1, 2): "half",
            (1, 3): "a third",
            (2, 3): "2 thirds",
            (1, 4): "a quarter",
            (3, 4): "3 quarters",
            (1, 5): "a fifth",
            (2, 5): "2 fifths",
            (3, 5): "3 fifths",
            (4, 5): "4 fifths",
            (1, 6): "a sixth",
            (5, 6): "5 sixths",
            (1, 8): "an eighth",
            (3, 8): "3 eighths",
            (5, 8): "5 eighths",
            (7, 8): "7 eighths",
        },
        mixed=lambda whole, part: f"{whole} and {'a half' if part == 'half' else part}",
        out_of=lambda above, below: f"{above} out of {below}",
        examples={"1/2": "half", "2 1/2": "2 and a half", "9/10": "9 out of 10"},
    ),
    *days(
        SHORT_MONTHS,
        tuple(SHORT_MONTHS),
        MONTHS,
        to="to",
        joins="to|and|or",
        dot=False,
        examples={"Jan–Mar": "January to March"},
    ),
    *short_months(
        SHORT_MONTHS, {"3 Sept": "3 September"}, to="to", nth="st|nd|rd|th", of="(?:of )?"
    ),
    *days(
        SHORT_DAYS,
        ("Sat", "Sun", "Wed"),
        DAYS,
        to="to",
        joins="to|and|or",
        dot=False,
        on="[Oo]n ",
        examples={"Mon, Tue and Wed": "Monday, Tuesday and Wednesday", "On Sat": "On Saturday"},
    ),
    *ranges(
        "to",
        "",
        "st|nd|rd|th|yrs?|s|p|%",
        "to",
        {"0–25": "0 to 25", "3–7 December": "3 to 7 December", "5-11s": "5 to 11s"},
    ),
    Rule(
        "decade",
        "digit",
        r"(?<![\w£.,:/])(?<!\d-)(1[89]|20)?([2-9])0['’]?s\b",
        _decade,
        {"1990s": "19 nineties"},
    ),
    Rule(
        "year",
        "digit",
        r"(?<![\w£$€.,:/+-])(1[89])(\d\d)(?![\w%/+]|[.,]\d| (?:people|children|pupils))",
        _year,
        {"in 1998": "in 19 98"},
    ),
    *leading_zero([*MONTHS, *SHORT_MONTHS], {"03 March": "3 March", "007": "0 0 7"}),
    Rule(
        "units",
        "digit",
        rf"(?<![\w£$€.,/])(\d[\d,]*(?:\.\d+)?)[ -]?({_units})(?![^\W²³])",
        _unit,
        {"3 yrs": "3 years", "11yr olds": "11 year olds"},
    ),
    Rule(
        "inches behind feet",
        "digit",
        r"\d ?(?:ft|feet|foot) ?(\d{1,2}) ?(ins?)(?!\w)",
        lambda m: [(m.start(2), m.end(2), "inch" if m[1] == "1" else "inches")],
        {"6 ft 2 in": "6 feet 2 inches"},
    ),
    Rule(
        "units of a part",
        "sign",
        rf"(\d*)(?:[{''.join(VULGAR)}]|\d/\d)[ -]?({_units})(?![^\W²³])",
        _part_unit,
        {"½ hr": "half hour", "1½ hrs": "1 and a half hours"},
    ),
    Rule(
        "year or week with its number",
        "letter",
        r"\b(?:[Yy]rs?|[Ww]k)\.?(?= ?\d)",
        lambda m: {"Y": "Year", "y": "year", "W": "Week", "w": "week"}[m[0][0]],
        {"yr 7": "year 7"},
    ),
    Rule("yr", "letter", r"yr(?<!\wyr)(s?)\b", lambda m: "year" + m[1], {"every yr": "every year"}),
    Rule(
        "No.",
        "digit",
        r"\b[Nn]os?\. ?(?=\d)",
        lambda m: "Number " if m[0][0] == "N" else "number ",
        {"No. 5": "Number 5"},
    ),
    Rule(
        "p.",
        "digit",
        r"(?<![\w.])(pp?)\. ?(?=\d)",
        lambda m: "page " if m[1] == "p" else "pages ",
        {"see p. 12": "see page 12", "pp. 3-4": "pages 3 to 4"},
    ),
    Rule("PIN", "letter", r"\b(PIN|SIM)\b", lambda m: m[1].lower(), {"your PIN is": "your pin is"}),
    *letters(named, "'s", {"EHCPs": "E-H-C-P's", "the ICB": "the I-C-B"}),
    minus("minus"),
    Rule(
        "x between numbers",
        "digit",
        r"(?<=\d) ?(x) ?(?=\d)",
        lambda m: [(m.start(1), m.end(1), "times")],
        {"2 x 30 minutes": "2 times 30 minutes"},
    ),
    *signs(SIGNS, {"he/she": "he or she", "Mum & Dad": "Mum and Dad"}),
)
TABLE = Table(RULES, SIGNS.hard(), MONTHS, SHORT_MONTHS)

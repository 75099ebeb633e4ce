"""Rules for signs, numbers and capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kiosk.easyread.model import Hit, Passage
from kiosk.easyread.rule import EUROPE, GOVUK, HEALTH, LEICHT, SPEECH, Context, Sheet, rule

_NUMERIC_DATE = re.compile(
    r"(?<![\d./-])(?:\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})(?![\d/-])"
)
_CLOCK = re.compile(r"(?<![\d.:£€$])(?:[01]?\d|2[0-3])([:.])[0-5]\d(?![\d:]|\.\d)")
_ENDS_A_TIME = re.compile(r"\s*[ap]\.?m\b", re.I)


def _dates(passage: Passage) -> list[tuple[int, int]]:
    """Return where there are dates and times in digits."""
    found = [one.span() for one in _NUMERIC_DATE.finditer(passage.text)]
    for clock in _CLOCK.finditer(passage.text):
        at = passage.text[: clock.start()].rstrip().casefold().endswith("at")
        if _ENDS_A_TIME.match(passage.text, clock.end()):
            continue
        if clock[1] == ":" or at:
            found.append(clock.span())
    return found


def is_inside(offset: int, spans: list[tuple[int, int]]) -> bool:
    """Tell whether a place stands in one of these stretches."""
    return any(start <= offset < end for start, end in spans)


_BRACKET = re.compile(r"[()\[\]]")
_DASH = re.compile(r"[–—―]|(?<=\s)-{1,3}(?=\s)")  # noqa: RUF001 - these are the dashes
_SEMICOLON = re.compile(";")
_DOTS = re.compile(r"\.{2,}|…")
_NUMBER_OF_ITEM = re.compile(r"\s*\d{1,2}[.)]\s")


@rule(
    "ER08",
    "punctuation",
    "W",
    why="Brackets, dashes and many commas show that a sentence holds more than one thing.",
    bad="Our plan (we wrote it in May) is new; it is short.",
    good="Our plan is new. We wrote it in May. It is short.",
    source=f"{EUROPE}; {HEALTH}",
    settings=("commas",),
)
def punctuation(sheet: Sheet, context: Context) -> Iterator[Hit]:
    """A sentence has a bracket, a semicolon, a dash, dots or many commas."""
    most = context.settings.commas
    for passage in sheet.passages:
        text = passage.text
        begins = _NUMBER_OF_ITEM.match(text)
        past = begins.end() if begins else 0
        for found, name, hint in (
            (_BRACKET.search(text, past), "A bracket", "Make a sentence of what is in it."),
            (_SEMICOLON.search(text, past), "A semicolon", "Make 2 sentences of it."),
            (_DASH.search(text, past), "A dash", "Make 2 sentences of it."),
            (_DOTS.search(text, past), "A row of dots", "End the sentence with one full stop."),
        ):
            if found and not passage.is_kept(found.start()):
                yield passage.hit(found.start(), "W", f"{name} is hard to read.", hint)
        commas = [
            one.start() for one in re.finditer(r",(?!\d)", text) if not passage.is_kept(one.start())
        ]
        if len(commas) > most:
            yield passage.hit(
                commas[most],
                "W",
                f"This sentence has {len(commas)} commas. {most} is the most.",
                "Make 2 sentences of it, or a list.",
            )


_SIGNS = {
    "%": 'Write it as "9 out of 10".',
    "&": 'Write "and".',
    "/": 'Write "or".',
    "+": 'Write "and" or "more than".',
    "=": 'Write "is".',
    "#": 'Write "number".',
    "@": 'Write "at".',
    "<": 'Write "less than".',
    ">": 'Write "more than".',
}
_SIGN = re.compile(r"[%&/+=#@<>~^|\\*_§©®™°]")


@rule(
    "ER10",
    "special characters",
    "E",
    why="Many people do not know what a sign or a Latin short form means. The voice trips on it.",
    bad="90% of families had help, e.g. at school.",
    good="9 out of 10 families had help. For example at school.",
    source=f"{EUROPE}; {GOVUK}",
)
def special_characters(sheet: Sheet, context: Context) -> Iterator[Hit]:
    """A sentence has a sign such as % & / or a short form such as e.g. i.e. etc."""
    latin = context.pack.mapping("latin")
    for passage in sheet.passages:
        skip = [*passage.addresses, *_dates(passage)]
        for found in _SIGN.finditer(passage.text):
            if is_inside(found.start(), skip) or passage.is_kept(found.start()):
                continue
            hint = _SIGNS.get(found[0], "Write it in words.")
            yield passage.hit(found.start(), "E", f'The sign "{found[0]}" is hard to read.', hint)
        for short, full in latin.items():
            for found in _short_form(short).finditer(passage.text):
                if not passage.is_kept(found.start()):
                    problem = f'"{found[0].strip()}" is not plain English.'
                    yield passage.hit(found.start(), "E", problem, f'Write "{full}".')


@cache
def _short_form(short: str) -> re.Pattern[str]:
    # "eg" is a form of its own; of "e.g." the last dot may be missing.
    dotted = re.escape(short.removesuffix("."))
    ending = r"\.?" if short.endswith(".") and "." in short[:-1] else ""
    return re.compile(rf"(?<![\w.]){dotted}{ending}(?![\w.]|'\w)", re.I)


_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


@rule(
    "ER11",
    "Roman numerals",
    "E",
    why="Many people cannot read Roman numerals, and the voice says letters.",
    bad="This is Part II.",
    good="This is Part 2.",
    source=f"{LEICHT}; {EUROPE}",
)
def roman_numerals(sheet: Sheet, context: Context) -> Iterator[Hit]:
    """A number is written as II, IV or XII, or as a single I, V or X after a word such as Part."""
    for passage in sheet.passages:
        before = ""
        for word in passage.words:
            after_part = before in context.pack.words("before_roman")
            roman = is_roman(word.word, context) or (word.word in ("I", "V", "X") and after_part)
            if roman and not passage.is_kept(word.start):
                number = _roman(word.word.upper())
                problem = f'"{word.word}" is a Roman numeral.'
                yield passage.hit(word.start, "E", problem, f'Write "{number}".')
            before = word.low


def is_roman(word: str, context: Context) -> bool:
    """Tell whether a word of two letters or more is a Roman numeral."""
    if len(word) < 2 or word in context.pack.words("not_roman"):
        return False
    return word in context.pack.words("small_roman") or _ROMAN.fullmatch(word) is not None


_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def _roman(numeral: str) -> int:
    values = [_VALUES[one] for one in numeral]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


_DECIMAL = re.compile(r"(?<![\d.,:/£€$-])\d+\.\d+(?![\d.]*\s*[ap]\.?m\b)(?!\.?\d)", re.I)
_INTEGER = re.compile(
    r"(?<![\w.,:/-])\d{1,3}(?:,\d{3})+(?![\w,])|(?<![\w.,:/-])\d{4,}(?![\w:/-]|[.,]\d)"
)
_PHONE = re.compile(r"(?<!\d)(?:\+?\d[\d -]{7,20}\d|0\d{3,})(?!\d)")
_YEARS = range(1800, 2101)


@rule(
    "ER12",
    "numbers",
    "W",
    why="Digits are easier to see than number words. Big and broken numbers are hard to imagine.",
    bad="We have six goals for 1,240 children.",
    good="We have 6 goals for many children.",
    source=f"{EUROPE}; {LEICHT}; {HEALTH}",
    settings=("big_number",),
)
def numbers(sheet: Sheet, context: Context) -> Iterator[Hit]:
    """A number from two up is written as a word, or it is a decimal, or big and not a year."""
    words = context.pack.mapping("numbers")
    for passage in sheet.passages:
        for word in passage.free:
            parts = word.low.split("-")
            if all(part in words for part in parts):
                yield passage.hit(
                    word.start, "W", f'"{word.low}" is a number word.', _in_digits(parts, words)
                )
            elif word.low in context.pack.words("big_numbers"):
                problem = f'"{word.low}" is hard to imagine.'
                yield passage.hit(word.start, "W", problem, 'Say "many", or compare it.')
        phones = [phone.span() for phone in _PHONE.finditer(passage.text)]
        skip = [*passage.addresses, *_dates(passage), *phones]
        for found in _DECIMAL.finditer(passage.text):
            if not is_inside(found.start(), skip) and not passage.is_kept(found.start()):
                problem = f'"{found[0]}" is hard to imagine.'
                yield passage.hit(found.start(), "W", problem, 'Say it as "about 2" or "half".')
        for found in _INTEGER.finditer(passage.text):
            value = int(found[0].replace(",", "")) if len(found[0]) < 20 else 10**20
            is_year = "," not in found[0] and value in _YEARS
            if value <= context.settings.big_number or is_year:
                continue
            if not is_inside(found.start(), skip) and not passage.is_kept(found.start()):
                problem = f'"{found[0]}" is a big number, and hard to imagine.'
                yield passage.hit(found.start(), "W", problem, 'Say "many", or compare it.')


def _in_digits(parts: list[str], words: object) -> str:
    values = words if isinstance(words, dict) else {}
    numbers = [int(str(values[one]).replace(",", "")) for one in parts]
    return f'Write "{sum(numbers):,}".' if len(numbers) > 1 or numbers[0] < 100 else "Use digits."


_WRITE_A_DATE = 'Write it as "12 March 2026".'


@rule(
    "ER13",
    "date and time",
    "E",
    why="12/03 is March to some and December to others. Many people do not use a 24-hour clock.",
    bad="Come on 12/03/26 at 14:30.",
    good="Come on Thursday 12 March 2026 at 2:30pm.",
    source=f"{GOVUK}; {EUROPE}; {SPEECH}",
)
def date_and_time(sheet: Sheet, context: Context) -> Iterator[Hit]:
    """A date is written in digits or with a short month, or a time without am or pm."""
    months = "|".join(context.pack.ordered("months"))
    short = "|".join(context.pack.ordered("short_months"))
    dates = re.compile(
        rf"\b\d{{1,2}}(?:st|nd|rd|th)(?: of)? (?:{months})\b"
        rf"|\b(?:{months}) \d{{1,2}}(?:st|nd|rd|th)\b"
        rf"|\b\d{{1,2}}(?:st|nd|rd|th)? (?:{short})\b\.?"
        rf"|\b(?:{short})\.? \d{{2,4}}\b"
    )
    for passage in sheet.passages:
        web = passage.addresses
        for start, end in _dates(passage):
            if is_inside(start, web) or passage.is_kept(start):
                continue
            said = passage.text[start:end]
            if _NUMERIC_DATE.fullmatch(said):
                problem, hint = (
                    f'The date "{said}" is hard to read.',
                    _WRITE_A_DATE,
                )
            elif context.pack.is_there:
                problem, hint = f'The time "{said}" has no am or pm.', 'Write it as "2:30pm".'
            else:
                continue  # another language may well use the 24-hour clock
            yield passage.hit(start, "E", problem, hint)
        if not months:
            continue
        for found in dates.finditer(passage.text):
            if not passage.is_kept(found.start()):
                problem = f'The date "{found[0]}" is hard to read.'
                yield passage.hit(found.start(), "E", problem, _WRITE_A_DATE)


@rule(
    "ER16",
    "capitals",
    "E",
    why="CAPITALS have no shape to know a word by, and they seem to shout.",
    bad="You MUST bring the form.",
    good="You need to bring the form.",
    source=f"{HEALTH}; {EUROPE}; {GOVUK}",
    settings=("capitals",),
)
def capitals(sheet: Sheet, context: Context) -> Iterator[Hit]:
    """Words are in capitals, and are not an abbreviation such as NHS."""
    most = context.settings.capitals
    for passage in sheet.passages:
        row: list[str] = []
        first = 0
        for word in [*passage.words, None]:
            if word and not passage.is_kept(word.start):
                goes_on = bool(row and word.letters)
                if goes_on or is_shouted(word.word, context):
                    first = first if row else word.start
                    row.append(word.word)
                    continue
            if sum(map(len, row)) > most:
                said = " ".join(row)
                problem = f'"{said}" is in capitals.'
                yield passage.hit(first, "E", problem, "Write it in small letters.")
            row = []


def is_shouted(word: str, context: Context) -> bool:
    """Tell whether a word in capitals is an ordinary word, and not an abbreviation."""
    if len(word) < 2 or not word.isupper() or not any(one.isalpha() for one in word):
        return False
    low = word.casefold()
    pack = context.pack
    if word in pack.words("known_capitals") or context.explains(low):
        return False
    if not pack.is_there:
        return len(word) > 6
    if word in pack.words("always_explain"):
        return False
    if word in pack.words("shouted") or low in context.allowed:
        return True
    return len(word) > 6 or (len(word) > 3 and context.is_common(low))

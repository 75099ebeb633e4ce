"""Rules for numbers, dates and times."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kiosk.easyread.dates import hard_dates, in_digits
from kiosk.easyread.model import Fix, Hit, Passage, Token
from kiosk.easyread.rule import EUROPE, GOVUK, HEALTH, LEICHT, SPEECH, Context, Sheet, rule
from kiosk.easyread.rules.signs import is_inside

_ROUND = 100  # smaller number words have one way to be written

_DECIMAL = re.compile(r"(?<![\d.,:/£€$-])\d+\.\d+(?![\d.]*\s*[ap]\.?m\b)(?!\.?\d)", re.I)
_INTEGER = re.compile(
    r"(?<![\w.,:/-])\d{1,3}(?:,\d{3})+(?![\w,])|(?<![\w.,:/-])\d{4,}(?![\w:/-]|[.,]\d)"
)
_DIGIT = re.compile(r"\d")
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
    big = context.pack.words("big_numbers")
    for passage in sheet.passages:
        for word in passage.free:
            parts = word.low.split("-")
            if parts[0] in words and all(part in words or part == "one" for part in parts):
                problem = f'"{word.low}" is a number word.'
                fix = _digits_instead(passage, word, parts, words, context)
                yield passage.hit(word.start, "W", problem, _in_digits(parts, words), fix=fix)
            elif word.low in big:
                problem = f'"{word.low}" is hard to imagine.'
                yield passage.hit(word.start, "W", problem, 'Say "many", or compare it.')
        if not _DIGIT.search(passage.text):
            continue
        phones = [phone.span() for phone in _PHONE.finditer(passage.text)]
        skip = [*passage.addresses, *in_digits(passage), *phones]
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


def _in_digits(parts: list[str], words: Mapping[str, str]) -> str:
    numbers = _values(parts, words)
    return (
        f'Write "{sum(numbers):,}".' if len(numbers) > 1 or numbers[0] < _ROUND else "Use digits."
    )


def _values(parts: list[str], words: Mapping[str, str]) -> list[int]:
    return [1 if one == "one" else int(words[one].replace(",", "")) for one in parts]


def _digits_instead(
    passage: Passage, word: Token, parts: list[str], numbers: Mapping[str, str], context: Context
) -> Fix | None:
    """Return the fix for a number word that stands alone: "six goals"."""
    values = _values(parts, numbers)
    tens, ones = values[0], values[-1]
    if len(values) > 2 or max(values) >= _ROUND or "dozen" in parts:
        return None
    if len(values) > 1 and not (tens % 10 == 0 and tens >= 20 and 0 < ones < 10):
        return None
    words = passage.words
    at = next(number for number, one in enumerate(words) if one.start == word.start)
    beside = [words[at - 1]] if at else []
    beside += words[at + 1 : at + 2]
    for one in beside:
        if one.low in numbers or one.low in context.pack.words("parts_of_a_number"):
            return None
        if one.low in context.pack.words("big_numbers"):
            return None
    if at > 1 and words[at - 1].low == "and" and words[at - 2].low in ("hundred", "thousand"):
        return None
    # Seven Sisters is a name. So may be all that has a capital inside a sentence.
    is_first = not passage.text[: word.start].strip("\"'( ")
    after = words[at + 1].word[0].isupper() if at + 1 < len(words) else False
    safe = not after if is_first else word.word[0].islower()
    return passage.fix(word.start, word.end, str(sum(values)), safe=safe)


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
    for passage in sheet.passages:
        for told in hard_dates(passage, context.pack):
            if is_inside(told.start, passage.addresses) or passage.is_kept(told.start):
                continue
            said = passage.text[told.start : told.end]
            hint = told.hint or f'Write it as "{told.instead}".'
            if told.is_date:
                problem = f'The date "{said}" is hard to read.'
                hint = hint if told.hint or told.instead else 'Write it as "12 March 2026".'
            elif told.instead == "midday":
                problem = f'"{said}" is a word that not all people know.'
            else:
                problem = f'The time "{said}" has no am or pm.'
            fix = None
            if told.instead:
                fix = passage.fix(told.start, told.end, told.instead, safe=told.safe)
            yield passage.hit(told.start, "E", problem, hint, fix=fix)

"""Rules for signs and capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kiosk.easyread.dates import in_digits
from kiosk.easyread.model import Fix, Hit, Passage
from kiosk.easyread.rule import EUROPE, GOVUK, HEALTH, LEICHT, Context, Sheet, rule
from kiosk.spoken import hard_signs, plain


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
            (_bracket(passage, past, context), "A bracket", "Make a sentence of what is in it."),
            (_SEMICOLON.search(text, past), "A semicolon", "Make 2 sentences of it."),
            (_DASH.search(text, past), "A dash", "Make 2 sentences of it."),
            (_DOTS.search(text, past), "A row of dots", "End the sentence with one full stop."),
        ):
            if found and not passage.is_kept(found.start()):
                problem = f"{name} is hard to read."
                fix = _stop_instead(passage, found)
                yield passage.hit(found.start(), "W", problem, hint, fix=fix)
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


def _bracket(passage: Passage, past: int, context: Context) -> re.Match[str] | None:
    """Return the first bracket that does not hold a short form, its full form or a meaning."""
    told: list[tuple[int, int]] = []
    if not context.settings.strict:
        told = [(at, passage.text.find(")", at)) for at in passage.brackets]
    return next(
        (
            one
            for one in _BRACKET.finditer(passage.text, past)
            if not any(start <= one.start() <= end for start, end in told)
        ),
        None,
    )


def _stop_instead(passage: Passage, found: re.Match[str]) -> Fix | None:
    """Return the fix for dots that end a sentence, and for ";" before a new one."""
    text = passage.text
    if found[0] == ";":
        follows = re.match(r"\s+(?:I|you|we|they|he|she|it|this|there)\b", text[found.end() :])
        if follows is None:
            return None
        first = found.end() + len(follows[0]) - len(follows[0].lstrip())
        instead = "." + text[found.end() : first] + text[first].upper()
        return passage.fix(found.start(), first + 1, instead, safe=False)
    if found[0][:1] in ".…" and found.end() == len(text):
        return passage.fix(found.start(), found.end(), ".")
    return None


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


_GAP = re.compile(r"\{\w+\}")  # the kiosk fills it before anybody sees it


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
        gaps = (gap.span() for gap in _GAP.finditer(passage.text))
        skip = [*passage.addresses, *in_digits(passage), *gaps]
        for at, end in hard_signs(plain(passage.text), sheet.language):
            if is_inside(at, skip) or passage.is_kept(at):
                continue
            sign = passage.text[at:end]
            hint = _SIGNS.get(sign, "Write it in words, or leave it out.")
            problem = f'The sign "{sign}" is hard to read.'
            fix = _sign_in_words(passage, at)
            yield passage.hit(at, "E", problem, hint, fix=fix)
        if not latin or not _any_short_form(tuple(latin)).search(passage.text):
            continue
        for short, full in latin.items():
            for found in _short_form(short).finditer(passage.text):
                if not passage.is_kept(found.start()):
                    problem = f'"{found[0].strip()}" is not plain English.'
                    fix = _in_full(passage, found, full)
                    yield passage.hit(found.start(), "E", problem, f'Write "{full}".', fix=fix)


_SHARE = re.compile(
    r"(?<![\d.,])(\d{1,2})%( of )(?!(?:the|our|your|their|my|its|these|those|this|all)\b)"
    r"(?=((?:[a-z-]+ )?)([a-z]+)\b)",
)
_PEOPLE = frozenset(["people", "children", "families", "adults", "men", "women"])
_BETWEEN_WORDS = re.compile(r"(?<=\w)\s*&\s*(?=\w)")


def _sign_in_words(passage: Passage, at: int) -> Fix | None:
    """Return the fix for "&" between words, "and/or", and "90% of families"."""
    text = passage.text
    sign = text[at]
    if sign == "&":
        between = next(
            (one for one in _BETWEEN_WORDS.finditer(text) if one.start() <= at < one.end()), None
        )
        if between is None:
            return None
        is_letters = not text[at - 1].isspace() and not text[at + 1].isspace()
        if is_letters and (text[at - 1].isupper() or text[at + 1].isupper()):
            return None  # Q&A, M&S
        safe = not (text[:at].rstrip()[-1:].isupper() and text[at + 1 :].lstrip()[:1].isupper())
        # M & S and other names stay a question for people.
        return passage.fix(between.start(), between.end(), " and ", safe=safe)
    if sign == "/" and text[at - 3 : at].casefold() == "and" and text[at + 1 : at + 3] == "or":
        return passage.fix(at - 3, at + 1, "", safe=False)
    if sign == "%":
        share = next((one for one in _SHARE.finditer(text) if one.end(1) == at), None)
        if share is None or not (_is_many(share[3].strip()) or _is_many(share[4])):
            return None
        if text[: share.start()].rstrip().casefold().endswith((" by", "another", "further")):
            return None
        return passage.fix(share.start(), share.end(), _out_of(int(share[1])) + " ")
    return None


def _is_many(word: str) -> bool:
    """Tell whether a word is more than one of something that can be counted."""
    return word in _PEOPLE or (word.endswith("s") and not word.endswith(("ss", "us", "is", "as")))


def _out_of(share: int) -> str:
    """Return a share in per cent as "9 out of 10"."""
    for whole in (10, 4, 20):
        if share * whole % 100 == 0 and (whole < 20 or share < 10):
            return f"{share * whole // 100} out of {whole}"
    return f"{share} out of 100"


# Short forms whose full words can stand wherever they stand.
_ALWAYS_SO = frozenset(["for example", "that is", "and so on", "a year"])


def _in_full(passage: Passage, found: re.Match[str], full: str) -> Fix | None:
    """Return the fix that writes a short form in full."""
    if full not in _ALWAYS_SO:
        return None
    text, start, end = passage.text, found.start(), found.end()
    said = found[0]
    if full == "and so on":
        before = re.search(r"(?:\s*,)?\s*(?:and\s+)?$", text[:start])
        start = before.start() if before else start
        full = " and so on"
        if not text[:start].strip():
            return None
    is_end = end == len(text) or (said.endswith(".") and text[end:].strip()[:1].isupper())
    if said[0].isupper() and not text[:start].strip():
        full = full[0].upper() + full[1:]
    return passage.fix(start, end, full + ("." if is_end and said.endswith(".") else ""))


@cache
def _any_short_form(every: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_short_form(one).pattern for one in every), re.I)


@cache
def _short_form(short: str) -> re.Pattern[str]:
    # "eg" is a form of its own. The last dot may be missing, or end the sentence.
    dotted = re.escape(short.removesuffix("."))
    return re.compile(rf"(?<![\w.]){dotted}\.?(?!\w|\.\w|'\w)", re.I)


_ROMAN_LETTERS = frozenset("IVXLCDMivx")
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
    parts = context.pack.words("before_roman")
    for passage in sheet.passages:
        before = ""
        for word in passage.words:
            after_part = before in parts
            roman = is_roman(word.word, context) or (word.word in ("I", "V", "X") and after_part)
            if roman and not passage.is_kept(word.start):
                number = _roman(word.word.upper())
                problem = f'"{word.word}" is a Roman numeral.'
                fix = passage.fix(word.start, word.end, str(number), safe=after_part)
                yield passage.hit(word.start, "E", problem, f'Write "{number}".', fix=fix)
            before = word.low


def is_roman(word: str, context: Context) -> bool:
    """Tell whether a word of two letters or more is a Roman numeral."""
    if len(word) < 2 or not _ROMAN_LETTERS.issuperset(word):
        return False
    if word in context.pack.words("not_roman"):
        return False
    return word in context.pack.words("small_roman") or _ROMAN.fullmatch(word) is not None


_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def _roman(numeral: str) -> int:
    values = [_VALUES[one] for one in numeral]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


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
        if not any(one.word.isupper() and len(one.word) > 1 for one in passage.words):
            continue
        row: list[str] = []
        first = end = 0
        for word in [*passage.words, None]:
            if word and not passage.is_kept(word.start):
                goes_on = bool(row and word.letters)
                if goes_on or is_shouted(word.word, context):
                    first = first if row else word.start
                    row.append(word.word)
                    end = word.end
                    continue
            if sum(map(len, row)) > most:
                said = " ".join(row)
                problem = f'"{said}" is in capitals.'
                fix = _in_small(passage, first, end, row, context)
                yield passage.hit(first, "E", problem, "Write it in small letters.", fix=fix)
            row = []


def _in_small(
    passage: Passage, start: int, end: int, row: list[str], context: Context
) -> Fix | None:
    """Return the fix for ordinary words in capitals; a name among them has none."""
    if not all(context.is_common(one.casefold()) or one == "I" for one in row):
        return None
    if context.pack.words("other_in_capitals").intersection(row):
        return None
    said = passage.text[start:end]
    small = re.sub(r"\bi\b", "I", said.casefold())
    if not passage.text[:start].strip("\"'( "):
        small = small[0].upper() + small[1:]
    return passage.fix(start, end, small)


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

"""Takes contact details out of a person's own words, so that nobody can be found by them.

Each is replaced by its kind in square brackets: `[phone]`; every other letter stays as it was
written. The words are folded first, so that no spelling hides a detail, and found in that. The
rules know British numbers and postcodes, e-mail and web addresses everywhere, and "my name is" in
a few of the languages that families speak. Not found: addresses of houses, nicknames, and names
that come without "my name is".
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kiosk.feedback.answer.folding import KINDS, fold
from kiosk.feedback.answer.naming import names
from kiosk.feedback.answer.numbers import Spans, nhs_numbers, phones

__all__ = ["KINDS", "clean"]

# What was taken out may have hidden something else, so words are cleaned until nothing is found.
# What people write needs two rounds or three.
_MOST_ROUNDS = 8


def clean(words: str) -> tuple[str, tuple[str, ...]]:
    """Return the words without contact details, and the kinds that were taken out.

    Words that were made to be found piece by piece, for ever, are taken out as a whole.
    """
    kinds: set[str] = set()
    for _ in range(_MOST_ROUNDS):
        words, found = _clean_once(words)
        if not found:
            return words, tuple(one for one in KINDS if one in kinds)
        kinds |= found
    told = tuple(one for one in KINDS if one in kinds)
    return " ".join(f"[{kind}]" for kind in told), told


def _clean_once(words: str) -> tuple[str, set[str]]:
    folded = fold(words)
    taken = bytearray(len(words))
    found: list[tuple[int, int, str]] = []
    for kind in KINDS:
        for span in _FINDERS[kind](folded.text):
            begin, end = folded.written(*span)
            if not any(taken[begin:end]):
                taken[begin:end] = b"\1" * (end - begin)
                found.append((begin, end, kind))
    parts: list[str] = []
    reached = 0
    for begin, end, kind in sorted(found):
        parts += [words[reached:begin], f"[{kind}]"]
        reached = end
    return "".join([*parts, words[reached:]]), {kind for _, _, kind in found}


def _cased(endings: str) -> str:
    """Return a pattern for words in small letters or in capitals: "Com" begins a sentence."""
    return f"(?-i:{endings}|{endings.upper()})(?![\\w-])"


_END = _cased("com|org|net|uk|eu|pl|ro|pk|bd|gov|edu|info|de|fr|ie|ac|sch|co")
_PROVIDER = r"(?:gmail|googlemail|hotmail|yahoo|icloud|btinternet|outlook\.com)(?![\w-])"
# Words before "at" that are no name of a letter box.
_LOOK = r"(?:look(?:ed|ing|s)?|find|found|see|saw|buy|read|it|is|was|are|were|me|us|you|them)"
_LOCAL = r"(?:(?<![\w.+-])[\w.+-]++(?<=\w)|\"[^\"\n]{1,40}\")"
_LABEL = r"[\w-]+"
_DOT = r"\s{0,2}[.,]{1,3}\s{0,2}"
_HOST = rf"{_LABEL}(?:\.{_LABEL})*?"
_EMAIL = re.compile(
    # a n n @ e x a m p l e . c o m
    r"(?<!\w)(?:\w[ .]){2,40}@(?:[ .][\w.](?!\w)){3,60}"
    rf"|(?!{_LOOK}\sat\s){_LOCAL}(?:"
    # ann@gmail, ann@example.com; and what hangs on: ann@example.com@example.org
    rf"(?:@(?=[\w-]*[^\W\d]|[\w-]+\.\w){_LABEL}(?:\.{{1,2}}{_LABEL})*)+(?:{_DOT}{_END})*"
    rf"|\s{{0,2}}@\s{{0,2}}{_HOST}(?:{_DOT}{_END})+"
    rf"|\s{{0,2}}@\s{{0,2}}{_PROVIDER}"
    # ann at example.com, ann at example . com; but look at example.com/ann is a web address
    rf"|\sat\s(?!www\b|https?\b){_HOST}(?:(?:\.|\s\.\s){_END})+(?!/)"
    rf"|\sat\s{_PROVIDER})",
    re.I,
)
_ENDING = r"(?:com|org|net|uk|eu|pl|ro|pk|bd)"
_PLACES = r"(?:home|school|work|lunch|break|night|college|nursery|church|mosque|park|the|my|uni)"
_WEB = re.compile(
    r"(?<![^\W_])https?\s?:?\s?//?\s?\S*[\w/]"
    r"|(?<![^\W_])www(?:\.\S*[\w/]|(?:\s?\.\s?|\s)[\w-]+(?:(?:\s?\.\s?|\s)"
    rf"(?:{_END}|[\w-]+\s?\.\s?{_END}))+)"
    rf"|(?<![\w-])(?<![\w-]\.)[\w-]+(?:\.[\w-]+)*\.{_ENDING}\b(?:/\S*[\w/])?"
    rf"|(?<![\w-])[\w-]+(?:\s\.\s|\s?\.)(?:{_cased('com|org|net')}|(?:co|org)\s?\.\s?uk\b)"
    rf"|(?<![\w@])@(?!{_PLACES}\b)[A-Za-z_][\w.]+\w",
    re.I,
)
_AREAS = (
    r"AB|AL|B|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|BX|CA|CB|CF|CH|CM|CO|CR|CT|"
    r"CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|GU|GY|"
    r"HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|"
    r"LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|"
    r"RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|"
    r"TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
_SPACED_AREAS = "|".join(r"[ .]".join(area) for area in _AREAS.split("|"))
_BETWEEN = r"[\s.,:;/\\_|\"'(*~+-]{0,6}"
_LAST = r"[ABD-HJLNP-UW-Z]"
_POSTCODE = re.compile(
    rf"(?:(?<![^\W_])|(?<=code))(?:{_AREAS})(?P<inner>[ .]?)\d[A-Z\d]?{_BETWEEN}"
    rf"(?P<last>\d(?P<inner2>[ .]?){_LAST}{{2}})(?![^\W_])"
    # L U 1 2 B Q
    rf"|(?<![^\W_])(?:{_SPACED_AREAS})[ .]\d(?:[ .][A-Z\d])?[ .]{{1,3}}"
    rf"\d[ .]{_LAST}[ .]{_LAST}(?![^\W_])"
    # LUI 2BQ: a letter for the 1; LU1 2B Q
    rf"|(?-i:(?<![^\W_])(?:{_AREAS})[Il|]\d?{_BETWEEN}\d{_LAST}{{2}}(?![^\W_]))"
    rf"|(?-i:(?<![^\W_])(?:{_AREAS})\d[A-Z\d]?[ ]\d{_LAST}[ ]{_LAST}(?![^\W_]))",
    re.I,
)
_ORDINALS = re.compile(r"1st|2nd|3rd|[04-9]th", re.I)
_CLOSES = {"(": ")", '"': '"', "'": "'"}


def _of(pattern: re.Pattern[str]) -> Callable[[str], Spans]:
    return lambda words: (found.span() for found in pattern.finditer(words))


def _postcodes(words: str) -> Spans:
    for found in _POSTCODE.finditer(words):
        if _ORDINALS.fullmatch(found["last"] or ""):
            continue
        if found["inner2"] and found[0] != found[0].upper():
            continue  # "m1 2 be", not a postcode
        begin, end = found.span()
        for opens, closes in _CLOSES.items():
            if found[0].count(opens) == 1 and words[end : end + 1] == closes:
                end += 1
        yield begin, end


_FINDERS: dict[str, Callable[[str], Spans]] = {
    "email": _of(_EMAIL),
    "web": _of(_WEB),
    "nhs": nhs_numbers,
    "phone": phones,
    "postcode": _postcodes,
    "name": names,
}

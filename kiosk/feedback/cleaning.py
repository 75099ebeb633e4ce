"""Takes contact details out of a person's own words, so that nobody can be found by them.

Each is replaced by its kind in square brackets: `[phone]`. The rules know British numbers and
postcodes, e-mail and web addresses everywhere, digits of every script, and "my name is" in a few
of the languages that families speak. They look for what people write who do not hide it; names
that come without "my name is" stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

KINDS = ("email", "web", "nhs", "phone", "postcode", "name")


def clean(words: str) -> tuple[str, tuple[str, ...]]:
    """Return the words without contact details, and the kinds that were taken out."""
    kinds: set[str] = set()
    while True:  # what was taken out may have hidden something else
        words, found = _clean_once(words)
        if not found:
            return words, tuple(one for one in KINDS if one in kinds)
        kinds |= found


def _clean_once(words: str) -> tuple[str, set[str]]:
    plain = "".join(_plain(letter) for letter in words)
    taken = [False] * len(words)
    found: list[tuple[int, int, str]] = []
    for kind in KINDS:
        for begin, end in _FINDERS[kind](plain):
            if not any(taken[begin:end]):
                taken[begin:end] = [True] * (end - begin)
                found.append((begin, end, kind))
    parts: list[str] = []
    reached = 0
    for begin, end, kind in sorted(found):
        parts += [words[reached:begin], f"[{kind}]"]
        reached = end
    return "".join([*parts, words[reached:]]), {kind for _, _, kind in found}


def _plain(letter: str) -> str:
    """Return a digit or sign of any script as ASCII: always one letter for one."""
    if letter.isascii():
        return letter
    if letter.isdecimal():
        return str(unicodedata.digit(letter))
    if "\uff01" <= letter <= "\uff5e":  # the wide forms of ASCII
        return chr(ord(letter) - 0xFEE0)
    return {"\u2019": "'", "\u2010": "-", "\u2011": "-", "\u2013": "-", "\xa0": " "}.get(
        letter, letter
    )


_Spans = Iterator[tuple[int, int]]

_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]+ ?(?:"
    r"(?:@|\(at\)|\[at\]) ?[\w-]+(?:\.[\w-]+)+"
    r"|(?: at |@ )(?:gmail|googlemail|hotmail|yahoo|icloud|btinternet)\b"
    r"(?: ?(?:dot|\.) ?(?:com|co|uk|net|org|pl|ro)\b)*"
    r"|(?: at |@ )[\w-]+(?: dot (?:com|co|uk|net|org|pl|ro)\b)+)",
    re.I,
)
_ENDINGS = r"(?:com|org|net|uk|eu|pl|ro|pk|bd)"
_WEB = re.compile(
    rf"\bhttps?://\S*[\w/]|\bwww\.\S*[\w/]|(?<![\w-])(?<![\w-]\.)[\w-]+(?:\.[\w-]+)*\.{_ENDINGS}\b(?:/\S*[\w/])?"
    r"|(?<![\w@])@[A-Za-z_][\w.]+\w",
    re.I,
)
_NUMBER = re.compile(r"(?<![\w+])(?:\+ ?)?\(?\d(?:[ .()-]{0,3}\d)*(?![\w])")
_DATE_OR_TIME = re.compile(
    r"(?<!\d)(?:\d{1,2}([.-])\d{1,2}\1\d{2,4}|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{2})(?!\d)"
)
# Groups that phone numbers are written in when they do not begin with 0 or +.
_GROUPS = re.compile(r"\d{10,12}|[4-9]\d{2}[ -]\d{3}[ -]\d{3,4}|\d{4} \d{6}|\d{4} \d{3} \d{3}")
_ABOUT_PHONES = re.compile(
    r"(?<!\[)\b(?:phone|mobile|tel|telephone|whatsapp|call me|ring me|text me|telefon|zadzwo\u0144|"
    r"\u0641\u0648\u0646|\u0645\u0648\u0628\u0627\u0626\u0644)\b[^\d\n]{0,25}$",
    re.I,
)
_ABOUT_NHS = re.compile(r"(?<!\[)\bnhs\b[^\d\n]{0,20}$", re.I)
_AREAS = (
    r"AB|AL|B|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|BX|CA|CB|CF|CH|CM|CO|CR|CT|"
    r"CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|GU|GY|"
    r"HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|"
    r"LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|"
    r"RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|"
    r"TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
_POSTCODE = re.compile(
    rf"\b(?:{_AREAS})\d[A-Z\d]? {{0,2}}(?P<last>\d[ABD-HJLNP-UW-Z]{{2}})\b", re.I
)
_ORDINALS = re.compile(r"1st|2nd|3rd|[04-9]th")
_ASKS_NAME = re.compile(
    r"\b(?:name(?: is|'s)|(?:i am|i'm|(?:son|daughter|child|boy|girl|brother|sister)(?: is|'s)) "
    r"called|nazywam si\u0119|mam na imi\u0119|m\u0103 numesc|numele meu (?:este|e))[ :]+"
    r"|(?<!\w)\u0645\u06cc\u0631\u0627 \u0646\u0627\u0645[ :]+"  # Urdu: mera nam
    r"|(?<!\w)\u0986\u09ae\u09be\u09b0 \u09a8\u09be\u09ae[ :]+",  # Bengali: amar nam
    re.I,
)
_NAME_WORD = re.compile(r"[^\W\d_](?:[\w\u0300-\u036f\u0980-\u09ff'-]*\w)?")
_MOST_NAME_WORDS = 3
# Words that stand behind a name, or in its place, and are no name.
_NOT_A_NAME = re.compile(
    r"a|about|after|again|all|also|always|am|an|and|are|as|at|be|because|"
    r"before|but|by|called|came|can|cannot|come|could|did|do|does|don't|every|"
    r"for|from|get|go|goes|going|good|got|had|hard|has|hate|have|he|help|her|"
    r"here|him|his|how|i|i'm|if|important|in|is|it|it's|just|kept|know|like|"
    r"likes|live|lives|long|love|loves|made|me|mine|more|my|name|need|never|"
    r"nice|no|not|now|of|often|old|on|or|our|out|please|private|read|said|"
    r"say|school|secret|see|she|should|so|spelled|spelt|still|take|tell|than|"
    r"thank|thanks|that|the|their|them|then|there|they|think|this|to|today|too|"
    r"up|us|very|want|wants|was|we|went|were|what|when|where|which|who|why|"
    r"will|wish|with|would|written|wrong|yes|you|your|oraz|ale|jestem|mieszkam|"
    r"mam|chc\u0119|lubi\u0119|bardzo|nie|si\u0119|jest|z|w|na|\u0219i|sunt|"
    r"vreau|locuiesc|din|de|\u06c1\u06d2|\u0627\u0648\u0631|\u0645\u06cc\u06ba|"
    r"\u06c1\u0648\u06ba",
    re.I,
)


def _of(pattern: re.Pattern[str]) -> Callable[[str], _Spans]:
    return lambda words: (found.span() for found in pattern.finditer(words))


def _before(words: str, found: re.Match[str]) -> str:
    """Return what stands shortly before a number and may say what it is."""
    return words[max(0, found.start() - 40) : found.start()]


def _nhs_numbers(words: str) -> _Spans:
    for found in _NUMBER.finditer(words):
        digits = re.sub(r"\D", "", found[0])
        about = _ABOUT_NHS.search(_before(words, found))
        if len(digits) == 10 and (about or _is_nhs(digits)):
            yield found.span()


def _is_nhs(digits: str) -> bool:
    """Tell whether the last digit of ten fits the others (modulus 11, NHS Data Dictionary)."""
    total = sum(
        int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)
    )
    return digits[0] != "0" and (11 - total % 11) % 11 == int(digits[9])


def _phones(words: str) -> _Spans:
    for found in _NUMBER.finditer(words):
        digits = re.sub(r"\D", "", found[0])
        if _DATE_OR_TIME.search(found[0]) or digits in ("0123456789", "01234567890"):
            continue
        begins_so = found[0][0] in "+(" or digits[0] == "0"
        about = len(digits) >= 5 and _ABOUT_PHONES.search(_before(words, found))
        if (begins_so and 9 <= len(digits) <= 15) or about or _GROUPS.fullmatch(found[0]):
            yield found.span()


def _postcodes(words: str) -> _Spans:
    for found in _POSTCODE.finditer(words):
        if not _ORDINALS.fullmatch(found["last"]):
            yield found.span()


def _names(words: str) -> _Spans:
    for asked in _ASKS_NAME.finditer(words):
        at, end, most = asked.end(), 0, _MOST_NAME_WORDS
        for count in range(_MOST_NAME_WORDS):
            word = _NAME_WORD.match(words, at)
            if word is None or _NOT_A_NAME.fullmatch(word[0]) or count >= most:
                break
            if not count and word[0][0].islower():
                most = 2  # written without capitals: the next words may be no names
            elif count and most == _MOST_NAME_WORDS and word[0][0].islower():
                break
            end = word.end()
            if words[end : end + 1] != " ":
                break
            at = end + 1
        if end:
            yield asked.end(), end


_FINDERS: dict[str, Callable[[str], _Spans]] = {
    "email": _of(_EMAIL),
    "web": _of(_WEB),
    "nhs": _nhs_numbers,
    "phone": _phones,
    "postcode": _postcodes,
    "name": _names,
}

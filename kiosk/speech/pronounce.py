"""How a text is said: staff's respellings and a few rules, with the way back to what is seen.

A stretch of the visible text is replaced by what is said for it, and the pieces remember where
each came from, so that times found in the spoken text can be carried back to the visible words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.speech import days
from kiosk.speech.engine import WordTime

# The voice spells what it cannot say (NHS, CQC) and says what it can: SEND and SENCO rightly, but
# also these ("ick-bee"), which people spell. Found by listening to the phonemes of each.
_SPELLED = "AAC|ADHD|APD|ASC|ASD|BLMK|EAL|EHC|EHCNA|EHCP|EHE|EP|EYFS|ICB|ICP|ICS|IEP|OT|PDA|SEMH|TA"
_HOURS = r"(1\d|2[0-3]|0?\d)"
_NOT_IN_A_NUMBER = r"(?<![\w£./:-])"
_NO_NUMBER_FOLLOWS = r"(?![\w/:–-]|[.,]\d)"  # noqa: RUF001 - en dash


@dataclass(frozen=True, slots=True)
class _Piece:
    """The stretch of the spoken text that is said for text[start:end]."""

    spoken_start: int
    spoken_end: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SpokenText:
    """text: what the engine reads. pieces: where each stretch of it comes from, in order."""

    text: str
    pieces: tuple[_Piece, ...]

    def back(self, word: WordTime) -> WordTime:
        """Return the same time with the range of the visible text that it belongs to."""
        if not self.pieces:
            return word
        index = bisect_right([piece.spoken_start for piece in self.pieces], word.start) - 1
        piece = self.pieces[max(0, index)]
        # In equal texts this is a shift; in a respelled one the places keep their proportion.
        offset = min(max(0, word.start - piece.spoken_start), piece.spoken_end - piece.spoken_start)
        long, said_long = piece.end - piece.start, piece.spoken_end - piece.spoken_start
        place = piece.start + min(offset * long // said_long, long - 1)
        return WordTime(place, piece.end, word.starts_at, word.ends_at)


def _digits(match: re.Match[str]) -> str:
    groups = re.findall(r"\d+", match[0])
    return ("plus " if match[0].startswith("+") else "") + ", ".join(map(" ".join, groups))


def _phone(match: re.Match[str]) -> str | None:
    # Numbers here have 10 or 11 digits, 12 or 13 with the country; a long sum of money has not.
    return _digits(match) if 10 <= sum(map(str.isdigit, match[0])) <= 13 else None


def _range(match: re.Match[str]) -> str | None:
    first, last = match[1], match[2]
    ages = len(first) <= 3 and len(last) <= 3 and int(first) < int(last)
    years = re.fullmatch(r"(?:19|20)\d\d", first) and len(last) in (2, 4)
    return f"{first} to {last}" if ages or years else None


def _time(match: re.Match[str]) -> str:
    hour, minutes, half = str(int(match[1])), match[2], (match[3] or "").replace(".", "").lower()
    if minutes == "00":
        return f"{hour} {half}" if half else f"{hour} o'clock"
    said = f"oh {minutes[1]}" if minutes[0] == "0" else minutes
    return f"{hour} {said} {half}".rstrip()


def _pounds(match: re.Match[str]) -> str:
    whole, pence, many = match[1], match[2], match[3] or ""
    one = whole == "1" and not many and not pence
    if many and pence:
        return f"{whole}.{pence}{many} pounds"
    return f"{whole}{many} {'pound' if one else 'pounds'}{f' {pence}' if pence else ''}"


def _named(letters: str, *, english: bool = True) -> str:
    # The English voice says the A of T-A as the article ("tee-uh"); only the first of all is named.
    return "-".join(
        "eh" if place and one == "A" and english else one for place, one in enumerate(letters)
    )


def _letters(match: re.Match[str]) -> str:
    return _named(match[1]) + ("'s" if match[2] else "")


_RULES: tuple[days.Rule, ...] = (
    (re.compile(r"(?<![\w.])(?:\+\d\d |\(?0)\d[\d )-]{6,14}\d(?![\w-])"), _phone),
    (
        re.compile(
            r"(?i:(?<=\bcall )|(?<=\bring )|(?<=\bphone )|(?<=\btext )|(?<=\bdial )"
            r"|(?<=\bNHS ))(?:\d{3}|\d{5,6})(?![\w,.]\d|\w)"
        ),
        _digits,
    ),
    (re.compile(rf"{_NOT_IN_A_NUMBER}1-2-1{_NO_NUMBER_FOLLOWS}"), lambda _: "1 to 1"),
    (
        re.compile(rf"{_NOT_IN_A_NUMBER}{_HOURS}[:.]([0-5]\d) ?([ap]\.?m\b\.?)", re.IGNORECASE),
        _time,
    ),
    (re.compile(rf"{_NOT_IN_A_NUMBER}{_HOURS}:([0-5]\d)(){_NO_NUMBER_FOLLOWS}"), _time),
    (
        re.compile(rf"{_NOT_IN_A_NUMBER}(\d{{1,2}}):(\d{{1,2}}){_NO_NUMBER_FOLLOWS}"),
        lambda match: f"{match[1]} to {match[2]}",
    ),
    (
        re.compile(
            r"£(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?( (?:million|billion))?(?![\w]|[.,]\d)"
        ),
        _pounds,
    ),
    (
        re.compile(rf"{_NOT_IN_A_NUMBER}(\d{{1,4}}) ?[-–] ?(\d{{1,4}}){_NO_NUMBER_FOLLOWS}"),  # noqa: RUF001
        _range,
    ),
    (re.compile(rf"{_NOT_IN_A_NUMBER}(20\d\d)/(\d\d){_NO_NUMBER_FOLLOWS}"), _range),
    (re.compile(r"(?<=\d[ap]m) ?[-–] ?(?=\d)", re.IGNORECASE), lambda _: " to "),  # noqa: RUF001
    (re.compile(r"(?<=\w)&(?=\w)|(?<=\s)&(?=\s)"), lambda _: " and "),
    (re.compile(rf"\b({_SPELLED})(?:(['’]?s)\b|\b)"), _letters),  # noqa: RUF001 - apostrophe
)
_LONE_LETTERS = re.compile(r"\b[A-Z](?: [A-Z])+\b")


def _respellings(text: str, say: Mapping[str, str], english: bool) -> list[tuple[int, int, str]]:
    """Find staff's words: whole words; a key with a capital in it is taken as it is written."""
    found: list[tuple[int, int, str]] = []
    for written, said in say.items():
        if not written.strip():
            continue
        flags = 0 if any(map(str.isupper, written)) else re.IGNORECASE
        # In "E H C P" a lone A would be the article: letters that hang together are named.
        named = _LONE_LETTERS.sub(
            lambda match: _named(match[0].replace(" ", ""), english=english), said
        )
        whole = re.compile(rf"(?<!\w){re.escape(written)}(?!\w)", flags)
        found += [(match.start(), match.end(), named) for match in whole.finditer(text)]
    return sorted(found, key=lambda one: (one[0], -one[1]))


def spoken_text(text: str, language: str, say: Mapping[str, str]) -> SpokenText:
    """Return how `text` is said: by `say`, and by the rules of ours for its language."""
    tongue = language.split("-")[0]
    english = tongue == "en"
    found = _respellings(text, say, english)  # staff know best, so theirs come first
    taken = bytearray(len(text))
    for rule, say_it in _RULES if english else days.RULES.get(tongue, ()):
        for match in rule.finditer(text):
            said = say_it(match)
            if said is not None:
                found.append((match.start(), match.end(), said))
    chosen = []
    for start, end, said in found:
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            chosen.append((start, end, said))
    return _join(text, sorted(chosen))


def _join(text: str, changes: list[tuple[int, int, str]]) -> SpokenText:
    parts: list[str] = []
    pieces: list[_Piece] = []
    spoken = reached = 0
    for start, end, said in [*changes, (len(text), len(text), "")]:
        for words, begins, ends in ((text[reached:start], reached, start), (said, start, end)):
            if words:
                pieces.append(_Piece(spoken, spoken + len(words), begins, ends))
                parts.append(words)
                spoken += len(words)
        reached = end
    return SpokenText("".join(parts), tuple(pieces))

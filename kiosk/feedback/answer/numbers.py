"""Finds phone numbers and NHS numbers in folded words, however their digits are grouped.

Digits that stand close together are a run; each group of a run may be the first of a number. What
is a date or a time, a count or a round number is none.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Spans = Iterator[tuple[int, int]]

# A letter O beside digits is a nought.
_GROUP = re.compile(
    r"(?<![^\W\d_])[oO]{1,2}+\d[\doO]*+(?![^\W\d_])|\d++(?:[oO][\doO]*+(?![^\W\d_]))?+"
)
_GAP = re.compile(r"[\s.,;:/\\|_*()\[\]\"'~#=<>-]{0,5}")
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DATE_OR_TIME = re.compile(
    rf"(?<!\d)(?<!\d[./:-])(?:\d{{4}}-{_DAY}-{_DAY}"
    rf"|{_DAY}([./-]){_DAY}\1\d{{2}}(?:\d{{2}})?(?!\1\d)"
    rf"|{_DAY}/{_DAY}(?!/\d)"
    r"|(?:[01]?\d|2[0-4])([.:])[0-5]\d(?!\2\d))(?!\d)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_PLUS = re.compile(r"(?:\+|(?<!\w)plus)[\s(\[]{0,2}$", re.I)
_LONGEST = 15  # digits: no phone number has more
_LEAST_ASKED = 5  # digits that are a phone number when "phone" stands before them
_ABOUT_PHONES = re.compile(
    r"(?<![^\W_])(?:phone|mobile|mob|tel|telephone|whatsapp|(?:call|ring|text) me|telefon|zadzwon|"
    r"\u0641\u0648\u0646|\u0645\u0648\u0628\u0627\u06cc\u0644)(?![^\W\d_])[^\d\n\ue000]{0,25}$",
    re.I,
)
_ABOUT_NHS = re.compile(r"(?<![^\W_])n\.?h\.?s[^\d\n\ue000]{0,20}$", re.I)


@dataclass(frozen=True, slots=True)
class _Group:
    begin: int
    end: int
    digits: str


def nhs_numbers(words: str) -> Spans:
    """Find ten digits whose last fits the others, or that stand behind "NHS"."""
    return _find(words, _nhs_at)


def phones(words: str) -> Spans:
    """Find phone numbers: British ones however written, others behind + or 00, or as asked for."""
    return _find(words, _phone_at)


def _find(words: str, groups_at: Callable[[str, Sequence[_Group], int], int]) -> Spans:
    for run in _runs(words):
        at = 0
        while at < len(run):
            count = groups_at(words, run, at)
            if count:
                yield _with_signs(words, run[at].begin, run[at + count - 1].end)
            at += count or 1


def _runs(words: str) -> Iterator[list[_Group]]:
    """Return the digits that stand close together, without dates and times."""
    dates = deque(found.span() for found in _DATE_OR_TIME.finditer(words))
    run: list[_Group] = []
    for found in _GROUP.finditer(words):
        begin, end = found.span()
        while dates and dates[0][1] <= begin:
            dates.popleft()
        in_date = bool(dates) and dates[0][0] <= begin
        if run and (in_date or not _GAP.fullmatch(words, run[-1].end, begin)):
            yield run
            run = []
        if not in_date:
            run.append(_Group(begin, end, re.sub("[oO]", "0", found[0])))
    if run:
        yield run


def _with_signs(words: str, begin: int, end: int) -> tuple[int, int]:
    """Take in the plus and the brackets that belong to a number."""
    for opens, closes in ("()", "[]", '""', "''"):
        within = words[begin:end]
        unclosed = within.count(opens) - within.count(closes)
        if opens == closes:
            unclosed = within.count(opens) % 2
        before, after = words[begin - 1 : begin], words[end : end + 1]
        if unclosed > 0 and after == closes:
            end += 1
        elif unclosed and before == opens:
            begin -= 1
    plus = _PLUS.search(words, max(0, begin - 7), begin)
    return (plus.start() if plus else begin), end


def _nhs_at(words: str, run: Sequence[_Group], at: int) -> int:
    """Return how many groups from this one on are an NHS number; 0 is none."""
    count = _count_of(run, at, 10)
    groups = [group.digits for group in run[at : at + count]]
    digits = "".join(groups)
    if not count or digits[0] == "0" or _is_counting(groups):
        return 0
    if _ABOUT_NHS.search(words, max(0, run[at].begin - 40), run[at].begin):
        return count
    usual = [len(group) for group in groups] in ([10], [3, 3, 4], [1] * 10)
    alone = count == len(run) and not any(map(_YEAR.fullmatch, groups))
    return count if (usual or alone) and not _is_thousands(groups) and is_nhs(digits) else 0


def _count_of(run: Sequence[_Group], at: int, wanted: int) -> int:
    """Return how many groups from this one on have as many digits together; 0 if none have."""
    digits = 0
    for count, group in enumerate(run[at : at + wanted], 1):
        digits += len(group.digits)
        if digits == wanted:
            return count
    return 0


def is_nhs(digits: str) -> bool:
    """Tell whether the last digit of ten fits the others (modulus 11, NHS Data Dictionary)."""
    total = sum(
        int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)
    )
    return digits[0] != "0" and (11 - total % 11) % 11 == int(digits[9])


def _phone_at(words: str, run: Sequence[_Group], at: int) -> int:
    """Return how many groups from this one on are a phone number; 0 is none."""
    begin = run[at].begin
    plus = bool(_PLUS.search(words, max(0, begin - 7), begin))
    asked = at == 0 and bool(_ABOUT_PHONES.search(words, max(0, begin - 40), begin))
    groups: list[str] = []
    digits, longest = "", 0
    for group in run[at : at + _LONGEST]:
        groups.append(group.digits)
        digits += group.digits
        if len(digits) > _LONGEST:
            break
        wanted = asked and len(digits) >= _LEAST_ASKED
        if (
            wanted
            or _is_british(groups, digits, plus=plus)
            or _is_foreign(groups, digits, plus=plus)
            or (len(groups) == len(run) and _is_grouped(words, run, groups))
        ) and (not _is_counting(groups) or (wanted and len(groups) == 1)):
            longest = len(groups)
    return longest


def _is_british(groups: Sequence[str], digits: str, *, plus: bool) -> bool:
    """Tell whether it is a number that begins with +44, 0044, 44, 0 or the 7 of a mobile."""
    abroad = re.match("44" if plus else "0044", digits)
    if abroad:
        inside = digits[abroad.end() :].removeprefix("0")
        return len(inside) in (9, 10) and inside[0] in "1235789"
    if len(digits) < 9:
        return False
    if digits.startswith("44"):
        return len(digits) == 12 and digits[2] in "1237"
    if digits[0] == "7":
        return len(digits) == 10 and not _is_thousands(groups) and min(map(len, groups)) > 1
    if digits[0] != "0" or plus:
        return False
    if len(groups) == 1:
        return 9 <= len(digits) <= _LONGEST
    if digits[1] not in "1235789":
        return False
    if len(digits) == 12:  # one too many, by mistake
        return len(groups) <= 3 <= len(groups[0])
    return len(digits) == 11 or (len(digits) == 10 and max(map(len, groups)) > 1)


def _is_foreign(groups: Sequence[str], digits: str, *, plus: bool) -> bool:
    """Tell whether it is a number behind + or 00."""
    if plus:
        return len(digits) >= 8 and digits[0] != "0"
    return groups[0][:2] == "00" and len(digits) >= 10 and digits[2] != "0"


def _is_grouped(words: str, run: Sequence[_Group], groups: Sequence[str]) -> bool:
    """Tell whether a run is written as phone numbers are that do not begin with 0 or +."""
    gaps = {words[one.end : two.begin] for one, two in pairwise(run)}
    sizes = [len(group) for group in groups]
    if len(sizes) == 1:
        return 10 <= sizes[0] <= 12
    if not gaps <= {" ", "-"} or all(group.endswith("00") for group in groups):
        return False
    return sizes in ([4, 6], [4, 3, 3]) or (
        sizes in ([3, 3, 3], [3, 3, 4]) and groups[0][0] in "456789"
    )


def _is_counting(groups: Sequence[str]) -> bool:
    """Tell whether it is 1 2 3, 10 9 8 or 123456."""
    counted = groups if len(groups) > 1 else [*groups[0]]
    steps = {int(two) - int(one) for one, two in pairwise(counted)}
    return len(counted) > 2 and (steps in ({1}, {-1}) or counted == [*"01234567890"])


def _is_thousands(groups: Sequence[str]) -> bool:
    """Tell whether it is a large number: 1,234,567 or 8 000 000 000."""
    return len(groups) > 1 and len(groups[0]) < 4 and {len(one) for one in groups[1:]} == {3}

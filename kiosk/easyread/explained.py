"""What a file explains itself: short forms with their full form, and hard words.

People explain in many ways: before or after, in brackets, in a heading, in a list, in the next
sentence. All of them count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kiosk.content.forms import base_forms
from kiosk.easyread.language_pack import LanguagePack
from kiosk.easyread.model import Passage, Token
from kiosk.easyread.rule import Context, Sheet

_MOST_WORDS = 16  # of a full form
_MOST_LINKS = 6
_MOST_LETTERS = 12
_MANY_CAPITALS = 3  # words of a long name
_MOST_PLACES = 20  # of one short form that are looked at
_MOST_TAKEN = 3  # letters that one word gives: SENCO has two of "Co-ordinator"
_BRACKETED = re.compile(r"\(([^()]{1,300})\)")


def explained_in(sheet: Sheet, context: Context) -> frozenset[str]:
    """Return the words that this file explains; mark in its passages the words of full forms."""
    # A heading stands before what is said below it.
    passages = sorted(sheet.passages, key=lambda one: one.sentence.line)
    words = _bold_words(sheet.body, context)
    if not context.pack.is_there:
        return frozenset(words)
    short = _short_forms(passages, context.pack)
    words |= _terms(passages, context)
    return frozenset(words | short)


def full_form_ends(
    letters: str, words: Sequence[Token], start: int, pack: LanguagePack
) -> int | None:
    """Return where a full form of these letters, which begins at words[start], ends; or None."""
    wanted, small = letters.casefold(), pack.words("small_words")
    first = words[start].low
    if first[:1] != wanted[0] or first in small or len(wanted) > _MOST_LETTERS:
        return None

    def follow(at: int, done: int) -> int | None:
        if done == len(wanted):
            return at
        if at >= len(words) or at - start > _MOST_WORDS:
            return None
        low = words[at].low
        for taken in range(1, min(_MOST_TAKEN, len(wanted) - done) + 1):
            if not low.startswith(wanted[done : done + taken]):
                break
            ends = follow(at + 1, done + taken)
            if ends is not None:
                return ends
        joined = low.split("-")
        if len(joined) > 1 and wanted[done : done + len(joined)] == "".join(
            one[:1] for one in joined
        ):
            ends = follow(at + 1, done + len(joined))
            if ends is not None:
                return ends
        return follow(at + 1, done) if low in small else None

    ends = follow(start, 0)
    # "Look at" is no full form of LA.
    content = sum(one.low not in small for one in words[start:ends]) if ends else 0
    return ends if content > 1 else None


def _short_forms(passages: Sequence[Passage], pack: LanguagePack) -> set[str]:
    """Find the short forms that stand beside their full form, or that a sentence explains."""
    places: dict[str, list[tuple[int, int]]] = {}
    begun: dict[str, list[tuple[Passage, int]]] = {}  # by the first letter
    for number, passage in enumerate(passages):
        for at, word in enumerate(passage.words):
            if word.letters:
                places.setdefault(word.letters, []).append((number, at))
            else:
                begun.setdefault(word.low[:1], []).append((passage, at))
    found = set()
    for letters, here in places.items():
        is_told = False
        for number, at in here[:_MOST_PLACES]:
            after = passages[number + 1] if number + 1 < len(passages) else None
            is_told |= _beside(letters, passages[number], at, pack)
            is_told |= _says(passages[number], at + 1, pack) or _goes_on(letters, after, pack)
        is_told |= _anywhere(letters, begun.get(letters[0].casefold(), ()), pack)
        if is_told:
            found.add(letters.casefold())
    return found


def _beside(letters: str, passage: Passage, at: int, pack: LanguagePack) -> bool:
    """Find the full form before or after, in the brackets or around them; mark its words."""
    words = passage.words
    for start in range(max(0, at - _MOST_WORDS), at):
        ends = full_form_ends(letters, words, start, pack)
        if ends is not None and ends <= at and _is_linked(passage, ends - 1, at, pack):
            _mark(passage, start, ends)
            _mark_bracket(passage, words[at].start)
            return True
    for start in range(at + 1, min(at + 1 + _MOST_LINKS, len(words))):
        ends = full_form_ends(letters, words, start, pack)
        if ends is not None and _is_linked(passage, at, start, pack):
            _mark(passage, start, ends)
            _mark_bracket(passage, words[start].start)
            return True
    return False


def _is_linked(passage: Passage, left: int, right: int, pack: LanguagePack) -> bool:
    """Tell whether a bracket or a word such as "or" joins two words as one thing."""
    between = passage.words[left + 1 : right]
    links = pack.words("form_links")
    if len(between) >= _MOST_LINKS or not all(one.low in links for one in between):
        return False
    if "(" in passage.text[passage.words[left].end : passage.words[right].start]:
        return True
    return any(one.low not in pack.words("weak_links") for one in between)


def _mark(passage: Passage, start: int, ends: int) -> None:
    passage.named |= frozenset(range(start, ends))


def _mark_bracket(passage: Passage, offset: int) -> None:
    for one in _BRACKETED.finditer(passage.text):
        if one.start() < offset < one.end():
            passage.brackets |= {one.start()}


def _says(passage: Passage, at: int, pack: LanguagePack) -> bool:
    """Tell whether what stands at words[at] begins an explanation: "means ...", "is a ..."."""
    words = passage.words
    if at >= len(words):
        return False
    low = words[at].low
    then = words[at + 1].low if at + 1 < len(words) else ""
    if low in pack.words("says_means"):
        return True
    if low in pack.words("says_is"):
        return then in pack.words("says_what") or then.endswith("ing")
    if low in pack.words("says_help"):
        return then in pack.words("says_whom")
    third = words[at + 2].low if at + 2 < len(words) else ""
    if low in ("who", "which", "that") and then in ("is", "are", "means", *pack.words("says_help")):
        return "," in passage.between(words[at - 1], words[at])
    return low in pack.words("small_words") and then in pack.words("says_means") and bool(third)


def _goes_on(letters: str, after: Passage | None, pack: LanguagePack) -> bool:
    """Tell whether the next sentence explains: "This means ...", "It is a ..."."""
    if after is None or not after.words or after.words[0].low not in pack.words("says_this"):
        return False
    if not _says(after, 1, pack):
        return False
    for start in range(2, min(2 + _MOST_LINKS, len(after.words))):
        ends = full_form_ends(letters, after.words, start, pack)
        if ends is not None:
            _mark(after, start, ends)
    return True


def _anywhere(letters: str, begun: Iterable[tuple[Passage, int]], pack: LanguagePack) -> bool:
    """Find the full form elsewhere in the file; two letters are too few, unless in capitals.

    begun: where words with the first of the letters stand.
    """
    found = False
    for passage, start in begun:
        words = passage.words
        ends = full_form_ends(letters, words, start, pack)
        if ends is None or ends - start < 2:
            continue
        content = [one for one in words[start:ends] if one.low not in pack.words("small_words")]
        in_capitals = sum(one.word[0].isupper() for one in content)
        if in_capitals >= len(content) - (start == 0) and len(content) > 1 and in_capitals > 1:
            _mark(passage, start, ends)
            found = True
    return found


def _bold_words(passages: Sequence[Passage], context: Context) -> set[str]:
    """Return the bold words that are explained, in all their forms."""
    found: set[str] = set()
    for at, passage in enumerate(passages):
        after = passages[at + 1] if at + 1 < len(passages) else None
        for mark in passage.sentence.marks:
            if mark.kind not in ("bold", "hard"):
                continue
            said = passage.text[mark.start : mark.end].casefold().strip(" .,:;!?")
            if not said:
                continue
            opens = passage.text.find("(", mark.end)
            in_bracket = opens >= 0 and not passage.text[mark.end : opens].strip()
            if in_bracket:
                passage.brackets |= {opens}
            if in_bracket or is_explained(said, passage, after, context.pack):
                found.update((said, *base_forms(said, context.pack.language)))
    return found


def is_explained(said: str, passage: Passage, after: Passage | None, pack: LanguagePack) -> bool:
    """Tell whether this sentence or the next one says what a bold word means."""
    if any(phrase in passage.text.casefold() for phrase in pack.ordered("explains_before")):
        return True
    begins = pack.ordered("explains_after")
    if after is not None and after.text.casefold().startswith(begins) and _says(after, 1, pack):
        return True  # "It is a ...", and not "It is late."
    forms = {said, *base_forms(said, pack.language)}
    size = len(said.split())
    for one in (passage, after):
        words = one.words if one is not None else []
        for at in range(len(words) - size):
            here = " ".join(word.low for word in words[at : at + size])
            is_it = here in forms or not forms.isdisjoint(base_forms(here, pack.language))
            verb = words[at + size].low
            if one is None or not is_it or verb not in pack.words("explains"):
                continue
            if verb not in pack.words("says_is") or _says(one, at + size, pack):
                return True
    return False


def _terms(passages: Sequence[Passage], context: Context) -> set[str]:
    """Return the names of hard words that this file explains, bold or not."""
    found = set()
    for number, passage in enumerate(passages):
        after = passages[number + 1] if number + 1 < len(passages) else None
        for at, count, name in context.terms.find(passage):
            if name not in found and _explains_term(passage, at, count, after, context.pack):
                found.add(name)
    return found


def _explains_term(
    passage: Passage, at: int, count: int, after: Passage | None, pack: LanguagePack
) -> bool:
    words = passage.words
    last = words[at + count - 1]
    if at and words[at - 1].low == "called":
        return True
    if at > 1 and words[at - 1].low in ("a", "an", "the") and words[at - 2].low == "called":
        return True
    if _says(passage, at + count, pack) or passage.text[last.end :].lstrip().startswith("("):
        return True
    if passage.text[last.end :].lstrip().startswith((":", "-")) and passage.kind == "item":
        return True
    if after is None or not after.words:
        return False
    low = [one.low for one in after.words]
    if passage.kind == "title" and low[0] in pack.words("says_fragment"):
        return len(words) - count <= 2
    if low[0] in pack.words("says_this"):
        return len(words) - (at + count) <= 6 and _says(after, 1, pack)
    starts = 1 if low[0] in ("a", "an", "the") else 0
    same = [one.low for one in words[at : at + count]]
    if low[starts : starts + count] == same:
        return _says(after, starts + count, pack)
    return passage.text.rstrip().endswith(":") and _is_list_of_meanings(after, pack)


def _is_list_of_meanings(after: Passage, pack: LanguagePack) -> bool:
    return after.kind == "item" and _says(after, 0, pack)


def capitalised(passage: Passage, pack: LanguagePack) -> Iterator[tuple[int, int]]:
    """Yield (first word, end) of each name of 3 words or more in capitals.

    The small words between them belong to it: "the Luton Parent Carer Forum".
    """
    words = passage.words
    at = 0
    while at < len(words):
        start = ends = at
        capitals = 0
        while at < len(words) and (
            words[at].word[0].isupper() or words[at].low in pack.words("small_words")
        ):
            if at > start and passage.between(words[at - 1], words[at]).strip(" ,"):
                break
            if words[at].word[0].isupper():
                capitals += 1
                ends = at + 1
            elif at == start:
                break
            at += 1
        if capitals >= _MANY_CAPITALS:
            yield start, ends
        at = max(at, start + 1)

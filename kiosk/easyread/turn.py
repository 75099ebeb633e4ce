"""Turns a passive sentence round: "The plan is checked by the council." names who does it last."""

from __future__ import annotations

from kiosk.easyread.language_pack import LanguagePack
from kiosk.easyread.model import Passage, Token

_OBJECTS = {"i": "me", "he": "him", "she": "her", "we": "us", "they": "them"}
_SUBJECTS = {"me": "I", "him": "he", "her": "she", "us": "we", "them": "they"}
_MODALS = frozenset(["will", "can", "must", "may", "should", "could", "would", "might", "shall"])
_MANY = frozenset(["people", "children", "staff", "police", "you", "we", "they", "i"])
_MOST_BEFORE = 8  # words of a subject that can be moved
_MOST_WHO = 8  # words of who does it
_MOST_IN_ALL = 20  # of a sentence that is shown whole
_NEAR = 6  # words between the verb and "by"


def who_does_it(passage: Passage, participle: int, pack: LanguagePack) -> tuple[int, int] | None:
    """Return (first word, end) of who does it, as "by the council" says; None without."""
    words = passage.words
    for at in range(participle + 1, min(participle + _NEAR, len(words) - 1)):
        if passage.between(words[at - 1], words[at]).strip():
            return None
        if words[at].low != "by":
            continue
        first = at + 1
        low = words[first].low
        if (
            low == "the"
            and first + 1 < len(words)
            and words[first + 1].low in pack.words("not_who")
        ):
            return None
        if low in pack.words("not_who") or low[0].isdigit() or low.endswith("ing"):
            return None
        if passage.between(words[at], words[first]).strip():
            return None
        ends = first + 1
        while ends < len(words) and ends - first < _MOST_WHO:
            if passage.between(words[ends - 1], words[ends]).strip():
                break
            low = words[ends].low
            if low == "and" and ends + 1 < len(words) and _begins_a_name(words[ends + 1]):
                ends += 2
                continue
            if low in pack.words("ends_who"):
                break
            ends += 1
        return first, min(ends, len(words))
    return None


def _begins_a_name(word: Token) -> bool:
    return word.low == "the" or word.word[0].isupper()


def turn_round(
    passage: Passage, be: int, participle: int, who: tuple[int, int], pack: LanguagePack
) -> str:
    """Return how to say it: the whole sentence where it is simple, or else how to begin."""
    words = passage.words
    first, ends = who
    agent = passage.text[words[first].start : words[ends - 1].end]
    agent = _SUBJECTS.get(agent.casefold(), agent)
    agent = agent[0].upper() + agent[1:]
    verb = _verb(words, be, participle, words[first:ends], pack)
    subject = _subject(passage, be, pack)
    is_simple = first - 1 == participle + 1 and len(words) <= _MOST_IN_ALL
    if not verb or not subject or not is_simple:
        return f'Begin with who does it: "{agent} ..."'
    between = passage.text[words[participle].end : words[first - 1].start].strip()
    rest = passage.text[words[ends - 1].end :].strip()
    said = " ".join(one for one in (agent, verb, subject, between) if one)
    return f'Say who does it first: "{said}{" " if rest[:1].isalnum() else ""}{rest}"'


def _subject(passage: Passage, be: int, pack: LanguagePack) -> str:
    """Return what stands before the verb, as an object; "" where it is not simple."""
    words = passage.words
    start = be
    if start and words[start - 1].low in (*_MODALS, "has", "have", "had"):
        start -= 1
    if not 0 < start <= _MOST_BEFORE:
        return ""
    said = passage.text[: words[start].start].strip()
    if any(one in said for one in ",;:.()"):
        return ""
    if any(one.low in pack.words("ends_who") or one.low in _MODALS for one in words[:start]):
        return ""
    low = said.casefold()
    if low in _OBJECTS:
        return _OBJECTS[low]
    is_name = words[0].letters or (len(words) > 1 and words[1].word[0].isupper())
    return said if is_name else said[0].lower() + said[1:]


def _verb(
    words: list[Token], be: int, participle: int, who: list[Token], pack: LanguagePack
) -> str:
    """Return the verb in its active form; "" where that is not sure."""
    low = words[participle].low
    if participle - be > 2:
        return ""
    inside = words[be + 1].low if participle - be == 2 else ""
    is_many = who[-1].low in _MANY or (who[-1].low.endswith("s") and not who[-1].low.endswith("ss"))
    is_many = is_many or any(one.low == "and" for one in who)
    base, past = _base(low, pack)
    if not base:
        return ""
    before = words[be - 1].low if be else ""
    form = words[be].low
    if inside == "being":
        helper = {"is": "is", "are": "is", "am": "is", "was": "was", "were": "was"}.get(form)
        if helper is None:
            return ""
        if is_many:
            helper = "are" if helper == "is" else "were"
        stem = base[:-1] if base.endswith("e") and not base.endswith("ee") else base
        return f"{helper} {stem}ing" if not _doubles(low, base) else f"{helper} {low[:-2]}ing"
    if inside:
        return ""
    if form == "be" and before in _MODALS:
        return f"{before} {base}"
    if form == "been" and before in ("has", "have", "had"):
        helper = "had" if before == "had" else "have" if is_many else "has"
        return f"{helper} {low}"
    if form in ("was", "were"):
        return past
    if form in ("is", "are", "am"):
        return base if is_many else _third(base)
    return ""


def _doubles(participle: str, base: str) -> bool:
    return participle == base + base[-1] + "ed"


def _third(base: str) -> str:
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


def _base(participle: str, pack: LanguagePack) -> tuple[str, str]:
    """Return (base, past) of a participle; ("", "") where they are not sure."""
    known = pack.mapping("verbs").get(participle)
    if known:
        base, _, past = known.partition("|")
        return base, past or participle
    if not participle.endswith("ed"):
        return "", ""
    from kiosk.easyread.common import frequent_words

    known_words = frequent_words(pack.language, 20_000)
    stem = participle[:-2]
    tried = [stem, participle[:-1]]
    if len(stem) > 2 and stem[-1] == stem[-2]:
        tried.insert(0, stem[:-1])
    if stem.endswith("i"):
        tried.insert(0, stem[:-1] + "y")
    # "organise" before "organis": the words that most people write tell.
    base = next((one for one in tried if one in known_words), "")
    return base, participle

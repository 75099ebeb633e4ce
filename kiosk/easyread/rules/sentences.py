"""Rules for the shape of a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.content.sentences import ENDS
from kiosk.easyread.language_pack import LanguagePack
from kiosk.easyread.model import Fix, Hit, Passage, Severity, Token, straight
from kiosk.easyread.rule import COGA, EUROPE, GOVUK, HEALTH, SPEECH, Context, Sheet, rule
from kiosk.easyread.turn import turn_round, who_does_it

_ENDS = (*ENDS, ":")
_CLOSING = "\"')]»"


@rule(
    "ER01",
    "length",
    "W, E",
    why="A long sentence is hard to keep in mind. People lose its beginning before its end.",
    bad="Families, schools and services plan together, so that everybody in the town gets help.",
    good="Families and services plan together. Then everybody gets better help.",
    source=f"{HEALTH}; {EUROPE}",
    settings=("sentence_words", "sentence_words_most"),
)
def length(sheet: Sheet, context: Context) -> Iterator[Hit]:
    """A sentence has more words than the setting; official wording counts as one word.

    Where a page has many of them, one line tells how many, and names the longest.
    """
    few, most = context.settings.sentence_words, context.settings.sentence_words_most
    long = [
        (words, passage)
        for passage in sheet.body
        if (words := len(passage.free) + len(passage.kept)) > few
    ]
    if context.settings.strict or len(long) <= _MANY_LONG:
        for words, passage in long:
            severity: Severity = "E" if words > most else "W"
            limit = most if words > most else few
            problem = f"This sentence has {words} words. {limit} is the most."
            yield passage.hit(0, severity, problem, where_to_cut(passage, words, few, context.pack))
        return
    longest, passage = max(long, key=lambda one: one[0])
    lines = list(dict.fromkeys(str(one.sentence.line) for _, one in long))
    others = ", ".join(lines[:_MOST_LINES]) + (" ..." if len(lines) > _MOST_LINES else "")
    yield passage.hit(
        0,
        "E" if longest > most else "W",
        f"{len(long)} sentences here have more than {few} words, in lines {others}. "
        f"This one has {longest}.",
        where_to_cut(passage, longest, few, context.pack),
    )


_MANY_LONG = 2  # long sentences of a page that are told one by one
_MOST_LINES = 12  # whose numbers are told


def where_to_cut(passage: Passage, count: int, few: int, pack: LanguagePack) -> str:
    """Say how many sentences to make, and with which words each new one may begin."""
    words = passage.words
    parts = max(2, -(-count // max(few, 1)))
    if count != len(words):
        return f"Make {parts} sentences of it."
    together = _together(passage, pack)
    places = [
        at for at in range(3, len(words) - 2) if at not in together and _may_cut(passage, at, pack)
    ]
    cuts = []
    for part in range(1, parts):
        wanted = part * count / parts
        near = [at for at in places if abs(at - wanted) <= count / parts - 1]
        if near:
            cuts.append(min(near, key=lambda at: abs(at - wanted)))
    begins = [
        passage.text[words[at].start : words[min(at + 2, len(words) - 1)].end]
        for at in dict.fromkeys(cuts)
    ]
    if not begins:
        return f"Make {parts} sentences of it."
    said = " and at ".join(f'"{one}"' for one in begins)
    return f"Make {parts} sentences of it. Cut at {said}."


def _may_cut(passage: Passage, at: int, pack: LanguagePack) -> bool:
    """Tell whether a sentence may begin here: after a comma or a join, with who does something."""
    words = passage.words
    before = passage.between(words[at - 1], words[at])
    low = words[at].low
    if ";" in before:
        return True
    if low in pack.words("cut_before"):
        return True
    if low in ("and", "but", "so", "then"):
        has_list = "," in passage.text
        return words[at + 1].low in pack.words("after_so") or not has_list
    return ", " in before and low in pack.words("after_so")


def _together(passage: Passage, pack: LanguagePack) -> set[int]:
    """Return the words of pairs such as "children and young people"."""
    return {
        at + step for at, count, _ in pack.phrases("pairs").find(passage) for step in range(count)
    }


@rule(
    "ER02",
    "one idea",
    "W",
    why="One sentence says one thing. Words such as because and which put a second thing into it.",
    bad="We wrote the plan because the help was late and families were tired.",
    good="The help was late. Families were tired. So we wrote the plan.",
    source=f"{EUROPE}; {HEALTH}",
    settings=("joins",),
    needs_words=True,
)
def one_idea(sheet: Sheet, context: Context) -> Iterator[Hit]:
    """A sentence has because, which, although or unless, or joins several parts by and, or, but."""
    most = context.settings.joins
    for passage in sheet.body:
        strong = next(
            (one for at, one in enumerate(passage.words) if _is_strong(passage, at, context.pack)),
            None,
        )
        if strong is not None:
            yield passage.hit(
                strong.start,
                "W",
                f'"{strong.low}" joins two ideas in one sentence.',
                "Make 2 sentences of it. A sentence may start with And, But or So.",
            )
            continue
        joins = _joins(passage, context.pack)
        if len(joins) > most:
            said = ", ".join(f'"{one.low}"' for one in joins)
            yield passage.hit(
                joins[most].start,
                "W",
                f"This sentence joins too many parts: {said}.",
                "Make 2 sentences of it, or a list.",
            )


def _is_strong(passage: Passage, at: int, pack: LanguagePack) -> bool:
    words = passage.words
    low = words[at].low
    if low not in pack.words("strong_joins") or passage.is_kept(words[at].start):
        return False
    before = words[at - 1].low if at else ""
    if low == "which":
        after = words[at + 1].low if at + 1 < len(words) else ""
        if before in _letters_before(passage, at) and after in ("is", "are", "means", "stands"):
            return False  # "OT, which is ..." says what a short form is
        return at > 0 and before not in pack.words("before_which")
    # "This is because ..." is how a long sentence is cut in two.
    return not (low == "because" and at < 3 and before == "is")


def _letters_before(passage: Passage, at: int) -> tuple[str, ...]:
    """Return the word before, where it is a short form or the end of its full form."""
    if at == 0 or not (passage.words[at - 1].letters or at - 1 in passage.named):
        return ()
    return (passage.words[at - 1].low,)


def _joins(passage: Passage, pack: LanguagePack) -> list[Token]:
    words = passage.words
    together = _together(passage, pack)
    found = []
    for at, word in enumerate(words):
        if at in together or word.low not in pack.words("joins"):
            continue
        after = words[at + 1].low if at + 1 < len(words) else ""
        is_since = word.low == "since"
        if (at == 0 and not is_since) or passage.is_kept(word.start) or at in passage.named:
            continue
        if (is_since or word.low == "so") and (
            after.partition("'")[0] not in pack.words("after_so")
        ):
            continue  # "since May", "so happy"
        if _joins_two_things(passage, at):
            continue
        found.append(word)
    return found


def _joins_two_things(passage: Passage, at: int) -> bool:
    """Tell whether "and" or "or" stands between two names, or before the last word: tea and cake.

    What it joins there are things, and no ideas.
    """
    words = passage.words
    if words[at].low not in ("and", "or") or not 0 < at < len(words) - 1:
        return False
    after = words[at + 1]
    if words[at - 1].word[0].isupper() and after.word[0].isupper():
        return True
    ends = passage.text[after.end : after.end + 1]
    return ends in (*ENDS, ",", ";") or (ends == "" and at + 2 == len(words))


@rule(
    "ER03",
    "active",
    "W",
    why="People want to know who does something. A passive sentence hides it.",
    bad="Your plan is checked every year.",
    good="We check your plan every year.",
    source=f"{HEALTH}; {GOVUK}",
    needs_words=True,
)
def active(sheet: Sheet, context: Context) -> Iterator[Hit]:
    """A form of be or get stands before a participle, and it is not a word for a state."""
    pack = context.pack
    for passage in sheet.body:
        words = passage.words
        for at, word in enumerate(words):
            if passage.is_kept(word.start) or not _is_be(word.low, pack):
                continue
            then = at + 1
            while then < len(words) and (
                words[then].low in pack.words("between_be") or words[then].low.endswith("ly")
            ):
                then += 1
            if then >= len(words):
                continue
            goes_on = any(one.low == "being" for one in words[at + 1 : then])
            who = who_does_it(passage, then, pack)
            is_done = goes_on or who is not None
            if not _is_participle(words[then].low, pack, is_done=is_done):
                continue
            if word.low in _GET and words[then].low in pack.words("states_after_get"):
                continue
            between = passage.text[word.end : words[then].start]
            if any(one in between for one in ",.:;?!"):
                continue
            said = passage.text[word.start : words[then].end]
            if who is None:
                problem = f'"{said}" does not say who does it.'
                hint = 'Say who does it: "We check your plan", not "Your plan is checked".'
            else:
                problem = f'"{said}" names who does it last.'
                hint = turn_round(passage, at, then, who, pack)
            yield passage.hit(word.start, "W", problem, hint)
            break


_GET = frozenset(["get", "gets", "got", "getting", "gotten"])


def _is_be(low: str, pack: LanguagePack) -> bool:
    forms = pack.words("be")
    stem, mark, ending = low.partition("'")
    if mark:  # we're, isn't
        return f"'{ending}" in forms or stem.removesuffix("n") in forms
    return low in forms


def _is_participle(low: str, pack: LanguagePack, *, is_done: bool) -> bool:
    """Tell whether a word is a participle.

    is_done: after "being", or before "by somebody": there it is never a state.
    """
    if low in pack.words("states"):
        return is_done
    if low in pack.words("participles"):
        return True
    return low.endswith("ed") and not low.endswith("eed") and len(low) > 4


@rule(
    "ER04",
    "negatives",
    "E",
    why="Two negatives in a sentence have to be worked out like a sum.",
    bad="You cannot come unless you do not need help.",
    good="You can come on your own.",
    source=f"{EUROPE}; {COGA}",
    settings=("negatives",),
    needs_words=True,
)
def negatives(sheet: Sheet, context: Context) -> Iterator[Hit]:
    """A sentence has two negatives, such as not, no, never, nobody, unless or without."""
    pack, most = context.pack, context.settings.negatives
    for passage in sheet.body:
        harmless = {
            at + step
            for at, count, _ in pack.phrases("not_negative").find(passage)
            for step in range(count)
        }
        found = [
            word
            for at, word in enumerate(passage.words)
            if at not in harmless
            and not passage.is_kept(word.start)
            and (word.low in pack.words("negatives") or word.low.endswith("n't"))
            and not _is_answer(passage, at)
        ]
        if len(found) > most:
            said = ", ".join(f'"{one.low}"' for one in found)
            yield passage.hit(
                found[most].start,
                "E",
                f"There are {len(found)} negatives in this sentence: {said}.",
                "Say what is, or what people can do.",
            )


def _is_answer(passage: Passage, at: int) -> bool:
    """Tell whether this is the "No" of "No, you do not"."""
    word = passage.words[at]
    return at == 0 and word.low == "no" and passage.text[word.end : word.end + 1] in (",", ".")


@rule(
    "ER09",
    "end mark",
    "E",
    why="The voice stops at the end mark. Without one it runs on into the next sentence.",
    bad="We can help you",
    good="We can help you.",
    source=SPEECH,
)
def end_mark(sheet: Sheet, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - as all rules
    """A sentence does not end with . ? ! or a colon. List items and titles need none."""
    for passage in sheet.body:
        text = straight(passage.sentence.text)
        if passage.kind == "sentence" and not text.rstrip(_CLOSING).endswith(_ENDS):
            yield passage.hit(
                max(len(text) - 1, 0),
                "E",
                "This sentence has no end mark.",
                "Put a full stop at its end.",
                fix=_full_stop(passage),
            )


def _full_stop(passage: Passage) -> Fix | None:
    text = passage.text
    bare = text.rstrip(_CLOSING)
    if not bare or not bare[-1].isalnum() or len(text) != len(passage.sentence.text):
        return None
    return passage.put_after(len(text), ".")

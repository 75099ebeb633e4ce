"""Rules for the shape of a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.content.sentences import ENDS
from kiosk.easyread.language_pack import LanguagePack
from kiosk.easyread.model import Hit, Passage, Token, straight
from kiosk.easyread.rule import COGA, EUROPE, GOVUK, HEALTH, SPEECH, Context, Sheet, rule

_ENDS = (*ENDS, ":")
_CLOSING = "\"')]»"


@rule(
    "ER01",
    "length",
    "W, E",
    why="A long sentence is hard to keep in mind. People lose its beginning before its end.",
    bad="Families and services plan and make things together so that everybody gets better help.",
    good="Families and services plan together. Then everybody gets better help.",
    source=f"{HEALTH}; {EUROPE}",
    settings=("sentence_words", "sentence_words_most"),
)
def length(sheet: Sheet, context: Context) -> Iterator[Hit]:
    """A sentence has more words than the setting; official wording counts as one word."""
    few, most = context.settings.sentence_words, context.settings.sentence_words_most
    for passage in sheet.body:
        words = len(passage.free) + len(passage.kept)
        if words > few:
            severity, limit = ("E", most) if words > most else ("W", few)
            yield passage.hit(
                0,
                "E" if severity == "E" else "W",
                f"This sentence has {words} words. {limit} is the most.",
                "Make 2 sentences of it.",
            )


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
        return at > 0 and before not in pack.words("before_which")
    # "This is because ..." is how a long sentence is cut in two.
    return not (low == "because" and at < 3 and before == "is")


def _joins(passage: Passage, pack: LanguagePack) -> list[Token]:
    words = passage.words
    together = {
        at + step for at, count, _ in pack.phrases("pairs").find(passage) for step in range(count)
    }
    found = []
    for at, word in enumerate(words):
        if at == 0 or at in together or word.low not in pack.words("joins"):
            continue
        if passage.is_kept(word.start):
            continue
        after = words[at + 1].low if at + 1 < len(words) else ""
        if word.low == "so" and after.partition("'")[0] not in pack.words("after_so"):
            continue
        found.append(word)
    return found


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
            if then >= len(words) or not _is_participle(words[then].low, pack):
                continue
            between = passage.text[word.end : words[then].start]
            if any(one in between for one in ",.:;?!"):
                continue
            said = passage.text[word.start : words[then].end]
            yield passage.hit(
                word.start,
                "W",
                f'"{said}" does not say who does it.',
                'Say who does it: "We check your plan", not "Your plan is checked".',
            )
            break


def _is_be(low: str, pack: LanguagePack) -> bool:
    forms = pack.words("be")
    stem, mark, ending = low.partition("'")
    if mark:  # we're, isn't
        return f"'{ending}" in forms or stem.removesuffix("n") in forms
    return low in forms


def _is_participle(low: str, pack: LanguagePack) -> bool:
    if low in pack.words("states"):
        return False
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
            )

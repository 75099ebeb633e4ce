"""Rules for words: hard, short, wordy or not meant as they are said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kiosk.content.forms import base_forms
from kiosk.easyread.explained import capitalised
from kiosk.easyread.model import Fix, Hit, Passage, Token
from kiosk.easyread.rule import COGA, EUROPE, GOVUK, HEALTH, SYMBOLS, Context, Sheet, rule
from kiosk.easyread.rules.signs import is_inside, is_roman, is_shouted

# A word with such an ending is no name, not even with a capital: "the Sufficiency Strategy".
_NOT_A_NAME: tuple[str, ...] = ("tion", "sion", "ment", "ness", "ship", "ism", "ency", "ancy")
_NOT_A_NAME += ("ance", "ence", "ity", "ive", "ing", "ical", "ology")


_EXPLAIN_ON_A_PAGE = "Explain it in words.yaml, and make it **bold** here."


@rule(
    "ER05",
    "hard word",
    "W, E",
    why="People stop at a word that they do not know, and miss what comes after it.",
    bad="We check the sufficiency of help.",
    good="We check that there is enough help.",
    source=f"{HEALTH}; {EUROPE}; ranks: wordfreq",
    settings=("common_words",),
    needs_words=True,
)
def hard_word(sheet: Sheet, context: Context) -> Iterator[Hit]:
    """A word is not a common one and nothing explains it.

    An error for SEND words that always need an explanation. Names with a capital are left alone.
    Words of the site that everybody there knows belong in `allow:` in words.yaml.
    """
    told: set[str] = set()
    names = context.names | names_in(sheet) | context.pack.words("names")
    everyday = frozenset() if context.settings.strict else context.pack.words("everyday_terms")
    for passage in sheet.passages:
        covered: set[int] = set()
        for at, count, name in context.terms.find(passage):
            covered.update(range(at, at + count))
            word = passage.words[at]
            said = passage.text[word.start : passage.words[at + count - 1].end]
            if context.explains(name) or name in told or word.letters:
                continue
            if set(range(at, at + count)) <= _of_names(passage, context):
                continue
            told.add(name)
            yield passage.hit(
                word.start,
                "W" if name.casefold() in everyday else "E",
                f'"{said}" needs an explanation.',
                _EXPLAIN_ON_A_PAGE if sheet.blocks else "Explain it in words.yaml.",
                once=name,
            )
        for kind in ("plain", "idioms"):
            for at, count, _ in context.pack.phrases(kind).find(passage):
                if count > 1:
                    covered.update(range(at, at + count))
        for at, word in enumerate(passage.words):
            if at in covered or word.low in told or is_inside(word.start, passage.addresses):
                continue
            if not _is_hard(passage, word, context, names):
                continue
            told.add(word.low)
            problem = f'"{word.low}" is a hard word.'
            easier = _easier(word, context)
            hint = f'Try "{easier}"' if easier else "Use an easier word"
            yield passage.hit(
                word.start,
                "W",
                problem,
                f"{hint}, or explain it in words.yaml.",
                fix=swap(passage, word.start, word.end, context),
                once=word.low,
            )


def _is_hard(passage: Passage, word: Token, context: Context, names: frozenset[str]) -> bool:
    if len(word.low) < 2 or word.letters or any(one.isdigit() for one in word.low):
        return False
    if passage.is_kept(word.start) or passage.is_bold(word.start, word.end):
        return False  # what is bold is explained, or ER06 says that it is not
    if word.word[0].isupper() and word.low.removesuffix("'s") in names:
        return False
    if is_roman(word.word, context) or context.is_common(word.low):
        return False
    known = {*base_forms(word.low, context.pack.language), word.low}
    if any(context.explains(one) for one in known):
        return False
    parts = word.low.split("-")
    return len(parts) == 1 or not all(context.is_common(one) for one in parts)


def _of_names(passage: Passage, context: Context) -> frozenset[int]:
    """Return the words of full forms, and of long names such as Luton Parent Carer Forum."""
    if context.settings.strict:
        return frozenset()
    found = set(passage.named)
    for start, ends in capitalised(passage, context.pack):
        found.update(range(start, ends))
    return frozenset(found)


def names_in(sheet: Sheet) -> frozenset[str]:
    """Return the words that have a capital inside a sentence of this file."""
    return frozenset(
        word.low.removesuffix("'s")
        for passage in sheet.body
        for before, word in zip(passage.words, passage.words[1:], strict=False)
        if word.word[0].isupper()
        and not passage.between(before, word).strip(" ,")
        and not word.low.endswith(_NOT_A_NAME)
    )


def _easier(word: Token, context: Context) -> str:
    plain = context.pack.mapping("plain")
    known = (word.low, *base_forms(word.low, context.pack.language))
    return next((plain[one] for one in known if one in plain), "")


def swap(passage: Passage, start: int, end: int, context: Context) -> Fix | None:
    """Return the fix for a word or phrase that another one can stand for, whatever is around it."""
    said = passage.text[start:end]
    instead = context.pack.mapping("safe_swaps").get(" ".join(said.casefold().split()))
    before = passage.text[:start].rsplit(maxsplit=1)[-1:]
    if instead is None or (
        before and before[0].casefold().strip("\"'(") in context.pack.words("no_swap_after")
    ):
        return None
    if said[0].isupper() and not any(one.isupper() for one in said[1:]):
        if passage.text[:start].strip("\"'( "):
            return None  # a name: "the Assist scheme"
        instead = instead[0].upper() + instead[1:]
    return passage.fix(start, end, instead)


@rule(
    "ER06",
    "explain",
    "E",
    why="A bold word tells people that they can find out what it means. It must be so each time.",
    bad="There is a **charter**. You can see it here.",
    good="There is a **charter**. A charter is a list of promises.",
    source=f"{HEALTH}; {SYMBOLS}; {COGA}",
)
def explain(sheet: Sheet, context: Context) -> Iterator[Hit]:
    """A hard word is not bold where the page uses it first, or a bold word is not explained.

    It is explained in words.yaml, or in this sentence or the next: "A charter is ...". A word that
    the page itself explains need not be bold.
    """
    seen: set[str] = set()
    for passage in (one for block in sheet.blocks for one in block.passages):
        found = context.terms.find(passage, inside=True)
        for at, count, name in found:
            first, last = passage.words[at], passage.words[at + count - 1]
            said = passage.text[first.start : last.end]
            is_bold = passage.is_bold(first.start, last.end)
            if name in seen or not context.explains(name):
                continue
            if name not in context.explained and not context.settings.strict:
                continue  # the page explains it itself: no touch on it shows more
            if passage.is_kept(first.start) and not is_bold:
                continue  # official wording need not be bold
            seen.add(name)
            if not is_bold:
                yield passage.hit(
                    first.start,
                    "E",
                    f'"{said}" is a hard word, and not bold where the page uses it first.',
                    f"Write **{said}** here.",
                )
        if not context.pack.is_there:
            continue  # what explains a word is known for some languages only
        explained = [passage.words[at] for at, _, name in found if context.explains(name)]
        for mark in passage.sentence.marks:
            said = passage.text[mark.start : mark.end].strip(" .,:;!?")
            if mark.kind not in ("bold", "hard") or passage.is_kept(mark.start) or not said:
                continue
            if any(mark.start <= one.start < mark.end for one in explained):
                continue
            if said.casefold() in context.pack.words("about_bold"):
                continue  # "Hard words are in **bold**."
            if not context.explains(said.casefold()):
                yield passage.hit(
                    mark.start,
                    "E",
                    f'"{said}" is bold, but nothing says what it means.',
                    "Explain it in the next sentence or in words.yaml, or take the stars away.",
                )


@rule(
    "ER07",
    "abbreviation",
    "E",
    why="People who do not know the letters cannot guess the words.",
    bad="Ask the LA.",
    good="Ask the council.",
    source=f"{HEALTH}; {EUROPE}; {GOVUK}",
    needs_words=True,
)
def abbreviation(sheet: Sheet, context: Context) -> Iterator[Hit]:
    """Two capitals or more stand without their full form on this page or in words.yaml.

    Before or after it, in the bracket or around it, in a heading, in a list, in the next sentence:
    all of them count. What everybody says as letters, such as NHS, needs none.
    """
    told: set[str] = set()
    pack = context.pack
    known = pack.words("known_capitals") | pack.words("shouted")
    for passage in sheet.passages:
        before = ""
        for word in passage.free:
            after_shout, before = is_shouted(before, context), word.word
            letters = word.letters
            if not letters or is_roman(word.word, context):
                continue
            low = letters.casefold()
            if low in told or low in context.allowed or context.explains(low):
                continue
            if letters in known or is_shouted(letters, context):
                continue
            if after_shout or _is_in_a_term(passage, word, context):
                continue  # one short word in capitals is not nice, and not an abbreviation
            told.add(low)
            yield passage.hit(
                word.start,
                "E",
                f'"{letters}" is an abbreviation without its full form.',
                f"Write the full words, then ({letters}), or explain it in words.yaml.",
                once=low,
            )


def _is_in_a_term(passage: Passage, word: Token, context: Context) -> bool:
    """Tell whether letters belong to a term that is explained: EHC of "EHC plan"."""
    return any(
        passage.words[at].start <= word.start < passage.words[at + count - 1].end
        for at, count, name in context.terms.find(passage)
        if context.explains(name)
    )


@rule(
    "ER14",
    "idiom",
    "W",
    why="Some people take a saying word for word.",
    bad="You are at the heart of our plan.",
    good="We think about you first.",
    source=f"{EUROPE}; {COGA}; {HEALTH}",
    needs_words=True,
)
def idiom(sheet: Sheet, context: Context) -> Iterator[Hit]:
    """A saying, such as "at the heart of", does not mean what its words say."""
    for passage in sheet.passages:
        for at, count, plain in context.pack.phrases("idioms").find(passage):
            said = _said(passage, at, count)
            problem = f'"{said}" does not mean what its words say.'
            yield passage.hit(passage.words[at].start, "W", problem, f'Say it plainly: "{plain}".')


def _said(passage: Passage, at: int, count: int) -> str:
    return passage.text[passage.words[at].start : passage.words[at + count - 1].end]


def mixed_terms(sheets: Sequence[Sheet], context: Context) -> Iterator[Hit]:
    """Find two words for one thing on one site."""
    groups = context.pack.ordered("one_thing")
    uses: dict[str, dict[str, list[tuple[Passage, int]]]] = {}
    phrases = context.pack.phrases("one_thing")
    for sheet in sheets:
        for passage in sheet.passages:
            for at, _, word in phrases.find(passage):
                group = next(one for one in groups if word in one.split("|"))
                found = uses.setdefault(group, {}).setdefault(word, [])
                found.append((passage, passage.words[at].start))
    for words in uses.values():
        usual = max(words, key=lambda word: len(words[word]))
        for word, places in words.items():
            passage, start = places[0]
            if word != usual:
                yield passage.hit(
                    start,
                    "W",
                    f'This site says "{usual}" and "{word}" for one thing.',
                    f'Say "{usual}" each time.',
                )


@rule(
    "ER15",
    "wordy, mixed terms",
    "W",
    why="A short everyday word does the same work. Two words for one thing look like two things.",
    bad="We assist you.",
    good="We help you.",
    source=f"{GOVUK}; {HEALTH}; {EUROPE}",
    needs_words=True,
    across=mixed_terms,
)
def wordy(sheet: Sheet, context: Context) -> Iterator[Hit]:
    """A word or phrase has a plainer one, or the site has two words for one thing."""
    told: set[str] = set()
    for passage in sheet.passages:
        plain_enough = context.pack.phrases("plain_enough").find(passage)
        covered = {
            at + step
            for at, count, _ in (*context.terms.find(passage), *plain_enough)
            for step in range(count)
        }
        for at, count, plain in context.pack.phrases("plain").find(passage):
            said = _said(passage, at, count)
            low = said.casefold()
            if at in covered or low in told or (count == 1 and not context.is_common(low)):
                continue  # an uncommon word is a hard word: ER05 names it
            first = passage.words[at]
            if low in context.allowed or passage.is_bold(first.start, first.end):
                continue
            told.add(low)
            hint = "Leave it out." if plain == "leave it out" else f'Try "{plain}".'
            fix = swap(passage, first.start, passage.words[at + count - 1].end, context)
            problem = f'"{said}" is not plain.'
            yield passage.hit(first.start, "W", problem, hint, fix=fix, once=low)


@rule(
    "ER18",
    "cross-reference",
    "E",
    why="People who listen, or who lose their place, cannot look somewhere else and come back.",
    bad="See page 4 for the form.",
    good="Press the blue button for the form.",
    source=f"{EUROPE}; {HEALTH}",
    needs_words=True,
)
def cross_reference(sheet: Sheet, context: Context) -> Iterator[Hit]:
    """A sentence sends people to another place, such as "see page 4" or "as said above"."""
    pattern = context.pack.cross_references
    for passage in sheet.passages:
        for found in pattern.finditer(passage.text) if pattern else ():
            yield passage.hit(
                found.start(),
                "E",
                f'"{found[0]}" sends people somewhere else.',
                "Say it here, or make a link to the page.",
            )

"""Rules for a page: its pictures, its size, its headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiosk.content.body import ONE_PICTURE
from kiosk.easyread.model import Hit
from kiosk.easyread.rule import COGA, EUROPE, GOVUK, HEALTH, SYMBOLS, Context, Sheet, rule


@rule(
    "ER17",
    "italic, underline",
    "E",
    why="Slanted and underlined letters are hard to tell apart.",
    bad="This is *very* good.",
    good="This is very good.",
    source=f"{HEALTH}; {EUROPE}; {GOVUK}",
)
def italic(sheet: Sheet, context: Context) -> Iterator[Hit]:  # noqa: ARG001 - as all rules
    """Words are slanted by *one star* or _one line_, or underlined."""
    for passage in sheet.passages:
        for mark in passage.sentence.marks:
            if mark.kind == "italic":
                said = passage.text[mark.start : mark.end]
                problem = f'"{said}" is in italics or underlined.'
                yield passage.hit(mark.start, "E", problem, "Write it plainly.")


@rule(
    ONE_PICTURE,
    "picture per idea",
    "E",
    why="The picture tells what the words are about. Two pictures tell two things.",
    bad="I want to be safe.",
    good=":shield: I want to be safe.",
    source=f"{HEALTH}; {SYMBOLS}",
    keeps_back=True,
)
def picture_per_idea(sheet: Sheet, context: Context) -> Iterator[Hit]:  # noqa: ARG001
    """An idea has no picture, or more than one."""
    for problem in sheet.source.problems if sheet.source else ():
        if problem.rule == ONE_PICTURE:
            yield Hit(problem.path, problem.line, 1, "E", problem.problem, problem.hint)


_FILE_NAME = re.compile(r"\.(?:svg|png|jpe?g|gif|webp|bmp|tiff?)\b|\bIMG[_-]?\d+|\w+_\w+", re.I)
_PICTURE_OF = re.compile(
    r"(?:an? |the )?(?:picture|photo(?:graph)?|image|drawing|icon|symbol) (?:of|showing)\b",
    re.I,
)


@rule(
    "ER20",
    "picture words",
    "E",
    why="Who cannot see the picture hears these words instead of it.",
    bad=':shield = "Picture of shield_02.png": I want to be safe.',
    good=':shield = "A shield with a tick": I want to be safe.',
    source=f"{COGA}; {GOVUK}",
    settings=("picture_words",),
)
def picture_words(sheet: Sheet, context: Context) -> Iterator[Hit]:
    """What a picture shows is missing, a file's name, "picture of" or long; or it has no licence.

    A picture of the site's own is refused until pictures.yaml gives its licence.
    """
    most = context.settings.picture_words
    told: set[str] = set()
    for picture in sheet.pictures:
        words = picture.words.strip()
        count = len(words.split())
        if not words:
            problem, hint = (
                "Nothing says what this picture shows.",
                'Write it: :heart = "A red heart":',
            )
        elif _FILE_NAME.search(words):
            problem, hint = f'"{words}" is the name of a file.', "Say what the picture shows."
        elif _PICTURE_OF.match(words):
            problem = f'"{words}" says that it is a picture.'
            hint = "Begin with what the picture shows."
        elif count > most:
            problem = f"The words for this picture are {count} words long. {most} is the most."
            hint = "Say only what is most important."
        elif not picture.symbol.credit.licence.strip():
            problem = f'Nothing says how the picture "{picture.name}" may be used.'
            hint = "Write its licence where it comes from."
        else:
            continue
        if problem not in told:
            told.add(problem)
            yield Hit(sheet.path, picture.line, 1, "E", problem, hint)


@rule(
    "ER21",
    "block",
    "W, E",
    why="A few words beside each picture can be taken in at one look.",
    bad=":bus: 6 sentences beside one picture.",
    good=":bus: 2 sentences. Then the next picture.",
    source=f"{HEALTH}; {SYMBOLS}",
    settings=("idea_sentences", "idea_sentences_most", "idea_words", "idea_words_most"),
)
def block(sheet: Sheet, context: Context) -> Iterator[Hit]:
    """An idea has more sentences or more words than the settings; its list counts as words."""
    limits = context.settings
    for one in sheet.blocks:
        sentences = len(one.sentences)
        words = sum(len(passage.words) for passage in one.passages)
        for count, few, most, name in (
            (sentences, limits.idea_sentences, limits.idea_sentences_most, "sentences"),
            (words, limits.idea_words, limits.idea_words_most, "words"),
        ):
            if count > few:
                limit = most if count > most else few
                yield Hit(
                    sheet.path,
                    one.line,
                    1,
                    "E" if count > most else "W",
                    f"There are {count} {name} here. {limit} is the most.",
                    "Make 2 ideas of it, each with a picture.",
                )
                break


@rule(
    "ER22",
    "page",
    "W",
    why="A long page tires people. They do not reach its end.",
    bad="A page with 20 ideas.",
    good="2 pages with 10 ideas each.",
    source=f"{HEALTH}; {COGA}",
    settings=("page_ideas", "page_words"),
)
def page_size(sheet: Sheet, context: Context) -> Iterator[Hit]:
    """A page has many ideas or many words. More than 5 choices on a home page are refused."""
    if sheet.source is None:
        return
    ideas = len(sheet.blocks)
    words = sum(len(passage.words) for passage in sheet.body)
    for count, most, name in (
        (ideas, context.settings.page_ideas, "ideas"),
        (words, context.settings.page_words, "words"),
    ):
        if count > most:
            problem = f"This page has {count} {name}. {most} is the most."
            yield Hit(sheet.path, 1, 1, "W", problem, "Make 2 pages of it.")


@rule(
    "ER23",
    "headings",
    "W, E",
    why="Headings are how people find their way, most of all people who listen.",
    bad="title: What we want to tell you about our plan for this year",
    good="title: Our plan",
    source=f"{GOVUK}; {COGA}",
    settings=("title_words", "title_words_most"),
)
def headings(sheet: Sheet, context: Context) -> Iterator[Hit]:
    """A title or heading is long, or a heading is a step too deep.

    A page without a title is refused.
    """
    few, most = context.settings.title_words, context.settings.title_words_most
    before = 1
    for level, passage in sheet.titles:
        count = len(passage.words)
        if count > few:
            limit = most if count > most else few
            problem = f"This heading has {count} words. {limit} is the most."
            yield passage.hit(0, "E" if count > most else "W", problem, "Make it shorter.")
        if level > before + 1:
            problem = f"This heading has {level} #. The one before has {before}."
            hint = f"Write it with {before + 1} # or fewer."
            yield passage.hit(0, "E", problem, hint)
        before = level or before

"""One page's file: its facts and its lines."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config import load_site
from kiosk.content.model import Home, Page
from kiosk.content.page import read_source
from kiosk.errors import ContentError
from kiosk.symbols import SymbolBook
from tests.tools.pages import page_of
from tests.tools.sites import HOME, PEOPLE, tiny_site

FACTS = """\
---
title: The plan
symbol: memo
order: 2
source: The tests
facts_checked: 2026-11-23
status: ready
review_by: 2027-11-01
---
"""
FIRST = FACTS.count("\n") + 1  # the line of the first words below
SHOWN = Path("content/en/about/plan.md")


@pytest.fixture(scope="module")
def symbols(tmp_path_factory: pytest.TempPathFactory) -> SymbolBook:
    return SymbolBook(load_site(tiny_site(tmp_path_factory.mktemp("pages"))))


def page(
    text: str, symbols: SymbolBook, page_id: str = "plan", *, translated: bool = False
) -> Page:
    return page_of(
        read_source(
            text,
            page_id=page_id,
            language="ur" if translated else "en",
            part="about",
            shown=SHOWN,
            symbols=symbols,
            translated=translated,
        )
    )


def wrong(
    text: str, symbols: SymbolBook, page_id: str = "plan", *, translated: bool = False
) -> list[str]:
    with pytest.raises(ExceptionGroup) as caught:
        page(text, symbols, page_id, translated=translated)
    found = [one for one in caught.value.exceptions if isinstance(one, ContentError)]
    assert len(found) == len(caught.value.exceptions)
    return [f"{one.line}: {one.problem} {one.hint}".rstrip() for one in found]


def test_a_page_has_its_facts(symbols: SymbolBook) -> None:
    made = page(FACTS + ":heart: I am well.\n", symbols)
    assert (made.id, made.title, made.order, made.part) == ("plan", "The plan", 2, "about")
    assert made.symbol.name == "memo"
    assert made.facts_checked == date(2026, 11, 23)
    assert made.review_by == date(2027, 11, 1)
    assert (made.status, made.checked_by, made.path) == ("ready", "", SHOWN)


def test_ideas_have_pictures_sentences_and_lists(symbols: SymbolBook) -> None:
    text = FACTS + (
        "# I want to be healthy\n\n:heart: I am **well**. You too.\nAnd they.\n\n"
        ':safety shield = "A shield with a tick": I am safe.\n\n- at home\n- at school\n'
        "![A red bus](symbol:bus) We go by bus.\n"
        "1. Phone us.\n2. Come.\n"
    )
    first, second, third = page(text, symbols).ideas
    assert (first.heading, first.words, first.line) == ("I want to be healthy", "Red heart", 12)
    assert [one.text for one in first.sentences] == ["I am well.", "You too.", "And they."]
    assert [one.line for one in first.sentences] == [12, 12, 13]
    assert (second.heading, second.words) == (None, "A shield with a tick")
    assert [one.text for one in second.items] == ["at home", "at school"]
    assert second.symbol is not None
    assert second.symbol.name == "shield with tick"
    assert third.words == "A red bus"
    assert [one.text for one in third.items] == ["1. Phone us.", "2. Come."]


@pytest.mark.parametrize("name", [":heart:x", ": heart : x", ":red_heart: x", ':heart="H": x'])
def test_a_picture_can_be_written_with_more_or_fewer_spaces(symbols: SymbolBook, name: str) -> None:
    idea = page(FACTS + name, symbols).ideas[0]
    assert idea.symbol is not None
    assert (idea.symbol.name, idea.sentences[0].text) == ("red heart", "x")


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        (":hart: I am well.", 0, 'I do not know the picture "hart". Did you mean "heart"'),
        ("I am well.", 0, "This has no picture. Each idea needs one. Begin the line with :heart:"),
        (":heart: A.\n\nB.\n", 2, "This has no picture."),
        (":heart: A.\n- b\nC.\n", 2, "This has no picture."),
        ("- a\n- b", 0, "This has no picture."),
        (":heart:", 0, "There are no words beside this picture. Write a sentence."),
        (":heart I am well.", 0, "I cannot read the name of this picture. Write it as :heart:"),
        (":heart::sun: A.", 0, "I cannot read the name of this picture."),
        (":heart: :sun: A.", 0, "An idea has one picture only."),
        ("![A](heart.png) B.", 0, "I cannot read the name of this picture."),
        ("# A\n# B\n:heart: C.", 0, "There is nothing below this heading."),
        (":heart: A.\n# B\n", 1, "There is nothing below this heading."),
        (":heart: A.\n-\n", 1, "There is nothing behind this bullet."),
        ("#A\n:heart: B.", 0, "A heading needs a space after #. Write it as # Heading."),
        (":heart: A.\n---\n", 1, "A line across the page cannot be used here."),
        (":heart: A.\n> B\n", 1, "A page cannot have tables, quotes or code."),
        (":heart: A.\n| B | C |\n", 1, "A page cannot have tables, quotes or code."),
        (":heart: A.\n```\n", 1, "A page cannot have tables, quotes or code."),
        (":heart: A <b>B</b>.", 0, "HTML cannot be used here."),
        (":heart: A [B](http://b.example).", 0, "A link cannot leave this site"),
        (":heart: A **B.", 0, "Two stars ** are not closed."),
        (":heart: " + "a" * 10_000, 0, "This line is too long: 10,000 letters is the most."),
        (":heart: A.\n" * 201, 200, "There are too many ideas: 200 is the most."),
        ("", 0, "This page has no ideas yet."),
    ],
)
def test_each_slip_in_the_lines_has_its_own_words_and_line(
    symbols: SymbolBook, body: str, line: int, said: str
) -> None:
    (found,) = wrong(FACTS + body, symbols)
    assert found.startswith(f"{FIRST + line}: {said}")


def test_200_ideas_and_a_line_of_10000_letters_are_not_too_much(symbols: SymbolBook) -> None:
    assert len(page(FACTS + ":heart: A.\n" * 200, symbols).ideas) == 200
    longest = ":heart: ".ljust(10_000, "a")
    assert len(page(FACTS + longest, symbols).ideas[0].sentences[0].text) == 9992


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: The plan\n", "", '2: "title" is missing.'),
        ("title: The plan", "title:", '2: "title" is empty.'),
        ("title: The plan", "title: A\ntitle: B", '3: "title" is written twice. The first is on'),
        ("title: The plan", "titel: A\ntitle: B", '2: I do not know the key "titel". Did you mean'),
        ("title: The plan", "title: A: B", "2: There is a second colon here."),
        ("symbol: memo", "symbol: mmo", '3: I do not know the picture "mmo". Did you mean'),
        ("symbol: memo", "symbol:", '3: "symbol" is empty.'),
        (
            "order: 2",
            "order: first",
            '4: "order" must be a whole number, not "first". Write it in digits, such as 9.',
        ),
        ("order: 2", "order: 10000", '4: "order" must be 9999 or less, not "10000".'),
        ("source: The tests", "source:", '5: "source" is empty.'),
        ("2026-11-23", "23/11/2026", '6: "23/11/2026" is not a date. Write it as 2026-11-23.'),
        (
            "2026-11-23",
            "2026",
            '6: "2026" is not a date. Write the year, the month and the day, as in 2026-11-23.',
        ),
        ("2026-11-23", "2026-02-30", '6: "facts_checked" must be a date such as 2026-11-23, not'),
        ("2026-11-23", "", '6: "facts_checked" is empty.'),
        ("status: ready", "status: redy", '7: "status" must be one of: draft, ready, published;'),
        ("status: ready", "status: published", '7: The page is published, but "checked_by" is'),
        (
            "2027-11-01",
            "soon",
            '8: "soon" is not a date. Write the year, the month and the day, as in 2026-11-23.',
        ),
        ("---\ntitle", "\u2014\ntitle", '1: This line is "\u2014". Here 3 hyphens are needed: ---'),
        (
            "2027-11-01",
            "1 November 2027",
            '8: "1 November 2027" is not a date. Write it as 2027-11-01.',
        ),
        ("---\ntitle", "title", '1: A page begins with a line of "---", then its title.'),
        ("2027-11-01\n---", "2027-11-01\n", "1: The first part of the page begins here and has"),
        ("review_by", "choices: []\nreview_by", '8: I do not know the key "choices".'),
    ],
)
def test_each_slip_in_the_facts_has_its_own_words_and_line(
    symbols: SymbolBook, old: str, new: str, said: str
) -> None:
    assert old in FACTS
    (found,) = wrong(FACTS.replace(old, new) + ":heart: A.\n", symbols)
    assert found.startswith(said)


def test_a_published_page_names_who_checked_it(symbols: SymbolBook) -> None:
    text = FACTS.replace("status: ready", "status: published\nchecked_by: Friends, 6 people")
    assert page(text + ":heart: A.\n", symbols).checked_by == "Friends, 6 people"


@pytest.mark.parametrize("text", ["", "\n\n", "   \n"])
def test_an_empty_file_is_said_to_be_empty(symbols: SymbolBook, text: str) -> None:
    assert wrong(text, symbols)[0].startswith("1: This file is empty.")


def test_all_mistakes_of_a_page_come_at_once(symbols: SymbolBook) -> None:
    text = FACTS.replace("memo", "mmo").replace("order: 2", "order: x") + ":hart: A.\n\nB.\n"
    assert [int(one.split(":")[0]) for one in wrong(text, symbols)] == [3, 4, FIRST, FIRST + 2]


def test_the_home_page_has_choices(symbols: SymbolBook) -> None:
    home = page(HOME, symbols, "home")
    assert isinstance(home, Home)
    assert [(one.title, one.colour, one.part, one.survey) for one in home.choices] == [
        ("About us", "blue", "about", None),
        ("Tell us what you think", "pink", None, "think"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("status: ready", "status: draft", 7, "The home page cannot be a draft."),
        ("    part: about\n", "", 10, 'A choice needs "part" or "survey", and not both.'),
        ("    part: about", "    part: about\n    survey: think", 10, "A choice needs"),
        ("colour: blue", "colour: red", 12, '"colour" must be one of: blue, purple, green, orange'),
        ("part: about", "part: About us", 13, '"About us" cannot be the name of a page or folder.'),
        ("symbol: house", "symbol: hous", 11, 'I do not know the picture "hous".'),
    ],
)
def test_each_slip_in_the_choices_names_its_line(
    symbols: SymbolBook, old: str, new: str, line: int, said: str
) -> None:
    assert old in HOME
    assert wrong(HOME.replace(old, new), symbols, "home")[0].startswith(f"{line}: {said}")


def test_a_choice_may_say_in_an_easy_line_what_is_there(symbols: SymbolBook) -> None:
    home = page(HOME.replace("About us\n", "About us\n    line: Who  we are\n"), symbols, "home")
    assert isinstance(home, Home)
    assert [one.line for one in home.choices] == ["Who we are", ""]
    assert [one.begins for one in home.choices] == [10, 15]


def test_a_home_page_has_one_to_five_choices(symbols: SymbolBook) -> None:
    head, _, rest = HOME.partition("choices:\n")
    one = "  - {title: A, symbol: sun, colour: pink, part: about}\n"
    body = "---\n" + rest.split("---\n")[1]
    assert (
        len(getattr(page(head + "choices:\n" + one * 5 + body, symbols, "home"), "choices", ()))
        == 5
    )
    for choices in ("choices:\n" + one * 6, "choices: []\n", ""):
        assert '"choices"' in wrong(head + choices + body, symbols, "home")[0]


@given(data=st.data())
def test_a_damaged_page_gives_a_page_or_content_errors_with_lines(
    symbols: SymbolBook, data: st.DataObject
) -> None:
    text = data.draw(
        st.sampled_from([PEOPLE, HOME, FACTS + "![A](symbol:sun) [B](home) **c**\n- d"])
    )
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        gone = data.draw(st.integers(0, 20))
        more = data.draw(st.text(alphabet=":-#*[]()<>!|&\"' \n\tab0é=~`{}", max_size=8))
        text = text[:at] + more + text[at + gone :]
    page_id = data.draw(st.sampled_from(["home", "plan"]))
    try:
        made = page(text, symbols, page_id)
    except ExceptionGroup as errors:
        problems = [one for one in errors.exceptions if isinstance(one, ContentError)]
        good = len(problems) == len(errors.exceptions) and all(
            1 <= one.line <= text.count("\n") + 2 for one in problems
        )
    else:
        good = all(idea.symbol and (idea.sentences or idea.items) for idea in made.ideas)
    assert good


TRANSLATED = FACTS.replace(
    "order: 2\n", "order: 2\noriginal: 12345678\ntranslation_checked_by: Two mothers\n"
)


def test_a_translation_says_what_it_was_translated_from_and_who_checked_it(
    symbols: SymbolBook,
) -> None:
    made = page(TRANSLATED + ":heart: ٹھیک ہے", symbols, translated=True)
    assert (made.original, made.translation_checked_by) == ("12345678", "Two mothers")
    plain = page(FACTS + ":heart: ٹھیک ہے", symbols, translated=True)
    assert (plain.original, plain.translation_checked_by) == ("", "")
    assert wrong(
        TRANSLATED.replace("12345678", "1234567G") + ":heart: x", symbols, translated=True
    ) == ['5: "1234567G" is not what "original" needs. kiosk check says what is.']


def test_a_page_in_the_first_language_is_no_translation(symbols: SymbolBook) -> None:
    empty = TRANSLATED.replace(" 12345678", "").replace(" Two mothers", "")
    for text in (TRANSLATED, empty):
        assert wrong(text + ":heart: x", symbols) == [
            f'{line}: "{key}" is for translations only. This is in the site\'s first language. '
            "Take the line away."
            for line, key in ((5, "original"), (6, "translation_checked_by"))
        ]

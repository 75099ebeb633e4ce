"""`kiosk pictures quiz` and `kiosk pictures sheet`: a page's pictures, tried out with people."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.easyread import Checker
from kiosk.editor.check import other_files
from kiosk.editor.printed import sheet
from kiosk.editor.quiz import make_quiz
from kiosk.errors import PageNotMade, UseRefused
from kiosk.feedback.survey.survey import Survey, load_surveys
from kiosk.symbols import SymbolBook
from tests.tools.command import run
from tests.tools.sites import FACTS, HOME, KIOSK_TOML, THINK, tiny_site

FRONT = f"---\ntitle: About trust\nsymbol: memo\norder: 3\n{FACTS}pictures:\n"
TRUST = (
    FRONT
    + """\
  tell: {says: [leo worried, crying face, priya ear]}
  no names: {not: badge with a name, words: A badge crossed out}
---
:tell: Tell an adult that you trust.
They can help you.

:no names: We do not need your name.

:bus: Come by bus.
You can also walk to us.

:house: We come to your home.

:house: Your home is a safe place.
- You can have a friend there.
"""
)
SITE: dict[str, str | None] = {"content/en/about/trust.md": TRUST}


def surveys_of(root: Path) -> dict[str, Survey]:
    site = load_site(root)
    found, problems = load_surveys(site, SymbolBook(site))
    assert problems == ()
    return found


def test_a_quiz_is_a_survey_with_one_picture_and_four_sentences(tmp_path: Path) -> None:
    root = tiny_site(tmp_path, SITE)
    site = load_site(root)
    made = make_quiz(site, "trust")
    assert made.path == root / "content/surveys/quiz-trust.yaml"
    assert made.left_out == 0
    survey = surveys_of(root)["quiz-trust"]
    assert survey.is_quiz
    assert survey.title == "Pictures: About trust"
    page = Library(site).now.languages["en"].pages["trust"]
    shown = {one.symbol.sha256: one.sentences[0].text for one in page.ideas if one.symbol}
    assert len(survey.questions) == len(page.ideas)
    for question in survey.questions:
        words = [one.words for one in question.choices]
        assert len(set(words)) == 4
        (right,) = (one.words for one in question.choices if one.id == question.right)
        ideas = [one for one in page.ideas if one.symbol and one.symbol.svg == question.symbol.svg]
        beside = [idea.sentences[0].text for idea in ideas]
        # No other sentence of the same picture is called wrong; a short one has the next with it.
        assert [one for one in beside if any(said.startswith(one) for said in words)] == [
            next(one for one in beside if right.startswith(one))
        ]
    assert "Come by bus. You can also walk to us." in made.sheet
    assert set(shown) == {one.symbol.sha256 for one in survey.questions}


def test_the_same_seed_gives_the_same_quiz_and_names_stay_in_any_order(tmp_path: Path) -> None:
    root = tiny_site(tmp_path, SITE)
    texts, names = [], []
    for seed in (1, 1, 2):
        make_quiz(load_site(root), "trust", seed=seed)
        texts.append((root / "content/surveys/quiz-trust.yaml").read_text(encoding="utf-8"))
        names.append({one.id: one.right for one in surveys_of(root)["quiz-trust"].questions})
    assert texts[0] == texts[1] != texts[2]
    assert names[0] == names[2]
    path = root / "content/en/about/trust.md"
    path.write_text(TRUST.replace(":bus:", ":train:"), encoding="utf-8")
    make_quiz(load_site(root), "trust")
    now = {one.id: one.right for one in surveys_of(root)["quiz-trust"].questions}
    assert len(now.keys() - names[0].keys()) == 1  # another picture: counted anew
    assert set(now.values()) == set(names[0].values())


def test_neither_its_picture_nor_the_words_of_its_page_give_the_answer_away(tmp_path: Path) -> None:
    root = tiny_site(tmp_path, SITE)
    text = make_quiz(load_site(root), "trust").sheet
    asked, _, key = text.partition('class="last"')
    assert asked.count("<img ") == 5
    alts = set(re.findall(r'alt="([^"]*)"', asked))
    assert alts == {
        "This question is about a picture. You need to see it to answer. You can also press Skip."
    }
    assert "1: " in key
    assert "break-before: page" in text
    assert "We changed it" in key
    assert 'src="data:image/svg+xml;base64,' in asked


def test_a_quiz_in_another_language_is_a_translation_of_the_same_questions(tmp_path: Path) -> None:
    polish = TRUST.replace("Tell an adult that you trust.", "Powiedz dorosłej osobie.")
    toml = KIOSK_TOML.replace('["en"]', '["en", "pl"]')
    more = {"kiosk.toml": toml, "content/pl/home.md": HOME, "content/pl/about/trust.md": polish}
    root = tiny_site(tmp_path, {**SITE, **more})
    made = make_quiz(load_site(root), "trust", language="pl")
    assert "Powiedz dorosłej osobie." in made.sheet
    survey = surveys_of(root)["quiz-trust"]
    assert survey.show_in == ("en", "pl")
    assert survey.translations["pl"].title == "Obrazki: About trust"
    make_quiz(load_site(root), "trust", seed=3)  # the translation goes along
    assert list(surveys_of(root)["quiz-trust"].translations) == ["pl"]
    checker = Checker(load_site(root))
    found = checker.check(*other_files(checker.site, checker.library.symbols)).findings
    assert [str(one) for one in found if "quiz" in str(one.path)] == []
    (root / "content/pl/about/trust.md").write_text(
        polish.partition(":house:")[0], encoding="utf-8"
    )
    with pytest.raises(PageNotMade, match="has other ideas than"):
        make_quiz(load_site(root), "trust")


def test_what_cannot_be_a_quiz_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    root = tiny_site(tmp_path, {**SITE, "content/surveys/quiz-people.yaml": THINK})
    for page, said in (
        ("plan", "fewer than 4 pictures"),
        ("trusd", 'Did you mean "trust"?'),
        ("people", "is another survey"),
    ):
        with pytest.raises(PageNotMade, match=re.escape(said)):
            make_quiz(load_site(root), page)
    with pytest.raises(PageNotMade, match='no language "xx"'):
        make_quiz(load_site(root), "trust", language="xx")
    assert sorted(one.name for one in (root / "content/surveys").iterdir()) == [
        "quiz-people.yaml",
        "think.yaml",
    ]


def test_a_sheet_shows_each_picture_with_its_words_and_whom_to_thank(tmp_path: Path) -> None:
    root = tiny_site(tmp_path, SITE)
    text = sheet(Library(load_site(root)), "trust", "en")
    assert text.count("<img ") == 5
    for words in (
        ">Yes<",
        "They can help you.",
        "You can have a friend there.",
        "Does the picture say",
    ):
        assert words in text
    assert "We changed it: we put parts together" in text
    assert set(re.findall("https?://[^/]*", text)) == {"https://creativecommons.org"}
    with pytest.raises(PageNotMade, match="There is no page"):
        sheet(Library(load_site(root)), "nothing", "en")


def test_a_picture_that_may_not_be_printed_is_on_no_sheet(tmp_path: Path) -> None:
    about = "title: Theirs\ncreator: They\nlicence: Ours alone\nmay_be: [screen]\n"
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>'
    root = tiny_site(
        tmp_path,
        {
            "content/en/about/trust.md": TRUST.replace(":bus:", ":blob:"),
            "assets/packs/theirs/pack.yaml": about,
            "assets/packs/theirs/index.csv": "name,file\nblob,blob.svg\n",
            "assets/packs/theirs/pictures/blob.svg": svg,
        },
    )
    with pytest.raises(UseRefused, match="blob"):
        sheet(Library(load_site(root)), "trust", "en")


def test_the_commands_write_the_files_and_say_where(tmp_path: Path) -> None:
    root = tiny_site(tmp_path, SITE)
    to = tmp_path / "quiz.html"
    done = run("pictures", "quiz", "trust", "--site", str(root), "--sheet", str(to))
    assert done.exit_code == 0, done.stderr
    assert done.stdout.splitlines() == [
        f"I wrote {Path('content/surveys/quiz-trust.yaml')}: 5 pictures.",
        "On the kiosk it stands at /?page=quiz-trust alone.",
    ]
    assert "answers are on its last page" in done.stderr
    assert to.exists()
    to = tmp_path / "sheet.html"
    done = run("pictures", "sheet", "trust", "--site", str(root), "--to", str(to))
    assert done.exit_code == 0, done.stderr
    assert "Tell an adult" in to.read_text(encoding="utf-8")

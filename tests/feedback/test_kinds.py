"""The kinds of questions: each is one declaration, and nobody falls back to another one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.feedback.answer.answer import check_answer
from kiosk.feedback.answer.sent import read_sent
from kiosk.feedback.survey import file, kinds
from kiosk.feedback.survey.kinds import KINDS, declared
from kiosk.feedback.survey.question import QuestionFile
from tests.feedback.surveys import ALL, loaded, said, site_with
from tests.tools.ulids import UlidMaker

STARS = """\
from kiosk.feedback.survey.kind import Kind, answers_are, known

KINDS = (
    Kind(
        "{name}",
        control="choices",
        please="choose",
        mistakes=answers_are("one", "two"),
        check=lambda question, value, _: known(value, question.choices),
    ),
)
"""
SURVEY = """\
title: Stars
symbol: star
questions:
  - id: rate
    kind: test-stars
    ask: How many stars?
    symbol: star
    answers:
      - {id: one, words: One, symbol: star}
      - {id: two, words: Two, symbol: glowing star}
thanks: Thank you.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder whose modules count as if they lay among the kinds."""
    more = tmp_path / "more"
    more.mkdir()
    monkeypatch.setattr(kinds, "__path__", [*kinds.__path__, str(more)])
    yield more
    for one in more.glob("*.py"):
        sys.modules.pop(f"{kinds.__name__}.{one.stem}", None)


def test_the_kinds_that_files_name_are_there_in_their_order() -> None:
    names = ["faces-5", "faces-3", "yes-no", "pictures", "quiz", "scale", "words", "voice"]
    assert [name for name in KINDS if name in names] == names


QUIZ = """\
title: Pictures
symbol: star
questions:
  - id: one
    kind: quiz
    ask: Which words go with it?
    symbol: "{says: [leo worried, words, priya ear]}"
    right: b
    answers:
      - {id: a, words: One}
      - {id: b, words: Two}
      - {id: c, words: Three}
      - {id: d, words: Four}
thanks: Thank you.
"""


def test_a_blind_test_has_one_picture_and_answers_of_words_alone(tmp_path: Path) -> None:
    survey = loaded(site_with(tmp_path, english=QUIZ))["all"]
    (question,) = survey.questions
    assert survey.is_quiz
    assert question.right == "b"
    assert {one.symbol for one in question.choices} == {question.symbol}


@pytest.mark.parametrize(
    ("good", "bad", "expected"),
    [
        ("right: b", "right: bb", ':8: "right" is "bb": there is no such answer.'),
        ("    right: b\n", "", "Write the id of the answer that is right."),
        ("      - {id: d, words: Four}\n", "", 'of the kind "quiz" has 4 answers.'),
        ("worried", "wurried", 'Did you mean "leo worried"?'),
    ],
)
def test_what_is_wrong_in_a_blind_test_is_told(
    tmp_path: Path, good: str, bad: str, expected: str
) -> None:
    assert good in QUIZ
    problems = said(tmp_path, QUIZ.replace(good, bad, 1))
    assert expected in problems[-1]


def test_an_answer_of_another_kind_needs_its_picture(tmp_path: Path) -> None:
    (problem,) = said(tmp_path, ALL.replace("words: The bus, symbol: bus", "words: The bus", 1))
    assert ':26: "symbol" is missing.' in problem


def test_every_key_of_some_kinds_alone_is_a_key_of_a_question() -> None:
    own = {key for kind in KINDS.values() for key in kind.keys}
    every = {"id", "kind", "ask", "symbol", "answers"}
    assert own == QuestionFile.model_fields.keys() - every


def test_another_kind_is_one_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "made_for_a_test.py").write_text(STARS.format(name="test-stars"), encoding="utf-8")
    found = declared()
    assert found.keys() - KINDS.keys() == {"test-stars"}
    for place in (file, sys.modules[check_answer.__module__]):
        monkeypatch.setattr(place, "KINDS", found)
    surveys = loaded(site_with(tmp_path, english=SURVEY))
    body = {"id": str(UlidMaker()()), "survey": "all", "page": "plan", "language": "en"}
    answer = check_answer(
        read_sent(body | {"answers": {"rate": "two"}}),
        surveys=surveys,
        pages={"plan"},
        languages={"en"},
        words_max=100,
    )
    assert answer.answers == {"rate": "two"}
    assert said(tmp_path / "wrong", SURVEY.replace("id: two", "id: twoo")) == [
        'content/surveys/all.yaml:10: "twoo" is not an answer of the kind "test-stars". '
        'Did you mean "two"?'
    ]


def test_two_kinds_of_one_name_are_a_mistake_of_ours(folder: Path) -> None:
    (folder / "made_for_a_test.py").write_text(STARS.format(name="scale"), encoding="utf-8")
    with pytest.raises(ValueError, match='The kind "scale" is declared twice'):
        declared()


def test_a_module_that_declares_no_kind_is_a_mistake_of_ours(folder: Path) -> None:
    (folder / "made_for_a_test.py").write_text("", encoding="utf-8")
    with pytest.raises(AttributeError, match="KINDS"):
        declared()


def test_an_unknown_kind_in_a_file_is_named_with_the_nearest(tmp_path: Path) -> None:
    assert said(tmp_path, ALL.replace("kind: yes-no", "kind: yes-know")) == [
        f'content/surveys/all.yaml:14: "kind" must be one of: {", ".join(KINDS)}; not "yes-know". '
        'Did you mean "yes-no"?'
    ]


def test_an_unknown_kind_in_the_engine_is_never_taken_for_another(tmp_path: Path) -> None:
    survey = loaded(site_with(tmp_path))["all"]
    strange = replace(survey, questions=(replace(survey.questions[0], kind="dance"),))
    body = {"id": str(UlidMaker()()), "survey": "all", "page": "plan", "language": "en"}
    with pytest.raises(KeyError, match="dance"):
        check_answer(
            read_sent(body | {"answers": {strange.questions[0].id: "happy"}}),
            surveys={"all": strange},
            pages={"plan"},
            languages={"en"},
            words_max=100,
        )

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import FeedbackError
from kiosk.feedback.answer.record import KeptAnswer
from kiosk.feedback.report.export import columns, csv_rows, json_texts, safe_cell
from kiosk.feedback.store.private import private_file
from tests.feedback.kept import NOON, new_id

LONDON = ZoneInfo("Europe/London")


def answer(given: dict[str, Any], survey: str = "think", **more: Any) -> KeptAnswer:
    values: dict[str, Any] = {
        "id": new_id(),
        "survey": survey,
        "page": "plan",
        "language": "en",
        "made": NOON,
        "received": NOON + timedelta(seconds=1),
        "answers": given,
    }
    return KeptAnswer(**values | more)


def table(answers: list[KeptAnswer]) -> list[dict[str, str]]:
    text = "".join(csv_rows(answers, columns(answers, {}), LONDON))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def test_one_row_is_one_answer_and_one_column_one_question() -> None:
    one = answer({"feel": "sad", "matters": ("a", "b"), "mat": {"bus": "like", "tea": "dislike"}})
    two = answer({"words": "No, 012"}, "other", cleaned=("phone", "email"), marked="bashing")
    first, second = table([one, two])
    assert first == {
        "id": one.id,
        "survey": "think",
        "page": "plan",
        "language": "en",
        "made": "2026-11-24 12:00:00",
        "received": "2026-11-24 12:00:01",
        "marked": "",
        "cleaned": "",
        "complete": "yes",
        "came": "",
        "other.words": "",
        "think.feel": "sad",
        "think.mat.bus": "like",
        "think.mat.tea": "dislike",
        "think.matters": "a; b",
    }
    assert (second["other.words"], second["think.feel"]) == ("No, 012", "")
    assert (second["cleaned"], second["marked"]) == ("phone; email", "bashing")


def test_a_ready_sentence_is_one_cell_as_own_words_are() -> None:
    one = answer({"words": {"ready": "hard", "words": "It was too hard"}})
    two = answer({"words": "No"})
    assert [row["think.words"] for row in table([one, two])] == ["It was too hard", "No"]
    assert json.loads("".join(json_texts([one])))["answers"][0]["answers"] == one.answers


def test_times_are_those_of_the_site() -> None:
    (row,) = table([answer({}, received=NOON.replace(month=7))])
    assert row["received"] == "2026-07-24 13:00:00"


@pytest.mark.parametrize(
    "words",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\x00=1", "\ufeff=1", "\uff1d1+1"],
)
def test_what_a_spreadsheet_takes_for_a_formula_is_made_plain(words: str) -> None:
    (row,) = table([answer({"words": words})])
    assert row["think.words"].startswith("'")


@given(st.text(max_size=40))
def test_no_cell_begins_like_a_formula_and_no_words_are_lost(words: str) -> None:
    cell = safe_cell(words)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert "".join(cell.lstrip("'").split()) in "".join(words.split()) or not words.isprintable()


def test_a_hostile_question_or_survey_is_made_plain_too() -> None:
    text = "".join(csv_rows(one := [answer({"x": "y"}, "=cmd|'x'!A0")], columns(one, {}), LONDON))
    assert '"=cmd' not in text
    assert text.count("\"'=cmd") == 2


def test_an_answer_of_another_shape_than_its_column_breaks_nothing() -> None:
    mixed = [answer({"q": "x"}), answer({"q": {"a": "b"}}), answer({"q": ("c",)})]
    rows = table(mixed)
    assert [(row["think.q"], row["think.q.a"]) for row in rows] == [("x", ""), ("", "b"), ("c", "")]


def test_json_holds_the_answers_as_they_were_kept() -> None:
    one = answer({"feel": "sad", "matters": ("a", "b"), "mat": {"bus": "like"}, "w": "=1\u202e\n"})
    held = json.loads("".join(json_texts([one, answer({})])))
    assert held["format"] == 1
    assert len(held["answers"]) == 2
    assert held["answers"][0]["answers"] == {
        "feel": "sad", "matters": ["a", "b"], "mat": {"bus": "like"}, "w": "=1\u202e\n",
    }  # fmt: skip
    assert held["answers"][0]["received"] == "2026-11-24T12:00:01+00:00"
    assert json.loads("".join(json_texts([]))) == {"format": 1, "answers": []}


def test_a_private_file_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")

    def stop() -> None:
        with private_file(path) as file:
            file.write(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        stop()
    assert path.read_text() == "old"
    with private_file(path) as file:
        file.write(b"new")
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [path]


def test_a_private_file_that_may_not_replace_another_says_so(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("old")
    with pytest.raises(FeedbackError, match="is there already"), private_file(path, replace=False):
        pass
    with pytest.raises(FeedbackError, match="I cannot write"), private_file(tmp_path / "no" / "x"):
        pass
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]

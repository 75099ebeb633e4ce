"""Words that try to be something else: they come back as they were written, or are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.errors import AnswerRefused, AnswerUnexpected
from kiosk.feedback.answer.answer import Answer, check_answer
from kiosk.feedback.answer.sent import read_sent
from kiosk.feedback.store.reader import read_answer
from kiosk.feedback.store.store import AnswerStore
from kiosk.feedback.survey.survey import Survey
from tests.feedback.surveys import loaded, site_with
from tests.tools.ulids import UlidMaker

MAX = 2000
make = UlidMaker()

# What is sent -> what is kept; one string where both are the same.
KEPT: list[str | tuple[str, str]] = [
    "no", "yes", "null", "~", "true", "012", "1e3", "0x1F", "12:30", "2026-11-24", ".inf", "-",
    "---", "--- a", "...", "!!python/object/apply:os.system ['x']", "!!binary aGk=", "%YAML 1.2",
    "&a", "*a", "<<: *a", "{a: b", "[a, b", "- a\n- b", "? a\n: b", "key: value", "# no comment",
    "a # b", "|", ">-", "@", "`", "'", '"', "''", "\\x41 \\n", "a'b\"c\\d", "a\tb", "a  \n  b",
    "a\n\n\n\nb", "a\n b\n  c", " \n a".strip(), "<script>alert(1)</script>", "'; DROP TABLE x;--",
    "=cmd|' /C calc'!A0", "{{ 7*7 }} ${7*7} %s %n", "../../etc/passwd", "\u202eevil\u202c",
    "\u200dzero\u200bwidth", "\u0645\u062c\u06be\u06d2 \u067e\u0633\u0646\u062f \u06c1\u06d2",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467", "e\u0301\u0327", "a\xa0b", "x" * MAX,
    "\n".join("x" * 1000), "answers:\n  feel: sad\nmarked: bashing",
    ("a\x00b", "ab"), ("a\x07\x1b[2Jb", "a[2Jb"), ("half \ud83d!", "half !"), ("a\x85b", "a\nb"),
    ("a\u2028b\u2029c", "a\nb\nc"), ("a\r\nb\rc", "a\nb\nc"), ("\ufeffa", "a"), ("a\ufffeb", "ab"),
    ("  a  ", "a"), ("\x0ca\x0bb", "a\nb"),
]  # fmt: skip
REFUSED = ["x" * 10_001, "x" * 1_000_000, " ", "\n\n", "\u200b", "\x00", "\u202e", "\ud800"]


@pytest.fixture(scope="module")
def surveys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Survey]:
    return loaded(site_with(tmp_path_factory.mktemp("site")))


def check(surveys: dict[str, Survey], words: Any) -> Answer:
    body = {
        "id": str(make()),
        "survey": "think",
        "page": "plan",
        "language": "en",
        "answers": {"words": words},
    }
    return check_answer(
        read_sent(body), surveys=surveys, pages={"plan"}, languages={"en"}, words_max=MAX
    )


def assert_comes_back(folder: Path, answer: Answer) -> None:
    """The file says the same to any reader of YAML, and to our own."""
    store = AnswerStore(folder)
    assert store.save(answer)
    path = store.path(answer)
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert told["answers"] == dict(answer.answers)
    assert told["format"] == 1
    keys = ["format", "id", "survey", "page", "language", "made", "received", "answers"]
    assert list(told) == ([*keys, "cleaned"] if answer.cleaned else keys)
    assert read_answer(path, path).answers == dict(answer.answers)


def test_there_are_enough_cases() -> None:
    assert len(KEPT) + len(REFUSED) > 60


@pytest.mark.parametrize("case", KEPT, ids=[ascii(one)[:40] for one in KEPT])
def test_hostile_words_stay_words(
    surveys: dict[str, Survey], tmp_path: Path, case: str | tuple[str, str]
) -> None:
    sent, kept = case if isinstance(case, tuple) else (case, case)
    answer = check(surveys, sent)
    assert answer.answers == {"words": kept}
    assert_comes_back(tmp_path, answer)


@pytest.mark.parametrize("words", REFUSED, ids=[ascii(one)[:20] for one in REFUSED])
def test_what_is_too_long_or_cannot_be_seen_is_refused_in_plain_words(
    surveys: dict[str, Survey], words: str
) -> None:
    with pytest.raises(AnswerRefused, match=r"(too long\. Use 10000 letters or fewer|answered)\.$"):
        check(surveys, words)


def test_words_that_are_longer_than_the_site_allows_now_are_unexpected(
    surveys: dict[str, Survey],
) -> None:
    with pytest.raises(AnswerUnexpected):
        check(surveys, "x" * (MAX + 1))


@settings(deadline=None)
@given(words=st.text(st.characters(), min_size=1, max_size=60))
def test_any_words_come_back_or_are_refused(
    surveys: dict[str, Survey], words: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    try:
        answer = check(surveys, words)
    except AnswerRefused:
        return
    assert_comes_back(tmp_path_factory.mktemp("kept"), answer)

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.errors import ContentError
from kiosk.feedback.answer.answer import Answer
from kiosk.feedback.answer.record import FORMAT, KeptAnswer
from kiosk.feedback.answer.sent import Given
from kiosk.feedback.store.reader import read_answer
from kiosk.feedback.store.store import AnswerStore
from tests.feedback.kept import NOON, keep, new_id, path_of, write
from tests.tools.cases import examples
from tests.tools.ulids import UlidMaker

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


def read(path: Path) -> KeptAnswer:
    return read_answer(path, Path(path.name))


def test_every_part_of_an_answer_comes_back(tmp_path: Path) -> None:
    answers: dict[str, Given] = {
        "feel": "happy",
        "matters": ("healthy", "heard"),
        "likes": {"bus": "like", "lunch": "dislike"},
        "words": "Too loud.\nI like the bus.",
    }
    given = answers | {"matters": ["healthy", "heard"]}
    name = keep(tmp_path, given, cleaned=["phone", "email"], marked="bashing")
    assert read(path_of(tmp_path, name)) == KeptAnswer(
        id=name,
        survey="think",
        page="plan",
        language="en",
        made=NOON,
        received=NOON,
        answers=answers,
        cleaned=("phone", "email"),
        marked="bashing",
    )


@pytest.mark.parametrize("words", ["no", "012", "12:30", "~", "null", "1e3", "0x1F", "2026-11-24"])
def test_words_that_yaml_would_turn_into_something_else_stay_words(
    tmp_path: Path, words: str
) -> None:
    name = keep(tmp_path, {"words": words})
    assert read(path_of(tmp_path, name)).answers == {"words": words}
    # As a member of staff might type it, without quotes.
    path = path_of(tmp_path, name)
    path.write_text(path.read_text().replace(f"'{words}'", words))
    read_back = read(path).answers["words"]
    assert read_back == ("" if words in ("~", "null") else words)


def test_a_key_of_a_later_kiosk_is_passed_over(tmp_path: Path) -> None:
    name = keep(tmp_path, weather="rain")
    assert read(path_of(tmp_path, name)).answers == {"feel": "happy"}


@settings(deadline=None, max_examples=examples(60))
@given(words=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80))
def test_what_the_store_writes_is_what_is_read(
    words: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = AnswerStore(tmp_path_factory.mktemp("data"), now=lambda: NOON)
    one = Answer(UlidMaker()(), "think", "plan", "en", {"feel": "happy", "words": words})
    store.save(one)
    kept = read(store.path(one))
    assert (kept.id, kept.answers) == (str(one.id), one.answers)
    assert (kept.made, kept.received) == (one.id.made, NOON)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        (BOMB, 'begin with "*" or "&"'),
        ("[" * 5000, "too many levels"),
        ("x: " + "[a, " * 30_000 + "]" * 30_000, "too many levels"),
        ("- a\n" * 30_000, "too many values"),
        ("format: 1\nformat: 1\n", '"format" is written twice'),
        ("format: !!python/object/apply:os.system [ls]\n", 'begin with "!"'),
        ("format: 1\n---\nformat: 1\n", 'a second "---"'),
        ("format: 1\x00\n", "a hidden character"),
        ("format: 1\n\u202f: \x85\n", "a hidden character"),
        (b"format: 1\nid: \xff\xfe\n", "not UTF-8"),
        (b"\x00" * 100, "a hidden character"),
        ("just words", 'lines of "key: value"'),
        (" " * 3_000_000, "too large"),
        ("format: 1\n\tid: x", "tab"),
        ('a: "\\ud800"\n', ""),
    ],
)
def test_a_hostile_file_is_one_clear_mistake(tmp_path: Path, text: str | bytes, said: str) -> None:
    path = write(tmp_path, new_id(), text)
    with pytest.raises(ContentError) as caught:
        read(path)
    assert said in str(caught.value)
    assert str(caught.value).startswith(f"{path.name}:")


@pytest.mark.parametrize(
    ("good", "bad", "line", "said"),
    [
        ("format: 1", f"format: {FORMAT + 1}", 1, "Was it written by a newer kiosk?"),
        ("survey: think\n", "", 1, '"survey" is missing.'),
        ("feel: happy", "feel: [[happy]]", 9, "An answer is a text, a list of texts"),
        ("feel: happy", "feel: {a: [b]}", 9, "An answer is a text, a list of texts"),
        ("received: '2026-11-24T12:00:00+00:00'", "received: 2026", 7, "not a time"),
        ("'2026-11-24T12:00:00+00:00'", "2026-11-24T12:00:00", 7, "not a time"),
        ("'2026-11-24T12:00:00+00:00'", "0001-01-01T00:00:00+14:00", 7, "not a time"),
    ],
)
def test_each_mistake_has_its_line(
    tmp_path: Path, good: str, bad: str, line: int, said: str
) -> None:
    path = path_of(tmp_path, keep(tmp_path))
    text = path.read_text()
    assert good in text
    path.write_text(text.replace(good, bad))
    with pytest.raises(ContentError, match=f"^{path.name}:{line}: ") as caught:
        read(path)
    assert said in str(caught.value)


def test_a_file_in_the_wrong_place_or_with_the_wrong_id_is_named(tmp_path: Path) -> None:
    path = path_of(tmp_path, keep(tmp_path))
    other = path.with_name(f"{new_id()}.yaml")
    path.rename(other)
    with pytest.raises(ContentError, match="not the one in the name"):
        read(other)
    day = tmp_path / "2026" / "11" / "25"
    day.mkdir()
    moved = other.rename(day / path.name)
    with pytest.raises(ContentError, match="belongs in the folder 2026/11/24"):
        read(moved)


def test_a_link_a_pipe_and_a_folder_are_not_opened(tmp_path: Path) -> None:
    target = path_of(tmp_path, keep(tmp_path))
    for make in (os.mkfifo, os.mkdir, lambda path: path.symlink_to(target)):
        path = path_of(tmp_path, new_id())
        make(path)
        with pytest.raises(ContentError):
            read(path)


@settings(deadline=None, max_examples=examples(300))
@given(data=st.binary(max_size=300))
def test_any_bytes_are_an_answer_or_one_mistake(
    data: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = write(tmp_path_factory.getbasetemp(), "01KAT5Q0000000000000000000", data)
    with pytest.raises(ContentError):
        read(path)

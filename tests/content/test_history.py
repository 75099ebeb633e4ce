"""Versions of pages are kept as they were, in files that people can read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config import Site, load_site
from kiosk.content.history import History, kept, read_kept
from kiosk.errors import PageNotSaved
from tests.tools.sites import tiny_site

NAME = "content/en/about/plan.md"
AT = datetime(2026, 11, 27, 19, 0, tzinfo=UTC)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)
LINES = st.text(st.characters(codec="utf-8"), max_size=20).map(lambda one: " ".join(one.split()))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return load_site(tiny_site(tmp_path))


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=5), LINES, max_size=4), TEXTS)
def test_what_is_kept_is_read_back_letter_by_letter(facts: dict[str, str], text: str) -> None:
    found, page = read_kept(kept(facts, text))
    assert found == {key: value for key, value in facts.items() if value}
    assert page == text


@given(st.binary(max_size=40))
def test_bytes_of_any_kind_are_read_or_refused(data: bytes) -> None:
    try:
        facts, text = read_kept(data)
    except ValueError:
        return
    assert kept(facts, text).endswith(text.encode())


@given(st.lists(st.tuples(TEXTS, st.sampled_from(["Ali", "Bea"])), max_size=5))
def test_versions_come_back_newest_first_and_none_twice_in_a_row(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str]]
) -> None:
    history = History(load_site(tiny_site(tmp_path_factory.mktemp("history"))))
    wanted: list[tuple[str, str]] = []
    for at, (text, by) in enumerate(texts):
        history.keep(NAME, text, why="published", at=AT + timedelta(hours=at), by=by)
        if not wanted or wanted[-1] != (text, by):
            wanted.append((text, by))
    found = [(one.text, one.by) for one in history.versions(NAME)]
    assert found == wanted[::-1]
    assert history.numbers(NAME) == list(range(1, len(wanted) + 1))


def test_a_version_is_a_file_that_says_who_and_when(site: Site) -> None:
    history = History(site)
    history.keep(NAME, "---\ntitle: A\n---\n", why="back", at=AT, by="Bea Green", of=3)
    file = site.content / ".history/en/about/plan/0001.txt"
    assert file.read_text() == (
        "page: content/en/about/plan.md\nby: Bea Green\nat: 2026-11-27T19:00:00+00:00\n"
        "why: back\nof: 3\n\n---\ntitle: A\n---\n"
    )
    assert file.stat().st_mode & 0o077 == 0


def test_a_version_that_somebody_has_spoilt_hides_no_other(site: Site) -> None:
    history = History(site)
    for text in ("one", "two", "three"):
        history.keep(NAME, text, why="published", at=AT)
    folder = site.content / ".history/en/about/plan"
    (folder / "0002.txt").write_bytes(b"\xff")
    (folder / "notes.txt").write_text("mine")
    assert [one.text for one in history.versions(NAME)] == ["three", "one"]
    with pytest.raises(PageNotSaved, match=r"0002\.txt"):
        history.read(NAME, 2)
    with pytest.raises(PageNotSaved, match="no such version"):
        history.read(NAME, 9)
    (folder / "0003.txt").unlink()
    assert history.keep(NAME, "four", why="published", at=AT) == 3


def test_what_is_there_already_is_kept_once(site: Site) -> None:
    history = History(site)
    for text in ("one", "two", "one"):
        history.keep_found(NAME, text, AT)
    assert [(one.text, one.why) for one in history.versions(NAME)] == [
        ("two", "found"),
        ("one", "found"),
    ]

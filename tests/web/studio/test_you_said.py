"""Staff tell visitors what became of what they said, hide it, and show it again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.content.you_said import load_you_said
from kiosk.web.studio.desk import Desk
from tests.web.studio.asking import Answer, Browser

FILE = """\
# What we did.
- symbol: ear
  said: >
    It is too
    loud.
  did: We made a quiet corner.   # at last
  who: The team
  date: 2026-11-01
- {symbol: bus, said: No bus., did: A bus., who: Us, date: 2026-11-02}
"""
NEW = {"said": "The door is heavy.", "did": "We put in a new door.", "who": "Us", "symbol": "door"}


@pytest.fixture
def file(desk: Desk) -> Iterator[Path]:
    path = desk.site.content / "you-said.yaml"
    path.write_text(FILE, newline="\n")
    yield path
    path.unlink()


def seen(desk: Desk) -> list[str]:
    return [one.said for one in load_you_said(desk.site, desk.library.symbols)[0]]


def show(browser: Browser, number: int, said: str, *, shown: bool) -> Answer:
    sent = {"number": number, "said": said, "shown": shown}
    return browser.ask("/studio/you-said-show", sent)


def test_an_entry_is_added_hidden_and_shown_and_all_others_stay_as_they_are(
    bea: Browser, ali: Browser, desk: Desk, file: Path
) -> None:
    assert bea.ask("/studio/you-said-add", NEW).status == 403
    assert file.read_text() == FILE
    told: Any = ali.ask("/studio/you-said-add", NEW).told
    assert told["entries"][0]["said"] == NEW["said"]
    assert file.read_text().startswith(FILE)
    assert NEW["said"] in seen(desk)
    added = file.read_text()
    assert bea.ask("/studio/you-said").told["entries"] == told["entries"]
    assert show(bea, 2, NEW["said"], shown=False).status == 403
    assert show(ali, 2, NEW["said"], shown=False).status == 200
    assert NEW["said"] not in seen(desk)
    assert show(ali, 2, NEW["said"], shown=True).status == 200
    assert NEW["said"] in seen(desk)
    old = "  said: The door"
    assert file.read_text() == added.replace(old, f"  status: ready\n{old}")
    loud = told["entries"][-1]
    assert show(ali, 0, loud["said"], shown=False).status == 200
    assert len(seen(desk)) == 2
    assert "  # at last\n" in file.read_text()


def test_what_cannot_be_told_or_hidden_is_refused_and_changes_nothing(
    ali: Browser, file: Path
) -> None:
    for wrong in ({"said": " "}, {"who": "x" * 101}, {"symbol": "no such picture"}):
        assert ali.ask("/studio/you-said-add", {**NEW, **wrong}).status == 422
    assert show(ali, 1, "No bus.", shown=False).status == 422, "It is written in one line."
    assert show(ali, 0, "Another one.", shown=False).status == 409
    assert show(ali, 7, "x", shown=False).status == 409
    assert file.read_text() == FILE

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.content.you_said import TO_WRITE, YouSaid, load_you_said
from kiosk.errors import ContentError
from kiosk.symbols import SymbolBook
from tests.tools.sites import tiny_site

ROOT = Path(__file__).resolve().parents[2]
GOOD = """\
- symbol: ear
  said: The voice is too quick.
  did: We made it slower.
  who: The SEND team
  date: 2026-11-01
- symbol: house
  said: It is too loud.
  did: We made a quiet corner.
  who: The library
  date: 2026-12-01
"""


def load(tmp_path: Path, text: str) -> tuple[tuple[YouSaid, ...], tuple[ContentError, ...]]:
    site = load_site(tiny_site(tmp_path, {"content/you-said.yaml": text}))
    return load_you_said(site, SymbolBook(site))


def test_entries_are_read_with_the_newest_first(tmp_path: Path) -> None:
    entries, problems = load(tmp_path, GOOD)
    assert problems == ()
    assert [(one.said, one.did, one.who, f"{one.day}") for one in entries] == [
        ("It is too loud.", "We made a quiet corner.", "The library", "2026-12-01"),
        ("The voice is too quick.", "We made it slower.", "The SEND team", "2026-11-01"),
    ]
    assert [(one.symbol.name, one.line) for one in entries] == [("house", 6), ("ear", 1)]


def test_a_draft_is_not_shown_and_its_mistakes_are_named(tmp_path: Path) -> None:
    text = GOOD.replace("date: 2026-12-01", "date: 2026-12-01\n  status: draft")
    entries, problems = load(tmp_path, text)
    assert [one.who for one in entries] == ["The SEND team"]
    assert problems == ()
    _, problems = load(tmp_path, text.replace("symbol: house", "symbol: hause"))
    assert ':6: I do not know the picture "hause".' in str(problems[0])


def test_an_entry_that_nobody_has_finished_is_not_shown(tmp_path: Path) -> None:
    entries, problems = load(tmp_path, GOOD.replace("We made it slower.", f"{TO_WRITE}."))
    assert [one.who for one in entries] == ["The library"]
    assert ':1: "did" is not written yet.' in str(problems[0])


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("  who: The library\n", "", ':6: "who" is missing.'),
        ("did: We made it slower.", "did:", ':3: "did" is empty.'),
        ("date: 2026-12-01", "date: soon", ':10: "soon" is not a date.'),
        ("who: The library", "whom: The library", "I do not know the key"),
        ("date: 2026-12-01", "date: 2026-12-01\n  status: drafd", 'Did you mean "draft"?'),
    ],
)
def test_a_slip_is_named_with_its_line_and_takes_no_other_entry_with_it(
    tmp_path: Path, good: str, bad: str, said: str
) -> None:
    entries, problems = load(tmp_path, GOOD.replace(good, bad))
    assert len(entries) == 1
    assert any(said in str(one) for one in problems)


def test_the_file_that_comes_with_the_site_shows_nothing_and_its_example_is_good(
    tmp_path: Path,
) -> None:
    text = (ROOT / "content" / "you-said.yaml").read_text(encoding="utf-8")
    assert load(tmp_path, text) == ((), ())
    example = "".join(f"{line[2:]}\n" for line in text[text.index("# - symbol") :].splitlines())
    entries, problems = load(tmp_path, example)
    assert problems == ()
    assert len(entries) == 1

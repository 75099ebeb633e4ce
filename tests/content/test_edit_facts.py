"""One fact of a page is changed; all else at the start of the page stays as it is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.content.edit import BOM
from kiosk.content.edit_facts import with_fact
from kiosk.located import parse_yaml

PAGE = """\
---
# what is known
title:   "The \\"plan\\""   # as people say it
symbol: memo
source: >
  The tests,
  and others
checked_by:

# when
status: 'draft'  # not yet
---
:memo: title: no fact
"""
TYPED = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=40)


def facts(text: str) -> dict[str, str]:
    head = text.removeprefix(BOM).split("---")[1]
    read = parse_yaml(head, shown=Path()).value
    assert isinstance(read, dict)
    return {key: str(one.value).strip() for key, one in read.items()}


@pytest.mark.parametrize(
    ("key", "value", "old", "new"),
    [
        ("title", "Our plan", '   "The \\"plan\\""   #', "   Our plan   #"),
        ("title", "Why: a plan", '   "The \\"plan\\""   #', '   "Why: a plan"   #'),
        ("source", "A book", ": >\n  The tests,\n  and others\n", ": A book\n"),
        ("checked_by", "Ali", "checked_by:\n", "checked_by: Ali\n"),
        ("status", "ready", "'draft'", "ready"),
        ("symbol", "", "symbol: memo", "symbol:"),
        ("contact", "#1", "# not yet\n", '# not yet\ncontact: "#1"\n'),
    ],
)
def test_a_fact_is_changed_in_its_place(key: str, value: str, old: str, new: str) -> None:
    assert with_fact(PAGE, key, value) == PAGE.replace(old, new, 1)
    windows = BOM + PAGE.replace("\n", "\r\n")
    wanted = BOM + PAGE.replace(old, new, 1).replace("\n", "\r\n")
    assert with_fact(windows, key, value) == wanted


@given(st.sampled_from(["title", "symbol", "source", "checked_by", "status", "contact"]), TYPED)
def test_what_was_typed_is_read_back_and_all_other_facts_stay(key: str, value: str) -> None:
    after = with_fact(PAGE, key, value)
    assert facts(after) == {**facts(PAGE), key: " ".join(value.split())}
    assert after.count("#") >= PAGE.count("#")


def test_a_text_without_facts_stays_as_it_is() -> None:
    assert with_fact(":memo: words\n", "title", "x") == ":memo: words\n"

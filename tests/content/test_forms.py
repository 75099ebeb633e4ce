"""A word is looked up by its plural and other simple forms."""

from __future__ import annotations

import pytest

from kiosk.content.forms import base_forms


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("outcomes", "outcome"),
        ("learning disabilities", "learning disability"),
        ("boxes", "box"),
        ("inspected", "inspect"),
        ("agreed", "agree"),
        ("planning", "plan"),
        ("planned", "plan"),
        ("making", "make"),
        ("carried", "carry"),
        ("community's", "community"),
        ("parents'", "parent"),
    ],
)
def test_a_form_leads_to_its_word(word: str, base: str) -> None:
    assert base in base_forms(word, "en")


@pytest.mark.parametrize("word", ["class", "bus", "this", "need", "bring", "red"])
def test_a_word_that_only_looks_like_a_form_stays(word: str) -> None:
    assert base_forms(word, "en") == [word]


def test_another_language_has_no_forms() -> None:
    assert base_forms("plans", "pl") == []
    assert base_forms("plans", "en-GB") == ["plans", "plan"]

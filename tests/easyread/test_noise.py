"""The checker speaks little of professional easy read, and much of ordinary council prose."""

from __future__ import annotations

from kiosk.config import EasyRead
from tests.easyread.noise import measure, sentence_lengths

MOST_FINDINGS = 1.5  # in 100 words of professional easy read
MOST_ERRORS = 0.3
FEWEST_FINDINGS = 12  # in 100 words of council prose


def test_professional_easy_read_is_nearly_left_in_peace() -> None:
    noise = measure("professional")
    assert noise.findings <= MOST_FINDINGS
    assert noise.errors <= MOST_ERRORS


def test_council_prose_is_not() -> None:
    assert measure("council").findings >= FEWEST_FINDINGS


def test_strict_says_more_of_both() -> None:
    strict = EasyRead().strictly()
    assert measure("professional", strict).findings > 2 * MOST_FINDINGS
    assert measure("council", strict).findings >= FEWEST_FINDINGS


def test_a_third_of_the_professional_sentences_is_long() -> None:
    lengths = sentence_lengths()
    assert sum(13 <= one <= 20 for one in lengths) >= len(lengths) / 3

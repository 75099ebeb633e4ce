"""Whatever stands in a page, the checker gives located errors, and soon."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.easyread.damage import PIECES, Damaged
from tests.easyread.sites import FACTS
from tests.tools.cases import mostly_drill

MOST_SECONDS = 1.0  # of the processor, for one page
LONG = (
    "(",
    "9",
    "9 ",
    "1,234",
    "a.",
    "e.g. ",
    "www.",
    "a@a",
    "...",
    "!",
    "is ",
    "A ",
    "<i>",
    "[a](",
)


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Damaged:
    made = Damaged(tmp_path_factory.mktemp("damaged"))
    made.check_text(FACTS)  # loads the lists of words
    return made


@pytest.mark.parametrize("pages", mostly_drill([200, 1000], 200))
def test_damaged_pages_give_located_errors_soon(damaged: Damaged, pages: int) -> None:
    for seed in range(pages):
        begins = time.process_time()
        damaged.check(seed)
        assert time.process_time() - begins < MOST_SECONDS, seed


@given(
    facts=st.lists(st.sampled_from([*PIECES, *FACTS.splitlines(keepends=True)]), max_size=12),
    body=st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=30)), max_size=30),
    whole=st.booleans(),
)
def test_any_text_gives_located_errors(
    damaged: Damaged, facts: list[str], body: list[str], whole: bool
) -> None:
    damaged.check_text((FACTS if whole else "".join(facts)) + ":heart: " + "".join(body))


@pytest.mark.parametrize("piece", LONG)
def test_a_line_of_10000_letters_does_not_keep_the_checker_busy(
    damaged: Damaged, piece: str
) -> None:
    begins = time.process_time()
    damaged.check_text(FACTS + ":heart: " + piece * (9900 // len(piece)) + "\n")
    assert time.process_time() - begins < MOST_SECONDS

"""Two texts of a page are compared idea by idea."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.editor.changes import Change, changes
from tests.tools.sites import PLAN

HEAD, FIRST, SECOND = (
    PLAN[: PLAN.index(":memo:")],
    ":memo: An EHCP is a plan for your support.\n\n",
    ':rainbow = "A rainbow after the rain": Things can get better.\n',
)
THIRD = ":bus: We go by bus.\nIt is red.\n\n"


def told(now: str, was: str = HEAD + FIRST + SECOND) -> list[tuple[str, int]]:
    def how(one: Change) -> str:
        if one.is_moved:
            return "moved"
        return "new" if one.was is None else "gone" if one.now is None else "changed"

    return [(how(one), one.number) for one in changes(was, now, ()).cards]


def test_ideas_that_are_new_gone_changed_or_moved_are_told_apart() -> None:
    assert told(HEAD + FIRST + SECOND) == []
    assert told(HEAD + FIRST + THIRD + SECOND) == [("new", 2)]
    assert told(HEAD + SECOND) == [("gone", 1)]
    assert told(HEAD + FIRST.replace("support", "help") + SECOND) == [("changed", 1)]
    assert told(HEAD + FIRST.replace("memo", "bus") + SECOND) == [("changed", 1)]
    assert told(HEAD + FIRST + "# About\n\n" + SECOND) == [("new", 1)]
    assert told(HEAD + SECOND + "\n" + FIRST) == [("moved", 1)]
    assert told(HEAD + FIRST.replace(FIRST, THIRD) + SECOND) == [("new", 1), ("gone", 1)]


def test_only_the_words_that_differ_are_marked() -> None:
    (one,) = changes(HEAD + FIRST, HEAD + FIRST.replace("support", "help"), ()).cards
    assert one.was is not None
    assert one.now is not None
    for side, words in ((one.was, "support."), (one.now, "help.")):
        ((_, line),) = side.lines
        assert [part.text for part in line if part.is_new] == [words]
        assert "".join(part.text for part in line).startswith("An EHCP is a plan for your ")
        assert not side.is_new


def test_what_visitors_do_not_see_is_told_as_something_else() -> None:
    found = changes(HEAD + FIRST, HEAD.replace("---\n", "---\n# a note\n", 1) + FIRST, ())
    assert (found.cards, found.same, found.is_else) == ((), 1, True)
    assert not changes(PLAN, PLAN, ()).is_else


CARDS = st.lists(st.sampled_from([FIRST, SECOND + "\n", THIRD, "# About\n\n", "\n"]), max_size=6)


@given(CARDS, CARDS)
def test_nothing_is_left_out(was: list[str], now: list[str]) -> None:
    """Every idea of both texts is the same, or told once."""

    def count(cards: list[str]) -> int:
        return sum(one != "\n" for one in cards)

    found = changes(HEAD + "".join(was), HEAD + "".join(now), ())
    assert found.same + sum(one.was is not None for one in found.cards) == count(was)
    assert found.same + sum(one.now is not None for one in found.cards) == count(now)

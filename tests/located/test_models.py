"""Located values in a pydantic model."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from kiosk.errors import ContentError
from kiosk.located import (
    Mistake,
    Read,
    check,
    did_you_mean,
    parse_yaml,
    validate,
    validate_each,
)

SHOWN = Path("page.md")


def no_luck(value: str) -> str:
    if value == "13":
        raise Mistake("Thirteen is unlucky.", "Use 12.")
    return value


class Button(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str
    colour: Literal["blue", "pink"] = "blue"


class Facts(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: Annotated[str, Field(min_length=1, max_length=10), AfterValidator(no_luck)]
    order: Annotated[int, Field(ge=0, le=9)] = 0
    day: date | None = None
    buttons: Annotated[tuple[Button, ...], Field(max_length=2)] = ()


def mistakes(text: str) -> list[str]:
    with pytest.raises(ExceptionGroup) as caught:
        validate(Facts, parse_yaml(text, shown=SHOWN), shown=SHOWN)
    assert all(isinstance(one, ContentError) for one in caught.value.exceptions)
    return [str(one) for one in caught.value.exceptions]


def test_a_good_file_becomes_the_model() -> None:
    facts = validate(Facts, parse_yaml("title: A\norder: 3\n", shown=SHOWN), shown=SHOWN)
    assert (facts.title, facts.order) == ("A", 3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("order: 1", 'page.md:1: "title" is missing.'),
        ("title: A\nordr: 1", 'page.md:2: I do not know the key "ordr". Did you mean "order"?'),
        (
            "title: A\nzzz: 1",
            'page.md:2: I do not know the key "zzz". You can use: title, order, day, buttons.',
        ),
        ("title:", 'page.md:1: "title" is empty.'),
        ("title: 12345678901", 'page.md:1: "title" is too long: 10 letters is the most.'),
        ("title: [a]", 'page.md:1: "title" must be words.'),
        (
            "title: A\norder: x",
            'page.md:2: "order" must be a whole number, not "x". Write it in digits, such as 9.',
        ),
        ("title: A\norder: 10", 'page.md:2: "order" must be 9 or less, not "10".'),
        ("title: A\norder: -1", 'page.md:2: "order" must be 0 or more, not "-1".'),
        ("title: A\norder:", 'page.md:2: "order" is empty.'),
        ("title: A\nday: soon", 'page.md:2: "day" must be a date such as 2026-11-23, not "soon".'),
        ("title: 13", "page.md:1: Thirteen is unlucky. Use 12."),
        ("title: A\nbuttons: B", 'page.md:2: "buttons" must be a list, not "B".'),
        (
            "title: A\nbuttons:\n  - title: B\n    colour: blu",
            'page.md:4: "colour" must be one of: blue, pink; not "blu". Did you mean "blue"?',
        ),
        (
            "title: A\nbuttons:\n  - title: B\n  - B",
            'page.md:4: Item 2 of "buttons" must be lines of "key: value", not "B".',
        ),
        (
            "title: A\nbuttons:\n  - titel: B\n    title: B",
            'page.md:3: I do not know the key "titel". Did you mean "title"?',
        ),
        (
            "title: A\nbuttons: [{title: A}, {title: A}, {title: A}]",
            'page.md:2: "buttons" has too many items: 2 is the most.',
        ),
        ("words", 'page.md:1: This file must be lines of "key: value", not "words".'),
    ],
)
def test_each_mistake_is_said_in_plain_words_at_its_line(text: str, said: str) -> None:
    assert mistakes(text) == [said]


def test_all_mistakes_come_at_once_in_the_order_of_their_lines() -> None:
    found = mistakes("order: x\nday: y\nbuttons:\n  - colour: red\n")
    assert [int(one.split(":")[1]) for one in found] == [1, 1, 2, 4, 4]


def test_what_is_wrong_can_be_returned_too_all_of_it_and_in_order() -> None:
    node = parse_yaml("order: x\ntitel: A\n", shown=SHOWN)
    value, problems = check(Facts, node, shown=SHOWN)
    assert value is None
    assert [str(one) for one in problems] == mistakes("order: x\ntitel: A\n")
    assert [one.line for one in problems] == sorted(one.line for one in problems)
    assert check(Facts, parse_yaml("title: A", shown=SHOWN), shown=SHOWN) == Read(Facts(title="A"))


def test_one_bad_entry_leaves_the_others() -> None:
    text = "a: {title: A}\nb: {titl: B}\nc: C\n"
    good, wrong = validate_each(Button, parse_yaml(text, shown=SHOWN), shown=SHOWN)
    assert list(good) == ["a"]
    assert [str(one) for one in wrong] == [
        'page.md:2: "title" is missing.',
        'page.md:2: I do not know the key "titl". Did you mean "title"?',
        'page.md:3: "c" must be lines of "key: value", not "C".',
    ]


def test_a_list_where_entries_belong_is_one_message() -> None:
    node = parse_yaml("- a", shown=SHOWN)
    good, wrong = validate_each(Button, node, shown=SHOWN, name='"explain"')
    assert not good
    assert [str(one) for one in wrong] == ['page.md:1: "explain" must be lines of "key: value".']


def test_a_name_that_is_near_is_suggested_whatever_its_capitals() -> None:
    assert did_you_mean("HART", ["Heart", "sun"]) == ("Heart",)
    assert did_you_mean("qqqq", ["heart", "sun"]) == ()

"""What was agreed is read as it was written, and nothing is heard without it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import RecordingRefused
from kiosk.recorded.consent import (
    FILE,
    LONGEST_NAME,
    ROLES,
    USES,
    Consent,
    checked,
    in_order,
    read_consent,
)

DAY = date(2026, 11, 26)
NAMES = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=LONGEST_NAME)


@given(
    by=NAMES,
    role=st.sampled_from(ROLES),
    until=st.none() | st.integers(0, 4000).map(lambda days: DAY + timedelta(days)),
    uses=st.sets(st.sampled_from(USES), min_size=1).map(in_order),
)
def test_what_is_written_is_what_is_read_whatever_somebody_is_called(
    tmp_path_factory: pytest.TempPathFactory, by: str, role: str, until: date | None, uses: object
) -> None:
    consent = Consent(by, DAY, role, until, uses)  # type: ignore[arg-type]
    folder = tmp_path_factory.mktemp("voice")
    (folder / FILE).write_text(consent.text(), encoding="utf-8")
    assert read_consent(folder, Path("safe.voice")) == (consent, ())


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("by: Amira\nagreed: 2026-11-26\nagreed_by: Mrs Khan\n", 3, "must be one of: myself"),
        ("by: Amira\nagreed: last week\nagreed_by: parent\n", 2, "is not a date"),
        ("by: Amira\nagreed_by: parent\n", 1, '"agreed" is missing'),
        ("by:\nagreed: 2026-11-26\nagreed_by: parent\n", 1, '"by" is empty'),
        (
            "by: Amira\nagreed: 2026-11-26\nagreed_by: parent\nfor: [radio]\n",
            4,
            "screen, web, book",
        ),
        (
            "by: A\nagreed: 2026-11-26\nagreed_by: carer\nuntil: 2026-01-01\n",
            1,
            '"until" is before',
        ),
    ],
)
def test_a_mistake_in_what_was_agreed_is_named_and_nobody_is_heard(
    tmp_path: Path, text: str, line: int, problem: str
) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    consent, problems = read_consent(tmp_path, Path("safe.voice"))
    assert consent is None
    assert (problems[0].path, problems[0].line) == (Path("safe.voice/voice.yaml"), line)
    assert problem in str(problems[0])


def test_a_voice_is_heard_from_the_day_on_to_the_last_one_and_only_where_that_was_agreed() -> None:
    consent = Consent("Amira", DAY, "parent", DAY + timedelta(30), ("screen", "book"))
    heard = [not consent.why_not("screen", DAY + timedelta(days)) for days in (-1, 0, 30, 31)]
    assert heard == [False, True, True, False]
    assert consent.why_not("web", DAY) == "It is not agreed for the copy for phones and websites."
    assert not consent.why_not("book", DAY)


def test_what_no_file_may_say_is_refused_before_it_is_written() -> None:
    with pytest.raises(RecordingRefused, match="first name"):
        checked(Consent("A" * (LONGEST_NAME + 1), DAY, "myself"))
    with pytest.raises(RecordingRefused, match="before"):
        checked(Consent("Amira", DAY, "myself", DAY - timedelta(1)))

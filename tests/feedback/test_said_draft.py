from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.config import Site, load_site
from kiosk.content.you_said import load_you_said
from kiosk.errors import ContentError, FeedbackError
from kiosk.feedback.answer.record import KeptAnswer
from kiosk.feedback.answer.sent import Given
from kiosk.feedback.report.said_draft import Draft, append, draft
from kiosk.feedback.survey.survey import load_surveys
from kiosk.symbols import SymbolBook
from tests.content.test_you_said import GOOD
from tests.feedback.kept import NOON, new_id
from tests.feedback.test_report import MORE
from tests.tools.cases import examples
from tests.tools.sites import tiny_site

TODAY = date(2026, 11, 24)


def answer(survey: str = "think", **answers: Given) -> KeptAnswer:
    return KeptAnswer(new_id(), survey, "plan", "en", NOON, NOON, answers)


def place(tmp_path: Path, said: str | None = None) -> Site:
    return load_site(
        tiny_site(tmp_path, {"content/surveys/more.yaml": MORE, "content/you-said.yaml": said})
    )


def begin(site: Site, *answers: KeptAnswer, quote: bool = False) -> Draft:
    surveys, _ = load_surveys(site, SymbolBook(site))
    return draft(answers, site, surveys, TODAY, quote=quote)


def entry(made: Draft) -> dict[str, str]:
    (one,) = yaml.safe_load(made.text)
    return {key: str(value) for key, value in one.items()}


def test_a_draft_counts_what_was_chosen_and_keeps_words_private(tmp_path: Path) -> None:
    answers = (
        answer(feel="sad", words="My son Sam was afraid"),
        answer(feel="sad"),
        answer(feel="happy"),
        answer("more", matters=("heard",), likes={"bus": "like"}),
    )
    made = begin(place(tmp_path), *answers)
    assert entry(made) == {
        "symbol": "speech balloon",
        "said": (
            "How do you feel about this page? Happy (1), Sad (2). "
            "What matters most? I want to be heard (1). What do you like? The bus: I like it (1)."
        ),
        "did": "Write here what you did.",
        "who": "Write here who did it",
        "date": "2026-11-24",
        "status": "draft",
    }
    assert made.words == ("My son Sam was afraid",)
    assert "Sam" not in made.text
    for one in answers:
        assert one.id[-6:] not in made.text


def test_people_are_quoted_only_when_staff_ask_for_it(tmp_path: Path) -> None:
    made = begin(place(tmp_path), answer(words="Too loud:\n- no # way"), quote=True)
    assert entry(made)["said"] == '"Too loud: - no # way"'
    made = begin(place(tmp_path), answer(words="Too loud"))
    assert entry(made)["said"] == "Write here what was said."


@pytest.mark.parametrize(
    "before",
    [
        None,
        "",
        "# Only a comment, without an end of line",
        GOOD,
        GOOD.rstrip("\n"),
        GOOD.replace("\n", "\r\n"),
        "\ufeff" + GOOD,
        "# Note\n\n" + "".join(f"    {line}\n" for line in GOOD.splitlines()) + "\n# The end\n",
        GOOD.replace("It is too loud.", "|\n    It is\n    too loud."),
        GOOD + "\n\n\n",
    ],
)
def test_a_draft_is_added_and_nothing_else_is_changed(tmp_path: Path, before: str | None) -> None:
    site = place(tmp_path)
    path = site.content / "you-said.yaml"
    if before is not None:
        path.write_bytes(before.encode())
        path.chmod(0o640)
    symbols = SymbolBook(site)
    shown, wrong = load_you_said(site, symbols)
    made = begin(site, answer(feel="sad"))
    line = append(site, symbols, made.text)
    after = path.read_bytes().decode()
    assert after.startswith(before or "")
    assert ("\r\n" in after) == ("\r\n" in (before or ""))
    assert after.splitlines()[line - 1].strip().startswith("- symbol: ")
    assert load_you_said(site, symbols) == (shown, wrong) == (shown, ())
    path.write_bytes(after.encode().replace(b"status: draft", b"status: ready"))
    assert "is not written yet" in str(load_you_said(site, symbols)[1][0])
    path.write_bytes(after.encode().replace(b"Write here", b"We know").replace(b"draft", b"ready"))
    finished, wrong = load_you_said(site, symbols)
    assert (len(finished), wrong) == (len(shown) + 1, ())
    assert [one.name for one in site.content.iterdir() if one.name.startswith(".")] == []
    if before is not None:
        assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    "before", ["[]\n", "[{said: x}]\n", "said: x\n", "just words\n", GOOD + "...\n"]
)
def test_a_file_of_another_form_is_left_alone_and_the_lines_are_given(
    tmp_path: Path, before: str
) -> None:
    site = place(tmp_path, before)
    made = begin(site, answer(feel="sad"))
    with pytest.raises(FeedbackError, match="I cannot add to content/you-said") as caught:
        append(site, SymbolBook(site), made.text)
    assert str(caught.value).endswith(made.text)
    assert (site.content / "you-said.yaml").read_text() == before


def test_a_file_with_a_mistake_is_left_alone_and_its_line_is_named(tmp_path: Path) -> None:
    before = GOOD + "  : x: y\n"
    site = place(tmp_path, before)
    with pytest.raises(ContentError, match=r"content/you-said\.yaml:11: "):
        append(site, SymbolBook(site), begin(site, answer(feel="sad")).text)
    assert (site.content / "you-said.yaml").read_text() == before


@settings(deadline=None, max_examples=examples(60))
@given(words=st.text(max_size=1200))
def test_no_words_break_the_file(words: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    site = place(tmp_path_factory.mktemp("site"), GOOD)
    symbols = SymbolBook(site)
    made = begin(site, answer(words=words, feel="sad"), quote=True)
    append(site, symbols, made.text)
    entries, wrong = load_you_said(site, symbols)
    assert (len(entries), wrong) == (2, ())


def test_a_file_that_changes_meanwhile_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = place(tmp_path, GOOD)
    path = site.content / "you-said.yaml"
    monkeypatch.setattr("os.fsync", lambda _: path.write_text(GOOD + "# Mine\n"))
    with pytest.raises(FeedbackError, match="Somebody has just changed"):
        append(site, SymbolBook(site), begin(site, answer(feel="sad")).text)
    assert path.read_text() == GOOD + "# Mine\n"
    assert [one.name for one in site.content.iterdir() if one.name.startswith(".")] == []

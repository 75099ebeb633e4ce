"""Staff read, take away and delete in the studio what visitors have said."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from kiosk.config import load_site
from kiosk.feedback.answer.receipt import receipt_of
from kiosk.feedback.answer.ulid import parse
from kiosk.feedback.store.shelf import folder_of
from kiosk.web.studio.desk import Desk
from tests.feedback.kept import NOON, keep, new_id, path_of
from tests.tools.axe import axe
from tests.tools.visit import LAPTOP, OpenVisit
from tests.web.studio.asking import Browser
from tests.web.studio.staff import NAME, SECONDS, SMALL, StartStudio, sign_in

SAID = '=SUM("a") is good'


@pytest.fixture
def answers(desk: Desk) -> Iterator[list[str]]:
    folder = folder_of(desk.site)
    made = [
        keep(folder, {"feel": "happy", "words": SAID}),
        keep(folder, {"feel": "sad"}, page="people", at=NOON + timedelta(days=2)),
        keep(folder, {"feel": "happy"}, language="pl", at=NOON + timedelta(days=3)),
    ]
    yield made
    shutil.rmtree(folder)


@pytest.mark.usefixtures("answers")
def test_answers_are_counted_as_the_command_counts_them_and_by_page_language_and_day(
    bea: Browser,
) -> None:
    def happy(asked: str) -> list[str]:
        (survey,) = bea.ask(f"/studio/answers?{asked}").told["surveys"]
        rows = survey["questions"][0]["parts"][0]["rows"]
        return [row["told"] for row in rows if row["words"] in ("Happy", "Sad")]

    told = bea.ask("/studio/answers").told
    (survey,) = told["surveys"]
    assert survey["title"] == "Tell us what you think"
    assert survey["summary"] == "3 answers."
    assert survey["questions"][1]["said"][0]["words"] == SAID
    assert {key: [one["id"] for one in some] for key, some in told["choices"].items()} == {
        "survey": ["think"],
        "page": ["people", "plan"],
        "language": ["en", "pl"],
    }
    assert [one["title"] for one in told["choices"]["page"]] == ["The people here", "Your plan"]
    assert [one["title"] for one in told["choices"]["language"]] == ["English", "Polish"]
    assert happy("") == ["2 (67%)", "1 (33%)"]
    assert happy("page=people") == ["0 (0%)", "1 (100%)"]
    assert happy("language=pl") == ["1 (100%)", "0 (0%)"]
    assert happy("first=2026-11-25&last=2026-11-26") == ["0 (0%)", "1 (100%)"]
    assert bea.ask("/studio/answers?survey=none").told["surveys"][0]["summary"].startswith("0")
    for wrong in ("first=tomorrow", "first=2026-11-26&last=2026-11-25"):
        assert bea.ask(f"/studio/answers?{wrong}").status == 422


@pytest.mark.usefixtures("answers")
def test_answers_are_taken_away_as_files_in_which_nothing_is_a_formula(bea: Browser) -> None:
    table = bea.ask("/studio/answers.csv?page=plan")
    assert table.headers["content-disposition"].startswith('attachment; filename="answers-')
    _, *rows = csv.reader(io.StringIO(table.body.decode("utf-8-sig")))
    assert len(rows) == 2
    assert f"'{SAID}" in rows[0]
    told = json.loads(bea.ask("/studio/answers.json").body)
    assert len(told["answers"]) == 3
    assert bea.ask("/studio/answers.exe").status == 404


def test_an_answer_is_deleted_by_its_code_after_it_was_looked_at(
    bea: Browser, desk: Desk, answers: list[str]
) -> None:
    code = receipt_of(parse(answers[0])).code
    file = path_of(folder_of(desk.site), answers[0])
    one = bea.ask("/studio/answer-delete", {"code": code}).told
    assert (one["state"], len(one["found"])) == ("one", 1)
    assert file.exists()
    sure = {"code": code.lower(), "sure": True}
    assert bea.ask("/studio/answer-delete", sure).told["state"] == "deleted"
    assert not file.exists()
    assert bea.ask("/studio/answer-delete", sure).told["state"] == "gone"
    assert bea.ask("/studio/answers").told["surveys"][0]["summary"] == "2 answers."
    assert bea.ask("/studio/answer-delete", {"code": "../x"}).status == 422
    other = receipt_of(parse(new_id())).code
    assert bea.ask("/studio/answer-delete", {"code": other}).told["state"] == "none"


@pytest.mark.drill
def test_staff_look_at_answers_and_delete_one_in_a_browser(
    visit: OpenVisit, studio: StartStudio, tmp_path: Path
) -> None:
    server = studio()
    folder = folder_of(load_site(tmp_path / "site", tmp_path / "data"))
    answer = keep(folder, {"feel": "happy", "words": SAID})
    keep(folder, {"feel": "sad"}, page="people")
    person = visit(LAPTOP)
    page = person.go(server.url)
    sign_in(page)
    page.get_by_role("link", name="Answers", exact=True).click()
    expect(page.get_by_role("heading", name="Tell us what you think")).to_be_visible(
        timeout=SECONDS
    )
    assert axe(page) == []
    assert page.evaluate(SMALL) == []
    page.get_by_label("Page", exact=True).select_option("people")
    expect(page.get_by_text("1 answer.", exact=True)).to_be_visible(timeout=SECONDS)
    page.get_by_label("Page", exact=True).select_option("")
    page.get_by_role("button", name="Delete an answer by its code").click()
    page.get_by_label("The code").fill(receipt_of(parse(answer)).code)
    page.get_by_role("button", name="Find it").click()
    expect(page.get_by_role("alert")).to_contain_text("2026-11-24", timeout=SECONDS)
    assert axe(page) == []
    page.get_by_role("button", name="Delete it for ever").click()
    expect(page.get_by_role("alert")).to_have_text(re.compile("^It is deleted"), timeout=SECONDS)
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_text(SAID)).to_have_count(0, timeout=SECONDS)
    page.goto(f"{server.url}/#/{NAME}")
    expect(page.get_by_role("heading", name="Idea 1")).to_be_visible(timeout=SECONDS)

"""What questions are answered with: each kind of question has its control, on both sides."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.feedback.survey.kinds import KINDS
from kiosk.feedback.survey.survey import load_surveys
from kiosk.screen.document import FOLDER, head_of_files
from kiosk.screen.interface_words import interface_of
from kiosk.screen.screens import templates
from kiosk.screen.surveys import add_survey
from kiosk.symbols import SymbolBook
from tests.screen.test_interface import OTHERS
from tests.screen.test_render import screen_of
from tests.tools.person import opened, press
from tests.tools.server import StartKiosk
from tests.tools.sites import tiny_site
from tests.tools.visit import OpenVisit

CONTROLS = {kind.control for kind in KINDS.values()}
MODULES = sorted((FOLDER / "survey" / "controls").iterdir())


def test_every_control_of_a_kind_is_a_module_of_its_name_and_no_other_is_there() -> None:
    declared = {
        one.name: re.findall(r'^declare\("([^"]*)"', one.read_text(encoding="utf-8"), re.MULTILINE)
        for one in MODULES
    }
    assert declared == {f"{name}.js": [name] for name in CONTROLS}


def test_every_control_of_a_kind_is_a_template_and_no_other_is_there() -> None:
    found = {one for one in templates.list_templates() if one.startswith("controls/")}
    assert found == {f"controls/{name}.html" for name in CONTROLS}


@pytest.mark.parametrize("code", ["en", *OTHERS])
def test_who_goes_on_without_an_answer_is_told_so_in_each_language(code: str) -> None:
    words = interface_of(code).words
    assert {kind.please for kind in KINDS.values()} - words.keys() == set()


@pytest.mark.parametrize("entry", ["main.js", "copy.js"])
def test_the_screen_begins_when_every_control_is_known(entry: str) -> None:
    begun = re.findall(r'<script type="module" src="screen/([^"]+)"', head_of_files(entry))
    ahead = ["host/early.js"] if entry == "main.js" else []  # it only asks for the pages
    assert begun == [*ahead, *(f"survey/controls/{one.name}" for one in MODULES), entry]


def test_a_question_of_an_unknown_kind_is_not_shown_as_another(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    loaded = load_site(site)
    surveys, problems = load_surveys(loaded, SymbolBook(loaded))
    assert problems == ()
    survey = surveys["think"]
    strange = replace(survey, questions=(replace(survey.questions[0], kind="dance"),))
    with pytest.raises(KeyError, match="dance"):
        add_survey(screen_of(site), strange, [])


def test_a_question_with_an_unknown_control_is_an_error_in_the_browser(
    visit: OpenVisit, kiosk_server: StartKiosk
) -> None:
    who = visit()
    page = opened(who.page, f"{kiosk_server().url}/?page=think")
    second = page.locator(".question").nth(1)
    second.evaluate("(question) => { question.dataset.control = 'dance'; }")
    with who.context.expect_event("weberror") as broken:
        press(page, "Skip")
    assert 'This screen has no control "dance".' in str(broken.value.error)

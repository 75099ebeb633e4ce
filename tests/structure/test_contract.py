"""Names that others hold on to: programs around the kiosk, keypads, and what people have learnt.

What is listed here stays, whatever moves behind it. Add to the lists; take nothing away.
"""

from __future__ import annotations

import json
import re
import urllib.request
from pathlib import Path

import click
import pytest
import yaml
from playwright.sync_api import Page

from kiosk.cli import commands
from kiosk.config import load_site
from tests.screen.test_question_kinds import SURVEY
from tests.tools.command import run
from tests.tools.person import opened_by_streamlit
from tests.tools.server import KioskServer, StartKiosk
from tests.tools.sites import tiny_site
from tests.tools.ulids import UlidMaker
from tests.tools.visit import OpenVisit

ROOT = Path(__file__).resolve().parents[2]

# What each command takes. Without a command the options are those of `serve`.
COMMANDS = {
    "serve": {"--site", "--data", "--host", "--port", "--no-open"},
    "check": {"paths", "--site", "--plain", "--format"},
    "import": {"file", "--part"},
    "export": {"kind", "pages", "--site", "--language", "--to", "--all", "--fold"},
    "doctor": {"--site", "--screen", "--conformance", "--format"},
    "open": {"--site", "--lock"},
    "status": {"--site", "--format"},
    "feedback list": {"--site", "--data", "--survey", "--from", "--until", "--set-aside"},
    "feedback take-in": {"--site", "--data", "--dry-run"},
    "feedback show": {"--site", "--data", "answer"},
    "feedback export": {"--site", "--data", "--format", "--output"},
    "feedback delete": {"--site", "--data", "code", "--pictures", "--yes"},
    "feedback purge": {"--site", "--data", "--keep-months", "--yes"},
    "feedback backup": {"--site", "--data", "file"},
    "feedback restore": {"--site", "--data", "file"},
    "feedback verify": {"--site", "--data"},
    "centre serve": {"--site", "--data", "--host", "--port"},
    "centre enrol": {"--site", "--data", "name"},
    "centre revoke": {"--site", "--data", "name"},
    "centre delete": {"--site", "--data", "code", "--pictures", "--yes"},
    "centre status": {"--site", "--data", "--format"},
    "centre backup": {"--site", "--data", "file"},
    "centre restore": {"--site", "--data", "file", "--deleted"},
    "centre key": {"--site", "--data"},
    "release begin": {"folder", "--centre"},
    "release make": {"--site", "--data", "folder", "--note"},
    "release sign": {"folder", "--key"},
    "release publish": {"--site", "--data", "folder"},
    "release withdraw": {"--site", "--data", "folder"},
    "release renew": {"folder", "lost", "--centre"},
    "release stick": {"--site", "--data", "folder"},
    "release trust": {"--site", "--data", "folder", "--yes"},
    "release take": {"--site", "--data", "folder", "--again"},
    "release back": {"--site", "--data"},
    "release list": {"--site", "--data"},
    "centre kiosks": {"--site", "--data", "--format"},
    "enrol": {"--site", "--data", "address", "code"},
    "leave": {"--site", "--data"},
}
FINDING = {"path", "line", "column", "code", "severity", "problem", "hint"}
READY = {"ready", "can_save", "languages", "prepared"}
# Every setting that a kiosk.toml may hold; one without use any more is still read.
SETTINGS = """
[site]
title = "A tiny place"
tagline = "Easy read."
languages = ["en"]
timezone = "Europe/London"
web_address = "https://example.org/send/"
[display]
pixel_pitch_mm = 0.248
viewing_distance_mm = 600
own_screen_px = 1000
[visit]
idle_seconds = 180
answer_seconds = 60
attract_seconds = 60
[keypad]
up = ["ArrowUp"]
down = ["ArrowDown"]
select = ["Enter"]
back = ["Escape"]
help = ["F1"]
again = ["F4"]
volume = ["F9"]
home = ["Home"]
listen = ["F21"]
speech = ["F2"]
switch = ["F8"]
[switch]
seconds = 1.5
sound = true
[speech]
slow = 100
normal = 130
quick = 160
time_limit_seconds = 3.0
clips_mb = 400
[speech.voices]
en = "gmw/en"
[feedback]
survey = "think"
words_max_characters = 2000
voice_max_kb = 2000
voices_mb = 2000
set_aside_mb = 100
seconds_between_answers = 20
answers_an_hour = 60
from_web = ["https://send.example.org"]
web_answers_an_hour = 300
web_sends_to = "https://kiosk.example.org/"
bashing_answers = 3
bashing_seconds = 20
quota_mb = 1000
free_space_floor_mb = 50
keep_months = 12
[hall]
sign_seconds = 30
first_sign_seconds = 60
page_memory_mb = 1500
[centre]
database = "postgresql://kiosk_centre@localhost/kiosk_centre"
address = "https://centre.example.org:8600"
mail_to = "it@example.org"
mail_from = "kiosks@example.org"
mail_server = "mail.example.org:25"
webhook = "https://chat.example.org/kiosks"
[print]
printer = "leaflets"
papers_an_hour = 30
[data]
folder = "data"
"""
ACTIONS = {
    *("home", "back", "listen", "again", "next", "help", "finish"),
    *("skip", "send", "record", "stop", "hear", "drop"),
}
KINDS = {"faces-5", "faces-3", "yes-no", "pictures", "quiz", "scale", "words", "voice"}


def taken(path: str) -> set[str]:
    """Return the options and arguments that a command takes."""
    command: click.Command = commands
    for name in path.split():
        assert isinstance(command, click.Group)
        command = command.commands[name]
    return {name for one in command.params for name in (*one.opts, *one.secondary_opts)}


@pytest.mark.parametrize("path", COMMANDS)
def test_each_command_takes_what_it_took(path: str) -> None:
    assert COMMANDS[path] - taken(path) == set()


@pytest.mark.parametrize("words", [["serve"], []], ids=["kiosk serve", "kiosk"])
def test_the_kiosk_is_started_by_its_name_alone_with_the_same_options(
    words: list[str], tmp_path: Path
) -> None:
    nowhere = str(tmp_path / "nowhere")
    options = ["--site", nowhere, "--data", nowhere, "--host", "127.0.0.1", "--port", "1"]
    done = run(*words, *options, "--no-open")
    # It got as far as the site: every option was understood.
    assert "nowhere" in done.stderr


def test_the_two_commands_of_the_readme_and_the_tests_are_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", readme, re.M | re.S)
    start, test, *_ = "".join(blocks).splitlines()
    assert (start, test) == ("sh .setup/kiosk", "sh .setup/tests")
    assert " kiosk " in (ROOT / ".setup" / "kiosk").read_text(encoding="utf-8")
    assert " python -m tests " in (ROOT / ".setup" / "tests").read_text(encoding="utf-8")
    assert (ROOT / ".ci" / "run").is_file()
    assert (ROOT / "tests" / "__main__.py").is_file()


def test_findings_come_as_json_under_the_same_names(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("The implementation was utilised, and, and, and, and it was commenced.\n" * 3)
    done = run("check", "--plain", "--format", "json", str(file))
    findings = json.loads(done.stdout)["findings"]
    assert findings
    assert [FINDING - set(one) for one in findings] == [set() for _ in findings]


def test_every_setting_that_once_was_is_still_read(tmp_path: Path) -> None:
    load_site(tiny_site(tmp_path, {"kiosk.toml": SETTINGS}))


def post(url: str, told: object) -> tuple[int, dict[str, object]]:
    request = urllib.request.Request(
        f"{url}/api/feedback", json.dumps(told).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.status, json.load(answer)


def test_answers_come_in_and_are_kept_under_the_same_names(
    kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    server = kiosk_server(data=tmp_path / "data", real_command=True)
    with urllib.request.urlopen(f"{server.url}/ready", timeout=30) as answer:
        assert answer.status == 200
        assert READY - set(json.load(answer)) == set()
    told = {
        "id": str(UlidMaker()()),
        "survey": "think",
        "page": "plan",
        "language": "en",
        "answers": {"feel": "happy", "words": "Good"},
    }
    for status in (201, 200):
        code, answered = post(server.url, told)
        assert (code, answered["id"], answered["saved"]) == (status, told["id"], True)
    (file,) = (tmp_path / "data" / "feedback").glob(f"[0-9]*/[0-9]*/[0-9]*/{told['id']}.yaml")
    kept = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert {name: kept[name] for name in told} == told


def names(page: Page, name: str) -> set[str]:
    """Return the values of this attribute on the screen, of what is hidden too."""
    found: list[str] = page.locator(f"[{name}]").evaluate_all(
        "(all, name) => all.map((one) => one.getAttribute(name))", name
    )
    return set(found)


def test_the_screen_has_its_parts_under_the_same_names(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    server: KioskServer = kiosk_server(
        tiny_site(tmp_path, {"content/surveys/all.yaml": SURVEY}), real_command=True
    )
    page = opened_by_streamlit(visit().page, f"{server.url}/?page=all&lang=en")
    assert page.locator("#kiosk[data-ready]").get_attribute("data-page") == "all"
    assert page.locator("#kiosk").get_attribute("data-bigger")
    assert page.locator("main#page .question[data-kind]").count() == len(KINDS)
    assert names(page, "data-kind") == KINDS
    assert ACTIONS - names(page, "data-action") == set()
    assert {"happy", "yes", "bus"} - names(page, "data-choice") == set()
    assert page.locator(".thanks").count() == 1
    assert page.evaluate("CSS.highlights.has('kiosk-word')")

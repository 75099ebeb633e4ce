"""Staff's first look, of a kiosk that runs and of one that does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from playwright.sync_api import Browser

from kiosk.config import load_site
from kiosk.lockdown.key import new_key
from tests.tools.axe import axe
from tests.tools.cases import mostly_drill
from tests.tools.command import run
from tests.tools.server import KioskServer, StartKiosk, free_port
from tests.tools.sites import KIOSK_TOML, tiny_site
from tests.tools.waiting import wait_until
from tests.web.test_routes import an_answer, ask, post


def status(*words: str) -> Result:
    return run("status", *words)


def page_of(server: KioskServer) -> str:
    code, html = ask(server, "GET", "/status")
    assert code == 200
    return html.decode()


def pages_of(server: KioskServer) -> dict[str, object]:
    pages: dict[str, object] = json.loads(ask(server, "GET", "/pages/en")[1])["pages"]
    return pages


def line(told: Result, about: str) -> str:
    (found,) = [one for one in told.output.splitlines() if one.split(": ")[1] == about]
    return found


def test_a_good_kiosk_says_so_in_every_form(kiosk_server: StartKiosk) -> None:
    server = kiosk_server()
    assert post(server, an_answer())[0] == 201
    told = status("--url", server.url)
    assert told.exit_code == 0, told.output
    assert [one for one in told.output.splitlines() if not one.startswith("good: ")] == []
    assert line(told, "Answers") == "good: Answers: 1 today, 1 in all."
    assert line(told, "Pages").endswith(" pages, and no mistake in their files.")
    assert "Nobody has used it since it was started." in line(told, "Last visit")
    assert ask(server, "GET", "/")[0] == 200
    assert "Somebody used it last at " in line(status("--url", server.url), "Last visit")
    as_json = json.loads(status("--url", server.url, "--format", "json").output)
    assert as_json["good"] is True
    abouts = ["Kiosk", "Screen", "Pages", "Answers", "Disk", "Voice", "Sounds"]
    abouts += ["Not saved", "Last visit"]
    assert [one["about"] for one in as_json["things"]] == abouts
    assert line(told, "Sounds").endswith(" of the 400 MB that they may fill.")
    html = page_of(server)
    assert "<b>All is good.</b>" in html
    assert "1 today, 1 in all." in html
    assert "<script" not in html


def test_a_broken_page_and_an_unsaved_answer_need_a_person(
    kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    site = tiny_site(tmp_path, {"kiosk.toml": KIOSK_TOML})
    server = kiosk_server(site)
    (site / "content/en/about/plan.md").write_text("no front matter\n")
    wait_until(lambda: "plan.md:1: " in page_of(server), 20, "the mistake")
    days = tmp_path / "data" / "feedback"
    one = an_answer(page="people")
    days.rename(days.with_name("away"))
    days.write_text("a file where the folder should be")
    assert post(server, one)[0] == 503
    told = status("--url", server.url)
    assert told.exit_code == 1
    assert line(told, "Pages").startswith("look: Pages: content/en/about/plan.md:1: ")
    assert line(told, "Not saved").startswith("look: Not saved: One answer is not saved yet.")
    assert "<b>Please look at this.</b>" in page_of(server)
    days.unlink()
    days.with_name("away").rename(days)
    assert post(server, one)[0] == 201
    assert line(status("--url", server.url), "Not saved").startswith("good: ")


def test_the_locked_browser_tells_when_it_was_seen_and_touched(
    kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    site = tiny_site(tmp_path)
    server = kiosk_server(site)
    headers = {
        "Content_Type": "application/json",
        "Cookie": f"kiosk-lock={new_key(load_site(site, tmp_path / 'data'))}",
    }
    untouched = b'{"nobody": true, "touched": false}'
    assert ask(server, "POST", "/alive", untouched, **headers)[0] == 204
    told = status("--url", server.url)
    assert "The locked browser showed a page 0 seconds ago." in line(told, "Screen")
    assert "Nobody has used it" in line(told, "Last visit")
    touched = b'{"nobody": false, "touched": true}'
    assert ask(server, "POST", "/alive", touched, **headers)[0] == 204
    assert "Somebody used it last at" in line(status("--url", server.url), "Last visit")


def test_only_this_machine_sees_it_and_the_screen_does_not_lead_there(
    tiny_kiosk: KioskServer,
) -> None:
    for path in ("/status", "/status.json"):
        assert ask(tiny_kiosk, "GET", path)[0] == 200
        assert ask(tiny_kiosk, "GET", path, X_Forwarded_For="192.0.2.7")[0] == 404
        assert ask(tiny_kiosk, "GET", path, Host="kiosk.example")[0] == 403
    assert b"/status" not in ask(tiny_kiosk, "GET", "/")[1]
    assert b"/status" not in ask(tiny_kiosk, "GET", "/pages/en")[1]


def test_without_a_running_kiosk_the_files_are_told(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    told = status("--site", str(tiny_site(tmp_path)), "--url", url)
    assert told.exit_code == 1
    assert line(told, "Kiosk") == (
        f"look: Kiosk: No kiosk answers at {url}. Try: kiosk service status"
    )
    assert line(told, "Answers") == "good: Answers: 0 today, 0 in all."
    assert line(told, "Voice").startswith("good: Voice: en: it can say ")


def test_answers_that_wait_are_told_and_taken_in_once_their_survey_is_mended(
    kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    site = tiny_site(tmp_path, {"kiosk.toml": KIOSK_TOML})
    server = kiosk_server(site)
    survey = site / "content/surveys/think.yaml"
    good = survey.read_text()
    survey.unlink()
    wait_until(lambda: "think" not in pages_of(server), 20, "the survey to go")
    one = an_answer()
    assert post(server, one) == (201, {"id": one["id"], "saved": True})
    wait_until(lambda: "1 answer waits set aside." in page_of(server), 20, "the count")
    told = status("--url", server.url)
    assert told.exit_code == 1
    assert "look: Answers: 1 answer waits" in told.output
    assert "Try: kiosk feedback list --set-aside" in told.output
    assert post(server, one) == (200, {"id": one["id"], "saved": True})
    survey.write_text(good)
    wait_until(lambda: "1 today, 1 in all." in page_of(server), 30, "the answer among the others")
    assert "set aside" not in page_of(server)


def test_a_database_of_the_browser_that_was_moved_aside_is_told(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    folder = site / "data" / "lock" / "damaged-20261126-100000-000000"
    folder.mkdir(parents=True)
    told = status("--site", str(site), "--url", f"http://127.0.0.1:{free_port()}")
    assert f"It is kept in data/lock/{folder.name}." in line(told, "Browser")


LOOK = """() => ({
  over: document.documentElement.scrollWidth - innerWidth,
  size: parseFloat(getComputedStyle(document.body).fontSize),
  paper: getComputedStyle(document.body).backgroundColor,
  letters: [...document.fonts].map((one) => one.status),
})"""
LIGHT, DARK = "rgb(255, 250, 240)", "rgb(16, 21, 31)"


@pytest.mark.parametrize(
    ("width", "height", "zoom", "dark", "least"),
    mostly_drill(
        [
            (1080, 1920, 1, False, 29),
            (1080, 1920, 2, True, 29),
            (1920, 1080, 1, True, 29),
            (390, 844, 1, False, 20),
            (390, 844, 1, True, 20),
        ],
        (390, 844, 1, True, 20),
    ),
)
def test_the_page_looks_as_the_kiosk_does_on_every_screen(
    browser: Browser,
    tiny_kiosk: KioskServer,
    width: int,
    height: int,
    zoom: int,
    dark: bool,
    least: int,
) -> None:
    context = browser.new_context(
        viewport={"width": width // zoom, "height": height // zoom},
        screen={"width": width, "height": height},
        device_scale_factor=zoom,
        color_scheme="dark" if dark else "light",
    )
    with context:
        page = context.new_page()
        page.goto(f"{tiny_kiosk.url}/status")
        page.wait_for_function("() => document.fonts.status === 'loaded'")
        look = page.evaluate(LOOK)
        assert look["over"] <= 0
        assert look["size"] >= least
        assert look["paper"] == (DARK if dark else LIGHT)
        assert look["letters"] == ["loaded"]  # the screen's own typeface
        assert axe(page) == []

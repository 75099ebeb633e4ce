"""The set-up page of `kiosk doctor --screen`, in a real browser, and what it writes."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Locator, Page, expect

from kiosk.config import Keypad, load_site
from kiosk.errors import SettingsError
from kiosk.health.keep import change_settings
from tests.tools.axe import axe
from tests.tools.cases import examples, mostly_drill
from tests.tools.command import run
from tests.tools.server import KioskServer
from tests.tools.sites import KIOSK_TOML, tiny_site
from tests.tools.visit import KIOSK, LAPTOP, NARROW, OpenVisit, Screen
from tests.tools.waiting import wait_until
from tests.web.test_routes import ask

ROOT = Path(__file__).resolve().parents[2]
COMMENTED = (ROOT / "kiosk.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def setup_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[KioskServer, Path]]:
    """The set-up of one tiny site, for all tests here."""
    folder = tmp_path_factory.mktemp("setup")
    site = tiny_site(folder, {"kiosk.toml": COMMENTED})
    command = [sys.executable, "-m", "kiosk", "doctor", "--screen"]
    server = KioskServer(site, folder / "data", command=command)
    yield server, site
    server.close()


@pytest.fixture
def site(setup_server: tuple[KioskServer, Path]) -> Path:
    """The folder of the site, with the settings that it began with."""
    folder = setup_server[1]
    (folder / "kiosk.toml").write_text(COMMENTED)
    return folder


@pytest.fixture
def page(visit: OpenVisit, setup_server: tuple[KioskServer, Path], site: Path) -> Iterator[Page]:
    """The page, open; whatever went wrong in it fails the test."""
    del site  # made new before the page is opened
    person = visit(LAPTOP)
    person.go(setup_server[0].url)
    person.page.wait_for_function("() => document.querySelector('.keys button')")
    yield person.page
    assert person.errors == []
    assert person.requests_beyond(setup_server[0].url) == []


def saved(site: Path) -> dict[str, Any]:
    return tomllib.loads((site / "kiosk.toml").read_text(encoding="utf-8"))


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def told(page: Page, part: str) -> Locator:
    return page.locator(f"#{part}-told")


@pytest.mark.drill
def test_a_measured_line_becomes_the_width_of_a_dot(page: Page, site: Path) -> None:
    pitch = saved(site)["display"]["pixel_pitch_mm"]
    drawn = page.locator("#line").bounding_box()
    assert drawn is not None
    assert drawn["width"] * pitch == pytest.approx(100, abs=0.5)
    page.get_by_label("How long is the line?").fill("112,5")
    press(page, "Save the sizes")
    expect(told(page, "ruler")).to_contain_text("Saved: one dot is 0.279 mm wide.")
    assert saved(site)["display"] == {
        "pixel_pitch_mm": 0.279,
        "viewing_distance_mm": 600,
        "own_screen_px": 1000,
    }
    expect(page.locator("#sizes")).to_contain_text("Words are 40 px")
    again = page.locator("#line").bounding_box()
    assert again is not None
    assert again["width"] * 0.279 == pytest.approx(100, abs=0.5)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("10", "Is that in centimetres?"), ("", "like 100."), ("long", "like 100."), ("900", "100.")],
)
def test_a_slip_with_the_ruler_is_explained_and_nothing_is_saved(
    page: Page, site: Path, typed: str, said: str
) -> None:
    page.get_by_label("How long is the line?").fill(typed)
    press(page, "Save the sizes")
    expect(told(page, "ruler")).to_contain_text(said)
    expect(page.get_by_label("How long is the line?")).to_be_focused()
    assert (site / "kiosk.toml").read_text() == COMMENTED


@pytest.mark.drill
def test_every_language_can_be_heard_at_five_volumes(page: Page) -> None:
    page.evaluate(
        """() => { window.heard = []; const play = Audio.prototype.play;
        Audio.prototype.play = async function () { await play.call(this);
          window.heard.push([new URL(this.src).pathname, this.volume, this.paused]); }; }"""
    )
    for step in range(1, 6):
        press(page, f"Volume {step}")
        expect(told(page, "sound")).to_contain_text(f"en at volume {step} of 5")
    heard = page.evaluate("window.heard")
    assert [one[0] for one in heard] == ["/say/en"] * 5
    assert [one[1] for one in heard] == [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1]
    assert not any(one[2] for one in heard)
    press(page, "Stop the sound")
    expect(told(page, "sound")).to_have_text("The sound is off.")


def test_the_jobs_get_the_keys_that_are_pressed(page: Page, site: Path) -> None:
    press(page, "Set all keys, one after the other")
    expect(page.locator("#catcher")).to_be_focused()
    asked = list(Keypad.model_fields)
    for number, job in enumerate(asked):
        expect(page.locator("#catcher-words")).to_have_text(f"Press the key for {job}")
        page.keyboard.press(f"Numpad{number}" if number < 10 else "Space")
    expect(told(page, "keys")).to_contain_text("You pressed Space. It is a key of switch now.")
    expect(page.get_by_role("button", name="Set all keys, one after the other")).to_be_focused()
    press(page, "Save the keys")
    expect(told(page, "keys")).to_have_text("Saved. Start the kiosk again to use the keys.")
    keypad = saved(site)["keypad"]
    assert keypad["up"] == ["Numpad0", "ArrowUp", "F13"]
    assert keypad["listen"] == ["Numpad8", "F21"]
    assert keypad["switch"] == ["Space", "F8", "F24"]


def test_a_key_that_is_used_already_is_told_and_can_be_moved(page: Page, site: Path) -> None:
    press(page, "Set a key for down")
    page.keyboard.press("F4")
    expect(told(page, "keys")).to_contain_text("F4 is used already, for again.")
    press(page, "Use it here instead")
    expect(told(page, "keys")).to_contain_text("It is a key of down now.")
    expect(page.get_by_role("button", name="Set a key for down")).to_be_focused()
    press(page, "Save the keys")
    expect(told(page, "keys")).to_contain_text("Saved.")
    assert saved(site)["keypad"]["down"] == ["F4", "ArrowDown", "F14"]
    assert saved(site)["keypad"]["again"] == ["F18"]


def test_a_key_can_be_taken_away(page: Page, site: Path) -> None:
    press(page, "Take F18 away from again")
    press(page, "Save the keys")
    expect(told(page, "keys")).to_contain_text("Saved.")
    assert saved(site)["keypad"]["again"] == ["F4"]


def test_the_catcher_holds_nobody(page: Page, site: Path) -> None:
    page.get_by_role("button", name="Set all keys, one after the other").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#catcher")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Skip this one")).to_be_focused()
    page.keyboard.press("Enter")
    expect(told(page, "keys")).to_contain_text("up stays as it was. Press the key for down.")
    expect(page.locator("#catcher")).to_be_focused()
    page.keyboard.press("Shift+Tab")  # backwards as well
    expect(page.locator("#catcher")).not_to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("#catching")).to_be_hidden()
    expect(told(page, "keys")).to_contain_text("Stopped.")
    assert (site / "kiosk.toml").read_text() == COMMENTED


def test_a_held_key_and_a_shaking_hand_count_once_and_shift_has_no_job(page: Page) -> None:
    press(page, "Set all keys, one after the other")
    page.keyboard.down("Numpad1")
    page.keyboard.down("Numpad1")  # the browser repeats a key that is held
    page.keyboard.up("Numpad1")
    page.keyboard.press("Numpad1")
    expect(page.locator("#catcher-words")).to_have_text("Press the key for down")
    expect(told(page, "keys")).to_contain_text("You pressed Numpad1.")
    page.keyboard.press("Shift")
    expect(told(page, "keys")).to_contain_text("This key cannot have a job.")
    expect(page.locator("#catcher-words")).to_have_text("Press the key for down")


def moved_to(page: Page, name: str) -> bool:
    """Tell whether the frame stands on a thing; else let the time of the one where it is go by."""
    if page.locator(".things .now", has_text=name).count():
        return True
    page.clock.run_for(1600)
    return False


def test_the_switch_can_be_tried_and_its_speed_saved(page: Page, site: Path) -> None:
    page.clock.install()
    page.get_by_label("Seconds on each thing").fill("1,6")
    page.get_by_label("A tick when the frame moves").uncheck()
    press(page, "Try it")
    for name, by_key in (("Bus", True), ("Cat", False), ("Apple", True)):
        wait_until(lambda name=name: moved_to(page, name), 30, name)  # type: ignore[misc]
        if by_key:
            page.keyboard.press("F8")
        else:
            press(page, "This button is the switch too")
        expect(told(page, "scan")).to_have_text(f"You chose {name}.")
    page.locator("#end-trial").click()
    expect(page.locator("#trial")).to_be_hidden()
    press(page, "Save the switch")
    expect(told(page, "scan")).to_contain_text("Saved.")
    assert saved(site)["switch"] == {"seconds": 1.6, "sound": False}


@pytest.mark.parametrize("screen", mostly_drill([KIOSK, NARROW], NARROW), ids=["wide", "narrow"])
def test_no_accessibility_rule_is_broken(
    visit: OpenVisit, setup_server: tuple[KioskServer, Path], screen: Screen
) -> None:
    url = setup_server[0].url
    page = visit(screen).go(url)
    press(page, "Set all keys, one after the other")
    page.keyboard.press("F4")
    press(page, "Try it")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(SMALL, 44) == []
    assert axe(visit(screen).go(f"{url}/checklist")) == []


TALL = Screen(1080, 1920, touch=True)
SMALL = """(least) => [...document.querySelectorAll("button, nav a, input")]
  .filter((one) => one.checkVisibility())
  .map((one) => [one.textContent, (one.closest("label") ?? one).getBoundingClientRect()])
  .filter(([, box]) => box.height < least || box.width < least).map(([name]) => name)"""
LETTERS = """() => Math.min(...[...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility() && one.innerText)
  .map((one) => parseFloat(getComputedStyle(one).fontSize)))"""


@pytest.mark.parametrize("screen", mostly_drill([TALL, KIOSK], TALL), ids=["tall", "wide"])
def test_on_the_kiosk_letters_and_targets_are_as_large_as_those_of_the_screen(
    visit: OpenVisit, setup_server: tuple[KioskServer, Path], site: Path, screen: Screen
) -> None:
    pitch = saved(site)["display"]["pixel_pitch_mm"]
    page = visit(screen).page
    for address in ("", "/checklist"):
        page.goto(setup_server[0].url + address)
        assert page.evaluate(LETTERS) * 0.66 * pitch >= 4.79  # mm: a capital of Source Sans
        assert page.evaluate(SMALL, 19.9 / pitch) == []


def test_the_page_runs_under_its_own_policy(
    page: Page, setup_server: tuple[KioskServer, Path]
) -> None:
    html = page.content()
    assert " onclick" not in html
    scripts = page.evaluate("[...document.scripts].map((one) => [one.type, one.src !== ''])")
    assert scripts == [["module", True], ["application/json", False]]
    status, _ = ask(setup_server[0], "GET", "/")
    assert status == 200


def test_ticks_are_kept_with_their_day_and_shown_by_the_doctor(
    visit: OpenVisit, setup_server: tuple[KioskServer, Path], site: Path
) -> None:
    server = setup_server[0]
    person = visit(LAPTOP)
    page = person.go(f"{server.url}/checklist")
    expect(page.locator("#told")).to_have_text("Nothing is saved yet.")
    data = site.parent / "data"
    before = doctor("--site", str(site), "--data", str(data), "--conformance")
    assert before.count("Nobody has ticked it yet: kiosk doctor --screen") == 3
    for words in ("There is a loudspeaker.", "There is no socket; or", "There is no loudspeaker;"):
        page.get_by_label(words).check()
    page.get_by_label("A raised dot or Braille").check()
    press(page, "Save the ticks")
    expect(page.locator("#told")).to_contain_text("Saved on ")
    kept = yaml.safe_load((data / "install.yaml").read_text(encoding="utf-8"))
    assert kept["rows"] == {"K03": ["loudspeaker", "private", "loud"], "K16": ["mark"], "K30": []}
    page.reload()
    expect(page.get_by_label("There is a loudspeaker.")).to_be_checked()
    expect(page.get_by_label("There is a 3.5 mm headphone socket.")).not_to_be_checked()
    table = doctor("--site", str(site), "--data", str(data), "--conformance")
    assert f"All is ticked ({kept['date']})." in table
    assert f"Not ticked yet ({kept['date']}): starts." in table
    rows = json.loads(
        doctor("--site", str(site), "--data", str(data), "--conformance", "--format", "json")
    )["rows"]
    assert {one["id"] for one in rows if "on_the_spot" in one} == {"K03", "K16", "K30"}
    (data / "install.yaml").write_text("rows: [")
    command = [sys.executable, "-m", "kiosk", "doctor", "--site", str(site), "--data", str(data)]
    done = subprocess.run(
        [*command, "--conformance"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "install.yaml cannot be read." in done.stderr
    (data / "install.yaml").unlink()
    assert person.errors == []


def doctor(*arguments: str) -> str:
    done = run("doctor", *arguments)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_file_that_was_broken_by_hand_is_told(
    visit: OpenVisit, setup_server: tuple[KioskServer, Path], site: Path
) -> None:
    (site / "kiosk.toml").write_text("[site\n")
    page = visit(LAPTOP).go(setup_server[0].url)
    expect(page.get_by_text("kiosk.toml:1: I cannot read this line")).to_be_visible()


def test_a_foreign_page_cannot_change_anything(
    setup_server: tuple[KioskServer, Path], site: Path
) -> None:
    server = setup_server[0]
    body = json.dumps({"switch": {"seconds": 9.0, "sound": True}}).encode()
    as_json = {"Content_Type": "application/json"}
    evil = {"Origin": "http://evil.example"}
    assert ask(server, "POST", "/settings", body, **as_json, **evil)[0] == 403
    assert ask(server, "POST", "/settings", body, **as_json, Host="evil.example")[0] == 403
    assert ask(server, "POST", "/settings", body, Content_Type="text/plain")[0] == 415
    assert ask(server, "POST", "/settings", b"x" * 20_000, **as_json)[0] == 413
    for other in ({"site": {"title": "x"}}, {"data": {"folder": "/"}}, {"switch": {"seconds": 9}}):
        assert ask(server, "POST", "/settings", json.dumps(other).encode(), **as_json)[0] == 400
    far = {"switch": {"seconds": 900.0, "sound": True}}
    status, answer = ask(server, "POST", "/settings", json.dumps(far).encode(), **as_json)
    assert status == 422
    assert b"[switch] seconds" in answer
    job = {"keypad": {"fly": ["F1"]}}
    assert ask(server, "POST", "/settings", json.dumps(job).encode(), **as_json)[0] == 422
    for path in ("/setup/setup.py", "/setup/..%2fsetup.py", "/setup/setup.html", "/say/xx"):
        assert ask(server, "GET", path)[0] == 404
    assert (site / "kiosk.toml").read_text() == COMMENTED


def test_the_public_kiosk_has_none_of_its_addresses(tiny_kiosk: KioskServer) -> None:
    for path in ("/settings", "/ticks"):
        status, _ = ask(tiny_kiosk, "POST", path, b"{}", Content_Type="application/json")
        assert status in (404, 405)
    for path in ("/setup/setup.js", "/setup/font.woff2", "/say/en", "/checklist"):
        status, answer = ask(tiny_kiosk, "GET", path)
        assert status == 404 or (b"Install checklist" not in answer and b"RIFF" not in answer)


@pytest.mark.drill
def test_ctrl_c_ends_it_without_a_word(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kiosk", "doctor", "--screen"]
    server = KioskServer(tiny_site(tmp_path), tmp_path / "data", command=command)
    try:
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(15) == 0
        assert "The set-up page is at http://127.0.0.1:" in server.stdout_text()
        assert server.stderr_text() == ""
        assert server.left_behind() == []
    finally:
        server.close()


def test_a_saved_setting_keeps_every_comment_and_the_old_file(tmp_path: Path) -> None:
    folder = tiny_site(tmp_path, {"kiosk.toml": COMMENTED})
    (folder / "kiosk.toml").chmod(0o640)
    change_settings(
        load_site(folder),
        {"display": {"pixel_pitch_mm": 0.2715}, "keypad": {"listen": ["F21", "KeyL"]}},
    )
    old, new = COMMENTED.splitlines(), (folder / "kiosk.toml").read_text().splitlines()
    changed = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    assert changed == [
        (
            "pixel_pitch_mm = 0.248           # width of one dot of the screen: its width in mm"
            " / its dots across",
            "pixel_pitch_mm = 0.2715          # width of one dot of the screen: its width in mm"
            " / its dots across",
        ),
        ('listen = ["F21"]', 'listen = ["F21", "KeyL"]'),
    ]
    assert (folder / "kiosk.toml.bak").read_text() == COMMENTED
    assert (folder / "kiosk.toml").stat().st_mode & 0o777 == 0o640
    assert sorted(one.name for one in folder.iterdir() if one.is_file()) == [
        "kiosk.toml",
        "kiosk.toml.bak",
    ]


def test_a_value_that_cannot_be_used_changes_nothing(tmp_path: Path) -> None:
    folder = tiny_site(tmp_path)
    with pytest.raises(SettingsError, match="is used twice"):
        change_settings(load_site(folder), {"keypad": {"up": ["F1"]}})
    assert (folder / "kiosk.toml").read_text() == KIOSK_TOML
    assert not (folder / "kiosk.toml.bak").exists()


def test_a_file_from_windows_keeps_its_line_ends(tmp_path: Path) -> None:
    folder = tiny_site(tmp_path)
    file = folder / "kiosk.toml"
    file.write_bytes(KIOSK_TOML.replace("\n", "\r\n").encode())
    change_settings(load_site(folder), {"switch": {"seconds": 2.5}})
    data = file.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert tomllib.loads(data.decode())["switch"] == {"seconds": 2.5}


TABLES = st.sampled_from(
    [
        "",
        "[switch]\nseconds = 3 # slow\n",
        "switch = {seconds = 3}\n",
        "switch.seconds = 3.0\n",
        "[display] # the screen\n# wide\n",
        '[keypad]\nup = [\n  "KeyU", # one\n]\n',
    ]
)


@given(before=TABLES, after=st.sampled_from(["", "\n", "# the end\n"]), seconds=st.floats(0.3, 20))
@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_value_reads_back_wherever_it_stood(
    tmp_path: Path, before: str, after: str, seconds: float
) -> None:
    top = before if before.startswith("switch") else ""
    rest = "" if top else before
    folder = tiny_site(tmp_path, {"kiosk.toml": f"{top}{KIOSK_TOML}{rest}{after}"})
    now = change_settings(load_site(folder), {"switch": {"seconds": seconds}})
    assert load_site(folder).settings == now
    assert now.switch.seconds == seconds
    assert now.site.title == "A tiny place"

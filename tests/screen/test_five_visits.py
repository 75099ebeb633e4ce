"""The same visit, from home to Finish, by five kinds of people."""

from __future__ import annotations

import io
import re
import wave
from pathlib import Path
from urllib.request import urlopen

import pytest
import yaml
from playwright.sync_api import Page, expect

from tests.tools.person import Keypad, heard, listen_in, opened, opened_by_streamlit, wait_prepared
from tests.tools.persons import Listener, OneSwitch, Person, SixKeys, Toucher
from tests.tools.server import KioskServer, StartKiosk
from tests.tools.sites import FACTS, KIOSK_TOML, ROOT, tiny_site
from tests.tools.visit import KIOSK, LAPTOP, OpenVisit
from tests.tools.waiting import wait_until

GOLDEN = Path(__file__).with_name("golden") / "eyes-free-visit.txt"
QUICK_SWITCH = f"{KIOSK_TOML}\n[switch]\nseconds = 0.8\n"


def visit_to_the_end(page: Page, person: Person, data: Path) -> None:
    """Open a page, read, ask for a hard word, answer, and finish."""
    person.choose("About us")
    expect(page.get_by_role("heading", level=1)).to_have_text("The people here")
    person.choose("co-production")
    expect(page.get_by_role("complementary")).to_be_visible()
    person.choose("Done")
    expect(page.get_by_role("complementary")).to_have_count(0)
    person.choose("Tell us what you think")
    person.choose("Happy")
    person.choose("Next question")
    expect(page.get_by_role("heading", level=1)).to_have_text("Do you want to tell us more?")
    for letter in "OP":
        person.choose(letter)
    person.choose("Send")
    expect(page.locator(".result")).to_have_text("Your answer is saved.")
    (file,) = (data / "feedback").rglob("*.yaml")
    kept = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert kept["answers"] == {"feel": "happy", "words": "Op"}
    assert kept["page"] == "people"
    person.choose("Finish")
    expect(page.get_by_role("heading", level=1)).to_have_text("What would you like to know?")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


HELP = f"""\
---
title: How this works
symbol: information
{FACTS}---
:speaker high volume: Press Listen.
"""


def without_receipt(script: str) -> str:
    """Return the script with the same words for every receipt."""
    script = re.sub(r"Today is .*", "Today is (the day).", script)
    code, pictures = "They need your code:\\n", "Your 2 pictures are:\\n"
    return re.sub(
        f"(.*{code})(?:.\\.\\n){{6}}({pictures})(?:\\w+\\.\\n){{2}}",
        r"\1(6 letters)\n\2(2 pictures)\n",
        script,
    )


@pytest.fixture
def kiosk(kiosk_server: StartKiosk, tmp_path: Path) -> KioskServer:
    return kiosk_server(tiny_site(tmp_path, {"content/en/about.md": HELP}))


@pytest.mark.row("K25")
def test_a_visit_by_touch_alone(visit: OpenVisit, kiosk: KioskServer, tmp_path: Path) -> None:
    here = visit(KIOSK)
    page = here.page
    listen_in(page, 16)
    opened_by_streamlit(page, kiosk.url)
    person = Toucher(page)
    person.choose("Listen")
    wait_until(lambda: "Welcome." in heard(page), 30, "the voice")
    visit_to_the_end(page, person, tmp_path / "data")
    assert here.requests_beyond(kiosk.url) == []
    assert here.errors == []


@pytest.mark.row("K21")
def test_a_visit_by_six_keys_alone(visit: OpenVisit, kiosk: KioskServer, tmp_path: Path) -> None:
    page = visit(LAPTOP).page
    listen_in(page, 16)
    opened(page, kiosk.url)
    person = SixKeys(page)
    person.choose("Listen")
    wait_until(lambda: "Welcome." in heard(page), 30, "the voice")
    person.keypad.press("again")
    person.keypad.press("help")
    expect(page.get_by_role("heading", level=1)).to_have_text("How this works")
    person.keypad.press("back")
    expect(page.get_by_role("heading", level=1)).to_have_text("What would you like to know?")
    visit_to_the_end(page, person, tmp_path / "data")


def switched_on(page: Page, url: str) -> OneSwitch:
    """Let somebody with one switch come, and begin."""
    listen_in(page, 16)
    opened(page, url)
    person = OneSwitch(page)
    person.keypad.press("switch")
    wait_until(lambda: heard(page), 10, "the voice")
    return person


def test_an_answer_is_chosen_by_one_switch(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    kiosk = kiosk_server(tiny_site(tmp_path, {"kiosk.toml": QUICK_SWITCH}))
    page = visit(LAPTOP).page
    person = switched_on(page, f"{kiosk.url}/?page=think")
    person.choose("Happy")
    happy = page.get_by_role("button", name="Happy", exact=True)
    expect(happy).to_have_attribute("aria-pressed", "true")


@pytest.mark.row("K21")
@pytest.mark.drill
def test_a_visit_by_one_switch_alone(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    kiosk = kiosk_server(tiny_site(tmp_path, {"kiosk.toml": QUICK_SWITCH}))
    page = visit(LAPTOP).page
    person = switched_on(page, kiosk.url)
    person.choose("Listen")
    wait_until(lambda: "Welcome." in heard(page), 30, "the voice")
    visit_to_the_end(page, person, tmp_path / "data")


def by_ears(visit: OpenVisit, url: str, data: Path) -> tuple[str, set[int]]:
    """Do the visit without seeing it; return what was said, and the rates of all sounds."""
    here = visit(KIOSK)
    page = here.page
    listen_in(page, 16)
    opened(page, url)
    page.add_style_tag(content="html { opacity: 0 }")
    person = Listener(page)
    person.press("speech")
    visit_to_the_end(page, person, data)
    sounds = {one for one in here.requests if "/clips/" in one}
    return without_receipt("\n".join(person.script) + "\n"), {rate_of(one) for one in sounds}


def rate_of(url: str) -> int:
    with urlopen(url, timeout=30) as sound:
        return int(wave.open(io.BytesIO(sound.read())).getframerate())


@pytest.mark.row("K17")
@pytest.mark.drill
def test_a_visit_by_ears_alone_reads_well_aloud(
    visit: OpenVisit, kiosk: KioskServer, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    script, rates = by_ears(visit, kiosk.url, tmp_path / "data")
    if request.config.getoption("--write-golden"):
        GOLDEN.write_text(script, encoding="utf-8", newline="\n")
    assert script == GOLDEN.read_text(encoding="utf-8")
    assert rates == {22_050}


@pytest.mark.drill
@pytest.mark.natural
def test_it_is_the_same_visit_with_the_natural_voice(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    shipped = (ROOT / "kiosk.toml").read_text(encoding="utf-8")
    voices = [one for one in shipped.splitlines() if one.startswith(("en = ", "[speech."))]
    assert 'en = "natural/heart"' in "\n".join(voices)
    limit = ["[speech]", "time_limit_seconds = 30"]  # a busy computer has time
    settings = "\n".join([KIOSK_TOML, *limit, *voices, ""])
    site = tiny_site(tmp_path, {"content/en/about.md": HELP, "kiosk.toml": settings})
    server = kiosk_server(site, shared="")
    wait_prepared(opened(visit(KIOSK).page, server.url), 300)
    script, rates = by_ears(visit, server.url, tmp_path / "data")
    assert script == GOLDEN.read_text(encoding="utf-8")
    assert rates == {24_000}, "eSpeak NG spoke in between."


@pytest.mark.row("K20")
def test_a_visit_without_sound(visit: OpenVisit, kiosk: KioskServer, tmp_path: Path) -> None:
    page = visit(KIOSK).page
    page.add_init_script(
        "HTMLMediaElement.prototype.play = () => Promise.reject(new DOMException('no sound'))"
    )
    opened(page, kiosk.url)
    person = Toucher(page)
    person.choose("Listen")
    Keypad(page).press("volume")
    expect(page.locator("#message")).to_have_text("Volume 5 of 5.")
    visit_to_the_end(page, person, tmp_path / "data")

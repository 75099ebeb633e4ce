"""Each language of this site: its screens break no rule, its letters are there, and keys do all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect

from kiosk.config import load_site
from kiosk.screen.interface_words import interface_of
from kiosk.screen.languages import direction, own_name
from tests.tools.axe import axe
from tests.tools.cases import mostly_drill
from tests.tools.person import opened
from tests.tools.persons import SAID, SixKeys
from tests.tools.server import KioskServer, StartKiosk
from tests.tools.sites import shipped_site
from tests.tools.visit import KIOSK, LAPTOP, PHONE, OpenVisit, Screen

ROOT = Path(__file__).resolve().parents[2]
OTHERS = load_site(ROOT).settings.site.languages[1:]
TALL = Screen(1080, 1920, touch=True)
TRANSLATED = ("home", "vision", "outcomes", "think")
BORROWED = "keys"

# Each letter of a text beside what a browser draws for a letter that no typeface has.
NOT_DRAWN = """(texts) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 80;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.font = `40px ${getComputedStyle(document.getElementById("page")).fontFamily}`;
  const drawn = (letter) => {
    pen.clearRect(0, 0, 80, 80);
    pen.fillText(letter, 20, 55);
    return pen.getImageData(0, 0, 80, 80).data.join();
  };
  const missing = drawn("\\u0379");
  const letters = [...texts.join("")].filter((one) => /[\\p{L}\\p{N}\\p{P}\\p{S}]/u.test(one));
  return [...new Set(letters)].filter((one) => drawn(one) === missing);
}"""


pytestmark = pytest.mark.usefixtures("urdu_letters")


def test_this_site_speaks_polish_romanian_and_urdu() -> None:
    assert {"pl", "ro", "ur"} <= set(OTHERS)


@pytest.mark.parametrize("code", mostly_drill(OTHERS))
def test_no_accessibility_rule_is_broken(visit: OpenVisit, luton: KioskServer, code: str) -> None:
    found: list[str] = []
    for screen in (TALL, PHONE):
        page = visit(screen).page
        for name in (*TRANSLATED, BORROWED, "languages"):
            opened(page, f"{luton.url}/?page={name}&lang={code}")
            found += [f"{screen.width} {name}: {one}" for one in axe(page)]
    assert found == []


@pytest.mark.parametrize("code", mostly_drill(OTHERS))
def test_words_fit_into_their_buttons_and_into_the_screen(
    visit: OpenVisit, luton: KioskServer, code: str
) -> None:
    for screen in (KIOSK, TALL, LAPTOP, PHONE, Screen(360, 740), Screen(320, 640)):
        page = opened(visit(screen).page, f"{luton.url}/?page={BORROWED}&lang={code}")
        over = page.evaluate(
            """() => [...document.querySelectorAll(
                "#kiosk button span:not(.unseen), #kiosk h1, #kiosk a span")]
              .filter((one) => one.checkVisibility()).filter((one) => {
                const words = document.createRange();
                words.selectNodeContents(one);
                const { left, right } = words.getBoundingClientRect();
                const box = one.closest("button, a, header").getBoundingClientRect();
                return left < box.left || right > box.right || left < 0 || right > innerWidth;
              }).map((one) => one.textContent)"""
        )
        assert over == [], screen


@pytest.mark.parametrize("code", mostly_drill(OTHERS, "ur"))
def test_every_letter_that_is_shown_can_be_drawn(
    visit: OpenVisit, luton: KioskServer, code: str
) -> None:
    page = opened(visit().page, f"{luton.url}/?page=languages&lang={code}")
    offered = page.locator(".tongues .step").all_inner_texts()
    assert own_name(code) in offered
    told = page.evaluate("(code) => fetch(`/pages/${code}`).then((reply) => reply.json())", code)
    texts = [re.sub(r"<[^>]+>", " ", html) for html in told["html"].values()]
    assert page.evaluate(NOT_DRAWN, [*texts, *told["words"].values()]) == []
    assert page.evaluate(NOT_DRAWN, ["a\U000105c0"]) == ["\U000105c0"]  # what cannot is noticed


def link_to(page: Page, name: str) -> str:
    """Return the words of the choice that leads to a page."""
    return " ".join(page.locator(f'a[data-page="{name}"]').first.inner_text().split())


@pytest.mark.row("K21")
@pytest.mark.parametrize("code", mostly_drill(OTHERS))
def test_a_whole_visit_by_six_keys(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path, code: str
) -> None:
    words = interface_of(code).words
    server = kiosk_server(shipped_site(tmp_path, clips_mb=60), shared="")
    page = opened(visit(LAPTOP).page, server.url)
    person = SixKeys(page)
    person.choose("Language, English")
    person.choose(own_name(code))
    expect(page.locator("html")).to_have_attribute("dir", direction(code))
    expect(page.locator("html")).to_have_attribute("lang", code)
    person.choose(link_to(page, "our-vision"))
    expect(page.locator("#kiosk")).to_have_attribute("data-page", "our-vision")
    person.choose(page.locator("button.hard").first.evaluate(SAID))
    expect(page.get_by_role("complementary")).to_be_visible()
    person.choose(words["close"])
    person.choose(words["next"])
    expect(page.locator("#kiosk")).to_have_attribute("data-page", "what-is-send")
    person.choose(words["tell"])
    faces = page.locator(".face:visible .word")
    person.choose(faces.first.inner_text())
    person.choose(words["next_question"])
    person.choose(words["skip"])  # was it there, and was it easy: these can be left out
    person.choose(words["skip"])
    person.choose(words["write_own"])
    pressed = words["letters"][:2].upper()
    for letter in pressed:
        person.choose(letter)
    person.choose(words["send"])
    expect(page.locator(".result")).to_have_text(words["sent"])
    (file,) = (tmp_path / "data" / "feedback").rglob("*.yaml")
    kept = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert kept["answers"] == {"feel": "very-happy", "words": pressed.capitalize()}
    assert (kept["language"], kept["page"]) == (code, "what-is-send")
    person.choose(words["finish"])
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]

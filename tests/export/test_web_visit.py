"""The web copy as families have it: below a folder, in three engines, and without a network."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kiosk.screen.interface_words import interface_of
from tests.tools import clips, firefox, webkit
from tests.tools.axe import axe
from tests.tools.command import run
from tests.tools.driven import Driven
from tests.tools.firefox import Firefox
from tests.tools.nu import html_errors
from tests.tools.null_sink import NullSink
from tests.tools.person import press
from tests.tools.sites import HOME, KIOSK_TOML, PEOPLE, THINK, tiny_site
from tests.tools.static_site import served
from tests.tools.visit import PHONE, OpenVisit
from tests.tools.waiting import wait_until
from tests.tools.webkit import WebKit

pytestmark = pytest.mark.drill

BELOW = "a/sub/folder"
VOICE = "  - {id: said, kind: voice, ask: Do you want to say it?, symbol: microphone}\n"
FILES: dict[str, str | None] = {
    "kiosk.toml": KIOSK_TOML.replace('["en"]', '["en", "pl"]'),
    "content/pl/home.md": HOME.replace("What would you like to know?", "Co chcesz wiedzieć?"),
    "content/pl/about/people.md": PEOPLE.replace("The people here", "Ludzie"),
    "content/surveys/say.yaml": THINK.replace("thanks:", VOICE + "thanks:"),
}
READY = "() => Boolean(document.querySelector('#kiosk[data-ready]'))"
HELD = "() => Boolean(navigator.serviceWorker.controller)"
# How many pages and sounds the browser has kept.
KEPT = """async (what) => {
  let count = 0;
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) count += url.includes(what);
  return count;
}"""
LISTEN_IN = """() => {
  window.lit = [];
  const look = () => {
    if (document.getElementById("voice").currentTime)
      for (const range of CSS.highlights.get("kiosk-word") ?? []) window.lit.push(String(range));
    requestAnimationFrame(look);
  };
  look();
}"""
LIT = "() => [...new Set(window.lit)]"
RATE = "() => document.getElementById('voice').playbackRate"


class Tab(Driven):
    """A page of Chromium, driven like the others."""

    def __init__(self, page: Page, errors: list[str]) -> None:
        self.page = page
        self._errors = errors

    @property
    def problems(self) -> list[str]:
        return self._errors

    def go(self, url: str) -> None:
        self.page.goto(url)

    def tell(self, function: str, *arguments: str) -> Any:
        return self.page.evaluate(f"([all]) => ({function})(...all)", [list(arguments)])

    def act(self, device: dict[str, Any]) -> None:
        where = device["actions"][0]
        self.page.mouse.click(where["x"], where["y"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that a web server serves, with a copy made by the command below it."""
    place = tmp_path_factory.mktemp("web")
    clips.lend("tiny", place / "site" / "data")
    site = tiny_site(place, FILES)
    to = ("--site", str(site), "--to", str(place / "to"))
    assert run("export", "leaflet", "people", *to).exit_code == 0
    done = run("export", "web", *to)
    assert done.exit_code == 0, done.output
    print(done.stdout, file=sys.stderr)
    (place / "top" / BELOW).parent.mkdir(parents=True)
    (place / "to" / "web").rename(place / "top" / BELOW)
    return place / "top"


@pytest.fixture(params=["chromium", "firefox", "webkit"])
def driven(request: pytest.FixtureRequest, tmp_path: Path, visit: OpenVisit) -> Iterator[Driven]:
    """Give each engine, with a place where its sound goes."""
    folders = [tmp_path / "sound", tmp_path / "profile"]
    for one in folders:
        one.mkdir()
    with ExitStack() as opened:
        if request.param == "chromium":
            person = visit(PHONE)
            yield Tab(person.page, person.errors)
            return
        variables = opened.enter_context(closing(NullSink(folders[0]))).variables
        browser: Firefox | WebKit
        if request.param == "webkit":
            assert webkit.is_here(), "This test needs WebKit: `apt-get install webkit2gtk-driver`."
            browser = WebKit(folders[1], variables)
        else:
            program = firefox.find()
            assert program, "This test needs Firefox: `apt-get install firefox-esr`."
            browser = Firefox(program, folders[1], variables)
        yield opened.enter_context(closing(browser))


def said(code: str, key: str) -> str:
    return interface_of(code).words[key]


def test_after_the_first_visit_all_goes_on_without_a_network(folder: Path, driven: Driven) -> None:
    def title(words: str) -> None:
        wait_until(lambda: driven.text("h1") == words, 60, words)

    def open_copy(url: str) -> None:
        driven.go(url)
        wait_until(lambda: driven.tell(READY), 90, "the screen")
        driven.tell(LISTEN_IN)

    told = [json.loads(one.read_bytes()) for one in folder.glob(f"{BELOW}/narration/*/en/*.json")]
    sounds = {clip["file"] for page in told for clip in page if clip}
    with served(folder) as top:
        url = f"{top.url}/{BELOW}/"
        open_copy(url)
        title("What would you like to know?")
        wait_until(lambda: driven.tell(HELD), 60, "the worker")
        driven.press("About us")
        title("The people here")
        driven.press("Listen")
        wait_until(lambda: "Families" in driven.tell(LIT), 60, "the second sentence")
        driven.press("Pause")
        wait_until(lambda: driven.tell(KEPT, "/pages/") >= 14, 60, "the pages")
        # Nobody presses, so the rest of the sounds comes.
        wait_until(lambda: driven.tell(KEPT, "/clips/") >= len(sounds), 240, "all sounds")
        assert driven.problems == []
    # Now there is no server at all.
    open_copy(url)
    title("What would you like to know?")
    driven.press("Listen")
    wait_until(lambda: "Hello" in driven.tell(LIT), 60, "the first word of the first page")
    driven.press("Pause")
    driven.press("About us")
    title("The people here")
    driven.press("Listen")
    wait_until(lambda: "Families" in driven.tell(LIT), 60, "the second sentence")
    assert driven.tell(LIT)[-3:-1] != []
    driven.press("Pause")
    driven.press("Your plan")
    title("Your plan")
    driven.press("Settings")
    driven.press("Speed, step 1 of 3, Slow")
    driven.press("Done")
    driven.press("Listen")
    wait_until(lambda: "plan" in driven.tell(LIT), 60, "words at the slow speed")
    assert 0.7 < driven.tell(RATE) < 0.85
    driven.press("Pause")
    driven.press("Language, English")
    driven.press("Polski")
    title("Your plan")  # borrowed, as nobody has translated it
    driven.press(said("pl", "home"))
    title("Co chcesz wiedzieć?")


def test_a_language_that_was_chosen_is_heard_without_a_network_and_others_say_why_not(
    folder: Path, visit: OpenVisit
) -> None:
    page, other = visit(PHONE).page, visit(PHONE).page
    told = [json.loads(one.read_bytes()) for one in folder.glob(f"{BELOW}/narration/*/pl/*.json")]
    sounds = {clip["file"] for of_page in told for clip in of_page if clip}
    kept = """async (files) => {
      const here = await Promise.all(files.map((one) => caches.match(one)));
      return here.filter((one) => !one).length === 0;
    }"""
    with served(folder) as top:
        url = f"{top.url}/{BELOW}/"
        page.goto(url)
        page.wait_for_function(HELD)
        page.wait_for_function(READY)
        press(page, "Language, English")
        page.get_by_role("radio", name="Polski").click()
        expect(page.locator("h1")).to_have_text("Co chcesz wiedzieć?")
        # What tells that there is no sound came before, in each language.
        wait_until(lambda: page.evaluate(KEPT, "/clips/") >= len(sounds), 240, "as many sounds")
        wait_until(lambda: page.evaluate(kept, sorted(sounds)), 30, "all sounds of the language")
    page.goto(f"{url}?page=people&lang=pl")
    page.wait_for_function(READY)
    page.evaluate(LISTEN_IN)
    press(page, said("pl", "listen"))
    wait_until(lambda: page.evaluate(LIT), 60, "a word")
    # Whoever has heard nothing before has no sounds, and is told.
    with served(folder) as top:
        url = f"{top.url}/{BELOW}/"
        other.goto(url)
        other.wait_for_function(HELD)
    other.goto(f"{url}?page=people")
    other.wait_for_function(READY)
    press(other, "Listen")
    expect(other.locator("#message")).to_have_text(said("en", "no_sound"))


def test_a_phone_keeps_so_many_sounds_and_those_that_came_first_go(
    folder: Path, visit: OpenVisit
) -> None:
    most, look_after = 4000, 100  # of worker.js, which looks once in so many new ones
    page = visit(PHONE).page
    told = [json.loads(one.read_bytes()) for one in folder.glob(f"{BELOW}/narration/*/en/*.json")]
    sounds = sorted({clip["file"] for of_page in told for clip in of_page if clip})
    assert len(sounds) > look_after
    fill = """async (count) => {
      const store = await caches.open(`kiosk ${location.pathname} sounds`);
      for (let n = 0; n < count; n++) await store.put(`clips/old-${n}.mp3`, new Response("old"));
    }"""
    listen = "(files) => Promise.all(files.map((one) => fetch(one).then((it) => it.blob())))"
    is_kept = "async (file) => Boolean(await caches.match(file))"
    with served(folder) as top:
        page.goto(f"{top.url}/{BELOW}/")
        page.wait_for_function(HELD, timeout=120_000)
        page.evaluate(fill, most)
        page.evaluate(f"async (files) => void await ({listen})(files)", sounds)
        wait_until(lambda: not page.evaluate(is_kept, "clips/old-0.mp3"), 120, "the first to go")
        assert page.evaluate(KEPT, "/clips/") < most + look_after
        assert page.evaluate(is_kept, f"clips/old-{most - 1}.mp3")
        assert page.evaluate(is_kept, sounds[-1])


def test_the_html_passes_the_checker_of_the_w3c_and_axe(
    folder: Path, visit: OpenVisit, tmp_path: Path
) -> None:
    person = visit(PHONE)
    page = person.page
    pages = {"index": (folder / BELOW / "index.html").read_text(encoding="utf-8")}
    with served(folder) as top:
        url = f"{top.url}/{BELOW}/"
        for asked in ("", "?page=people", "?page=plan&lang=pl", "?page=say", "?page=no"):
            page.goto(url + asked)
            page.wait_for_selector("#kiosk[data-ready]")
            assert axe(page) == []
            pages[f"shown-{len(pages)}"] = page.content()
        press(page, "Settings")
        expect(page.get_by_role("dialog", name="Settings")).to_be_visible()
        assert axe(page) == []
        pages["settings"] = page.content()
        assert person.requests_beyond(url) == []
        assert person.errors == []
    assert html_errors(pages, tmp_path) == []


def test_the_first_page_is_small_and_all_of_it_is_told(folder: Path, visit: OpenVisit) -> None:
    page = visit(PHONE).page
    sizes: dict[str, int] = {}
    page.on("response", lambda reply: sizes.update({reply.url: len(reply.body())}))
    with served(folder) as top:
        page.goto(f"{top.url}/{BELOW}/")
        page.wait_for_selector("#kiosk[data-ready]")
        page.wait_for_load_state("networkidle")
    # What the worker keeps for later comes after the page, and is no part of it.
    first = {one: size for one, size in sizes.items() if "clips/" not in one}
    print(f"{len(first)} requests, {sum(first.values()) / 1000:.0f} kB", file=sys.stderr)
    assert sum(first.values()) < 300_000


def test_a_phone_keeps_a_leaflet(folder: Path, visit: OpenVisit) -> None:
    person = visit(PHONE)
    page = person.page
    with served(folder) as top:
        page.goto(f"{top.url}/{BELOW}/?page=people")
        page.wait_for_selector("#kiosk[data-ready]")
        link = page.get_by_role("link", name="Get the leaflet")
        with page.expect_download() as kept:
            link.click()
        assert kept.value.suggested_filename == "leaflet-people-en.pdf"
        assert kept.value.path().read_bytes().startswith(b"%PDF")
    assert person.errors == []


def test_the_command_gives_the_same_bytes_twice(folder: Path, tmp_path: Path) -> None:
    site = folder.parent / "site"
    (tmp_path / "leaflet-people-en.pdf").write_bytes(
        (folder / BELOW / "downloads" / "leaflet-people-en.pdf").read_bytes()
    )
    done = run("export", "web", "--site", str(site), "--to", str(tmp_path))
    assert done.exit_code == 0, done.output
    first, second = folder / BELOW, tmp_path / "web"
    names = [sorted(p.relative_to(at) for p in at.rglob("*")) for at in (first, second)]
    assert names[0] == names[1]
    differing = [
        one
        for one in names[0]
        if (first / one).is_file() and (first / one).read_bytes() != (second / one).read_bytes()
    ]
    assert differing == []

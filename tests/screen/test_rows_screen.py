"""The rows of the conformance report about the screen itself: sizes, focus, sound, clean starts."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.screen.colours import COLOURS
from tests.screen.conftest import choose_setting
from tests.tools.axe import axe
from tests.tools.cases import mostly_drill
from tests.tools.person import (
    Keypad,
    heading,
    heard,
    listen_in,
    opened,
    opened_by_streamlit,
    press,
    thing_in_focus,
    wait_quiet,
)
from tests.tools.presses import SOUNDS, Presses
from tests.tools.server import KioskServer, StartKiosk
from tests.tools.sites import HOME, KIOSK_TOML, PLAN, tiny_site
from tests.tools.visit import KIOSK, NARROW, PHONE, OpenVisit, Screen
from tests.tools.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
TALL = Screen(1080, 1920, touch=True)
CAPITAL = 0.66  # height of a capital letter of Source Sans, as a share of the font size

THREE = mostly_drill(["home", "vision", "think"], "vision")  # pages, one of each kind

# Words that are cut off, or stand beyond the side of the screen.
CUT = """() => {
  const cut = [];
  const walker = document.createTreeWalker(document.getElementById("kiosk"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    if (!node.data.trim() || !holder.checkVisibility() || holder.closest("style, script")) continue;
    if (holder.closest(".unseen, [data-fit~=bare] .name")) continue; // for screen readers alone
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      let inside = box.left >= -1 && box.right <= innerWidth + 1;
      for (let one = holder; one && inside; one = one.parentElement) {
        const style = getComputedStyle(one);
        if (!/hidden|clip/.test(style.overflowX + style.overflowY)) continue;
        const frame = one.getBoundingClientRect();
        inside = box.left >= frame.left - 1 && box.right <= frame.right + 1
          && box.top >= frame.top - 2 && box.bottom <= frame.bottom + 2;
      }
      if (!inside) cut.push(node.data.trim());
    }
  }
  return cut;
}"""

SPACED = """
#kiosk * { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important; }
#kiosk p { margin-block-end: 2em !important; }
"""


@pytest.mark.row("K07")
def test_a_new_action_cuts_the_old_speech(visit: OpenVisit, tiny_kiosk: KioskServer) -> None:
    page = visit().page
    listen_in(page)
    opened(page, f"{tiny_kiosk.url}/?page=people")
    press(page, "Listen")
    wait_until(lambda: heard(page), 10, "the voice")
    page.get_by_text("You can come by bus.").click()
    wait_until(lambda: heard(page)[-1] == "You can come by bus.", 10, "the sentence")
    wait_quiet(page)
    row = ["You can come by bus.", "Bus 1", "Bus 2"]
    assert heard(page)[1:] == row  # the page did not go on


@pytest.mark.row("K07")
@pytest.mark.parametrize(("seed", "most"), mostly_drill([(1, 40), (1, 120), (2, 120)], (1, 40)))
def test_never_are_two_sounds_alive_whatever_is_pressed(
    visit: OpenVisit, tiny_kiosk: KioskServer, seed: int, most: int
) -> None:
    person = visit(KIOSK)
    person.page.add_init_script(f"({SOUNDS})()")
    opened(person.page, tiny_kiosk.url)
    presses = Presses(person.page, seed)
    presses.run(most=most, seconds=60)
    assert presses.dead_ends == []
    assert person.errors == []
    assert person.page.evaluate("window.mostAlive") == 1  # there was sound, and one at a time


@pytest.mark.row("K18")
@pytest.mark.parametrize("name", mostly_drill(["home", "vision", "think", "pictures"], "vision"))
def test_every_letter_on_the_kiosk_has_its_height_in_millimetres(
    visit: OpenVisit, luton: KioskServer, name: str
) -> None:
    page = opened_by_streamlit(visit(KIOSK).page, f"{luton.url}/?page={name}")
    sizes = page.evaluate(
        """() => {
          const found = [];
          const walker = document.createTreeWalker(
            document.getElementById("kiosk"), NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const holder = node.parentElement;
            if (!node.data.trim() || !holder.checkVisibility()) continue;
            if (holder.closest(".unseen")) continue; // for screen readers alone
            found.push([node.data.trim(), parseFloat(getComputedStyle(holder).fontSize),
                        Boolean(holder.closest(".said"))]);
          }
          return found;
        }"""
    )
    assert sizes
    for text, size, is_page in sizes:
        height = size * CAPITAL * 0.248  # mm: the pixel pitch of this site's screen
        assert height >= (7.3 if is_page else 4.79), (text, height)


def zoomed(browser: Browser, screen: Screen, zoom: int) -> Page:
    """Return a page of this screen as the browser's own zoom shows it."""
    context = browser.new_context(
        viewport={"width": screen.width // zoom, "height": screen.height // zoom},
        screen={"width": screen.width, "height": screen.height},
        device_scale_factor=zoom,
    )
    return context.new_page()


@pytest.mark.row("K18")
@pytest.mark.parametrize(
    ("screen", "zoom"),
    mostly_drill(
        [(KIOSK, 2), (Screen(1280, 1024), 2), (Screen(1280, 1024), 4)], (Screen(1280, 1024), 4)
    ),
    ids=["kiosk 200%", "laptop 200%", "laptop 400%"],
)
@pytest.mark.parametrize("name", THREE)
def test_zoom_makes_everything_larger_and_cuts_nothing(
    browser: Browser, luton: KioskServer, screen: Screen, zoom: int, name: str
) -> None:
    size = "parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"
    address = f"{luton.url}/?page={name}"
    plain, large = zoomed(browser, screen, 1), zoomed(browser, screen, zoom)
    try:
        before = opened_by_streamlit(plain, address).evaluate(size)
        # CSS px: as large in a layout for less room, or nearly.
        assert opened_by_streamlit(large, address).evaluate(size) >= before * 0.9
        assert large.evaluate(CUT) == []
        for word in ("Home", "Listen", "Help", "Finish"):
            button = large.get_by_role("button", name=word, exact=True)
            button.scroll_into_view_if_needed()
            expect(button).to_be_in_viewport(ratio=0.99)
    finally:
        plain.context.close()
        large.context.close()


@pytest.mark.row("K18")
@pytest.mark.parametrize(
    "screen", mostly_drill([NARROW, PHONE, TALL, KIOSK], NARROW), ids=lambda one: f"{one.width}"
)
@pytest.mark.parametrize("name", THREE)
def test_words_flow_in_every_size_and_with_wide_spacing(
    visit: OpenVisit, luton: KioskServer, screen: Screen, name: str
) -> None:
    page = opened(visit(screen).page, f"{luton.url}/?page={name}")
    for bigger in (1, 2, 3, 4):
        page.evaluate(f"document.getElementById('kiosk').dataset.bigger = '{bigger}'")
        assert page.evaluate(CUT) == [], bigger
    page.evaluate("document.getElementById('kiosk').dataset.bigger = '1'")
    page.add_style_tag(content=SPACED)
    assert page.evaluate(CUT) == []


@pytest.mark.drill
@pytest.mark.parametrize("colours", COLOURS)
def test_a_page_with_nothing_to_press_is_reached_by_tab_and_shows_it(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path, colours: str
) -> None:
    # Nobody asks anything here, and the page has no hard word.
    choice = HOME[HOME.index("  - title: Tell us") : HOME.rindex("---")]
    files = {"content/en/home.md": HOME.replace(choice, ""), "content/surveys/think.yaml": None}
    plain = {"content/en/about/plan.md": PLAN.replace("**", ""), **files}
    page = opened(visit(KIOSK).page, f"{kiosk_server(tiny_site(tmp_path, plain)).url}/?page=plan")
    page.get_by_role("heading", level=1).focus()
    page.evaluate("(colours) => (document.documentElement.dataset.colours = colours)", colours)
    rows = page.locator("#page .rows")
    for _ in range(3):  # over the ways to the pages beside it
        page.keyboard.press("Tab")
        if rows.evaluate("(rows) => rows === document.activeElement"):
            break
    ring = "rgb(255, 213, 74) 0px 0px 0px 10px inset"
    expect(rows).to_have_css("box-shadow", ring)


def test_the_bar_stands_at_the_lower_edge_of_a_phone_on_a_short_page_too(
    visit: OpenVisit, tiny_kiosk: KioskServer
) -> None:
    page = opened(visit(PHONE).page, f"{tiny_kiosk.url}/?page=think")
    press(page, "Skip")
    press(page, "Skip")
    expect(page.locator(".result")).to_be_visible()
    below = page.evaluate(
        "innerHeight - document.querySelector('#kiosk .bar').getBoundingClientRect().bottom"
    )
    assert abs(below) < 2


@pytest.mark.row("K22")
@pytest.mark.parametrize(
    ("site", "name"),
    mostly_drill([("tiny_kiosk", "plan"), ("luton", "outcomes")], ("tiny_kiosk", "plan")),
)
def test_the_focus_is_seen_goes_in_order_and_is_never_covered(
    visit: OpenVisit, request: pytest.FixtureRequest, site: str, name: str
) -> None:
    kiosk: KioskServer = request.getfixturevalue(site)
    page = opened_by_streamlit(visit(KIOSK).page, f"{kiosk.url}/?page={name}")
    keypad = Keypad(page)
    keypad.press("down")
    places = []
    for _ in range(thing_in_focus(page)["count"]):
        look = page.evaluate(
            """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
              const one = document.activeElement;
              const style = getComputedStyle(one);
              const box = one.getBoundingClientRect();
              const x = box.left + box.width / 2;
              const seen = [box.top + 3, box.bottom - 3].filter((y) => {
                const top = document.elementFromPoint(x, y);
                return top && (one.contains(top) || top.contains(one));
              });
              done({width: parseFloat(style.outlineWidth), style: style.outlineStyle,
                    colour: style.outlineColor, ring: style.boxShadow, seen: seen.length,
                    tall: box.height > innerHeight / 2, text: one.textContent.trim()});
            })))"""
        )
        assert (look["style"], look["colour"]) == ("solid", "rgb(0, 0, 0)"), look
        assert look["width"] >= 2
        assert "rgb(255, 213, 74)" in look["ring"]  # 14:1 against the black beside it
        assert look["seen"] == 2 or (look["tall"] and look["seen"] >= 1), look
        places.append(thing_in_focus(page)["place"])
        keypad.press("down")
    first = places.index(0)
    assert places[first:] + places[:first] == list(range(len(places)))  # the order of the page


LEFT = """() => ({
  storage: [localStorage.length, sessionStorage.length],
  cookies: document.cookie,
  html: document.getElementById("kiosk").outerHTML
    .replace(/ data-(keys|speaking|word)="[^"]*"/g, ""),
  colours: document.documentElement.dataset.colours,
  volume: document.getElementById("voice").volume,
  address: location.search,
  title: document.title,
  visited: performance.getEntriesByType("resource").map((one) => one.name)
    .filter((name) => /narration|pages|speak/.test(name)),
})"""


@pytest.mark.row("K27")
def test_the_next_visit_finds_nothing_of_the_last_one(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    server = kiosk_server()
    page = visit(KIOSK).page
    listen_in(page, 16)
    opened_by_streamlit(page, server.url)
    press(page, "Home")  # as the first thing of any visit
    heading(page, "What would you like to know?")
    clean = page.evaluate(LEFT)
    for name in ("Bigger words", "Colours", "Pictures"):
        choose_setting(page, name, 2)
    for name in ("Speed", "Volume"):
        choose_setting(page, name, 1)
    page.get_by_role("link", name="About us").click()
    page.get_by_role("button", name="co-production").click()
    Keypad(page).press("speech")
    page.get_by_role("link", name="Tell us what you think").click()
    press(page, "Sad")
    press(page, "Next question")
    page.get_by_role("textbox").fill("strawberry")
    press(page, "Send")
    expect(page.locator(".result")).to_have_text("Your answer is saved.")
    press(page, "Finish")
    heading(page, "What would you like to know?")
    wait_quiet(page)
    left = page.evaluate(LEFT)
    # What the clean home itself has asked for since is no trace.
    assert all("home" in one or "interface" in one for one in left.pop("visited"))
    clean.pop("visited")
    assert left == clean
    page.go_back()
    heading(page, "What would you like to know?")
    assert page.evaluate("location.search") == "?page=home&lang=en"
    assert "strawberry" not in page.content()
    # Nothing of the visit is on the disk but the answer.
    (answer,) = (tmp_path / "data" / "feedback").rglob("*.yaml")
    for path in {*(tmp_path / "data").rglob("*")} - {answer}:
        with suppress(FileNotFoundError, IsADirectoryError):  # clips of other sites go meanwhile
            assert b"strawberry" not in path.read_bytes(), path


def test_a_page_and_a_question_break_no_rule(visit: OpenVisit, tiny_kiosk: KioskServer) -> None:
    page = opened(visit(KIOSK).page, f"{tiny_kiosk.url}/?page=people")
    press(page, "co-production")
    assert axe(page) == []
    page.get_by_role("link", name="Tell us what you think").click()
    press(page, "Sad")
    assert axe(page) == []


TIMES = f"""{KIOSK_TOML}
[visit]
idle_seconds = 10
answer_seconds = 300
attract_seconds = 5
"""


@pytest.mark.drill
@pytest.mark.parametrize(
    ("screen", "sizes", "all_colours"),
    [
        (KIOSK, (1,), COLOURS[:1]),
        (KIOSK, (1,), COLOURS[1:]),
        (KIOSK, (2, 3, 4), COLOURS),
        (TALL, (1, 4), COLOURS),
        (PHONE, (1, 4), COLOURS),
    ],
    ids=["kiosk", "kiosk, colours", "kiosk, bigger", "tall", "phone"],
)
def test_no_screen_breaks_a_rule_in_any_theme_and_size(
    visit: OpenVisit,
    kiosk_server: StartKiosk,
    tmp_path: Path,
    screen: Screen,
    sizes: tuple[int, ...],
    all_colours: tuple[str, ...],
) -> None:
    server = kiosk_server()
    hasty = kiosk_server(tiny_site(tmp_path / "hasty", {"kiosk.toml": TIMES}))
    found: list[str] = []

    def look(page: Page, name: str, sizes: tuple[int, ...]) -> None:
        for colours in all_colours:
            for size in sizes:
                page.evaluate(
                    """([colours, size]) => {
                      document.documentElement.dataset.colours = colours;
                      document.getElementById("kiosk").dataset.bigger = size;
                    }""",
                    [colours, str(size)],
                )
                for line in axe(page):
                    # A key that the edge of the page cuts in half is looked at again, whole.
                    cut = re.match(r"target-size .*?\['(.*?)'\]", line)
                    if cut:
                        page.locator(cut[1]).evaluate(
                            "one => one.scrollIntoView({block: 'center'})"
                        )
                        if axe(page, cut[1]) == []:
                            continue
                    found.append(f"{name} {colours} {size}: {line}")

    page = opened(visit(screen).page, server.url)
    begin = opened(visit(screen).page, hasty.url)
    still = opened(visit(screen).page, f"{hasty.url}/?page=people")
    look(page, "home", sizes)
    page.get_by_role("link", name="About us").click()
    page.get_by_role("button", name="co-production").click()
    look(page, "page", sizes)
    page.get_by_role("link", name="Tell us what you think").click()
    press(page, "Sad")
    look(page, "faces", sizes)
    press(page, "Next question")
    press(page, "Send")  # nothing is written: the message is there
    look(page, "words", sizes)
    press(page, "Skip")
    expect(page.locator(".result")).to_have_text("Your answer is saved.")
    look(page, "thanks", sizes)
    expect(begin.locator("#kiosk-begin")).to_be_visible(timeout=30_000)
    look(begin, "begin", sizes)
    expect(still.locator("#kiosk-still")).to_be_visible(timeout=30_000)
    look(still, "still", sizes)
    for one in (page, begin, still):
        one.close()
    assert found == []

"""The rows of the conformance report about colours, sizes and places, and that nothing flashes."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageStat
from playwright.sync_api import Page, expect

from kiosk.config import load_site
from tests.screen.colours import COLOURS
from tests.tools.cases import mostly_drill
from tests.tools.person import heard, listen_in, opened, press
from tests.tools.server import KioskServer
from tests.tools.visit import KIOSK, LAPTOP, PHONE, OpenVisit, Screen
from tests.tools.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
TALL = Screen(1080, 1920, touch=True)
EVERY = 1000  # pages, or screens: more than there are

# Every word that can be seen with its contrast, and everything that can be pressed with the
# contrast of its edge, or of what it is filled with, against what is behind it.
CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const colour = (text) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) =>
    [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const behind = (element) => {
    const found = [];
    for (let one = element; one; one = one.parentElement) {
      const shade = colour(getComputedStyle(one).backgroundColor);
      if (shade[3] > 0) found.push(shade);
      if (shade[3] === 1 || one.matches("dialog")) break;
    }
    return found.reduceRight((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const light = (shade) => {
    const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = shade.map((c) => linear(c / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const root = document.querySelector("dialog[open]") ?? document.getElementById("kiosk");
  const words = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    if (!node.data.trim() || !holder.checkVisibility() || holder.closest("style, script")) continue;
    const ink = over(colour(getComputedStyle(holder).color), behind(holder));
    if (holder.closest("[inert]")) continue; // dim behind what is open
    // A button that is off is no information: it is only to be seen. 4.5:1 is what it has.
    const isOff = Boolean(holder.closest("[aria-disabled=true]"));
    words.push([node.data.trim().slice(0, 40), ratio(ink, behind(holder)), isOff]);
  }
  const edges = [];
  for (const one of root.querySelectorAll("button, a, textarea")) {
    if (!one.checkVisibility() || one.closest("[inert], [aria-disabled=true]")) continue;
    const style = getComputedStyle(one);
    // The title of a card with more in it has the edge of the card.
    const card = one.matches(".band") ? one.parentElement : null;
    const outside = behind(card?.parentElement ?? one.parentElement);
    const inside = behind(one);
    const edged = card ? getComputedStyle(card) : style;
    const edge = parseFloat(edged.borderTopWidth) ? colour(edged.borderTopColor) : [0, 0, 0, 0];
    // Words in a sentence are marked by weight and a line of the colour that they have.
    const line = one.matches(".hard, .said a") ? colour(style.textDecorationColor) : edge;
    const best = Math.max(ratio(over(line, inside), outside), ratio(inside, outside));
    edges.push([one.textContent.trim().slice(0, 40), best]);
    for (const sign of one.querySelectorAll("svg")) {
      if (!sign.checkVisibility()) continue;
      const { stroke, fill } = getComputedStyle(sign);
      const line = stroke === "none" ? fill : stroke;
      edges.push([`the sign of ${one.textContent.trim() || one.ariaLabel}`,
        ratio(colour(line), behind(sign.parentElement))]);
    }
  }
  for (const one of root.querySelectorAll(".being-read:not(.title), .dot")) {
    const edge = colour(getComputedStyle(one).borderTopColor);
    edges.push([one.className, ratio(edge, behind(one.parentElement))]);
  }
  return { words, edges };
}"""

# The boxes of everything that is pressed, apart from words inside a sentence.
TARGETS = """() => {
  const root = document.querySelector("dialog[open]") ?? document.getElementById("kiosk");
  return [...root.querySelectorAll("button, a, textarea")]
    .filter((one) => one.checkVisibility() && !one.matches(".hard, .said a, [inert] *"))
    .map((one) => {
      const { left, top, right, bottom } = one.getBoundingClientRect();
      // What scrolls goes below the bars by itself: it is measured among its own kind.
      return { name: one.textContent.trim() || one.ariaLabel, left, top, right, bottom,
        scrolls: Boolean(one.closest("main, .groups, .tongues")) };
    });
}"""


def screens(page: Page, url: str) -> Iterator[str]:
    """Go through every kind of screen, and yield its name while it is shown."""
    opened(page, url)
    yield "home"
    go_to(page, "what-is-send")
    yield "a page"
    page.locator("button.hard").first.click()
    yield "a hard word"
    go_to(page, "pictures")
    yield "the credits"
    for name in ("Settings", "Language, English"):
        press(page, name)
        risen = "Promise.all(document.getAnimations().map((one) => one.finished)).then(() => true)"
        page.evaluate(risen)
        yield f"the sheet of {name}"
        press(page, "Done")
    go_to(page, "think")
    press(page, "Next question")
    expect(page.locator("#message")).to_be_visible()
    yield "a question and a message"
    page.locator(".face:visible").first.click()
    yield "a chosen answer"
    press(page, "Next question")
    press(page, "Skip")
    press(page, "Skip")
    yield "ready sentences"
    press(page, "Write my own words")
    expect(page.locator("textarea")).to_be_visible()
    yield "a question for words"
    press(page, "Skip")
    expect(page.locator(".thanks h1")).to_be_visible()
    yield "thank you"


def in_the_question(page: Page, url: str) -> None:
    """Let the question about the visit come."""
    page.clock.install()
    opened(page, f"{url}/?page=vision")
    page.clock.fast_forward(181_000)
    expect(page.locator("#kiosk-still")).to_be_visible()


def go_to(page: Page, name: str) -> None:
    """Open a page as a link does."""
    page.evaluate(
        """(name) => {
          const link = document.createElement("a");
          link.dataset.page = name;
          document.getElementById("page").append(link);
          link.click();
        }""",
        name,
    )
    page.wait_for_selector(f'#kiosk[data-page="{name}"]')


def set_colours(page: Page, colours: str) -> None:
    page.evaluate("(colours) => { document.documentElement.dataset.colours = colours; }", colours)


@pytest.mark.row("K19")
@pytest.mark.parametrize("colours", mostly_drill(COLOURS, "paper"))
def test_words_and_edges_stand_out_on_every_screen_in_every_theme(
    visit: OpenVisit, luton: KioskServer, colours: str
) -> None:
    lowest = {"words": 21.0, "edges": 21.0}
    weak: list[str] = []

    def look(page: Page, name: str) -> None:
        set_colours(page, colours)
        found = page.evaluate(CONTRAST)
        assert found["words"]
        for kind, enough in (("words", 7.0 if colours == "paper" else 4.5), ("edges", 3.0)):
            for what, ratio, *is_off in found[kind]:
                least = 4.5 if any(is_off) else enough
                lowest[kind] = min(lowest[kind], ratio)
                if ratio < least:
                    weak.append(f"{name}: {what!r}: {ratio:.2f}:1, not {least}:1")

    page = visit(KIOSK).page
    for name in screens(page, luton.url):
        look(page, name)
    asked = visit(KIOSK).page
    in_the_question(asked, luton.url)
    look(asked, "the question about the visit")
    for kind, ratio in lowest.items():
        print(f"{colours}: {kind} {ratio:.2f}:1 or more")
    assert not weak, "\n".join(weak)


@pytest.mark.row("K24")
@pytest.mark.parametrize(
    "screen",
    mostly_drill([KIOSK, TALL, LAPTOP, PHONE], KIOSK),
    ids=["wide", "tall", "laptop", "phone"],
)
def test_what_is_pressed_is_large_and_stands_apart(
    visit: OpenVisit, luton: KioskServer, screen: Screen
) -> None:
    display = load_site(ROOT).settings.display
    own = min(screen.width, screen.height) >= display.own_screen_px
    pitch = display.pixel_pitch_mm
    size, gap = (20 / pitch, 5 / pitch) if own else (44.0, 5.0)
    smallest, nearest = 1e9, 1e9
    wrong: list[str] = []

    def look(page: Page, name: str) -> None:
        nonlocal smallest, nearest
        boxes: list[dict[str, Any]] = page.evaluate(TARGETS)
        assert boxes
        for place, one in enumerate(boxes):
            side = min(one["right"] - one["left"], one["bottom"] - one["top"])
            smallest = min(smallest, side)
            if side < size - 0.5:
                wrong.append(f"{name}: {one['name']!r} is {side:.0f} px small")
            for other in boxes[place + 1 :]:
                if one["scrolls"] != other["scrolls"]:
                    continue
                away = apart(one, other)
                nearest = min(nearest, away)
                if away < gap - 0.5:
                    pair = f"{one['name']!r} and {other['name']!r}"
                    wrong.append(f"{name}: {pair} are {away:.0f} px apart")

    person = visit(screen)
    for name in screens(person.page, luton.url):
        look(person.page, name)
    if own:
        print(f"smallest target {smallest * pitch:.1f} mm, smallest gap {nearest * pitch:.1f} mm")
    else:
        print(f"smallest target {smallest:.0f} px, smallest gap {nearest:.0f} px")
    assert wrong == []


def apart(one: dict[str, Any], other: dict[str, Any]) -> float:
    """Return the px between two boxes; less than nothing when they lie on each other."""
    across = max(one["left"], other["left"]) - min(one["right"], other["right"])
    down = max(one["top"], other["top"]) - min(one["bottom"], other["bottom"])
    return float(max(across, down))


PLACES = """() => Object.fromEntries(
  [...document.querySelectorAll("#kiosk .top button, #kiosk .bar button")].map((one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    return [one.dataset.action, [left, top, width, height].map(Math.round)];
  }))"""


@pytest.mark.row("K29")
@pytest.mark.parametrize(
    ("screen", "most"),
    mostly_drill([(KIOSK, 4), (KIOSK, EVERY), (TALL, EVERY)], (KIOSK, 4)),
    ids=["wide, some", "wide", "tall"],
)
def test_the_same_buttons_are_in_the_same_places_on_every_page(
    visit: OpenVisit, luton: KioskServer, screen: Screen, most: int
) -> None:
    page = opened(visit(screen).page, luton.url)
    first = page.evaluate(PLACES)
    assert list(first) == [
        "language",
        "settings",
        "finish",
        "home",
        "back",
        "listen",
        "again",
        "next",
        "help",
    ]
    names = page.evaluate("fetch('/pages/en').then(r => r.json()).then(t => Object.keys(t.pages))")
    for name in names[:most]:
        go_to(page, name)
        assert page.evaluate(PLACES) == first, name
        assert page.locator("#page a.choice:visible").count() <= 7, name


@pytest.mark.row("K29")
@pytest.mark.parametrize("most", mostly_drill([3, EVERY], 3))
def test_help_is_on_every_screen_and_leads_to_people(
    visit: OpenVisit, luton: KioskServer, most: int
) -> None:
    page = visit(KIOSK).page
    for name in islice(screens(page, luton.url), most):
        here = page.get_by_role("button", name="Help", exact=True)
        expect(here).to_be_visible()
        assert here.is_enabled(), name
    press(page, "Help")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.locator("#page")).to_contain_text("staff")


@pytest.mark.row("K28")
@pytest.mark.parametrize(
    ("colours", "most"), mostly_drill([("paper", 2), ("paper", 4), ("night", 4)], ("paper", 2))
)
def test_nothing_flashes_while_a_visitor_reads_and_answers(
    visit: OpenVisit, luton: KioskServer, colours: str, most: int
) -> None:
    person = visit(KIOSK)
    page = person.page
    listen_in(page, 3)
    opened(page, f"{luton.url}/?page=vision")
    set_colours(page, colours)
    wire = person.context.new_cdp_session(page)
    frames: list[tuple[float, bytes]] = []

    def shown(event: dict[str, Any]) -> None:
        frames.append((event["metadata"]["timestamp"], base64.b64decode(event["data"])))
        wire.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

    wire.on("Page.screencastFrame", shown)
    wire.send("Page.startScreencast", {"format": "png", "maxWidth": 320, "maxHeight": 180})
    press(page, "Listen")
    wait_until(lambda: len(heard(page)) >= most, 30, f"{most} sentences")
    press(page, "Pause")
    page.keyboard.press("F8")  # the frame of switch scanning
    page.wait_for_selector("#kiosk-frame:not([hidden])", timeout=20_000)
    moving = page.evaluate("document.getAnimations().map((one) => one.animationName ?? '')")
    wire.send("Page.stopScreencast")
    assert [name for name in moving if name] == []  # nothing moves by itself
    assert len(frames) >= 5
    assert most_flashes_a_second(frames) == 0


def most_flashes_a_second(frames: list[tuple[float, bytes]]) -> int:
    """Count general flashes (WCAG 2.3.1): a quarter of the screen goes lighter and darker again.

    frames: seconds and PNG. A change is one of 10% of the lightness.
    """
    lights = [
        (at, Image.open(io.BytesIO(data)).convert("L").resize((64, 36)).tobytes())
        for at, data in frames
    ]
    steps: list[tuple[float, int]] = []
    for (_, before), (at, after) in pairwise(lights):
        changes = [b - a for a, b in zip(before, after, strict=True)]
        steps += [
            (at, sign)
            for sign in (1, -1)
            if sum(sign * one > 25 for one in changes) > len(changes) / 4
        ]
    turns = [at for (_, was), (at, now) in pairwise(steps) if was != now]
    return max((sum(at <= other < at + 1 for other in turns) for at in turns), default=0)


def test_a_screen_that_flashes_would_be_counted() -> None:
    def frame(shade: int) -> bytes:
        out = io.BytesIO()
        Image.new("L", (64, 36), shade).save(out, "PNG")
        return out.getvalue()

    flashing = [(number / 10, frame(255 * (number % 2))) for number in range(10)]
    assert most_flashes_a_second(flashing) >= 3
    assert most_flashes_a_second([(0.0, frame(255)), (1.0, frame(0))]) == 0


def test_with_the_colours_of_the_computer_the_place_and_the_row_being_read_are_seen(
    visit: OpenVisit, luton: KioskServer
) -> None:
    page = visit(replace(TALL, colours="active")).page
    opened(page, f"{luton.url}/?page=safe")
    # What is painted, and not what was asked for.
    inks = []
    for which in (".dot.on", ".dot:not(.on)"):
        painted = Image.open(io.BytesIO(page.locator(which).first.screenshot())).convert("L")
        middle = painted.reduce(max(painted.size) // 3).crop((1, 1, 2, 2))
        inks.append(ImageStat.Stat(middle).mean[0])
    assert inks[0] < inks[1] - 100
    press(page, "Listen")
    page.locator(".idea.being-read").wait_for()
    drawn = "one => parseFloat(getComputedStyle(one).outlineWidth)"
    rows = (
        page.locator(".idea.being-read").evaluate(drawn),
        page.locator(".idea:not(.being-read)").first.evaluate(drawn),
    )
    assert rows[0] > rows[1]

"""The top bar and what it opens: sheets for settings and languages, which stand on the bar."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from kiosk.screen.interface_words import interface_of
from kiosk.screen.steps import STEPS
from tests.screen.conftest import choose_setting
from tests.tools.axe import axe
from tests.tools.cases import mostly_drill
from tests.tools.person import Keypad, heard, listen_in, opened, press, wait_prepared, wait_quiet
from tests.tools.persons import Listener, OneSwitch
from tests.tools.server import KioskServer
from tests.tools.sites import HOME, KIOSK_TOML
from tests.tools.visit import KIOSK, LAPTOP, PHONE, OpenVisit, Screen
from tests.tools.waiting import wait_until

TALL = Screen(1080, 1920, touch=True)
TABLET = Screen(1024, 768, touch=True)
SCREENS = [TALL, KIOSK, TABLET, PHONE]
NAMES = ["tall", "wide", "tablet", "phone"]
CODES = ("en", "pl", "ro", "ur")

SITE: dict[str, str | None] = {
    "kiosk.toml": KIOSK_TOML.replace('["en"]', '["en", "pl", "ro", "ur"]')
    + "\n[switch]\nseconds = 0.5\n",
    **{f"content/{code}/home.md": HOME for code in CODES[1:]},
}
GROUPS = ["Bigger words", "Colours", "Pictures", "Speed", "Volume"]
SHOWN = {name: its for name, its in STEPS.items() if name != "voice"}  # there is one voice here


@pytest.fixture
def page(visit: OpenVisit, server: KioskServer) -> Page:
    """A page on the tall kiosk."""
    return opened(visit(TALL).page, f"{server.url}/?page=people")


def sheet(page: Page) -> Locator:
    return page.locator(".sheet")


def steps(page: Page, name: str) -> Locator:
    return page.get_by_role("radiogroup", name=name, exact=True).get_by_role("radio")


def in_focus(page: Page) -> str:
    """Return the name of what has the focus, or its words."""
    return str(
        page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.innerText.trim()")
    )


@pytest.mark.drill
def test_the_top_bar_says_which_language_is_spoken(page: Page) -> None:
    tools = page.get_by_role("banner").get_by_role("button")
    expect(tools).to_have_count(3)
    for at, name in enumerate(("Language, English", "Settings", "Finish")):
        expect(tools.nth(at)).to_have_accessible_name(name)
    press(page, "Language, English")
    sheet(page).get_by_role("radio", name="Polski").click()
    expect(tools.nth(0)).to_have_accessible_name("Język, Polski")
    expect(tools.nth(0).locator("[lang=pl]")).to_have_text("Polski")


def test_every_step_is_shown_by_its_name_and_the_one_that_is_so_is_marked(page: Page) -> None:
    press(page, "Settings")
    expect(page.get_by_role("heading", name="Settings")).to_be_focused()
    groups = sheet(page).get_by_role("radiogroup")
    expect(groups).to_have_count(len(GROUPS))
    for at, (name, its) in enumerate(zip(GROUPS, SHOWN.values(), strict=True)):
        expect(groups.nth(at)).to_have_accessible_name(name)
        expect(steps(page, name)).to_have_count(len(its))
        expect(groups.nth(at).locator("[aria-checked=true]")).to_have_count(1)
        expect(groups.nth(at).locator(".tick:visible")).to_have_count(1)
    expect(steps(page, "Bigger words").nth(1)).to_have_accessible_name(
        "Bigger words, step 2 of 4, Big"
    )
    expect(steps(page, "Speed").nth(1)).to_be_checked()
    expect(steps(page, "Volume").nth(3)).to_be_checked()
    # Each set of colours is shown in its own.
    shades = steps(page, "Colours").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one).backgroundColor)"
    )
    assert shades == ["rgb(255, 250, 240)", "rgb(16, 21, 31)", "rgb(251, 239, 201)", "rgb(0, 0, 0)"]


def test_a_step_changes_the_screen_at_once_and_finish_makes_all_as_it_was(page: Page) -> None:
    press(page, "Settings")
    for name in GROUPS[:3]:
        steps(page, name).last.click()
        expect(steps(page, name).last).to_be_checked()
        expect(sheet(page).locator("[aria-checked=true]")).to_have_count(5)
    kiosk = page.locator("#kiosk")
    expect(kiosk).to_have_attribute("data-bigger", "4")
    expect(kiosk).to_have_attribute("data-pictures", "none")
    expect(page.locator("html")).to_have_attribute("data-colours", "strong")
    press(page, "Done")
    press(page, "Finish")
    expect(kiosk).to_have_attribute("data-bigger", "1")
    press(page, "Settings")
    expect(steps(page, "Pictures").first).to_be_checked()


def test_a_key_steps_on_also_while_the_sheet_is_open(page: Page) -> None:
    press(page, "Settings")
    keypad = Keypad(page)
    keypad.press("volume")
    expect(steps(page, "Volume").last).to_be_checked()
    keypad.press("help")  # a key counts again only after another one, or some time
    keypad.press("volume")
    assert page.evaluate("document.getElementById('voice').volume") == 2**-4


def by_escape(page: Page) -> None:
    page.keyboard.press("Shift")  # a key counts again only after another one, or some time
    page.keyboard.press("Escape")


def by_the_dim_part(page: Page) -> None:
    page.locator(".dim").click(position={"x": 40, "y": 40})


@pytest.mark.parametrize(
    "close",
    [
        by_escape,
        by_the_dim_part,
        lambda page: press(page, "Back"),
        lambda page: press(page, "Done"),
    ],
    ids=["escape", "dim", "back", "done"],
)
@pytest.mark.parametrize("where", mostly_drill(["people", "home"], "people"))
def test_whatever_closes_a_sheet_leads_back_to_what_opened_it(
    page: Page, where: str, close: object
) -> None:
    if where == "home":
        press(page, "Home")
    for name in ("Language, English", "Settings"):
        press(page, name)
        expect(sheet(page)).to_be_visible()
        assert callable(close)
        close(page)
        expect(sheet(page)).to_have_count(0)
        expect(page.get_by_role("button", name=name, exact=True)).to_be_focused()
        expect(page.locator("#kiosk")).to_have_attribute("data-page", where)
        assert page.locator("[inert]").count() == 0


def test_home_next_help_and_listen_work_while_a_sheet_is_open(page: Page) -> None:
    bar = page.locator(".bar")
    before = bar.bounding_box()
    press(page, "Settings")
    assert bar.bounding_box() == before
    press(page, "Listen")
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    expect(sheet(page)).to_be_visible()
    for name, then in (("Next", "plan"), ("Home", "home")):
        press(page, name)
        expect(sheet(page)).to_have_count(0)
        expect(page.locator("#kiosk")).to_have_attribute("data-page", then)
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        press(page, "Settings")


def test_keys_move_among_the_things_of_the_sheet_and_the_bar_alone(page: Page) -> None:
    press(page, "Settings")
    keypad = Keypad(page)
    met = [in_focus(page)]
    while len(met) < 60:
        keypad.press("down")
        if (now := in_focus(page)) == met[0]:
            break
        met.append(now)
    assert met[:3] == ["Settings", "Done", "Bigger words, step 1 of 4, Normal"]
    assert met[-6:] == ["Home", "Back", "Listen", "Again", "Next", "Help"]
    assert len(met) == 2 + sum(map(len, SHOWN.values())) + 6


@pytest.mark.drill  # one switch makes a whole visit elsewhere
def test_one_switch_finds_a_step_row_by_row(visit: OpenVisit, server: KioskServer) -> None:
    page = visit(LAPTOP).page
    listen_in(page, 16)
    opened(page, f"{server.url}/?page=people")
    wait_prepared(page)
    press(page, "Settings")
    person = OneSwitch(page)
    person.keypad.press("switch")
    wait_until(lambda: heard(page), 10, "the voice")
    person.choose("None")
    expect(page.locator("#kiosk")).to_have_attribute("data-pictures", "none")


@pytest.mark.drill
def test_ears_alone_hear_each_step_and_whether_it_is_chosen(
    visit: OpenVisit, server: KioskServer
) -> None:
    page = visit(KIOSK).page
    listen_in(page, 16)
    opened(page, f"{server.url}/?page=people")
    wait_prepared(page)
    person = Listener(page)
    person.press("speech")
    press(page, "Settings")
    words = interface_of("en").words
    wait_until(lambda: words["sheet_tell"].split(". ")[-1] in " ".join(heard(page)), 10, "the head")
    wait_quiet(page)
    person.press("down")
    assert person.press("down") == [
        "Bigger words, step 1 of 4, Normal",
        words["chosen"],
        words["step_tell"],
    ]
    assert person.press("down") == ["Bigger words, step 2 of 4, Big", words["step_tell"]]
    assert person.press("select") == [words["size_2"]]
    expect(page.locator("#kiosk")).to_have_attribute("data-bigger", "2")


def test_who_sees_the_sheet_hears_a_tone_and_no_words(
    visit: OpenVisit, server: KioskServer
) -> None:
    page = visit(TALL).page
    listen_in(page)
    opened(page, f"{server.url}/?page=people")
    press(page, "Settings")
    voice = "document.getElementById('voice').src"
    with page.expect_response("**/cue.wav"):
        steps(page, "Volume").nth(1).click()
    wait_until(lambda: str(page.evaluate(voice)).endswith("/cue.wav"), 10, "the tone")
    expect(page.locator("#message")).to_be_hidden()
    assert heard(page) == []


@pytest.mark.drill
def test_in_a_new_speed_the_voice_begins_the_same_sentence_again(
    visit: OpenVisit, server: KioskServer
) -> None:
    page = visit(TALL).page
    listen_in(page)
    opened(page, f"{server.url}/?page=people")
    wait_prepared(page)
    press(page, "Listen")
    wait_until(lambda: len(heard(page)) == 2, 30, "the second sentence")
    choose_setting(page, "Speed", 1)
    wait_until(lambda: len(heard(page)) > 2, 10, "the voice")
    assert heard(page)[2] == heard(page)[1]


@pytest.mark.drill
def test_each_language_stands_in_its_own_letters_and_the_present_one_is_marked(
    page: Page,
) -> None:
    press(page, "Language, English")
    expect(page.get_by_role("heading", name="Choose your language")).to_be_focused()
    names = sheet(page).get_by_role("radio")
    expect(names).to_have_text(["English", "Polski", "Română", "اردو"])
    assert names.evaluate_all("(all) => all.map((one) => one.lang)") == list(CODES)
    expect(names.first).to_be_checked()
    names.last.click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(sheet(page)).to_have_count(0)
    expect(page.locator("#message")).to_have_attribute("data-word", "now_speaks")
    expect(page.locator("#kiosk")).to_have_attribute("data-page", "people")


def test_the_old_address_of_the_languages_opens_them_over_home(
    visit: OpenVisit, server: KioskServer
) -> None:
    page = opened(visit(TALL).page, f"{server.url}/?page=languages&lang=pl")
    words = interface_of("pl").words
    expect(page.get_by_role("dialog", name=words["choose_language"])).to_be_visible()
    press(page, words["done"])
    expect(page.get_by_role("heading", level=1)).to_have_text("What would you like to know?")
    expect(page.locator("#message")).to_be_hidden()


# Whether each bar is as high as it was told, and nothing in it sticks out, touches or is cut.
FITS = """() => ["top", "bar"].flatMap((name) => {
  const bar = document.querySelector(`#kiosk .${name}`);
  const box = bar.getBoundingClientRect();
  const wrong = [];
  const inside = (one, outer) => {
    const [a, b] = [one.getBoundingClientRect(), outer.getBoundingClientRect()];
    return a.left >= b.left - 1 && a.right <= b.right + 1 && a.top >= b.top - 1
      && a.bottom <= b.bottom + 1;
  };
  const named = bar.querySelector(".name p");
  if (named && !bar.matches("[data-fit~=bare]") && (!inside(named, named.parentElement)
    || named.offsetHeight > 2.5 * parseFloat(getComputedStyle(named).fontSize)))
    wrong.push("the name of the site is cut");
  if (box.width > innerWidth) wrong.push(`${name} is wider than the screen`);
  for (const button of bar.querySelectorAll("button")) {
    if (button.hidden) continue;
    const words = [...button.querySelectorAll("span:not(.unseen)")].at(-1);
    if (!inside(button, bar)) wrong.push(`${words.textContent} is outside`);
    if (!inside(words, button)) wrong.push(`${words.textContent} is wider than its button`);
    if (parseFloat(getComputedStyle(words).fontSize) < 0.84 * parseFloat(
      getComputedStyle(bar).getPropertyValue("--least")))
      wrong.push(`${words.textContent} is small`);
  }
  return wrong;
})"""


@pytest.mark.parametrize("screen", mostly_drill(SCREENS, PHONE), ids=lambda one: one.width)
@pytest.mark.parametrize("code", mostly_drill(CODES, "pl", "ur"))
def test_bars_never_grow_and_no_label_is_cut_in_any_language_and_size(
    visit: OpenVisit, server: KioskServer, screen: Screen, code: str
) -> None:
    page = opened(visit(screen).page, f"{server.url}/?page=people&lang={code}")
    words = interface_of(code).words
    heights = "['.top', '.bar'].map((one) => document.querySelector(one).offsetHeight)"
    before = page.evaluate(heights)
    for step in range(4):
        press(page, words["settings"])
        steps(page, words["bigger"]).nth(step).click()
        press(page, words["done"])
        assert page.evaluate(FITS) == [], f"size {step + 1}"
        assert page.evaluate(heights) == before


# Steps that are too small or too near to each other; words that are cut.
SMALL = """([size, gap]) => {
  const all = [...document.querySelectorAll(".sheet .step, .sheet .done")];
  const boxes = all.map((one) => one.getBoundingClientRect());
  const small = boxes.filter((box) => Math.min(box.width, box.height) < size - 0.5);
  const near = boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) =>
    Math.max(b.left - a.right, a.left - b.right, b.top - a.bottom, a.top - b.bottom) < gap - 0.5));
  const cut = all.filter((one) => one.scrollWidth > one.clientWidth + 12);
  return [small.length, near.length, cut.map((one) => one.innerText)];
}"""


@pytest.mark.parametrize("screen", mostly_drill(SCREENS, TALL), ids=lambda one: one.width)
@pytest.mark.parametrize("code", mostly_drill(CODES, "en", "ur"))
@pytest.mark.parametrize("size", mostly_drill([1, 4], 4))
def test_a_sheet_fits_can_be_touched_and_breaks_no_rule(
    visit: OpenVisit, server: KioskServer, screen: Screen, code: str, size: int
) -> None:
    page = visit(screen).page
    page.emulate_media(reduced_motion="reduce")
    opened(page, f"{server.url}/?page=people&lang={code}")
    words = interface_of(code).words
    own = min(screen.width, screen.height) >= 1000
    least = [20 / 0.248, 5 / 0.248] if own else [44, 5]
    press(page, words["settings"])
    steps(page, words["bigger"]).nth(size - 1).click()
    for name in ("settings", "language"):
        if name == "language":
            press(page, words["done"])
            page.locator("[data-action=language]").click()
        assert page.evaluate(SMALL, least) == [0, 0, []]
        room = page.locator(".stage").bounding_box()
        box = sheet(page).bounding_box()
        assert room is not None
        assert box is not None
        assert box["y"] >= room["y"] - 0.5
        assert abs(box["y"] + box["height"] - room["y"] - room["height"]) < 1
        expect(sheet(page).locator(".done")).to_be_in_viewport(ratio=1)
        assert axe(page) == []


@pytest.mark.drill
@pytest.mark.parametrize("screen", SCREENS, ids=lambda one: one.width)
def test_the_question_about_the_visit_shows_how_much_time_is_left(
    visit: OpenVisit, server: KioskServer, screen: Screen
) -> None:
    page = visit(screen).page
    page.clock.install()
    listen_in(page, 8)
    opened(page, f"{server.url}/?page=people")
    wait_prepared(page)
    page.clock.fast_forward(185_000)
    question = page.get_by_role("dialog", name="Are you still there?")
    expect(question).to_be_visible()
    left = "+document.getElementById('kiosk-still').style.getPropertyValue('--left')"
    assert page.evaluate(left) == 1
    # A sound that is still being fetched is given up when time jumps.
    wait_until(lambda: len(heard(page)) == 2, 30, "the question and its hint")
    wait_quiet(page)

    def is_emptier() -> bool:  # it is full while the question is being said
        page.clock.run_for(2_000)
        return bool(0 < page.evaluate(left) < 0.9)

    wait_until(is_emptier, 10, "an emptier ring")
    here = question.get_by_role("button", name="I am here")
    expect(here).to_be_in_viewport(ratio=1)
    box = here.bounding_box()
    assert box is not None
    assert box["y"] > screen.height / 2  # low enough to reach
    assert axe(page) == []
    here.click()
    expect(question).to_have_count(0)


@pytest.mark.drill
@pytest.mark.parametrize("screen", SCREENS, ids=lambda one: one.width)
def test_the_picture_that_invites_fits_and_has_every_language_at_its_foot(
    visit: OpenVisit, server: KioskServer, screen: Screen
) -> None:
    page = visit(screen).page
    page.clock.install()
    opened(page, server.url)
    page.clock.fast_forward(65_000)
    begin = page.locator("#kiosk-begin")
    expect(begin).to_be_visible()
    buttons = begin.get_by_role("button")
    expect(buttons).to_have_count(5)
    words = interface_of("en").words
    for key in ("touch", "can_read"):
        expect(buttons.first).to_contain_text(words[key])
    for at in range(5):
        expect(buttons.nth(at)).to_be_in_viewport(ratio=1)
    for part in begin.locator(".invites > *").all():
        expect(part).to_be_in_viewport(ratio=1)
    expect(begin.locator(".people img")).to_have_count(5)
    assert axe(page) == []
    buttons.first.click()
    expect(begin).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_focused()

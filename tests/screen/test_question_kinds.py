"""Every kind of question, answered by four kinds of people; each with the file that it wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from playwright.sync_api import expect

from tests.tools.axe import axe
from tests.tools.cases import is_drill, mostly_drill
from tests.tools.given import Given
from tests.tools.person import heard, listen_in, opened, press, wait_quiet
from tests.tools.persons import Listener, OneSwitch, Person, SixKeys, Toucher
from tests.tools.server import KioskServer
from tests.tools.sites import KIOSK_TOML
from tests.tools.visit import KIOSK, LAPTOP, PHONE, OpenVisit, Screen
from tests.tools.waiting import wait_until

SURVEY = """\
title: All kinds
symbol: memo
questions:
  - id: feel
    kind: faces-5
    ask: How do you feel?
    symbol: thinking face
    answers:
      - {id: very-happy, words: Very happy, symbol: grinning face with big eyes}
      - {id: happy, words: Happy, symbol: slightly smiling face}
      - {id: ok, words: OK, symbol: neutral face}
      - {id: sad, words: Sad, symbol: slightly frowning face}
      - {id: very-sad, words: Very sad, symbol: crying face}
  - id: easy
    kind: faces-3
    ask: Is it easy?
    symbol: memo
    answers:
      - {id: happy, words: It is easy, symbol: slightly smiling face}
      - {id: ok, words: It is so so, symbol: neutral face}
      - {id: sad, words: It is hard, symbol: slightly frowning face}
  - id: found
    kind: yes-no
    ask: Did you find it?
    symbol: memo
    answers:
      - {id: yes, words: Yes, symbol: check mark button}
      - {id: no, words: No, symbol: cross mark}
      - {id: not-sure, words: Not sure, symbol: thinking face}
  - id: ways
    kind: pictures
    most: 2
    ask: How do you come here?
    symbol: bus
    answers:
      - {id: bus, words: By bus, symbol: bus}
      - {id: car, words: By car, symbol: automobile}
      - {id: bike, words: By bike, symbol: bicycle}
  - id: shows
    kind: quiz
    ask: Which words go with the picture?
    symbol: "{says: [leo worried, words, priya ear]}"
    right: tell
    answers:
      - {id: bus, words: You can come here by bus or by car.}
      - {id: tell, words: Tell a member of staff}
      - {id: plan, words: We write a plan together.}
      - {id: home, words: People are kind at home.}
  - id: likes
    kind: scale
    ask: What do you like?
    symbol: red heart
    answers:
      - {id: like, words: I like it, symbol: thumbs up}
      - {id: not-sure, words: I am not sure, symbol: thinking face}
      - {id: dislike, words: I do not like it, symbol: thumbs down}
    items:
      - {id: lunch, words: Lunch, symbol: sandwich}
      - {id: music, words: Music, symbol: musical note}
      - {id: noise, words: Noise, symbol: loudspeaker}
  - id: words
    kind: words
    ask: What else?
    symbol: pencil
    ready:
      - {id: hard, words: It was too hard, symbol: weary face}
      - {id: liked, words: I liked it, symbol: red heart}
  - {id: say, kind: voice, ask: Do you want to speak?, symbol: microphone, most_seconds: 10}
thanks: Thank you.
"""
QUICK_SWITCH = f"{KIOSK_TOML}\n[switch]\nseconds = 0.5\n"


# One question for each control that there is, and one for sentences beside a large picture.
EACH_CONTROL = ("feel", "shows", "likes", "words", "say")


SITE = {"content/surveys/all.yaml": SURVEY, "kiosk.toml": QUICK_SWITCH}


def answer_all(person: Person, letters: str) -> None:
    """Answer every question; the third picture of the mat gets no place."""
    person.choose("Happy")
    person.choose("Next question")
    person.choose("It is so so")
    person.choose("Next question")
    person.choose("Yes")
    person.choose("Next question")
    person.choose("By car")
    person.choose("By bike")
    person.choose("Next question")
    person.choose("Tell a member of staff")
    person.choose("Next question")
    person.choose("I like it")
    person.choose("I do not like it")
    person.choose("Next question")
    person.choose("Write my own words")
    for letter in letters:
        person.choose(letter)
    person.choose("Next question")
    person.choose("Record")


@pytest.mark.parametrize("kind", mostly_drill(["touch", "keys", "switch", "ears"], "touch"))
def test_every_kind_of_question_is_answered(
    visit: OpenVisit, server: KioskServer, given: Given, kind: str
) -> None:
    page = visit(KIOSK if kind == "touch" else LAPTOP).page
    listen_in(page, 16)
    opened(page, f"{server.url}/?page=all")
    person: Person
    if kind == "touch":
        person = Toucher(page)
    elif kind == "keys":
        person = SixKeys(page)
    elif kind == "switch":
        person = OneSwitch(page)
        person.keypad.press("switch")
        wait_until(lambda: heard(page), 10, "the voice")
    else:
        person = Listener(page)
        page.add_style_tag(content="html { opacity: 0 }")
        person.press("speech")
    answer_all(person, "AB")
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    if kind == "ears":  # the voice is taken in from now on, and the focus says how to end it
        wait_until(lambda: "Stop" in heard(page), 15, "the name of the button")
    person.choose("Stop")
    expect(page.get_by_role("button", name="Hear my recording")).to_be_visible()
    wait_quiet(page)
    person.choose("Send")
    expect(page.locator(".result")).to_have_text("Your answer is saved.")
    (file,) = given.files()
    kept = yaml.safe_load(file.read_text(encoding="utf-8"))
    answers = kept["answers"]
    sound = file.with_name(answers.pop("say"))
    assert answers == {
        "feel": "happy",
        "easy": "ok",
        "found": "yes",
        "ways": ["car", "bike"],
        "shows": "tell",
        "likes": {"lunch": "like", "music": "dislike"},
        "words": "Ab",
    }
    assert sound.stat().st_size > 100
    # The receipt is shown and said, and is nowhere in the file but in its name.
    wait_quiet(page)
    person.choose("Do you want to delete it later?")
    code = page.locator(".receipt .code").inner_text().replace(" ", "")
    assert file.stem.endswith(code)
    wait_until(lambda: [one for one in heard(page) if one == "Your 2 pictures are:"], 15, "the end")
    wait_quiet(page)
    assert [text[0] for text in heard(page) if text[1:] == "."][-6:] == list(code)


def test_an_answer_is_changed_taken_back_and_left_out(
    visit: OpenVisit, server: KioskServer, given: Given, folder: Path
) -> None:
    days = folder / "data" / "feedback"
    before = set(days.glob("*/*/*/*"))
    page = visit(KIOSK).page
    listen_in(page, 16)
    opened(page, f"{server.url}/?page=all")
    press(page, "Happy")
    press(page, "Next question")
    press(page, "Back")  # and another face
    expect(page.get_by_role("button", name="Happy", exact=True, pressed=True)).to_be_visible()
    press(page, "Sad")
    press(page, "Next question")
    press(page, "It is easy")
    press(page, "Skip")  # pressed, then left out
    press(page, "Skip")
    for name in ("By bus", "By car", "By bike"):
        press(page, name)
    expect(page.locator("#message")).to_contain_text("You cannot choose more.")
    press(page, "By bus")  # taken back
    press(page, "By bike")
    press(page, "Next question")
    press(page, "Skip")
    press(page, "I like it")
    page.get_by_role("button", name="Lunch").click()  # in hand again
    press(page, "I am not sure")
    press(page, "Next question")
    press(page, "Skip")
    press(page, "Record")
    press(page, "Stop")
    press(page, "Delete my recording")
    expect(page.get_by_role("button", name="Record", exact=True)).to_be_visible()
    press(page, "Skip")
    expect(page.locator(".result")).to_have_text("Your answer is saved.")
    (file,) = given.files()
    kept = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert kept["answers"] == {
        "feel": "sad",
        "ways": ["car", "bike"],
        "likes": {"lunch": "not-sure"},
    }
    assert set(days.glob("*/*/*/*")) - before == {file}


def test_somebody_who_gives_no_answer_is_told_and_nothing_is_kept(
    visit: OpenVisit, server: KioskServer, given: Given
) -> None:
    page = opened(visit(KIOSK).page, f"{server.url}/?page=think")
    press(page, "Next question")
    expect(page.locator("#message")).to_have_text("Please choose an answer, or press Skip.")
    press(page, "Skip")
    press(page, "Skip")
    expect(page.locator(".thanks h1")).to_have_text("You have not sent an answer")
    expect(page.locator(".result")).to_have_text("That is fine. You can tell us another time.")
    expect(page.locator(".receipt")).to_be_hidden()
    assert given.files() == []


@pytest.mark.drill
def test_the_next_of_the_bar_is_off_at_a_question_and_says_how_to_go_on(
    visit: OpenVisit, server: KioskServer
) -> None:
    page = opened(visit(KIOSK).page, f"{server.url}/?page=think")
    following = page.locator(".bar [data-action=next]")
    for said in (
        "To go on, press Next question. To leave this out, press Skip.",
        "To go on, press Send. To leave this out, press Skip.",
    ):
        expect(following).to_have_attribute("aria-disabled", "true")
        following.click(force=True)  # it is off, and says why
        expect(page.locator("#message")).to_have_text(said)
        press(page, "Skip")


@pytest.mark.drill
def test_a_ready_sentence_is_an_answer_and_own_words_take_its_place(
    visit: OpenVisit, server: KioskServer, given: Given
) -> None:
    page = visit(KIOSK).page
    for own in (False, True):
        opened(page, f"{server.url}/?page=all")
        for _ in range(6):
            press(page, "Skip")
        press(page, "It was too hard")
        if own:
            press(page, "Write my own words")
            press(page, "A")
            press(page, "Ready sentences")
            expect(page.locator("[data-ready][aria-pressed=true]")).to_have_count(0)
        press(page, "Next question")
        press(page, "Skip")
        expect(page.locator(".result")).to_have_text("Your answer is saved.")
    assert [one["answers"]["words"] for one in given.read()] == [
        {"ready": "hard", "words": "It was too hard"},
        "A",
    ]


@pytest.mark.drill
def test_sentences_begin_with_a_capital_and_digits_are_on_the_other_side(
    visit: OpenVisit, server: KioskServer
) -> None:
    page = opened(visit(PHONE).page, f"{server.url}/?page=think")
    press(page, "Skip")
    for key in ("I", "\u2019", "M", "Space", "123", "1", "2", "ABC", ".", "Space", *"OKK", "Undo"):
        press(page, key)
    expect(page.get_by_role("textbox")).to_have_value("I\u2019m 12. Ok")


SHAPES = ((1080, 1920), (1920, 1080), (1366, 768), (1024, 768), (390, 844))
MEASURED = """() => {
  const here = document.querySelector(".question:not([hidden])");
  const rows = here.querySelector(".rows"), strip = here.querySelector(".answer-bar");
  const stage = document.querySelector(".stage").getBoundingClientRect();
  const wrong = [];
  if (rows.scrollWidth > rows.clientWidth) wrong.push("moves sideways");
  for (const one of here.querySelectorAll("button")) {
    if (!one.checkVisibility()) continue;
    const box = one.getBoundingClientRect();
    for (const part of one.querySelectorAll(":scope > span:not(.unseen, .field, .tick)")) {
      const inside = part.getBoundingClientRect();
      const isOut = inside.left < box.left - 1 || inside.right > box.right + 1
        || inside.top < box.top - 1 || inside.bottom > box.bottom + 1
        || part.scrollWidth > part.clientWidth + 1;
      if (isOut && part.checkVisibility() && getComputedStyle(part).display !== "inline")
        wrong.push(`${one.innerText} is too small for its label`);
    }
  }
  const most = stage.width < 700 ? 0.1 : 0.12;
  if (strip.offsetHeight > stage.height * most) wrong.push(`the strip takes ${strip.offsetHeight}`);
  if (Math.abs(strip.getBoundingClientRect().bottom - stage.bottom) > 1) wrong.push("strip moved");
  const sizes = new Set([...here.querySelectorAll(".stack .face")].map((one) => {
    const box = one.getBoundingClientRect();
    return `${Math.round(box.width / 2)} ${Math.round(box.height / 2)}`;
  }));
  if (sizes.size > 1) wrong.push(`answers differ: ${[...sizes]}`);
  const lines = {};
  for (const one of here.querySelectorAll(".stack .face"))
    (lines[Math.round(one.getBoundingClientRect().top)] ??= []).push(one);
  const counts = Object.values(lines).map((line) => line.length);
  if (new Set(counts).size > 1) wrong.push(`rows of ${counts}`);
  return wrong;
}"""


@pytest.mark.drill  # what fits of each shipped screen is tried in the ordinary run
@pytest.mark.parametrize("bigger", [1, 2, 3, 4])
def test_questions_fill_their_screen_and_no_label_leaves_its_button(
    visit: OpenVisit, server: KioskServer, bigger: int
) -> None:
    found = []
    for width, height in SHAPES:
        page = opened(visit(Screen(width, height)).page, f"{server.url}/?page=all")
        page.evaluate(f"document.getElementById('kiosk').dataset.bigger = '{bigger}'")
        for number in range(8):
            found += [(width, height, number, one) for one in page.evaluate(MEASURED)]
            press(page, "Skip")
    assert found == []


@pytest.mark.parametrize("changed", [False, True], ids=["left at once", "changed"])
def test_a_face_on_home_is_an_answer_that_can_be_changed_and_is_posted_once(
    visit: OpenVisit, server: KioskServer, given: Given, changed: bool
) -> None:
    page = opened(visit(KIOSK).page, server.url)
    page.locator("[data-face=sad]").click()
    expect(page.get_by_role("button", name="Sad", exact=True, pressed=True)).to_be_visible()
    if changed:
        press(page, "Happy")
        press(page, "Next question")
    press(page, "Home")
    wait_until(given.files, 20, "the answer")
    assert [one["answers"] for one in given.read()] == [{"feel": "happy" if changed else "sad"}]


def test_contact_details_are_taken_out_and_the_person_is_told(
    visit: OpenVisit, server: KioskServer, given: Given
) -> None:
    page = opened(visit(KIOSK).page, f"{server.url}/?page=think")
    press(page, "Skip")
    page.get_by_role("textbox").fill("Call me on 07700 900123")
    press(page, "Send")
    expect(page.locator(".cleaned")).to_be_visible()
    (file,) = given.files()
    assert "900123" not in file.read_text(encoding="utf-8")


# In a drill each question is looked at: those of one control differ in their pictures and words.
@pytest.mark.parametrize("screen", mostly_drill([KIOSK, PHONE], PHONE), ids=["wide", "phone"])
def test_no_kind_of_question_breaks_a_rule(
    visit: OpenVisit, server: KioskServer, screen: object
) -> None:
    page = opened(visit(KIOSK if screen is KIOSK else PHONE).page, f"{server.url}/?page=all")
    found = []
    for _ in range(8):
        question = page.locator(".question:not([hidden])").get_attribute("data-question")
        if is_drill() or question in EACH_CONTROL:
            found += axe(page)
        press(page, "Skip")
    found += axe(page)
    assert found == []

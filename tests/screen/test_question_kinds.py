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
from tests.tools.visit import KIOSK, LAPTOP, PHONE, OpenVisit
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
  - {id: words, kind: words, ask: What else?, symbol: pencil}
  - {id: say, kind: voice, ask: Do you want to speak?, symbol: microphone, most_seconds: 10}
thanks: Thank you.
"""
QUICK_SWITCH = f"{KIOSK_TOML}\n[switch]\nseconds = 0.5\n"


# One question for each control that there is.
EACH_CONTROL = ("feel", "likes", "words", "say")


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
    person.choose("I like it")
    person.choose("I do not like it")
    person.choose("Next question")
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
    answer_all(person, "AB" if kind == "ears" else "ab")
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    if kind == "ears":  # the voice is taken in from now on, and the focus says how to end it
        wait_until(lambda: "Stop" in heard(page), 15, "the name of the button")
    person.choose("Stop")
    expect(page.get_by_role("button", name="Hear my voice")).to_be_visible()
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
        "likes": {"lunch": "like", "music": "dislike"},
        "words": "ab",
    }
    assert sound.stat().st_size > 100
    # The receipt is shown and said, and is nowhere in the file but in its name.
    code = page.locator(".receipt .code").inner_text().replace(" ", "")
    assert file.stem.endswith(code)
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
    expect(page.locator("#message")).to_contain_text("You have chosen enough.")
    press(page, "By bus")  # taken back
    press(page, "By bike")
    press(page, "Next question")
    press(page, "I like it")
    page.get_by_role("button", name="Lunch").click()  # in hand again
    press(page, "I am not sure")
    press(page, "Next question")
    press(page, "Skip")
    press(page, "Record")
    press(page, "Stop")
    press(page, "Take it away")
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
    for _ in range(7):
        question = page.locator(".question:not([hidden])").get_attribute("data-question")
        if is_drill() or question in EACH_CONTROL:
            found += axe(page)
        press(page, "Skip")
    found += axe(page)
    assert found == []

"""People check a page by a link: what they may do, what is kept, and what staff learn from it."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from kiosk.editor.reviews import KEPT_DAYS, MOST, Reviews, words_of
from kiosk.located import load_yaml
from kiosk.screen.interface_words import interface_of
from kiosk.web.studio.desk import Desk
from tests.tools.axe import axe
from tests.tools.visit import LAPTOP, PHONE, OpenVisit
from tests.web.studio.asking import Answer, Browser
from tests.web.studio.staff import DRAFT, NAME, SECONDS, WIDE, StartStudio, opened

WHO = "Our self-advocacy group"


@pytest.fixture
def secret(bea: Browser, page: Path, desk: Desk) -> Iterator[str]:
    assert page.read_text() == DRAFT
    now = bea.ask(f"/studio/page?name={NAME}").told["opened"]
    made = bea.ask("/studio/review-link", {"name": NAME, "opened": now, "who": WHO})
    assert made.status == 201
    yield made.told["path"].partition("#")[2]
    reviews = Reviews(desk.site)
    for link in reviews.of_page(NAME):
        reviews.delete(link.id)


def person(desk: Desk, secret: str) -> Browser:
    browser = Browser(desk)
    assert browser.ask("/review/open", {"secret": secret}).status == 200
    return browser


def say(browser: Browser, secret: str, ideas: Any, *, who: str = "", done: bool = True) -> Answer:
    sent = {"secret": secret, "id": who or str(uuid.uuid4()), "done": done, "ideas": ideas}
    return browser.ask("/review/answer", sent)


def easy(value: str, *words: str, picture: bool | None = None) -> dict[str, Any]:
    return {"easy": value, "words": list(words), "picture": picture}


def told(browser: Browser) -> Any:
    return browser.ask(f"/studio/reviews?name={NAME}").told["links"][0]


def test_several_people_say_what_is_easy_and_staff_confirm_who_checked_it(
    bea: Browser, ali: Browser, desk: Desk, secret: str
) -> None:
    first, second = person(desk, secret), person(desk, secret)
    shown = first.ask("/review/").body.decode()
    assert "An EHCP is a plan" in shown
    assert "review-data" in shown
    ideas = {"1": easy("yes"), "2": easy("no", "Things", picture=False)}
    assert say(first, secret, ideas).status == 201
    who = str(uuid.uuid4())
    assert say(second, secret, {"1": easy("partly", "EHCP")}, who=who, done=False).status == 201
    assert say(second, secret, {"1": easy("yes"), "2": easy("yes")}, who=who).status == 201
    link = told(bea)
    assert (link["who"], link["people"], link["done"], link["easy"]) == (WHO, 2, 2, 1)
    assert link["ideas"][0]["easy"] == {"yes": 2, "partly": 0, "no": 0}
    assert link["ideas"][1]["hard"] == [["Things", 1]]
    assert link["ideas"][1]["wrong_picture"] == 1
    proposed = ali.ask(f"/studio/publishing?name={NAME}").told["proposed"]
    assert proposed == {"who": WHO, "people": 2, "easy": 1, "same": True, "count": 2}
    text = DRAFT + "More.\n"
    now = bea.ask(f"/studio/page?name={NAME}").told["opened"]
    bea.ask("/studio/save", {"name": NAME, "text": text, "opened": now})
    assert told(bea)["same"] is False
    assert "More." not in person(desk, secret).ask("/review/").body.decode()


def test_the_question_and_the_faces_are_heard_as_well_as_the_page(desk: Desk, secret: str) -> None:
    browser = person(desk, secret)
    found = re.findall(r'id="review-data">(.*?)</script>', browser.ask("/review/").body.decode())
    data = json.loads(found[0])
    clips = browser.ask("/review/narration/en/draft/normal").told
    heard = [one and one["text"] for one in clips[data["first"] :]]
    assert heard == list(data["words"].values())
    sound = browser.ask(f"/review/{clips[-1]['file']}")
    assert sound.body[:4] == b"RIFF"


def test_only_the_hash_of_a_secret_is_kept_and_no_name_and_nothing_among_the_answers(
    desk: Desk, secret: str
) -> None:
    say(person(desk, secret), secret, {"1": easy("no", "plan")})
    kept = [path for path in desk.site.data.rglob("*") if path.is_file()]
    assert all(secret.encode() not in path.read_bytes() for path in kept)
    (review,) = (path for path in kept if path.suffix == ".json" and "reviews" in path.parts)
    told_ = load_yaml(review.read_text())
    assert sorted(told_) == ["day", "done", "id", "ideas"]
    assert sorted(told_["ideas"]["1"]) == ["easy", "picture", "words"]
    assert not (desk.site.data / "feedback").exists()
    assert {path.stat().st_mode & 0o077 for path in (review, review.parent)} == {0}


def test_nobody_writes_words_of_their_own_or_of_another_page(desk: Desk, secret: str) -> None:
    browser = person(desk, secret)
    for wrong, status in (
        ({"1": easy("no", "My name is Sam")}, 422),
        ({"1": easy("no", "rainbow")}, 422),
        ({"9": easy("yes")}, 422),
        ({"0": easy("yes")}, 422),
        ({"x": easy("yes")}, 400),
        ({"1": easy("maybe")}, 400),
        ({"1": {**easy("yes"), "name": "Sam"}}, 400),
    ):
        assert say(browser, secret, wrong).status == status, wrong
    assert say(browser, secret, {"1": easy("yes")}, who="../../staff/x").status == 400
    assert told_people(desk) == 0


def told_people(desk: Desk) -> int:
    reviews = Reviews(desk.site)
    return sum(len(reviews.said(link)) for link in reviews.of_page(NAME))


def test_a_link_that_was_ended_or_is_over_or_was_guessed_shows_nothing(
    bea: Browser, desk: Desk, secret: str
) -> None:
    browser = person(desk, secret)
    for guess in ("", "x", secret[:-1], secret + "x", "../" + secret):
        assert Browser(desk).ask("/review/open", {"secret": guess}).status == 422
        assert say(browser, guess, {"1": easy("yes")}).status == 422
    assert "An EHCP" not in Browser(desk).ask("/review/").body.decode()
    for path in ("pages/en", "files/x.svg", "narration/en/draft/normal", "clips/x.wav"):
        assert Browser(desk).ask(f"/review/{path}").status == 404
    for path in ("/studio/page", "/studio/reviews"):
        assert browser.ask(f"{path}?name={NAME}").status == 401
    link = told(bea)
    ended = bea.ask("/studio/review-end", {"name": NAME, "id": link["id"]}).told["links"][0]
    assert (ended["open"], ended["people"]) == (False, 0)
    assert say(browser, secret, {"1": easy("yes")}).status == 422
    assert "An EHCP" not in browser.ask("/review/").body.decode()
    assert bea.ask("/studio/review-end", {"name": NAME, "id": "../x"}).status == 422
    deleted = bea.ask("/studio/review-delete", {"name": NAME, "id": link["id"]}).told
    assert deleted["links"] == []


def test_a_link_works_for_30_days_and_what_was_said_is_gone_after_a_year(
    bea: Browser, desk: Desk, secret: str
) -> None:
    say(person(desk, secret), secret, {"1": easy("yes")})
    file = desk.site.data / "reviews" / told(bea)["id"] / "link.txt"
    until = told(bea)["until"]
    assert (date.fromisoformat(until) - desk.site.today()).days == 30
    file.write_text(file.read_text().replace(until, "2026-01-01"))
    assert Browser(desk).ask("/review/open", {"secret": secret}).status == 422
    assert told(bea)["open"] is False
    reviews = Reviews(desk.site)
    reviews.tidy()
    assert told(bea)["people"] == 1
    file.write_text(file.read_text().replace("2026-01-01", "2020-01-01"))
    assert KEPT_DAYS == 365
    reviews.tidy()
    assert not file.parent.exists()


def test_no_more_people_than_a_group_has_can_answer(desk: Desk, secret: str) -> None:
    browser = person(desk, secret)
    who = str(uuid.uuid4())
    assert say(browser, secret, {"1": easy("yes")}, who=who).status == 201
    link = Reviews(desk.site).find(secret)
    assert link is not None
    folder = desk.site.data / "reviews" / link.id
    for number in range(MOST - 1):
        (folder / f"{number}.json").write_text("{}")
    assert say(browser, secret, {"1": easy("yes")}).status == 422
    assert say(browser, secret, {"1": easy("no")}, who=who).status == 201, "They may say it anew."


def test_the_words_of_an_idea_are_told_once_in_every_script() -> None:
    text = "---\ntitle: x\n---\n:bus: The **bus** is the bus.\n\n:bus: یہ بس ہے 12\n- Don't go.\n"
    assert words_of(text) == [["The", "bus", "is"], ["یہ", "بس", "ہے", "Don't", "go"]]


def test_people_are_asked_in_each_language_of_the_screen() -> None:
    folder = files("kiosk.web.studio") / "words" / "review"
    words = {
        code: load_yaml((folder / f"{code}.yaml").read_text(encoding="utf-8"))
        for code in ("en", "pl", "ro", "ur")
    }
    assert all(list(one) == list(words["en"]) for one in words.values())
    for code, one in words.items():
        assert interface_of(code).words["next"] in one["how"]


@pytest.mark.drill
def test_a_person_checks_a_page_on_a_phone_and_staff_publish_it_as_checked(
    visit: OpenVisit, studio: StartStudio
) -> None:
    server = studio()
    staff = visit(LAPTOP).page
    opened(staff, server, "Ali")
    staff.get_by_role("button", name="Ask people to check it").click()
    dialog = staff.get_by_role("dialog", name="People check this page")
    dialog.get_by_label("Who will read it?").fill(WHO, timeout=SECONDS)
    dialog.get_by_role("button", name="Make a link").click()
    address = dialog.get_by_label("The link", exact=True).input_value(timeout=SECONDS)
    assert axe(staff) == []
    phone = visit(PHONE)
    page = phone.go(address)
    expect(page.get_by_role("heading", name="Can you help us?")).to_be_visible(timeout=SECONDS)
    assert axe(page) == []
    following = page.locator("[data-action=next]")
    following.click()
    page.get_by_role("button", name="Some of it is hard").click()
    page.get_by_role("button", name="support", exact=True).click()
    page.get_by_role("button", name="Yes", exact=True).click()
    assert axe(page) == []
    assert page.evaluate(WIDE) <= 0
    page.reload()
    pressed = page.get_by_role("button", name="support", exact=True)
    expect(pressed).to_have_attribute("aria-pressed", "true", timeout=SECONDS)
    following.click()
    page.get_by_role("button", name="Yes, it is easy").click()
    following.click()
    expect(page.get_by_role("heading", name="Thank you!")).to_be_visible(timeout=SECONDS)
    # A voice that is busy with others says so, and is asked again.
    assert [one for one in phone.errors if "/narration/" not in one] == []
    assert phone.requests_beyond(server.url) == []
    dialog.get_by_role("button", name="Close").click()
    staff.get_by_role("button", name="Ask people to check it").click()
    expect(dialog).to_contain_text("1 of 2 ideas are easy for all who answered.", timeout=SECONDS)
    expect(dialog).to_contain_text("support (1)")
    assert axe(staff) == []
    dialog.get_by_role("button", name="Publish it, checked by them").click()
    publish = staff.get_by_role("dialog", name="Publish")
    expect(publish.get_by_label("Who checked it?")).to_have_value(f"{WHO} (1)", timeout=SECONDS)
    assert axe(staff) == []

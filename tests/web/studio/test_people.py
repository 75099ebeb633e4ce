"""Who is there: the first member of staff, and two people on one page."""

from __future__ import annotations

from pathlib import Path

from kiosk.config import load_site
from kiosk.web.studio.people import SEEN, People
from tests.tools.sites import tiny_site
from tests.web.studio.asking import PASSWORD, Browser, desk_of


def test_the_link_makes_the_first_member_once(tmp_path: Path) -> None:
    desk = desk_of(load_site(tiny_site(tmp_path)))
    desk.first = "secret"
    browser = Browser(desk)
    assert browser.ask("/studio/me").told["nobody"] is True
    asked = {"name": "Ali", "password": PASSWORD, "secret": "guess"}
    assert browser.ask("/studio/first", asked).status == 403
    short = {**asked, "secret": "secret", "password": "short"}
    assert browser.ask("/studio/first", short).status == 422
    assert browser.ask("/studio/first", {**asked, "secret": "secret"}).told["publish"] is True
    again = browser.ask("/studio/first", {**asked, "name": "Bea", "secret": "secret"})
    assert again.status == 403
    assert [one.name for one in desk.accounts.members] == ["Ali"]
    desk.close()


def test_two_people_on_a_page_see_each_other_for_ten_seconds() -> None:
    now = [0.0]
    people = People(lambda: now[0])
    assert people.here("a", "1", "Ali") == []
    assert people.here("a", "2", "Bea") == ["Ali"]
    assert people.here("b", "3", "Cem") == []
    assert people.here("a", "1", "Ali") == ["Bea"]
    people.gone("a", "2")
    assert people.here("a", "1", "Ali") == []
    people.here("a", "2", "Bea")
    now[0] = SEEN
    assert people.here("a", "1", "Ali") == []

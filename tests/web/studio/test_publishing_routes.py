"""The routes by which staff publish: what is told before, what is refused, what is undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.web.studio.desk import Desk
from tests.web.studio.asking import Browser
from tests.web.studio.staff import DRAFT, NAME, SHOWN


@pytest.mark.usefixtures("page")
def test_who_may_only_write_cannot_publish(bea: Browser, ali: Browser, desk: Desk) -> None:
    shown = desk.site.root / SHOWN
    before = shown.read_text()
    opened = bea.ask(f"/studio/page?name={SHOWN}").told
    sent = {key: opened[key] for key in ("name", "page", "opened")}
    saved = bea.ask("/studio/save", {**sent, "facts": {"title": "Another plan"}}).told
    assert saved["copy"]["by"] == "Bea"
    assert saved["facts"]["title"] == "Another plan"
    assert shown.read_text() == before
    publish = {"name": SHOWN, "opened": saved["opened"], "status": "ready"}
    back = {"name": SHOWN, "opened": saved["opened"], "number": 1}
    for path, asked in (("/studio/publish", publish), ("/studio/show", back)):
        refused = bea.ask(path, asked)
        assert refused.status == 403
        assert "may publish" in refused.told["error"]
    assert shown.read_text() == before
    done = ali.ask("/studio/publish", publish).told
    assert (done["copy"], done["status"]) == (None, "ready")
    assert shown.read_text() == before.replace("Your plan", "Another plan")
    again = ali.ask("/studio/show", {**back, "opened": done["opened"]})
    assert again.status == 200
    assert shown.read_text() == before


def test_what_is_missing_is_told_before_and_when_a_page_is_published(
    ali: Browser, page: Path
) -> None:
    before = ali.ask(f"/studio/publishing?name={NAME}").told
    assert before["missing"]["ready"] == []
    assert any("checked_by" in one for one in before["missing"]["published"])
    sent = {"name": NAME, "opened": before["opened"], "status": "published"}
    refused = ali.ask("/studio/publish", sent)
    assert refused.status == 422
    assert refused.told["missing"] == before["missing"]["published"]
    assert page.read_text() == DRAFT
    for wrong, status in (
        ({"day": "tomorrow"}, 422),
        ({"day": "2020-01-01"}, 422),
        ({"facts": {"title": "x"}}, 400),
        ({"status": "draft"}, 400),
        ({"number": 1}, 400),
    ):
        assert ali.ask("/studio/publish", {**sent, **wrong}).status == status
    facts = {"checked_by": "Our group", "contact": "Ask us."}
    done = ali.ask("/studio/publish", {**sent, "facts": facts}).told
    assert done["status"] == "published"
    assert "checked_by: Our group\n" in page.read_text()


@pytest.mark.usefixtures("page")
def test_what_changed_is_told_with_its_pictures(bea: Browser) -> None:
    opened = bea.ask(f"/studio/page?name={SHOWN}").told
    opened["page"]["cards"][0]["lines"][0]["words"] = "An EHCP is a plan for your life."
    opened["page"]["cards"][1]["picture"]["name"] = "bus"
    sent = {"name": SHOWN, "page": opened["page"], "facts": {"title": "New"}}
    bea.ask("/studio/save", {**sent, "opened": opened["opened"]})
    told = bea.ask(f"/studio/publishing?name={SHOWN}").told["changes"]
    assert told["facts"] == [["title", "Your plan", "New"]]
    words, picture = told["cards"]
    assert [one for one in words["now"]["lines"][0][1] if one["is_new"]] == [
        {"text": "life.", "is_new": True}
    ]
    assert (picture["was"]["picture"], picture["now"]["picture"]) == ("rainbow", "bus")
    row = next(one for one in bea.ask("/studio/pages").told["pages"] if one["name"] == SHOWN)
    assert row["copy"]["by"] == "Bea"
    live = bea.ask(f"/studio/page?name={SHOWN}").told["opened"]
    assert bea.ask("/studio/discard", {"name": SHOWN, "opened": live}).told["copy"] is None
    (version,) = bea.ask(f"/studio/versions?name={SHOWN}").told["versions"]
    assert (version["why"], version["by"], version["shown"]) == ("aside", "Bea", False)
    kept = bea.ask(f"/studio/version?name={SHOWN}&number=1").told
    assert "title: New" in kept["text"]
    assert len(kept["changes"]["cards"]) == 2
    assert bea.ask(f"/studio/version?name={SHOWN}&number=x").status == 400
    assert bea.ask(f"/studio/version?name={SHOWN}&number=7").status == 422

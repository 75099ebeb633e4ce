"""The routes of the preview: the kiosk's screen of a text that is not saved, for one window."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from pathlib import Path

from kiosk.web.studio.desk import Desk
from tests.web.studio.asking import Browser
from tests.web.studio.staff import DRAFT, NAME


def test_a_preview_is_the_screen_of_a_text_that_is_not_saved_and_for_its_window_alone(
    bea: Browser, page: Path, desk: Desk
) -> None:
    text = DRAFT.replace("Things can get better.", "Only in the preview.")
    sent = {"name": NAME, "text": text, "window": "w"}
    told = bea.ask("/studio/preview", sent).told
    assert (told["page"], told["wrong"]) == ("draft", "")
    shown = bea.ask("/studio/preview/w/?page=draft")
    assert b"Only in the preview." in shown.body
    policy = shown.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy
    assert "frame-ancestors 'none'" in bea.ask("/studio/words").headers["content-security-policy"]
    name = re.findall(rb'src="files/([^"]+)"', shown.body)[0]
    assert bea.ask(f"/studio/preview/w/files/{name.decode()}").status == 200
    again = {**sent, "text": text.replace("Only", "Still only")}
    newer = bea.ask("/studio/preview", again).told["version"]
    assert newer != told["version"]
    known = {"kiosk-known": told["version"]}
    pages = bea.ask("/studio/preview/w/pages/en", headers=known).told
    assert list(pages["html"]) == ["draft"]
    assert pages["visit"] is None
    wrong = bea.ask("/studio/preview", {**sent, "text": text.replace("status:", "state:")}).told
    assert wrong["wrong"] == 'line 2: "status" is missing.'
    ali = Browser(desk)
    ali.sign_in("Ali")
    for path in ("", "pages/en", "files/x.svg", "narration/en/draft/normal"):
        assert ali.ask(f"/studio/preview/w/{path}").status == 404, path
        assert replace(bea, cookie="").ask(f"/studio/preview/w/{path}").status == 401, path
    assert bea.ask("/studio/preview", {**sent, "window": "../x"}).status == 400
    assert page.read_text() == DRAFT


def test_a_leaflet_is_seen_before_it_is_saved(bea: Browser, page: Path) -> None:
    told = bea.ask("/studio/preview-leaflet", {"name": NAME, "text": DRAFT, "window": "1"}).told
    assert {base64.b64decode(one)[:4] for one in told["sheets"]} == {b"\x89PNG"}
    assert page.read_text() == DRAFT

"""The routes by which staff explain words, and find, add and put together pictures."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from PIL import Image

from kiosk.content.words import find_hard_word
from kiosk.editor.apart import import_apart
from kiosk.errors import PageNotMade
from kiosk.web.studio.desk import Desk
from tests.web.studio.asking import Browser
from tests.web.studio.staff import DRAFT, NAME

FILE = {"content-type": "application/octet-stream"}
ABOUT = {"words": "Two people: a table", "creator": "Bea", "licence": "Our own"}


@pytest.fixture
def words_file(desk: Desk) -> Iterator[Path]:
    path = desk.site.content / "en" / "words.yaml"
    before = path.read_bytes()
    yield path
    path.write_bytes(before)
    desk.library.refresh()


def explain(browser: Browser, word: str, **after: str) -> Any:
    told = browser.ask(f"/studio/word?{urlencode({'word': word, 'language': 'en'})}").told
    before = {key: told[key] for key in ("means", "symbol", "said")}
    return {"language": "en", "word": word, "before": before, "after": {**before, **after}}


def test_a_word_is_explained_and_said_for_all_pages_by_who_may_publish(
    bea: Browser, ali: Browser, desk: Desk, words_file: Path
) -> None:
    before = words_file.read_text()
    sent = explain(ali, "rainbow", means="A rainbow has 7 colours.", symbol="rainbow", said="ran")
    assert bea.ask("/studio/explain", sent).status == 403
    assert words_file.read_text() == before
    assert ali.ask("/studio/explain", sent).status == 200
    known = desk.library.now.words["en"]
    key = find_hard_word("rainbows", known.hard_words, "en")
    assert key is not None
    assert known.hard_words[key].means == "A rainbow has 7 colours."
    assert known.say["rainbow"] == "ran"
    assert ali.ask("/studio/explain", sent).status == 409, "It is not what they saw any more."
    for wrong in ({"symbol": "no such picture"}, {"means": "x" * 1001}, {"said": "x" * 201}):
        assert ali.ask("/studio/explain", explain(ali, "rainbow", **wrong)).status in (400, 422)
    away = explain(ali, "rainbow", means="", symbol="", said="")
    assert ali.ask("/studio/explain", away).status == 200
    assert words_file.read_text() == before


def test_how_a_word_is_said_is_heard_before_it_is_saved(bea: Browser) -> None:
    plain, spelt = (
        bea.ask("/studio/listen", {"text": one, "language": "en"}).told for one in ("EHCP", "plan")
    )
    assert plain["sound"] != spelt["sound"]


def test_a_photo_is_added_with_its_words_and_nothing_else_of_it_is_kept(
    bea: Browser, desk: Desk
) -> None:
    photo = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    Image.new("RGB", (900, 600), "teal").save(photo, "JPEG", exif=exif)
    path = f"/studio/add-picture?{urlencode(ABOUT)}"
    added = bea.ask(path, raw=photo.getvalue(), headers=FILE)
    assert added.status == 201
    name = added.told["name"]
    assert bea.ask(path, raw=photo.getvalue(), headers=FILE).told["name"] == name
    symbol = desk.library.symbols.find(name)
    assert (symbol.words, symbol.credit.creator, symbol.credit.licence) == tuple(ABOUT.values())
    kept = (desk.site.assets / "pictures" / f"{name}.png").read_bytes()
    assert b"A camera" not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert max(picture.size) <= 512
    own = bea.ask("/studio/suggestions?shelf=own&words=table").told
    assert [one["name"] for one in own["pictures"]] == [name]
    for key in ABOUT:
        lacking = urlencode({**ABOUT, key: " "})
        refused = bea.ask(f"/studio/add-picture?{lacking}", raw=photo.getvalue(), headers=FILE)
        assert (refused.status, "who made it" in refused.told["error"]) == (422, True)
    listed = desk.site.assets / "pictures" / "pictures.yaml"
    assert listed.read_text().count(name) == 1


def test_pictures_are_suggested_and_shown(bea: Browser) -> None:
    told = bea.ask("/studio/suggestions?words=bus&language=en").told
    assert "bus" in [one["name"] for one in told["pictures"]]
    shown = bea.ask("/studio/picture?name=bus&language=en")
    assert shown.headers["content-type"] == "image/svg+xml"
    assert b"<svg" in shown.body
    again = bea.ask("/studio/picture?name=bus", headers={"if-none-match": shown.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    assert bea.ask("/studio/picture?name=no+such").status == 404


def test_the_word_book_can_be_looked_through(bea: Browser, desk: Desk) -> None:
    (desk.site.content / "symbols.yaml").write_text("trip: bus\nsafety: shield\n")
    desk.library.refresh()
    told = bea.ask("/studio/suggestions?shelf=book&language=en").told
    counts = {one["shelf"]: one["count"] for one in told["shelves"]}
    assert counts["book"] == 2
    assert [one["name"] for one in told["pictures"]] == ["safety", "trip"]
    assert bea.ask("/studio/suggestions?shelf=pack+none").told["pictures"] == []
    (one,) = bea.ask("/studio/suggestions?shelf=book&words=TRI").told["pictures"]
    assert (one["name"], one["made"]) == ("trip", False)
    (desk.site.content / "symbols.yaml").unlink()
    desk.library.refresh()


def test_a_picture_of_parts_is_proposed_and_the_page_puts_it_together(
    bea: Browser, page: Path
) -> None:
    said = urlencode({"words": "We do not use the bus to the shop", "language": "en"})
    found = bea.ask(f"/studio/suggestions?{said}").told["pictures"]
    made = next(one for one in found if one["made"])
    drawn = bea.ask(f"/studio/picture?{urlencode({'name': made['name'], 'language': 'en'})}")
    assert b"<svg" in drawn.body
    sent = {"name": NAME, "text": DRAFT, "called": made["shows"], "declaration": made["name"]}
    told = bea.ask("/studio/compose", sent).told
    assert told["picture"] in told["own"]
    text = told["text"].replace(":memo: An", f":{told['picture']}: An")
    opened = bea.ask(f"/studio/page?name={NAME}").told["opened"]
    saved = bea.ask("/studio/save", {"name": NAME, "text": text, "opened": opened}).told
    findings = bea.ask("/studio/check", {"name": NAME, "text": text}).told["findings"]
    assert [one for one in findings if one["severity"] == "E" and "picture" in one["problem"]] == []
    assert saved["page"]["cards"][0]["picture"]["name"] == told["picture"]
    shown = urlencode({"name": told["picture"], "language": "en", "page": NAME})
    assert bea.ask(f"/studio/picture?{shown}").body == drawn.body
    twice = bea.ask("/studio/compose", {**sent, "text": text}).told
    assert twice["picture"] == f"{told['picture']} 2"
    for wrong in ("{in: [home]", "home\nstatus: published", "{in: [home, bus]} #\nx: y"):
        assert bea.ask("/studio/compose", {**sent, "declaration": wrong}).status == 422, wrong
    assert page.read_text() == text


def test_a_file_that_takes_too_long_to_read_is_given_up_and_leaves_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "trip.html"
    file.write_text("<h1>Our trip</h1><p>We saw a bus.</p>")
    before = sorted(desk.site.root.rglob("*"))
    began = time.monotonic()
    with pytest.raises(PageNotMade, match="takes too long"):
        import_apart(desk.site, file, pasted=True, part="about", language="en", seconds=0.01)
    assert time.monotonic() - began < 60
    assert sorted(desk.site.root.rglob("*")) == before

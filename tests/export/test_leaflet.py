from __future__ import annotations

import dataclasses
import io
from pathlib import Path

import pdfplumber
import pytest

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.errors import ContentError, KioskError, NotExported
from kiosk.export.chosen import all_of
from kiosk.export.leaflet import leaflet, leaflet_paper
from kiosk.export.typeset import as_booklet, as_pdf, sides
from kiosk.symbols import Symbol, Use
from tests.export.losing import LOST, without
from tests.export.papers import chosen_from, tags, words_in
from tests.tools.sites import HOME, KIOSK_TOML, PEOPLE, PLAN, ROOT, tiny_site

FOOT = 20  # mm: the number of the page

ADDRESS = "https://example.org/send/?page=plan&lang=en"
PEOPLE_ON_PAPER = """
A tiny place Draft
The people here
We use co-production.
Families and staff plan together.
You can come by bus.
• Bus 1
• Bus 2
Hard words
co-production
Families and staff plan and make things together.
About this paper
This is from our kiosk, A tiny place. We wrote it. It is not an official document.
Where the facts come from: The tests, 23 November 2026.
Draft: people with learning disabilities have not checked this
Language: English
Who made the pictures and letters
OpenMoji. OpenMoji, openmoji.org. CC BY-SA 4.0. https://creativecommons.org/licenses/by-sa/4.0/.
Source Sans Pro. Adobe. SIL Open Font License 1.1. https://openfontlicense.org
"""


def test_a_leaflet_has_the_words_of_its_page_in_their_order_and_its_language(
    tmp_path: Path,
) -> None:
    pdf = leaflet(*chosen_from(tiny_site(tmp_path), "people"))
    assert words_in(pdf, foot=FOOT) == PEOPLE_ON_PAPER.split()
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        assert file.pages[0].width == pytest.approx(595, abs=1)  # A4, in points
        assert file.pages[0].extract_text().splitlines()[-1] == "Page 1 of 3"
        assert file.doc.catalog["Lang"] == b"en"
        # No day but that of the facts: so the file is the same on every day.
        assert file.metadata.keys() <= {"Title", "Author", "Creator", "CreationDate", "ModDate"}
        assert "20261123000000" in file.metadata.get("ModDate", "20261123000000")
        assert file.metadata["Title"] == "The people here"
        sizes = {round(one["size"]) for one in file.pages[1].chars}
        assert sizes == {14, 18, 28}  # the number of the page, the words, the heading


def test_what_a_screen_reader_finds_stands_in_the_order_of_the_page(tmp_path: Path) -> None:
    pdf = leaflet(*chosen_from(tiny_site(tmp_path), "people"))
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        found = list(tags(file.structure_tree))
    handshake, bus = "Handshake", "Bus"
    assert [kind for kind, _ in found] == [
        *("P", "P", "Figure", "H1"),  # the cover
        *("Figure", "P", "P"),
        *("Figure", "P", "L", "LI", "LI"),
        *("H2", "Figure", "P", "P"),  # the hard words
        *("H2", "P", "P", "P", "P", "H3", "P", "Link", "P", "Link"),
    ]
    told = [words for kind, words in found if kind == "Figure"]
    assert len(told) == 4
    assert told == [handshake, handshake, bus, handshake]


def test_the_same_page_gives_the_same_bytes(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    assert leaflet(*chosen_from(site, "plan")) == leaflet(*chosen_from(site, "plan"))


def test_a_leaflet_to_fold_is_a5_with_the_same_words_as_large(tmp_path: Path) -> None:
    pdf = leaflet(*chosen_from(tiny_site(tmp_path), "people"), folded=True)
    assert words_in(pdf, foot=14) == PEOPLE_ON_PAPER.split()
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        assert file.pages[0].width == pytest.approx(420, abs=1)  # A5, in points
        assert {round(one["size"]) for one in file.pages[1].chars} >= {14, 18}


def test_a_booklet_has_its_pages_where_they_are_once_it_is_folded(tmp_path: Path) -> None:
    paper = leaflet_paper(*chosen_from(tiny_site(tmp_path), "people"), folded=True)
    pages = as_pdf(paper, "leaflet")
    with (
        pdfplumber.open(io.BytesIO(pages)) as read,
        pdfplumber.open(io.BytesIO(as_booklet(paper, pages))) as printed,
    ):
        assert len(read.pages) == 3
        outside, inside = printed.pages
        assert (round(outside.width), round(outside.height)) == (842, 595)  # A4, in points
        left, right = halves(outside)
        assert left == []  # the back stays empty
        assert right == words(read.pages[0])
        assert halves(inside) == [words(page) for page in read.pages[1:]]


def halves(sheet: pdfplumber.page.Page) -> list[list[str]]:
    middle = sheet.width / 2
    return [
        words(sheet.crop((0, 0, middle, sheet.height))),
        words(sheet.crop((middle, 0, sheet.width, sheet.height))),
    ]


def words(page: pdfplumber.page.Page) -> list[str]:
    return page.extract_text().split()


@pytest.mark.parametrize("count", [1, 4, 5, 8])
def test_each_page_of_a_booklet_has_the_next_one_on_its_back_or_beside_it(count: int) -> None:
    for right_to_left in (False, True):
        found = sides(count, right_to_left=right_to_left)
        flat = [page for side in found for page in side if page]
        assert sorted(flat) == list(range(1, count + 1))
        assert len(found) % 2 == 0
        whole = 2 * len(found)
        for at, side in enumerate(found):
            pair = side[::-1] if right_to_left else side
            # Outside, the higher number is where one begins to read from; inside, the lower.
            first, second = pair if at % 2 else pair[::-1]
            assert (first or 0, second) in ((at + 1, whole - at), (at + 1, None), (0, None))


def test_a_part_is_one_leaflet_with_each_of_its_pages(tmp_path: Path) -> None:
    site, chosen = chosen_from(tiny_site(tmp_path), "about")
    paper = leaflet_paper(site, chosen)
    assert [page["title"] for page in paper.told["pages"]] == ["", "Your plan"]
    assert paper.told["title"] == "The people here"


def test_who_checked_a_page_stands_in_the_place_of_draft(tmp_path: Path) -> None:
    checked = PLAN.replace("status: ready", "status: published\nchecked_by: The Tuesday group")
    site = tiny_site(tmp_path, {"content/en/about/plan.md": checked})
    told = leaflet_paper(*chosen_from(site, "plan")).told
    assert told["draft"] == ""
    assert "Who checked it: The Tuesday group" in told["notes"]
    assert not [note for note in told["notes"] if note.startswith("Draft")]


def test_a_leaflet_leads_to_the_talking_page_where_the_site_has_a_web_address(
    tmp_path: Path,
) -> None:
    address = KIOSK_TOML.replace("[site]", '[site]\nweb_address = "https://example.org/send/"')
    site = tiny_site(tmp_path, {"kiosk.toml": address})
    paper = leaflet_paper(*chosen_from(site, "plan"))
    phone = paper.told["phone"]
    assert phone["title"] == "Hear it on your phone"
    assert "".join(phone["address"]) == ADDRESS
    words = words_in(as_pdf(paper, "leaflet"), foot=FOOT)
    assert f"Hearitonyourphone{ADDRESS}" in "".join(words)


def test_without_its_letters_no_leaflet_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = chosen_from(tiny_site(tmp_path), "plan")
    monkeypatch.setattr("kiosk.export.fonts.find_spec", lambda _: None)
    with pytest.raises(NotExported, match="Source Sans, are not there"):
        leaflet(*asked)


def test_a_page_whose_file_is_not_right_stops_with_the_line(tmp_path: Path) -> None:
    plan = "content/en/about/plan.md"
    cases = {
        "title": PLAN.replace("title: Your plan\n", ""),
        "picture": PLAN.replace(":memo: An EHCP", "An EHCP"),
        "unknown picture": PLAN.replace(":rainbow =", ":rainbou ="),
    }
    for number, (name, text) in enumerate(cases.items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        with pytest.raises(ContentError) as stopped:
            chosen_from(tiny_site(folder, {plan: text}), "plan")
        assert str(stopped.value).startswith(f"{plan}:"), name


@pytest.mark.parametrize("lost", LOST)
def test_what_is_lost_on_the_way_stops_it_with_the_place(tmp_path: Path, lost: str) -> None:
    site, chosen = chosen_from(tiny_site(tmp_path), "plan")
    (page,) = chosen.pages
    second = page.ideas[1]
    page = without(page, lost)
    chosen = dataclasses.replace(chosen, pages=(page,))
    with pytest.raises((ContentError, NotExported)) as stopped:
        leaflet(site, chosen)
    line = second.line if lost in ("alt", "picture") else 1
    assert str(stopped.value).startswith(f"content/en/about/plan.md:{line}: ")


def test_a_picture_whose_makers_bar_it_stops_with_its_name_and_the_place(tmp_path: Path) -> None:
    site, chosen = chosen_from(tiny_site(tmp_path), "plan")
    (page,) = chosen.pages
    first, second = page.ideas
    assert second.symbol is not None
    uses: tuple[Use, ...] = ("print", "download")
    for use in uses:
        credit = dataclasses.replace(second.symbol.credit, may_be=("screen", use))
        barred = Symbol("their rainbow", "", b"<svg/>", "image/svg+xml", credit)
        ideas = (first, dataclasses.replace(second, symbol=barred))
        with pytest.raises(ContentError) as stopped:
            leaflet_paper(
                site,
                dataclasses.replace(chosen, pages=(dataclasses.replace(page, ideas=ideas),)),
            )
        assert str(stopped.value).startswith(f"content/en/about/plan.md:{second.line}: ")
        assert '"their rainbow"' in str(stopped.value)


@pytest.mark.parametrize(("key", "value"), [("alt", ""), ("title", ""), ("language", "")])
def test_the_gate_itself_stops_a_pdf_that_cannot_be_heard(
    tmp_path: Path, key: str, value: str
) -> None:
    paper = leaflet_paper(*chosen_from(tiny_site(tmp_path), "plan"))
    if key == "alt":
        paper.told["cover"]["alt"] = None
    else:
        paper.told[key] = value
    with pytest.raises(ContentError, match=r"^content/en/about/plan\.md:1: It cannot be set"):
        as_pdf(paper, "leaflet")


def test_a_name_that_there_is_not_says_which_is_near(tmp_path: Path) -> None:
    with pytest.raises(KioskError, match=r'"plam".*"plan"'):
        chosen_from(tiny_site(tmp_path), "plam")


def test_a_page_that_is_not_translated_says_so(tmp_path: Path) -> None:
    two = KIOSK_TOML.replace('["en"]', '["en", "pl"]')
    home = HOME.replace("Welcome", "Dzień dobry")
    site = tiny_site(tmp_path, {"kiosk.toml": two, "content/pl/home.md": home})
    with pytest.raises(ContentError, match=r"people\.md:1: .*kiosk new translation pl people"):
        chosen_from(site, "people", "pl")
    loaded = load_site(site)
    assert all_of(Library(loaded).now, "pl", pages_too=True) == []


def test_a_draft_says_that_it_is_not_shown(tmp_path: Path) -> None:
    draft = PEOPLE.replace("status: ready", "status: draft")
    site = tiny_site(tmp_path, {"content/en/about/people.md": draft})
    with pytest.raises(ContentError, match=r"people\.md:1: .*draft"):
        chosen_from(site, "people")


@pytest.mark.usefixtures("urdu_letters")
def test_an_urdu_leaflet_keeps_numbers_and_says_where_it_can_be_heard() -> None:
    site, chosen = chosen_from(ROOT, "safe", "ur")
    paper = leaflet_paper(site, chosen)
    assert paper.told["direction"] == "rtl"
    assert any("پڑھ کر سنا" in note for note in paper.told["notes"])
    assert paper.shown("فون 01582 548 000") == "فون \u206601582 548 000\u2069"
    with pdfplumber.open(io.BytesIO(leaflet(site, chosen))) as file:
        pictures, words = file.pages[1].curves, file.pages[1].chars
        fonts = {one["fontname"].partition("+")[2].partition("-")[0] for one in words}
        assert "SourceSansPro" in fonts
        assert any(one.startswith("Noto") for one in fonts)
        assert "The Noto Project Authors" in (file.pages[-1].extract_text() or "")
        rows = [one for one in words if round(one["size"]) == 18]
        # The picture is at the start side, which is the right one.
        assert max(one["x1"] for one in rows) < min(one["x0"] for one in pictures)

from __future__ import annotations

import dataclasses
from itertools import chain, pairwise
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.errors import ContentError, NotExported
from kiosk.export.aloud import Aloud, aloud_for
from kiosk.export.audio import audio
from kiosk.export.book import book, book_chapters
from kiosk.export.chosen import whole
from kiosk.export.paper import begin_paper
from kiosk.live.kiosk import Kiosk
from kiosk.recorded.read import folder_of
from kiosk.recorded.remove import remove
from kiosk.screen.interface_words import Utterance
from kiosk.symbols import Symbol
from tests.export.epub import OPF, XHTML, Book
from tests.export.papers import chosen_from
from tests.tools.recorded import AMIRA, LEAD, WORD, read_aloud
from tests.tools.sites import ROOT, tiny_site

A_MOMENT = 0.05  # seconds that nobody hears


@pytest.fixture(scope="session")
def data(told_site: Path, aloud: Aloud) -> bytes:
    return book(*chosen_from(told_site, "about"), aloud)


@pytest.fixture
def made(data: bytes) -> Book:
    return Book(data)


def test_each_place_of_the_book_is_read_word_by_word_to_the_end_of_its_sound(made: Book) -> None:
    names = [one.attrib["href"].removesuffix(".xhtml") for one in made.spine]
    assert names == ["cover", "contents", "page-people", "page-plan", "words", "about"]
    total = 0.0
    for item, name in zip(made.spine, names, strict=True):
        overlay = item.attrib["media-overlay"]
        assert made.items[overlay].attrib["href"] == f"{name}.smil"
        words = list(chain(*made.heard(name)))
        # What is read is what stands there, in its order; only addresses are not read.
        seen = [word for word in made.page(name).split() if not word.startswith("http")]
        assert [one.word for one in words] == seen
        assert words[0].begins == 0
        assert all(one.begins < one.ends for one in words)
        assert all(one.ends == following.begins for one, following in pairwise(words))
        (told,) = made.told("media:duration", f"#{overlay}")
        seconds = made.seconds(f"{name}.mp3")
        assert float(told.rstrip("s")) == pytest.approx(seconds, abs=A_MOMENT)
        assert words[-1].ends == pytest.approx(seconds, abs=A_MOMENT)
        total += seconds
    (told,) = made.told("media:duration")
    assert float(told.rstrip("s")) == pytest.approx(total, abs=A_MOMENT)


def test_each_word_begins_where_the_kiosk_lights_it(made: Book, aloud: Aloud) -> None:
    reached = 0.0
    for number, words in enumerate(made.heard("page-people")):
        said = " ".join(one.word for one in words)
        clip = aloud.clip(Utterance(said, "en"))
        assert clip is not None
        times = [one.starts_at for one in clip[0].words]
        if not number:
            times[0] = 0.0  # the silence before the first word of all is heard with it
        told = [one.begins - reached for one in words]
        assert told == pytest.approx(times, abs=0.001)
        reached += clip[0].seconds


def test_a_page_reads_what_the_screen_reads(told_site: Path) -> None:
    site, chosen = chosen_from(told_site, "about")
    kiosk = Kiosk(site)
    try:
        narrations = kiosk.served.screens["en"].narrations
        chapters = book_chapters(site, chosen, begin_paper(site, chosen), {})
        for page in chosen.pages:
            (chapter,) = (one for one in chapters if one.id == f"page-{page.id}")
            on_screen = iter(narrations[page.id].in_order())
            assert all(one in on_screen for one in chapter.narration.in_order())
    finally:
        kiosk.close()


def test_each_picture_says_what_it_shows_and_the_book_says_how_it_can_be_read(made: Book) -> None:
    pictures = [
        one.attrib
        for item in made.spine
        for one in made.xml(item.attrib["href"]).iter(f"{XHTML}img")
    ]
    assert all("alt" in one for one in pictures)
    assert {one["alt"] for one in pictures if one.get("class") != "topic"} == {
        *("Handshake", "Bus", "Memo", "A rainbow after the rain")
    }
    for item in made.items.values():
        assert made.zip.getinfo(f"EPUB/{item.attrib['href']}").file_size
    assert made.told("schema:accessMode") == ["textual", "visual", "auditory"]
    assert "textual" in made.told("schema:accessModeSufficient")
    assert {"alternativeText", "synchronizedAudioText"} <= {
        *made.told("schema:accessibilityFeature")
    }
    assert made.told("schema:accessibilityHazard") == ["none"]
    assert made.told("schema:accessibilitySummary")[0].startswith("Each page has pictures")
    assert made.told("media:active-class") == ["lit"]
    assert made.opf.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "en"
    first = made.zip.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", 0)


def test_the_book_says_whose_it_is_and_who_made_what_is_in_it(made: Book) -> None:
    told = made.page("about").replace("\u00a0", " ")
    for part in (
        "It is not an official document.",
        "The tests, 23 November 2026.",
        "Draft: people with learning disabilities",
        "Language: English",
        "OpenMoji, openmoji.org. CC BY-SA 4.0. https://creativecommons.org/licenses/by-sa/4.0/",
        "eSpeak NG. The makers of eSpeak NG.",
    ):
        assert part in told
    assert made.told("dcterms:modified") == ["2026-11-23T00:00:00Z"]


def test_a_hard_word_leads_to_what_it_means(made: Book) -> None:
    (link,) = made.xml("page-people.xhtml").iter(f"{XHTML}a")
    file, _, id_ = link.attrib["href"].partition("#")
    assert "".join(link.itertext()) == "co-production."
    meanings = made.xml(file)
    (found,) = (one for one in meanings.iter() if one.get("id") == id_)
    assert "Families and staff plan and make things together." in "".join(found.itertext())


def test_the_same_part_gives_the_same_bytes(told_site: Path, aloud: Aloud, data: bytes) -> None:
    assert book(*chosen_from(told_site, "about"), aloud) == data


def test_a_whole_site_is_one_book_with_its_own_name(told_site: Path) -> None:
    site = load_site(told_site)
    chosen = whole(Library(site).now, "en")
    assert chosen is not None
    cover, contents, *_ = book_chapters(site, chosen, begin_paper(site, chosen), {})
    assert [one.text for one in cover.narration.in_order()] == [
        *("A tiny place", "Easy read. I can read to you.", "Draft")
    ]
    rows = contents.told["rows"]
    assert [(row["href"], [one["href"] for one in row["below"]]) for row in rows] == [
        ("page-people.xhtml", ["page-plan.xhtml"]),
        ("words.xhtml", []),
        ("about.xhtml", []),
    ]


@pytest.mark.parametrize("lost", ["alt", "title", "language", "picture", "barred"])
def test_what_is_lost_on_the_way_stops_it_with_the_place(
    told_site: Path, aloud: Aloud, lost: str
) -> None:
    site, chosen = chosen_from(told_site, "plan")
    (page,) = chosen.pages
    first, second = page.ideas
    assert second.symbol is not None
    credit = dataclasses.replace(second.symbol.credit, may_be=("screen", "print"))
    barred = Symbol("their rainbow", "", b"<svg/>", "image/svg+xml", credit)
    page = {
        "alt": dataclasses.replace(page, ideas=(first, dataclasses.replace(second, words=" "))),
        "title": dataclasses.replace(page, title=""),
        "language": dataclasses.replace(page, language=""),
        "picture": dataclasses.replace(
            page, ideas=(first, dataclasses.replace(second, symbol=None))
        ),
        "barred": dataclasses.replace(
            page, ideas=(first, dataclasses.replace(second, symbol=barred))
        ),
    }[lost]
    with pytest.raises(ContentError) as stopped:
        book(site, dataclasses.replace(chosen, pages=(page,)), aloud)
    line = 1 if lost in ("title", "language") else second.line
    assert str(stopped.value).startswith(f"content/en/about/plan.md:{line}: ")


def test_a_language_without_a_voice_says_where_to_name_one(tmp_path: Path) -> None:
    page = {
        "kiosk.toml": (tiny_site(tmp_path) / "kiosk.toml").read_text().replace('"en"', '"cy"'),
        "content/cy/home.md": (tmp_path / "site/content/en/home.md").read_text(),
        "content/cy/about/plan.md": (tmp_path / "site/content/en/about/plan.md").read_text(),
    }
    site, chosen = chosen_from(tiny_site(tmp_path, page), "plan", "cy")
    with (
        aloud_for(site, {}) as voice,
        pytest.raises(NotExported, match=r'voice for the language "cy".*\[speech\.voices\]'),
    ):
        book(site, chosen, voice)


@pytest.mark.drill
def test_an_urdu_book_opens_from_the_right_and_names_documents_in_their_own_voice() -> None:
    site, chosen = chosen_from(ROOT, "safe", "ur")
    paper = begin_paper(site, chosen)
    chapters = book_chapters(site, chosen, paper, {})
    assert paper.told["direction"] == "rtl"
    about = chapters[-1].narration.in_order()
    assert {one.language for one in about} == {"ur", "en"}


def test_a_book_is_a_package_of_version_3(made: Book) -> None:
    assert made.opf.tag == f"{OPF}package"
    assert made.opf.attrib["version"] == "3.0"


def test_a_person_reads_a_page_in_a_book_where_that_was_agreed_and_is_named_there(
    tmp_path: Path,
) -> None:
    folder = tiny_site(tmp_path)
    read_aloud(folder, "plan", dataclasses.replace(AMIRA, uses=("screen", "book")), whole=[3])
    site, chosen = chosen_from(folder, "plan")
    with aloud_for(site, {}) as voice:
        data = book(site, chosen, voice)
        made = Book(data)
        assert voice.left_out == []
        sound = audio(site, chosen, voice)  # that is no book: nobody agreed to it
    kept = site.root / "take-home" / "plan.epub"
    kept.parent.mkdir()
    kept.write_bytes(data)
    heard = made.heard("page-plan")
    title, first, second, named = heard
    lead = sum(LEAD + WORD * count + 0.1 for count in (2,))
    assert first[0].begins == pytest.approx(lead + LEAD, abs=0.01)
    assert first[1].begins - first[0].begins == pytest.approx(WORD, abs=0.01)
    assert [one.word for one in title] == ["Your", "plan"]
    # Nobody knows when its words are said, so it is lit as a whole.
    assert [one.word for one in second] == ["Things can get better."]
    assert [one.word for one in named] == ["Amira", "reads", "this", "page", "to", "you."]
    assert b"Amira" not in sound
    # Who takes the voice back takes it out of books too.
    assert remove(site, folder_of(chosen.pages[0])).copies == [kept]


def test_a_voice_that_is_not_agreed_for_books_is_left_out_and_told(tmp_path: Path) -> None:
    folder = tiny_site(tmp_path)
    read_aloud(folder, "plan")
    site, chosen = chosen_from(folder, "plan")
    with aloud_for(site, {}) as voice:
        assert voice.readers(chosen.pages) == {}
        (told,) = voice.left_out
    assert told.startswith("content/en/about/plan.md: Amira's voice is left out.")
    assert "not agreed for books" in told

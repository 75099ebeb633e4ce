"""Books and boards, as checkers see them that are not ours."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from kiosk.config import Site, load_site
from kiosk.content import Library
from kiosk.export.aloud import Aloud, aloud_for
from kiosk.export.board import board
from kiosk.export.book import book
from kiosk.export.chosen import Chosen, all_of, choose, whole
from tests.export.epub import Book, changed
from tests.export.papers import chosen_from
from tests.tools import clips
from tests.tools.cases import mostly_drill
from tests.tools.sites import ROOT, shipped_site
from tests.tools.validators import said_by_ace, said_by_epubcheck, said_of_boards

pytestmark = pytest.mark.drill
LANGUAGES = ["en", "pl", "ro", "ur"]

MUTATIONS: dict[str, tuple[str, Callable[[str], str]]] = {
    "alt": ("page-plan.xhtml", lambda text: text.replace(' alt="Memo"', "")),
    "metadata": (
        "package.opf",
        lambda text: re.sub(r'.*"schema:access.*\n', "", text),
    ),
    "title": ("page-plan.xhtml", lambda text: re.sub("<title>.*</title>", "<title/>", text)),
    "language": (
        "page-plan.xhtml",
        lambda text: text.replace(' lang="en" xml:lang="en"', "", 1),
    ),
}


def spoken(site: Site, chosen: Chosen) -> bytes:
    clips.lend("luton", site.data)  # the sounds that other tests have made of the same site
    how = {code: one.say for code, one in Library(site).languages.items()}
    with aloud_for(site, how) as voice:
        return book(site, chosen, voice)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_whole_shipped_site_is_a_book_without_a_fault(
    tmp_path: Path, chromium: Path, code: str
) -> None:
    site = load_site(shipped_site(tmp_path, 1000))
    chosen = whole(Library(site).now, code)
    assert chosen is not None
    file = tmp_path / "book.epub"
    file.write_bytes(spoken(site, chosen))
    made = Book(file.read_bytes())
    assert len(made.spine) >= len(chosen.pages) + 3
    for item in made.spine:
        name = item.attrib["href"].removesuffix(".xhtml")
        assert sum(map(len, made.heard(name))) > 0, name
        (told,) = made.told("media:duration", f"#{item.attrib['media-overlay']}")
        assert float(told.rstrip("s")) == pytest.approx(made.seconds(f"{name}.mp3"), abs=0.05)
    assert said_by_epubcheck(file) == []
    assert said_by_ace(file, chromium) == []


@pytest.mark.natural
def test_a_page_in_the_natural_voice_is_a_book_without_a_fault_and_thanks_its_makers(
    tmp_path: Path,
) -> None:
    site = load_site(shipped_site(tmp_path, 1000, natural=True))
    (chosen,) = choose(site, Library(site).now, "en", ["champions"])
    file = tmp_path / "book.epub"
    file.write_bytes(spoken(site, chosen))
    assert "The voice Heart of hibari. Maureese Williams." in Book(file.read_bytes()).page("about")
    assert said_by_epubcheck(file) == []


@pytest.mark.parametrize("lost", MUTATIONS)
def test_a_book_that_cannot_be_heard_does_not_pass(
    told_site: Path, aloud: Aloud, tmp_path: Path, chromium: Path, lost: str
) -> None:
    file = tmp_path / "book.epub"
    file.write_bytes(changed(book(*chosen_from(told_site, "plan"), aloud), *MUTATIONS[lost]))
    assert said_by_ace(file, chromium)


def test_a_book_with_a_word_that_is_not_there_does_not_pass(
    told_site: Path, aloud: Aloud, tmp_path: Path
) -> None:
    made = book(*chosen_from(told_site, "plan"), aloud)
    file = tmp_path / "book.epub"
    file.write_bytes(
        changed(made, "page-plan.smil", lambda text: text.replace("#page-plan-1-0", "#nobody"))
    )
    assert said_by_epubcheck(file)


def boards_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as file:
        names = [one for one in file.namelist() if one.endswith(".obf")]
        return {Path(name).name: file.read(name) for name in names}


@pytest.mark.parametrize("code", mostly_drill(LANGUAGES))
def test_each_board_of_the_shipped_site_is_without_a_fault(tmp_path: Path, code: str) -> None:
    site = load_site(ROOT)
    for number, chosen in enumerate(all_of(Library(site).now, code, pages_too=False)):
        folder = tmp_path / str(number)
        folder.mkdir()
        boards = boards_of(board(site, chosen))
        assert len(boards) >= len(chosen.pages)
        assert said_of_boards(boards, folder) == []


def test_a_board_without_its_language_does_not_pass(told_site: Path, tmp_path: Path) -> None:
    boards = boards_of(board(*chosen_from(told_site, "plan")))
    for name, data in boards.items():
        told = json.loads(data)
        del told["locale"]
        boards[name] = json.dumps(told).encode()
    assert said_of_boards(boards, tmp_path)

"""Where a page goes, what is never written over, and that all is written or nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import docx
import pytest

from kiosk.content import Library
from kiosk.editor.actions.action import alone
from kiosk.editor.importing import import_file
from kiosk.editor.place import page_name
from kiosk.errors import PageNotMade, PageNotSaved
from kiosk.located import NO_DAY, is_to_do
from kiosk.symbols import SymbolBook
from tests.editor.conftest import Desk
from tests.editor.word.files import add_picture, saved, sentence, table_of_pairs


def visit(rows: int = 3) -> Any:
    document = docx.Document()
    document.add_heading("My visit: day 1", 0)
    table_of_pairs(document, range(1, rows + 1))
    return document


def test_the_draft_says_itself_what_is_still_to_do(desk: Desk) -> None:
    made = desk.bring(visit())
    page = desk.page(made)
    assert (page.title, page.status, page.order) == ("My visit: day 1", "draft", 3)
    assert is_to_do(page.source)
    assert page.facts_checked == NO_DAY
    path = desk.site.root / made.path
    path.write_text(path.read_text().replace("status: draft", "status: ready"))
    with pytest.raises(ExceptionGroup) as told:
        desk.page(made)
    hint = 'Fill it in, or make the page "status: draft".'
    assert [str(one) for one in told.value.exceptions] == [
        f'{made.path}:5: "source" is not filled in. {hint}',
        f'{made.path}:6: "facts_checked" is not filled in. {hint}',
        *(
            f"{made.path}:{line}: Nobody has said who made this picture, or why we may show it. "
            f"{hint}"
            for line in (12, 14, 16)
        ),
    ]
    assert made.next_steps[0].startswith(f"{made.path}:5: ")
    assert made.next_steps[1].startswith(f"{made.path}:6: ")
    assert made.next_steps[2].startswith("assets/pictures/pictures.yaml: ")


def test_a_page_that_is_ready_cannot_keep_an_idea_that_waits_for_its_picture(desk: Desk) -> None:
    document = docx.Document()
    document.add_paragraph("Hello.")
    made = desk.bring(document)
    path = desk.site.root / made.path
    text = path.read_text().replace("draft", "ready").replace("2000-01-01", "2026-01-01")
    path.write_text(text.replace("'To do: say where the facts come from'", "Us"))
    with pytest.raises(ExceptionGroup) as told:
        desk.page(made)
    [one] = told.value.exceptions
    assert 'The picture still says "To do: choose a picture".' in str(one)


def test_each_new_picture_asks_who_made_it_until_somebody_says_so(desk: Desk) -> None:
    desk.bring(visit(1))
    file = desk.site.assets / "pictures" / "pictures.yaml"
    book = SymbolBook(desk.site)
    [problem] = map(str, book.problems)
    assert problem.startswith("assets/pictures/pictures.yaml:1: The picture ")
    assert problem.endswith('is not finished. Fill in "creator" and "licence".')
    words = file.read_text().splitlines()
    file.write_text("\n".join([*words[:2], "  creator: Ann", "  licence: Our own"]))
    assert book.refresh()
    assert not book.problems


def test_a_draft_that_came_from_word_does_not_disturb_the_site(desk: Desk) -> None:
    before = Library(desk.site)
    made = desk.bring(visit())
    library = Library(desk.site)
    assert library.version == before.version
    assert {one.path for one in library.problems} == {Path("assets/pictures/pictures.yaml")}
    assert made.path.stem not in library.languages["en"].pages


def test_a_page_is_never_written_over_wherever_its_name_is_used(desk: Desk) -> None:
    for name in ("people", "think"):
        before = desk.files()
        with pytest.raises(PageNotMade, match=r"already\. Use --name"):
            desk.bring(visit(), name=name, part="elsewhere")
        assert desk.files() == before
    with pytest.raises(PageNotMade, match="Only the first page"):
        desk.bring(visit(), name="home")


def test_the_name_comes_from_the_file_and_the_place_from_the_options(desk: Desk) -> None:
    file = saved(visit(), desk.folder / "Übung_2 – Final (1).docx")  # noqa: RUF001
    made = import_file(desk.site, file)
    assert made.path == Path("content/en/ubung-2-final-1.md")
    assert any("in no part of the site" in one for one in made.next_steps)
    made = import_file(desk.site, file, part="abuot", name="other", language="en")
    assert made.path == Path("content/en/abuot/other.md")
    assert any('The part "abuot" is new' in one and '"about"' in one for one in made.next_steps)
    with pytest.raises(PageNotMade, match='Call it "my-page"'):
        import_file(desk.site, file, name="My page")
    with pytest.raises(PageNotMade, match=r'has no language "fr"\. It has: en'):
        import_file(desk.site, file, language="fr")
    with pytest.raises(PageNotMade, match="Use --name"):
        import_file(desk.site, saved(visit(), desk.folder / "اردو.docx"))
    assert page_name("word " * 40).startswith("word-word")
    assert len(page_name("w" * 200)) == 60


def test_pictures_yaml_keeps_each_line_that_was_there(desk: Desk) -> None:
    file = desk.site.assets / "pictures" / "pictures.yaml"
    before = "# Ours\r\ntown: {words: Town, creator: Us, licence: Ours}  # note"
    file.write_bytes(before.encode())
    desk.bring(visit())
    assert file.read_bytes().decode().startswith(before)
    assert len(SymbolBook(desk.site).problems) == 3


@pytest.mark.parametrize("broken", ["a: [", "a: b\n  c: d"])
def test_a_pictures_yaml_that_cannot_grow_is_named_first(desk: Desk, broken: str) -> None:
    file = desk.site.assets / "pictures" / "pictures.yaml"
    file.write_text(broken)
    before = desk.files()
    with pytest.raises(PageNotMade, match=r"pictures\.yaml:\d"):
        desk.bring(visit())
    assert desk.files() == before


def test_a_pictures_yaml_in_one_bracket_is_not_broken_by_growing(desk: Desk) -> None:
    file = desk.site.assets / "pictures" / "pictures.yaml"
    file.write_text("{town: {words: Town, creator: Us, licence: Ours}}\n")
    with alone(desk.site):
        before = desk.files()
    with pytest.raises(PageNotMade, match="without brackets around"):
        desk.bring(visit())
    assert desk.files() == before


class DiskFull(OSError):
    def __init__(self) -> None:
        super().__init__(28, "No space left on device")


@pytest.mark.parametrize("at", range(7))
def test_a_disk_that_says_no_leaves_the_site_as_it_was(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    file = saved(visit(), desk.folder / "visit.docx")
    (desk.site.assets / "pictures" / "pictures.yaml").write_text("")
    with alone(desk.site):  # its lock stays there, for whoever writes next
        before = desk.files()
    folders = sorted(one for one in desk.site.root.rglob("*") if one.is_dir())
    calls = 0
    real, real_os = Path.open, os.open

    def opened(path: Path) -> None:
        nonlocal calls
        if desk.site.root in path.parents:
            calls += 1
            if calls == at:
                raise DiskFull

    def write(path: Path, *mode: Any, **more: Any) -> Any:
        if "r" not in (*mode, more.get("mode", "r"))[0]:
            opened(path)
        return real(path, *mode, **more)

    def write_os(path: Any, flags: int, *mode: Any, **more: Any) -> int:
        if flags & os.O_CREAT:
            opened(Path(path))
        return real_os(path, flags, *mode, **more)

    monkeypatch.setattr(Path, "open", write)
    monkeypatch.setattr(os, "open", write_os)
    if at == 0:  # no fault: this many writes there are to fail
        import_file(desk.site, file, part="new")
        assert calls == 6
        return
    with pytest.raises(
        (PageNotMade, PageNotSaved), match=r"No space left on device\. Nothing was saved"
    ):
        import_file(desk.site, file, part="new")
    assert desk.files() == before
    assert sorted(one for one in desk.site.root.rglob("*") if one.is_dir()) == folders


def test_a_folder_that_leads_out_of_the_site_is_refused(desk: Desk) -> None:
    outside = desk.folder / "outside"
    outside.mkdir()
    (desk.site.content / "en" / "away").symlink_to(outside)
    with pytest.raises(PageNotMade, match="outside the site's folder"):
        desk.bring(visit(), part="away")
    assert list(outside.iterdir()) == []
    assert not list((desk.site.assets / "pictures").iterdir())


def test_words_of_a_picture_with_quotes_colons_and_great_length_fit_the_page(desk: Desk) -> None:
    document = docx.Document()
    for number, words in ((1, 'A "red: bus" #1 ' + "x" * 400), (2, ": - * &")):
        add_picture(document.add_paragraph(), number, words=words)
        document.add_paragraph(sentence(number))
    told = desk.told(document)
    assert [one[0][:16] for one in told] == ['A "red: bus" #1 ', ": - * &"]


def test_a_page_is_seen_whole_or_not_at_all_and_is_as_open_as_its_folder(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = desk.site.content / "en" / "about"
    folder.chmod(0o775)
    seen: list[bytes] = []
    real = os.link

    def link(source: Any, target: Any, **more: Any) -> None:
        assert not Path(target).exists()
        real(source, target, **more)
        seen.append(Path(target).read_bytes())

    monkeypatch.setattr(os, "link", link)
    page = desk.site.root / desk.bring(visit()).path
    assert seen[-1] == page.read_bytes()
    assert page.stat().st_mode & 0o777 == 0o664
    assert [one.name for one in folder.iterdir() if one.name.startswith(".")] == []

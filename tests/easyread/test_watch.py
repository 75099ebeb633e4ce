"""What is found is told as files change."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.easyread import Checker, Text
from kiosk.easyread.watch import OtherFiles, Watch, change_lines
from tests.easyread.sites import FACTS, one_page_site

PAGE = "content/en/about/page.md"


class Desk:
    """A site that a person edits while somebody watches."""

    def __init__(self, folder: Path) -> None:
        self.site = one_page_site(folder, ":memo: We assist you.\n")
        self.other: OtherFiles = ((), (), (), ())
        self.times_read = 0
        checker = Checker(load_site(self.site))
        self._watch = Watch(checker, self._other_files, lambda: self.other)

    def _other_files(self) -> OtherFiles:
        self.times_read += 1
        return self.other

    def look(self) -> list[str]:
        return [line for change in self._watch.look() for line in change_lines(change)]

    def write(self, words: str) -> None:
        (self.site / PAGE).write_text(FACTS + f":memo: {words}\n")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_first_look_tells_all_that_is_there_and_the_next_nothing(desk: Desk) -> None:
    assert desk.look() == [f'{PAGE}:9:11: ER15 W "assist" is not plain. Try "help".']
    assert desk.look() == []


def test_a_saved_page_is_told_again_or_is_good(desk: Desk) -> None:
    desk.look()
    desk.write("Now we assist you.")
    assert desk.look() == [f'{PAGE}:9:15: ER15 W "assist" is not plain. Try "help".']
    desk.write("Now we help you.")
    assert desk.look() == [f"{PAGE}: no mistakes found."]
    desk.write("Now we help you all.")
    assert desk.look() == [f"{PAGE}: no mistakes found."]
    assert desk.look() == []


def test_a_page_that_is_gone_is_told(desk: Desk) -> None:
    desk.look()
    (desk.site / PAGE).unlink()
    assert f"{PAGE}: this file is gone." in desk.look()


def test_a_change_elsewhere_tells_the_pages_that_it_mends(desk: Desk) -> None:
    desk.look()
    words = desk.site / "content/en/words.yaml"
    words.write_text(words.read_text() + "allow: [assist]\n")
    assert f"{PAGE}: no mistakes found." in desk.look()


def test_other_files_are_watched_too(desk: Desk) -> None:
    desk.look()
    path = Path("content/surveys/think.yaml")
    desk.other = ((Text(path, 2, "We facilitate it."),), (), (), ())
    assert [line.partition(" ")[0] for line in desk.look()] == [f"{path}:2:4:"]
    desk.other = ((Text(path, 2, "We help."),), (), (), ())
    assert desk.look() == [f"{path}: no mistakes found."]


def test_other_files_are_read_only_when_something_has_changed(desk: Desk) -> None:
    for _ in range(3):
        desk.look()
    assert desk.times_read == 1
    pictures = desk.site / "content/symbols.yaml"  # they may name one of its pictures
    pictures.write_text("idea of ours: rainbow\n")
    desk.look()
    assert desk.times_read == 2

"""A voice that is taken away is gone from every place that can be reached."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from kiosk.errors import RecordingRefused
from kiosk.recorded.model import lines_of
from kiosk.recorded.read import Recordings, folder_of
from kiosk.recorded.remove import remove
from tests.tools.recorded import read_aloud, site_and_page
from tests.tools.sites import tiny_site


def test_every_copy_goes_also_out_of_books_and_what_is_made_of_it_and_nothing_else_does(
    tmp_path: Path,
) -> None:
    root = tiny_site(tmp_path)
    folder = read_aloud(root)
    read_aloud(root, "plan")
    site, page = site_and_page(root, "people")
    voice = Recordings(site).read([page]).value[page.path]
    sounds = sorted(folder.glob("*.ogg"))
    name = voice.recordings["Bus 1"].sha256
    stick = tmp_path / "stick"
    for place in (site.data / "history" / "1", root / "take-home", stick):
        place.mkdir(parents=True)
    copies = [
        Path(shutil.copy(sounds[0], site.data / "history" / "1" / "old.ogg")),
        Path(shutil.copy(sounds[1], stick / "x.ogg")),
        root / "take-home" / "people.epub",
        root / "take-home" / f"{name}.mp3",  # made of it, and named so
    ]
    copies[3].write_bytes(b"mp3")
    with zipfile.ZipFile(copies[2], "w") as book:
        book.write(sounds[2], "audio/1.ogg")
    others = root / "take-home" / "plan.epub"
    with zipfile.ZipFile(others, "w") as book:
        book.writestr("text.html", "nothing of it")
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    removed = remove(site, folder_of(page), more=[stick])
    after = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert sorted(removed.copies) == sorted(copies)
    assert before - after == {*removed.copies, *removed.recordings}
    assert not folder.exists()
    assert (root / "content" / "en" / "about" / "plan.voice" / "voice.yaml").exists()
    with pytest.raises(RecordingRefused, match="nobody has read"):
        remove(site, folder_of(page))


def test_one_sentence_can_be_taken_away(tmp_path: Path) -> None:
    root = tiny_site(tmp_path)
    folder = read_aloud(root)
    site, page = site_and_page(root, "people")
    line = lines_of(page)[1]
    removed = remove(site, folder_of(page), [line.hash])
    assert sorted(path.name for path in removed.recordings) == [
        f"{line.hash}.json",
        f"{line.hash}.ogg",
    ]
    voice = Recordings(site).read([page]).value[page.path]
    assert voice.lacking == (line,)
    assert (folder / "voice.yaml").exists()

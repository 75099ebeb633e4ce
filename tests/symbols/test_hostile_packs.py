"""Packs that mean harm: each is refused with its reason, and nothing is written."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.config import Site, load_site
from kiosk.errors import PackRefused
from kiosk.symbols import archive
from kiosk.symbols.adding import add_pack
from kiosk.symbols.archive import open_source
from tests.symbols.packs import folder, huge_png, lying, overlapping, png, svg, zipped
from tests.tools.cases import examples
from tests.tools.sites import tiny_site

SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script/></svg>'
ENTITIES = (
    b'<!DOCTYPE svg [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>&b;</text></svg>'
)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return load_site(tiny_site(tmp_path))


def everything_in(place: Path) -> set[str]:
    return {str(path.relative_to(place)) for path in place.rglob("*")}


def refused(site: Site, pack: Path) -> str:
    """Try to add a pack; return the reason, having seen that nothing was written."""
    before = everything_in(site.root.parent)
    with pytest.raises(PackRefused) as caught:
        add_pack(site, pack)
    assert everything_in(site.root.parent) == before
    return str(caught.value)


ZIPS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "bomb": (lambda at: zipped(at, {"a.svg": b" " * 5_000_000}), "grows more than 100 times"),
    "path slip": (lambda at: zipped(at, {"../../a.svg": svg()}), "leads out of the pack"),
    "path slip of a folder": (lambda at: zipped(at, {"../x/": b"", "a.svg": svg()}), "leads out"),
    "path slip with backslashes": (lambda at: zipped(at, {"..\\a.svg": svg()}), "leads out"),
    "absolute path": (lambda at: zipped(at, {"/etc/a.svg": svg()}), "begins at the disk"),
    "drive": (lambda at: zipped(at, {"C:/a.svg": svg()}), "begins at the disk"),
    "symlink": (lambda at: zipped(at, {"a.svg": b"/etc/passwd"}, kind=0o120777), "is a link"),
    "device": (lambda at: zipped(at, {"a.svg": svg()}, kind=0o020666), "not an ordinary file"),
    "fifo": (lambda at: zipped(at, {"a.svg": svg()}, kind=0o010666), "not an ordinary file"),
    "smaller than it says": (lambda at: lying(at, {"a.svg": svg()}, 5_000), "lies about its size"),
    "larger than it says": (lambda at: lying(at, {"a.svg": svg() + b" " * 900}, 40), "cannot read"),
    "shared bytes": (overlapping, "shares its bytes"),
    "zip in the zip": (lambda at: zipped(at, {"a.svg": svg(), "b.zip": b"PK"}), "a zip inside"),
    "hidden zip": (lambda at: zipped(at, {"a.png": b"PK\x03\x04" + bytes(99)}), "a zip inside"),
    "case": (lambda at: zipped(at, {"a.svg": svg(), "A.svg": svg(5)}), "one name on some"),
    "accents": (lambda at: zipped(at, {"\u00e9.svg": svg(), "e\u0301.svg": svg()}), "one name"),
    "hidden letter": (lambda at: zipped(at, {"a\u202e.svg": svg()}), "cannot be a file's name"),
    "script": (lambda at: zipped(at, {"a.svg": svg(), "b.svg": SCRIPT}), '"b.svg": It carries a'),
    "entities": (lambda at: zipped(at, {"a.svg": ENTITIES}), "can grow without end"),
    "900 megapixels": (lambda at: zipped(at, {"a.png": huge_png(30_000)}), "too many pixels"),
    "64 megapixels": (lambda at: zipped(at, {"a.png": huge_png(8_000)}), "it has 64 million"),
    "nothing in it": (lambda at: zipped(at, {"read me.txt": b"hello"}), "no picture in this pack"),
}


@pytest.mark.parametrize("name", ZIPS)
def test_a_hostile_zip_is_refused_and_nothing_is_written(
    site: Site, tmp_path: Path, name: str
) -> None:
    make, reason = ZIPS[name]
    assert reason in refused(site, make(tmp_path / "pack.zip"))


def test_what_is_not_a_zip_is_refused(site: Site, tmp_path: Path) -> None:
    (tmp_path / "pack.zip").write_bytes(b"PK\x03\x04words")
    assert "not a zip file" in refused(site, tmp_path / "pack.zip")


def test_a_zip_with_a_password_is_refused(site: Site, tmp_path: Path) -> None:
    data = bytearray(zipped(tmp_path / "pack.zip", {"a.svg": svg()}).read_bytes())
    data[data.find(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "pack.zip").write_bytes(data)
    assert "locked with a password" in refused(site, tmp_path / "pack.zip")


def test_a_way_of_packing_that_grows_more_is_refused(site: Site, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pack.zip", "w", zipfile.ZIP_LZMA) as into:
        into.writestr("a.svg", svg())
    assert "in a way that I do not open" in refused(site, tmp_path / "pack.zip")


def test_too_many_and_too_large_are_refused(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = zipped(tmp_path / "pack.zip", {f"{n}.svg": svg(n + 1) for n in range(6)})
    inside = folder(tmp_path / "pack", {f"{n}.svg": svg(n + 1) for n in range(6)})
    for name, limit, reason in (
        ("MOST_FILES", 5, "more than 5 files"),
        ("LARGEST_FILE", 50, '"0.svg" is larger than'),
        ("MOST_BYTES", 300, "larger than 0 MB together"),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(archive, name, limit)
            assert reason in refused(site, pack)
            assert reason in refused(site, inside)


def test_a_link_in_a_folder_is_refused(site: Site, tmp_path: Path) -> None:
    pack = folder(tmp_path / "pack", {"a.svg": svg()})
    (pack / "b.svg").symlink_to("/etc/passwd")
    assert '"b.svg" is a link to another place' in refused(site, pack)


def test_a_pipe_in_a_folder_is_refused_without_waiting_for_it(site: Site, tmp_path: Path) -> None:
    pack = folder(tmp_path / "pack", {"a.svg": svg()})
    os.mkfifo(pack / "b.svg")
    assert '"b.svg" is not an ordinary file' in refused(site, pack)
    os.mkfifo(tmp_path / "pack.zip")
    assert "is not an ordinary file" in refused(site, tmp_path / "pack.zip")


def test_a_file_that_becomes_a_link_or_a_pipe_after_the_look_is_refused(tmp_path: Path) -> None:
    pack = folder(tmp_path / "pack", {"a.svg": svg(), "b.svg": svg()})
    with open_source(pack) as source:
        (pack / "a.svg").unlink()
        (pack / "a.svg").symlink_to("/etc/passwd")
        (pack / "b.svg").unlink()
        os.mkfifo(pack / "b.svg")
        for name in ("a.svg", "b.svg"):
            with pytest.raises(PackRefused):
                source.read(name)


def test_a_pack_that_is_not_there_is_refused(site: Site, tmp_path: Path) -> None:
    assert "There is no file or folder" in refused(site, tmp_path / "nowhere.zip")


def test_when_the_disk_is_full_nothing_is_left(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    pack = zipped(tmp_path / "pack.zip", {"a.svg": svg(), "b.png": png()})
    before = everything_in(tmp_path)
    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(OSError, match="No space left"):
        add_pack(site, pack)
    assert everything_in(tmp_path) == before


@settings(deadline=None, max_examples=examples(60))
@given(data=st.data())
def test_a_damaged_zip_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.zip"
    good = bytearray(
        zipped(path, {"a.svg": svg(), "EN/b.png": png(), "c.csv": b"name\na\n"}).read_bytes()
    )
    for _ in range(data.draw(st.integers(1, 4))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(good)
    try:
        with open_source(path) as source:
            for name in source.names:
                source.read(name)
    except PackRefused:
        pass

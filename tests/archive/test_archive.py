"""Zips that mean harm or are damaged, limit by limit; and a good zip is read as it is."""

from __future__ import annotations

import gc
import io
import os
import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.archive import Limits, archive_in, open_archive
from kiosk.errors import ArchiveRefused
from tests.tools.cases import examples

WIDE = Limits(files=1000)
STRICT = Limits(
    files=5, file_bytes=300_000, all_bytes=500_000, growth=100, zips=False, what="the pack"
)
LIST, END = b"PK\x01\x02", b"PK\x05\x06"


def made(
    *files: tuple[str, bytes],
    kind: int = stat.S_IFREG | 0o644,
    packing: int = zipfile.ZIP_DEFLATED,
    comment: bytes = b"",
) -> bytes:
    """Return a zip. kind: the Unix mode of each file in it."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", packing) as into:
        into.comment = comment
        for name, data in files:
            entry = zipfile.ZipInfo("x")
            entry.filename = name
            entry.external_attr = kind << 16
            entry.compress_type = packing
            into.writestr(entry, data)
    return written.getvalue()


def everything_in(data: bytes, limits: Limits = WIDE) -> dict[str, bytes]:
    archive = archive_in(io.BytesIO(data), limits)
    return {name: archive.read(name) for name in archive.names}


def refused(data: bytes, limits: Limits = STRICT) -> tuple[str, str]:
    """Return the reason for which a zip is refused, and what is said of it."""
    with pytest.raises(ArchiveRefused) as caught:
        everything_in(data, limits)
    return caught.value.reason, str(caught.value)


def in_list(data: bytes, at: int, new: bytes) -> bytes:
    """Write over a part of each line in the list of files."""
    changed, found = bytearray(data), -1
    while (found := data.find(LIST, found + 1)) >= 0:
        changed[found + at : found + at + len(new)] = new
    return bytes(changed)


def twice(*names: str) -> bytes:
    """Return a zip in which several names share the bytes of one file."""
    one = made(("a", b"shared"))
    begins, ends = one.find(LIST), one.find(END)
    entry = one[begins:ends]
    listed = b"".join(entry[:-1] + name.encode() for name in names)
    facts = struct.pack("<HHII", len(names), len(names), len(listed), begins)
    return one[:begins] + listed + one[ends : ends + 8] + facts + b"\0\0"


GOOD = [("a.svg", b"<svg/>"), ("EN/b.txt", b"words " * 100), ("none", b"")]


@pytest.mark.parametrize("comment", [b"", b"made by hand"])
@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_good_zip_is_read_as_it_is(tmp_path: Path, packing: int, comment: bytes) -> None:
    data = made(*GOOD, packing=packing, comment=comment)
    assert everything_in(data, STRICT) == dict(GOOD)
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    with open_archive(path, STRICT) as archive:
        assert archive.names == ("a.svg", "EN/b.txt", "none")
        assert [archive.size(name) for name in archive.names] == [6, 600, 0]
        assert archive.read("EN/b.txt") == b"words " * 100
        with pytest.raises(KeyError):
            archive.read("EN")


def test_folders_are_names_too_and_no_files(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as into:
        into.mkdir("EN")
        into.writestr("EN/a", b"x")
    assert everything_in((tmp_path / "a.zip").read_bytes()) == {"EN/a": b"x"}
    assert refused(made(("../x/", b""), ("a", b"x")))[0] == "name"


def test_a_zip_that_is_a_stream_is_left_open(tmp_path: Path) -> None:
    stream = io.BytesIO(made(*GOOD))
    archive_in(stream, WIDE)
    gc.collect()
    assert stream.getvalue() == made(*GOOD)  # raises when it is closed
    with pytest.raises(FileNotFoundError), open_archive(tmp_path / "nowhere.zip", WIDE):
        pass


BOMB = made(("a.svg", b" " * 5_000_000))
HOSTILE: dict[str, tuple[bytes, str, str]] = {
    "no zip": (b"PK\x03\x04words", "damaged", "not a zip file"),
    "nothing": (b"", "damaged", "not a zip file"),
    "climbs": (made(("../../a", b"x")), "name", "leads out of the pack"),
    "climbs by backslashes": (made(("..\\a", b"x")), "name", "leads out of the pack"),
    "climbs in the middle": (made(("a/../../b", b"x")), "name", "leads out of the pack"),
    "begins at the disk": (made(("/etc/a", b"x")), "name", "begins at the disk"),
    "names a disk": (made(("C:/a", b"x")), "name", "begins at the disk"),
    "ends early": (made(("a.svg\0.exe", b"x")), "name", "cannot be a file's name"),
    "hidden letter": (made(("a\u202e", b"x")), "name", "cannot be a file's name"),
    "line end": (made(("a\n", b"x")), "name", "cannot be a file's name"),
    "no name": (made(("", b"x")), "name", "cannot be a file's name"),
    "empty folder's name": (made(("a//b", b"x")), "name", "cannot be a file's name"),
    "this folder": (made(("./a", b"x")), "name", "cannot be a file's name"),
    "long name": (made(("a" * 251, b"x")), "name", "is too long"),
    "case": (made(("a", b"x"), ("A", b"x")), "name", "are one name"),
    "accents": (made(("\u00e9", b"x"), ("e\u0301", b"x")), "name", "are one name"),
    "the same name": (twice("a", "a"), "name", "are one name"),
    "link": (made(("a", b"/etc/passwd"), kind=stat.S_IFLNK), "kind", "is a link"),
    "folder as file": (made(("a", b""), kind=stat.S_IFDIR), "kind", "not an ordinary file"),
    "device": (made(("a", b""), kind=stat.S_IFCHR), "kind", "not an ordinary file"),
    "pipe": (made(("a", b""), kind=stat.S_IFIFO), "kind", "not an ordinary file"),
    "password": (in_list(made(("a", b"x")), 8, b"\x01"), "locked", "with a password"),
    "bzip2": (made(("a", b"x"), packing=zipfile.ZIP_BZIP2), "damaged", "in a way that I do not"),
    "lzma": (made(("a", b"x"), packing=zipfile.ZIP_LZMA), "damaged", "in a way that I do not"),
    "unknown packing": (in_list(made(("a", b"x")), 10, b"\x63"), "damaged", "in a way that I do"),
    "bomb": (BOMB, "growth", "grows more than 100 times"),
    "zip by name": (made(("a.ZIP", b"x")), "inside", "is a zip inside the pack"),
    "zip by its bytes": (made(("a.png", b"PK\x03\x04x")), "inside", "is a zip inside the pack"),
    "too many": (made(*((f"{n}", b"x") for n in range(6))), "many", "The pack has more than 5"),
    "too large": (made(("a", os.urandom(300_001))), "large", '"a" is larger than 0 MB'),
    "too large together": (
        made(*((f"{n}", os.urandom(200_000)) for n in range(3))),
        "large",
        "larger than 0 MB together",
    ),
    "smaller than told": (in_list(made(("a", b"x" * 9)), 24, b"\x63"), "damaged", "about its size"),
    "larger than told": (in_list(made(("a", b"x" * 9)), 24, b"\x03"), "damaged", "cannot read"),
    "shared bytes": (twice("a", "b"), "damaged", "shares its bytes"),
    "another checksum": (in_list(made(("a", b"x")), 16, b"\0\0\0"), "damaged", "cannot read"),
    "cut off": (made(*GOOD)[:-30], "damaged", "not a zip file"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_damaged_zip_is_refused_with_its_reason(name: str) -> None:
    data, reason, words = HOSTILE[name]
    told = refused(data)
    assert told[0] == reason
    assert words in told[1]


@pytest.mark.parametrize(
    "data",
    [BOMB, made(("a.zip", made(*GOOD))), made(*((f"{n}", b"x" * n) for n in range(900)))],
)
def test_what_one_room_forbids_another_may_need(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as known:
        assert everything_in(data) == {one: known.read(one) for one in known.namelist()}


def test_a_bomb_that_says_it_is_small_is_never_held() -> None:
    data = made(("a", b"0" * 50_000_000))
    lie = data.replace((50_000_000).to_bytes(4, "little"), b"\x09\0\0\0")
    assert peak_of(lambda: refused(lie, WIDE)) < 10_000_000
    assert peak_of(lambda: refused(data, Limits(files=9, file_bytes=1_000_000))) < 10_000_000


def peak_of(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("comment", [b"", b"x" * 60_000, b"PK\x05\x06 is not the end"])
def test_a_list_of_a_million_names_is_refused_before_it_is_read(comment: bytes) -> None:
    good = made(("a", b"x"))
    begins, ends = good.find(LIST), good.find(END)
    listed = good[begins:ends] * 300_000
    facts = struct.pack("<HHII", 9, 9, len(listed), begins)
    end = good[ends : ends + 8] + facts + struct.pack("<H", len(comment)) + comment
    data = good[:begins] + listed + end
    assert peak_of(lambda: refused(data, WIDE)) < 5_000_000


def zip64(data: bytes, told: int) -> bytes:
    """Return a zip whose end is told in the way of very large ones. told: in the old place."""
    ends = data.find(END)
    size, begins = struct.unpack("<II", data[ends + 12 : ends + 20])
    count = struct.unpack("<H", data[ends + 8 : ends + 10])[0]
    large = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, count, count, size, begins)
    leads = b"PK\x06\x07" + struct.pack("<IQI", 0, ends, 1)
    end = END + struct.pack("<HHHHIIH", 0, 0, count, count, told, begins, 0)
    return data[:ends] + large + leads + end


def test_the_end_of_a_very_large_zip_is_read_and_no_way_around_the_limit() -> None:
    assert everything_in(zip64(made(*GOOD), 0xFFFFFFFF)) == dict(GOOD)
    many = made(*((f"{n}", b"") for n in range(2000)))
    for told in (0xFFFFFFFF, 46, 0):
        assert refused(zip64(many, told), Limits(files=100))[0] == "many"
    lost = zip64(made(*GOOD), 0).replace(b"PK\x06\x06", b"PK\0\0")
    assert "not where it belongs" in refused(lost)[1]


@pytest.mark.drill
@settings(deadline=None)
@given(names=st.lists(st.text(max_size=12) | st.text("./ab", max_size=9), max_size=5))
def test_a_name_that_passes_stays_inside(names: list[str]) -> None:
    try:
        passed = STRICT.check_names(names)
    except ArchiveRefused:
        return
    inside = Path("pack")
    assert passed == tuple(names)
    for name in passed:
        assert os.path.normpath(inside / name).startswith("pack/")


names = st.text("abcXYZ09-_ .\u00e9", min_size=1, max_size=8).map(lambda name: f"n{name}")
contents = st.dictionaries(names, st.binary(max_size=200), max_size=5)


@settings(deadline=None)
@given(contents, st.binary(max_size=20).filter(lambda comment: END not in comment))
def test_every_good_zip_is_read_as_it_is(files: dict[str, bytes], comment: bytes) -> None:
    data = made(*files.items(), comment=comment)
    try:
        assert everything_in(data) == files
    except ArchiveRefused as error:
        assert error.reason == "name"  # noqa: PT017 - two names may be one on another computer


@settings(deadline=None, max_examples=examples(300))
@given(st.data())
def test_a_damaged_zip_is_read_within_its_limits_or_refused(data: st.DataObject) -> None:
    written = bytearray(made(*GOOD, comment=data.draw(st.sampled_from([b"", b"words"]))))
    end = len(written)
    for _ in range(data.draw(st.integers(1, 4))):
        # Most of what can be told wrong stands in the list at the end.
        at = data.draw(st.integers(0, end) | st.integers(end // 2, end))
        written[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    try:
        found = everything_in(bytes(written), STRICT)
    except ArchiveRefused:
        return
    assert len(found) <= STRICT.files
    assert sum(map(len, found.values())) <= 500_000
    STRICT.check_names(found)


@settings(deadline=None, max_examples=examples(300))
@given(
    tail=st.lists(
        st.sampled_from([END, b"PK\x06\x06", b"PK\x06\x07", b"\0\0"]) | st.binary(max_size=24),
        max_size=8,
    )
)
def test_no_end_hides_a_long_list(tail: list[bytes]) -> None:
    data = made(*((f"{n}", b"") for n in range(200))) + b"".join(tail)
    limits = Limits(files=20)
    try:
        listed = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error):
        listed = []
    if len(listed) > 20 * 300 // 46:
        with pytest.raises(ArchiveRefused):
            archive_in(io.BytesIO(data), limits)

"""Reading a file that a person wrote."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import ContentError
from kiosk.located import read_text

SHOWN = Path("content/page.md")


def put(folder: Path, data: bytes) -> Path:
    path = folder / SHOWN
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def refusal(path: Path) -> ContentError:
    with pytest.raises(ContentError) as caught:
        read_text(path, shown=SHOWN)
    return caught.value


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_and_any_line_ending_read_the_same(
    tmp_path: Path, end: str, mark: bytes
) -> None:
    path = put(tmp_path, mark + f"one{end}zwölf 🎯{end}".encode())
    assert read_text(path, shown=SHOWN) == "one\nzwölf 🎯\n"


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_byte_that_is_not_utf8_names_its_line(tmp_path: Path, end: bytes) -> None:
    error = refusal(put(tmp_path, b"one" + end + b"two" + end + b"caf\xe9" + end))
    assert str(error).startswith("content/page.md:3: There is a letter here that is not saved as")


def test_a_hidden_character_names_its_line_and_its_number(tmp_path: Path) -> None:
    assert str(refusal(put(tmp_path, b"one\ntwo\x00"))) == (
        "content/page.md:2: There is a hidden character here (U+0000). "
        "Delete this line and type it again."
    )


def test_a_line_end_that_only_some_editors_count_is_refused(tmp_path: Path) -> None:
    assert refusal(put(tmp_path, "one\u2028two".encode())).problem.endswith("(U+2028).")


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    assert len(read_text(put(tmp_path, b"a" * 262_144), shown=SHOWN)) == 262_144
    error = refusal(put(tmp_path, b"a" * 262_145))
    assert error.problem == "The file is too large: 256 KB is the most."


def test_a_file_that_is_not_there_is_a_message(tmp_path: Path) -> None:
    assert refusal(tmp_path / SHOWN).problem == "There is no such file."


def test_a_folder_in_place_of_a_file_is_a_message(tmp_path: Path) -> None:
    (tmp_path / SHOWN).mkdir(parents=True)
    assert refusal(tmp_path / SHOWN).problem == "This is a folder, not a file."


def test_a_named_pipe_does_not_hold_the_program(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    os.mkfifo(tmp_path / SHOWN)
    assert refusal(tmp_path / SHOWN).problem == "This is not an ordinary file."


def test_a_link_that_leaves_the_site_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "secret.md"
    outside.write_text("secret", encoding="utf-8")
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    (site / SHOWN).symlink_to(outside)
    assert refusal(site / SHOWN).problem == "This is a link to a file outside the site's folder."


def test_a_link_inside_the_site_is_followed(tmp_path: Path) -> None:
    put(tmp_path, b"words")
    (tmp_path / "content/other.md").symlink_to("page.md")
    assert read_text(tmp_path / "content/other.md", shown=Path("content/other.md")) == "words"


def test_a_link_to_itself_is_a_message(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / SHOWN).symlink_to("page.md")
    assert refusal(tmp_path / SHOWN).line == 1


@given(st.binary(max_size=300))
def test_any_bytes_give_clean_text_or_a_content_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = put(tmp_path_factory.getbasetemp(), data)
    lines = len(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))
    line = 1
    text = ""
    try:
        text = read_text(path, shown=SHOWN)
    except ContentError as error:
        line = error.line
    assert 1 <= line <= lines
    assert not {"\r", "\x00"} & set(text)

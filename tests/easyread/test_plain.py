"""Any Markdown or text file can be tried, without a site."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import EasyRead
from kiosk.easyread.plain import check_files, find_plain, read_plain

TEXT = """\
---
title: not read
---
A title
=======

We assist you. The **form** has
many parts, which we show
you here. It's *small*.

> See page 4 for more.

1. Come by bus, e.g. the 4
2. Walk

| a table | 90% |

<!-- a comment with 90%
and more -->

```
code & more
```

# Another & heading
Look at [the LA](http://luton.example/a_b?c=90%) and `x & y` at http://luton.example/&.
"""


def lines(text: str, folder: Path, name: str = "letter.md") -> list[str]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    report = check_files([path], EasyRead(), "en")
    return [str(one).removeprefix(f"{path}:") for one in report.findings]


def test_each_finding_has_the_line_and_column_of_its_words(tmp_path: Path) -> None:
    assert [line[: line.index(" ER") + 5] for line in lines(TEXT, tmp_path)] == [
        "7:4: ER15",
        "8:13: ER02",
        "9:17: ER17",
        "11:3: ER18",
        "13:17: ER10",
        "25:11: ER10",
        "26:14: ER07",
    ]


@pytest.mark.parametrize(
    ("text", "titles", "blocks"),
    [
        ("# One\n\nTwo is here.\n", [(1, "One")], [["Two is here."]]),
        ("Dear all\n\nWe help you.\n", [(1, "Dear all")], [["We help you."]]),
        ("We help you.\n\nWe do\n", [], [["We help you."], ["We do"]]),
        ("One\n---\n\nTwo.\n", [(2, "One")], [["Two."]]),
        ("One.\nTwo.\n---\nThree.\n", [], [["One.", "Two."], ["Three."]]),
        ("- one\n- two\n  three\n", [], [["one"], ["two three"]]),
        (":heart: We help.\n\n![A](symbol:bus) Come.\n", [], [["We help."], ["Come."]]),
        ("", [], []),
    ],
)
def test_headings_paragraphs_and_lists_are_known(
    text: str, titles: list[tuple[int, str]], blocks: list[list[str]]
) -> None:
    sheet = read_plain(text, Path("letter.md"), "en", 8)
    assert [(level, one.text) for level, one in sheet.titles] == titles
    assert [[one.text for one in block.passages] for block in sheet.blocks] == blocks


def test_underlined_words_are_found(tmp_path: Path) -> None:
    (line,) = lines("This is <u>new</u> here.\n", tmp_path)
    assert line.startswith('1:12: ER17 E "new"')


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"We \xff help.")
    (found,) = check_files([tmp_path / "bad.txt"], EasyRead(), "en").findings
    assert (found.code, found.line, found.severity) == ("ER00", 1, "E")
    assert "UTF-8" in found.problem


def test_a_folder_gives_its_text_files(tmp_path: Path) -> None:
    for name in ("b.md", "a.TXT", "c.docx", "deep/d.markdown"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("We help.\n")
    found = [path.relative_to(tmp_path).as_posix() for path in find_plain([tmp_path])]
    assert found == ["a.TXT", "b.md", "deep/d.markdown"]


def test_another_language_says_what_did_not_run(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Pomagamy (bardzo) ludziom.\n")
    report = check_files([tmp_path / "a.txt"], EasyRead(), "pl")
    assert [one.code for one in report.findings] == ["ER08"]
    assert len(report.notes) == 1

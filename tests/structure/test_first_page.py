"""README's "Your first page in five minutes" and "A page from a Word file", done as written."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from playwright.sync_api import expect

from tests.editor.word.files import table_of_pairs
from tests.tools.server import StartKiosk
from tests.tools.visit import KIOSK, OpenVisit
from tests.tools.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
COMMAND = ".uv/bin/uv run kiosk "


def section(title: str) -> str:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return readme.split(f"\n## {title}\n")[1].split("\n## ")[0]


def blocks(words: str, kind: str) -> list[str]:
    """Return the blocks of this kind in a section, without the spaces that a list gives them."""
    found = re.findall(rf"^( *)```{kind}\n(.*?)^ *```", words, re.S | re.M)
    return [re.sub(rf"^{indent}", "", text, flags=re.M).rstrip("\n") for indent, text in found]


def typed(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of README in a folder, as somebody who types it there."""
    assert line.startswith(COMMAND)
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *shlex.split(line.removeprefix(COMMAND))],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A fresh copy of the site that README speaks of."""
    copy = tmp_path / "site"
    for folder in ("content", "assets"):
        shutil.copytree(ROOT / folder, copy / folder)
    shutil.copy(ROOT / "kiosk.toml", copy)
    return copy


@pytest.mark.drill
def test_the_first_page_of_the_readme_is_on_an_open_screen_within_seconds(
    site: Path, tmp_path: Path, kiosk_server: StartKiosk, visit: OpenVisit
) -> None:
    words = section("Your first page in five minutes")
    begin, check, find = blocks(words, "sh")
    [text] = blocks(words, "text")
    [place] = re.findall(r"`(content/[^`]+\.md)`", words)
    server = kiosk_server(site, data=tmp_path / "data")
    screen = visit(KIOSK).page
    screen.goto(f"{server.url}/?page=vision")
    screen.wait_for_selector("html[data-streamlit]", state="attached")
    before = screen.locator("p.place").inner_text()

    begun = typed(begin, site)
    assert place in begun.stdout, begun.stderr
    assert (site / place).is_file()
    (site / place).write_text(text, encoding="utf-8")
    expect(screen.locator("p.place")).not_to_have_text(before, timeout=10_000)
    screen.goto(f"{server.url}/?page={Path(place).stem}")
    expect(screen.get_by_role("heading", level=1)).to_have_text("My first page")
    pictures = screen.locator("main .idea img")
    assert [one.get_attribute("alt") for one in pictures.all()] == ["Red heart", "House"]
    expect(screen.get_by_text("This is the next idea.")).to_be_visible()
    done = typed(check, site)
    assert (done.returncode, done.stdout) == (0, "")

    (site / place).write_text(text.replace(":house:", ":hause:"), encoding="utf-8")
    told = f'{place}:13: I do not know the picture "hause". Did you mean "house"'
    wait_until(lambda: told in server.stderr_text(), 10, told)
    again = typed(check, site)
    assert again.returncode == 1
    assert told in again.stdout
    screen.goto(f"{server.url}/?page=vision")
    expect(screen.get_by_role("heading", level=1)).to_be_visible()

    found = typed(find, site)
    assert found.returncode == 0
    assert "ear" in found.stdout


def test_the_command_of_the_readme_makes_a_page_from_a_word_file(site: Path) -> None:
    [line] = blocks(section("A page from a Word file or a PDF"), "sh")
    [name] = re.findall(r"\S+\.docx", line)
    document = docx.Document()
    table_of_pairs(document, range(1, 4))
    document.save(str(site / name))
    done = typed(line, site)
    assert done.returncode == 0, done.stderr
    [page] = re.findall(r"I made the page (\S+\.md)\.", done.stdout)
    assert (site / page).read_text(encoding="utf-8").count("This is sentence number") == 3

"""Each rule has 10 bad examples or more in its folder, and each of them is found.

`bad-lines.txt` has one a line, or parts of a page between lines of ====. `@key: value` stands for a
fact of the page, `13 * Words.` for so many ideas.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.config import EasyRead
from kiosk.easyread import RULES
from tests.easyread.sites import EMPTY, FACTS, check
from tests.easyread.test_rules import FOLDER
from tests.tools.sites import tiny_site

FEWEST = 10
_MANY = re.compile(r"(\d+) \* (.+)")


def bad_examples(rule: str) -> list[str]:
    """Return the bad examples of a rule, each one a page."""
    text = (FOLDER / rule / "bad-lines.txt").read_text(encoding="utf-8")
    parts = [part.strip("\n") for part in text.split("====\n")]
    if len(parts[0].splitlines()) > FEWEST - 3:  # its lines are examples of their own
        parts = [*parts[0].splitlines(), *parts[1:]]
    return [_page(part) for part in parts]


def _page(example: str) -> str:
    facts = dict(line.split(": ", 1) for line in FACTS.splitlines() if ": " in line)
    lines = []
    for line in example.splitlines():
        if line.startswith("@"):
            key, value = line[1:].split(": ", 1)
            facts[key] = value
        elif many := _MANY.fullmatch(line):
            lines += [f":bus: {many[2]}\n"] * int(many[1])
        else:
            lines.append(line)
    body = "\n".join(lines) or ":memo: We have a plan."
    front = "".join(f"{key}: {value}\n" for key, value in facts.items())
    return f"---\n{front}---\n{body}\n"


def site_of(rule: str, folder: Path) -> tuple[Path, dict[Path, str]]:
    """Write a site with the bad examples of a rule; return it, and them by their place."""
    changes = dict(EMPTY)
    pages = {}
    for number, page in enumerate(bad_examples(rule)):
        body = page.rpartition("---\n")[2]
        is_line = body.count("\n") == 1 and not body.startswith((":", "#", "- "))
        text = page[: -len(body)] + f":memo: {body}" if is_line and rule != "ER19" else page
        text = text.replace("---\n- ", "---\n:memo: We have:\n- ") if rule != "ER19" else text
        path = Path(f"content/en/about/page-{number:02}.md")
        pages[path] = changes[str(path)] = text
    for name, place in (("words.yaml", "content/en"), ("symbols.yaml", "content")):
        file = FOLDER / rule / name
        if file.exists():
            changes[f"{place}/{name}"] = file.read_text(encoding="utf-8")
    return tiny_site(folder, changes), pages


@pytest.mark.parametrize("rule", RULES)
def test_every_bad_example_is_found(rule: str, tmp_path: Path) -> None:
    site, pages = site_of(rule, tmp_path)
    assert len(pages) >= FEWEST
    found = {one.path for one in check(site).findings if one.code == rule}
    assert [text for path, text in pages.items() if path not in found] == []


@pytest.mark.parametrize("rule", ["ER01", "ER02", "ER03", "ER07", "ER10", "ER12", "ER13", "ER14"])
def test_strict_finds_them_too(rule: str, tmp_path: Path) -> None:
    site, pages = site_of(rule, tmp_path)
    toml = (site / "kiosk.toml").read_text(encoding="utf-8")
    strict = EasyRead().strictly()
    numbers = f"sentence_words = {strict.sentence_words}\nstrict = true\n"
    (site / "kiosk.toml").write_text(f"{toml}\n[easyread]\n{numbers}", encoding="utf-8")
    found = {one.path for one in check(site).findings if one.code == rule}
    assert found >= set(pages)

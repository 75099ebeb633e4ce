"""Each rule has a folder in `rules/`: bad pages with what they must be told, and good pages.

A page there is only what differs from a correct one: its lines, or a whole file where the first
part matters. `words.yaml` and `symbols.yaml` stand in for those of the site. `expected.txt` is
written by `pytest tests/easyread --write-expected`, and then read by a person.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.easyread import RULES
from tests.easyread.sites import EMPTY, FACTS, found
from tests.tools.sites import tiny_site

FOLDER = Path(__file__).parent / "rules"


def site_with(kind: str, rule: str, folder: Path) -> Path:
    """Write a site with the good or the bad pages of a rule."""
    changes = dict(EMPTY)
    for path in sorted((FOLDER / rule).glob(f"{kind}*.md")):
        text = path.read_text(encoding="utf-8")
        changes[f"content/en/about/{path.name}"] = text if text[:3] == "---" else FACTS + text
    for name, place in (("words.yaml", "content/en"), ("symbols.yaml", "content")):
        file = FOLDER / rule / name
        if file.exists():
            changes[f"{place}/{name}"] = file.read_text(encoding="utf-8")
    return tiny_site(folder, changes)


def test_every_rule_has_a_folder_and_every_folder_a_rule() -> None:
    assert list(RULES) == [f"ER{number:02}" for number in range(1, 28)]
    assert {path.name for path in FOLDER.iterdir()} == set(RULES)
    for rule in RULES:
        names = {path.name for path in (FOLDER / rule).iterdir()}
        assert {"bad.md", "good.md", "expected.txt"} <= names, rule


@pytest.mark.parametrize("rule", RULES)
def test_a_bad_page_is_told_what_is_wrong(
    rule: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    lines = found(site_with("bad", rule, tmp_path))
    expected = FOLDER / rule / "expected.txt"
    if request.config.getoption("--write-expected"):
        expected.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    assert lines == expected.read_text(encoding="utf-8").splitlines()
    assert any(f": {rule} " in line for line in lines)


@pytest.mark.parametrize("rule", RULES)
def test_a_good_page_is_left_in_peace(rule: str, tmp_path: Path) -> None:
    assert found(site_with("good", rule, tmp_path)) == []


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_says_all_that_there_is_to_say(rule: object) -> None:
    for name in ("name", "about", "why", "bad", "good", "source"):
        assert getattr(rule, name).strip(), name

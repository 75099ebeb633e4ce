"""Findings as text, JSON and SARIF, and what is said of a page as a whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.config import EasyRead
from kiosk.easyread import RULES, Finding
from kiosk.easyread.reading import Summary, compare
from kiosk.easyread.report import (
    as_json,
    as_sarif,
    closing_line,
    explain_rule,
    page_lines,
)
from tests.easyread.sites import check, one_page_site

FINDINGS = (
    Finding("ER05", Path("content/en/a b.md"), 3, 7, "W", '"é" is a hard word.', "Try another."),
    Finding("ER00", Path("content/en/ü.md"), 1, 1, "E", "There is no such file."),
)

# What SARIF 2.1.0 allows in each object that we write: key -> (needed, kind of its value).
SARIF: dict[str, dict[str, Any]] = {
    "log": {"$schema": (False, str), "version": (True, str), "runs": (True, ["run"])},
    "run": {"tool": (True, "tool"), "columnKind": (False, str), "results": (False, ["result"])},
    "tool": {"driver": (True, "component")},
    "component": {"name": (True, str), "rules": (False, ["descriptor"])},
    "descriptor": {
        "id": (True, str),
        "name": (False, str),
        "shortDescription": (False, "text"),
        "fullDescription": (False, "text"),
        "help": (False, "text"),
        "defaultConfiguration": (False, "configuration"),
    },
    "configuration": {"level": (False, str)},
    "text": {"text": (True, str)},
    "result": {
        "ruleId": (False, str),
        "ruleIndex": (False, int),
        "level": (False, str),
        "message": (True, "text"),
        "locations": (False, ["location"]),
        "properties": (False, dict),
    },
    "location": {"physicalLocation": (False, "physical")},
    "physical": {"artifactLocation": (True, "artifact"), "region": (False, "region")},
    "artifact": {"uri": (True, str)},
    "region": {"startLine": (True, int), "startColumn": (False, int)},
}


def look_at(value: Any, kind: Any) -> None:
    """Fail where a value is not what SARIF asks for."""
    if isinstance(kind, type):
        assert isinstance(value, kind), value
        return
    if isinstance(kind, list):
        assert isinstance(value, list), value
        for one in value:
            look_at(one, kind[0])
        return
    keys = SARIF[kind]
    assert set(value) <= set(keys), (kind, value)
    for key, (needed, inside) in keys.items():
        assert key in value or not needed, (kind, key)
        if key in value:
            look_at(value[key], inside)


def test_json_has_exactly_the_keys_that_were_promised() -> None:
    found = json.loads(as_json(FINDINGS))
    assert list(found) == ["findings", "languages", "pages"]
    assert found["findings"][0] == {
        "path": "content/en/a b.md",
        "line": 3,
        "column": 7,
        "code": "ER05",
        "severity": "W",
        "problem": '"é" is a hard word.',
        "hint": "Try another.",
    }
    assert [list(one) for one in found["findings"]] == [list(found["findings"][0])] * 2


def test_json_says_how_each_page_reads(tmp_path: Path) -> None:
    report = check(one_page_site(tmp_path, ":memo: We help you.\n- one plan\n"))
    pages = json.loads(as_json(report.findings, (), report.pages))["pages"]
    assert list(pages[0]) == ["path", "ideas", "sentences", "words", "lix", "trend"]
    one = next(page for page in pages if page["path"] == "content/en/about/page.md")
    assert (one["ideas"], one["sentences"], one["words"], one["lix"]) == (1, 2, 5, 2.5)


def test_a_fix_is_told_with_the_letters_of_its_line(tmp_path: Path) -> None:
    report = check(one_page_site(tmp_path, ":memo: We **must** assist you.\n"))
    expected = {"line": 9, "from": 19, "to": 25, "text": "help", "safe": True}
    (found,) = [one for one in json.loads(as_json(report.findings))["findings"] if "fix" in one]
    assert found["fix"] == expected
    assert ":memo: We **must** assist you."[19:25] == "assist"
    results = json.loads(as_sarif(report.findings))["runs"][0]["results"]
    assert [one["properties"]["fix"] for one in results if "properties" in one] == [expected]


def test_sarif_is_sarif(tmp_path: Path) -> None:
    site = one_page_site(tmp_path, ":memo: We assist you\n\n:mem0: You can't not come.\n")
    for findings in (FINDINGS, (), check(site).findings):
        log = json.loads(as_sarif(findings))
        look_at(log, "log")
        assert log["version"] == "2.1.0"
        (run,) = log["runs"]
        rules = run["tool"]["driver"]["rules"]
        assert [one["id"] for one in rules] == ["ER00", "TR00", *RULES]
        assert {one["defaultConfiguration"]["level"] for one in rules} <= {"error", "warning"}
        assert len(run["results"]) == len(findings)
        for one in run["results"]:
            assert rules[one["ruleIndex"]]["id"] == one["ruleId"]
            assert one["level"] in {"error", "warning"}
            region = one["locations"][0]["physicalLocation"]["region"]
            assert min(region.values()) >= 1


def test_sarif_writes_a_path_as_an_address() -> None:
    results = json.loads(as_sarif(FINDINGS))["runs"][0]["results"]
    places = [one["locations"][0]["physicalLocation"]["artifactLocation"] for one in results]
    assert [one["uri"] for one in places] == ["content/en/a%20b.md", "content/en/%C3%BC.md"]


def test_a_loading_mistake_keeps_the_form_without_a_column() -> None:
    assert str(FINDINGS[1]) == "content/en/ü.md:1: There is no such file."


def test_a_page_is_summed_up_beside_the_others(tmp_path: Path) -> None:
    report = check(one_page_site(tmp_path, ":memo: We assist you.\n- one plan\n"))
    (line,) = page_lines(report, report.pages, all_pages=False)
    assert line == "content/en/about/page.md: 0 errors, 1 warning; 1 idea, 5 words; reading 2."
    both = page_lines(report, report.pages, all_pages=True)
    assert len(both) == 2
    assert closing_line(report).startswith("0 errors and 1 warning in 3 files.")


@pytest.mark.parametrize(
    ("lix", "said"),
    [
        (40.0, "harder than most pages here"),
        (20.5, "about as hard as the other pages"),
        (10.0, "easier than most pages here"),
        (None, ""),
    ],
)
def test_reading_is_compared_with_the_other_pages(lix: float | None, said: str) -> None:
    pages = [Summary(Path("x"), 1, 1, 5, value) for value in (18.0, 20.0, 30.0, None)]
    assert compare(Summary(Path("y"), 1, 1, 5, lix), pages) == said


def test_two_pages_are_too_few_to_compare_with() -> None:
    pages = [Summary(Path("x"), 1, 1, 5, value) for value in (18.0, 20.0)]
    assert compare(pages[0], pages) == ""


def test_lix_counts_long_words_and_words_in_a_sentence(tmp_path: Path) -> None:
    report = check(one_page_site(tmp_path, ":memo: Strategic planning is good. We do it.\n"))
    page = next(one for one in report.pages if one.path.name == "page.md")
    assert (page.words, page.sentences) == (7, 2)
    assert page.lix == pytest.approx(7 / 2 + 100 * 2 / 7)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_explains_itself_with_its_settings(rule: Any) -> None:
    text = explain_rule(rule, EasyRead())
    for words in (rule.id, rule.why, rule.bad, rule.good, rule.source):
        assert words in text
    for name in rule.settings:
        assert f"{name} = {getattr(EasyRead(), name)}" in text


def test_a_rule_that_keeps_a_page_from_being_shown_does_not_say_how_to_ignore_it() -> None:
    text = explain_rule(RULES["ER19"], EasyRead())
    assert "It cannot be ignored" in text
    assert "ignore:" not in text
    assert "easyread.ignore" not in text

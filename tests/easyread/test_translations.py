"""What a language lacks, and what has gone stale in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.easyread import Checker, CheckResult
from kiosk.easyread.report import as_json, as_sarif
from kiosk.easyread.translations import Lacks
from kiosk.editor.check import other_files
from tests.easyread.sites import TODAY
from tests.tools.sites import HOME, KIOSK_TOML, PEOPLE, PLAN, THINK, tiny_site

PEOPLE_UR = "content/ur/about/people.md"
THINK_UR = "content/ur/surveys/think.yaml"


def site_in(folder: Path, codes: str = '"en", "ur"', **changes: str | None) -> Path:
    files = {
        "kiosk.toml": KIOSK_TOML.replace('"en"', codes),
        "content/ur/home.md": HOME,
        PEOPLE_UR: PEOPLE,
        THINK_UR: THINK,
    }
    names = {Path(name).stem: name for name in files}
    return tiny_site(folder, {**files, **{names[key]: text for key, text in changes.items()}})


def check(root: Path) -> CheckResult:
    checker = Checker(load_site(root))
    return checker.check(*other_files(checker.site, checker.library.symbols), today=TODAY)


def stale(root: Path) -> list[str]:
    return [str(one) for one in check(root).findings if one.code == "TR00"]


def follow(root: Path) -> None:
    """Write into each translation what the findings say."""
    for said in stale(root):
        name, line, _ = said.split(":", 2)
        path = root / name
        lines = path.read_text(encoding="utf-8").split("\n")
        here = int(line) - 1
        key = said.partition("Then write: ")[2]
        if lines[here].startswith("original:"):
            lines[here] = key
        else:
            lines.insert(here, key)
        path.write_text("\n".join(lines), encoding="utf-8")


def change(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_translation_that_does_not_say_what_it_was_made_from_is_told_what_to_write(
    tmp_path: Path,
) -> None:
    root = site_in(tmp_path)
    said = stale(root)
    assert [one.partition(" Then write: original: ")[0] for one in said] == [
        f"{PEOPLE_UR}:2: This does not say what it was translated from. "
        "Read it beside content/en/about/people.md.",
        "content/ur/home.md:2: This does not say what it was translated from. "
        "Read it beside content/en/home.md.",
        f"{THINK_UR}:1: This does not say what it was translated from. "
        "Read it beside content/surveys/think.yaml.",
    ]
    follow(root)
    assert stale(root) == []


def test_a_translation_goes_stale_when_its_original_changes_and_not_before(tmp_path: Path) -> None:
    root = site_in(tmp_path)
    follow(root)
    change(root, "content/en/about/people.md", "2026-11-23", "2026-11-24")
    change(root, PEOPLE_UR, "by bus", "by train")
    assert stale(root) == []
    change(root, "content/en/about/people.md", "by bus", "by train")
    change(root, "content/surveys/think.yaml", "ask: How", "ask: What")
    page, survey = stale(root)
    assert page.startswith(
        f"{PEOPLE_UR}:2: content/en/about/people.md has changed since this was translated. "
        "Read both. Then write: original: "
    )
    assert survey.startswith(f"{THINK_UR}:1: content/surveys/think.yaml has changed")
    follow(root)
    assert stale(root) == []


def test_a_stale_translation_is_a_warning_in_every_format(tmp_path: Path) -> None:
    report = check(site_in(tmp_path))
    findings = [one for one in report.findings if one.code == "TR00"]
    assert [one.severity for one in findings] == ["W"] * 3
    found = json.loads(as_json(findings, report.languages))
    assert [one["code"] for one in found["findings"]] == ["TR00"] * 3
    assert found["languages"][0]["pages"] == ["plan"]
    run = json.loads(as_sarif(findings))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[one["ruleIndex"]]["id"] for one in run["results"]] == ["TR00"] * 3


def test_each_language_says_what_it_lacks(tmp_path: Path) -> None:
    root = site_in(tmp_path, codes='"en", "ur", "pl"', think=None)
    (root / "content/pl").mkdir()
    report = check(root)
    assert [str(one) for one in report.languages] == [
        "ur: 1 of 3 pages is not there yet: plan. 1 of 1 surveys is not there yet: think. "
        "2 translations are drafts: nobody has checked them yet.",
        "pl: 3 of 3 pages are not there yet: home, people, plan. "
        "1 of 1 surveys is not there yet: think.",
    ]
    assert report.only([Path(PEOPLE_UR)]).languages == ()


def test_a_draft_is_not_there_yet_and_a_draft_of_the_first_language_is_not_missed(
    tmp_path: Path,
) -> None:
    root = site_in(tmp_path)
    change(root, PEOPLE_UR, "status: ready", "status: draft")
    change(root, "content/en/about/plan.md", "status: ready", "status: draft")
    (lacks,) = check(root).languages
    assert (lacks.pages, lacks.all_pages) == (("people",), 2)


def test_a_survey_for_some_languages_alone_is_not_missed_in_others(tmp_path: Path) -> None:
    root = site_in(tmp_path, think=None)
    change(root, "content/surveys/think.yaml", "questions:", "show: {languages: [en]}\nquestions:")
    (lacks,) = check(root).languages
    assert (lacks.surveys, lacks.all_surveys) == ((), 0)


def test_a_page_of_one_language_alone_needs_no_original(tmp_path: Path) -> None:
    root = site_in(tmp_path)
    (root / "content/ur/about/only-here.md").write_text(PLAN)
    follow(root)
    assert stale(root) == []
    change(root, "content/ur/about/only-here.md", "order:", "original: 00000000\norder:")
    assert stale(root) == [
        'content/ur/about/only-here.md:4: There is no page "only-here" in the language "en" any '
        'more. Take the line "original" away, or this file.'
    ]


def test_a_page_with_mistakes_is_not_called_stale(tmp_path: Path) -> None:
    root = site_in(tmp_path)
    follow(root)
    change(root, "content/en/home.md", ":waving hand:", ":wavin hand:")
    change(root, PEOPLE_UR, ":handshake:", ":handshak:")
    change(root, "content/en/about/people.md", "by bus", "by train")
    assert stale(root) == []


@pytest.mark.parametrize(
    ("unchecked", "said"),
    [
        (0, "pl: All pages and surveys are there."),
        (
            1,
            "pl: All pages and surveys are there. "
            "1 translation is a draft: nobody has checked it yet.",
        ),
    ],
)
def test_a_whole_language_lacks_nothing(unchecked: int, said: str) -> None:
    assert str(Lacks("pl", (), 9, (), 3, unchecked)) == said


def test_a_checked_translation_is_no_draft(tmp_path: Path) -> None:
    root = site_in(tmp_path)
    change(root, PEOPLE_UR, "order: 1", "order: 1\ntranslation_checked_by: Two mothers")
    (lacks,) = check(root).languages
    assert lacks.unchecked == 2

"""`kiosk check`, as staff type it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.easyread import RULES
from tests.easyread.sites import one_page_site
from tests.tools.command import run
from tests.tools.sites import HOME, KIOSK_TOML

GOOD = ":memo: We can help you.\n"
HARD = ":memo: We check the sufficiency of help.\n"
WRONG = ":memo: You cannot come if you do not pay.\n"
PAGE = "content/en/about/page.md"


def test_nothing_to_say_is_exit_code_0_and_still_asks_for_people(tmp_path: Path) -> None:
    done = run("check", "--site", str(one_page_site(tmp_path, GOOD)))
    assert (done.exit_code, done.stdout) == (0, "")
    assert "No mistakes found" in done.stderr
    assert "People must still check" in done.stderr


def test_a_warning_is_shown_and_is_no_failure(tmp_path: Path) -> None:
    done = run("check", "--site", str(one_page_site(tmp_path, HARD)))
    assert done.exit_code == 0
    assert done.stdout == (
        f'{PAGE}:9:21: ER05 W "sufficiency" is a hard word. '
        'Try "enough", or explain it in words.yaml.\n'
    )
    assert f"{PAGE}: 0 errors, 1 warning; 1 idea, 6 words; reading " in done.stderr


def test_an_error_is_exit_code_1_in_every_format(tmp_path: Path) -> None:
    site = str(one_page_site(tmp_path, WRONG))
    text = run("check", "--site", site)
    as_json = run("check", "--site", site, "--format", "json")
    as_sarif = run("check", "--site", site, "--format", "sarif")
    assert [one.exit_code for one in (text, as_json, as_sarif)] == [1, 1, 1]
    (finding,) = json.loads(as_json.stdout)["findings"]
    assert finding == {
        "path": PAGE,
        "line": 9,
        "column": 34,
        "code": "ER04",
        "severity": "E",
        "problem": 'There are 2 negatives in this sentence: "cannot", "not".',
        "hint": "Say what is, or what people can do.",
    }
    (result,) = json.loads(as_sarif.stdout)["runs"][0]["results"]
    assert (result["ruleId"], result["level"]) == ("ER04", "error")


def test_a_file_that_cannot_be_used_is_a_finding_too(tmp_path: Path) -> None:
    site = str(one_page_site(tmp_path, GOOD.replace("memo", "mem0")))
    done = run("check", "--site", site, "--format", "json")
    findings = json.loads(done.stdout)["findings"]
    assert [(one["path"], one["line"], one["code"]) for one in findings] == [(PAGE, 9, "ER00")]


def test_what_a_language_lacks_is_said_and_is_no_failure(tmp_path: Path) -> None:
    about = "  - title: About us\n    symbol: house\n    colour: blue\n    part: about\n"
    assert about in HOME
    two = {
        "kiosk.toml": KIOSK_TOML.replace('["en"]', '["en", "pl"]'),
        "content/pl/home.md": HOME.replace("order: 0", "original: 00000000").replace(about, ""),
    }
    done = run("check", "--format", "json", "--site", str(one_page_site(tmp_path, GOOD, two)))
    assert done.exit_code == 0
    assert "pl: 1 of 2 pages is not there yet: page. 1 of 1 surveys is not there" in done.stderr
    found = json.loads(done.stdout)
    assert found["languages"][0]["pages"] == ["page"]
    assert [(one["path"], one["line"], one["code"]) for one in found["findings"]] == [
        ("content/pl/home.md", 4, "TR00")
    ]


def test_paths_choose_what_is_shown(tmp_path: Path) -> None:
    site = one_page_site(tmp_path, HARD)
    for path, lines in ((PAGE, 1), ("content/en/about", 1), ("content/en/home.md", 0)):
        done = run("check", "--site", str(site), str(site / path))
        assert (done.exit_code, done.stdout.count("\n")) == (0, lines), path


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.md"], 'There is no file or folder "nowhere.md". Look at its name'),
        (["abuot/pge.md"], 'There is no file or folder "abuot/pge.md". Did you mean "'),
        (["--plain", "nowhere.md"], 'There is no file or folder "nowhere.md".'),
        (["--yes"], "--yes belongs to --fix."),
        (["--fix", "--format", "json"], "--fix speaks to people."),
        (["--explain", "ER99"], f'There is no rule "ER99". They go from ER01 to {max(RULES)}.'),
        (["--plain"], "--plain needs a file or a folder."),
        (["--format", "xml"], "'xml' is not one of"),
    ],
)
def test_misuse_is_exit_code_2(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = run("check", "--site", str(one_page_site(tmp_path, GOOD)), *arguments)
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_file_outside_the_site_is_pointed_to_plain(tmp_path: Path) -> None:
    site = one_page_site(tmp_path, GOOD)
    (tmp_path / "letter.md").write_text("We assist you.\n")
    (site / "letter.md").write_text("We assist you.\n")
    for path in (tmp_path / "letter.md", site / "letter.md"):
        done = run("check", "--site", str(site), str(path))
        assert done.exit_code == 2
        assert f"kiosk check --plain {path}" in " ".join(done.stderr.split())


def test_plain_checks_any_text_without_a_site(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all\n\nWe assist you.\nThe form MUST be sent.\n")
    done = run("check", "--plain", str(tmp_path))
    assert done.exit_code == 1
    lines = [line.removeprefix(f"{tmp_path}/letter.txt:") for line in done.stdout.splitlines()]
    assert [line[:9] for line in lines] == ["3:4: ER15", "4:10: ER1", "4:15: ER0"]


def test_a_rule_explains_itself_with_the_settings_of_the_site(tmp_path: Path) -> None:
    site = one_page_site(tmp_path, GOOD)
    toml = site / "kiosk.toml"
    toml.write_text(toml.read_text() + "\n[easyread]\nsentence_words = 9\n")
    done = run("check", "--site", str(site), "--explain", "er01")
    assert done.exit_code == 0
    assert done.stdout.startswith("ER01 length (a warning or an error)")
    assert "sentence_words = 9" in done.stdout
    assert 'ignore: {ER01: "the reason"}' in done.stdout
    outside = run("check", "--site", str(tmp_path), "--explain", "ER01")
    assert "sentence_words = 15" in outside.stdout


def test_texts_of_surveys_and_events_are_checked(tmp_path: Path) -> None:
    survey = one_page_site(tmp_path, GOOD) / "content" / "surveys" / "think.yaml"
    survey.write_text(survey.read_text().replace("Do you want to tell us more?", "Assist us?"))
    (survey.parents[1] / "events.yaml").write_text(
        "- {title: A meeting, symbol: handshake, date: 2099-12-03, where: The library}\n"
    )
    done = run("check", "--site", str(survey.parents[2]))
    assert 'content/surveys/think.yaml:16:10: ER15 W "Assist" is not plain.' in done.stdout
    assert "content/events.yaml:1:76: ER09 E" in done.stdout

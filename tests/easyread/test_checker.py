"""A whole site is checked: its pages, its other texts, and what staff may say against a finding."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.easyread import RULES, Checker, Text
from tests.easyread.sites import FACTS, TODAY, check, found, one_page_site
from tests.tools.sites import HOME, KIOSK_TOML

PAGE = Path("content/en/about/page.md")
BODY = """\
:memo: We **don't** check the sufficiency of 5 plans, and we don't.
Don't go unless you're sure.
- one "thing"
- another thing, e.g. two

# A heading that has far too many words for a heading

:bus: It's 90% of the plan.
"""
SHAPES = {
    "a byte order mark": lambda text: "\ufeff" + text,
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "tabs": lambda text: text.partition(BODY)[0] + BODY.replace(" ", "\t"),
    "no line end at the end": lambda text: text.rstrip("\n"),
    "smart quotes": lambda text: text.replace("'", "\u2019").replace(
        '"thing"', "\u201cthing\u201d"
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_text_in_another_shape_gives_the_same_findings(tmp_path: Path, shape: str) -> None:
    site = one_page_site(tmp_path, BODY)
    expected = found(site)
    assert len(expected) == 8
    text = FACTS + BODY
    (site / PAGE).write_bytes(SHAPES[shape](text).encode())
    assert found(site) == expected


def test_a_page_ignores_a_rule_with_a_reason(tmp_path: Path) -> None:
    body = ":memo: We check the sufficiency of 90% of plans.\n"
    facts = FACTS.replace("status", 'ignore: {ER05: "our lawyers ask for it"}\nstatus')
    assert [line.split()[1] for line in found(one_page_site(tmp_path, body))] == ["ER05", "ER10"]
    assert [line.split()[1] for line in found(one_page_site(tmp_path, facts + body))] == ["ER10"]


@pytest.mark.parametrize(
    ("ignore", "said"),
    [
        ("{ER05: }", "5: A rule is ignored here without a reason."),
        ('{ER05: " "}', "5: A rule is ignored here without a reason."),
        ("{ER5: a reason}", '5: "ER5" is not the name of a rule. Write it as ER05.'),
        ("{ER99: a reason}", f'5: There is no rule "ER99". They go to {max(RULES)}.'),
    ],
)
def test_a_rule_is_not_ignored_without_a_reason(tmp_path: Path, ignore: str, said: str) -> None:
    facts = FACTS.replace("facts_checked", f"ignore: {ignore}\nfacts_checked")
    lines = found(one_page_site(tmp_path, facts + ":memo: We can help.\n"))
    assert [line for line in lines if line.startswith(f"{PAGE}:{said}")]


def test_what_keeps_a_page_from_being_shown_cannot_be_ignored(tmp_path: Path) -> None:
    facts = FACTS.replace("status", 'ignore: {ER19: "it has none"}\nstatus')
    site = one_page_site(tmp_path, f"{facts}We can help.\n")
    ignored = '\n[[easyread.ignore]]\npath = "content"\nrule = "ER19"\nreason = "a test"\n'
    (site / "kiosk.toml").write_text(KIOSK_TOML + ignored)
    of_the_page = [one for one in check(site).findings if one.path == PAGE]
    assert [(one.code, one.severity) for one in of_the_page] == [("ER19", "E")]


def test_the_settings_ignore_a_rule_in_another_file_or_a_folder(tmp_path: Path) -> None:
    site = one_page_site(tmp_path, ":memo: We assist you. Get 90% now.\n")
    ignored = '\n[[easyread.ignore]]\npath = "{}"\nrule = "ER15"\nreason = "a test"\n'
    for path, left in ((PAGE, ["ER10"]), (PAGE.parent, ["ER10"]), ("content/x", ["ER15", "ER10"])):
        (site / "kiosk.toml").write_text(KIOSK_TOML + ignored.format(path))
        assert [line.split()[1] for line in found(site)] == left
    text = Text(Path("content/surveys/think.yaml"), 3, "Assist us.")
    (site / "kiosk.toml").write_text(KIOSK_TOML + ignored.format(text.path))
    report = Checker(load_site(site)).check([text], today=TODAY)
    assert text.path not in {one.path for one in report.findings}


def test_official_wording_is_left_alone(tmp_path: Path) -> None:
    said = "Developing (SUFFICIENCY) & robust e.g. strategic needs, aims, ends, and LA goals"
    site = one_page_site(tmp_path, f":memo: {said}.\n")
    assert len(found(site)) > 8
    words = site / "content/en/words.yaml"
    words.write_text(words.read_text() + f"official:\n  - {said.casefold()}\n")
    assert found(site) == []


def test_words_that_the_site_allows_are_left_alone(tmp_path: Path) -> None:
    site = one_page_site(tmp_path, ":memo: The gubernatorial office is here.\n")
    assert len(found(site)) == 1
    words = site / "content/en/words.yaml"
    words.write_text(words.read_text() + "allow: [gubernatorial]\n")
    assert found(site) == []


def test_an_explained_word_explains_its_forms(tmp_path: Path) -> None:
    words = "explain: {priority: {means: It is what we do first.}, SEND: {means: It is help.}}\n"
    body = ":memo: We have 2 **priorities**. They are for **SEND**. We send a letter.\n"
    site = one_page_site(tmp_path, body, {"content/en/words.yaml": words})
    assert found(site) == []
    text = body.replace("**priorities**", "priorities")
    (site / PAGE).write_text(FACTS + text)
    assert [line.split()[1] for line in found(site)] == ["ER06"]


def test_what_words_yaml_says_of_a_word_must_be_easy_too(tmp_path: Path) -> None:
    words = "explain:\n  frame: {means: It is a gubernatorial frame.}\n"
    site = one_page_site(tmp_path, ":memo: We help.\n", {"content/en/words.yaml": words})
    assert [line.split(" ")[0] for line in found(site)] == ["content/en/words.yaml:2:26:"]


def test_the_easy_line_of_a_choice_must_be_easy(tmp_path: Path) -> None:
    home = HOME.replace("title: About us", "title: About us\n    line: The sufficiency of us")
    site = one_page_site(tmp_path, ":memo: Hello.\n", {"content/en/home.md": home})
    assert [line.partition(" W ")[0] for line in found(site)] == ["content/en/home.md:11:15: ER05"]


def test_texts_of_other_files_have_their_place(tmp_path: Path) -> None:
    site = one_page_site(tmp_path, ":memo: We help.\n")
    path = Path("content/surveys/think.yaml")
    texts = [
        Text(path, 4, "We help you. We assist you.", column=8),
        Text(path, 9, "A button without end mark", label=True),
        Text(path, 10, "A sentence without end mark", column=3),
    ]
    lines = [str(one) for one in Checker(load_site(site)).check(texts, today=TODAY).findings]
    assert [line.partition(" ")[0] for line in lines] == [f"{path}:4:24:", f"{path}:10:29:"]


def test_a_language_without_lists_is_checked_by_the_other_rules(tmp_path: Path) -> None:
    toml = KIOSK_TOML.replace('["en"]', '["en", "pl"]')
    home = (one_page_site(tmp_path, ":memo: We help.\n") / "content/en/home.md").read_text()
    page = (
        ":memo: Nie wiem, czy to (jest) dobry plan i 90% ludzi bo unless because i jest jak to "
        "jest, tak to\n"
    )
    site = one_page_site(
        tmp_path,
        ":memo: We help.\n",
        {
            "kiosk.toml": toml,
            "content/pl/home.md": home,
            "content/pl/about/page.md": FACTS + page,
        },
    )
    report = check(site)
    found = [one for one in report.findings if one.code != "TR00"]
    assert {one.path for one in found} == {Path("content/pl/about/page.md")}
    assert {one.code for one in found} == {"ER01", "ER08", "ER09", "ER10"}
    (note,) = report.notes
    assert '"pl"' in note
    assert "ER02, ER03, ER04, ER05" in note


def test_words_of_other_languages_in_small_letters_are_no_roman_numerals(tmp_path: Path) -> None:
    # Romanian: come, blouses. The capitals are Roman numerals there too.
    home = HOME.replace("Welcome.", "Poți să vii aici. Avem ii noi. Partea VII.")
    changes = {
        "kiosk.toml": KIOSK_TOML.replace('["en"]', '["en", "ro"]'),
        "content/ro/home.md": home.replace("status", "original: 00000000\nstatus"),
    }
    lines = found(one_page_site(tmp_path, ":memo: We meet.\n", changes))
    assert [one.split(" ER11 E ")[1] for one in lines if "ER11" in one] == [
        '"VII" is a Roman numeral. Write "7".'
    ]


def test_drafts_and_broken_pages_are_checked_too(tmp_path: Path) -> None:
    hard = ":memo: We assist you.\n\n:mem0: We facilitate it.\n"
    draft = FACTS.replace("ready", "draft") + hard
    lines = found(
        one_page_site(tmp_path, ":memo: We help.\n", {"content/en/about/other.md": draft})
    )
    assert [line.split(":", 1)[1].split(" ")[0] for line in lines] == ["9:11:", "11:", "11:11:"]


def test_two_pages_with_one_order_are_told(tmp_path: Path) -> None:
    body = FACTS.replace("symbol: memo", "symbol: memo\norder: 3") + ":memo: We help.\n"
    other = {"content/en/about/other.md": body.replace("Our page", "Another page")}
    (line,) = found(one_page_site(tmp_path, body, other))
    assert line == (
        'content/en/about/page.md:4: "order: 3" is also the order of content/en/about/other.md. '
        "Give each page of a part its own number."
    )


def test_what_one_page_explains_is_not_asked_for_on_another(tmp_path: Path) -> None:
    page = ":memo: Ask the LDT. Zorblax can help.\n"
    lines = found(one_page_site(tmp_path, page))
    assert [line.split()[1] for line in lines] == ["ER07", "ER05"]
    told = ":memo: The Learning Disability Team (LDT) is here. We know Zorblax.\n"
    told = FACTS.replace("Our page", "Another page") + told
    other = {"content/en/about/other.md": told}
    lines = found(one_page_site(tmp_path, page, other))
    assert [line for line in lines if "page.md" in line] == []
    draft = {"content/en/about/other.md": told.replace("status: ready", "status: draft")}
    lines = found(one_page_site(tmp_path, page, draft))
    assert len([line for line in lines if "page.md" in line]) == 2


def test_a_hard_word_is_told_once_in_a_run(tmp_path: Path) -> None:
    body = ":memo: We know the gubernatorial sufficiency.\n"
    other = {"content/en/about/other.md": FACTS.replace("Our page", "Another page") + body}
    report = check(one_page_site(tmp_path, body, other))
    assert len(report.findings) == 4
    assert len(report.told_once().findings) == 2
    assert len(report.only([PAGE]).told_once().findings) == 2


def test_strict_settings_keep_the_shortest_sentences(tmp_path: Path) -> None:
    words = ":memo: We want all children to get good help at home and at school.\n"
    site = one_page_site(tmp_path, words)
    assert found(site) == []
    (site / "kiosk.toml").write_text(KIOSK_TOML + "\n[easyread]\nstrict = true\n")
    assert load_site(site).settings.easyread.strict
    strict = load_site(site).settings.easyread.strictly()
    assert (strict.sentence_words, strict.sentence_words_most) == (12, 15)


def test_today_is_the_day_where_the_site_is(tmp_path: Path) -> None:
    toml = KIOSK_TOML.replace("Europe/London", "Pacific/Kiritimati")  # 14 hours ahead
    site = load_site(one_page_site(tmp_path, ":memo: We help.\n", {"kiosk.toml": toml}))
    ahead = site.today()
    assert isinstance(ahead, date)
    assert (ahead - datetime.now(UTC).date()).days in (0, 1)


def test_a_page_that_has_not_changed_is_not_looked_at_again(tmp_path: Path) -> None:
    site = one_page_site(tmp_path, ":memo: We assist you.\n")
    checker = Checker(load_site(site))
    first = checker.check(today=TODAY)
    sheet = checker._pages[PAGE].sheet
    (site / "content/en/home.md").write_text(
        (site / "content/en/home.md").read_text().replace("I can read", "I will read")
    )
    checker.library.refresh()
    assert checker.check(today=TODAY).findings == first.findings
    assert checker._pages[PAGE].sheet is sheet
    (site / "content/en/words.yaml").write_text("allow: [assist]\n")
    checker.library.refresh()
    assert checker.check(today=TODAY).findings == ()

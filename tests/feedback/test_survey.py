"""The questions that staff write: what is taken, and what is said about each mistake."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.content.names import RESERVED
from kiosk.feedback.survey.survey import load_surveys, shown_surveys, survey_fingerprint
from kiosk.symbols import SymbolBook
from tests.feedback.surveys import ALL, ENGLISH, URDU, loaded, said, site_with
from tests.tools.sites import KIOSK_TOML, THINK, tiny_site

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 24)
IN_URDU = ALL.replace("title: All kinds", "title: سب کچھ").replace("words: The bus", "words: بس")


def test_every_kind_of_question_can_be_asked(tmp_path: Path) -> None:
    survey = loaded(site_with(tmp_path))["all"]
    kinds = [one.kind for one in survey.questions]
    assert kinds == ["faces-3", "yes-no", "pictures", "pictures", "scale", "voice", "words"]
    found, one, some, likes, voice, more = survey.questions[1:]
    assert [choice.id for choice in found.choices] == ["yes", "no", "not-sure"]
    assert (one.most, some.most) == (1, 2)
    assert [item.words for item in likes.items] == ["The bus", "Lunch"]
    assert [place.id for place in likes.choices] == ["like", "not-sure", "dislike"]
    assert voice.most_seconds == 30
    assert [(one.id, one.words) for one in more.ready] == [
        ("hard", "It was too hard"),
        ("liked", "I liked it"),
    ]


def test_the_surveys_of_this_site_have_no_mistakes_and_show_the_six_outcomes() -> None:
    site = load_site(ROOT)
    surveys = loaded(site)
    assert list(surveys) == ["think", "kiosk", "local-offer", "what-matters"]
    assert [choice.words for choice in surveys["what-matters"].questions[0].choices] == [
        "I want to be healthy \u2013 physically and mentally",
        "I want to be safe",
        "I want to be the best that I can be",
        "I want to do as much for myself as possible",
        "I want to be part of the community",
        "I want to be heard",
    ]
    for survey in surveys.values():
        for question in survey.questions:
            for choice in (*question.choices, *question.items):
                assert choice.words
                assert choice.symbol.svg


def test_the_survey_of_every_page_comes_first(tmp_path: Path) -> None:
    assert list(loaded(site_with(tmp_path))) == ["think", "all"]
    settings = KIOSK_TOML.replace("[feedback]", '[feedback]\nsurvey = "all"')
    site = load_site(tiny_site(tmp_path, {"kiosk.toml": settings, ENGLISH: ALL}))
    assert list(loaded(site)) == ["all", "think"]


@pytest.mark.parametrize(
    ("good", "bad", "expected"),
    [
        ("id: happy", "id: hapy", ':10: "hapy" is not an answer of the kind "faces-3". Did you me'),
        ("id: happy", "id: zzz", "The answers of faces-3 are happy, ok, sad,"),
        ("      - {id: ok, words: OK, symbol: neutral face}\n", "", ":9: These answers are not co"),
        ("kind: yes-no", "kind: yes-know", ':14: "kind" must be one of: faces-5, faces-3,'),
        ("kind: yes-no", "kind: words", ':17: A question of the kind "words" has no answers'),
        ("    most: 2", "    most: 4", ':30: "most" is 4, but there are 3 answers. Make it sm'),
        (
            "    most: 2",
            "    most: x",
            ':30: "most" must be a whole number, not "x". Write it in digits, such as 9.',
        ),
        ("    most: 2", "    most: 0", ':30: "most" must be 1 or more, not "0".'),
        ("    most: 2", "    mostt: 2", 'I do not know the key "mostt". Did you mean "most"?'),
        ("most_seconds: 30", "most_seconds: 999", ':52: "most_seconds" must be 120 or less'),
        ("most_seconds: 30", "most: 2", ':52: "most" is only for questions of the kind "pictures'),
        ("{id: lunch,", "{id: bus,", ':47: The id "bus" is used twice. The first is on line 46.'),
        ("{id: safe,", "{id: heard,", ':36: The id "heard" is used twice.'),
        ("- id: one", "- id: found", ':21: The id "found" is used twice. The first is on line 13'),
        ("- id: one", "- id: One Two", '"One Two" cannot be an id. Use small letters, digits'),
        ("symbol: microphone", "symbol: microfone", 'Did you mean "microphone"'),
        ("symbol: green salad", "symbol: geen salad", ':47: I do not know the picture "geen sal'),
        ("2026-11-30", "30.11.2026", ':3: "30.11.2026" is not a date. Write it as 2026-11-30.'),
        ("until: 2026-11-30", "until: 2026-10-30", ':3: "until" is before "from". Look at the'),
        ("{from:", "{frm:", 'I do not know the key "frm". Did you mean "from"?'),
        ("until: 2026-11-30", "languages: [fr]", 'This site does not speak "fr".'),
        ("{id: liked,", "{id: hard,", ':59: The id "hard" is used twice. The first is on line 58.'),
        ("    kind: voice", "    ready: []\n    kind: voice", '"ready" is only for questions of'),
        ("thanks: Thank you.\n", "", ':1: "thanks" is missing.'),
        ("title: All kinds", "title:", ':1: "title" is empty.'),
        ("title: All kinds", "title: A: b", ":1: There is a second colon here."),
    ],
)
def test_each_mistake_has_its_line_and_says_what_to_try(
    tmp_path: Path, good: str, bad: str, expected: str
) -> None:
    assert good in ALL
    problems = said(tmp_path, ALL.replace(good, bad, 1))
    assert len(problems) == 1, problems
    assert problems[0].startswith("content/surveys/all.yaml:")
    assert expected in problems[0]


def test_a_choice_of_pictures_needs_two_and_a_scale_needs_items(tmp_path: Path) -> None:
    lines = ALL.split("\n")
    house = next(line for line in lines if "id: house" in line)
    assert "has 2 to 12 answers" in said(tmp_path / "a", ALL.replace(house + "\n", ""))[0]
    items = ALL[ALL.index("    items:") : ALL.index("  - id: voice")]
    assert "has 1 to 12 items" in said(tmp_path / "b", ALL.replace(items, ""))[0]


def test_a_question_has_six_ready_sentences_at_most(tmp_path: Path) -> None:
    line = "      - {id: liked, words: I liked it, symbol: red heart}\n"
    many = "".join(line.replace("liked,", f"liked-{n},") for n in range(6))
    (problem,) = said(tmp_path, ALL.replace(line, many))
    assert ":57: A question has at most 6 ready sentences." in problem


def test_all_mistakes_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    bad = ALL.replace("kind: scale", "kind: mat").replace("title: All", "tittle: All")
    lines = [int(one.split(":")[1]) for one in said(tmp_path, bad)]
    assert lines == [1, 1, 38]


def test_a_survey_whose_name_cannot_be_an_address_is_named(tmp_path: Path) -> None:
    root = tiny_site(tmp_path, {"content/surveys/Bad Name.yaml": THINK})
    site = load_site(root)
    found, problems = load_surveys(site, SymbolBook(site))
    assert list(found) == ["think"]
    assert "Bad Name.yaml:1:" in str(problems[0])


@pytest.mark.parametrize("name", RESERVED)
def test_a_survey_cannot_have_a_name_that_the_kiosk_needs(tmp_path: Path, name: str) -> None:
    path = f"content/surveys/{name}.yaml"
    site = load_site(tiny_site(tmp_path, {path: THINK}))
    found, problems = load_surveys(site, SymbolBook(site))
    assert list(found) == ["think"]
    hint = "Give this survey another name."
    assert [str(one) for one in problems] == [f"{path}:1: {RESERVED[name]} {hint}"]


@pytest.mark.parametrize(
    ("day", "is_shown"),
    [
        (date(2026, 10, 31), False),
        (date(2026, 11, 1), True),
        (date(2026, 11, 30), True),
        (date(2026, 12, 1), False),
    ],
)
def test_a_survey_is_shown_from_its_first_day_to_its_last(
    tmp_path: Path, day: date, is_shown: bool
) -> None:
    surveys = loaded(site_with(tmp_path))
    assert ("all" in shown_surveys(surveys, "en", day)) == is_shown
    assert "think" in shown_surveys(surveys, "en", day)


def test_today_is_the_day_where_the_site_is(tmp_path: Path) -> None:
    settings = KIOSK_TOML.replace("Europe/London", "Asia/Karachi")
    site = load_site(tiny_site(tmp_path, {"kiosk.toml": settings}))
    assert site.today(datetime(2026, 11, 23, 18, 59, tzinfo=UTC)) == date(2026, 11, 23)
    assert site.today(datetime(2026, 11, 23, 19, 1, tzinfo=UTC)) == TODAY


def test_a_translation_is_the_same_survey_in_other_words(tmp_path: Path) -> None:
    site = site_with(tmp_path, urdu=IN_URDU, think=None)
    (site.content / "surveys" / "think.yaml").unlink(missing_ok=True)
    surveys = loaded(site)
    assert surveys["all"].title == "All kinds"
    urdu = shown_surveys(surveys, "ur", TODAY)["all"]
    assert urdu.title == "سب کچھ"
    assert urdu.questions[2].choices[0].words == "بس"
    assert urdu.questions[2].choices[0].id == "bus"


def test_a_survey_without_words_in_a_language_is_shown_in_its_own(tmp_path: Path) -> None:
    surveys = loaded(site_with(tmp_path, urdu=IN_URDU))
    assert list(shown_surveys(surveys, "en", TODAY)) == ["think", "all"]
    urdu = shown_surveys(surveys, "ur", TODAY)
    assert [(one.id, one.language) for one in urdu.values()] == [("think", "en"), ("all", "ur")]


def test_a_survey_for_some_languages_alone_misses_no_others(tmp_path: Path) -> None:
    only = THINK.replace("questions:", "show: {languages: [en]}\nquestions:", 1)
    surveys = loaded(site_with(tmp_path, urdu=IN_URDU, think=only))
    assert list(shown_surveys(surveys, "ur", TODAY)) == ["all"]
    assert "think" in shown_surveys(surveys, "en", TODAY)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("{id: house,", "{id: car,"),
        ("kind: faces-3", "kind: pictures"),
        ("    most: 2", "    most: 3"),
        ("until: 2026-11-30", "until: 2026-11-29"),
    ],
)
def test_a_translation_that_asks_something_else_is_said(
    tmp_path: Path, good: str, bad: str
) -> None:
    only = THINK.replace("questions:", "show: {languages: [en]}\nquestions:", 1)
    site = site_with(tmp_path, urdu=IN_URDU.replace(good, bad, 1), think=only)
    surveys, problems = load_surveys(site, SymbolBook(site))
    assert shown_surveys(surveys, "ur", TODAY)["all"].language == "en"
    assert len(problems) == 1
    assert f"{URDU}:1: This translation does not ask the same as {ENGLISH}." in str(problems[0])


def test_a_translation_of_nothing_and_one_into_the_first_language_are_said(tmp_path: Path) -> None:
    only = THINK.replace("questions:", "show: {languages: [en]}\nquestions:", 1)
    site = site_with(tmp_path, urdu=IN_URDU, think=only)
    (site.root / URDU).rename(site.root / "content/ur/surveys/al.yaml")
    (site.root / "content/en/surveys").mkdir()
    (site.root / "content/en/surveys/all.yaml").write_text(ALL)
    _, problems = load_surveys(site, SymbolBook(site))
    told = "\n".join(map(str, problems))
    assert 'al.yaml:1: There is no survey "al" to translate. Did you mean "all"?' in told
    assert "content/en/surveys/all.yaml:1: This survey is in the wrong folder." in told


def test_the_last_good_version_of_a_survey_stays_while_its_file_is_broken(tmp_path: Path) -> None:
    site = site_with(tmp_path, urdu=IN_URDU, think=THINK)
    (site.content / "ur/surveys/think.yaml").write_text(THINK)
    good = loaded(site)
    book = SymbolBook(site)
    path = site.content / "surveys" / "all.yaml"
    path.write_text(ALL.replace("kind: scale", "kind: mat").replace("All kinds", "New"))
    kept, problems = load_surveys(site, book, before=good)
    assert (kept, len(problems)) == (good, 1)
    path.write_text(ALL)
    (site.root / URDU).write_text("title: [")
    kept, problems = load_surveys(site, book, before=good)
    assert (kept, len(problems)) == (good, 1)
    path.unlink()
    (site.root / URDU).unlink()
    kept, problems = load_surveys(site, book, before=good)
    assert (list(kept), problems) == (["think"], ())


def test_a_translation_of_an_older_version_is_not_shown(tmp_path: Path) -> None:
    only = THINK.replace("questions:", "show: {languages: [en]}\nquestions:", 1)
    site = site_with(tmp_path, urdu=IN_URDU, think=only)
    good = loaded(site)
    (site.root / ENGLISH).write_text(ALL.replace("{id: house,", "{id: car,"))
    kept, problems = load_surveys(site, SymbolBook(site), before=good)
    assert shown_surveys(kept, "ur", TODAY)["all"].language == "en"
    assert "does not ask the same" in str(problems[0])


KEYS = "original: 0a1b2c3d\ntranslation_checked_by: Two mothers\n"


def test_a_translation_says_what_it_was_translated_from_and_who_checked_it(tmp_path: Path) -> None:
    only = THINK.replace("questions:", "show: {languages: [en]}\nquestions:", 1)
    urdu = loaded(site_with(tmp_path, urdu=KEYS + IN_URDU, think=only))["all"].translations["ur"]
    assert (urdu.original, urdu.translation_checked_by) == ("0a1b2c3d", "Two mothers")


def test_a_survey_in_the_first_language_is_no_translation(tmp_path: Path) -> None:
    assert said(tmp_path, KEYS + ALL) == [
        f'{ENGLISH}:{line}: "{key}" is for translations only. '
        "This is in the site's first language. Take the line away."
        for line, key in ((1, "original"), (2, "translation_checked_by"))
    ]


def test_the_fingerprint_of_a_survey_follows_its_words_and_ids_alone(tmp_path: Path) -> None:
    def fingerprint(text: str) -> str:
        return survey_fingerprint(loaded(site_with(tmp_path, english=text))["all"])

    first = fingerprint(ALL)
    for old, new in (
        ("2026-11-30", "2026-12-30"),
        ("most_seconds: 30", "most_seconds: 20"),
        ("symbol: microphone", "symbol: bus"),
    ):
        assert fingerprint(ALL.replace(old, new, 1)) == first
    changed = [
        fingerprint(ALL.replace(old, new, 1))
        for old, new in (
            ("title: All", "title: Some"),
            ("ask: Which one?", "ask: Which bus?"),
            ("words: The bus", "words: A bus"),
            ("words: Lunch", "words: Dinner"),
            ("id: lunch", "id: dinner"),
            ("id: voice\n", "id: speak\n"),
            ("thanks: Thank you.", "thanks: Thanks."),
        )
    ]
    assert len({first, *changed}) == len(changed) + 1

"""The library: what is served while people write, and while they make mistakes."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.symbols.box import words_in_a_box
from tests.tools.sites import HOME, KIOSK_TOML, PEOPLE, PLAN, WORDS, tiny_site

ABOUT = "content/en/about"


def library(site: Path) -> Library:
    return Library(load_site(site))


def put(site: Path, name: str, text: str | bytes) -> None:
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    # Another file in its place, as editors do it: it is never seen half written.
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(text if isinstance(text, bytes) else text.encode())
    new.replace(path)


def said(library: Library) -> list[str]:
    return [str(one) for one in library.problems]


def texts(library: Library, page_id: str) -> list[str]:
    page = library.languages["en"].pages[page_id]
    return [one.text for idea in page.ideas for one in (*idea.sentences, *idea.items)]


def test_a_good_site_has_its_pages_in_order_and_no_problems(tmp_path: Path) -> None:
    made = library(tiny_site(tmp_path, {f"{ABOUT}/first.md": PLAN.replace("order: 2", "order: 0")}))
    english = made.languages["en"]
    assert said(made) == []
    assert [page.id for page in english.parts["about"]] == ["first", "people", "plan"]
    assert list(english.pages) == ["first", "people", "plan"]
    assert english.home.id == "home"
    assert english.say == {"EHCP": "E H C P"}
    assert list(english.hard_words) == ["co-production"]


def test_parts_come_in_the_order_of_the_home_page(tmp_path: Path) -> None:
    home = HOME.replace("part: about", "part: zoo")
    site = tiny_site(tmp_path, {"content/en/home.md": home, "content/en/zoo/animals.md": PLAN})
    assert list(library(site).languages["en"].parts) == ["zoo", "about"]


def test_a_page_without_a_folder_can_be_linked_to(tmp_path: Path) -> None:
    made = library(tiny_site(tmp_path, {"content/en/alone.md": PLAN}))
    assert made.languages["en"].pages["alone"].part is None
    assert said(made) == []


def test_bold_words_that_are_explained_are_hard_words(tmp_path: Path) -> None:
    text = PEOPLE.replace("**co-production**", "**Co-production** and **more**")
    made = library(tiny_site(tmp_path, {f"{ABOUT}/people.md": text}))
    sentence = made.languages["en"].pages["people"].ideas[0].sentences[0]
    assert [(one.kind, one.target) for one in sentence.marks] == [
        ("hard", "co-production"),
        ("bold", ""),
    ]


def test_links_lead_to_pages_home_and_surveys(tmp_path: Path) -> None:
    text = PLAN + "\n:sun: See [the people](people), [the start](home) and [a survey](think).\n"
    made = library(tiny_site(tmp_path, {f"{ABOUT}/plan.md": text}))
    marks = made.languages["en"].pages["plan"].ideas[-1].sentences[0].marks
    assert [one.target for one in marks] == ["people", "home", "think"]
    assert said(made) == []


GOOD = PLAN.replace("symbol: memo", "symbol: heart")

BROKEN: dict[str, tuple[str | bytes, int, str]] = {
    "bad-yaml": (GOOD.replace("title: Your plan", "title: [Your plan"), 3, "A bracket is not"),
    "picture": (GOOD.replace(":memo:", ":hart:"), 10, 'I do not know the picture "hart". Did you'),
    "not-utf8": (GOOD.encode("utf-16"), 1, "There is a letter here that is not saved as UTF-8."),
    "latin": (GOOD.replace("An EHCP", "Café").encode("latin-1"), 10, "There is a letter here"),
    "empty": ("", 1, "This file is empty."),
    "huge-line": (GOOD + "\n:sun: " + "a" * 1_000_000, 1, "The file is too large"),
    "long-line": (GOOD + "\n:sun: " + "a" * 20_000, 14, "This line is too long"),
    "no-title": (GOOD.replace("title: Your plan\n", ""), 2, '"title" is missing.'),
    "twice": (GOOD.replace("order: 2", "order: 2\norder: 3"), 5, '"order" is written twice.'),
    "key": (GOOD.replace("source:", "sorce:"), 5, 'I do not know the key "sorce". Did you mean'),
    "date": (GOOD.replace("2026-11-23", "23 November"), 6, '"23 November" is not a date.'),
    "open": (GOOD.replace("---\n:memo:", ":memo:"), 1, "The first part of the page begins here"),
    "unchecked": (GOOD.replace("status: ready", "status: published"), 7, "The page is published,"),
    "html": (GOOD + "\n:sun: <b>B</b>", 14, "HTML cannot be used here."),
    "outward": (GOOD + "\n:sun: [B](https://b.example)", 14, "A link cannot leave this site"),
    "no-picture": (GOOD + "\nB.", 14, "This has no picture. Each idea needs one."),
    "nul": (GOOD + "\n:sun: B\x00", 14, "There is a hidden character here (U+0000)."),
    "alias": (GOOD.replace("order: 2", "order: *two"), 4, 'A value cannot begin with "*"'),
    "lost": (
        GOOD + "\n:sun: See [B](peple).",
        14,
        'There is no page "peple". Did you mean "people"',
    ),
}


def test_broken_pages_have_clear_messages_and_their_last_good_version_stays(
    tmp_path: Path,
) -> None:
    site = tiny_site(tmp_path, {f"{ABOUT}/{name}.md": GOOD for name in BROKEN})
    made = library(site)
    assert said(made) == []
    before = {name: texts(made, name) for name in BROKEN}
    for name, (text, _, _) in BROKEN.items():
        put(site, f"{ABOUT}/{name}.md", text)
    assert made.refresh()
    for name, (_, line, message) in BROKEN.items():
        start = f"{ABOUT}/{name}.md:{line}: {message}"
        assert any(one.startswith(start) for one in said(made)), (start, said(made))
        kept = before[name] if name != "lost" else [*before[name], "See B."]
        assert texts(made, name) == kept
    assert {one.path.stem for one in made.problems} == set(BROKEN)
    assert texts(made, "people")[0] == "We use co-production."
    for name in BROKEN:
        put(site, f"{ABOUT}/{name}.md", GOOD)
    assert made.refresh()
    assert said(made) == []


def test_a_page_that_was_never_good_leaves_the_others(tmp_path: Path) -> None:
    site = tiny_site(
        tmp_path, {f"{ABOUT}/{name}.md": "" for name in BROKEN} | {f"{ABOUT}/plan.md": "?"}
    )
    for name, (text, _, _) in BROKEN.items():
        put(site, f"{ABOUT}/{name}.md", text)
    made = library(site)
    assert list(made.languages["en"].pages) == ["people", "lost", "picture"]  # in a box
    assert {one.path.stem for one in made.problems} == {*BROKEN, "plan"}


def test_problems_come_in_the_order_of_path_and_line(tmp_path: Path) -> None:
    text = GOOD.replace("order: 2", "order: x") + "\nB.\n" + "\n:hart: C.\n" * 4
    made = library(tiny_site(tmp_path, {f"{ABOUT}/{name}.md": text for name in ("z", "b")}))
    places = [(str(one.path), one.line) for one in made.problems]
    assert places == sorted(places)
    assert len(places) == 12


def test_an_edited_file_is_seen(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    made = library(site)
    version, stamp = made.version, made.languages["en"].pages["plan"].stamp
    assert not made.refresh()
    put(site, f"{ABOUT}/plan.md", PLAN.replace("An EHCP", "The EHCP"))
    assert made.refresh()
    assert texts(made, "plan")[0] == "The EHCP is a plan for your support."
    assert made.version != version
    assert made.languages["en"].pages["plan"].stamp != stamp
    put(site, f"{ABOUT}/plan.md", PLAN)
    assert made.refresh()
    assert made.version == version


@pytest.mark.parametrize(
    ("step", "name", "text"),
    [
        ("kiosk.content.library.resolve_page", f"{ABOUT}/plan.md", PLAN.replace("An E", "The E")),
        ("kiosk.content.library.read_source", "content/symbols.yaml", "idea: rainbow\n"),
        ("kiosk.symbols.book.read_picture_words", "content/symbols.yaml", "idea: rainbow\n"),
    ],
)
def test_an_edit_is_seen_after_a_look_that_came_to_no_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, name: str, text: str
) -> None:
    plan = PLAN.replace(":memo:", ":idea:")
    toml = KIOSK_TOML.replace('["en"]', '["en", "ur"]')
    site = tiny_site(
        tmp_path,
        {f"{ABOUT}/plan.md": plan, "content/ur/symbols.yaml": "{}\n", "kiosk.toml": toml},
    )
    made = library(site)
    version = made.version

    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    put(site, name, text)
    with monkeypatch.context() as broken:
        broken.setattr(step, fail)
        with pytest.raises(MemoryError):
            made.refresh()
    assert made.refresh()
    assert made.version != version
    assert not made.refresh()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (f"{ABOUT}/plan.md", PLAN.replace("order: 2", "# a note\norder: 2")),
        (f"{ABOUT}/plan.md", PLAN + "\n\n"),
        (f"{ABOUT}/draft.md", PLAN.replace("status: ready", "status: draft")),
        (f"{ABOUT}/plan.md", "broken"),
        ("content/en/words.yaml", WORDS + "# a note\n"),
    ],
)
def test_the_version_stays_when_nothing_that_is_served_changes(
    tmp_path: Path, name: str, text: str
) -> None:
    site = tiny_site(tmp_path)
    made = library(site)
    version = made.version
    put(site, name, text)
    made.refresh()
    assert made.version == version


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (f"{ABOUT}/plan.md", PLAN.replace("order: 2", "order: 0")),
        (f"{ABOUT}/plan.md", PLAN.replace("The tests", "Other tests")),
        (f"{ABOUT}/plan.md", PLAN.replace(":rainbow =", ":sun =")),
        (f"{ABOUT}/plan.md", PLAN.replace("after the rain", "in the sky")),
        ("content/en/home.md", HOME.replace("colour: blue", "colour: green")),
        ("content/en/words.yaml", WORDS.replace("Families", "Parents")),
        ("content/en/words.yaml", WORDS.replace("E H C P", "plan")),
        ("content/symbols.yaml", "memo: pencil\n"),
    ],
)
def test_the_version_changes_with_what_is_served(tmp_path: Path, name: str, text: str) -> None:
    site = tiny_site(tmp_path)
    made = library(site)
    version = made.version
    put(site, name, text)
    assert made.refresh()
    assert said(made) == []
    assert made.version != version


def test_a_draft_is_not_shown_and_links_to_it_are_plain_words(tmp_path: Path) -> None:
    draft = PEOPLE.replace("status: ready", "status: draft")
    text = PLAN + "\n:sun: See [them](people).\n"
    made = library(tiny_site(tmp_path, {f"{ABOUT}/people.md": draft, f"{ABOUT}/plan.md": text}))
    assert "people" not in made.languages["en"].pages
    assert made.languages["en"].pages["plan"].ideas[-1].sentences[0].marks == ()
    assert said(made) == [
        f'{ABOUT}/plan.md:14: The page "people" is not shown now, so this link leads nowhere. '
        "It is a draft, or has mistakes."
    ]


def test_a_page_that_is_gone_is_gone(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    made = library(site)
    (site / ABOUT / "plan.md").unlink()
    assert made.refresh()
    assert list(made.languages["en"].pages) == ["people"]
    assert said(made) == []


def test_equal_names_are_told_with_both_places(tmp_path: Path) -> None:
    made = library(tiny_site(tmp_path, {"content/en/zoo/plan.md": PEOPLE}))
    assert made.languages["en"].pages["plan"].part == "about"
    assert said(made) == [
        f'content/en/zoo/plan.md:1: The name "plan" is used twice; the other is {ABOUT}/plan.md. '
        "Give this page another name."
    ]


def test_a_survey_goes_before_a_page_of_its_name(tmp_path: Path) -> None:
    made = library(tiny_site(tmp_path, {f"{ABOUT}/think.md": PEOPLE}))
    assert "think" not in made.languages["en"].pages
    assert "the other is content/surveys/think.yaml" in said(made)[0]


def test_a_survey_of_a_reserved_name_does_not_displace_the_home_page(tmp_path: Path) -> None:
    survey = (tiny_site(tmp_path) / "content/surveys/think.yaml").read_text()
    made = library(tiny_site(tmp_path, {"content/surveys/home.yaml": survey}))
    assert said(made) == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (f"{ABOUT}/My Page.md", '"My Page" cannot be the name of a page. Call it "my-page".'),
        (f"{ABOUT}/plan_b.md", '"plan_b" cannot be the name of a page. Call it "plan-b".'),
        (f"{ABOUT}/é.md", '"é" cannot be the name of a page. Use small letters, digits and'),
        (f"{ABOUT}/home.md", 'Only the first page of a site is named "home". Give this page'),
        (f"{ABOUT}/you-said.md", 'The kiosk makes the page "you-said" itself. Give this page'),
        (f"{ABOUT}/languages.md", 'The kiosk makes the page "languages" itself. Give this page'),
        ("content/en/interface.md", 'The kiosk uses the name "interface" for its own words. Give'),
        (f"{ABOUT}/plan.txt", 'A page\'s file must end in ".md". Give it another name.'),
        (f"{ABOUT}/plan2.MD", 'A page\'s file must end in ".md". Give it another name.'),
    ],
)
def test_a_file_name_that_cannot_be_used_is_told(tmp_path: Path, name: str, message: str) -> None:
    made = library(tiny_site(tmp_path, {name: PEOPLE}))
    assert said(made)[0].startswith(f"{name}:1: {message}")
    assert list(made.languages["en"].pages) == ["people", "plan"]


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    made = library(
        tiny_site(tmp_path, {"content/en/Our Vision/a.md": PEOPLE, f"{ABOUT}/deep/b.md": PEOPLE})
    )
    assert said(made) == [
        'content/en/Our Vision:1: "Our Vision" cannot be the name of a folder. '
        'Call it "our-vision".',
        f"{ABOUT}/deep:1: A folder of pages cannot have a folder in it. Move its pages up.",
    ]


def test_hidden_and_spare_files_are_passed_over(tmp_path: Path) -> None:
    names = [".plan.md.swp", ".hidden.md", "plan.md~", "#plan.md#", "picture.jpg"]
    made = library(tiny_site(tmp_path, {f"{ABOUT}/{name}": "?" for name in names}))
    assert said(made) == []


def test_a_site_without_a_home_page_has_no_language(tmp_path: Path) -> None:
    made = library(tiny_site(tmp_path, {"content/en/home.md": None}))
    assert made.languages == {}
    assert said(made) == [
        "content/en/home.md:1: There is no home page. Without it nobody can begin."
    ]


def test_the_last_good_home_page_stays(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    made = library(site)
    version = made.version
    put(site, "content/en/home.md", HOME.replace("status: ready", "status: draft"))
    made.refresh()
    assert "The home page cannot be a draft." in said(made)[0]
    (site / "content/en/home.md").unlink()
    made.refresh()
    assert "There is no home page." in said(made)[0]
    assert made.version == version
    assert made.languages["en"].home.title == "What would you like to know?"


def test_a_choice_that_leads_nowhere_is_left_out(tmp_path: Path) -> None:
    home = HOME.replace("part: about", "part: abut").replace("survey: think", "survey: thnk")
    made = library(tiny_site(tmp_path, {"content/en/home.md": home}))
    assert made.languages["en"].home.choices == ()
    assert said(made) == [
        'content/en/home.md:10: There is no part with pages that are shown "abut". '
        'Did you mean "about"?',
        'content/en/home.md:14: There is no survey "thnk". Did you mean "think"?',
    ]


def test_a_language_without_a_folder_is_told_and_the_others_are_served(tmp_path: Path) -> None:
    toml = '[site]\ntitle = "A"\nlanguages = ["en", "ur"]\n'
    made = library(tiny_site(tmp_path, {"kiosk.toml": toml}))
    assert list(made.languages) == ["en"]
    assert said(made) == [
        'content/ur:1: There is no folder for the language "ur". Make it, with a home.md in it.'
    ]


def test_each_language_has_pages_of_its_own(tmp_path: Path) -> None:
    toml = '[site]\ntitle = "A"\nlanguages = ["en", "ur"]\n'
    files: dict[str, str | None] = {
        "kiosk.toml": toml,
        "content/ur/home.md": HOME,
        "content/ur/about/plan.md": PLAN.replace("Your plan", "آپ کا منصوبہ"),
    }
    made = library(tiny_site(tmp_path, files))
    assert said(made) == []
    assert made.languages["ur"].pages["plan"].title == "آپ کا منصوبہ"
    assert made.languages["ur"].pages["plan"].language == "ur"
    assert made.languages["ur"].hard_words == {}


def test_broken_words_and_pictures_keep_their_last_good_version(tmp_path: Path) -> None:
    site = tiny_site(tmp_path, {"content/symbols.yaml": "idea of ours: rainbow\n"})
    put(site, f"{ABOUT}/ours.md", PLAN.replace("symbol: memo", "symbol: idea of ours"))
    made = library(site)
    version = made.version
    put(site, "content/en/words.yaml", "explain: [")
    put(site, "content/symbols.yaml", "idea: [")
    assert made.refresh()
    assert [str(one.path) for one in made.problems] == [
        "content/en/words.yaml",
        "content/symbols.yaml",
    ]
    assert made.version == version


def test_a_new_entry_of_the_word_book_mends_the_pages_that_waited_for_it(tmp_path: Path) -> None:
    site = tiny_site(tmp_path, {f"{ABOUT}/plan.md": PLAN.replace(":memo:", ":our plan:")})
    made = library(site)
    assert made.languages["en"].pages["plan"].ideas[0].symbol == words_in_a_box("our plan")
    put(site, "content/symbols.yaml", "our plan: memo\n")
    assert made.refresh()
    assert said(made) == []
    mended = made.languages["en"].pages["plan"].ideas[0].symbol
    assert mended is not None
    assert mended.name == "memo"


def test_a_missing_picture_is_its_words_in_a_box_and_staff_are_told_the_line(
    tmp_path: Path,
) -> None:
    text = PLAN.replace(":memo:", ':hart = "Our logo":').replace("symbol: memo", "symbol: mmo")
    made = library(tiny_site(tmp_path, {f"{ABOUT}/plan.md": text}))
    page = made.languages["en"].pages["plan"]
    assert page.symbol == words_in_a_box("mmo")
    assert page.ideas[0].symbol == words_in_a_box("hart")
    assert page.ideas[0].words == "Our logo"
    assert [one.split(" Did")[0] for one in said(made)] == [
        f'{ABOUT}/plan.md:3: I do not know the picture "mmo".',
        f'{ABOUT}/plan.md:10: I do not know the picture "hart".',
    ]


def test_links_that_leave_the_site_are_refused(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text(PEOPLE, encoding="utf-8")
    (site / ABOUT / "secret.md").symlink_to(outside / "secret.md")
    (site / "content/en/more").symlink_to(outside)
    (site / ABOUT / "nowhere.md").symlink_to("not-here.md")
    made = library(site)
    assert list(made.languages["en"].pages) == ["people", "plan"]
    assert said(made) == [
        f"{ABOUT}/nowhere.md:1: There is no such file.",
        f"{ABOUT}/secret.md:1: This is a link to a file outside the site's folder. "
        "Put the file itself here.",
        "content/en/more:1: This is a link to a folder outside the site's folder. "
        "Put the folder itself here.",
    ]


@contextmanager
def an_ordinary_person() -> Iterator[None]:
    """Be somebody whom file modes bind; root is not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """Give a folder that everybody may look into."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    "closed", [ABOUT, "content/en", "content", "content/surveys", f"{ABOUT}/plan.md"]
)
def test_what_cannot_be_read_is_a_message_and_its_pages_stay(
    public_folder: Path, closed: str
) -> None:
    site = tiny_site(public_folder)
    made = library(site)
    version = made.version
    mode = (site / closed).stat().st_mode
    (site / closed).chmod(0)
    try:
        with an_ordinary_person():
            made.refresh()
            assert any("I cannot read this f" in one for one in said(made)), said(made)
            assert made.version == version
            fresh = library(site)
            assert any("I cannot read this f" in one for one in said(fresh)), said(fresh)
    finally:
        (site / closed).chmod(mode)
    made.refresh()
    assert said(made) == []

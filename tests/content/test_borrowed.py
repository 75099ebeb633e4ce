"""A language that does not have a page borrows it from the first one."""

from __future__ import annotations

from pathlib import Path

from kiosk.config import load_site
from kiosk.content import Library
from tests.tools.sites import HOME, PLAN, WORDS, tiny_site

URDU = '[site]\ntitle = "A"\nlanguages = ["en", "ur"]\n'


def test_a_language_borrows_the_pages_that_it_does_not_have(tmp_path: Path) -> None:
    files: dict[str, str | None] = {
        "kiosk.toml": URDU,
        "content/ur/home.md": HOME,
        "content/ur/about/plan.md": PLAN + "\n:house: [The people](people) help.\n",
        "content/ur/words.yaml": WORDS.replace("Families and staff plan", "They plan"),
    }
    made = Library(load_site(tiny_site(tmp_path, files)))
    assert made.problems == ()
    urdu, english = made.languages["ur"], made.languages["en"]
    assert urdu.pages["people"] is english.pages["people"]
    assert [(one.id, one.language) for one in urdu.parts["about"]] == [
        ("people", "en"),
        ("plan", "ur"),
    ]
    assert urdu.home.choices[0].part == "about"
    # Its hard words are looked up in its own language.
    assert english.pages["people"].ideas[0].sentences[0].marks[0].kind == "hard"


def test_a_page_is_borrowed_until_its_translation_is_shown(tmp_path: Path) -> None:
    draft = PLAN.replace("status: ready", "status: draft")
    site = tiny_site(
        tmp_path,
        {"kiosk.toml": URDU, "content/ur/home.md": HOME, "content/ur/about/plan.md": draft},
    )
    made = Library(load_site(site))
    assert made.languages["ur"].pages["plan"].language == "en"
    (site / "content/ur/about/plan.md").write_text(PLAN, encoding="utf-8")
    before = made.version
    assert made.refresh()
    assert made.languages["ur"].pages["plan"].language == "ur"
    assert made.version != before


def test_without_a_home_page_a_language_is_not_offered_and_lends_nothing(tmp_path: Path) -> None:
    files: dict[str, str | None] = {"kiosk.toml": URDU, "content/ur/about/plan.md": PLAN}
    assert list(Library(load_site(tiny_site(tmp_path, files))).languages) == ["en"]
    files = {"kiosk.toml": URDU, "content/ur/home.md": HOME, "content/en/home.md": None}
    made = Library(load_site(tiny_site(tmp_path / "other", files)))
    assert list(made.languages) == ["ur"]
    assert made.languages["ur"].pages == {}

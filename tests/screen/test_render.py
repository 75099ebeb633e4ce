"""Pages as HTML."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.content.names import RESERVED
from kiosk.screen.interface_words import Utterance, interface_of
from kiosk.screen.listened import load_listened
from kiosk.screen.pictures import screen_pictures
from kiosk.screen.render import Around, render_language
from kiosk.screen.screens import Screen
from kiosk.screen.taken import Ways
from tests.tools.sites import HOME, KIOSK_TOML, PEOPLE, PLAN, tiny_site

WHERE = interface_of("pl").words["source"]


def screen_of(site: Path, before: Screen | None = None, language: str = "en") -> Screen:
    loaded = load_site(site)
    library = Library(loaded)
    listened, _ = load_listened(loaded, library.symbols)
    today = {"today": Utterance("Today is 1 May 2026.", "en")}
    interfaces = {code: interface_of(code).more(today) for code in library.languages}
    pictures = screen_pictures(library.symbols)
    now, ways = datetime.now(UTC), Ways(loaded)
    around = Around(library.languages, interfaces, listened, pictures, now, ways)
    return render_language(language, {}, around, before)


def html_of(site: Path, page: str) -> str:
    return screen_of(site).html[page]


def test_a_link_to_a_survey_that_is_not_shown_now_is_plain_words(tmp_path: Path) -> None:
    line = "\n:sun: [Tell us](think) about [your plan](plan).\n"
    site = tiny_site(tmp_path, {"content/en/about/people.md": PEOPLE + line})
    html = html_of(site, "people")  # no survey is shown
    assert 'data-page="think"' not in html
    assert "Tell us about <a" in html


def test_a_card_has_room_to_its_edges_for_a_wide_picture(tmp_path: Path) -> None:
    home = html_of(tiny_site(tmp_path / "a"), "home")
    assert '<span class="field"><img' in home
    assert "field wide" not in home
    site = tiny_site(tmp_path / "b")
    file = site / "content/en/home.md"
    text = file.read_text("utf-8")
    file.write_text(re.sub(r"(?m)^    symbol: .*$", "    symbol: scene safe", text), "utf-8")
    assert '<span class="field wide"><img' in html_of(site, "home")


def test_the_list_of_who_made_the_pictures_says_once_that_some_were_changed(tmp_path: Path) -> None:
    book = "us: {beside: [zara, red heart]}\n"
    page = PLAN.replace(":memo:", ":us:")
    files = {"content/symbols.yaml": book, "content/en/about/pictures.md": page}
    html = html_of(tiny_site(tmp_path, files), "pictures")
    listed = re.sub("</?bdi[^>]*>", "", html.partition('class="credits"')[2])
    said = re.findall(r'data-say="\d+">(.*?)</span>', listed.partition("</section>")[0])
    assert said[1:] == [
        "OpenMoji, OpenMoji, openmoji.org. CC BY-SA 4.0.",
        "We changed some of them, and put them together.",
        "What we made of them has the same licence.",
        "The kiosk&#39;s own pictures, The easy-read kiosk. MIT.",
    ]


def test_a_hard_word_inside_a_link_is_shown_once_as_part_of_the_link(tmp_path: Path) -> None:
    line = ":sun: [We plan **co-production**](plan), and **co-production** again."
    html = html_of(tiny_site(tmp_path, {"content/en/about/people.md": PEOPLE + line}), "people")
    sentence = re.findall(r'<p><span class="sentence"[^>]*>(.*?)</span></p>', html)
    shown = [re.sub(r"<[^>]+>", "", one) for one in sentence]
    assert "We plan co-production, and co-production again." in shown
    link = re.search(r'<a href="\?page=plan"[^>]*>(.*?)</a>', html)
    assert link is not None
    assert link[1] == "We plan co-production"


def test_all_that_a_screen_makes_itself_has_a_reserved_name(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    pages = {path.stem for path in site.glob("content/en/**/*.md")} - {"home"}
    assert screen_of(site).narrations.keys() - pages <= RESERVED.keys()


CHANGES = {
    "the words of a page": ("content/en/about/plan.md", "Things can get better.", "All is new."),
    "the title of a sibling": ("content/en/about/plan.md", "Your plan", "Your new plan"),
    "the meaning of a hard word": ("content/en/words.yaml", "plan and make", "make"),
    "the order": ("content/en/about/plan.md", "order: 2", "order: 0"),
    "a colour": ("content/en/home.md", "colour: blue", "colour: green"),
    "a draft": ("content/en/about/plan.md", "status: ready", "status: draft"),
}


def test_what_is_taken_from_before_is_what_would_be_made_anew(tmp_path: Path) -> None:
    link = "\n:sun: Look at [your plan](plan).\n"
    site = tiny_site(tmp_path, {"content/en/about/people.md": PEOPLE + link})
    before = screen_of(site)
    for change, (name, old, new) in CHANGES.items():
        file = site / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
        anew, taken = screen_of(site), screen_of(site, before)
        assert anew.html != before.html, change
        assert (taken.html, taken.index) == (anew.html, anew.index), change
        assert taken.narrations == anew.narrations, change
        file.write_text(text, encoding="utf-8")


def test_a_page_for_which_nothing_has_changed_is_not_made_again(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    before = screen_of(site)
    file = site / "content/en/about/plan.md"
    file.write_text(file.read_text().replace("Things can get better.", "All is new."))
    taken = screen_of(site, before)
    assert taken.html["home"] is before.html["home"]
    assert taken.html["plan"] != before.html["plan"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            "Our tests; nasze własne przykłady",
            [
                (WHERE, "pl"),
                ("Our tests", "en"),
                ("nasze własne przykłady, 23 listopada 2026.", "pl"),
            ],
        ),
        (
            "Our tests; the law",
            [(WHERE, "pl"), ("Our tests; the law", "en"), ("23 listopada 2026.", "pl")],
        ),
        ("Ten ekran", [(f"{WHERE}: Ten ekran, 23 listopada 2026.", "pl")]),
    ],
)
def test_each_part_of_a_source_is_said_in_the_language_that_it_is_in(
    tmp_path: Path, source: str, said: list[tuple[str, str]]
) -> None:
    original = PLAN.replace("source: The tests", "source: Our tests; the law")
    changes = {
        "kiosk.toml": KIOSK_TOML.replace('["en"]', '["en", "pl"]'),
        "content/pl/home.md": HOME,
        "content/en/about/plan.md": original,
        "content/pl/about/plan.md": PLAN.replace("source: The tests", f"source: {source}"),
    }
    screen = screen_of(tiny_site(tmp_path, changes), language="pl")
    texts = [(one.text, one.language) for one in screen.narrations["plan"].in_order()]
    at = texts.index(said[0])
    assert texts[at : at + len(said)] == said
    shown = re.search(r'<p class="source".*?</p>', screen.html["plan"])
    assert shown is not None
    words = re.sub(r"<[^>]+>", "", shown[0])
    assert words == f"{WHERE}: {source}, 23 listopada 2026."

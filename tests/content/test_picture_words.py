"""What a picture shows, in the language of the page that it stands on."""

from __future__ import annotations

from pathlib import Path

from kiosk.config import load_site
from kiosk.content import Library
from tests.tools.sites import HOME, KIOSK_TOML, PEOPLE, WORDS, tiny_site


def test_pictures_say_what_they_show_in_the_language_of_the_page(tmp_path: Path) -> None:
    site = tiny_site(
        tmp_path,
        {
            "kiosk.toml": KIOSK_TOML.replace('"en"', '"en", "ur"'),
            "content/ur/home.md": HOME,
            "content/ur/about/people.md": PEOPLE,
            "content/ur/words.yaml": WORDS,
            "content/ur/symbols.yaml": "bus: بس\nhandshake: دو ہاتھ\n",
        },
    )
    made = Library(load_site(site))
    assert made.problems == ()
    urdu, english = made.languages["ur"], made.languages["en"]
    assert [one.words for one in urdu.pages["people"].ideas] == ["دو ہاتھ", "بس"]
    assert urdu.pages["people"].symbol.words == "دو ہاتھ"
    hard = urdu.hard_words["co-production"].symbol
    assert hard is not None
    assert hard.words == "دو ہاتھ"
    assert [one.words for one in english.pages["people"].ideas] == ["Handshake", "Bus"]
    (site / "content/ur/symbols.yaml").write_text("bus: ایک بس\n", encoding="utf-8")
    assert made.refresh()
    assert [one.words for one in made.languages["ur"].pages["people"].ideas][1] == "ایک بس"

"""The order in which a page is read is known without a browser, and it is that of its HTML."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.live.kiosk import Kiosk
from kiosk.screen.screens import Narration, Screen
from kiosk.screen.surveys import HEADINGS, NO_ANSWERS, RESULTS, add_survey
from tests.tools.sites import FOUND, KIOSK_TOML, THINK, tiny_site

ADDRESS = "https://example.org/send/"
ROOT = Path(__file__).resolve().parents[2]
# A result or a heading that is not there at first waits in an attribute of its name.
WAITING = {
    f"data-{name.replace('_', '-')}" for name in (*RESULTS, *HEADINGS, NO_ANSWERS, "own_say")
}
NAMING = {"data-say", "data-name", "data-tell", "data-picture", *WAITING}


class Places(HTMLParser):
    """Finds the places of texts that the HTML of a page names."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.read: list[int] = []
        self.named: set[int] = set()
        self.shown: dict[int, str] = {}
        self.classes: set[str] = set()
        self._waits = False  # in a sheet that somebody may open over the page
        self._inside = 0  # an element that is read along, so many elements deep
        self.feed(html)

    def handle_starttag(
        self,
        tag: str,
        attrs: list[tuple[str, str | None]],
    ) -> None:
        """Note what an element names."""
        told = {name: value for name, value in attrs if value is not None}
        self._waits = self._waits or tag == "template"
        if self._waits:
            for name in NAMING & told.keys():
                self.named |= {int(place) for place in told[name].split()}
            return
        if "data-say" in told:
            self.read.append(int(told["data-say"]))
            self.shown[self.read[-1]] = ""
            self._inside = 1
        elif self._inside:
            self._inside += 1
        self.classes |= set(told.get("class", "").split())
        for name in NAMING & told.keys():
            self.named |= {int(place) for place in told[name].split()}
        if letters := told.get("data-letters"):  # of the receipt, whichever code it will have
            for letter in json.loads(letters)["of"].values():
                self.named |= {letter["say"], letter["name"]}

    def handle_data(self, data: str) -> None:
        """Note what is read along."""
        if self._inside and not self._waits:
            self.shown[self.read[-1]] += data

    def handle_endtag(self, tag: str) -> None:
        """Note where that ends."""
        if tag == "template":
            self._waits = False
        self._inside = max(0, self._inside - 1)


def pages_of(screens: dict[str, Screen]) -> Iterator[tuple[str, Places, Narration]]:
    for code, screen in screens.items():
        for page, html in screen.html.items():
            yield f"{code} {page}", Places(html), screen.narrations[page]


@pytest.fixture(scope="module", params=["tiny", "shipped"])
def screens(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> object:
    folder = tmp_path_factory.mktemp("order")
    changes = {
        "content/surveys/think.yaml": THINK.replace("thanks:", FOUND + "thanks:"),
        "kiosk.toml": KIOSK_TOML.replace("[site]", f'[site]\nweb_address = "{ADDRESS}"')
        + '\n[print]\nprinter = "paper"\n',
        "content/surveys/short.yaml": "title: A short one\nsymbol: pencil\nquestions:\n"
        f"{FOUND}thanks: Thank you.\n",
    }
    site = ROOT if request.param == "shipped" else tiny_site(folder, changes)
    kiosk = Kiosk(load_site(site, data=folder / "data"))
    kiosk.close()
    assert not kiosk.problems
    return kiosk.served.screens


def test_a_page_is_read_in_the_order_of_its_html(screens: dict[str, Screen]) -> None:
    for name, places, narration in pages_of(screens):
        assert tuple(places.read) == narration.read, name


def test_the_places_of_what_is_read_go_up(screens: dict[str, Screen]) -> None:
    for name, _, narration in pages_of(screens):
        assert list(narration.read) == sorted(set(narration.read)), name


def test_no_text_has_a_sound_that_nothing_on_the_page_names(screens: dict[str, Screen]) -> None:
    for name, places, narration in pages_of(screens):
        unheard = set(range(len(narration.texts))) - places.named
        assert [narration.texts[place].text for place in unheard] == [], name
        assert places.named <= set(range(len(narration.texts))), name


def test_what_is_read_is_what_stands_there(screens: dict[str, Screen]) -> None:
    for name, places, narration in pages_of(screens):
        shown = [" ".join(places.shown[place].split()) for place in narration.read]
        said = [" ".join(one.text.split()) for one in narration.in_order()]
        # What became of an answer comes to stand there later.
        assert [one or said[at] for at, one in enumerate(shown)] == said, name
        assert shown.count("") <= ("thanks" in places.classes), name


def test_questions_that_are_only_shown_say_so_and_have_no_receipt(tmp_path: Path) -> None:
    kiosk = Kiosk(load_site(tiny_site(tmp_path), data=tmp_path / "data"))
    kiosk.close()
    screen = kiosk.served.screens["en"]
    add_survey(screen, kiosk.served.surveys["think"], [], only_shown=True)
    ((name, places, narration),) = (one for one in pages_of({"en": screen}) if one[0] == "en think")
    assert tuple(places.read) == narration.read, name
    said = [one.text for one in narration.texts]
    assert screen.interface.words["no_answers"] in said
    assert not {screen.interface.words[key] for key in ("keeps_next", "sent", "receipt")} & {*said}
    assert screen.index["think"]["only_shown"]

"""Pages as HTML."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.ui.listened import load_listened
from kiosk.ui.render import Around, render_language
from kiosk.ui.words import Said, interface_of
from tests.tools.sites import PEOPLE, tiny_site


def html_of(site: Path, page: str) -> str:
    loaded = load_site(site)
    library = Library(loaded)
    listened, _ = load_listened(loaded, library.symbols)
    interface = interface_of("en").more({"today": Said("Today is 1 May 2026.", "en")})
    around = Around(library.languages, {"en": interface}, listened, datetime.now(UTC))
    return render_language("en", {}, around).html[page]


def test_a_link_to_a_survey_that_is_not_shown_now_is_plain_words(tmp_path: Path) -> None:
    line = "\n:sun: [Tell us](think) about [your plan](plan).\n"
    site = tiny_site(tmp_path, {"content/en/about/people.md": PEOPLE + line})
    html = html_of(site, "people")  # no survey is shown
    assert 'data-page="think"' not in html
    assert "Tell us about <a" in html


def test_a_hard_word_inside_a_link_is_shown_once_as_part_of_the_link(tmp_path: Path) -> None:
    line = ":sun: [We plan **co-production**](plan), and **co-production** again."
    html = html_of(tiny_site(tmp_path, {"content/en/about/people.md": PEOPLE + line}), "people")
    sentence = re.findall(r'<p><span class="sentence"[^>]*>(.*?)</span></p>', html)
    shown = [re.sub(r"<[^>]+>", "", one) for one in sentence]
    assert "We plan co-production, and co-production again." in shown
    link = re.search(r'<a href="\?page=plan"[^>]*>(.*?)</a>', html)
    assert link is not None
    assert link[1] == "We plan co-production"

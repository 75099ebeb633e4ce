"""A page is begun from its title."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.editor.actions.create import CreatePage
from kiosk.editor.actions.save import open_file
from kiosk.errors import PageNotMade
from tests.tools.sites import tiny_site


def test_a_page_is_begun_as_a_draft(tmp_path: Path) -> None:
    site = load_site(tiny_site(tmp_path))
    action = CreatePage(site, "Our bus", "about", today=date(2026, 11, 23))
    action.check()
    assert not (site.root / "content/en/about/our-bus.md").exists()
    place = action.execute()
    text = open_file(site, str(site.shown(place.path))).text
    assert "title: Our bus\n" in text
    assert "status: draft\n" in text
    with pytest.raises(PageNotMade, match="already"):
        action.check()


@pytest.mark.parametrize(("title", "part"), [("", "about"), ("!!", "about"), ("Bus", "../en")])
def test_a_title_or_a_part_that_names_no_file_is_refused(
    tmp_path: Path, title: str, part: str
) -> None:
    site = load_site(tiny_site(tmp_path))
    with pytest.raises(PageNotMade):
        CreatePage(site, title, part).execute()

"""What waits, and the versions, go with a page that is moved, ordered, retired and brought back."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import Site, load_site
from kiosk.content import Library
from kiosk.content.history import History
from kiosk.editor.actions.move import MovePage
from kiosk.editor.actions.order import OrderPages
from kiosk.editor.actions.publish_due import publish_due
from kiosk.editor.actions.retire import BringBack, RetirePage
from kiosk.editor.actions.save import look
from kiosk.errors import PageChanged
from tests.editor.actions.test_publish import MINE, NAME, TODAY, publish, save
from tests.tools.sites import PLAN, tiny_site

WAITS = MINE + "Waits.\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Give a site with a page that has two versions, and something that waits."""
    site = load_site(tiny_site(tmp_path, {"content/en/help/hello.md": PLAN}))
    save(site)
    publish(site).execute()
    save(site, WAITS)
    return site


def is_whole(site: Site, name: str) -> bool:
    texts = [one.text for one in History(site).versions(name)]
    return look(site, name).text == WAITS and texts == [MINE, PLAN]


def test_a_moved_page_takes_them_along(site: Site) -> None:
    with pytest.raises(PageChanged):
        MovePage(site, Library(site), NAME, "old", "help", may_publish=True).execute()
    opened = look(site, NAME).opened
    MovePage(site, Library(site), NAME, opened, "help", may_publish=True).execute()
    assert is_whole(site, "content/en/help/plan.md")
    assert History(site).numbers(NAME) == []


def test_a_retired_page_is_not_published_and_finds_them_again(site: Site) -> None:
    day = TODAY.replace(day=29)
    publish(site, day=day).execute()
    opened = look(site, NAME).opened
    away = RetirePage(site, Library(site), NAME, opened, may_publish=True).execute()
    assert publish_due(site, Library(site), day) == []
    (site.root / NAME).write_text(PLAN, newline="\n")  # another page of that name
    assert History(site).numbers(NAME) == []
    (site.root / NAME).unlink()
    name = site.shown(away.path).as_posix()
    BringBack(site, Library(site), name, may_publish=True).execute()
    assert is_whole(site, NAME)


def test_another_order_of_the_pages_is_no_change_that_anybody_is_asked_about(site: Site) -> None:
    people = "content/en/about/people.md"
    before, after = (people, NAME), (NAME, people)
    OrderPages(site, Library(site), "en", "about", before, after, may_publish=True).execute()
    now = look(site, NAME)
    assert not now.is_stale
    assert "order: 1\n" in now.text
    assert now.text.endswith("Waits.\n")

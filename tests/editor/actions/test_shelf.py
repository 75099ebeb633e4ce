"""Whole pages are copied, moved, put in order, retired and brought back, in all languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import Site, load_site
from kiosk.content import Library
from kiosk.content.edit import hash_of
from kiosk.editor.actions.copy import CopyPage
from kiosk.editor.actions.move import MovePage
from kiosk.editor.actions.order import OrderPages, in_order
from kiosk.editor.actions.retire import BringBack, RetirePage, retired_pages
from kiosk.errors import MayNotPublish, OrderChanged, PageChanged, PageNotSaved
from tests.tools.sites import HOME, KIOSK_TOML, PEOPLE, PLAN, tiny_site

PLAN_EN, PLAN_PL = "content/en/about/plan.md", "content/pl/about/plan.md"
VOICE = "content/en/about/plan.voice/voice.yaml"
OTHER = "content/en/help/bus.md"
LINK = PEOPLE.replace("Families and staff", "See [the plan](plan). Families and staff")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return load_site(
        tiny_site(
            tmp_path,
            {
                "kiosk.toml": KIOSK_TOML.replace('["en"]', '["en", "pl"]'),
                "content/pl/home.md": HOME,
                PLAN_PL: PLAN,
                "content/pl/about/people.md": PEOPLE,
                "content/en/about/people.md": LINK,
                VOICE: "by: Amira\n",
                OTHER: PEOPLE.replace("The people here", "The bus"),
            },
        )
    )


def files(site: Site) -> dict[str, bytes]:
    """Return every file of the pages, with its bytes."""
    return {
        site.shown(one).as_posix(): one.read_bytes()
        for one in sorted(site.content.rglob("*"))
        if one.is_file()
    }


def opened(site: Site, name: str = PLAN_EN) -> str:
    return hash_of((site.root / name).read_bytes())


def move(site: Site, part: str | None, *, name: str = PLAN_EN, publish: bool = True) -> MovePage:
    return MovePage(site, Library(site), name, opened(site, name), part, publish)


def retire(site: Site, name: str = PLAN_EN, *, publish: bool = True) -> RetirePage:
    return RetirePage(site, Library(site), name, opened(site, name), publish)


def test_a_copy_is_a_draft_that_nobody_has_checked(site: Site) -> None:
    before = files(site)
    place = CopyPage(site, PLAN_EN, "Copy of Your plan").execute()
    assert site.shown(place.path).as_posix() == "content/en/about/copy-of-your-plan.md"
    text = place.path.read_text()
    assert "title: Copy of Your plan\n" in text
    assert "status: draft\n" in text
    assert text.partition("\n---\n")[2] == PLAN.partition("\n---\n")[2]
    again = CopyPage(site, PLAN_EN, "Copy of Your plan").execute()
    assert again.id == "copy-of-your-plan-2"
    assert {name: files(site)[name] for name in before} == before
    for name in ("content/en/home.md", PLAN_PL):
        with pytest.raises(PageNotSaved):
            CopyPage(site, name, "No").execute()


def test_a_page_moves_with_its_translation_and_its_recordings(site: Site) -> None:
    before = files(site)
    moved = move(site, "help").execute()
    assert site.shown(moved).as_posix() == "content/en/help/plan.md"
    after = files(site)
    assert not [name for name in after if "about/plan" in name]
    for old in (PLAN_EN, PLAN_PL, VOICE):
        assert after[old.replace("/about/", "/help/")] == before[old]
    assert Library(site).problems == ()
    move(site, "about", name="content/en/help/plan.md").execute()
    assert files(site) == before
    move(site, None).execute()
    assert "content/pl/plan.md" in files(site)


def test_what_cannot_be_moved_stays_where_it_is(site: Site) -> None:
    before = files(site)
    with pytest.raises(MayNotPublish):
        move(site, "help", publish=False).execute()
    for part in ("nowhere", "../en", ""):
        with pytest.raises(PageNotSaved, match="no such part"):
            move(site, part).execute()
    with pytest.raises(PageNotSaved, match="home page"):
        move(site, "help", name="content/en/home.md").execute()
    with pytest.raises(PageNotSaved, match="translation"):
        move(site, "help", name=PLAN_PL).execute()
    action = move(site, "help")
    (site.root / PLAN_EN).write_text(PLAN + "Theirs.\n")
    with pytest.raises(PageChanged):
        action.execute()
    (site.root / PLAN_EN).write_text(PLAN)
    (site.root / "content/pl/help").write_text("in the way")  # so the second file cannot go
    with pytest.raises(PageNotSaved, match="where it was"):
        move(site, "help").execute()
    (site.root / "content/pl/help").unlink()
    assert files(site) == before


def test_the_last_page_that_a_button_of_the_home_page_leads_to_stays(site: Site) -> None:
    retire(site).execute()
    for action in (retire(site, "content/en/about/people.md"),):
        with pytest.raises(PageNotSaved, match="no other page"):
            action.execute()
    with pytest.raises(PageNotSaved, match="no other page"):
        move(site, "help", name="content/en/about/people.md").execute()


def test_a_page_is_retired_in_all_languages_and_comes_back_as_it_was(site: Site) -> None:
    before = files(site)
    with pytest.raises(MayNotPublish):
        retire(site, publish=False).execute()
    done = retire(site).execute()
    assert site.shown(done.path).as_posix() == "content/.retired/en/about/plan.md"
    assert done.links == ("The people here",)
    library = Library(site)
    assert "plan" not in library.languages["en"].pages
    assert not [name for name in files(site) if "about/plan" in name and ".retired" not in name]
    assert [one.name for one in retired_pages(site)] == ["plan.md", "plan.md"]
    name = site.shown(done.path).as_posix()
    with pytest.raises(MayNotPublish):
        BringBack(site, library, name, may_publish=False).execute()
    back = BringBack(site, library, name, may_publish=True).execute()
    assert site.shown(back).as_posix() == PLAN_EN
    assert files(site) == before


def test_two_retired_pages_of_one_name_and_a_name_that_is_taken_meanwhile(site: Site) -> None:
    first = retire(site).execute().path
    (site.root / PLAN_EN).write_text(PLAN.replace("Your plan", "Another plan"))
    second = retire(site).execute().path
    assert (first.name, second.name) == ("plan.md", "plan-2.md")
    (site.root / PLAN_EN).write_text(PLAN.replace("Your plan", "A third plan"))
    back = BringBack(site, Library(site), site.shown(first).as_posix(), may_publish=True).execute()
    assert back.name == "plan-2.md"
    assert "Your plan" in back.read_text()
    assert "A third plan" in (site.root / PLAN_EN).read_text()


@pytest.mark.parametrize(
    "name",
    ["content/.retired/../../kiosk.md", PLAN_EN, "content/.retired/en/x/y/z.md", "", "/etc/x.md"],
)
def test_only_a_retired_page_is_brought_back(site: Site, name: str) -> None:
    with pytest.raises(PageNotSaved):
        BringBack(site, Library(site), name, may_publish=True).execute()


def names(site: Site) -> tuple[str, ...]:
    return tuple(one.path.as_posix() for one in in_order(Library(site), "en", "about"))


def order(site: Site, *after: str, publish: bool = True) -> OrderPages:
    return OrderPages(site, Library(site), "en", "about", names(site), after, publish)


def test_pages_are_put_in_order_in_all_languages_and_only_their_numbers_change(site: Site) -> None:
    before, (people, plan) = files(site), names(site)
    with pytest.raises(MayNotPublish):
        order(site, plan, people, publish=False).execute()
    action = order(site, plan, people)
    action.execute()
    assert names(site) == (plan, people)
    after = files(site)
    for name in (PLAN_EN, PLAN_PL):
        assert after[name] == before[name].replace(b"order: 2", b"order: 1")
    with pytest.raises(OrderChanged):  # what the person saw is not what stands there
        action.execute()
    order(site, people, plan).execute()
    assert files(site) == before
    with pytest.raises(PageNotSaved):
        order(site, people, people).execute()
    for one in (PLAN_EN, "content/en/about/people.md"):
        path = site.root / one
        path.write_text(path.read_text().replace("order: 1", "order: 2"))
    order(site, *reversed(names(site))).execute()
    assert names(site) == (plan, people)

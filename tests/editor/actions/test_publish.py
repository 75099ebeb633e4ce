"""What is saved is published by who may, when nothing is missing, and can be undone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.config import Site, load_site
from kiosk.content import Library
from kiosk.content.history import History
from kiosk.editor.actions.publish import DropCopy, DropPlan, PublishPage, ShowVersion
from kiosk.editor.actions.publish_due import publish_due
from kiosk.editor.actions.save import SavePage, look
from kiosk.errors import MayNotPublish, PageChanged, PageNotReady, PageNotSaved
from tests.tools.sites import PLAN, tiny_site

NAME = "content/en/about/plan.md"
TODAY = date(2026, 11, 27)
MINE = PLAN.replace("support", "help # always")
FACTS = {"checked_by": "Our group: 4 people", "contact": "Ask us."}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return load_site(tiny_site(tmp_path))


def save(site: Site, text: str = MINE, by: str = "Bea") -> None:
    SavePage(site, Library(site), NAME, text, look(site, NAME).opened, by).execute()


def publish(site: Site, **changed: object) -> PublishPage:
    given: dict[str, object] = {
        "opened": look(site, NAME).opened,
        "by": "Ali",
        "may_publish": True,
        "status": "ready",
        "today": TODAY,
        **changed,
    }
    return PublishPage(site, Library(site), NAME, **given)  # type: ignore[arg-type]


def live(site: Site) -> str:
    return (site.root / NAME).read_bytes().decode()


def told(site: Site) -> list[tuple[int, str, str]]:
    return [(one.number, one.by, one.why) for one in History(site).versions(NAME)]


def back(site: Site, number: int, *, may_publish: bool = True) -> ShowVersion:
    opened = look(site, NAME).opened
    return ShowVersion(site, Library(site), NAME, opened, number, "Cem", may_publish)


def test_what_was_saved_is_shown_byte_by_byte_and_both_texts_are_versions(site: Site) -> None:
    text = MINE.replace("\n", "\r\n")
    save(site, text)
    done = publish(site).execute()
    assert live(site) == text
    assert (done.copy, done.text) == (None, text)
    assert not list((site.content / ".drafts").rglob("*.txt"))
    assert told(site) == [(2, "Ali", "published"), (1, "", "found")]
    assert [one.text for one in History(site).versions(NAME)] == [text, PLAN]


def test_the_facts_that_were_asked_for_are_written_and_nothing_else(site: Site) -> None:
    save(site)
    publish(site, status="published", facts={**FACTS, "title": "No"}).execute()
    wanted = MINE.replace("status: ready", "status: published")
    extra = 'checked_by: "Our group: 4 people"\ncontact: Ask us.\n---'
    assert live(site) == wanted.replace("2027-11-01\n---", f"2027-11-01\n{extra}")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"contact": "Ask us."}, "checked_by"),
        ({"checked_by": "4 people"}, "whom to ask"),
        ({**FACTS, "review_by": "2026-11-26"}, "looked at again"),
        ({**FACTS, "review_by": "2029-11-26"}, "12 months"),
        ({**FACTS, "source": ""}, "source"),
        ({**FACTS, "facts_checked": "soon"}, "soon"),
    ],
)
def test_what_rule_er25_forbids_is_refused_and_named(
    site: Site, facts: dict[str, str], words: str
) -> None:
    save(site)
    action = publish(site, status="published", facts=facts)
    for attempt in (action.check, action.execute):
        with pytest.raises(PageNotReady) as refusal:
            attempt()
        assert any(words in one for one in refusal.value.missing), refusal.value.missing
    assert live(site) == PLAN
    assert look(site, NAME).text == MINE
    assert told(site) == []


def test_a_page_that_the_kiosk_cannot_read_is_not_published(site: Site) -> None:
    save(site, MINE.replace(":memo:", ":no such picture:"))
    with pytest.raises(PageNotReady, match=r"Idea 1: .*no such picture"):
        publish(site).execute()
    assert live(site) == PLAN


def test_who_may_only_write_publishes_and_brings_back_nothing(site: Site) -> None:
    save(site)
    with pytest.raises(MayNotPublish):
        publish(site, may_publish=False).execute()
    assert live(site) == PLAN
    publish(site).execute()
    with pytest.raises(MayNotPublish):
        back(site, 1, may_publish=False).execute()
    assert live(site) == MINE


def test_what_was_changed_since_it_was_looked_at_is_not_published(site: Site) -> None:
    save(site)
    action = publish(site)
    save(site, MINE + "More.\n", by="Cem")
    with pytest.raises(PageChanged) as refusal:
        action.execute()
    assert refusal.value.text == MINE + "More.\n"
    (site.root / NAME).write_text(PLAN + "By hand.\n", newline="\n")
    with pytest.raises(PageChanged) as refusal:
        publish(site).execute()
    assert refusal.value.text == PLAN + "By hand.\n"
    assert live(site) == PLAN + "By hand.\n"


def test_any_version_comes_back_and_the_undo_is_undone(site: Site) -> None:
    save(site)
    publish(site).execute()
    save(site, MINE + "More.\n")
    publish(site).execute()
    for number, text in [(1, PLAN), (2, MINE), (3, MINE + "More.\n"), (4, PLAN)]:
        back(site, number).execute()
        assert live(site) == text
    assert told(site)[0] == (7, "Cem", "back")
    assert [one.of for one in History(site).versions(NAME)][:4] == [4, 3, 2, 1]
    assert look(site, NAME).copy is None


def test_what_waits_goes_on_waiting_when_a_version_comes_back(site: Site) -> None:
    save(site)
    publish(site).execute()
    save(site, MINE + "Waits.\n")
    back(site, 1).execute()
    now = look(site, NAME)
    assert (now.live.text, now.text, now.is_stale) == (PLAN, MINE + "Waits.\n", False)


def test_what_was_written_by_hand_is_a_version_before_it_is_replaced(site: Site) -> None:
    save(site)
    publish(site).execute()
    (site.root / NAME).write_text(PLAN + "By hand.\n", newline="\n")
    back(site, 1).execute()
    assert PLAN + "By hand.\n" in [one.text for one in History(site).versions(NAME)]


def test_a_version_that_would_not_be_shown_does_not_come_back(site: Site) -> None:
    save(site)
    wrong = PLAN.replace(":memo:", ":no such picture:")
    (site.root / NAME).write_text(wrong, newline="\n")
    save_over = look(site, NAME)
    SavePage(site, Library(site), NAME, MINE, save_over.now, "Bea").execute()
    publish(site).execute()
    with pytest.raises(PageNotReady, match="no such picture"):
        back(site, 1).execute()
    assert live(site) == MINE


def test_what_is_thrown_away_stays_a_version(site: Site) -> None:
    save(site)
    done = DropCopy(site, NAME, look(site, NAME).opened).execute()
    assert (done.copy, done.text) == (None, PLAN)
    (version,) = History(site).versions(NAME)
    assert (version.text, version.by, version.why) == (MINE, "Bea", "aside")
    with pytest.raises(PageNotSaved, match="is published"):
        DropCopy(site, NAME, look(site, NAME).opened).execute()


def test_a_planned_page_is_published_when_its_day_begins_and_not_before(site: Site) -> None:
    save(site)
    day = TODAY + timedelta(5)
    publish(site, status="published", facts=FACTS, day=day).execute()
    library = Library(site)
    assert live(site) == PLAN
    assert publish_due(site, library, day - timedelta(1)) == []
    assert live(site) == PLAN
    (line,) = publish_due(site, library, day)
    assert "as it was planned" in line
    assert "help # always" in live(site)
    assert "status: published" in live(site)
    assert told(site)[0] == (2, "Ali", "planned")
    assert publish_due(site, library, day) == []
    assert look(site, NAME).copy is None


def test_a_plan_ends_when_its_text_is_changed_or_somebody_says_so(site: Site) -> None:
    day = TODAY + timedelta(5)
    save(site)
    publish(site, day=day).execute()
    save(site, MINE + "More.\n")
    assert publish_due(site, Library(site), day) == []
    publish(site, day=day).execute()
    save(site, MINE + "More.\n")  # nothing is new: the plan stays
    done = DropPlan(site, NAME, look(site, NAME).opened).execute()
    assert done.text == MINE + "More.\n"
    assert publish_due(site, Library(site), day) == []
    with pytest.raises(PageNotSaved, match="no plan"):
        DropPlan(site, NAME, look(site, NAME).opened).execute()
    with pytest.raises(PageNotSaved, match="is over"):
        publish(site, day=TODAY - timedelta(1)).execute()


def test_a_plan_never_takes_the_live_page_down_and_says_why_it_waits(site: Site) -> None:
    day = TODAY + timedelta(5)
    save(site)
    publish(site, day=day).execute()
    by_hand = PLAN + "By hand.\n"
    (site.root / NAME).write_text(by_hand, newline="\n")
    (line,) = publish_due(site, Library(site), day)
    assert "changed in the meantime" in line
    copy = look(site, NAME).copy
    assert copy is not None
    assert "changed in the meantime" in copy.wrong
    assert (copy.text, live(site)) == (MINE, by_hand)
    (site.root / NAME).write_text(PLAN, newline="\n")
    (line,) = publish_due(site, Library(site), day + timedelta(1))
    assert live(site) == MINE


def test_a_planned_page_whose_review_is_over_by_then_is_not_published(site: Site) -> None:
    save(site)
    facts = {**FACTS, "review_by": "2026-12-01"}
    with pytest.raises(PageNotReady, match="looked at again"):
        publish(site, status="published", facts=facts, day=date(2026, 12, 2)).execute()
    publish(site, status="published", facts=facts, day=date(2026, 11, 30)).execute()
    (line,) = publish_due(site, Library(site), date(2026, 12, 2))
    assert "looked at again" in line
    assert live(site) == PLAN

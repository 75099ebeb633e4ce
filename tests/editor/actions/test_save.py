"""A page is saved whole, by who may, and never over what somebody else wrote."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.config import Site, load_site
from kiosk.content import Library
from kiosk.content.edit import BOM, hash_of
from kiosk.content.history import History
from kiosk.editor.actions.save import SavePage, look, open_file, page_path
from kiosk.errors import ContentError, PageChanged, PageNotSaved
from tests.tools.sites import PLAN, tiny_site

DRAFT = "content/en/about/draft.md"
SHOWN = "content/en/about/plan.md"
TEXT = PLAN.replace("status: ready", "status: draft").replace("order: 2", "order: 3")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return load_site(tiny_site(tmp_path, {DRAFT: TEXT}))


def save(site: Site, name: str, text: str, opened: str = "", by: str = "Bea") -> SavePage:
    return SavePage(site, Library(site), name, text, opened or look(site, name).opened, by)


def test_a_draft_is_saved_with_its_mistakes_and_its_letters(site: Site) -> None:
    text = BOM + TEXT.replace("Things can", ":\nThings can").replace("\n", "\r\n")
    path = site.root / DRAFT
    path.chmod(0o640)
    done = save(site, DRAFT, text).execute()
    assert path.read_bytes() == text.encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert done.live == open_file(site, DRAFT)
    assert done.opened == hash_of(text.encode())
    assert done.copy is None


def test_what_somebody_else_wrote_is_never_written_over(site: Site) -> None:
    action = save(site, DRAFT, TEXT + "Mine.\n")
    (site.root / DRAFT).write_text(TEXT + "Theirs.\n", newline="\n")
    for attempt in (action.check, action.execute):
        with pytest.raises(PageChanged) as refusal:
            attempt()
        assert refusal.value.text == TEXT + "Theirs.\n"
        assert refusal.value.hash == hash_of((TEXT + "Theirs.\n").encode())
    assert (site.root / DRAFT).read_text() == TEXT + "Theirs.\n"


def test_of_ten_who_save_at_once_one_wins_and_the_others_are_told(site: Site) -> None:
    opened = hash_of((site.root / DRAFT).read_bytes())
    library = Library(site)
    won: list[str] = []
    told: list[str] = []

    def one(number: int) -> None:
        text = TEXT + f"{number}.\n"
        try:
            SavePage(site, library, DRAFT, text, opened, str(number)).execute()
            won.append(text)
        except PageChanged as refusal:
            told.append(refusal.text)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert told == won * 9
    assert (site.root / DRAFT).read_text() == won[0]


def test_a_command_in_another_process_waits_for_its_turn(site: Site) -> None:
    held = (
        "import sys; from kiosk.config import load_site; from pathlib import Path\n"
        "from kiosk.editor.actions.action import alone\n"
        f"site = load_site(Path({str(site.root)!r}))\n"
        f"path = Path({str(site.root / DRAFT)!r})\n"
        "with alone(site):\n"
        "    print('held', flush=True)\n"
        "    sys.stdin.readline()\n"
        "    path.write_text('changed')\n"
    )
    action = save(site, DRAFT, TEXT + "Mine.\n")
    with subprocess.Popen(
        [sys.executable, "-c", held], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        refused: list[PageChanged] = []

        def execute() -> None:
            with pytest.raises(PageChanged) as refusal:
                action.execute()
            refused.append(refusal.value)

        waiting = threading.Thread(target=execute)
        waiting.start()
        other.stdin.write("go on\n")
        other.stdin.flush()
        waiting.join()
    assert [one.text for one in refused] == ["changed"]


def test_nothing_that_is_saved_changes_what_visitors_see(site: Site) -> None:
    shown = PLAN.replace("support", "help")
    for name, text in [
        (SHOWN, shown),
        (SHOWN, shown.replace("status: ready", "status: draft")),
        (SHOWN, shown.replace(":memo:", ":no such picture:")),
        (DRAFT, TEXT.replace("status: draft", "status: ready")),
        (DRAFT, TEXT.replace("status: draft", "status: published")),
        (DRAFT, TEXT.replace("status: draft", "status: redy")),
    ]:
        before = (site.root / name).read_bytes()
        done = save(site, name, text).execute()
        assert (site.root / name).read_bytes() == before
        assert (done.text, done.live.text) == (text, before.decode())
        assert look(site, name) == done
        again = save(site, name, before.decode()).execute()
        assert again.copy is None
    assert Library(site).problems == ()


def test_a_working_copy_keeps_every_letter_and_says_whose_it_is(site: Site) -> None:
    text = BOM + PLAN.replace("support", "help \u00e9").replace("\n", "\r\n")
    assert save(site, SHOWN, text, by="Bea\nOpened: x").execute().text == text
    kept = (site.root / "content/.drafts/en/about/plan.txt").read_bytes()
    facts, _, page = kept.partition(b"\n\n")
    assert page == text.encode()
    assert b"by: Bea Opened: x\n" in facts
    copy = look(site, SHOWN).copy
    assert copy is not None
    assert copy.of == hash_of(PLAN.encode())


def test_a_file_that_was_changed_under_a_working_copy_is_shown_beside_it(site: Site) -> None:
    mine = PLAN.replace("support", "help")
    opened = save(site, SHOWN, mine).execute().opened
    theirs = PLAN.replace("better", "good")
    (site.root / SHOWN).write_text(theirs, newline="\n")
    assert look(site, SHOWN).is_stale
    assert look(site, SHOWN).opened == opened
    with pytest.raises(PageChanged) as refusal:
        save(site, SHOWN, mine + "More.\n", opened).execute()
    assert (refusal.value.text, refusal.value.is_live) == (theirs, True)
    done = save(site, SHOWN, mine + "More.\n", refusal.value.hash).execute()
    assert not done.is_stale
    assert (done.text, done.live.text) == (mine + "More.\n", theirs)


def test_what_two_have_changed_is_told_one_after_the_other(site: Site) -> None:
    opened = look(site, SHOWN).opened
    theirs = save(site, SHOWN, PLAN + "Theirs.\n", by="Ali").execute().text
    (site.root / SHOWN).write_text(PLAN + "By hand.\n", newline="\n")
    told = []
    for _ in range(2):
        with pytest.raises(PageChanged) as refusal:
            save(site, SHOWN, PLAN + "Mine.\n", opened).execute()
        told.append((refusal.value.text, refusal.value.is_live))
        opened = refusal.value.hash
    assert told == [(theirs, False), (PLAN + "By hand.\n", True)]
    save(site, SHOWN, PLAN + "Mine.\n", opened).execute()
    (aside,) = History(site).versions(SHOWN)
    assert (aside.text, aside.by, aside.why) == (theirs, "Ali", "aside")


def test_a_working_copy_that_somebody_has_spoilt_is_named(site: Site) -> None:
    save(site, SHOWN, PLAN + "Mine.\n").execute()
    (site.root / "content/.drafts/en/about/plan.txt").write_text("by: Bea\nno day")
    with pytest.raises(PageNotSaved, match=r"content/\.drafts/en/about/plan\.txt"):
        look(site, SHOWN)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "kiosk.toml",
        "content/en/words.yaml",
        "content/en/../../../etc/passwd.md",
        "content/en/about/../plan.md",
        "/content/en/about/plan.md",
        "content//en/about/plan.md",
        "content/en/a/b/plan.md",
        "content/xx/plan.md",
        "content/en/about/.md",
        "content/en/about/Plan.md",
        "content/en/about/plan.md\0",
        "content/en/about/none.md",
    ],
)
def test_only_pages_that_are_there_are_saved(site: Site, name: str) -> None:
    with pytest.raises((PageNotSaved, ContentError)):
        SavePage(site, Library(site), name, TEXT, "", "Bea").execute()
    assert not list(site.root.rglob("none.md"))


def test_a_link_out_of_the_site_is_not_followed(site: Site, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text(TEXT)
    (site.root / "content/en/about/link.md").symlink_to(outside)
    with pytest.raises(ContentError, match="outside"):
        save(site, "content/en/about/link.md", TEXT + "New.\n").execute()
    assert outside.read_text() == TEXT


def test_what_cannot_be_written_says_why_and_leaves_the_page(site: Site) -> None:
    action = save(site, DRAFT, TEXT + "x" * 2_000_000)
    with pytest.raises(PageNotSaved, match="too long"):
        action.execute()
    with pytest.raises(ContentError, match="hidden"):
        replace(action, text=TEXT + "\x07").execute()
    with pytest.raises(ContentError, match="hidden"):
        replace(action, text=TEXT + "\ud800").execute()
    assert (site.root / DRAFT).read_text() == TEXT
    names = sorted(one.name for one in (site.root / "content/en/about").iterdir())
    assert names == ["draft.md", "people.md", "plan.md"]


def test_a_pages_path_is_the_one_in_the_site(site: Site) -> None:
    assert page_path(site, SHOWN) == site.root / SHOWN
    assert page_path(site, "content/en/home.md") == site.root / "content/en/home.md"

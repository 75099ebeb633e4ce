from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import CentreAway, ReleaseRefused
from kiosk.fleet.member.group import leave_group, note_group
from kiosk.fleet.member.releases import Taken, back, first_root, take, trust
from kiosk.fleet.member.shelf import Shelf
from kiosk.fleet.names import of_blob
from kiosk.fleet.release.make import begin, make, renew, sign, widen, withdraw
from kiosk.fleet.release.manifest import must_be_group
from kiosk.fleet.release.trust import public_text, write_key
from kiosk.live.kiosk import Kiosk
from kiosk.live.released import folder_of, kept, number_shown, site_now
from tests.fleet.publisher import Publisher, is_whole
from tests.tools.command import run
from tests.tools.recorded import read_aloud


def titles(site_root: Path) -> set[str]:
    files = ("content/en/about/plan.md", "content/surveys/think.yaml")
    lines = [(site_root / one).read_text(encoding="utf-8").splitlines() for one in files]
    return {next(line for line in one if line.startswith("title: ")) for one in lines}


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path)


def test_a_release_is_made_signed_taken_and_gone_back_from(publisher: Publisher) -> None:
    site = publisher.kiosk()
    assert publisher.release("First") == 1
    first = take(site, publisher.stick)
    assert (first.number, first.is_new, is_whole(site)) == (1, True, 1)
    assert titles(site_now(site).root) == {"title: First"}
    publisher.release("Second")
    second = take(site, publisher.stick)
    assert (second.number, second.files, is_whole(site)) == (2, 2, 2)  # only what has changed
    assert not take(site, publisher.stick).is_new
    assert back(site) == 1
    assert titles(site_now(site).root) == {"title: First"}
    stays = take(site, publisher.stick)
    assert (stays.number, stays.is_new, stays.passed) == (1, False, 2)
    publisher.release("Third")
    assert take(site, publisher.stick).number == 3
    assert kept(site) == [1, 2, 3]


@pytest.mark.drill
def test_what_has_a_mistake_or_no_change_does_not_go_out(publisher: Publisher) -> None:
    publisher.release("First")
    with pytest.raises(ReleaseRefused, match="Nothing has changed since release 1"):
        make(publisher.site, publisher.folder)
    page = publisher.site.content / "en" / "about" / "plan.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("review_by", "review"), encoding="utf-8")
    with pytest.raises(ReleaseRefused, match=r"release 2 have mistakes:\ncontent/en/about/plan.md"):
        make(publisher.site, publisher.folder)
    page.unlink()
    page.symlink_to("/etc/hostname")
    with pytest.raises(ReleaseRefused, match="is a link"):
        make(publisher.site, publisher.folder)


@pytest.mark.drill
def test_only_the_publishers_key_signs_and_a_root_needs_two(publisher: Publisher) -> None:
    publisher.write("First")
    make(publisher.site, publisher.folder)
    for name in ("root-1", "root-2"):
        with pytest.raises(ReleaseRefused, match="may not sign releases"):
            sign(publisher.folder, publisher.key(name))
    assert sign(publisher.folder, publisher.key("publisher")).lacking == 0
    renew(publisher.folder, "publisher")
    with pytest.raises(ReleaseRefused, match="Only a root key"):
        sign(publisher.folder, publisher.key("publisher"))
    assert sign(publisher.folder, publisher.key("root-1")).lacking == 1
    assert sign(publisher.folder, publisher.key("root-1")).lacking == 1  # the same one once more
    assert publisher.folder.root().version == 1
    assert sign(publisher.folder, publisher.key("root-3")).lacking == 0
    assert publisher.folder.root().version == 2


@pytest.mark.drill
@pytest.mark.parametrize("lost", ["publisher", "root-2", "centre"])
def test_after_a_lost_key_releases_go_on_and_the_old_key_counts_no_more(
    publisher: Publisher, lost: str
) -> None:
    site = publisher.kiosk()
    publisher.release("First")
    take(site, publisher.stick)
    old = publisher.kept_stick()
    if lost == "centre":
        publisher.centre = write_key(publisher.tmp / "new-centre.key", "of a centre")
    new = renew(publisher.folder, lost, public_text(publisher.centre.public_key))
    for name in ("root-1", "root-3"):
        sign(publisher.folder, publisher.key(name))
    if lost != "publisher":  # else what a lost key signed goes out once more, signed anew
        publisher.write("Second")
    make(publisher.site, publisher.folder)
    if lost == "publisher":
        with pytest.raises(ReleaseRefused, match="may not sign"):
            sign(publisher.folder, publisher.key("publisher"))
        assert new is not None
        sign(publisher.folder, new)
    else:
        sign(publisher.folder, publisher.key("publisher"))
    publisher.put()
    assert take(site, publisher.stick).number == 2
    with pytest.raises(ReleaseRefused):
        take(site, old)
    assert is_whole(site) == 2


@pytest.mark.drill
def test_a_withdrawn_release_is_replaced_and_nobody_goes_back_to_it(publisher: Publisher) -> None:
    site = publisher.kiosk()
    for title in ("First", "Bad"):
        publisher.release(title)
        take(site, publisher.stick)
    made = withdraw(publisher.site, publisher.folder)
    assert (made.number, made.changed) == (
        3,
        ("content/en/about/plan.md", "content/surveys/think.yaml"),
    )
    sign(publisher.folder, publisher.key("publisher"))
    publisher.put()
    assert take(site, publisher.stick).number == 3
    assert titles(site_now(site).root) == {"title: First"}
    assert back(site) == 1
    with pytest.raises(ReleaseRefused, match="no release before"):
        back(site)


def test_some_kiosks_take_a_release_first_and_the_others_when_it_is_widened(
    publisher: Publisher,
) -> None:
    first, other = publisher.kiosk("first"), publisher.kiosk("other")
    note_group(first, "first")

    def shown() -> tuple[int, int]:
        return take(first, publisher.stick).number, take(other, publisher.stick).number

    with pytest.raises(ReleaseRefused, match="first release is for all"):
        make(publisher.site, publisher.folder, group="first")
    publisher.release("Old")
    assert shown() == (1, 1)
    publisher.release("New", "first")
    assert shown() == (2, 1)
    assert titles(site_now(first).root) == {"title: New"}
    with pytest.raises(ReleaseRefused, match="Nothing has changed"):
        make(publisher.site, publisher.folder, group="first")
    with pytest.raises(ReleaseRefused, match='"second" has no pages of its own'):
        widen(publisher.site, publisher.folder, "second")
    assert widen(publisher.site, publisher.folder, "first").number == 3
    publisher.send()
    assert shown() == (3, 3)
    assert titles(site_now(other).root) == {"title: New"}
    assert take(first, publisher.stick).files == 0


@pytest.mark.drill
def test_who_leaves_a_group_waits_for_the_others_and_an_old_list_is_still_refused(
    publisher: Publisher,
) -> None:
    site = publisher.kiosk()
    publisher.release("Old")
    old = publisher.kept_stick()
    note_group(site, "first")
    publisher.release("New", "first")
    publisher.release("Another", "second")  # the first group keeps what it has
    assert take(site, publisher.stick).number == 2
    leave_group(site)
    assert take(site, publisher.stick) == Taken(2)
    assert titles(site_now(site).root) == {"title: New"}
    with pytest.raises(ReleaseRefused):
        take(site, old)
    publisher.release("For all")
    assert take(site, publisher.stick).number == is_whole(site) == 4


@pytest.mark.drill
def test_a_release_for_a_group_is_withdrawn_for_that_group_alone(publisher: Publisher) -> None:
    first, other = publisher.kiosk("first"), publisher.kiosk("other")
    note_group(first, "first")
    publisher.release("Old")
    publisher.release("Bad", "first")
    assert take(first, publisher.stick).number == 2
    assert withdraw(publisher.site, publisher.folder).number == 3
    publisher.send()
    assert (take(first, publisher.stick).number, take(other, publisher.stick).number) == (3, 1)
    assert titles(site_now(first).root) == {"title: Old"}
    with pytest.raises(ReleaseRefused, match="no release before"):
        back(first)


@pytest.mark.drill
def test_what_was_taken_back_is_taken_back_from_all_before_a_group_goes_on(
    publisher: Publisher,
) -> None:
    publisher.release("Old")
    publisher.write("New")
    gone = publisher.folder.manifest(1).files["content/en/about/plan.md"].sha256
    (publisher.folder.path / of_blob(gone)).unlink()
    with pytest.raises(ReleaseRefused, match="still show is gone") as refused:
        make(publisher.site, publisher.folder, group="first")
    assert f"kiosk release make {publisher.folder.path}" in refused.value.hint
    assert make(publisher.site, publisher.folder).number == 2


@given(st.text(max_size=50) | st.text("az09-", max_size=42))
def test_a_group_has_a_name_that_can_stand_in_a_list(name: str) -> None:
    plain = set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    if plain and name[:1].isalpha() and len(name) <= 40:
        assert must_be_group(name) == name
        return
    with pytest.raises(ReleaseRefused, match="small letters"):
        must_be_group(name)


@pytest.mark.drill
def test_a_voice_goes_out_only_where_that_was_agreed(publisher: Publisher) -> None:
    publisher.write("First")
    folder = read_aloud(publisher.site.root, "plan")
    made = make(publisher.site, publisher.folder)
    assert [one.split(": ")[0] for one in made.left_out] == ["content/en/about/plan.md"]
    assert "It is not agreed for the kiosks of other places." in made.left_out[0]
    assert not any(".voice/" in one for one in made.added)
    consent = folder / "voice.yaml"
    text = consent.read_text(encoding="utf-8")
    consent.write_text(text.replace("for: [", "for: [release, "), encoding="utf-8")
    made = make(publisher.site, publisher.folder)
    assert any(".voice/" in one for one in made.added)
    assert made.left_out == ()
    site = publisher.kiosk()
    sign(publisher.folder, publisher.key("publisher"))
    publisher.put()
    take(site, publisher.stick)
    publisher.release("Second")
    take(site, publisher.stick)
    assert kept(site) == [1, 2]
    assert list(site.data.rglob("*.ogg"))
    # They take it back: the sounds are gone with the next release, the older ones too.
    consent.write_text(text, encoding="utf-8")
    publisher.release("Third")
    take(site, publisher.stick)
    assert kept(site) == [3]
    names = {one.name for one in (Shelf(site).folder / "blobs").iterdir()}
    assert names == set(Shelf(site).manifest(3).blobs)
    assert not list(site.data.rglob("*.ogg"))


@pytest.mark.drill
def test_the_last_three_releases_stay_and_what_the_disk_loses_comes_again(
    publisher: Publisher,
) -> None:
    site = publisher.kiosk()
    for number in range(1, 7):
        publisher.release(f"Number {number}")
        take(site, publisher.stick)
    assert kept(site) == [4, 5, 6]
    blobs = {one.name for one in (Shelf(site).folder / "blobs").iterdir()}
    needed = {sha for number in kept(site) for sha in Shelf(site).manifest(number).blobs}
    assert blobs == needed
    page = folder_of(site, 6) / "content" / "en" / "home.md"
    page.write_text("x", encoding="utf-8")  # the same file in all three, and the blob
    assert take(site, publisher.stick).files == 1
    assert is_whole(site) == 6
    page.unlink()
    assert take(site, publisher.stick).files == 1
    assert is_whole(site) == 6


@pytest.mark.drill
def test_an_open_kiosk_shows_a_release_as_a_whole_and_goes_back(publisher: Publisher) -> None:
    site = publisher.kiosk()
    publisher.release("First")
    lines: list[str] = []
    kiosk = Kiosk(site, report=lines.append)
    try:
        before = kiosk.served
        take(site, publisher.stick)
        kiosk._look()
        now = kiosk.served
        assert "First" not in before.screens["en"].html["plan"]
        assert "First" in now.screens["en"].html["plan"]
        assert now.surveys["think"].title == "First"
        assert kiosk.site.root == folder_of(site, 1).resolve()
        publisher.release("Second")
        take(site, publisher.stick)
        back(site)
        kiosk._look()
        assert "First" in kiosk.served.screens["en"].html["plan"]
        assert lines == []
    finally:
        kiosk.close()


@pytest.mark.drill
def test_what_came_before_a_line_broke_does_not_come_again(publisher: Publisher) -> None:
    site = publisher.kiosk()
    publisher.release("First")
    asked: list[str] = []

    class Line:
        def __init__(self, good_for: int) -> None:
            self.left = good_for

        def read(self, name: str) -> bytes | None:
            if name.startswith("blobs/"):
                self.left -= 1
                if self.left < 0:
                    raise CentreAway("The line broke.")
                asked.append(name)
            return publisher.stick.read(name)

    with pytest.raises(CentreAway):
        take(site, Line(4))
    assert take(site, Line(100)).files == 2  # of five
    assert is_whole(site) == 1
    assert len(asked) == 4 + 3  # the list of the release comes each time


@pytest.mark.drill
def test_the_commands_say_what_to_do_next(publisher: Publisher, tmp_path: Path) -> None:
    key = public_text(publisher.centre.public_key)
    folder = str(tmp_path / "new")
    site = ("--site", str(publisher.site.root), "--data", str(publisher.site.data))
    begun = run("release", "begin", folder, "--centre", key)
    assert begun.exit_code == 0, begun.output
    assert run("release", "begin", folder, "--centre", key).exit_code == 1
    made = run("release", "make", folder, *site, "--note", "the first")
    assert "Release 1 has 5 files" in made.stdout
    done = run("release", "sign", folder, "--key", f"{folder}/keys/publisher.key")
    assert done.stdout == f"Release 1 is signed. At the centre: kiosk release publish {folder}\n"

    own = publisher.kiosk()
    mine = ("--site", str(own.root), "--data", str(own.data))
    publisher.release("First")
    taken = run("release", "take", str(publisher.stick.path), *mine)
    assert taken.stdout.startswith("Release 1 is shown now. 5 files"), taken.output
    assert run("release", "back", *mine).stderr == "There is no release before this one here.\n"
    assert run("release", "list", *mine).stdout == "1  is shown\n"
    other = run("release", "trust", folder, "--yes", *mine)
    assert "believes another publisher already" in other.stderr
    alone = run("release", "take", *mine)
    assert alone.stderr.startswith("This kiosk belongs to no centre.")


@pytest.mark.drill
def test_a_kiosk_believes_one_publisher_and_nobody_before_it_was_told(tmp_path: Path) -> None:
    publisher, other = Publisher(tmp_path / "a"), Publisher(tmp_path / "b")
    site = publisher.kiosk()
    root = first_root(site)
    assert root is not None
    assert root.version == 1
    first = other.folder.read("1.root.json")
    assert first is not None
    with pytest.raises(ReleaseRefused, match="another publisher"):
        trust(site, first, "1.root.json")
    other.release("First")
    with pytest.raises(ReleaseRefused, match="not signed by the keys"):
        take(site, other.stick)
    assert number_shown(site) == 0
    with pytest.raises(ReleaseRefused, match="is not empty"):
        begin(publisher.folder.path, public_text(publisher.centre.public_key))

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.config import Site
from kiosk.errors import CentreRefused, ReleaseRefused
from kiosk.fleet.centre import beats, register, releases
from kiosk.fleet.centre.backup import backup, restore
from kiosk.fleet.member.enrolment import Enrolment
from kiosk.fleet.member.follower import Follower
from kiosk.fleet.member.heart import Heart
from kiosk.fleet.member.releases import take
from kiosk.fleet.member.source import CentreSource
from kiosk.fleet.names import EVERYONE
from kiosk.fleet.release.folder import ReleaseFolder
from kiosk.fleet.release.make import begin, make, renew, sign
from kiosk.fleet.wire import RELEASE
from kiosk.live.kiosk import Kiosk
from kiosk.live.released import number_shown
from tests.fleet.centres import LiveCentre
from tests.fleet.publisher import Publisher, is_whole
from tests.fleet.test_beats import bad, things
from tests.tools.command import run

pytestmark = pytest.mark.drill


class Council:
    """A centre, and a publisher that it knows."""

    def __init__(self, centre: LiveCentre, tmp: Path) -> None:
        self.centre = centre
        self.publisher = Publisher(tmp / "p")
        self.folder = ReleaseFolder(tmp / "releases")
        begin(self.folder.path, releases.public_key_of(centre.site))
        self.publisher.folder = self.folder

    def publish(self, title: str, group: str = EVERYONE) -> releases.Published:
        self.publisher.write(title)
        make(self.publisher.site, self.folder, group=group)
        sign(self.folder, self.publisher.key("publisher"))
        return self.again()

    def again(self) -> releases.Published:
        with self.centre.database.connection() as connection:
            return releases.publish(self.centre.site, connection, self.folder)


@pytest.fixture
def council(centre: LiveCentre, tmp_path: Path) -> Council:
    return Council(centre, tmp_path)


def beat(site: Site, member: Enrolment, follower: Follower) -> None:
    kiosk = Kiosk(site, report=lambda _: None)
    try:
        heart = Heart(kiosk, member, "a" * 32, lambda: 0, follower)
        heart.send()
    finally:
        kiosk.close()


def test_a_release_goes_from_the_publisher_to_the_screen_and_the_board_tells_it(
    council: Council, tmp_path: Path
) -> None:
    centre = council.centre
    site, member = centre.member(tmp_path / "kiosk", "library")
    lines: list[str] = []
    follower = Follower(site, member, lines.append)
    assert not follower.look()  # no release yet
    done = council.publish("First")
    assert (done.number, done.files, done.roots) == (1, 6, 1)
    assert follower.look()
    assert lines == ["Release 1 is shown now."]
    assert is_whole(site) == follower.number == 1
    done = council.publish("Second")
    assert (done.number, done.files, done.roots) == (2, 3, 0)  # two pages, and the list
    beat(site, member, follower)
    assert bad(centre, "library") == []
    with centre.database.connection() as connection:
        connection.execute("UPDATE release_file SET at = at - interval '1 hour'")
    assert things(centre, "library")["Release"].says.startswith("It shows release 1. Release 2 was")
    follower.look()
    beat(site, member, follower)
    assert things(centre, "library")["Release"].says == "It shows release 2."
    assert council.again().files == 0  # the same once more harms nothing


def test_a_kiosk_is_put_into_a_group_at_the_centre_and_the_board_knows_its_release(
    council: Council, tmp_path: Path
) -> None:
    centre = council.centre
    members = {name: centre.member(tmp_path / name, name) for name in ("hub", "library")}
    council.publish("Old")
    with centre.database.connection() as connection:
        assert register.group(connection, "hub", "first")
        assert not register.group(connection, "nobody", "first")
    council.publish("New", "first")
    followers = {name: Follower(*member, lambda _: None) for name, member in members.items()}
    for name, member in members.items():
        beat(*member, followers[name])
        followers[name].look()
        beat(*member, followers[name])
    with centre.database.connection() as connection:
        connection.execute("UPDATE release_file SET at = at - interval '1 hour'")
    assert things(centre, "hub")["Release"].says == (
        'It shows release 2. It is in the group "first".'
    )
    assert things(centre, "library")["Release"].says == "It shows release 1."
    with centre.database.connection() as connection:
        register.group(connection, "hub", "everyone")
    assert bad(centre, "hub") == []  # ahead of the others until they have it too


def test_who_is_shut_out_reads_no_release_and_nobody_reads_anything_else(
    council: Council, tmp_path: Path
) -> None:
    centre = council.centre
    _, member = centre.member(tmp_path / "kiosk", "library")
    council.publish("First")
    source = CentreSource(member)
    assert source.read("1.root.json") == council.folder.read("1.root.json")
    assert source.read("2.root.json") is None
    assert source.read("blobs/" + "0" * 64) is None
    for name in ("release.key", "../release.key", "keys/publisher.key", "1.root.json'--", ""):
        body = f'{{"name": "{name}"}}'.encode()
        with pytest.raises(CentreRefused, match="not what a kiosk sends"):
            member.fetch(RELEASE, body)
    with centre.database.connection() as connection:
        register.revoke(connection, "library")
    with pytest.raises(CentreRefused, match="knows it no more"):
        source.read("1.root.json")


def test_the_newest_is_signed_anew_each_day_and_an_old_word_is_not_believed(
    council: Council, tmp_path: Path
) -> None:
    centre = council.centre
    site, member = centre.member(tmp_path / "kiosk", "library")
    council.publish("First")
    now = datetime.now(UTC)
    with centre.database.connection() as connection:
        first = releases.until(connection)
        assert first is not None
        assert timedelta(days=89) < first - now < timedelta(days=91)
        before = connection.execute("SELECT count(*) FROM release_file").fetchone()
        assert releases.sign_once_a_day(centre.site, connection, now) == ""
        for day in range(1, 6):
            releases.sign_once_a_day(centre.site, connection, now + timedelta(days=day * 2))
        after = connection.execute("SELECT count(*) FROM release_file").fetchone()
    assert before is not None
    assert after is not None
    assert after[0] - before[0] == 2  # the last three that say what is newest
    assert take(site, CentreSource(member)).is_new


def test_what_is_not_signed_or_of_somebody_else_is_not_published(
    council: Council, tmp_path: Path
) -> None:
    council.publish("First")
    other = Council(council.centre, tmp_path / "other")
    with pytest.raises(ReleaseRefused, match="of another publisher"):
        other.publish("Other")
    (council.folder.path / "blobs").joinpath(
        council.folder.manifest(1).files["content/en/home.md"].sha256
    ).write_bytes(b"x")
    with pytest.raises(ReleaseRefused, match="missing or damaged"):
        council.again()
    renew(council.folder, "publisher")
    for name in ("root-1", "root-2"):
        sign(council.folder, council.publisher.key(name))
    with pytest.raises(ReleaseRefused, match="not signed by a key"):
        council.again()


def test_a_centre_that_was_put_back_goes_on_after_the_release_is_published_again(
    council: Council, tmp_path: Path
) -> None:
    centre = council.centre
    site, member = centre.member(tmp_path / "kiosk", "library")
    council.publish("First")
    file = tmp_path / "yesterday.backup"
    with centre.database.connection() as connection:
        backup(centre.site, connection, file)
    council.publish("Second")
    take(site, CentreSource(member))
    with LiveCentre(tmp_path / "new", restore=lambda new, one: restore(new, one, file)) as now:
        source = CentreSource(member.model_copy(update={"port": now.port}))
        with pytest.raises(ReleaseRefused, match="older than what this kiosk knows"):
            take(site, source)
        assert is_whole(site) == 2
        council.centre = now
        assert council.again().number == 2
        assert not take(site, source).is_new
        council.publish("Third")
        assert take(site, source).number == 3


def test_a_stick_brings_what_the_centre_has(council: Council, tmp_path: Path) -> None:
    centre = council.centre
    council.publish("First")
    options = ("--site", str(centre.site.root), "--data", str(centre.site.data))
    stick = tmp_path / "stick"
    done = run("release", "stick", str(stick), *options)
    assert done.stdout == f"Release 1 is in {stick}; 6 new files went there.\n", done.output
    assert run("centre", "key", *options).stdout.strip() == releases.public_key_of(centre.site)
    site, member = centre.member(tmp_path / "kiosk", "library")
    mine = ("--site", str(site.root), "--data", str(site.data))
    assert run("release", "trust", str(stick), "--yes", *mine).exit_code == 0
    assert run("release", "take", str(stick), *mine).stdout.startswith("Release 1 is shown now")
    council.publish("Second")
    assert take(site, CentreSource(member)).number == 2
    old = run("release", "take", str(stick), *mine)
    assert old.exit_code == 1
    assert "older than what this kiosk knows" in old.stderr
    assert number_shown(site) == 2
    with centre.database.connection() as connection:
        assert beats.board(connection).good

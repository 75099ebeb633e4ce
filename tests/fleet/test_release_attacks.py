from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tuf.api.metadata import Metadata, Root, Targets, Timestamp

from kiosk.config import Site
from kiosk.errors import ReleaseRefused
from kiosk.fleet.member.releases import take
from kiosk.fleet.member.shelf import Shelf
from kiosk.fleet.names import TIMESTAMP, of_blob, of_role
from kiosk.fleet.release.folder import ReleaseFolder
from kiosk.fleet.release.make import make, renew, sign
from kiosk.fleet.release.manifest import unfit
from kiosk.fleet.release.trust import new_targets, read, read_key, signed, write_key
from tests.fleet.publisher import Publisher, is_whole
from tests.tools.cases import mostly_drill


@dataclass
class Attacked:
    """A kiosk that shows release 2 of a publisher, and what was on the stick at release 1."""

    publisher: Publisher
    site: Site
    old: ReleaseFolder

    def must_refuse(self, source: ReleaseFolder) -> str:
        """Let the kiosk take from there; return what it says. Nothing of what it shows changes."""
        before = {one: one.read_bytes() for one in sorted(shown(self.site)) if one.is_file()}
        with pytest.raises(ReleaseRefused) as refused:
            take(self.site, source)
        assert is_whole(self.site) == 2
        assert {one: one.read_bytes() for one in shown(self.site) if one.is_file()} == before
        return str(refused.value)


def shown(site: Site) -> list[Path]:
    return sorted((Shelf(site).folder / "2").rglob("*"))


@pytest.fixture
def attacked(tmp_path: Path) -> Attacked:
    publisher = Publisher(tmp_path)
    site = publisher.kiosk()
    publisher.release("First")
    old = publisher.kept_stick()
    publisher.release("Second")
    take(site, publisher.stick)
    return Attacked(publisher, site, old)


def replay(attacked: Attacked) -> str:
    """All of an older release, which was signed as it should be."""
    return attacked.must_refuse(attacked.old)


def replay_to_one_that_forgot(attacked: Attacked) -> str:
    """The same, at a kiosk that lost its notes of what is newest."""
    for one in ("timestamp", "snapshot", "targets"):
        (Shelf(attacked.site).folder / "trust" / f"{one}.json").unlink()
    return attacked.must_refuse(attacked.old)


def mixed(attacked: Attacked) -> str:
    """The list of one release, named as that of another which is signed as the newest."""
    publisher = attacked.publisher
    publisher.release("Third")
    older = attacked.old.read(of_role("targets", 1))
    assert older is not None
    publisher.stick.write(of_role("targets", 3), older)
    return attacked.must_refuse(publisher.stick)


def changed_byte(attacked: Attacked) -> str:
    """One page with one byte more in it than was signed."""
    publisher = attacked.publisher
    publisher.release("Third")
    page = publisher.folder.manifest(3).files["content/en/about/plan.md"].sha256
    publisher.stick.write(of_blob(page), publisher.folder.blob(page) + b" ")
    return attacked.must_refuse(publisher.stick)


def changed_manifest(attacked: Attacked) -> str:
    """A list of files that was changed after it was signed."""
    publisher = attacked.publisher
    publisher.release("Third")
    _, targets = publisher.folder.targets(3)
    sha256 = targets.targets["everyone"].hashes["sha256"]
    data = publisher.folder.blob(sha256).replace(b"content/en/about/plan", b"content/en/about/plot")
    publisher.stick.write(of_blob(sha256), data)
    return attacked.must_refuse(publisher.stick)


def other_key(attacked: Attacked) -> str:
    """A release that somebody else signed, with all the rest as it should be."""
    publisher = attacked.publisher
    publisher.write("Third")
    make(publisher.site, publisher.folder)
    waiting = publisher.folder.waiting("targets")
    thief = write_key(publisher.tmp / "thief.key", "of somebody else")
    data = signed(read(Targets, waiting.read_bytes(), "it"), thief)
    return refused_targets(attacked, data)


def refused_targets(attacked: Attacked, data: bytes, number: int = 3) -> str:
    publisher = attacked.publisher
    for one in (publisher.folder.path / "blobs").iterdir():
        publisher.stick.write(of_blob(one.name), one.read_bytes())
    publisher.stick.write(of_role("targets", number), data)
    publisher.say_newest(number, data)
    return attacked.must_refuse(publisher.stick)


def expired(attacked: Attacked) -> str:
    """A release whose newest word is older than 90 days."""
    publisher = attacked.publisher
    publisher.release("Third")
    data = publisher.stick.read(TIMESTAMP)
    assert data is not None
    found = read(Timestamp, data, TIMESTAMP)
    found.signed.expires = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    found.signatures.clear()
    publisher.stick.write(TIMESTAMP, signed(found, publisher.centre))
    return attacked.must_refuse(publisher.stick)


def revoked(attacked: Attacked) -> str:
    """A release by a publisher's key that counts no more."""
    publisher = attacked.publisher
    renew(publisher.folder, "publisher")
    for name in ("root-1", "root-2"):
        sign(publisher.folder, publisher.key(name))
    for name, root in publisher.folder.roots():
        publisher.stick.write(name, root)
    publisher.write("Third")
    made = make(publisher.site, publisher.folder)
    found = read(Targets, publisher.folder.waiting("targets").read_bytes(), "it")
    return refused_targets(
        attacked, signed(found, read_key(publisher.key("publisher"))), made.number
    )


def too_few_keys(attacked: Attacked) -> str:
    """A root that gives everything to a thief, signed with one root key and with the thief's."""
    publisher = attacked.publisher
    thief = write_key(publisher.tmp / "thief.key", "of somebody else")
    first = publisher.folder.read("1.root.json")
    assert first is not None
    root = Metadata[Root].from_bytes(first)
    root.signed.version = 2
    for role in ("root", "targets", "snapshot", "timestamp"):
        root.signed.add_key(thief.public_key, role)
    root.signatures.clear()
    data = signed(root, read_key(publisher.key("root-1")), thief)
    publisher.stick.write("2.root.json", data)
    publisher.centre = thief
    _, now = publisher.folder.targets(2)
    files = publisher.folder.blob(now.targets["everyone"].hashes["sha256"])
    return refused_targets(attacked, signed(new_targets(3, {"everyone": files}), thief))


def a_snapshot_of_its_own(attacked: Attacked) -> str:
    """What is newest, said by somebody who is not the centre."""
    publisher = attacked.publisher
    publisher.release("Third")
    publisher.centre = write_key(publisher.tmp / "thief.key", "of somebody else")
    data = publisher.folder.read(of_role("targets", 3))
    assert data is not None
    publisher.say_newest(3, data)
    return attacked.must_refuse(publisher.stick)


def a_way_out_of_the_folder(attacked: Attacked) -> str:
    """A list that the publisher did sign, with a path that leads elsewhere."""
    publisher = attacked.publisher
    manifest = publisher.folder.manifest(2).data().replace(b'"number": 2', b'"number": 3')
    for path in (b"content/../../../x.md", b"/etc/x.md", b"content/en/.x", b"kiosk.toml"):
        data = manifest.replace(b"content/en/about/plan.md", path)
        publisher.folder.add_blob(data)
        targets = new_targets(3, {"everyone": data})
        assert "cannot be used" in refused_targets(
            attacked, signed(targets, read_key(publisher.key("publisher")))
        )
    return "cannot be used"


ATTACKS: dict[Callable[[Attacked], str], str] = {
    replay: "older than what this kiosk knows",
    replay_to_one_that_forgot: "Release 1 came, but 2 was shown here already",
    mixed: "damaged or was changed",
    changed_byte: "not the one of the release",
    changed_manifest: "damaged or was changed",
    other_key: "not signed by the keys",
    expired: "too old",
    revoked: "not signed by the keys",
    too_few_keys: "not signed by the keys",
    a_snapshot_of_its_own: "not signed by the keys",
    a_way_out_of_the_folder: "cannot be used",
}


@pytest.mark.parametrize("attack", mostly_drill(ATTACKS, changed_byte))
def test_what_cannot_be_believed_is_refused_and_what_was_shown_stays(
    attack: Callable[[Attacked], str], attacked: Attacked
) -> None:
    assert ATTACKS[attack] in attack(attacked)


@pytest.mark.drill
def test_after_an_attack_the_next_true_release_comes(attacked: Attacked) -> None:
    publisher = attacked.publisher
    changed_byte(attacked)
    publisher.put()
    assert take(attacked.site, publisher.stick).number == 3
    assert is_whole(attacked.site) == 3


def test_a_list_of_files_leads_nowhere_else() -> None:
    for bad in ("kiosk.toml", "content", "content/", "content//a", "content/./a", "content/../a"):
        assert unfit(bad), bad
    for bad in ("/content/a", "content/.a", "content/a\0b", "content\\a", "data/a", "a" * 500):
        assert unfit(bad), bad
    assert unfit("content/ur/سوال.md") == ""

"""A publisher of releases and a centre's key, without a database: what a memory stick brings."""

from __future__ import annotations

import shutil
from pathlib import Path

from kiosk.config import Site, load_site
from kiosk.fleet.member.releases import take, trust
from kiosk.fleet.member.shelf import Shelf
from kiosk.fleet.names import EVERYONE, TIMESTAMP, of_blob, of_role
from kiosk.fleet.release.folder import ReleaseFolder, needed
from kiosk.fleet.release.make import begin, make, sign
from kiosk.fleet.release.trust import (
    new_snapshot,
    new_timestamp,
    public_text,
    signed,
    write_key,
)
from kiosk.live.released import number_shown
from tests.tools.sites import tiny_site


class Publisher:
    """It makes, signs and puts releases of a tiny site on a stick, as a publisher and a centre do.

    site: whose pages go out. folder: of its releases. stick: what a kiosk reads.
    """

    def __init__(self, tmp: Path) -> None:
        self.tmp = tmp
        self.site = load_site(tiny_site(tmp), tmp / "publisher-data")
        self.centre = write_key(tmp / "centre.key", "of a centre")
        self.folder = ReleaseFolder(tmp / "releases")
        begin(self.folder.path, public_text(self.centre.public_key))
        self.stick = ReleaseFolder(tmp / "stick")
        self.version = 0

    def key(self, name: str) -> Path:
        """Return the file of one of the publisher's keys."""
        return self.folder.path / "keys" / f"{name}.key"

    def write(self, title: str) -> None:
        """Change the pages: one of them says this title, and so does a survey."""
        for path in ("content/en/about/plan.md", "content/surveys/think.yaml"):
            file = self.site.root / path
            lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
            at = next(at for at, line in enumerate(lines) if line.startswith("title: "))
            lines[at] = f"title: {title}\n"
            file.write_text("".join(lines), encoding="utf-8")

    def release(self, title: str, group: str = EVERYONE) -> int:
        """Release pages with this title, and put them on the stick; return the number."""
        self.write(title)
        number = make(self.site, self.folder, group=group).number
        self.send()
        return number

    def send(self) -> None:
        """Sign what waits, and put it on the stick."""
        sign(self.folder, self.key("publisher"))
        self.put()

    def put(self) -> None:
        """Put the newest release on the stick, signed as the newest."""
        number = self.folder.newest()
        for name, data in self.folder.roots():
            self.stick.write(name, data)
        data, targets = self.folder.targets(number)
        for sha256 in needed(targets, self.folder.blob):
            self.stick.write(of_blob(sha256), self.folder.blob(sha256))
        self.stick.write(of_role("targets", number), data)
        self.say_newest(number, data)

    def say_newest(self, number: int, targets: bytes) -> None:
        """Sign, as a centre does, that this list is the newest."""
        self.version += 1
        snapshot = signed(new_snapshot(self.version, number, targets), self.centre)
        self.stick.write(of_role("snapshot", self.version), snapshot)
        self.stick.write(TIMESTAMP, signed(new_timestamp(self.version, snapshot), self.centre))

    def kiosk(self, name: str = "kiosk") -> Site:
        """Return a kiosk that believes this publisher, and shows pages of its own."""
        own = load_site(tiny_site(self.tmp / name), self.tmp / name / "data")
        first = self.folder.read("1.root.json")
        assert first is not None
        trust(own, first, "1.root.json")
        return own

    def kept_stick(self) -> ReleaseFolder:
        """Return a copy of the stick as it is now."""
        copy = self.tmp / f"stick-{self.version}"
        shutil.copytree(self.stick.path, copy)
        return ReleaseFolder(copy)


def is_whole(site: Site) -> int:
    """Return the release that is shown; every file of it has been read and is right."""
    number = number_shown(site)
    shelf = Shelf(site)
    assert shelf.is_whole(shelf.manifest(number))
    return number


__all__ = ["Publisher", "is_whole", "take"]

"""The releases of a kiosk on its disk: made whole first, and shown by one switch of a link.

Everything that is written goes through a disk that a test may put in the place of the real one, to
end the power at any step. What is not named by `now` harms nobody: it is made again.
"""

from __future__ import annotations

import contextlib
import json
import secrets
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from kiosk.config import Site
from kiosk.disk import filled, free_bytes
from kiosk.errors import ReleaseRefused
from kiosk.files import Disk, RealDisk, put
from kiosk.fleet.release.look import LOOK
from kiosk.fleet.release.manifest import Manifest, read_manifest
from kiosk.fleet.wire import sha256_of
from kiosk.live.released import FOLDER, MANIFEST, NOW, folder_of, kept, number_now

KEEP = 3

_STATE = "state.json"
_BLOBS = "blobs"
_MB = 1_000_000
_HALF = ".half-"  # how the name begins of what is not whole yet


class ShelfDisk(Disk, Protocol):
    """What else a shelf needs of a disk. Every method raises OSError when the disk says no."""

    def make_folder(self, folder: Path) -> None:
        """Make a folder; its parent is there."""
        ...

    def remove_folder(self, folder: Path) -> None:
        """Take a folder away, with all that is in it."""
        ...

    def rename(self, file: Path, name: Path) -> None:
        """Give a file or a link this name in one step, in the place of what had it."""
        ...

    def point(self, link: Path, target: str) -> None:
        """Make a link of this name; there is none."""
        ...


class RealShelfDisk(RealDisk):
    """The disk of this machine."""

    def make_folder(self, folder: Path) -> None:  # noqa: D102 - as the protocol says
        folder.mkdir(mode=0o700, exist_ok=True)

    def remove_folder(self, folder: Path) -> None:  # noqa: D102 - as the protocol says
        shutil.rmtree(folder)

    def rename(self, file: Path, name: Path) -> None:  # noqa: D102 - as the protocol says
        file.replace(name)

    def point(self, link: Path, target: str) -> None:  # noqa: D102 - as the protocol says
        link.symlink_to(target)


class Shelf:
    """The releases of one kiosk. For one process at a time."""

    def __init__(self, site: Site, disk: ShelfDisk | None = None) -> None:
        self.site = site
        self.folder = site.data / FOLDER
        self._disk = disk or RealShelfDisk()

    def prepare(self) -> None:
        """Make the folders. OSError."""
        for folder in (self.site.data, self.folder, self.folder / _BLOBS):
            if not folder.is_dir():
                self._disk.make_folder(folder)
                self._disk.sync_folder(folder.parent)

    def sweep(self) -> None:
        """Take away what a run left that came to no end. OSError."""
        for folder in (self.folder, self.folder / _BLOBS):
            for one in folder.glob(f"{_HALF}*"):
                self._disk.unlink(one)
        for one in self.folder.glob(f"{LOOK}*"):
            self._disk.remove_folder(one)

    @property
    def newest(self) -> int:
        """The highest number that was ever shown here: nothing older comes from outside."""
        return self._state("newest")

    @property
    def passed(self) -> int:
        """The number that staff went back from: it does not come by itself again."""
        return self._state("passed")

    def lacking(self, manifest: Manifest) -> dict[str, int]:
        """Return the blobs that must still come, sum -> size; what is here is read and compared."""
        return {one: size for one, size in manifest.blobs.items() if not self._is_whole(one)}

    def must_have_room(self, sizes: Iterable[int]) -> None:
        """ReleaseRefused when so many bytes more would leave too little for answers."""
        wanted = sum(filled(one) for one in sizes)
        floor = self.site.settings.feedback.free_space_floor_mb * _MB
        lacks = wanted + floor - free_bytes(self.folder)
        if lacks > 0:
            raise ReleaseRefused(
                f"The disk has too little room for the release: {-(-lacks // _MB):,} MB more.",
                "make room on the disk of this kiosk.",
            )

    def add(self, sha256: str, data: bytes) -> None:
        """Keep a blob for good. ReleaseRefused when it is not what it is called; OSError."""
        if sha256_of(data) != sha256:
            raise ReleaseRefused("A file came that is not the one of the release.")
        put(self._blob(sha256), data, prefix=_HALF, disk=self._disk)

    def build(self, manifest: Manifest) -> Path:
        """Put the files of a release at their places, and return its folder. OSError.

        Every blob is there. The release is not shown yet, and not kept until `finish`.
        """
        folder = folder_of(self.site, manifest.number)
        if folder.exists():
            self._disk.remove_folder(folder)  # what a run left that came to no end
        paths = {folder / path: one.sha256 for path, one in manifest.files.items()}
        folders = {folder} | {
            parent for path in paths for parent in path.parents if folder in parent.parents
        }
        for one in sorted(folders, key=lambda path: len(path.parts)):
            self._disk.make_folder(one)
        for path, sha256 in paths.items():
            self._disk.link(self._blob(sha256), path)
        for one in sorted(folders, key=lambda path: -len(path.parts)):
            self._disk.sync_folder(one)
        self._disk.sync_folder(self.folder)
        return folder

    def mend(self, manifest: Manifest) -> None:
        """Put each file that is not as it was at its place anew; the others stay. OSError."""
        folder = folder_of(self.site, manifest.number)
        for path, one in manifest.files.items():
            if not _has(folder / path, one.sha256):
                half = (folder / path).with_name(f"{_HALF}{secrets.token_hex(8)}")
                self._disk.link(self._blob(one.sha256), half)
                self._disk.rename(half, folder / path)
                self._disk.sync_folder(half.parent)

    def finish(self, manifest: Manifest) -> None:
        """Note that a release is whole, and has been looked at. OSError."""
        folder = folder_of(self.site, manifest.number)
        put(folder / MANIFEST, manifest.data(), prefix=_HALF, disk=self._disk)

    def show(self, number: int) -> None:
        """Show a release from now on: a reader finds the one before, or this one. OSError."""
        half = self.folder / f"{_HALF}{secrets.token_hex(8)}"
        self._disk.point(half, str(number))
        self._disk.rename(half, self.folder / NOW)
        self._disk.sync_folder(self.folder)

    def note(self, *, newest: int | None = None, passed: int | None = None) -> None:
        """Remember numbers for good. OSError."""
        told = {
            "format": 1,
            "newest": self.newest if newest is None else newest,
            "passed": self.passed if passed is None else passed,
        }
        half = self.folder / f"{_HALF}{secrets.token_hex(8)}"
        put(half, json.dumps(told).encode(), prefix=_HALF, disk=self._disk)
        self._disk.rename(half, self.folder / _STATE)
        self._disk.sync_folder(self.folder)

    def manifest(self, number: int) -> Manifest:
        """Return the list of a release that is kept. ReleaseRefused when it is damaged."""
        try:
            data = (folder_of(self.site, number) / MANIFEST).read_bytes()
        except OSError as error:
            raise ReleaseRefused(f"I cannot read release {number}: {error.strerror}.") from None
        return read_manifest(data, number)

    def is_whole(self, manifest: Manifest) -> bool:
        """Tell whether every file of a release is at its place as it was; all are read."""
        folder = folder_of(self.site, manifest.number)
        return all(_has(folder / path, one.sha256) for path, one in manifest.files.items())

    def tidy(self, *, also: int = 0, coming: Manifest | None = None) -> None:
        """Let go all but the last three releases, and what nobody needs. OSError.

        also: a release that stays too. coming: what has come of it stays. What is shown stays. A
        withdrawn release goes, for nobody is to go back to it; and at once each that has a page in
        a person's voice which the one that is shown has no more: they took it back.
        """
        now = number_now(self.site)
        stay = {*kept(self.site)[-KEEP:], also}
        with contextlib.suppress(ReleaseRefused):
            shown = self.manifest(now)
            stay.discard(shown.withdraws or 0)
            stay -= {one for one in stay & set(kept(self.site)) if self._voices(one) - shown.voices}
        stay.add(now)
        needed = set(coming.blobs) if coming else set()
        for one in self.folder.iterdir():
            if not one.name.isdigit():
                continue
            if int(one.name) in stay:
                with contextlib.suppress(ReleaseRefused):
                    needed |= self.manifest(int(one.name)).blobs.keys()
                continue
            if (one / MANIFEST).exists():
                self._disk.unlink(one / MANIFEST)  # first: it is not whole from here on
            self._disk.remove_folder(one)
        for one in (self.folder / _BLOBS).iterdir():
            if one.name not in needed:
                self._disk.unlink(one)

    def _voices(self, number: int) -> frozenset[str]:
        try:
            return self.manifest(number).voices
        except ReleaseRefused:
            return frozenset()

    def _blob(self, sha256: str) -> Path:
        return self.folder / _BLOBS / sha256

    def _is_whole(self, sha256: str) -> bool:
        file = self._blob(sha256)
        if not file.exists():
            return False
        if _has(file, sha256):
            return True
        self._disk.unlink(file)  # the disk has lost it: it comes anew, as another file
        return False

    def _state(self, key: str) -> int:
        try:
            return int(json.loads((self.folder / _STATE).read_bytes())[key])
        except (OSError, ValueError, KeyError, TypeError):
            return 0


def _has(file: Path, sha256: str) -> bool:
    try:
        return sha256_of(file.read_bytes()) == sha256
    except OSError:
        return False


@contextlib.contextmanager
def told_plainly() -> Iterator[None]:
    """Inside, what a disk says becomes an error for people."""
    try:
        yield
    except OSError as error:
        raise ReleaseRefused(
            f"The disk of this kiosk does not take the release: {error.strerror or error}.",
            "make room on the disk, and look whether it is sound.",
        ) from error

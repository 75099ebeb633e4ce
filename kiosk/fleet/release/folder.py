"""A folder of releases: at the publisher, or on a memory stick. Its files are named as in TUF."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from tuf.api.metadata import Root, Targets

from kiosk.errors import ReleaseRefused
from kiosk.files import replace_durably
from kiosk.fleet.names import EVERYONE, is_name, of_blob, of_role, version_of
from kiosk.fleet.release.manifest import MOST_MANIFEST, Manifest, read_manifest
from kiosk.fleet.release.trust import believed, next_root, number_of
from kiosk.fleet.wire import MOST_FILE, sha256_of

NEXT = "next.{role}.json"
"""What waits to be signed: its name until enough keys have signed it."""

KEYS = "keys"
_READABLE = 0o644


class ReleaseFolder:
    """What one folder of releases holds. Nothing of it is believed that is not signed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, name: str) -> bytes | None:
        """Return a file; None when there is none. ReleaseRefused when it cannot be read."""
        file = self.path / name
        try:
            if not is_name(name) or file.stat().st_size > MOST_FILE:
                return None
            return file.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ReleaseRefused(f"I cannot read {file}: {error.strerror}.") from None

    def write(self, name: str, data: bytes) -> None:
        """Keep a file for good. ReleaseRefused when the disk says no."""
        file = self.path / name
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            replace_durably(file, data, mode=_READABLE)
        except OSError as error:
            raise ReleaseRefused(f"I cannot write {file}: {error.strerror or error}.") from None

    def add_blob(self, data: bytes) -> str:
        """Keep a blob, and return its sum."""
        name = of_blob(sha256_of(data))
        if self.read(name) != data:
            self.write(name, data)
        return sha256_of(data)

    def blob(self, sha256: str) -> bytes:
        """Return a blob. ReleaseRefused when it is not there, or not as it was."""
        data = self.read(of_blob(sha256))
        if data is None or sha256_of(data) != sha256:
            raise ReleaseRefused(
                f"A file of the release is missing or damaged in {self.path}.",
                "copy the folder again, or make the release again.",
            )
        return data

    def roots(self) -> Iterator[tuple[str, bytes]]:
        """Yield every root, the oldest first, without believing it."""
        version = 1
        while (data := self.read(of_role("root", version))) is not None:
            yield of_role("root", version), data
            version += 1

    def root(self) -> Root:
        """Return the newest root of this folder, each signed as the one before says."""
        return self._roots()[-1]

    def _roots(self) -> list[Root]:
        found: list[Root] = []
        for name, data in self.roots():
            found.append(next_root(found[-1] if found else None, data, name))
        if not found:
            raise ReleaseRefused(
                f"{self.path} is no folder of releases.", "kiosk release begin FOLDER"
            )
        return found

    def newest(self) -> int:
        """Return the number of the newest release that is signed; 0 for none."""
        try:
            names = [one.name for one in self.path.iterdir()]
        except OSError:
            return 0
        return max((version_of(name, "targets") for name in names), default=0)

    def targets(self, number: int, root: Root | None = None) -> tuple[bytes, Targets]:
        """Return the list of a release, signed as a root says: without it, as the newest does.

        ReleaseRefused when it is not, or is not there.
        """
        name = of_role("targets", number)
        data = self.read(name)
        if data is None:
            raise ReleaseRefused(f"There is no release {number} in {self.path}.")
        return data, believed(root or self.root(), Targets, data, name)

    def is_believed(self, number: int) -> bool:
        """Tell whether a release is signed by a key that counts now."""
        try:
            self.targets(number)
        except ReleaseRefused:
            return False
        return True

    def manifest(self, number: int, group: str = EVERYONE) -> Manifest:
        """Return all that a list of this number named for a group, signed as any root said.

        ReleaseRefused.
        """
        return self.manifest_of(self.signed_list(number), group)

    def signed_list(self, number: int) -> Targets:
        """Return the list of a release, signed as any root of this folder said. ReleaseRefused."""
        first, *others = reversed(self._roots())
        for root in others if not self.is_believed(number) else ():
            with contextlib.suppress(ReleaseRefused):
                return self.targets(number, root)[1]
        return self.targets(number, first)[1]

    def manifest_of(self, targets: Targets, group: str = EVERYONE) -> Manifest:
        """Return the manifest that a list names for a group, or else for all. ReleaseRefused."""
        target = targets.targets.get(group) or targets.targets.get(EVERYONE)
        if target is None:
            raise ReleaseRefused(f'Release {targets.version} has nothing for "{group}".')
        return read_manifest(self.blob(target.hashes["sha256"]), number_of(target))

    def waiting(self, role: str) -> Path:
        """Return the place of what waits to be signed in a role."""
        return self.path / NEXT.format(role=role)


def needed(targets: Targets, blob: Callable[[str], bytes]) -> set[str]:
    """Return the sums of all blobs that a release needs. blob: gives one by its sum.

    ReleaseRefused when a manifest cannot be used.
    """
    sums: set[str] = set()
    for target in targets.targets.values():
        if target.length > MOST_MANIFEST:
            raise ReleaseRefused(f"The list of release {targets.version} is too long.")
        sha256 = target.hashes["sha256"]
        sums |= {sha256, *read_manifest(blob(sha256), number_of(target)).blobs}
    return sums

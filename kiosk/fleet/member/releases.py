"""Takes releases at a kiosk: it believes the keys of its root alone, checks all, then shows it.

Whatever happens on the way, what is on the screen stays until one switch of a link.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tuf.api.exceptions import (
    BadVersionNumberError,
    DownloadError,
    ExpiredMetadataError,
    LengthOrHashMismatchError,
    RepositoryError,
    UnsignedMetadataError,
)
from tuf.api.metadata import Root, TargetFile, Targets
from tuf.ngclient import Updater

from kiosk.config import Site
from kiosk.errors import CentreAway, ReleaseRefused
from kiosk.files import put
from kiosk.fleet.member.group import group_of
from kiosk.fleet.member.shelf import Shelf, told_plainly
from kiosk.fleet.member.source import BASE, Fetcher, Source
from kiosk.fleet.names import EVERYONE, of_blob
from kiosk.fleet.release.look import look_at
from kiosk.fleet.release.manifest import (
    MOST_MANIFEST,
    Manifest,
    read_manifest,
)
from kiosk.fleet.release.trust import fingerprint, next_root, number_of, read
from kiosk.live.released import kept, number_now

ROOT = "root.json"
_FIRST = "1.root.json"
_TRUST = "trust"
_LOCK = "lock"
_CLOCK = "set the date and the time of this kiosk. If they are right, look after the centre."


@dataclass(frozen=True, slots=True)
class Taken:
    """What one look came to. number: of the release that is shown now, 0 for none.

    is_new: whether it was not shown before. files, size: what had to come, in bytes. passed: a
    release that waits, and which staff went back from; 0 for none.
    """

    number: int
    is_new: bool = False
    files: int = 0
    size: int = 0
    passed: int = 0


def take(
    site: Site,
    source: Source,
    *,
    group: str | None = None,
    again: bool = False,
    shelf: Shelf | None = None,
) -> Taken:
    """Show the newest release of a source, if it is newer than all that were shown here.

    group: of which this kiosk is; None: as the centre said last. again: also one that staff went
    back from.

    It is checked in full first, also what was here already, and read as the kiosk reads its pages.
    ReleaseRefused when it cannot be believed or used; CentreAway. Then all stays as it was.
    """
    shelf = shelf or Shelf(site)
    with told_plainly(), _alone(shelf):
        fetcher = Fetcher(source)
        listed, target = _newest(shelf, fetcher, group_of(site) if group is None else group)
        number = number_of(target)
        now = number_now(site)
        if number == now:
            return Taken(now, files=_mend(shelf, fetcher, now))
        if number < shelf.newest <= listed:
            return Taken(now)  # it was in a group that is ahead: the others come after it
        if number <= shelf.passed and not again:
            return Taken(now, passed=number)
        if number < shelf.newest:
            raise ReleaseRefused(
                f"Release {number} came, but {shelf.newest} was shown here already.",
                "publish again at the centre: kiosk release publish FOLDER",
            )
        manifest = _manifest(fetcher, target, number)
        lacking = shelf.lacking(manifest)
        if lacking:
            shelf.tidy(coming=manifest)
            shelf.must_have_room(lacking.values())
        for sha256 in lacking:
            shelf.add(sha256, fetcher.whole(of_blob(sha256)))
        if number not in kept(site) or not shelf.is_whole(manifest):
            folder = shelf.build(manifest)
            try:
                _look(shelf, manifest, folder)
            except ReleaseRefused:
                shutil.rmtree(folder)
                raise
            shelf.finish(manifest)
        shelf.note(newest=number)
        shelf.show(number)
        shelf.tidy(also=now)
        return Taken(number, True, len(lacking), sum(lacking.values()))


def back(site: Site, shelf: Shelf | None = None) -> int:
    """Show the release before the one that is shown, and return its number.

    The one that is left does not come by itself again; a newer one does. ReleaseRefused when there
    is none before.
    """
    shelf = shelf or Shelf(site)
    with told_plainly(), _alone(shelf):
        now = number_now(site)
        withdrawn = shelf.manifest(now).withdraws if now in kept(site) else None
        for number in reversed([one for one in kept(site) if one < now and one != withdrawn]):
            if shelf.is_whole(shelf.manifest(number)):
                shelf.note(passed=max(now, shelf.passed))
                shelf.show(number)
                return number
    raise ReleaseRefused(
        "There is no release before this one here." if now else "No release is here."
    )


def trust(site: Site, data: bytes, name: str) -> str:
    """Believe the keys of a first root from now on, and return its number for people to compare.

    ReleaseRefused when another one is believed already.
    """
    shelf = Shelf(site)
    with told_plainly(), _alone(shelf):
        root = next_root(None, data, name)
        file = shelf.folder / ROOT
        if not put(file, data) and file.read_bytes() != data:
            raise ReleaseRefused(
                "This kiosk believes another publisher already.",
                f"if that one is over for good: delete {site.shown(shelf.folder / ROOT)} and "
                f"{site.shown(shelf.folder / _TRUST)}.",
            )
    return fingerprint(root)


def first_root(site: Site) -> Root | None:
    """Return the root that this kiosk began with; None while it believes nobody."""
    try:
        return next_root(None, (Shelf(site).folder / ROOT).read_bytes(), ROOT)
    except OSError:
        return None


def _newest(shelf: Shelf, fetcher: Fetcher, group: str) -> tuple[int, TargetFile]:
    """Return the number of the newest list, and what it names for this kiosk."""
    file = shelf.folder / ROOT
    if not file.exists():
        data = fetcher.whole(_FIRST)
        next_root(None, data, _FIRST)
        put(file, data)
    folder = shelf.folder / _TRUST
    folder.mkdir(exist_ok=True, mode=0o700)
    try:
        updater = Updater(str(folder), BASE, fetcher=fetcher, bootstrap=file.read_bytes())
        updater.refresh()
        target = updater.get_targetinfo(group) or updater.get_targetinfo(EVERYONE)
    except DownloadError as error:
        if fetcher.error is not None:
            raise fetcher.error from None
        raise CentreAway(f"There is no release yet: {error}") from error
    except RepositoryError as error:
        raise _refused(error) from error
    finally:
        _sync(folder)
    if target is None:
        raise ReleaseRefused("The newest release holds nothing for this kiosk.")
    data = (folder / "targets.json").read_bytes()  # as TUF has just written it
    return read(Targets, data, "targets.json").signed.version, target


def _look(shelf: Shelf, manifest: Manifest, folder: Path) -> None:
    """Read a release once more as it stands on the disk, and as the kiosk reads it."""
    if not shelf.is_whole(manifest):
        raise ReleaseRefused("The disk of this kiosk does not keep what is written.")
    look_at(shelf.site, folder, manifest.number)


def _manifest(fetcher: Fetcher, target: TargetFile, number: int) -> Manifest:
    if target.length > MOST_MANIFEST:
        raise ReleaseRefused(f"The list of release {number} is too long.")
    data = fetcher.whole(of_blob(target.hashes.get("sha256", "")))
    try:
        target.verify_length_and_hashes(data)
    except LengthOrHashMismatchError as error:
        raise _refused(error) from error
    return read_manifest(data, number)


def _mend(shelf: Shelf, fetcher: Fetcher, number: int) -> int:
    """Bring back what the disk lost of the release that is shown; return how many files."""
    manifest = shelf.manifest(number)
    if shelf.is_whole(manifest):
        return 0
    lacking = shelf.lacking(manifest)
    for sha256 in lacking:
        shelf.add(sha256, fetcher.whole(of_blob(sha256)))
    shelf.mend(manifest)
    return max(len(lacking), 1)


def _refused(error: RepositoryError) -> ReleaseRefused:
    """Return what TUF says, in words for staff."""
    if isinstance(error, ExpiredMetadataError):
        return ReleaseRefused(
            "By the clock of this kiosk, what the centre signed is too old. Nothing was taken.",
            _CLOCK,
        )
    if isinstance(error, UnsignedMetadataError):
        return ReleaseRefused(
            "This release is not signed by the keys that this kiosk believes. Nothing was taken.",
            "ask who publishes: was a key changed, or did somebody else write this?",
        )
    if isinstance(error, BadVersionNumberError):
        return ReleaseRefused(
            "What came is older than what this kiosk knows, or does not fit together. "
            "Nothing was taken.",
            "publish again at the centre: kiosk release publish FOLDER",
        )
    return ReleaseRefused(
        f"This release is damaged or was changed. Nothing was taken. ({error})",
        "publish again at the centre, or copy the stick again.",
    )


def _sync(folder: Path) -> None:
    """See to it that what TUF wrote outlives a power cut: it tells what is old."""
    for path in (*folder.rglob("*"), folder):
        if path.is_file() or path.is_dir():
            handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


@contextlib.contextmanager
def _alone(shelf: Shelf) -> Iterator[None]:
    """Inside, nobody else changes the releases of this kiosk. ReleaseRefused when somebody does."""
    shelf.prepare()
    handle = os.open(shelf.folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ReleaseRefused(
                "A release is being taken at this moment.", "try again in a minute."
            ) from None
        shelf.sweep()
        yield
    finally:
        os.close(handle)

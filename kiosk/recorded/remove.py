"""Takes a person's voice away again: every copy that can be reached."""

from __future__ import annotations

import contextlib
import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.config import Site
from kiosk.errors import RecordingRefused

ARCHIVES = (".zip", ".epub", ".obz")
OUT_OF_REACH = (
    "backups that you made before",
    "Git, if this folder is kept there: older versions have it still",
    "books and copies that people took away",
    "a browser that has played it: it forgets it within a day",
)
_NOT_LOOKED_INTO = ("node_modules", "__pycache__")


@dataclass(slots=True)
class Removed:
    """What went. recordings: beside the page; copies: elsewhere; kept: what could not be deleted.

    A book, or another archive, goes as a whole: make it anew.
    """

    recordings: list[Path] = field(default_factory=list)
    copies: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)


def remove(
    site: Site, folder: Path, only: Iterable[str] | None = None, *, more: Iterable[Path] = ()
) -> Removed:
    """Delete recordings, and every copy of their sounds in the site's folder and its data.

    folder: that of the page's recordings, relative to the site's folder. only: the hashes of some
    sentences; None: all, and what was agreed with them. more: other folders with copies, such as
    that of a web copy. A copy is known by its bytes, or by its name, if that is the sum of the
    sound that it was made from. Raises RecordingRefused when there are no recordings.
    """
    there = site.root / folder
    if not there.is_dir():
        raise RecordingRefused(f"There is no folder {folder}: nobody has read this page.")
    names = None if only is None else set(only)
    own = [
        path
        for path in sorted(there.iterdir())
        if path.is_file() and (names is None or path.stem in names)
    ]
    sounds = [path for path in own if path.suffix not in (".json", ".yaml")]
    sums = {_sum(path): path.stat().st_size for path in sounds}
    removed = Removed()
    for path in own:
        _delete(path, removed.recordings, removed.kept)
    if names is None:
        with contextlib.suppress(OSError):
            there.rmdir()
    for path in _files(dict.fromkeys((site.root, site.data, *more))):
        if _holds(path, sums):
            _delete(path, removed.copies, removed.kept)
    return removed


def _delete(path: Path, gone: list[Path], kept: list[Path]) -> None:
    try:
        path.unlink()
    except FileNotFoundError:
        return
    except OSError:
        kept.append(path)
    else:
        gone.append(path)


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for at, inside, names in os.walk(folder):
            inside[:] = [
                one for one in inside if not one.startswith(".") and one not in _NOT_LOOKED_INTO
            ]
            yield from (Path(at) / name for name in names)


def _holds(path: Path, sums: dict[str, int]) -> bool:
    """Tell whether a file is one of these sounds, was made from one, or has one in it."""
    if path.stem in sums:
        return True
    try:
        if path.suffix in ARCHIVES:
            with zipfile.ZipFile(path) as archive:
                return any(_is_inside(archive, one, sums) for one in archive.infolist())
        return path.stat().st_size in sums.values() and _sum(path) in sums
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return False


def _is_inside(archive: zipfile.ZipFile, one: zipfile.ZipInfo, sums: dict[str, int]) -> bool:
    if Path(one.filename).stem in sums:
        return True
    if one.file_size not in sums.values():
        return False
    return hashlib.sha256(archive.read(one)).hexdigest() in sums


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

"""A web copy in a folder: written file by file, and what an older copy left there goes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.errors import NotExported
from kiosk.files import replace_file

_LIST = "worker.js"  # the last one to be written: who finds it finds a whole copy
_READABLE = 0o644
_FOLDERS = (
    "clips",
    "documents",
    "downloads",
    "files",
    "icons",
    "licences",
    "narration",
    "pages",
    "screen",
)


@dataclass(slots=True)
class CopyFolder:
    """Writes the files of one copy. size: bytes of all of them; made: how many were written anew.

    Raises NotExported for a folder that holds something else, or cannot be written.
    """

    folder: Path
    size: int = 0
    made: int = 0
    _names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Look what is there."""
        with _told(self.folder):
            is_other = self.folder.is_dir() and any(self.folder.iterdir()) and not self._is_ours()
        if is_other:
            raise NotExported(
                f"{self.folder} holds other things than a web copy. Choose another folder: --to DIR"
            )

    def _is_ours(self) -> bool:
        about = self.folder / "manifest.json"
        try:
            return bool(json.loads(about.read_bytes()).get("start_url") == "./")
        except (OSError, ValueError, AttributeError):
            return (self.folder / "clips").is_dir()  # a copy whose making was stopped

    def put(self, name: str, data: bytes) -> None:
        """Write a file, unless it is there as it is."""
        file = self.folder / name
        with _told(file):
            if not file.is_file() or file.read_bytes() != data:
                file.parent.mkdir(parents=True, exist_ok=True)
                replace_file(file, data, mode=_READABLE)
                self.made += 1
        self._note(name, len(data))

    def put_once(self, name: str, make: Callable[[], bytes]) -> None:
        """Write a file whose name tells what it holds: one that is there is not made again."""
        file = self.folder / name
        with _told(file):
            size = file.stat().st_size if file.is_file() else 0
        if size:
            self._note(name, size)
        else:
            self.put(name, make())

    def put_all(self, files: Mapping[str, bytes]) -> None:
        """Write the files that are not clips. What lies there and is in no file of the copy goes.

        What a browser asks for first is written last: a server may serve the folder meanwhile.
        """
        last = ("index.html", _LIST)
        for name in (*(one for one in files if one not in last), *last):
            if name in files:
                self.put(name, files[name])
        with _told(self.folder):
            for old in sorted(self.folder.rglob("*"), reverse=True):
                if old.is_dir() and not any(old.iterdir()):
                    old.rmdir()
                elif old.is_file() and self._is_old(old.relative_to(self.folder)):
                    old.unlink()

    def _is_old(self, name: Path) -> bool:
        """Tell whether a file is of an older copy; what others put beside our folders stays."""
        return name.parts[0] in _FOLDERS and name.as_posix() not in self._names

    @property
    def count(self) -> int:
        """How many files the copy has."""
        return len(self._names)

    def _note(self, name: str, size: int) -> None:
        self._names.add(name)
        self.size += size


@contextmanager
def _told(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NotExported(f"{place} cannot be written: {error.strerror or error}.") from None

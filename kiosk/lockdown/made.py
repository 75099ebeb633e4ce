"""What was written into the machine's own folders, so that exactly that can be taken away again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from kiosk.errors import HallRefused
from kiosk.files import replace_file

NOTES = Path("etc/kiosk-hall")  # where it is noted what was made


class _Note(TypedDict):
    files: dict[str, list[str]]  # the path in root -> SHA-256 of what we wrote there, newest last
    folders: list[str]  # those that were not there, outermost first


@dataclass(frozen=True, slots=True)
class Made:
    """The files that one command put into a machine.

    root: the folder that stands for "/": another one for tests, or for the image of a machine.
    name: of the note about them. Paths are relative to `root`.
    """

    root: Path
    name: str

    def put(self, files: Mapping[str, str]) -> None:
        """Write all the files, over our own of before. HallRefused: nothing was changed.

        One of another hand is never written over.
        """
        note = self._read()
        for path in files:
            self._must_be_ours(path, note)
        note_path = str(NOTES / f"{self.name}.json")
        try:
            # Noted first: what a power cut leaves half made can be taken away too.
            folders = note["folders"] + self._missing_folders([*files, note_path], note)
            hashes = {
                path: [*note["files"].get(path, [])[-1:], _hash(text.encode())]
                for path, text in files.items()
            }
            noted = _Note(files=note["files"] | hashes, folders=folders)
            self._write(note_path, json.dumps(noted, indent=1) + "\n")
            for path, text in files.items():
                self._write(path, text)
        except OSError as error:
            raise _no_right(error) from None

    def take_away(self) -> list[str]:
        """Remove what `put` wrote and the empty folders that it made; return the files' paths.

        HallRefused, and nothing is changed, when one of them is no longer what we wrote.
        """
        note = self._read()
        for path in note["files"]:
            self._must_be_ours(path, note)
        gone = [path for path in note["files"] if (self.root / path).exists()]
        try:
            for path in note["files"]:
                (self.root / path).unlink(missing_ok=True)
            (self.root / NOTES / f"{self.name}.json").unlink(missing_ok=True)
            # The folder of the notes goes with the last of them, whichever command made it.
            for folder in [*reversed(note["folders"]), str(NOTES)]:
                there = self.root / folder
                if there.is_dir() and not any(there.iterdir()):
                    there.rmdir()
        except OSError as error:
            raise _no_right(error) from None
        return gone

    def text_of(self, path: str) -> str | None:
        """Return what stands in one of our files; None when it is not there or not as we wrote."""
        try:
            data = (self.root / path).read_bytes()
        except OSError:
            return None
        return data.decode() if _hash(data) in self._read()["files"].get(path, []) else None

    def paths(self) -> list[str]:
        """Return the files that are noted."""
        return list(self._read()["files"])

    def _read(self) -> _Note:
        file = self.root / NOTES / f"{self.name}.json"
        try:
            note: _Note = json.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return _Note(files={}, folders=[])
        except (OSError, ValueError) as error:
            raise HallRefused(f"{file} cannot be read: {error}.") from None
        return note

    def _must_be_ours(self, path: str, note: _Note) -> None:
        file = self.root / path
        if not file.exists() and not file.is_symlink():
            return
        try:
            ours = not file.is_symlink() and _hash(file.read_bytes()) in note["files"].get(path, [])
        except OSError as error:
            raise _no_right(error) from None
        if not ours:
            raise HallRefused(
                f"{file} is there, and it is not what this command wrote. Nothing was changed."
                " Look into it, put it somewhere else, and try again."
            )

    def _missing_folders(self, paths: list[str], note: _Note) -> list[str]:
        found: list[str] = []
        for path in paths:
            for folder in reversed(Path(path).parents):
                one = str(folder)
                if one not in (".", *found, *note["folders"]) and not (self.root / one).exists():
                    found.append(one)
        return found

    def _write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
        replace_file(file, text.encode(), mode=0o644)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _no_right(error: OSError) -> HallRefused:
    if isinstance(error, PermissionError):
        return HallRefused(f"Only an administrator may change {error.filename}. Try it with sudo.")
    return HallRefused(f"{error.filename}: {error.strerror}.")

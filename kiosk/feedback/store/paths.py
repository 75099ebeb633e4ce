"""Where the files of one answer stand, by its id: looked up for the store."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kiosk.feedback.answer.recording import voice_id
from kiosk.feedback.answer.ulid import Ulid, parse, random_part
from kiosk.feedback.store.files import FileSystem
from kiosk.feedback.store.notes import MOST_BYTES, taken_in_as
from kiosk.feedback.store.shelf import ASIDE, DELETED, TAKEN_IN, answer_id


class StorePaths:
    """The places below `folder`, on a disk. Looking raises OSError when the disk says no."""

    def __init__(self, folder: Path, disk: FileSystem) -> None:
        self.aside = folder / ASIDE
        self.taken_in = folder / TAKEN_IN
        self._folder = folder
        self._disk = disk

    def path(self, answer: Ulid) -> Path:
        """Return the place in the folder of its day."""
        return self._folder / f"{answer.day:%Y/%m/%d}" / f"{answer}.yaml"

    def aside_path(self, answer: Ulid) -> Path:
        """Return the place beside its survey."""
        return self.aside / f"{answer}.yaml"

    def tombstone(self, answer: Ulid) -> Path:
        """Return the place of what stays when it is deleted."""
        return self._folder / DELETED / f"{answer}.yaml"

    def note(self, old: Ulid) -> Path:
        """Return the place of the note that it was taken in with another id."""
        return self.taken_in / f"{old}.yaml"

    def id_now(self, old: Ulid) -> Ulid | None:
        """Return the id with which an answer was taken in, when that is another one."""
        try:
            note = self._disk.read(self.note(old), MOST_BYTES)
        except (FileNotFoundError, NotADirectoryError):
            return None
        new = taken_in_as(note)
        return None if new is None else parse(new)

    def ids_of(self, answer: Ulid) -> list[Ulid]:
        """Return this id, and the other one where an answer was taken in with another id."""
        found = {answer}
        for name in self._disk.names(self.taken_in):
            old = answer_id(name)
            if old is not None and random_part(parse(old)) == random_part(answer):
                found |= {parse(old), self.id_now(parse(old)) or answer}
        return sorted(found)

    def files_of(self, answer: Ulid, *folders: Path) -> list[Path]:
        """Return the file of this id, then its voices, in each folder where it may have some.

        folders: look only there.
        """
        return [
            folder / one
            for folder in folders or (self.path(answer).parent, self.aside, self.taken_in)
            for one in sorted(self._disk.names(folder), key=lambda one: voice_id(one) is not None)
            if str(answer) in (answer_id(one), voice_id(one))
        ]

    def all_files_of(self, answer: Ulid) -> list[Path]:
        """Return the files of both ids that an answer may have."""
        return [file for one in self.ids_of(answer) for file in self.files_of(one)]

    def find(self, name: str, folders: Sequence[Path]) -> Path | None:
        """Return the first of these folders in which there is a file of this name."""
        for one in folders:
            try:
                self._disk.read(one / name, 1)
            except (FileNotFoundError, NotADirectoryError):
                continue
            return one
        return None

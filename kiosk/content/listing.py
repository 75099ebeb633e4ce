"""Looks at a folder without reading its files: which are there, and which have changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.errors import ContentError
from kiosk.files import UNREADABLE, Stamp, stamp

MAX_FILES = 5000


@dataclass(slots=True)
class Listing:
    """Directory listing: files with their stamps, and folders that could not be read."""

    root: Path
    files: dict[Path, Stamp] = field(default_factory=dict)
    closed: list[Path] = field(default_factory=list)
    problems: list[ContentError] = field(default_factory=list)

    def folder(self, folder: Path) -> Iterator[tuple[Path, bool]]:
        """Yield (path, is a folder) in the order of names; files are entered in `files`.

        Hidden files and the spare copies that editors leave are passed over.
        """
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda one: one.name)
            leaves = not folder.resolve().is_relative_to(self.root)
        except (OSError, RuntimeError) as error:
            self.closed.append(folder)
            reason = getattr(error, "strerror", None) or str(error)
            self.wrong(folder, f"I cannot read this folder: {reason}.", "Ask who may read it.")
            return
        if leaves:
            self.wrong(
                folder,
                "This is a link to a folder outside the site's folder.",
                "Put the folder itself here.",
            )
            return
        for entry in found:
            path = folder / entry.name
            if entry.name.startswith((".", "~", "#")) or entry.name.endswith("~"):
                continue
            try:
                is_folder = entry.is_dir()
                if not is_folder:
                    facts = entry.stat(follow_symlinks=not entry.is_symlink() or path.exists())
                    self.files[path] = stamp(facts)
            except FileNotFoundError:
                continue  # taken away while we look
            except OSError:
                is_folder = False
                self.files[path] = UNREADABLE
            if len(self.files) > MAX_FILES:
                self.wrong(folder, f"There are more than {MAX_FILES:,} files here.", "")
                return
            yield path, is_folder

    def same_as(self, other: Listing) -> bool:
        """Tell whether nothing has changed since the other listing."""
        return (self.files, self.closed, list(map(str, self.problems))) == (
            other.files,
            other.closed,
            list(map(str, other.problems)),
        )

    def wrong(self, path: Path, problem: str, hint: str) -> None:
        """Note what is wrong with a file or folder as a whole."""
        self.problems.append(ContentError(path.relative_to(self.root), 1, problem, hint))

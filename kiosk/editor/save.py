"""Writes several files, or none of them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

from kiosk.config import Site
from kiosk.errors import PageNotMade
from kiosk.files import durable_file, replace_file

_FOR_FILES = 0o666  # of the bits of a folder: who may read and write


class Files:
    """Files that are written together: leave the `with` by an error and none of them is there.

    A file that is there is never written over. Only `grow` and `renew` change one, and put it back.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._undo = ExitStack()

    def __enter__(self) -> Files:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        if kind is None:
            self._undo.pop_all()
            return
        self._undo.close()
        if isinstance(error, OSError):
            reason = error.strerror or str(error)
            raise PageNotMade(f"I cannot write this page: {reason}. Nothing was saved.") from None

    def create(self, path: Path, data: bytes) -> None:
        """Make a new file; a reader sees all of it or none, and it is as open as its folder.

        Raises PageNotMade when there is one, or when it would lie outside.
        """
        self._make_folder(path.parent)
        mode = path.parent.stat().st_mode & _FOR_FILES
        try:
            with durable_file(path, replace=False, mode=mode) as file:
                file.write(data)
        except FileExistsError:
            raise PageNotMade(f"There is {self._site.shown(path)} already.") from None
        self._later(path.unlink)

    def grow(self, path: Path, data: bytes) -> None:
        """Put bytes at the end of a file; a reader sees all of them or none."""
        if not path.exists():
            self.create(path, data)
            return
        before = path.read_bytes()
        replace_file(path, before + data, mode=None)
        self._later(lambda: replace_file(path, before, mode=None))

    def renew(self, path: Path, data: bytes) -> None:
        """Put these bytes in the place of a file that this program made, or make it."""
        if not path.exists():
            self.create(path, data)
            return
        before = path.read_bytes()
        replace_file(path, data, mode=None)
        self._later(lambda: replace_file(path, before, mode=None))

    def _make_folder(self, folder: Path) -> None:
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        for one in reversed(missing):
            one.mkdir()
            self._later(one.rmdir)
        if not folder.resolve().is_relative_to(self._site.root):
            shown = self._site.shown(folder)
            raise PageNotMade(f"{shown} is a link to a folder outside the site's folder.")

    def _later(self, undo: Callable[[], object]) -> None:
        def quietly() -> None:
            with suppress(OSError):
                undo()

        self._undo.callback(quietly)

"""Tells what the checker finds as files change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kiosk.easyread.checker import Checker
from kiosk.easyread.model import Finding, Text
from kiosk.easyread.translations import Edition
from kiosk.errors import ContentError

Placed = TypeVar("Placed", Finding, Text)
OtherFiles = tuple[
    tuple[Text, ...], tuple[ContentError, ...], tuple[Edition, ...], tuple[ContentError, ...]
]


@dataclass(frozen=True, slots=True)
class Change:
    """A file that was saved, or of which something else is found now. is_there: it still is."""

    path: Path
    findings: tuple[Finding, ...]
    is_there: bool


class Watch:
    """Looks at a site again and again.

    other_files: gives the texts of files that are no pages, what is wrong with them, the surveys in
    all languages, and what else other rooms have to say, as they are now. other_stamps: gives
    another value when one of these files has changed; they are read again only then, or when a page
    or a picture is another.
    """

    def __init__(
        self,
        checker: Checker,
        other_files: Callable[[], OtherFiles],
        other_stamps: Callable[[], object],
    ) -> None:
        self._checker = checker
        self._other_files = other_files
        self._other_stamps = other_stamps
        self._now: object = None
        self._stamps: object = None
        self._files: dict[Path, object] = {}
        self._found: dict[Path, tuple[Finding, ...]] = {}
        self._seen: object = None

    def look(self) -> list[Change]:
        """Return what is new since the last look; the first time, all files with findings."""
        is_first = self._seen is None
        self._checker.library.refresh()
        now = self._checker.library.now
        stamps = self._other_stamps()  # before reading: what is saved meanwhile is read next time
        # The library holds another snapshot also when a picture alone is another.
        if not is_first and now is self._now and stamps == self._stamps:
            return []
        self._now, self._stamps = now, stamps
        texts, problems, surveys, warnings = self._other_files()
        seen = (now, texts, [str(one) for one in (*problems, *warnings)], surveys)
        if seen == self._seen:
            return []
        self._seen = seen
        report = self._checker.check(texts, problems, surveys, warnings=warnings)
        files: dict[Path, object] = {one.path: one for one in now.sources}
        files |= _by_file(texts)
        found = dict.fromkeys(report.files, ()) | _by_file(report.findings)
        changed = {path for path in found if found[path] != self._found.get(path, ())}
        if not is_first:
            changed |= {path for path in files if files[path] != self._files.get(path)}
        gone = self._found.keys() - found.keys()
        self._files, self._found = files, found
        return [Change(path, found.get(path, ()), path in found) for path in sorted(changed | gone)]


def _by_file(items: Iterable[Placed]) -> dict[Path, tuple[Placed, ...]]:
    files: dict[Path, list[Placed]] = {}
    for one in items:
        files.setdefault(one.path, []).append(one)
    return {path: tuple(inside) for path, inside in files.items()}


def change_lines(change: Change) -> Iterator[str]:
    """Yield what a person reads about a change."""
    if not change.is_there:
        yield f"{change.path}: this file is gone."
    elif not change.findings:
        yield f"{change.path}: no mistakes found."
    for finding in change.findings:
        yield str(finding)

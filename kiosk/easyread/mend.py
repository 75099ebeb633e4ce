"""Writes into the files what the findings say exactly: `kiosk check --fix`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.content.edit import BOM, lines_of
from kiosk.easyread.model import Finding, Fix, straight
from kiosk.files import replace_durably


@dataclass(frozen=True, slots=True)
class Mended:
    """A file with its fixes. path: as staff know it; file: where it is; before, after: its text."""

    path: Path
    file: Path
    before: str
    after: str

    def diff(self) -> str:
        """Return what becomes of the file, line by line."""
        lines = difflib.unified_diff(
            lines_of(self.before),
            lines_of(self.after),
            str(self.path),
            str(self.path),
            "now",
            "then",
        )
        return "\n".join(line.rstrip("\r\n") for line in lines)

    def write(self) -> None:
        """Write the file anew, with its line ends as they were. Raises OSError."""
        mode = self.file.stat().st_mode & 0o777
        replace_durably(self.file, self.after.encode(), mode=mode)


def with_exact_fixes(findings: Iterable[Finding], root: Path) -> tuple[Finding, ...]:
    """Return the findings; a fix for other letters than those of the file is taken away.

    root: the folder that their paths begin in.
    """
    texts: dict[Path, list[str]] = {}
    kept = []
    for one in findings:
        if one.fix is not None:
            if one.path not in texts:
                texts[one.path] = lines_of(_read(root / one.path).removeprefix(BOM))
            one = fits(one, texts[one.path])
        kept.append(one)
    return tuple(kept)


def fits(finding: Finding, lines: list[str]) -> Finding:
    """Return a finding for a text of these lines; a fix for other letters is taken away."""
    if finding.fix is None or _fits(finding.fix, lines):
        return finding
    return replace(finding, fix=None)


def mend(findings: Iterable[Finding], root: Path) -> Iterator[Mended]:
    """Yield each file with the fixes of these findings in it; of two that overlap, the first."""
    by_file: dict[Path, list[Fix]] = {}
    for one in findings:
        if one.fix is not None:
            by_file.setdefault(one.path, []).append(one.fix)
    for path, fixes in by_file.items():
        file = root / path
        before = _read(file)
        after = mend_text(before, fixes)
        if after != before:
            yield Mended(path, file, before, after)


def mend_text(text: str, fixes: Iterable[Fix]) -> str:
    """Return a text with these fixes in it."""
    start = BOM if text.startswith(BOM) else ""
    lines = lines_of(text.removeprefix(BOM))
    taken: dict[int, int] = {}  # line -> where its fixes begin, from the right
    for fix in sorted(set(fixes), key=lambda one: (one.line, one.start), reverse=True):
        line = lines[fix.line - 1] if fix.line <= len(lines) else ""
        if not _fits(fix, lines) or fix.end > taken.get(fix.line, len(line)):
            continue
        new = fix.text
        if fix.old and new.startswith(fix.old):  # what stays keeps its own quotes
            new = line[fix.start : fix.end] + new[len(fix.old) :]
        lines[fix.line - 1] = line[: fix.start] + new + line[fix.end :]
        taken[fix.line] = fix.start
    return start + "".join(lines)


def _fits(fix: Fix, lines: list[str]) -> bool:
    if fix.line > len(lines):
        return False
    return straight(lines[fix.line - 1][fix.start : fix.end]) == fix.old


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return ""

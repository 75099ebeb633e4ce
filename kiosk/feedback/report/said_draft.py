"""Helps staff to tell people what became of what they said: begins an entry of `you-said.yaml`."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from kiosk.config import Site
from kiosk.content.entries import check_entries
from kiosk.content.you_said import FILE, TO_WRITE, YouSaidFile
from kiosk.errors import ContentError, FeedbackError
from kiosk.feedback.answer.record import KeptAnswer
from kiosk.feedback.report.plain import one_line
from kiosk.feedback.report.report import SurveyReport, count
from kiosk.feedback.survey.survey import Survey
from kiosk.files import durable_file
from kiosk.located import Located, parse_yaml, read_text
from kiosk.symbols import SymbolBook

_MOST_LETTERS = 900
_NEW_FILE = 0o644  # as other content: the kiosk reads it, whoever wrote it


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry that staff finish. text: YAML. words: what people wrote, for staff alone."""

    text: str
    words: tuple[str, ...]


def draft(
    answers: Iterable[KeptAnswer],
    site: Site,
    surveys: Mapping[str, Survey],
    today: date,
    *,
    quote: bool = False,
) -> Draft:
    """Begin an entry about these answers.

    Its words are counts of what was chosen; what people wrote is only in it with `quote`. No id is
    in it: whoever knows the end of an id can delete that answer.
    """
    counted = count(answers, surveys, site.zone)
    words = tuple(
        one_line(said.words, _MOST_LETTERS)
        for survey in counted
        for question in survey.questions
        for said in question.said
    )
    sentences = [_chosen(survey) for survey in counted]
    if quote:
        sentences += [f'"{written}"' for written in words]
    first = next((surveys[survey.id] for survey in counted if survey.id in surveys), None)
    entry = {
        "symbol": first.symbol.name if first is not None else "speech balloon",
        "said": one_line(" ".join(filter(None, sentences)), _MOST_LETTERS)
        or f"{TO_WRITE} what was said.",
        "did": f"{TO_WRITE} what you did.",
        "who": f"{TO_WRITE} who did it",
        "date": today.isoformat(),
        "status": "draft",
    }
    text = yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=10_000)
    return Draft(text, words)


def _chosen(survey: SurveyReport) -> str:
    told = []
    for question in survey.questions:
        for part in question.parts:
            rows = ", ".join(f"{row.words} ({row.total})" for row in part.rows if row.total)
            if rows:
                item = f" {part.words}:" if part.words else ""
                told.append(f"{question.ask}{item} {rows}.")
    return " ".join(told)


def append(site: Site, symbols: SymbolBook, entry: str) -> int:
    """Add an entry to the end of `content/you-said.yaml`; return its line.

    What stands in the file stays as it is, to the letter. Raises ContentError when the file cannot
    be read, and FeedbackError, with the entry to copy, when it is of a form that takes no more.
    """
    path = (site.content / FILE).resolve()
    shown = site.shown(site.content / FILE)
    before = path.read_bytes() if path.exists() else b""
    text = read_text(site.content / FILE, shown=shown) if before else ""
    node = parse_yaml(text, shown=shown)
    line_end = b"\r\n" if b"\r\n" in before else b"\n"
    added = "".join(f"{_indent(node, text)}{line}\n" for line in entry.splitlines())
    gap = "" if not text or text.endswith("\n") else "\n"
    if not _fits(node, f"{text}{gap}{added}", site, symbols, shown):
        raise FeedbackError(
            f"I cannot add to {shown} by myself. Copy these lines to its end:\n\n{entry}"
        )
    after = before + f"{gap}{added}".encode().replace(b"\n", line_end)
    _replace(path, before, after)
    return f"{text}{gap}".count("\n") + 1


def _indent(node: Located, text: str) -> str:
    line = text.split("\n")[node.line - 1] if node.value else ""
    return line[: len(line) - len(line.lstrip(" "))]


def _fits(node: Located, after: str, site: Site, symbols: SymbolBook, shown: Path) -> bool:
    """Tell whether all entries of before are in the new text, and one good one more."""
    try:
        new = parse_yaml(after, shown=shown)
    except ContentError:
        return False
    old = node.value if isinstance(node.value, tuple) else ()
    if not isinstance(new.value, tuple) or new.value[:-1] != old:
        return False
    last = Located(new.value[-1:], new.line)
    good, _ = check_entries(site, last, YouSaidFile, symbols, name="This entry", shown=shown)
    return len(good) == 1


def _replace(path: Path, before: bytes, after: bytes) -> None:
    """Write the file anew in one step, if it still holds what it held."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else _NEW_FILE
        with durable_file(path, mode=mode) as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())  # now, as it may take long: the last thing is to look
            if (path.read_bytes() if path.exists() else b"") != before:
                raise FeedbackError(f"Somebody has just changed {path.name}. Try again.")
    except OSError as error:
        raise FeedbackError(f"I cannot write {path.name}: {error.strerror or error}.") from error

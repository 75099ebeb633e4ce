"""The board as numbers, for a council that has Prometheus: its text format, version 0.0.4."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from kiosk.fleet.centre.beats import Board, Row
from kiosk.fleet.wire import Beat

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_MB = 1_000_000
_Value = float | None

# Name, what it is, and how it is read from a row.
_OF_KIOSK: tuple[tuple[str, str, Callable[[Row], _Value]], ...] = (
    ("kiosk_good", "1 when nobody needs to do anything.", lambda row: row.good),
    ("kiosk_answers", "Answers of it that are at the centre.", lambda row: row.answers),
    ("kiosk_heard_timestamp_seconds", "When it was last heard of.", lambda row: _at(row.heard)),
    ("kiosk_clock_seconds", "How far its clock is ahead.", lambda row: row.clock_seconds),
)
_OF_BEAT: tuple[tuple[str, str, Callable[[Beat], _Value]], ...] = (
    ("kiosk_answers_waiting", "Answers that have not come yet.", lambda beat: beat.waiting),
    ("kiosk_answers_aside", "Answers that are set aside there.", lambda beat: beat.aside),
    ("kiosk_release", "The release that it shows; 0 for its own pages.", lambda beat: beat.release),
    ("kiosk_free_bytes", "Free on its disk.", lambda beat: _bytes(beat.free_mb)),
    ("kiosk_memory_free_bytes", "Free in its memory.", lambda beat: _bytes(beat.memory_mb)),
    ("kiosk_temperature_celsius", "Of its warmest part.", lambda beat: beat.temperature),
    ("kiosk_screen_seconds", "Since its screen was drawn.", lambda beat: beat.screen_seconds),
)


def metrics(found: Board) -> bytes:
    """Return what Prometheus fetches. Nothing of it is about a person."""
    lines = [*_head("kiosk_centre_good", "1 when nobody needs to do anything at any kiosk.")]
    lines.append(f"kiosk_centre_good {int(found.good)}")
    for name, what, read in _OF_KIOSK:
        lines += _gauge(name, what, [(row, read(row)) for row in found.rows])
    for name, what, of in _OF_BEAT:
        lines += _gauge(name, what, [(row, of(row.beat)) for row in found.rows if row.beat])
    lines += _head("kiosk_problem", "1 for each thing that needs somebody.")
    for row in found.rows:
        for about in sorted({one.about for one in row.things if not one.good}):
            lines.append(f"kiosk_problem{{{_labels(row)},about={_quoted(about)}}} 1")
    return ("\n".join(lines) + "\n").encode()


def _gauge(name: str, what: str, values: list[tuple[Row, _Value]]) -> Iterator[str]:
    yield from _head(name, what)
    for row, value in values:
        if value is not None:
            yield f"{name}{{{_labels(row)}}} {float(value):.10g}"


def _head(name: str, what: str) -> Iterator[str]:
    yield f"# HELP {name} {what}"
    yield f"# TYPE {name} gauge"


def _labels(row: Row) -> str:
    return f"kiosk={_quoted(row.name)},group={_quoted(row.group)}"


def _quoted(text: str) -> str:
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n")):
        text = text.replace(sign, written)
    return f'"{text}"'


def _at(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None


def _bytes(mb: int | None) -> int | None:
    return None if mb is None else mb * _MB

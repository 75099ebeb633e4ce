"""What is written of an answer: YAML that a person can read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import yaml

from kiosk.feedback.answer.answer import Answer
from kiosk.feedback.answer.aside import SetAside
from kiosk.feedback.answer.sent import Given
from kiosk.feedback.answer.ulid import Ulid

FORMAT = 1


class _Dumper(yaml.SafeDumper):
    """Writes several lines as a block, so that a person can read them."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - nothing is written as an alias
        return True


def _string(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


class _Choices(list[str]):
    """Several choices, written on one line."""


class _Places(dict[str, str]):
    """Where each item was put, written on one line."""


_Dumper.add_representer(str, _string)
_Dumper.add_representer(
    _Choices,
    lambda dumper, them: dumper.represent_sequence("tag:yaml.org,2002:seq", them, flow_style=True),
)
_Dumper.add_representer(
    _Places,
    lambda dumper, them: dumper.represent_mapping("tag:yaml.org,2002:map", them, flow_style=True),
)


def answer_text(answer: Answer, received: datetime) -> bytes:
    """Return the file of an answer."""
    told: dict[str, object] = {
        "format": FORMAT,
        "id": str(answer.id),
        "survey": answer.survey,
        "page": answer.page,
        "language": answer.language,
        "made": answer.id.made.isoformat(timespec="milliseconds"),
        "received": received.isoformat(timespec="seconds"),
        "answers": _answers(answer.answers),
    }
    told |= _marks(answer.complete, answer.cleaned, answer.marked)
    if answer.was:
        told["was"] = answer.was
    return _text(told)


def aside_text(one: SetAside) -> bytes:
    """Return the file of an answer that is set aside."""
    sent = one.sent
    told: dict[str, object] = {
        "format": FORMAT,
        "id": str(sent.id),
        "received": one.received.isoformat(timespec="seconds"),
        "reason": one.reason,
        "survey": sent.survey,
        "page": sent.page,
        "language": sent.language,
        "answers": _answers(sent.answers),
    }
    return _text(told | _marks(sent.complete, one.cleaned, one.marked) | dict(sent.more))


def tombstone_text(answer: Ulid, day: date) -> bytes:
    """Return what stays of an answer that was deleted."""
    return _text({"format": FORMAT, "id": str(answer), "deleted": day})


def taken_in_text(old: Ulid, new: Ulid) -> bytes:
    """Return the note that an answer was taken in with another id."""
    return _text({"format": FORMAT, "id": str(old), "now": str(new)})


def _answers(answers: Mapping[str, Given]) -> dict[str, object]:
    return {name: _given(given) for name, given in answers.items()}


def _given(given: Given) -> object:
    if isinstance(given, tuple):
        return _Choices(given)
    return given if isinstance(given, str) else _Places(given)


def _marks(complete: bool, cleaned: tuple[str, ...], marked: str) -> dict[str, object]:
    told: dict[str, object] = {}
    if not complete:
        told["complete"] = False
    if cleaned:
        told["cleaned"] = _Choices(cleaned)
    if marked:
        told["marked"] = marked
    return told


def _text(told: Mapping[str, object]) -> bytes:
    text = yaml.dump(dict(told), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return str(text).encode()

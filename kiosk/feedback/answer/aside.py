"""Answers that are set aside: well-formed, but not what the surveys of the site ask now.

A survey was taken away or is broken, a page is gone, a clock was wrong. Such an answer is kept
whole until somebody mends what is wrong; then it is taken in. Which of its texts are a person's own
words cannot be told, so all of them are cleaned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.feedback.answer.cleaning import KINDS, clean
from kiosk.feedback.answer.recording import recording_names, voice_id
from kiosk.feedback.answer.sent import Given, Sent


@dataclass(frozen=True, slots=True)
class SetAside:
    """Quarantine: one answer that was set aside.

    sent: as it was sent, cleaned and without its visit. reason: one word, see `in_words`. received:
    when it came first. cleaned, marked, came: as those of an answer.
    """

    sent: Sent
    reason: str
    received: datetime
    cleaned: tuple[str, ...] = ()
    marked: str = ""
    came: str = ""

    @property
    def voices(self) -> dict[str, str]:
        """Question -> the file of its recorded voice, where it is of a form that we take."""
        return {
            name: str(given)
            for name, given in self.sent.answers.items()
            if given in recording_names(self.sent.id, name)
        }


def set_aside(sent: Sent, reason: str, received: datetime) -> SetAside:
    """Return what is kept of an answer that does not fit now: everything but contact details."""
    cleaning = _Cleaning(sent)
    answers = {name: cleaning.given(given) for name, given in sent.answers.items()}
    cleaned = replace(
        sent,
        survey=cleaning.text(sent.survey),
        page=cleaning.text(sent.page),
        language=cleaning.text(sent.language),
        answers=answers,
        visit="",
        more={name: cleaning.anything(value) for name, value in sent.more.items()},
    )
    return SetAside(cleaned, reason, received, tuple(one for one in KINDS if one in cleaning.found))


class _Cleaning:
    """Cleans the texts of one answer, and notes the kinds of what was found."""

    def __init__(self, sent: Sent) -> None:
        self._id = str(sent.id)
        self.found: set[str] = set()

    def text(self, text: str) -> str:
        if voice_id(text) == self._id:
            return text  # the name of its own recorded voice
        words, found = clean(text)
        self.found |= set(found)
        return words

    def given(self, given: Given) -> Given:
        if isinstance(given, str):
            return self.text(given)
        if isinstance(given, Mapping):
            return {item: self.text(place) for item, place in given.items()}
        return tuple(self.text(one) for one in given)

    def anything(self, value: object) -> object:
        if isinstance(value, Mapping):
            return {name: self.anything(one) for name, one in value.items()}
        if isinstance(value, list):
            return [self.anything(one) for one in value]
        if value is None or isinstance(value, bool):
            return value
        text = str(value)  # a number may be a phone number
        words = self.text(text)
        return value if words == text else words


def in_words(reason: str, sent: Sent) -> str:
    """Return in a sentence why an answer is set aside."""
    told = {
        "clock": "The clock of its screen was wrong.",
        "field": f"It says more than this kiosk knows: {', '.join(sent.more)}.",
        "survey": f'There is no good survey "{sent.survey}".',
        "page": f'There is no page "{sent.page}".',
        "language": f'The language "{sent.language}" is not shown.',
        "question": f'The survey "{sent.survey}" does not ask one of its questions.',
        "choice": f'The survey "{sent.survey}" does not offer one of its answers.',
        "words": "Its words are longer than words_max_characters in kiosk.toml.",
        "voice": "Its recorded voice is not here, or of a form that this kiosk does not know.",
    }
    return told.get(reason, f"The reason is {reason}.")

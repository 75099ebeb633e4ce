"""A survey as a screen: each question, the thank-you, and the receipt."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from kiosk.feedback.receipt import CODE_CHARACTERS, receipt_pictures
from kiosk.feedback.survey import Choice, Question, Survey
from kiosk.screen.listened import PAGE
from kiosk.screen.screens import Screen, Speech, picture, templates
from kiosk.symbols import Symbol

# What is said for the signs on the keyboard: those of English and of Urdu.
SIGNS = {".": "full_stop", "?": "question_mark"} | {
    "۔": "full_stop",  # noqa: RUF001
    "؟": "question_mark",
}
RESULTS = ("sent", "sent_no_voice", "waiting", "waiting_open", "refused", "nothing_sent")

HEADINGS = ("waiting_title", "nothing_title")  # of the thank-you, when the answer is not saved


def survey_symbols(survey: Survey) -> Iterator[Symbol]:
    """Yield every picture that the screens of a survey show."""
    yield survey.symbol
    for question in survey.questions:
        yield question.symbol
        yield from (one.symbol for one in (*question.choices, *question.items))
    yield from (one.symbol for one in receipt_pictures(survey.language).values())


def add_survey(screen: Screen, survey: Survey, others: Sequence[Survey]) -> None:
    """Add the screens of one survey. others: surveys that the thank-you screen leads to."""
    speech, words = Speech(screen.interface, survey.language), screen.interface.words
    count = len(survey.questions)
    # From the first question to the thank-you: this is the order in which it is read.
    questions = [
        _question(speech, question, number, count, screen, survey)
        for number, question in enumerate(survey.questions, start=1)
    ]
    keyboard = any(question.kind == "words" for question in survey.questions)
    screen.html[survey.id] = templates.get_template("survey.html").render(
        words=words,
        around=screen.interface.language,
        survey=survey,
        questions=questions,
        keyboard=_keyboard(speech) if keyboard else None,
        title_tell=speech.tell("tell_title"),
        thanks=speech.say(survey.thanks),
        headings={name: speech.tell(name) for name in HEADINGS},
        results={name: speech.label(name) for name in RESULTS[:1]}
        | {name: speech.tell(name) for name in RESULTS[1:]},
        cleaned=speech.label("cleaned"),
        receipt=_receipt(speech, survey.language),
        others=[
            (
                other,
                speech.say(other.title, other.language),
                speech.tell("tell_choice", n=number, m=len(others)),
            )
            for number, other in enumerate(others, start=1)
        ],
        you_said=_you_said(speech, screen.you_said),
    )
    screen.narrations[survey.id] = speech.narration()
    screen.index[survey.id] = {
        "title": survey.title,
        "colour": "pink",
        "back": "",
        "next": "",
        "survey": True,
        "questions": count,
    }


def _notice(
    speech: Speech, screen: Screen, survey: Survey
) -> tuple[str, list[tuple[int, str]]] | None:
    """Return what stands above the first answer: CSS class and sentences."""
    if survey.language != screen.language:
        return "notice", speech.not_translated(screen.language)
    if screen.translated and not survey.translation_checked_by:
        return "draft", speech.sentences(screen.interface.said("draft_translation"))
    return None


def _keeps(speech: Speech, count: int) -> dict[str, Any]:
    """Return what the first question says of what is kept; its button has another name alone."""
    key = "keeps_next" if count > 1 else "keeps_send"
    text = speech.interface.words[key]
    return {"text": text, "say": speech.label(key), "tell": speech.tell(key)}


def _keyboard(speech: Speech) -> dict[str, Any]:
    """Return what is said of the keyboard, and of the words that are written with it."""
    return {
        "letters": [
            (letter, _letter(speech, letter)) for letter in speech.interface.words["letters"]
        ],
        "letter_tell": speech.tell("tell_letter"),
        "name": speech.tell("write_here"),
        "tell": speech.tell("tell_words"),
    }


def _letter(speech: Speech, letter: str) -> int:
    """Return the place of what is said for a letter or sign of the keyboard."""
    if letter in SIGNS:
        return speech.tell(SIGNS[letter])
    return speech.once(f"{letter.upper()}.")


def _you_said(speech: Speech, symbol: Symbol | None) -> dict[str, Any] | None:
    """Return the link to what became of what people said, if there is anything to read."""
    if symbol is None:
        return None
    return {
        "page": PAGE,
        "symbol": symbol,
        "say": speech.label("you_said"),
        "tell": speech.tell("tell_link"),
    }


def _question(
    speech: Speech, question: Question, number: int, count: int, screen: Screen, survey: Survey
) -> dict[str, Any]:
    def told(choices: Sequence[Choice], key: str) -> list[tuple[Choice, int, int]]:
        return [
            (one, speech.say(one.words), speech.tell(key, n=at, m=len(choices)))
            for at, one in enumerate(choices, start=1)
        ]

    is_first, is_scale = number == 1, question.kind == "scale"
    return {
        "question": question,
        "ask": speech.say(question.ask),
        "tell": speech.tell("tell_question", n=number, m=count),
        "keeps": _keeps(speech, count) if is_first else None,
        "notice": _notice(speech, screen, survey) if is_first else None,
        "items": told(question.items, "tell_pick") if is_scale else [],
        "choices": told(question.choices, "tell_put" if is_scale else "tell_answer"),
    }


def _receipt(speech: Speech, language: str) -> dict[str, Any]:
    """Return what the screen needs to show and say the receipt of any answer."""
    letters = {
        letter: {
            "file": picture(one.symbol),
            "word": one.word,
            "say": speech.once(f"{one.word[:1].upper()}{one.word[1:]}."),
            "name": speech.once(f"{letter}."),
        }
        for letter, one in receipt_pictures(language).items()
    }
    return {
        "today": speech.label("today"),
        "code": speech.label("receipt"),
        "pictures": speech.label("receipt_pictures"),
        "letters": json.dumps({"length": CODE_CHARACTERS, "of": letters}),
    }

"""A survey as a screen: each question, the thank-you, and the receipt."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from kiosk.content import sentence_spans
from kiosk.content.names import YOU_SAID
from kiosk.feedback.answer.receipt import CODE_CHARACTERS, receipt_pictures
from kiosk.feedback.survey.kinds import KINDS
from kiosk.feedback.survey.question import Choice, Question
from kiosk.feedback.survey.survey import QUIZ, Survey
from kiosk.screen.screens import Screen, Speech, picture, templates
from kiosk.symbols import Symbol

# What is said for the signs on the keyboard: those of English and of Urdu.
SIGNS = {
    ".": "full_stop",
    "?": "question_mark",
    ",": "comma",
    "\u2019": "apostrophe",
    "!": "exclamation_mark",
    ":": "colon",
    "-": "hyphen",
} | {
    "۔": "full_stop",  # noqa: RUF001
    "؟": "question_mark",
    "،": "comma",
}
DIGITS = "1234567890!:-"  # the other side of the keyboard
MANY = 38  # letters: more need narrower keys on a wide kiosk
ENDS = 2  # so many of its letters, the last, are on both sides: they end a sentence
MOST_OTHERS = 2  # surveys that the thank-you leads to
RESULTS = ("sent", "sent_no_voice", "waiting", "waiting_open", "refused", "nothing_sent")
NO_ANSWERS = "no_answers"  # the result where nothing takes answers
HEADINGS = ("waiting_title", "nothing_title")  # of the thank-you, when the answer is not saved


def survey_symbols(survey: Survey) -> Iterator[Symbol]:
    """Yield every picture that the screens of a survey show."""
    yield survey.symbol
    for question in survey.questions:
        yield question.symbol
        yield from (one.symbol for one in (*question.choices, *question.items, *question.ready))
    yield from (one.symbol for one in receipt_pictures(survey.language).values())


def add_survey(
    screen: Screen,
    survey: Survey,
    others: Sequence[Survey],
    *,
    only_shown: bool = False,
    on_web: bool = False,
) -> None:
    """Add the screens of one survey.

    others: surveys that the thank-you screen leads to. only_shown: nothing takes answers here, as
    in a copy without a kiosk: the questions say so, and there is no receipt. on_web: this is a copy
    on the web: what waits there goes on its way when the copy is opened again.
    """
    speech, words = Speech(screen.interface, survey.language), screen.interface.words
    count = len(survey.questions)
    results, headings = (RESULTS, HEADINGS) if not only_shown else ((NO_ANSWERS,), HEADINGS[1:])
    # From the first question to the thank-you: this is the order in which it is read.
    questions: list[dict[str, Any]] = []
    for number, question in enumerate(survey.questions, start=1):
        asked = {
            "question": question,
            "kind": KINDS[question.kind],
            "ask": speech.say(question.ask),
            "tell": speech.tell("tell_question", n=number, m=count),
            "keeps": _keeps(speech, count, only_shown=only_shown) if number == 1 else None,
            "notice": _notice(speech, screen, survey) if number == 1 else None,
        }
        # What the picture shows would be the answer.
        asked["about"] = speech.tell("quiz_picture") if question.kind == QUIZ else None
        questions.append(asked | _answers(speech, question))
    thanks, *besides = (survey.thanks[start:end] for start, end in sentence_spans(survey.thanks))
    can_go = "open_later" if on_web else "you_can_go"
    keyboard = any(asked["kind"].control == "letters" for asked in questions)
    first = (speech.say(thanks), thanks)
    screen.html[survey.id] = templates.get_template("survey.html").render(
        words=words,
        around=screen.interface.language,
        survey=survey,
        questions=questions,
        keyboard=_keyboard(speech) if keyboard else None,
        title_tell=speech.tell("tell_title"),
        thanks=first,
        headings={name: speech.tell(name) for name in headings},
        results={results[0]: speech.label(results[0])}
        | {name: speech.tell(name) for name in results[1:]},
        besides=[(speech.say(one), one) for one in besides],
        can_go=None if only_shown else (speech.label(can_go), can_go),
        cleaned=None if only_shown else speech.label("cleaned"),
        receipt=None if only_shown else _receipt(speech, survey.language),
        more_say=speech.label("more_surveys") if others or screen.you_said else None,
        others=[
            (
                other,
                speech.say(other.title, other.language),
                speech.tell("tell_choice", n=number, m=min(len(others), MOST_OTHERS)),
            )
            for number, other in enumerate(others[:MOST_OTHERS], start=1)
        ],
        you_said=_you_said(speech, screen.you_said),
    )
    screen.narrations[survey.id] = speech.narration()
    screen.index[survey.id] = {
        "title": survey.title,
        "colour": "pink",
        "next": "",
        "survey": True,
        "only_shown": only_shown,
        "questions": count,
    }


def _notice(
    speech: Speech, screen: Screen, survey: Survey
) -> tuple[str, list[tuple[int, str]]] | None:
    """Return what stands above the first answer: CSS class and sentences."""
    if survey.language != screen.language:
        return "note borrowed", speech.not_translated(screen.language)
    if screen.translated and not survey.translation_checked_by:
        return "note draft", speech.sentences(screen.interface.said("draft_translation"))
    return None


def _keeps(speech: Speech, count: int, *, only_shown: bool) -> dict[str, Any]:
    """Return what the first question says of what is kept; its button has another name alone."""
    key = "keeps_next" if count > 1 else "keeps_send"
    key = NO_ANSWERS if only_shown else key
    return {"sentences": speech.sentences(speech.interface.said(key)), "tell": speech.tell(key)}


def _keyboard(speech: Speech) -> dict[str, Any]:
    """Return the keys of the keyboard, and what is said of them and of the words written."""
    letters = speech.interface.words["letters"]

    def keys(of: str) -> list[tuple[str, str, int]]:
        return [(one, one.upper(), _letter(speech, one)) for one in of]

    digits = {"sheet": "digits", "face": DIGITS[:3], "name": speech.tell("turn_digits")}
    back = {"sheet": "letters", "face": letters[:3].upper(), "name": speech.tell("turn_letters")}
    return {
        # Which side, its keys, and the key that leads to the other side.
        "sheets": [
            ("letters", keys(letters[:-ENDS]), digits),
            ("digits", keys(DIGITS), back),
        ],
        "ends": [(one, _letter(speech, one)) for one in letters[-ENDS:]],
        "many": len(letters) > MANY,
        "turn_tell": speech.tell("tell_turn"),
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
        "page": YOU_SAID,
        "symbol": symbol,
        "say": speech.label("you_said"),
        "tell": speech.tell("tell_link"),
    }


def _answers(speech: Speech, question: Question) -> dict[str, Any]:
    """Return what can be answered with, and what is said of it."""

    def told(choices: Sequence[Choice], key: str) -> list[tuple[Choice, int, int]]:
        return [
            (one, speech.say(one.words), speech.tell(key, n=at, m=len(choices)))
            for at, one in enumerate(choices, start=1)
        ]

    return {
        "ready": told(question.ready, "tell_answer"),
        "talk": speech.sentences(speech.interface.said("press_talk"))
        if question.kind == "voice"
        else None,
        "choices": told(question.choices, "tell_put" if question.items else "tell_answer"),
        "items": told(question.items, "tell_pick"),
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
        # A copy that was made on another day cannot know it.
        "today": speech.label("today") if "today" in speech.interface.words else None,
        "code": speech.label("receipt"),
        "pictures": speech.label("receipt_pictures"),
        "letters": json.dumps({"length": CODE_CHARACTERS, "of": letters}),
    }

"""The questions that staff write, in `content/surveys/<id>.yaml`.

The words there are in the site's first language. A translation is a copy of the file, in
`content/<language>/surveys/<id>.yaml`, with its words translated and the rest left as it is. Where
there is none, a survey is shown in its own words, and `kiosk check` names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kiosk.config import Site
from kiosk.content.fingerprint import Seen, fingerprint_of
from kiosk.content.names import RESERVED
from kiosk.errors import ContentError
from kiosk.feedback.survey.file import SurveyFile, read_survey
from kiosk.feedback.survey.question import STEM, VOICE_SECONDS, Choice, ChoiceFile, Question
from kiosk.located import did_you_mean
from kiosk.symbols import Finder, Symbol, SymbolBook

QUIZ = "quiz"  # the kind of question that tries a picture out


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey in one language; its id is its file's name. thanks: what is said at the end.

    show_from, show_until: the first and the last day on which it is shown. show_in: the languages
    in which it may be shown, () for all. translations: language -> the same survey. original,
    translation_checked_by: of a translation, as on a page.
    """

    id: str
    language: str
    title: str
    symbol: Symbol
    questions: tuple[Question, ...]
    thanks: str
    show_from: date | None = None
    show_until: date | None = None
    show_in: tuple[str, ...] = ()
    translations: Mapping[str, Survey] = field(default_factory=dict)
    original: str = ""
    translation_checked_by: str = ""

    @property
    def is_quiz(self) -> bool:
        """Whether it is a blind test of pictures: only its own address leads there."""
        return any(one.kind == QUIZ for one in self.questions)

    def shown(self, language: str, today: date) -> Survey | None:
        """Return the survey as it is shown in a language on a day, or None when it is not.

        Without a translation it is the survey itself: its words are in the site's first language.
        """
        if self.show_in and language not in self.show_in:
            return None
        if self.show_from is not None and today < self.show_from:
            return None
        if self.show_until is not None and today > self.show_until:
            return None
        return self.translations.get(language, self)


def shown_surveys(surveys: Mapping[str, Survey], language: str, today: date) -> dict[str, Survey]:
    """Return the surveys that are shown in a language on a day, in that language if they can be."""
    found = {name: survey.shown(language, today) for name, survey in surveys.items()}
    return {name: survey for name, survey in found.items() if survey is not None}


def survey_fingerprint(survey: Survey) -> str:
    """Return the fingerprint of a survey: another one when its words or ids are others."""
    return fingerprint_of(
        [
            survey.title,
            [
                [
                    one.id,
                    one.ask,
                    [[choice.id, choice.words] for choice in one.choices],
                    [[item.id, item.words] for item in one.items],
                    # A survey without any keeps its fingerprint.
                    *([_ready_of(one)] if one.ready else ()),
                ]
                for one in survey.questions
            ],
            survey.thanks,
        ]
    )


def _ready_of(question: Question) -> list[Seen]:
    return [[one.id, one.words] for one in question.ready]


def survey_folders(site: Site) -> list[Path]:
    """Return the folders in which surveys stand: whoever watches the files watches these."""
    others = site.settings.site.languages[1:]
    return [site.content / "surveys", *(site.content / code / "surveys" for code in others)]


def load_surveys(
    site: Site, symbols: SymbolBook, *, before: Mapping[str, Survey] | None = None
) -> tuple[dict[str, Survey], tuple[ContentError, ...]]:
    """Return the surveys by id, and every mistake in their files.

    The one that every page leads to, `[feedback] survey`, comes first. before: what was loaded
    last: where a file is broken now, its last good version stays. Answers are checked against all
    of the surveys: one that was given on the last day may arrive on the next.
    """
    load = _Load(site, symbols, before or {})
    surveys = load.all()
    first = site.settings.feedback.survey
    ordered = sorted(surveys.values(), key=lambda one: (one.id != first, one.id))
    problems = sorted(load.problems, key=lambda one: (str(one.path), one.line))
    return {one.id: one for one in ordered}, tuple(problems)


class _Load:
    """Reads all files once, and keeps every mistake."""

    def __init__(self, site: Site, symbols: SymbolBook, before: Mapping[str, Survey]) -> None:
        self._site = site
        self._symbols = symbols
        self._before = before
        self.problems: list[ContentError] = []

    def all(self) -> dict[str, Survey]:
        """Return the surveys, each with its translations."""
        first, *others = self._site.settings.site.languages
        main = self._site.content / "surveys"
        surveys: dict[str, Survey] = {}
        for path in self._files(main, self._before):
            survey = self._read(path, first)
            if survey is None and path.stem in self._before:
                survey = replace(self._before[path.stem], translations={})
            if survey is not None:
                surveys[survey.id] = survey
        for path in self._files(self._site.content / first / "surveys", {}):
            hint = f"The surveys in the site's first language stand in {self._site.shown(main)}."
            self._wrong(path, "This survey is in the wrong folder.", hint)
        for code in others:
            for name, one in self._translations(code, surveys).items():
                translations = {**surveys[name].translations, code: one}
                surveys[name] = replace(surveys[name], translations=translations)
        return surveys

    def _translations(self, code: str, surveys: Mapping[str, Survey]) -> dict[str, Survey]:
        """Return the translations into one language."""
        folder = self._site.content / code / "surveys"
        last = {
            name: survey.translations[code]
            for name, survey in self._before.items()
            if code in survey.translations
        }
        found: dict[str, Survey] = {}
        for path in self._files(folder, last):
            survey = surveys.get(path.stem)
            if survey is None:
                self._no_original(path, surveys)
                continue
            one = self._read(path, code)
            if one is not None and not self._fits(one, survey, path):
                one = None
            if one is None and path.stem in last and _shape(last[path.stem]) == _shape(survey):
                one = last[path.stem]
            if one is not None:
                found[path.stem] = one
        return found

    def _files(self, folder: Path, last: Mapping[str, Survey]) -> Iterator[Path]:
        """Yield the files of a folder; those of `last` when it cannot be read now."""
        try:
            names = sorted(one.name for one in folder.iterdir() if one.suffix == ".yaml")
        except FileNotFoundError:
            return
        except OSError as error:
            self._wrong(
                folder, f"I cannot read this folder: {error.strerror}.", "Ask who may read it."
            )
            names = sorted(f"{name}.yaml" for name in last)
        for name in names:
            path = folder / name
            if name.startswith("."):
                continue
            if path.stem in RESERVED:
                self._wrong(path, RESERVED[path.stem], "Give this survey another name.")
            elif STEM.fullmatch(path.stem):
                yield path
            else:
                hint = "Use small letters, numbers and hyphens."
                self._wrong(path, "This file's name cannot be a survey.", hint)

    def _read(self, path: Path, language: str) -> Survey | None:
        """Return the survey of a file, or None when there is any mistake in it."""
        shown = self._site.shown(path)
        languages = self._site.settings.site.languages
        try:
            file = read_survey(
                path,
                shown=shown,
                symbols=self._symbols,
                languages=languages,
                translated=language != languages[0],
            )
        except ExceptionGroup as group:
            self.problems += [one for one in group.exceptions if isinstance(one, ContentError)]
            return None
        return _survey(path.stem, language, file, self._symbols.in_language(language))

    def _fits(self, one: Survey, survey: Survey, path: Path) -> bool:
        """Tell whether a translation asks the same as the survey; if not, say so."""
        if _shape(one) == _shape(survey):
            return True
        original = self._site.shown(self._site.content / "surveys" / path.name)
        self._wrong(
            path,
            f"This translation does not ask the same as {original}.",
            "Copy that file again and translate its words. Leave the rest as it is.",
        )
        return False

    def _no_original(self, path: Path, surveys: Mapping[str, Survey]) -> None:
        near = did_you_mean(path.stem, surveys)
        hint = f'Did you mean "{near[0]}"?' if near else ""
        self._wrong(path, f'There is no survey "{path.stem}" to translate.', hint)

    def _wrong(self, path: Path, problem: str, hint: str = "") -> None:
        self.problems.append(ContentError(self._site.shown(path), 1, problem, hint))


def _shape(survey: Survey) -> object:
    """Return all of a survey that a translation must not change."""
    return (
        survey.show_from,
        survey.show_until,
        survey.show_in,
        [
            (
                one.id,
                one.kind,
                [choice.id for choice in one.choices],
                [item.id for item in one.items],
                one.most,
                one.most_seconds,
                [ready.id for ready in one.ready],
                one.right,
            )
            for one in survey.questions
        ],
    )


def _survey(survey_id: str, language: str, file: SurveyFile, symbols: Finder) -> Survey:
    def choices(given: tuple[ChoiceFile, ...], otherwise: str = "") -> tuple[Choice, ...]:
        return tuple(
            Choice(one.id, one.words, symbols.find(one.symbol or otherwise)) for one in given
        )

    questions = tuple(
        Question(
            question.id,
            question.kind,
            question.ask,
            symbols.find(question.symbol),
            choices(question.answers, question.symbol),
            choices(question.items),
            question.most or 1,
            question.most_seconds or VOICE_SECONDS,
            choices(question.ready),
            question.right,
        )
        for question in file.questions
    )
    return Survey(
        survey_id,
        language,
        file.title,
        symbols.find(file.symbol),
        questions,
        file.thanks,
        file.show.from_,
        file.show.until,
        file.show.languages,
        original=file.original,
        translation_checked_by=file.translation_checked_by,
    )

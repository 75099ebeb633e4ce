"""What a site is called, what it speaks, and how strict its checker is."""

from __future__ import annotations

from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from kiosk.config.values import LanguageCode, ShortText, Table, WebAddress, as_tuple
from kiosk.located import Mistake


def _languages(codes: object) -> object:
    if not isinstance(codes, list):
        raise Mistake("must be a list.", 'Write it as ["en"].')
    for code in codes:
        if codes.count(code) > 1:
            raise Mistake(f'"{code}" is written twice.', "Keep one of them.")
    return tuple(codes)


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        hint = 'Write it as "Europe/London".'
        raise Mistake(f'"{name}" is not a time zone that I know.', hint) from None
    return name


class SiteName(Table):
    """What the site is called: its title, and the small line that is heard after it."""

    title: ShortText
    tagline: Annotated[str, Field(max_length=200)] = ""


class SiteSettings(SiteName):
    """What the site is called and the languages that it speaks, first one first.

    translated: what it is called in those of them that have a name of their own for it.
    web_address: where its pages are on the web, "" for nowhere: codes and leaflets lead there.
    """

    languages: Annotated[
        tuple[LanguageCode, ...], BeforeValidator(_languages), Field(min_length=1, max_length=20)
    ] = ("en",)
    timezone: Annotated[str, AfterValidator(_timezone)] = "Europe/London"
    translated: dict[LanguageCode, SiteName] = Field(default_factory=dict)
    web_address: WebAddress = ""

    @model_validator(mode="after")
    def _of_its_languages(self) -> SiteSettings:
        for code in self.translated:
            if code not in self.languages[1:]:
                problem = f'"{code}" is translated, but it is none of the other languages.'
                hint = "Write it into languages, after the first one, or take its table away."
                raise Mistake(problem, hint)
        return self

    def name_in(self, code: str) -> tuple[SiteName, str]:
        """Return what the site is called for people who read a language, and in which it is."""
        own = self.translated.get(code)
        return (own, code) if own else (self, self.languages[0])


class Ignored(Table):
    """Findings that are not shown: those of one rule in one file, or in all files of a folder."""

    path: ShortText
    rule: Annotated[str, Field(pattern=r"^ER\d\d$")]
    reason: ShortText


Most = Annotated[int, Field(ge=1, le=100_000)]


class EasyRead(Table):
    """How much the easy-read checker lets pass: each number is the most that is still good.

    Where there are two of a name, more than the first is a warning, more than `_most` an error.
    common_words: how many of the most frequent words of a language need no explanation. strict:
    tell each long sentence on its own, and what practised writers let pass.
    """

    strict: bool = False
    sentence_words: Most = 15
    sentence_words_most: Most = 20
    joins: Annotated[int, Field(ge=0, le=100)] = 1
    negatives: Annotated[int, Field(ge=0, le=100)] = 1
    commas: Annotated[int, Field(ge=0, le=100)] = 2
    capitals: Annotated[int, Field(ge=1, le=100)] = 3
    big_number: Annotated[int, Field(ge=1, le=1_000_000_000)] = 999
    common_words: Annotated[int, Field(ge=100, le=50_000)] = 5000
    idea_sentences: Most = 3
    idea_sentences_most: Most = 5
    idea_words: Most = 40
    idea_words_most: Most = 50
    page_ideas: Most = 12
    page_words: Most = 250
    title_words: Most = 8
    title_words_most: Most = 12
    picture_words: Most = 10
    review_months: Annotated[int, Field(ge=1, le=120)] = 12
    ignore: Annotated[tuple[Ignored, ...], BeforeValidator(as_tuple)] = ()

    def strictly(self) -> EasyRead:
        """Return the settings for `--strict`: the shortest sentences, and nothing let pass."""
        update = {
            "strict": True,
            "sentence_words": min(self.sentence_words, 12),
            "sentence_words_most": min(self.sentence_words_most, 15),
            "title_words_most": self.title_words,
        }
        return self.model_copy(update=update)

"""One file -> one page, or everything that is wrong with it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from kiosk.content.body import read_body
from kiosk.content.inline import PAGE_ID
from kiosk.content.model import Colour, Home, HomeChoice, Idea, Page, Source, Status
from kiosk.errors import ContentError
from kiosk.located import NO_DAY, Day, Located, Mistake, Read, check, is_to_do, parse_yaml
from kiosk.symbols import (
    Finder,
    Later,
    Symbol,
    WithOwn,
    fold,
    picture_name,
    picture_of,
    read_entries,
)
from kiosk.symbols.box import words_in_a_box

FENCE = "---"
_SHOWN = 20  # letters of a line that is not understood
_EMPTY = "This page has no ideas yet."
_BEGIN = 'Write the first one below, such as ":waving hand: Hello. We can help you."'
HOME = "home"
MAX_CHOICES = 5
MAX_ORDER = 9999

_RULE = re.compile(r"ER\d\d")
_DOCUMENT = re.compile(r"[A-Za-z0-9][\w.-]*\.pdf", re.IGNORECASE | re.ASCII)
_FINGERPRINT = re.compile(r"[0-9a-f]{8}")


def _id(value: str) -> str:
    if value and not PAGE_ID.fullmatch(value):
        raise Mistake(
            f'"{value}" cannot be the name of a page or folder.',
            "Use small letters, digits and hyphens.",
        )
    return value


ShortText = Annotated[str, Field(min_length=1, max_length=200)]
Name = Annotated[str, Field(max_length=100), AfterValidator(_id)]
Picture = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(picture_name)]


def _document(name: str) -> str:
    if name and not _DOCUMENT.fullmatch(name):
        raise Mistake(
            f'"{name[:40]}" is not the name of a PDF in assets/.',
            "Write it without a folder: strategy.pdf",
        )
    return name


def _of_a_translation(value: str, info: ValidationInfo) -> str:
    if not (info.context or {}).get("translated"):
        raise Mistake(
            f'"{info.field_name}" is for translations only. This is in the site\'s first language.',
            "Take the line away.",
        )
    return value


def _original(value: str) -> str:
    if value and not _FINGERPRINT.fullmatch(value):
        raise Mistake(f'"{value[:40]}" is not what "original" needs.', "kiosk check says what is.")
    return value


Original = Annotated[str, AfterValidator(_of_a_translation), AfterValidator(_original)]
TranslationCheckedBy = Annotated[str, Field(max_length=500), AfterValidator(_of_a_translation)]


class _ChoiceFacts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    title: ShortText
    line: Annotated[str, Field(max_length=200)] = ""
    symbol: Picture
    colour: Colour
    part: Name = ""
    survey: Name = ""

    @model_validator(mode="after")
    def _one_way(self) -> _ChoiceFacts:
        if bool(self.part) == bool(self.survey):
            raise Mistake('A choice needs "part" or "survey", and not both.')
        return self


def _rule(name: str) -> str:
    if not _RULE.fullmatch(name):
        raise Mistake(f'"{name[:40]}" is not the name of a rule.', "Write it as ER05.")
    return name


def _reason(words: str) -> str:
    if not words.strip():
        raise Mistake("A rule is ignored here without a reason.", 'Write it as ER05: "why".')
    return words


Ignored = dict[
    Annotated[str, AfterValidator(_rule)],
    Annotated[str, Field(max_length=500), AfterValidator(_reason)],
]


class _PageFacts(BaseModel):
    # `checked_by` stands before `status`, which looks at it.
    model_config = ConfigDict(extra="forbid", frozen=True)
    title: ShortText
    symbol: Picture
    order: Annotated[int, Field(ge=0, le=MAX_ORDER)] = 0
    source: Annotated[str, Field(min_length=1, max_length=500)]
    facts_checked: Day
    checked_by: Annotated[str, Field(max_length=500)] = ""
    status: Status
    review_by: Day
    contact: Annotated[str, Field(max_length=300)] = ""
    download: Annotated[str, Field(max_length=100), AfterValidator(_document)] = ""
    ignore: Ignored = Field(default_factory=dict)
    original: Original = ""
    translation_checked_by: TranslationCheckedBy = ""
    pictures: object = None  # read before the others

    @field_validator("status")
    @classmethod
    def _somebody_checked(cls, status: Status, info: ValidationInfo) -> Status:
        if status == "published" and not info.data.get("checked_by", "?"):
            raise Mistake(
                'The page is published, but "checked_by" is empty.',
                'Write who checked it, or make it "status: ready".',
            )
        return status


class _HomeFacts(_PageFacts):
    choices: Annotated[tuple[_ChoiceFacts, ...], Field(min_length=1, max_length=MAX_CHOICES)]

    @field_validator("status")
    @classmethod
    def _is_shown(cls, status: Status) -> Status:
        if status == "draft":
            raise Mistake("The home page cannot be a draft.", 'Make it "status: ready".')
        return status


def read_source(
    text: str,
    *,
    page_id: str,
    language: str,
    part: str | None,
    shown: Path,
    symbols: Finder,
    translated: bool = False,
) -> Source:
    """Read what can be read of a page's file; its mistakes are in `problems`.

    translated: the language is not the site's first one. The marks of its page are not yet
    resolved, and `stamp` is "": both depend on other files.
    """
    is_home = page_id == HOME
    lines = text.split("\n")
    try:
        end = _end_of_facts(lines, shown)
        node = parse_yaml("\n".join(lines[1:end]), shown=shown, first_line=2)
    except ContentError as error:
        return Source(page_id, language, shown, {}, (), (), None, (error,))
    own, in_pictures = _own_pictures(node, shown, symbols)
    symbols = WithOwn(symbols, own)
    facts, in_facts = check(
        _HomeFacts if is_home else _PageFacts,
        node,
        shown=shown,
        context={"symbols": symbols, "translated": translated},
    )
    body, in_body = read_body(lines[end + 1 :], first_line=end + 2, shown=shown, symbols=symbols)
    problems = [*in_pictures, *in_facts, *in_body]
    if not body.ideas and not problems and not is_home:
        problems.append(ContentError(shown, end + 2, _EMPTY, _BEGIN))
    if facts is not None and facts.status != "draft":
        problems.extend(_still_to_do(facts, node, body.ideas, shown))
    values = node.value if isinstance(node.value, dict) else {}
    in_order = tuple(sorted(problems, key=lambda one: one.line))
    source = Source(page_id, language, shown, values, body.ideas, body.headings, None, in_order)
    if facts is None or problems:
        return source
    return replace(source, page=_page(source, facts, part, symbols))


def _own_pictures(node: Located, shown: Path, symbols: Finder) -> Read[dict[str, Symbol]]:
    """Read the pictures that a page puts together for itself: folded name -> picture."""
    declared = node.value.get("pictures") if isinstance(node.value, dict) else None
    if declared is None:
        return Read({})
    entries, problems = read_entries(declared, shown=shown, name='"pictures"')
    # One that is wrong is told here, and not once more where the page shows it.
    names = declared.value if isinstance(declared.value, dict) else ()
    own = {fold(name): words_in_a_box(name) for name in names}
    wrong = list(problems)
    for name, entry in entries.items():
        try:
            own[fold(name)] = picture_of(entry, symbols, name=name, shown=shown)
        except ContentError as error:
            wrong.append(error)
    return Read(own, tuple(wrong))


def _page(source: Source, facts: _PageFacts, part: str | None, symbols: Finder) -> Page:
    page = Page(
        id=source.id,
        language=source.language,
        title=" ".join(facts.title.split()),
        symbol=symbols.find(facts.symbol),
        part=part,
        order=facts.order,
        source=facts.source,
        facts_checked=facts.facts_checked,
        status=facts.status,
        checked_by=facts.checked_by,
        review_by=facts.review_by,
        ideas=source.ideas,
        path=source.path,
        stamped=Later(str),
        original=facts.original,
        translation_checked_by=facts.translation_checked_by,
        download=facts.download,
    )
    if not isinstance(facts, _HomeFacts):
        return page
    values = {name: getattr(page, name) for name in Page.__dataclass_fields__}
    return Home(**values, choices=_choices(facts, source, symbols))


def _still_to_do(
    facts: _PageFacts, node: Located, ideas: tuple[Idea, ...], shown: Path
) -> list[ContentError]:
    """Name what a person has not yet filled in; only a draft may have that."""
    hint = 'Fill it in, or make the page "status: draft".'
    found = [
        ContentError(shown, node.key_lines[key], f'"{key}" is not filled in.', hint)
        for key, value in facts.model_dump().items()
        if value == NO_DAY or is_to_do(value)
    ]
    for idea in ideas:
        if is_to_do(idea.words):
            problem = f'The picture still says "{idea.words}".'
            found.append(ContentError(shown, idea.line, problem, hint))
        elif idea.symbol is not None and (
            is_to_do(idea.symbol.credit.creator) or is_to_do(idea.symbol.credit.licence)
        ):
            problem = "Nobody has said who made this picture, or why we may show it."
            found.append(ContentError(shown, idea.line, problem, hint))
    return found


def _end_of_facts(lines: list[str], shown: Path) -> int:
    """Return the index of the line that closes the front matter."""
    if not any(line.strip() for line in lines):
        raise ContentError(shown, 1, "This file is empty.", "Copy another page and change it.")
    if lines[0].rstrip() != FENCE and _is_dash(lines[0]):
        raise ContentError(shown, 1, *_of_a_dash(lines[0]))
    if lines[0].rstrip() != FENCE:
        raise ContentError(
            shown,
            1,
            'A page begins with a line of "---", then its title.',
            "Copy the first lines of another page.",
        )
    for index, line in enumerate(lines[1:], 1):
        if line.rstrip() == FENCE:
            return index
    dash = next((at for at, line in enumerate(lines[1:], 2) if _is_dash(line)), None)
    if dash is not None:
        raise ContentError(shown, dash, *_of_a_dash(lines[dash - 1]))
    raise ContentError(
        shown,
        1,
        "The first part of the page begins here and has no end.",
        'Write a line of "---" below it.',
    )


def _is_dash(line: str) -> bool:
    """Tell whether a line was meant as ---: word processors make a dash or a rule of it."""
    return bool(line.strip()) and not line.strip().strip(
        "-\u2010\u2011\u2012\u2013\u2014\u2015_\u2500"
    )


def _of_a_dash(line: str) -> tuple[str, str]:
    problem = f'This line is "{line.strip()[:_SHOWN]}". Here 3 hyphens are needed: ---'
    return problem, "Word may have made a dash of them. Write the 3 hyphens again."


def _choices(facts: _HomeFacts, source: Source, symbols: Finder) -> tuple[HomeChoice, ...]:
    items = source.facts["choices"].value
    assert isinstance(items, tuple)  # noqa: S101 - the model has just accepted it
    return tuple(
        HomeChoice(
            title=one.title,
            symbol=symbols.find(one.symbol),
            colour=one.colour,
            part=one.part or None,
            survey=one.survey or None,
            begins=item.line,
            line=" ".join(one.line.split()),
        )
        for one, item in zip(facts.choices, items, strict=True)
    )

"""Checks a site: all its pages, and the other texts that it is given."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kiosk.config import EasyRead, Site
from kiosk.content import Library, Snapshot, Source, Words
from kiosk.content.forms import base_forms
from kiosk.easyread.explained import explained_in
from kiosk.easyread.language_pack import LanguagePack, Phrases, load_language_pack
from kiosk.easyread.model import LOADING, TRANSLATION, Finding, Hit, Text, straight
from kiosk.easyread.reading import Summary, summarise
from kiosk.easyread.rule import Context, Rule, Sheet
from kiosk.easyread.rules import RULES
from kiosk.easyread.rules.vocabulary import names_in
from kiosk.easyread.sheets import page_sheet, text_sheets
from kiosk.easyread.translations import Edition, Lacks, compare, page_editions
from kiosk.errors import ContentError


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was found.

    findings: by path and line. pages: a summary of each page. files: all that were looked at.
    notes: what did not run. languages: what each language but the first one lacks.
    """

    findings: tuple[Finding, ...]
    pages: tuple[Summary, ...]
    files: frozenset[Path] = frozenset()
    notes: tuple[str, ...] = ()
    languages: tuple[Lacks, ...] = ()

    def told_once(self) -> CheckResult:
        """Return the same, with each hard word and the like at its first place only."""
        seen: set[tuple[str, str]] = set()
        kept = []
        for one in self.findings:
            if one.once and (one.code, one.once) in seen:
                continue
            seen.add((one.code, one.once))
            kept.append(one)
        return replace(self, findings=tuple(kept))

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(one.severity == "E" for one in self.findings)

    def only(self, paths: Collection[Path]) -> CheckResult:
        """Return what concerns these files, or files in these folders: no whole language."""

        def is_asked(path: Path) -> bool:
            return any(path.is_relative_to(one) for one in paths)

        return CheckResult(
            tuple(one for one in self.findings if is_asked(one.path)),
            tuple(one for one in self.pages if is_asked(one.path)),
            frozenset(one for one in self.files if is_asked(one)),
            self.notes,
        )


class Checker:
    """Checks one site, again and again: a file that has not changed is not looked at twice."""

    def __init__(self, site: Site, library: Library | None = None) -> None:
        self.site = site
        self.library = library or Library(site)
        self._pages: dict[Path, _Checked] = {}
        self._read_pages: dict[Path, _Read] = {}
        self._contexts: dict[str, tuple[object, Context]] = {}
        self._taught: dict[str, tuple[Context, frozenset[Told], Context]] = {}
        self._other_sheets: dict[str, _Others] = {}

    def check(
        self,
        texts: Iterable[Text] = (),
        problems: Iterable[ContentError] = (),
        surveys: Iterable[Edition] = (),
        *,
        warnings: Iterable[ContentError] = (),
        today: date | None = None,
        now: Snapshot | None = None,
    ) -> CheckResult:
        """Check the pages as the library holds them, and texts of other files.

        problems: mistakes that make those other files useless. surveys: in all languages. warnings:
        what else other rooms have to say of files. today: the day to check by; the day that it is
        without. now: what the library would hold, instead of what it holds.
        """
        now = now or self.library.now
        problems = tuple(problems)
        today = today or self.site.today()
        languages = self.site.settings.site.languages
        contexts = {
            code: self._context(code, now.words.get(code, Words()), today) for code in languages
        }
        read = [self._read(source, contexts[source.language]) for source in now.sources]
        self._read_pages = {one.sheet.path: one for one in read}
        contexts = {code: self._learned(code, context, read) for code, context in contexts.items()}
        checked = [self._page(one, contexts[one.source.language]) for one in read]
        self._pages = {page.sheet.path: page for page in checked}
        findings = [
            finding for page in checked for finding in (*page.findings, *_unknown(page.source))
        ]
        sheets = [page.sheet for page in checked]
        texts = tuple(texts)
        for code, context in contexts.items():
            given = tuple(text for text in texts if (text.language or languages[0]) == code)
            known = self._others(code, given, tuple(self._meanings(code, now)), context)
            others, meanings = known.sheets, known.meanings
            findings += known.findings
            # words.yaml explains all words for a thing, so it may use them side by side.
            pages = [page.sheet for page in checked if page.sheet.language == code]
            findings += _across([*pages, *others], context)
            sheets += [*others, *meanings]
        findings += [
            Finding(LOADING, problem.path, problem.line, 1, "E", problem.problem, problem.hint)
            for problem in (*now.problems, *problems)
            if problem.rule not in RULES
        ]
        findings += [
            Finding(LOADING, one.path, one.line, 1, "W", one.problem, one.hint) for one in warnings
        ]
        findings += _same_order(now.sources)
        stale, lacks = compare([*page_editions(now.sources), *surveys], languages)
        findings += stale
        kept = [finding for finding in findings if not self._is_ignored(finding)]
        files = {sheet.path for sheet in sheets} | {
            problem.path for problem in (*now.problems, *problems)
        }
        return CheckResult(
            in_order(kept),
            tuple(page.summary for page in checked),
            frozenset(files),
            tuple(notes(contexts.values())),
            lacks,
        )

    def _others(
        self, code: str, given: tuple[Text, ...], meanings: tuple[Text, ...], context: Context
    ) -> _Others:
        """Check the texts that are on no page, unless they are those of the last time."""
        old = self._other_sheets.get(code)
        if old is not None and old.texts == (given, meanings) and old.context is context:
            return old
        sheets = text_sheets(given, code), text_sheets(meanings, code)
        found = [one for kind in sheets for sheet in kind for one in check_sheet(sheet, context)]
        new = self._other_sheets[code] = _Others((given, meanings), context, *sheets, found)
        return new

    def _meanings(self, code: str, now: Snapshot) -> list[Text]:
        """Return what words.yaml says of hard words: it must be easy itself."""
        path = self.site.shown(self.site.content / code / "words.yaml")
        words = now.words.get(code, Words())
        return [
            Text(path, one.place.line, " ".join(one.means.split()), one.place.column)
            for one in words.hard_words.values()
        ]

    def _read(self, source: Source, context: Context) -> _Read:
        old = self._read_pages.get(source.path)
        if old is not None and old.source is source and old.context is context:
            return old
        sheet = page_sheet(source, self.library.symbols)
        return _Read(source, context, sheet, told_by(sheet, context))

    def _learned(self, code: str, context: Context, read: Iterable[_Read]) -> Context:
        """Return the context with what this language's pages tell that visitors may read."""
        told = frozenset(
            one.told
            for one in read
            if one.source.language == code and one.source.page and one.source.page.status != "draft"
        )
        known = self._taught.get(code)
        if known is None or known[0] is not context or known[1] != told:
            known = self._taught[code] = (context, told, learn(context, told))
        return known[2]

    def _page(self, read: _Read, context: Context) -> _Checked:
        old = self._pages.get(read.sheet.path)
        if old is not None and old.read is read and old.context is context:
            return old
        findings = check_sheet(read.sheet, context, read.told)
        return _Checked(read, context, findings, summarise(read.sheet))

    def _context(self, code: str, words: Words, today: date) -> Context:
        ideas = frozenset(self.library.symbols.ideas)
        key = (words, today, ideas)
        known = self._contexts.get(code)
        if known is not None and known[0] == key:
            return known[1]
        site = self.site.settings.site
        context = make_context(
            self.site.settings.easyread,
            load_language_pack(code),
            words,
            today,
            titles=(site.name_in(code)[0].title, site.name_in(code)[0].tagline),
            ideas=ideas,
        )
        self._contexts[code] = (key, context)
        return context

    def _is_ignored(self, finding: Finding) -> bool:
        if finding.code in (LOADING, TRANSLATION) or RULES[finding.code].keeps_back:
            return False
        for one in self.site.settings.easyread.ignore:
            if finding.code == one.rule and finding.path.is_relative_to(one.path):
                return True
        page = self._pages.get(finding.path)
        ignored = page.source.facts.get("ignore") if page is not None else None
        return (
            ignored is not None
            and isinstance(ignored.value, dict)
            and (finding.code in ignored.value)
        )


@dataclass(frozen=True, slots=True)
class _Read:
    source: Source
    context: Context
    sheet: Sheet
    told: Told


@dataclass(frozen=True, slots=True)
class _Others:
    """The texts of one language that are on no page: sheets of files, and of hard words."""

    texts: tuple[tuple[Text, ...], tuple[Text, ...]]
    context: Context
    sheets: list[Sheet]
    meanings: list[Sheet]
    findings: list[Finding]


@dataclass(frozen=True, slots=True)
class _Checked:
    read: _Read
    context: Context
    findings: tuple[Finding, ...]
    summary: Summary

    @property
    def source(self) -> Source:
        return self.read.source

    @property
    def sheet(self) -> Sheet:
        return self.read.sheet


def make_context(
    settings: EasyRead,
    pack: LanguagePack,
    words: Words,
    today: date,
    *,
    titles: Iterable[str] = (),
    ideas: frozenset[str] = frozenset(),
) -> Context:
    """Put together what the rules know of one language of a site."""
    always = {phrase.casefold(): phrase for phrase in pack.ordered("always_explain")}
    terms = {spelt: low for low, spelt in always.items()}
    explained: set[str] = set()
    for key, hard_word in words.hard_words.items():
        name = next((form for form in base_forms(key, pack.language) if form in always), key)
        explained.update((name, key))
        if key not in always:
            terms[hard_word.word if hard_word.word.isupper() else key] = name
    return Context(
        settings,
        pack,
        Phrases(terms, pack.language),
        exact_words(words.official),
        frozenset(explained),
        frozenset(word.casefold() for word in words.allow),
        _capitalised([*words.official, *titles]),
        ideas,
        today,
    )


def _capitalised(texts: Iterable[str]) -> frozenset[str]:
    passages = (Text(Path(), 1, one, label=True).passages()[0] for one in texts if one)
    return frozenset(
        word.low for passage in passages for word in passage.words if word.word[0].isupper()
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What one file tells of its site: the words that it explains, and the names in it."""

    explained: frozenset[str]
    names: frozenset[str]


def told_by(sheet: Sheet, context: Context) -> Told:
    """Read a file for what it explains; this comes before its check."""
    for passage in sheet.passages:
        if context.official is not None:
            passage.kept = tuple(one.span() for one in context.official.finditer(passage.text))
    return Told(explained_in(sheet, context), names_in(sheet))


def learn(context: Context, told: Iterable[Told]) -> Context:
    """Return the context with what these files tell, so that no page is asked for it again."""
    known = tuple(told)
    if context.settings.strict or not known:
        return context
    names = context.names.union(*(one.names for one in known))
    learned = frozenset[str]().union(*(one.explained for one in known))
    return replace(context, names=names, learned=learned)


def check_sheet(sheet: Sheet, context: Context, told: Told | None = None) -> tuple[Finding, ...]:
    """Run the rules that look at one file. told: what it tells, where that was read before."""
    here = replace(context, here=(told or told_by(sheet, context)).explained)
    return tuple(
        _finding(rule, hit)
        for rule in _running(context)
        if rule.find is not None
        for hit in rule.find(sheet, here)
    )


def exact_words(texts: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern of these texts as they are written; capitals make no difference."""
    longest_first = sorted({straight(one) for one in texts}, key=len, reverse=True)
    found = [r"\s+".join(map(re.escape, one.split())) for one in longest_first]
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)", re.I) if found else None


def _unknown(source: Source) -> Iterator[Finding]:
    """Yield the rules that a page ignores and that are not there."""
    ignored = source.facts.get("ignore")
    if ignored is None or not isinstance(ignored.value, dict):
        return
    for code, line in ignored.key_lines.items():
        if code not in RULES and source.page is not None:
            problem, hint = f'There is no rule "{code}".', f"They go to {max(RULES)}."
            yield Finding(LOADING, source.path, line, 1, "E", problem, hint)


def _same_order(sources: Iterable[Source]) -> Iterator[Finding]:
    """Yield the pages of a folder that ask for one and the same place in its order."""
    first: dict[tuple[Path, str], Path] = {}
    for source in sources:
        order = source.facts.get("order")
        if order is None or not isinstance(order.value, str) or not order.value:
            continue
        if source.page is None or source.page.status == "draft":
            continue
        other = first.setdefault((source.path.parent, order.value), source.path)
        if other != source.path:
            problem = f'"order: {order.value}" is also the order of {other}.'
            hint = "Give each page of a part its own number."
            yield Finding(LOADING, source.path, order.line, 1, "W", problem, hint)


def _across(sheets: Sequence[Sheet], context: Context) -> list[Finding]:
    return [
        _finding(rule, hit)
        for rule in _running(context)
        if rule.across is not None
        for hit in rule.across(sheets, context)
    ]


def _running(context: Context) -> list[Rule]:
    return [one for one in RULES.values() if context.pack.is_there or not one.needs_words]


def notes(contexts: Iterable[Context]) -> Iterator[str]:
    """Say which rules did not run for which language."""
    without = [f'"{one.pack.language}"' for one in contexts if not one.pack.is_there]
    if without:
        silent = ", ".join(one.id for one in RULES.values() if one.needs_words)
        languages = f"language{'' if len(without) == 1 else 's'} {', '.join(without)}"
        yield (
            f"There are no word lists for the {languages} yet. "
            f"These rules did not run there: {silent}."
        )


def _finding(rule: Rule, hit: Hit) -> Finding:
    place = (hit.path, hit.line, hit.column)
    once = hit.once and f"{rule.id} {hit.once}"
    return Finding(rule.id, *place, hit.severity, hit.problem, hit.hint, hit.fix, once)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return each finding once, by path and place."""
    unique = dict.fromkeys(findings)
    return tuple(
        sorted(unique, key=lambda one: (str(one.path), one.line, one.column, one.code, str(one)))
    )

"""The pages of a site, kept up to date while staff write."""

from __future__ import annotations

import copy
import hashlib
import threading
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kiosk.config import Site
from kiosk.content.documents import find_documents, wrong_documents
from kiosk.content.listing import Listing
from kiosk.content.model import Home, Language, Page, Source
from kiosk.content.page import HOME, read_source
from kiosk.content.places import PagePlace, find_pages, find_surveys, is_missing
from kiosk.content.resolve import Names, digest, resolve_home, resolve_page
from kiosk.content.words import Words, read_words
from kiosk.errors import ContentError
from kiosk.files import Stamp
from kiosk.located import Read, read_text
from kiosk.symbols import Finder, Later, Noted, SymbolBook, WithBoxes


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the library held at one moment; it never changes.

    languages: code -> Language, in the order of the settings. problems: by path and line.
    digested: gives its `version`. sources: every page's file that
    can be read, by path; words: code -> its words.yaml, also of a language without a home page.
    """

    languages: dict[str, Language] = field(default_factory=dict)
    problems: tuple[ContentError, ...] = ()
    digested: Later[str] = field(default_factory=lambda: Later(str))
    sources: tuple[Source, ...] = ()
    words: dict[str, Words] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """Changes when, and only when, what is served changes."""
        return self.digested.made


@dataclass(frozen=True, slots=True)
class _File:
    """A page's file: what was on disk, its last good page, and what is wrong with it now.

    symbols: what was found for the names of pictures in it.
    """

    stamp: Stamp
    page: Page | None
    source: Source | None
    problems: tuple[ContentError, ...]
    symbols: Noted


@dataclass(frozen=True, slots=True)
class _Resolved:
    """A page as its file has it, and with its links put right."""

    page: Page
    resolved: Page
    problems: tuple[ContentError, ...]


@dataclass(frozen=True, slots=True)
class _WordsFile:
    stamp: Stamp | None = None
    read: Read[Words] = field(default_factory=lambda: Read(Words()))


class Library:
    """All pages of a site.

    `refresh` looks at the disk and reads only what has changed. Reading from several threads is
    safe at any time: everything is built anew and then put in place in one step.
    """

    def __init__(self, site: Site) -> None:
        self.symbols = SymbolBook(site)
        self._site = site
        self._lock = threading.Lock()
        self._files: dict[Path, _File] = {}
        self._words: dict[str, _WordsFile] = {}
        self._homes: dict[str, Home] = {}
        self._resolved: dict[str, tuple[Names, dict[str, _Resolved]]] = {}  # by language, by page
        self._now = Snapshot()
        self._listing: Listing | None = None  # by which all of what is held was read
        self._again = False  # pictures have changed, and the pages have not been read anew
        self._places: dict[Path, PagePlace] = {}
        self._surveys: frozenset[str] = frozenset()
        self._shown_draft: Path | None = None
        self.refresh()

    @property
    def now(self) -> Snapshot:
        """Languages, problems and version of one and the same moment."""
        return self._now

    @property
    def languages(self) -> dict[str, Language]:
        """Code -> language; one without a good home page is not there."""
        return self._now.languages

    @property
    def problems(self) -> tuple[ContentError, ...]:
        """Everything that is wrong with the files, by path and line."""
        return self._now.problems

    @property
    def version(self) -> str:
        """A digest of everything that is served, in hex."""
        return self._now.version

    def refresh(self) -> bool:
        """Look at the disk; True when what is served, or what is wrong, has changed."""
        with self._lock:
            again = self._again = self.symbols.refresh() or self._again
            listing = Listing(self._site.root)
            places = find_pages(self._site, listing)
            surveys = find_surveys(self._site, listing, self._surveys)
            find_documents(self._site, listing)
            if self._listing is not None and listing.same_as(self._listing) and not again:
                return False
            self._files = self._read_pages(listing, places, again)
            changed = self._put_together(listing, places, surveys, again=again)
            # Last of all: what came to no end is looked at again.
            self._listing, self._places, self._surveys = listing, places, surveys
            self._again = False
            return changed

    def with_text(self, path: Path, text: str, *, shown: bool = False) -> Snapshot:
        """Return what the library would hold if this page's file had this text; it keeps nothing.

        path: of a page that is there. shown: also if it is a draft, it is among the pages, as if it
        were ready. Raises ContentError for a hidden character.
        """
        with self._lock:
            file, place = self._files.get(path), self._places.get(path)
            if file is None or place is None or self._listing is None:
                return self._now
            symbols = Noted(self.symbols.in_language(place.language))
            other = copy.copy(self)
            other._files = {**self._files, path: self._read_text(path, place, file, symbols, text)}
            other._words, other._homes = dict(self._words), dict(self._homes)
            other._resolved = dict(self._resolved)
            other._shown_draft = path if shown else None
            other._put_together(self._listing, self._places, self._surveys, again=False)
            return other._now

    def _put_together(
        self,
        listing: Listing,
        places: dict[Path, PagePlace],
        surveys: frozenset[str],
        *,
        again: bool,
    ) -> bool:
        languages: dict[str, Language] = {}
        first, *_ = self._site.settings.site.languages
        sources = [one.source for one in self._files.values() if one.source is not None]
        lost = wrong_documents(self._site, listing, sources)
        problems = [*listing.problems, *self.symbols.problems, *lost.values()]
        for code in self._site.settings.site.languages:
            here = {path: one for path, one in places.items() if one.language == code}
            words, wrong = self._read_words(code, listing, again)
            problems += wrong
            lent = languages[first].pages if first in languages else {}
            language, wrong = self._language(code, here, words, surveys, lent, lost)
            problems += wrong
            if language is not None:
                languages[code] = language
        problems += [error for one in self._files.values() for error in one.problems]
        return self._put_in_place(languages, problems)

    def _put_in_place(
        self, languages: dict[str, Language], problems: Iterable[ContentError]
    ) -> bool:
        unique = {(str(one.path), one.line, str(one)): one for one in problems}
        sorted_problems = tuple(unique[key] for key in sorted(unique))
        old = self._now
        sources = [self._files[path].source for path in sorted(self._files)]
        self._now = Snapshot(
            languages,
            sorted_problems,
            Later(_version, tuple(languages.values())),
            tuple(one for one in sources if one is not None),
            {code: one.read.value for code, one in self._words.items()},
        )
        if not old.languages and languages:
            return True  # nobody asks yet what its pictures look like
        return old.version != self._now.version or [str(one) for one in old.problems] != [
            str(one) for one in sorted_problems
        ]

    def _read_pages(
        self, listing: Listing, places: dict[Path, PagePlace], again: bool
    ) -> dict[Path, _File]:
        files: dict[Path, _File] = {}
        for path, place in places.items():
            old = self._files.get(path)
            stamp = listing.files[path]
            same = old is not None and old.stamp == stamp
            symbols = self.symbols.in_language(place.language)
            if old is not None and same and (not again or old.symbols.as_by(symbols)):
                files[path] = old
            else:
                files[path] = self._read_page(path, place, stamp, old, Noted(symbols))
        for path, old in self._files.items():
            if any(path.is_relative_to(folder) for folder in listing.closed):
                files.setdefault(path, old)  # not known to be gone
        return files

    def _read_page(
        self, path: Path, place: PagePlace, stamp: Stamp, old: _File | None, symbols: Noted
    ) -> _File:
        shown = self._site.shown(path)
        try:
            text = read_text(path, shown=shown)
        except ContentError as error:
            return _File(stamp, old.page if old else None, None, (error,), symbols)
        before = old or _File(stamp, None, None, (), symbols)
        return self._read_text(path, place, replace(before, stamp=stamp), symbols, text)

    def _read_text(
        self, path: Path, place: PagePlace, old: _File, symbols: Noted, text: str
    ) -> _File:
        """Read a text as the page of a file. old: its stamp, and its last good page."""
        shown = self._site.shown(path)

        def read(symbols: Finder) -> Source:
            return read_source(
                text,
                page_id=place.id,
                language=place.language,
                part=place.part,
                shown=shown,
                symbols=symbols,
                translated=place.language != self._site.settings.site.languages[0],
            )

        source = read(symbols)
        page = source.page
        if page is None:
            # Only pictures may be missing; otherwise the last good page stays.
            page = read(WithBoxes(symbols)).page or old.page
        return _File(old.stamp, page, source, source.problems, symbols)

    def _read_words(self, code: str, listing: Listing, again: bool) -> Read[Words]:
        path = self._site.content / code / "words.yaml"
        old = self._words.get(code, _WordsFile())
        stamp = listing.files.get(path)
        if stamp is None:
            gone = not any(path.is_relative_to(folder) for folder in listing.closed)
            new = _WordsFile() if gone else old
        elif stamp == old.stamp and not again:
            new = old
        else:
            shown = self._site.shown(path)
            try:
                text = read_text(path, shown=shown)
            except ContentError as error:
                new = _WordsFile(stamp, Read(old.read.value, (error,)))
            else:
                symbols = self.symbols.in_language(code)
                before = old.read.value
                read = read_words(text, shown=shown, symbols=symbols, before=before)
                new = _WordsFile(stamp, read)
        self._words[code] = new
        return new.read

    def _language(
        self,
        code: str,
        places: dict[Path, PagePlace],
        words: Words,
        surveys: frozenset[str],
        lent: Mapping[str, Page],
        lost: Collection[Path],
    ) -> Read[Language | None]:
        """Put the pages of one language together, and their links right.

        lent: finished pages of the first language; those that are missing here are borrowed.
        lost: pages whose document is not good: they are shown without it.
        """
        problems: list[ContentError] = []
        first: dict[str, Path] = {}
        shown: list[Page] = []
        pages = {path: self._files[path].page for path in places}
        pages |= {
            path: file.page  # also of a folder that cannot be read now
            for path, file in self._files.items()
            if file.page is not None and file.page.language == code
        }
        for path in sorted(pages):
            page = pages[path]
            page_id = path.stem
            if page_id in first or page_id in surveys:
                where, survey = self._site.shown(path), Path("content/surveys") / f"{page_id}.yaml"
                other = self._site.shown(first.get(page_id, survey))
                problem = f'The name "{page_id}" is used twice; the other is {other}.'
                problems.append(ContentError(where, 1, problem, "Give this page another name."))
                continue
            first[page_id] = path
            if page is not None and path == self._shown_draft and page.status == "draft":
                page = replace(page, status="ready")
            if page is not None and page_id != HOME and page.status != "draft":
                shown.append(replace(page, download="") if page.path in lost else page)
        ids = frozenset(page.id for page in shown)
        names = Names(ids | lent.keys() | surveys | {HOME}, frozenset(first), words.hard_words)
        done, wrong = self._resolve(code, shown, names)
        problems += wrong
        done += [page for name, page in lent.items() if name not in ids]
        parts = _parts(done)
        unresolved, wrong = self._home(code, pages)
        problems += wrong
        if unresolved is None:
            return Read(None, tuple(problems))
        home, wrong = resolve_home(unresolved, names, parts.keys(), surveys)
        problems += wrong
        if code in self.languages and self.languages[code].home == home:
            home = self.languages[code].home
        ahead = [choice.part for choice in home.choices if choice.part is not None]
        order = list(dict.fromkeys([*ahead, *sorted(parts)]))
        language = Language(
            code=code,
            home=home,
            parts={name: parts[name] for name in order},
            pages={page.id: page for name in order for page in parts[name]}
            | {page.id: page for page in done if page.part is None},
            hard_words=words.hard_words,
            say=words.say,
            official=words.official,
        )
        return Read(language, tuple(problems))

    def _resolve(self, code: str, pages: Iterable[Page], names: Names) -> Read[list[Page]]:
        """Resolve the pages of a language; one that stays as it was also stays the same object.

        So others see at once that there is nothing to do for it.
        """
        old_names, before = self._resolved.get(code, (None, {}))
        is_same = names == old_names
        done: dict[str, _Resolved] = {}
        for page in pages:
            old = before.get(page.id)
            if old is not None and is_same and old.page is page:
                done[page.id] = old
                continue
            resolved, problems = resolve_page(page, names)
            if old is not None and old.resolved == resolved:
                resolved = old.resolved
            done[page.id] = _Resolved(page, resolved, problems)
        self._resolved[code] = (names, done)
        found = [problem for one in done.values() for problem in one.problems]
        return Read([one.resolved for one in done.values()], tuple(found))

    def _home(self, code: str, pages: dict[Path, Page | None]) -> Read[Home | None]:
        problems: list[ContentError] = []
        path = self._site.content / code / f"{HOME}.md"
        page = pages.get(path)
        if path not in pages and not is_missing(path.parent):
            where = self._site.shown(path)
            hint = "Without it nobody can begin."
            problems.append(ContentError(where, 1, "There is no home page.", hint))
        if isinstance(page, Home):
            self._homes[code] = page
        return Read(self._homes.get(code), tuple(problems))


def _version(languages: tuple[Language, ...]) -> str:
    return hashlib.sha256(repr([digest(one) for one in languages]).encode()).hexdigest()


def _parts(pages: Iterable[Page]) -> dict[str, tuple[Page, ...]]:
    parts: dict[str, list[Page]] = {}
    for page in sorted(pages, key=lambda one: (one.order, one.title, one.id)):
        if page.part is not None:
            parts.setdefault(page.part, []).append(page)
    return {name: tuple(inside) for name, inside in parts.items()}

"""What is asked for by name: a page, or a part of the site, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kiosk.config import Site
from kiosk.content import Home, Language, Page, Snapshot
from kiosk.content.page import HOME
from kiosk.errors import ContentError, NotExported
from kiosk.located import did_you_mean
from kiosk.screen.taken import makes_poster


@dataclass(frozen=True, slots=True)
class Chosen:
    """A page, or the pages of a part in their order, or all pages of a site.

    name: what it was asked for by; "" for a whole site. originals: id -> the page in the site's
    first language, where that is another one.
    """

    name: str
    language: Language
    pages: tuple[Page, ...]
    originals: Mapping[str, Page] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What it is called: the title of its first page."""
        return self.pages[0].title


def choose(site: Site, now: Snapshot, code: str, names: Iterable[str]) -> list[Chosen]:
    """Return what the names stand for in a language, in the order of the names.

    A part has the name of its folder; where its first page has the same name, it is the part.
    Raises NotExported for a name that there is not, and ContentError for a mistake in its file.
    """
    language = _language(site, now, code)
    return [_one(site, now, language, name) for name in names]


def all_of(now: Snapshot, code: str, *, pages_too: bool) -> list[Chosen]:
    """Return each part of the site in a language, and each page (pages_too); home is neither."""
    language = now.languages.get(code)
    if language is None:
        return []
    originals = _originals(now, code)
    found = [
        Chosen(name, language, own, originals)
        for name, pages in language.parts.items()
        if (own := _own(pages, code))
    ]
    taken = {one.name for one in found}
    if pages_too:
        own = _own(language.pages.values(), code)
        found += [Chosen(one.id, language, (one,), originals) for one in own if one.id not in taken]
    for one in found:
        _stop_on_mistakes(now, one.pages)
    return found


def whole(now: Snapshot, code: str) -> Chosen | None:
    """Return the whole site in a language, part after part; None when it has no page there."""
    language = now.languages.get(code)
    if language is None:
        return None
    in_parts = [page for pages in language.parts.values() for page in pages]
    others = [page for page in language.pages.values() if page not in in_parts]
    pages = _own([*in_parts, *others], code)
    _stop_on_mistakes(now, pages)
    return Chosen("", language, pages, _originals(now, code)) if pages else None


def _originals(now: Snapshot, code: str) -> Mapping[str, Page]:
    first = next(iter(now.languages.values()), None)
    return {} if first is None or first.code == code else first.pages


def on_paper(now: Snapshot, page: Page) -> tuple[Chosen, bool]:
    """Return what a page is when it is printed, and whether that is a poster.

    One that leads to the others of its part is a poster of them, any other one a leaflet. A page
    that is lent goes out in its own language.
    """
    language = now.languages[page.language]
    originals = _originals(now, language.code)
    part = language.parts.get(page.part or "", ())
    if part and part[0] is page and makes_poster(part) and part == _own(part, language.code):
        return Chosen(page.part or "", language, part, originals), True
    return Chosen(page.id, language, (page,), originals), False


def _own(pages: Iterable[Page], code: str) -> tuple[Page, ...]:
    return tuple(page for page in pages if page.language == code and not isinstance(page, Home))


def _language(site: Site, now: Snapshot, code: str) -> Language:
    languages = site.settings.site.languages
    if code not in languages:
        known = ", ".join(languages)
        raise NotExported(f'The site has no language "{code}". It has: {known}.')
    if code not in now.languages:
        _stop_on_mistakes_of(now, code, HOME)
        raise NotExported(f"content/{code}/{HOME}.md:1: There is no home page in this language.")
    return now.languages[code]


def _one(site: Site, now: Snapshot, language: Language, name: str) -> Chosen:
    code = language.code
    if name in language.parts:
        pages = _own(language.parts[name], code)
    else:
        _stop_on_mistakes_of(now, code, name)
        page = language.pages.get(name)
        if page is None:
            raise _unknown(now, language, name)
        pages = _own([page], code)
    if not pages:
        first = site.settings.site.languages[0]
        lent = (language.pages.get(name) or language.parts[name][0]).path
        hint = f"Translate it (kiosk new translation {code} {name}), or use --language {first}."
        raise ContentError(lent, 1, f'"{name}" is not there in "{code}".', hint)
    _stop_on_mistakes(now, pages)
    return Chosen(name, language, pages, _originals(now, code))


def _unknown(now: Snapshot, language: Language, name: str) -> Exception:
    for source in now.sources:
        if source.id == name and source.language == language.code and name != HOME:
            problem = "This page is a draft that the kiosk does not show."
            return ContentError(source.path, 1, problem, "When it is good, write status: ready.")
    near = did_you_mean(name, [*language.parts, *language.pages])
    hint = f'Did you mean "{near[0]}"?' if near else f"Parts: {', '.join(language.parts)}."
    return NotExported(f'There is no page and no part "{name}" to take home. {hint}')


def _stop_on_mistakes_of(now: Snapshot, code: str, name: str) -> None:
    for source in now.sources:
        if source.id == name and source.language == code and source.problems:
            raise source.problems[0]


def _stop_on_mistakes(now: Snapshot, pages: Iterable[Page]) -> None:
    paths = {page.path for page in pages}
    for problem in now.problems:
        if problem.path in paths:
            raise problem

"""A translation to write: a copy of a page or of a survey that knows what it was made from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kiosk.config import Site
from kiosk.content import Library, fingerprint
from kiosk.editor.save import Files
from kiosk.errors import PageNotMade
from kiosk.feedback.survey.survey import load_surveys, survey_fingerprint
from kiosk.located import did_you_mean, read_text

_FENCE = "---"
_STATUS = re.compile(r"^status:.*$", re.M)
_CHECKED_BY = re.compile(r"^checked_by:.*$", re.M)


@dataclass(frozen=True, slots=True)
class NewTranslation:
    """Where a translation was begun, and from what. is_shown: visitors see it already."""

    path: Path
    original: Path
    is_shown: bool


def new_translation(site: Site, language: str, name: str) -> NewTranslation:
    """Copy the page or survey `name` of the site's first language into another language.

    A page becomes a draft, for its words are still the old ones; a home page cannot be one. Raises
    PageNotMade where there is nothing to copy or a translation already: none is written over.
    """
    first, *others = site.settings.site.languages
    if language not in others:
        known = ", ".join(others) or "no other one"
        hint = "Write it into kiosk.toml first: [site] languages."
        raise PageNotMade(
            f'The site has no language "{language}" to translate into. It has: {known}. {hint}'
        )
    library = Library(site)
    pages = {source.id: source for source in library.now.sources if source.language == first}
    surveys, _ = load_surveys(site, library.symbols)
    if name in pages:
        source = pages[name]
        if source.page is None:
            raise PageNotMade(f"{source.path} has mistakes. To see them: kiosk check {source.path}")
        original = site.root / source.path
        path = site.content / language / original.relative_to(site.content / first)
        text = _page(read_text(original, shown=source.path), fingerprint(source.page))
        text = text if name == "home" else _STATUS.sub("status: draft", text, count=1)
    elif name in surveys:
        original = site.content / "surveys" / f"{name}.yaml"
        path = site.content / language / "surveys" / original.name
        words = read_text(original, shown=site.shown(original))
        text = _keys(survey_fingerprint(surveys[name])) + words
    else:
        near = did_you_mean(name, [*pages, *surveys])
        hint = f' Did you mean "{near[0]}"?' if near else ""
        raise PageNotMade(f'There is no page or survey "{name}" in the language "{first}".{hint}')
    with Files(site) as files:
        files.create(path, text.encode())
    return NewTranslation(path, original, is_shown=name == "home" or name in surveys)


def _page(text: str, original: str) -> str:
    """Put the keys of a translation at the end of the first part of a page."""
    before, facts, body = re.split(rf"^{_FENCE}\s*\n", text, maxsplit=2, flags=re.M)
    facts = _CHECKED_BY.sub("checked_by:", facts)  # nobody has read the new words yet
    return f"{before}{_FENCE}\n{facts}{_keys(original)}{_FENCE}\n{body}"


def _keys(original: str) -> str:
    return f"original: {original}\ntranslation_checked_by:\n"

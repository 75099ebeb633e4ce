"""What the list of pages shows: of each page its state, and who changed it when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from kiosk.content import Source, fingerprint
from kiosk.content.page import HOME
from kiosk.editor.actions.order import order_of
from kiosk.editor.actions.retire import read_retired, retired_pages
from kiosk.editor.place import parts_of
from kiosk.files import UNREADABLE, stamp_of
from kiosk.web.studio.bringing import MOST_FILE, MOST_PASTED
from kiosk.web.studio.desk import Desk
from kiosk.web.studio.publishing import copies_of, copy_told

SURVEYS = "surveys"  # a folder of a language that holds no pages


def listed(desk: Desk, language: str) -> dict[str, Any]:
    """Return the pages of a language, in the order of their parts and inside them."""
    desk.refresh()
    languages = desk.site.settings.site.languages
    language = language if language in languages else languages[0]
    counts = desk.counts()
    now = desk.library.now
    texts = _Translations(now.sources, languages)
    copies = copies_of(desk)
    rows = [
        {**_row(desk, one, counts, texts), "copy": copy_told(copies.get(one.path.as_posix()))}
        for one in now.sources
        if one.language == language
    ]
    shown = now.languages.get(language)
    titles = {one.part: one.title for one in shown.home.choices} if shown is not None else {}
    known = sorted({*(one["part"] for one in rows), *parts_of(desk.site, language)} - {"", SURVEYS})
    parts = dict.fromkeys([*(one for one in titles if one), *known])
    return {
        "language": language,
        "languages": list(languages),
        "parts": [{"part": one, "title": titles.get(one, _in_words(one))} for one in parts],
        "pages": sorted(rows, key=lambda one: (one["order"], one["title"])),
        "retired": _retired(desk, language),
        "checked": counts is not None,
        "most": {"file": MOST_FILE, "pasted": MOST_PASTED},
    }


def _in_words(part: str) -> str:
    return part.replace("-", " ").capitalize()


def _retired(desk: Desk, language: str) -> list[dict[str, str]]:
    found = []
    for path in retired_pages(desk.site):
        name = desk.site.shown(path)
        if name.parts[2] != language:
            continue
        source = read_retired(desk.site, desk.library, path)
        title = fact(source, "title") if source is not None else ""
        picture = fact(source, "symbol") if source is not None else ""
        found.append({"name": name.as_posix(), "title": title or path.stem, "picture": picture})
    return found


class _Translations:
    """Which languages lack a page, or have an old text of it."""

    def __init__(self, sources: Iterable[Source], languages: Sequence[str]) -> None:
        self._first, *self._others = languages
        self._by = {(one.language, one.id): one for one in sources}

    def missing(self, source: Source) -> list[str]:
        """Return the languages that a page is not there in; none of a translation."""
        if source.language != self._first:
            return []
        return [code for code in self._others if (code, source.id) not in self._by]

    def old(self, source: Source) -> list[str]:
        """Return the languages whose text was made from another one than stands now."""
        if source.language != self._first or source.page is None:
            return []
        there = [code for code in self._others if (code, source.id) in self._by]
        now = fingerprint(source.page) if there else ""
        return [code for code in there if fact(self._by[code, source.id], "original") != now]


def _row(
    desk: Desk,
    source: Source,
    counts: Mapping[Path, tuple[int, int]] | None,
    texts: _Translations,
) -> dict[str, Any]:
    name = source.path.as_posix()
    part = PurePosixPath(name).parts[2:-1]
    status = fact(source, "status")
    errors, warnings = counts.get(source.path, (0, 0)) if counts is not None else (0, 0)
    review = fact(source, "review_by")
    file = desk.site.root / source.path
    stamp = stamp_of(file) or UNREADABLE
    when = datetime.fromtimestamp(stamp.changed / 1e9, desk.site.zone)
    return {
        "name": name,
        "title": fact(source, "title") or source.id,
        "part": part[0] if part else "",
        "picture": fact(source, "symbol"),
        "status": status if status in ("draft", "ready", "published") else "wrong",
        "due": bool(review) and review < desk.site.today().isoformat(),
        "order": order_of(source),
        "fixed": source.id == HOME,
        "errors": max(errors, int(bool(source.problems))),
        "warnings": warnings,
        "changed": when.isoformat(timespec="minutes"),
        "by": desk.changed.by(file, stamp),
        "missing": texts.missing(source),
        "old": texts.old(source),
        "words": " ".join(
            one.text for idea in source.ideas for one in (*idea.sentences, *idea.items)
        ).casefold()[:20_000],
    }


def fact(source: Source, key: str) -> str:
    """Return what the first part of a page says, as words; "" for nothing."""
    found = source.facts.get(key)
    return found.value if found is not None and isinstance(found.value, str) else ""

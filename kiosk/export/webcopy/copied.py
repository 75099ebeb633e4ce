"""A web copy as files, by their addresses."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from kiosk.config import Site
from kiosk.content import Language, Library
from kiosk.errors import ContentError, NotExported, UseRefused
from kiosk.export.webcopy.credits import credit_files
from kiosk.export.webcopy.shell import FONT, MANIFEST, icons, index, to_install
from kiosk.export.webcopy.small import as_json, letters, module, packed
from kiosk.export.webcopy.sounds import Told
from kiosk.feedback.survey.survey import load_surveys
from kiosk.recorded.read import may_be_heard
from kiosk.screen.codes import DOCUMENTS
from kiosk.screen.document import STYLES, modules_of
from kiosk.screen.downloads import Downloads
from kiosk.screen.languages import own_name
from kiosk.screen.listened import load_listened
from kiosk.screen.said import NORMAL, rates_of
from kiosk.screen.screens import Screen
from kiosk.screen.served import Served
from kiosk.screen.whole import Moment, Parts, Renderer, manifest
from kiosk.speech.wav import tick
from kiosk.symbols import Symbol, credits  # noqa: A004

_ENTRY, _OFFLINE = "copy.js", "offline.js"
_REST = "kept.bin"
_CUE = "cue.wav"
_FETCHED = re.compile(r'(?:href|src)="([^"?]+)"')


def screens_of(
    site: Site,
    library: Library,
    languages: tuple[str, ...] = (),
    now: datetime | None = None,
    downloads: Downloads | None = None,
    tell: Callable[[str], object] = lambda _: None,
) -> Mapping[str, Screen]:
    """Return the screens of a copy. languages: some of the site's; all without any.

    now: the day by which workshops and surveys are over; without it, this one. downloads: what its
    pages offer to keep. tell: is told of each person who may not be heard here, and why.

    Raises ContentError with the place of what cannot go out, and NotExported.
    """
    surveys, wrong = load_surveys(site, library.symbols)
    listened, more = load_listened(site, library.symbols)
    for problem in (*library.problems, *wrong, *more):
        raise problem
    known = {code: one for code, one in library.languages.items() if code in (languages or [code])}
    if not known:
        raise NotExported("There is no home page in this language, so there is nothing to copy.")
    for one in known.values():
        _check_pictures(one)
    pages = [page for one in known.values() for page in one.pages.values()]
    voices, unheard = may_be_heard(site, pages, "web", site.today(now))
    for line in unheard:
        tell(line)
    takes_answers = bool(site.settings.feedback.web_sends_to)
    moment = Moment(now or datetime.now(UTC), True, takes_answers, downloads or {})
    parts = Parts(known, surveys, listened, library.symbols, voices)
    screens = Renderer(site).render(parts, moment)
    for screen in screens.values():
        _may_go(screen.symbols)
    return screens


def _check_pictures(language: Language) -> None:
    for page in (language.home, *language.pages.values()):
        _may_go([page.symbol], page.path, 1)
        for idea in page.ideas:
            _may_go([idea.symbol] if idea.symbol else [], page.path, idea.line)


def _may_go(symbols: Iterable[Symbol], path: Path | None = None, line: int = 1) -> None:
    try:
        credits(symbols, "download")
    except UseRefused as refused:
        said = str(refused)
        raise (ContentError(path, line, said) if path else NotExported(said)) from None


@dataclass(frozen=True, slots=True)
class Copied:
    """All files of a copy but its sounds. first: what is fetched before the first page is ready."""

    files: dict[str, bytes]
    first: tuple[str, ...]


def copied(
    site: Site,
    screens: Mapping[str, Screen],
    told: Told,
    voices: Iterable[str],
    *,
    own_screen: bool = False,
    offline: bool = True,
) -> Copied:
    """Return the files of a copy. told: what each page says; voices: who says it.

    own_screen, offline: for tests of the kiosk's own screen, which no worker must stand before.
    """
    served = Served().after("", dict(screens), {})
    version = _digest(
        [served.version, as_json([[*place, one] for place, one in sorted(told.items())])]
    )
    rates = rates_of(site)
    more: dict[str, Any] = {
        "version": version,
        "rates": {speed: round(one / rates[NORMAL], 3) for speed, one in rates.items()},
    }
    if not own_screen:
        more["visit"] = None
    if sends_to := site.settings.feedback.web_sends_to:
        more["answers"] = sends_to

    def told_of(language: str) -> dict[str, Any]:
        return manifest(site, served, language) | more

    code, first = next(iter(screens.items()))
    made: dict[str, bytes] = {
        f"screen/{name}": module(name) for name in (*STYLES, *modules_of(_ENTRY), _OFFLINE)
    }
    made |= {f"files/{name}": data for name, data in served.files.items()}
    made[FONT] = letters(_texts(site, screens))
    made[_CUE] = tick()
    for language, screen in screens.items():
        below = f"pages/{version}/{language}"
        made[f"{below}.json"] = as_json(told_of(language))
        for page, html in screen.html.items():
            made[f"{below}/{page}.json"] = as_json(html)
    for (language, page), clips in told.items():
        made[f"narration/{version}/{language}/{page}.json"] = as_json(clips)
    entries = (_ENTRY, _OFFLINE) if offline else (_ENTRY,)
    made["index.html"] = index(site, first, told_of(code), entries, own_screen=own_screen)
    made |= icons(first.logo)
    made[MANIFEST] = to_install(site, code)
    made |= _documents(site, screens.values())
    made |= credit_files(screens.values(), site, voices)
    if offline:
        made |= _worker(made)
    return Copied(made, tuple(_first(made)))


def _documents(site: Site, screens: Iterable[Screen]) -> dict[str, bytes]:
    """Return the documents that pages offer: their codes lead to these addresses."""
    names = {name for screen in screens for name in screen.documents.values()}
    return {f"{DOCUMENTS}/{name}": (site.assets / name).read_bytes() for name in sorted(names)}


def _texts(site: Site, screens: Mapping[str, Screen]) -> Iterator[str]:
    """Yield all that may be shown, by letters."""
    for code, screen in screens.items():
        yield from screen.interface.words.values()
        yield from (one.text for told in screen.narrations.values() for one in told.texts)
        yield from (screen.html.values())
        yield from (own_name(code), site.settings.site.name_in(code)[0].title)


def _worker(made: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the worker and what it keeps: a browser takes it for new when its bytes are."""
    apart = ("credits", "licences/", f"{DOCUMENTS}/")
    kept = {
        name: data
        for name, data in made.items()
        if name.startswith(("narration/", "pages/")) or name.endswith(".svg")
    }
    core = [name for name in made if name not in kept and not name.startswith(apart)]
    core = ["./", *sorted(one for one in core if one != "index.html")]
    rest = packed(kept)
    whole = _digest([name + _digest([data]) for name, data in sorted(made.items())])
    release = as_json({"name": whole, "core": core, "rest": _REST}).decode()
    source = (files("kiosk.export") / "webcopy" / "worker.js").read_text(encoding="utf-8")
    return {"worker.js": f"self.release = {release};\n{source}".encode(), _REST: rest}


def _first(made: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what a browser fetches by itself for the first page."""
    html = made["index.html"].decode()
    asked = set(_FETCHED.findall(html.split("<template", 1)[0]))
    yield from (name for name in made if name in {"index.html", FONT, *asked})


def _digest(parts: Iterable[str | bytes]) -> str:
    digest = hashlib.sha256()
    for one in parts:
        digest.update(one if isinstance(one, bytes) else one.encode())
        digest.update(b"\0")
    return digest.hexdigest()[:16]

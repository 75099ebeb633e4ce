"""`kiosk export`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.options import site_option
from kiosk.config import Site, load_site
from kiosk.counted import counted
from kiosk.errors import NotExported

if TYPE_CHECKING:
    from kiosk.content import Library, Page
    from kiosk.export.aloud import Aloud
    from kiosk.export.chosen import Chosen
    from kiosk.export.made import Made

KINDS = ("leaflet", "poster", "book", "audio", "calendar", "board", "code")
_WITH_SOUND = ("book", "audio")
WEB = "web"
_FOLDED = "folded"
Work = tuple[str, Callable[[], "Made"]]  # what is shown, and what makes the files


@click.command()
@site_option
@click.argument("kind", type=click.Choice((*KINDS, WEB)), required=False)
@click.argument("pages", metavar="[PAGE]...", nargs=-1)
@click.option(
    "--fold",
    is_flag=True,
    help="A leaflet on A5, and its pages two on a sheet of A4, to print and fold.",
)
@click.option("--language", help="The language. Without it: the site's first one.")
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("take-home"),
    show_default=True,
    help="The folder for the files.",
)
@click.option(
    "--all", "everything", is_flag=True, help="The whole site, in all languages or in --language."
)
def export(
    site: Path,
    kind: str | None,
    pages: tuple[str, ...],
    fold: bool,
    language: str | None,
    to: Path,
    everything: bool,
) -> None:
    """Make what people take home: leaflets, posters, talking books, sound, dates, boards, and more.

    PAGE is the name of a page or of a part. What is made of a part has all its pages. calendar
    takes the workshops of events.yaml, and no PAGE. book and audio are read by the kiosk's voice:
    sound that is not there yet takes its time. web makes the whole site as files for any folder of
    a web server, and takes no PAGE.

    Without a kind, --all makes all kinds; a poster of each part whose first page only leads to the
    others. book --all makes one of each part, and one of the whole site.
    """
    if kind is None and not everything:
        raise click.UsageError(f"What do you want to make? One of: {', '.join((*KINDS, WEB))}.")
    if fold and kind != "leaflet":
        raise click.UsageError("Only a leaflet can be folded.")
    if kind == WEB and pages:
        raise click.UsageError("A web copy has the whole site: leave PAGE out.")
    if kind == "calendar" and pages:
        raise click.UsageError("A calendar has the workshops of the whole site: leave PAGE out.")
    if everything and pages:
        raise click.UsageError("Name pages, or use --all.")
    if not everything and not pages and kind not in ("calendar", WEB):
        raise click.UsageError("Which page or part? Name it, or use --all.")
    from kiosk.content import Library

    loaded = load_site(site)
    library = Library(loaded)
    spoken = loaded.settings.site.languages
    if language is not None and language not in spoken:
        raise click.BadParameter(f"The site has: {', '.join(spoken)}.", param_hint="--language")
    if kind == WEB:
        _web(loaded, library, to, language)
        return
    codes = (language,) if language else spoken if everything else spoken[:1]
    with ExitStack() as ends:
        maker = _Maker(loaded, library, ends)
        work = [
            one
            for each in ((_FOLDED if fold else kind,) if kind else KINDS)
            for code in codes
            for one in maker.work(each, code, None if everything else pages, kind is None)
        ]
        written = _make(work, to) if work else []
        for line in (*maker.aloud.left_out, *maker.aloud.fallen_back()) if maker.aloud else ():
            click.echo(line, err=True)
    if written:
        click.echo(f"{counted(len(written), 'file')} in {to}:")
        for name in written:
            click.echo(f"  {name}")
    else:
        click.echo("There is nothing to export.")
    if kind is None:
        _web(loaded, library, to, language)


def _web(site: Site, library: Library, to: Path, language: str | None) -> None:
    from kiosk.cli.export_web import export_web

    for line in export_web(site, library, to / WEB, (language,) if language else ()):
        click.echo(line)


def _make(work: list[Work], to: Path) -> list[str]:
    """Write the files, and beside them whom they thank, also when one cannot be made."""
    from kiosk.export.beside import CREDITS, beside

    thanks: dict[str, Mapping[str, Sequence[str]]] = {}
    try:
        with click.progressbar(
            work,
            label="Making",
            item_show_func=lambda one: one[0] if one else "",
            file=sys.stderr,
        ) as bar:
            for _, make in bar:
                made = make()
                for name, data in made.files.items():
                    _write(to / name, data)
                    thanks[name] = made.thanks
    finally:
        if thanks:
            listed = to / CREDITS
            before = listed.read_text(encoding="utf-8") if listed.is_file() else ""
            there = {one.name for one in to.iterdir()}
            for name, data in beside(before, there, thanks).items():
                _write(to / name, data)
    return list(thanks)


def _write(file: Path, data: bytes) -> None:
    from kiosk.files import replace_file

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, data, mode=0o644)
    except OSError as error:
        raise NotExported(f"{file} cannot be written: {error}.") from None


class _Maker:
    """What is made of one site, and in which order.

    aloud: its voices, once they are needed; ends: where they come to their end.
    """

    def __init__(self, site: Site, library: Library, ends: ExitStack) -> None:
        self._site = site
        self._library = library
        self._ends = ends
        self._heard: set[tuple[str, str, str]] = set()  # pages whose sound comes before already
        self.aloud: Aloud | None = None

    def work(
        self, kind: str, code: str, pages: tuple[str, ...] | None, is_one_of_many: bool
    ) -> list[Work]:
        """Return the work for one kind of file in one language.

        pages: None for all. A code needs an address, or is left out.
        """
        from kiosk.export.chosen import all_of, choose, whole

        site, now = self._site, self._library.now
        if kind == "calendar":
            return _workshops(site, self._library, code)
        if kind == "code" and is_one_of_many and not site.settings.site.web_address:
            return []
        if pages is None:
            with_pages = kind in ("leaflet", _FOLDED, "audio", "code")
            chosen = all_of(now, code, pages_too=with_pages)
            if kind == "book" and (all_pages := whole(now, code)):
                chosen.append(all_pages)
        else:
            chosen = choose(site, now, code, pages)
        if pages is None and kind == "poster":
            from kiosk.export.poster import leads

            chosen = [one for one in chosen if leads(one)]
        found: list[Work] = []
        for one in chosen:
            if kind in _WITH_SOUND:
                found += self._sounds(kind, one)
            name = "-".join(part for part in (kind, one.name, code) if part)
            found.append((name.replace("-", " "), self._of(kind, one, name)))
        return found

    def _sounds(self, kind: str, chosen: Chosen) -> Iterator[Work]:
        """Yield a step for each page: a voice may need minutes for all of them."""
        from kiosk.export.made import Made
        from kiosk.export.sound import say_page

        aloud = self._speak()
        for page in chosen.pages:
            if (key := (kind, page.language, page.id)) not in self._heard:
                self._heard.add(key)

                def say(page: Page = page) -> Made:
                    say_page(page, aloud, for_book=kind == "book")
                    return Made()

                yield f"sound {page.id} {page.language}", say

    def _speak(self) -> Aloud:
        from kiosk.export.aloud import aloud_for

        if self.aloud is None:
            how = {code: one.say for code, one in self._library.languages.items()}
            self.aloud = self._ends.enter_context(aloud_for(self._site, how))
        return self.aloud

    def _of(self, kind: str, chosen: Chosen, name: str) -> Callable[[], Made]:
        def make() -> Made:
            from kiosk.export.made import made, told  # setting and drawing take a moment to import

            if kind in _WITH_SOUND:
                return told(self._site, kind, chosen, name, self._speak())
            return made(self._site, kind, chosen, name)

        return make


def _workshops(site: Site, library: Library, code: str) -> list[Work]:
    from kiosk.content.events import load_events
    from kiosk.export.calendar import calendar

    events, wrong = load_events(site, library.symbols)
    if wrong:
        raise wrong[0]
    data = calendar(site, events, code)
    if data is None:
        return []

    def make() -> Made:
        from kiosk.export.made import Made

        return Made({f"calendar-{code}.ics": data})

    return [(f"calendar {code}", make)]

"""`kiosk export`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.options import site_option
from kiosk.config import Site, load_site
from kiosk.counted import counted
from kiosk.errors import NotExported

if TYPE_CHECKING:
    from kiosk.content import Library
    from kiosk.export.chosen import Chosen

KINDS = ("leaflet", "poster", "calendar", "board", "code")
_FOLDED = "folded"
Work = tuple[str, Callable[[], dict[str, bytes]]]  # what is shown, and what makes the files


@click.command()
@site_option
@click.argument("kind", type=click.Choice(KINDS), required=False)
@click.argument("pages", metavar="[PAGE]...", nargs=-1)
@click.option(
    "--fold", is_flag=True, help="A leaflet on A5: print it as a booklet on A4, and fold it."
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
    """Make what people take home: a leaflet, a poster, dates, a symbol board, a code.

    PAGE is the name of a page or of a part. A poster and a board of a part have all its pages.
    calendar takes the workshops of events.yaml, and no PAGE. Without a kind, --all makes all kinds;
    a poster of each part whose first page only leads to the others.
    """
    if kind is None and not everything:
        raise click.UsageError(f"What do you want to make? One of: {', '.join(KINDS)}.")
    if fold and kind != "leaflet":
        raise click.UsageError("Only a leaflet can be folded.")
    if kind == "calendar" and pages:
        raise click.UsageError("A calendar has the workshops of the whole site: leave PAGE out.")
    if everything and pages:
        raise click.UsageError("Name pages, or use --all.")
    if not everything and not pages and kind != "calendar":
        raise click.UsageError("Which page or part? Name it, or use --all.")
    from kiosk.content import Library

    loaded = load_site(site)
    library = Library(loaded)
    spoken = loaded.settings.site.languages
    if language is not None and language not in spoken:
        raise click.BadParameter(f"The site has: {', '.join(spoken)}.", param_hint="--language")
    codes = (language,) if language else spoken if everything else spoken[:1]
    work = [
        one
        for each in ((_FOLDED if fold else kind,) if kind else KINDS)
        for code in codes
        for one in _work(loaded, library, each, code, None if everything else pages, kind is None)
    ]
    written = _make(work, to) if work else []
    if written:
        click.echo(f"{counted(len(written), 'file')} in {to}:")
        for name in written:
            click.echo(f"  {name}")
    else:
        click.echo("There is nothing to export.")


def _make(work: list[Work], to: Path) -> list[str]:
    from kiosk.files import replace_file

    written: list[str] = []
    with click.progressbar(
        work,
        label="Making",
        item_show_func=lambda one: one[0] if one else "",
        file=sys.stderr,
    ) as bar:
        for _, make in bar:
            for name, data in make().items():
                try:
                    to.mkdir(parents=True, exist_ok=True)
                    replace_file(to / name, data, mode=0o644)
                except OSError as error:
                    raise NotExported(f"{to / name} cannot be written: {error}.") from None
                written.append(name)
    return written


def _work(
    site: Site,
    library: Library,
    kind: str,
    code: str,
    pages: tuple[str, ...] | None,
    is_one_of_many: bool,
) -> list[Work]:
    """Return what is to be made; pages: None for all. A code needs an address, or is left out."""
    from kiosk.export.chosen import all_of, choose

    if kind == "calendar":
        return _workshops(site, library, code)
    if kind == "code" and is_one_of_many and not site.settings.site.web_address:
        return []
    if pages is None:
        chosen = all_of(library.now, code, pages_too=kind in ("leaflet", _FOLDED, "code"))
    else:
        chosen = choose(site, library.now, code, pages)
    if pages is None and kind == "poster":
        from kiosk.export.poster import leads

        chosen = [one for one in chosen if leads(one)]
    return [(f"{kind} {one.name} {code}", _maker(site, kind, one)) for one in chosen]


def _maker(site: Site, kind: str, chosen: Chosen) -> Callable[[], dict[str, bytes]]:
    def make() -> dict[str, bytes]:
        # Setting and drawing take a moment to import.
        from kiosk.export.board import board
        from kiosk.export.code import code
        from kiosk.export.leaflet import leaflet
        from kiosk.export.poster import poster

        name = f"{kind}-{chosen.name}-{chosen.language.code}"
        if kind in ("leaflet", _FOLDED):
            return {f"{name}.pdf": leaflet(site, chosen, folded=kind == _FOLDED)}
        if kind == "board":
            return {f"{name}.obz": board(site, chosen)}
        endings = (".pdf", ".png") if kind == "poster" else (".svg", ".png")
        made = poster(site, chosen) if kind == "poster" else code(site, chosen)
        return {f"{name}{ending}": data for ending, data in zip(endings, made, strict=True)}

    return make


def _workshops(site: Site, library: Library, code: str) -> list[Work]:
    from kiosk.content.events import load_events
    from kiosk.export.calendar import calendar

    events, wrong = load_events(site, library.symbols)
    if wrong:
        raise wrong[0]
    made = calendar(site, events, code)
    return [(f"calendar {code}", lambda: {f"calendar-{code}.ics": made})] if made else []

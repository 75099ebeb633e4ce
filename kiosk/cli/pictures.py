"""`kiosk pictures`: find a picture."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from kiosk.cli.options import site_option
from kiosk.config import load_site


@click.group()
def pictures() -> None:
    """Find the pictures that a page can show."""


@pictures.command()
@site_option
@click.argument("words", nargs=-1, required=True)
@click.option("--count", default=8, type=click.IntRange(1, 40), help="How many to list.")
@click.option("--show", is_flag=True, help="Open a sheet with the pictures.")
@click.option(
    "--save",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the sheet with the pictures to this file (PNG).",
)
def find(site: Path, words: tuple[str, ...], count: int, show: bool, save: Path | None) -> None:
    """List pictures for a word or a sentence, the best first. You choose.

    Put the name between colons on a page, like this: `:heart: I want to be healthy.`
    """
    # Drawing and word lists take a moment to import.
    from kiosk.symbols import SymbolBook
    from kiosk.symbols.suggest import suggest

    text = " ".join(words)
    loaded = load_site(site)
    language = loaded.settings.site.languages[0]
    found = suggest(text, SymbolBook(loaded), count=count, language=language)
    if found.warning:
        click.echo(f"{found.warning}\n", err=True)
    if not found.pictures:
        click.echo("I know no picture for this. Try one plain word, such as the thing itself.")
        return
    wide = max(len(one.name) for one in found.pictures) + 2
    for number, one in enumerate(found.pictures, 1):
        notes = "; ".join(one.notes)
        click.echo(f"{number:2} {f':{one.name}:':{wide}}  {notes}")
    if show or save:
        from kiosk.symbols.sheet import Tile, draw_sheet

        tiles = [Tile(one.symbol, f":{one.name}:", one.notes) for one in found.pictures]
        picture = draw_sheet(text, tiles, warning=found.warning)
        if save is None:
            with tempfile.NamedTemporaryFile(prefix="pictures-", suffix=".png", delete=False) as to:
                save = Path(to.name)
        save.write_bytes(picture)
        click.echo(f"The sheet is in {save}.", err=True)
        if show:
            click.launch(str(save))

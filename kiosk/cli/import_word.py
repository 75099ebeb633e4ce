"""`kiosk import`."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.options import site_option
from kiosk.config import load_site


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--part", help="The part of the site that the page belongs to: its folder.")
@click.option("--name", help="The page's name in small letters. Without it: the Word file's name.")
@click.option("--lang", help="The page's language. Without it: the site's first one.")
@site_option
def import_word(
    file: Path, part: str | None, name: str | None, lang: str | None, site: Path
) -> None:
    """Make a page from a Word file (.docx). The page is a draft until you have looked at it."""
    loaded = load_site(site)
    # mammoth and Pillow take a moment to import
    from kiosk.editor.word.importing import import_word as run

    made = run(loaded, file, part=part, name=name, language=lang)
    click.echo(made.summary())

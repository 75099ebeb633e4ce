"""`kiosk import`."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.options import site_option
from kiosk.config import load_site


@click.command("import")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--clipboard-html",
    "pasted",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="In place of FILE: HTML that was copied from Word, Outlook or LibreOffice.",
)
@click.option("--part", help="The part of the site that the page belongs to: its folder.")
@click.option("--name", help="The page's name in small letters. Without it: the file's name.")
@click.option("--lang", help="The page's language. Without it: the site's first one.")
@site_option
def import_file(
    file: Path | None,
    pasted: Path | None,
    part: str | None,
    name: str | None,
    lang: str | None,
    site: Path,
) -> None:
    """Make a page from a Word file (.docx) or a PDF file (.pdf).

    The page is a draft until you have looked at it.
    """
    if file is not None and pasted is not None:
        raise click.UsageError("Give one file: a Word file or a PDF, or --clipboard-html FILE.")
    given = pasted if file is None else file
    if given is None:
        raise click.UsageError("Say which file: kiosk import FILE.docx, or FILE.pdf.")
    loaded = load_site(site)
    # Pillow and what reads PDF files take a moment to import
    from kiosk.editor.importing import import_file as run

    is_pasted = pasted is not None
    made = run(loaded, given, pasted=is_pasted, part=part, name=name, language=lang)
    click.echo(made.summary())

"""`kiosk licences`: what this kiosk is put together from."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kiosk.cli.options import format_option, site_option
from kiosk.config import load_site
from kiosk.counted import counted
from kiosk.errors import NotExported


@click.command()
@site_option
@format_option("For people, or for programs.")
@click.option(
    "--texts",
    type=click.Path(path_type=Path, file_okay=False),
    help="Also write the words of all licences into this folder.",
)
def licences(site: Path, form: str, texts: Path | None) -> None:
    """List all parts of this kiosk, with the licence of each, as they are installed here.

    For the pictures of your pages: kiosk pictures credits
    """
    from kiosk.export.parts import besides, files_of, packages

    groups, parts = besides(load_site(site)), packages()
    if form == "json":
        told = [{"name": one.name, "version": one.version, "licence": one.licence} for one in parts]
        click.echo(json.dumps({**groups, "Packages": told}, indent=2, ensure_ascii=False))
    else:
        for title, lines in groups.items():
            click.echo("\n".join([title, *(f"- {line}" for line in lines), ""]))
        click.echo("Packages")
        for one in parts:
            click.echo(f"- {one.name} {one.version}. {one.licence}")
        click.echo("\nFor the pictures of your pages: kiosk pictures credits", err=True)
    if texts is not None:
        try:
            found = files_of(parts)
            for name, text in found.items():
                file = texts / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(text)
        except OSError as error:
            raise NotExported(f"I cannot write into {texts}: {error.strerror or error}.") from None
        click.echo(f"{counted(len(found), 'text')} in {texts}.", err=True)

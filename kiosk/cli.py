"""The `kiosk` command: it reads its arguments, calls a room, and prints."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.errors import KioskError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Show easy-read pages on a talking kiosk."""


@commands.command()
@click.option(
    "--site",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The site's folder: the one with kiosk.toml. Without it: this folder.",
)
def check(site: Path) -> None:
    """Look for mistakes in the files of a site: one line each, with file and line."""
    problems = Library(load_site(site)).problems
    for problem in problems:
        click.echo(str(problem))
    if problems:
        sys.exit(1)
    click.echo("No mistakes found.", err=True)


def main() -> None:
    """Run the command; an error that a person can mend is one clear line and an exit code."""
    try:
        commands.main(prog_name="kiosk")
    except KioskError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)

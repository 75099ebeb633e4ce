"""`kiosk check`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kiosk.cli.options import site_option
from kiosk.config import load_site
from kiosk.content import Library
from kiosk.feedback.events import load_events
from kiosk.feedback.survey import load_surveys
from kiosk.feedback.you_said import load_you_said


@click.command()
@site_option
def check(site: Path) -> None:
    """Look for mistakes in the files of a site: one line each, with file and line."""
    loaded = load_site(site)
    library = Library(loaded)
    problems = (
        *library.problems,
        *load_surveys(loaded, library.symbols)[1],
        *load_events(loaded, library.symbols)[1],
        *load_you_said(loaded, library.symbols)[1],
    )
    for problem in problems:
        click.echo(str(problem))
    if problems:
        sys.exit(1)
    click.echo("No mistakes found.", err=True)

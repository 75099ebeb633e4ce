"""`kiosk doctor`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kiosk.cli.options import data_option, site_option
from kiosk.config import load_site


@click.command()
@site_option
@data_option
@click.option("--conformance", is_flag=True, help="Show what the screen is proved to do instead.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="The form of --conformance.",
)
def doctor(site: Path, data: Path | None, conformance: bool, form: str) -> None:
    """Look whether this computer is ready. Ends with 1 if there is something to look at."""
    loaded = load_site(site, data)
    if conformance:
        from kiosk.ui.conformance import as_json, as_table, read_report

        report = read_report()
        click.echo(as_json(report) if form == "json" else as_table(report), nl=False)
        return
    from kiosk.ui.doctor.examine import examine  # the pictures take a second to load

    to_look_at = 0
    for verdict in examine(loaded):
        click.echo(str(verdict))
        to_look_at += not verdict.good
    if to_look_at:
        are = "is one thing" if to_look_at == 1 else f"are {to_look_at} things"
        click.echo(f"There {are} to look at.", err=True)
        sys.exit(1)
    click.echo("All is good.", err=True)

"""`kiosk doctor`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kiosk.cli.options import data_option, format_option, site_option
from kiosk.config import Site, load_site


@click.command()
@site_option
@data_option
@click.option(
    "--screen", is_flag=True, help="Open a page to set up screen, sound and keys instead."
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port of that page.")
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
@click.option("--conformance", is_flag=True, help="Show what the screen is proved to do instead.")
@format_option("The form of --conformance.")
def doctor(
    site: Path,
    data: Path | None,
    screen: bool,
    port: int,
    no_open: bool,
    conformance: bool,
    form: str,
) -> None:
    """Look whether this computer is ready. Ends with 1 if there is something to look at."""
    loaded = load_site(site, data)
    if screen:
        from kiosk.web.setup.routes import serve_setup

        serve_setup(loaded, port, show=not no_open, report=click.echo)
        return
    if conformance:
        _show_conformance(loaded, form)
        return
    from kiosk.health.examine import examine  # the pictures take a second to load

    to_look_at = 0
    for verdict in examine(loaded):
        click.echo(str(verdict))
        to_look_at += not verdict.good
    if to_look_at:
        are = "is one thing" if to_look_at == 1 else f"are {to_look_at} things"
        click.echo(f"There {are} to look at.", err=True)
        sys.exit(1)
    click.echo("All is good.", err=True)


def _show_conformance(site: Site, form: str) -> None:
    from kiosk.health.checklist import groups, read_ticks, told
    from kiosk.health.conformance import as_json, as_table, read_report

    report = read_report()
    ticks = read_ticks(site)
    on_the_spot = {group.row: told(group, ticks) for group in groups()}
    show = as_json if form == "json" else as_table
    click.echo(show(report, on_the_spot), nl=False)

"""`kiosk enrol` and `kiosk leave`: let a kiosk belong to a centre, or stand alone again."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.options import data_option, site_option
from kiosk.config import load_site


@click.command()
@site_option
@data_option
@click.argument("address")
@click.argument("code")
def enrol(site: Path, data: Path | None, address: str, code: str) -> None:
    """Let this kiosk belong to a centre: its answers go there too from now on.

    ADDRESS and CODE are what `kiosk centre enrol` printed. The kiosk makes a key of its own. It
    goes on alone as before whenever the centre is away.
    """
    loaded = load_site(site, data)
    from kiosk.fleet.member.enrolment import enrol as run

    made = run(loaded, address, code)
    click.echo(f'This kiosk is "{made.name}" at the centre {made.host} now.')
    click.echo("Start the kiosk again, so that it begins to send.", err=True)


@click.command()
@site_option
@data_option
def leave(site: Path, data: Path | None) -> None:
    """Let this kiosk stand alone again. What the centre has, stays there."""
    loaded = load_site(site, data)
    from kiosk.fleet.member.enrolment import leave as run

    if run(loaded):
        click.echo("This kiosk stands alone now. Start it again, so that it sends no more.")
        click.echo("At the centre, shut it out: kiosk centre revoke NAME", err=True)
    else:
        click.echo("This kiosk belongs to no centre.")

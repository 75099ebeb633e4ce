"""`kiosk service`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kiosk.cli.options import browser_option, data_option, root_option, site_option, url_option
from kiosk.config import load_site


@click.group()
def service() -> None:
    """Let the kiosk start with its machine, and again after a crash. For administrators."""


@service.command()
@site_option
@data_option
@url_option
@browser_option
@click.option("--user", default="kiosk", show_default=True, help="Who both of them run as.")
@root_option
def install(
    site: Path, data: Path | None, url: str, browser: Path | None, user: str, root: Path
) -> None:
    """Write two systemd units: one for the server, one for the locked browser."""
    from kiosk.lockdown.lock import Lock, find_browser
    from kiosk.lockdown.service import NO_SYSTEMD, Service
    from kiosk.lockdown.units import UnitValues, units_for

    kept = load_site(site, data)
    lock = Lock(browser or find_browser(), url, root)
    values = UnitValues(user, kept.root, kept.data, lock.address, lock.program)
    here = Service(root)
    if not here.can_run:
        for name, text in units_for(values).items():
            click.echo(f"# {name}\n{text}")
        click.echo(NO_SYSTEMD, err=True)
        sys.exit(1)
    lock.must_hold()
    for file in here.install(values):
        click.echo(f"Installed: {file}")
    click.echo("Both start with the machine. Look: kiosk service status")


@service.command()
@root_option
def remove(root: Path) -> None:
    """End both and take away exactly what `install` wrote. Answers stay."""
    from kiosk.lockdown.service import Service

    gone = Service(root).remove()
    click.echo("\n".join(f"Taken away: {root / one}" for one in gone) or "There was no service.")


@service.command()
@root_option
def status(root: Path) -> None:
    """Say whether both are installed and run. Ends with 1 if one does not."""
    from kiosk.lockdown.service import Service

    states = Service(root).states()
    for name, state in states.items():
        click.echo(f"{name}: {state}")
    if set(states.values()) - {"active", "installed"}:
        sys.exit(1)

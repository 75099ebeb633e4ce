"""`kiosk lock`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kiosk.cli.options import browser_option, root_option, url_option


@click.group()
def lock() -> None:
    """Let the browser of this machine show the kiosk and nothing else. For administrators."""


@lock.command()
@url_option
@browser_option
@root_option
def install(url: str, browser: Path | None, root: Path) -> None:
    """Write the browser's policy: own address only, no downloads, no printing, no tools."""
    from kiosk.lockdown.lock import Lock, find_browser

    one = Lock(browser or find_browser(), url, root)
    click.echo(f"Locked: {one.install()}")
    click.echo(f"{one.program.name} now opens {one.address} only, for everybody on this machine.")


@lock.command()
@root_option
def remove(root: Path) -> None:
    """Take away exactly what `install` wrote."""
    from kiosk.lockdown.lock import remove as take_away

    gone = take_away(root)
    click.echo("\n".join(f"Taken away: {root / one}" for one in gone) or "There was no lock.")


@lock.command()
@url_option
@browser_option
@root_option
def status(url: str, browser: Path | None, root: Path) -> None:
    """Say whether the browser is locked for this address. Ends with 1 if it is not."""
    from kiosk.errors import HallRefused
    from kiosk.lockdown.lock import Lock, find_browser

    one = Lock(browser or find_browser(), url, root)
    try:
        one.must_hold()
    except HallRefused as error:
        click.echo(str(error))
        sys.exit(1)
    click.echo(f"{one.program.name} is locked: it opens {one.address} only.")

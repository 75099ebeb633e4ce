"""`kiosk watch`."""

from __future__ import annotations

import time
from pathlib import Path

import click

from kiosk.cli.options import site_option
from kiosk.config import load_site

LOOK_SECONDS = 0.5


@click.command()
@site_option
def watch(site: Path) -> None:
    """Say what is hard to read while you write: each time that you save a file. Ctrl-C ends it."""
    loaded = load_site(site)
    from kiosk.easyread import Checker
    from kiosk.easyread.watch import Watch, change_lines
    from kiosk.editor.check import other_files, other_stamps

    checker = Checker(loaded)
    looking = Watch(
        checker,
        lambda: other_files(loaded, checker.library.symbols),
        lambda: other_stamps(loaded),
    )
    click.echo("I look at each file that you save. Ctrl-C ends it.", err=True)
    try:
        while True:
            for change in looking.look():
                for line in change_lines(change):
                    click.echo(line)
            time.sleep(LOOK_SECONDS)
    except KeyboardInterrupt:
        click.echo("", err=True)

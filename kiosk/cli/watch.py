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
    from kiosk.editor.check import all_beside, other_stamps
    from kiosk.recorded.read import Recordings

    checker = Checker(loaded)
    library, recordings = checker.library, Recordings(loaded)

    def stamps() -> object:
        pages = [one.page for one in library.now.sources if one.page is not None]
        # Tomorrow somebody's yes may be over.
        return other_stamps(loaded), recordings.seen(pages), loaded.today()

    looking = Watch(checker, lambda: all_beside(loaded, library.now, library.symbols), stamps)
    click.echo("I look at each file that you save. Ctrl-C ends it.", err=True)
    try:
        while True:
            for change in looking.look():
                for line in change_lines(change):
                    click.echo(line)
            time.sleep(LOOK_SECONDS)
    except KeyboardInterrupt:
        click.echo("", err=True)

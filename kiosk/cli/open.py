"""`kiosk open`."""

from __future__ import annotations

import signal
from pathlib import Path

import click

from kiosk.cli.options import browser_option, data_option, site_option, url_option
from kiosk.config import load_site


@click.command("open")
@site_option
@data_option
@url_option
@browser_option
@click.option("--lock", is_flag=True, help="In a browser that shows nothing else, full screen.")
def open_kiosk(site: Path, data: Path | None, url: str, browser: Path | None, lock: bool) -> None:
    """Open the kiosk that runs on this machine in a browser. With --lock: until Ctrl-C."""
    if not lock:
        from kiosk.web.listen import open_browser

        open_browser(url)
        return
    from kiosk.lockdown.keeper import Keeper
    from kiosk.lockdown.lock import Lock, find_browser

    kept = load_site(site, data)
    here = Lock(browser or find_browser(), url)
    here.must_hold()
    keeper = Keeper(kept, here.program, here.address, report=click.echo)
    for kind in (signal.SIGINT, signal.SIGTERM):
        signal.signal(kind, lambda *_: keeper.end())
    keeper.run()

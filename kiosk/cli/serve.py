"""`kiosk serve`."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.options import data_option, site_option
from kiosk.config import load_site


@click.command()
@site_option
@data_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8501, show_default=True, help="Its port."
)
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
def serve(site: Path, data: Path | None, host: str, port: int, no_open: bool) -> None:
    """Serve a site until Ctrl-C."""
    loaded = load_site(site, data)
    from kiosk.web.app import serve as run  # the web server takes a second to import

    run(loaded, host, port, show=not no_open, report=click.echo)

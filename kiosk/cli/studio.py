"""`kiosk studio`."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.options import data_option, site_option
from kiosk.config import load_site


@click.command()
@site_option
@data_option
@click.option("--host", help="The address to listen on. Without it: [studio] address.")
@click.option("--port", type=click.IntRange(0, 65535), help="Its port. Without it: [studio] port.")
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
def studio(
    site: Path, data: Path | None, host: str | None, port: int | None, no_open: bool
) -> None:
    """Let staff change pages in a browser, until Ctrl-C. The kiosk need not run.

    The first time it prints a link by which the first member of staff is made. Other computers
    reach it only with a certificate, or through a proxy that kiosk.toml names.
    """
    loaded = load_site(site, data)
    from kiosk.web.studio.app import serve  # the web server takes a second to import

    serve(loaded, host, port, show=not no_open, report=click.echo)

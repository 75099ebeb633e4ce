"""`kiosk speak`."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.options import data_option, site_option
from kiosk.config import load_site


@click.command()
@site_option
@data_option
def speak(site: Path, data: Path | None) -> None:
    """Render the sound of every page now, so that no visitor waits for it.

    Sounds that do not fit into `[speech] clips_mb`, or on the disk, are made when somebody listens.
    """
    from kiosk.live.kiosk import Kiosk  # the web server takes a second to import

    kiosk = Kiosk(load_site(site, data))
    try:
        left = total = 0
        with click.progressbar(length=1, label="Speaking") as bar:
            for one in kiosk.sounds.prepare():
                if one.problem is not None:
                    raise one.problem
                left += not one.kept
                bar.length = total = one.total
                bar.update(1)
    finally:
        kiosk.close()
    if left:
        most = kiosk.site.settings.speech.clips_mb
        click.echo(
            f"{left:,} of {total:,} sounds did not fit into {most} MB ([speech] clips_mb in"
            " kiosk.toml), or the disk takes no more. They are made when somebody listens.",
            err=True,
        )

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
    """Render the sound of every page now, so that no visitor waits for it."""
    from kiosk.ui.kiosk import SPEEDS, Kiosk  # the web server takes a second to import

    kiosk = Kiosk(load_site(site, data))
    try:
        work = [
            (texts, speed)
            for screen in kiosk.served.screens.values()
            for texts in screen.texts.values()
            for speed in SPEEDS
        ]
        with click.progressbar(work, label="Speaking") as bar:
            for texts, speed in bar:
                for one in kiosk.prepare(texts, speed):
                    if one.problem is not None:
                        raise one.problem
    finally:
        kiosk.close()

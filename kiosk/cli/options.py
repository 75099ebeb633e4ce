"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

site_option = click.option(
    "--site",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The site's folder: the one with kiosk.toml. Without it: this folder.",
)
data_option = click.option(
    "--data", type=click.Path(path_type=Path), help="The folder for what is collected."
)

"""The options that several commands share."""

from __future__ import annotations

from datetime import date, datetime
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


class Day(click.ParamType[date]):
    """A day, as in 2026-11-23."""

    name = "day"

    def convert(  # noqa: D102 - as click says
        self, value: object, param: click.Parameter | None, context: click.Context | None
    ) -> date:
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            self.fail(f'"{value}" is not a date. Write it as 2026-11-23.', param, context)

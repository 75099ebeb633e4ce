"""The options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from kiosk.located import how_to_write

Command = TypeVar("Command", bound=Callable[..., Any])

site_option = click.option(
    "--site",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The site's folder: the one with kiosk.toml. Without it: this folder.",
)
data_option = click.option(
    "--data", type=click.Path(path_type=Path), help="The folder for what is collected."
)
url_option = click.option(
    "--url",
    default="http://127.0.0.1:8501",
    show_default=True,
    help="The address of the kiosk on this machine.",
)
browser_option = click.option(
    "--browser",
    type=click.Path(path_type=Path),
    help="The browser's program. Without it: the first one that is found.",
)
root_option = click.option(
    "--root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path("/"),
    help="The folder that stands for / (to build the image of a machine).",
)


def format_option(what: str) -> Callable[[Command], Command]:
    """Return the option `--format`; what: its help."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help=what,
    )


class DayParam(click.ParamType[date]):
    """A day, as in 2026-11-23."""

    name = "day"

    def convert(  # noqa: D102 - as click says
        self, value: object, param: click.Parameter | None, context: click.Context | None
    ) -> date:
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            self.fail(f'"{value}" is not a date. {how_to_write(str(value))}', param, context)

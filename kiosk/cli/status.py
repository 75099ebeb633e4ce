"""`kiosk status`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from kiosk.cli.options import data_option, format_option, site_option, url_option
from kiosk.config import load_site

SECONDS = 30.0


@click.command()
@site_option
@data_option
@url_option
@format_option("For people, or for programs.")
def status(site: Path, data: Path | None, url: str, form: str) -> None:
    """Say how the kiosk of this machine is. Ends with 1 when something needs a person."""
    told = _ask(url) or _look(site, data, url)
    if form == "json":
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        from kiosk.health.verdict import Verdict

        for one in told["things"]:
            click.echo(Verdict(one["about"], one["says"], one["hint"]))
    if not told["good"]:
        sys.exit(1)


def _ask(url: str) -> dict[str, Any] | None:
    """Ask a running kiosk; None when none answers."""
    from kiosk.lockdown.life import fetch
    from kiosk.lockdown.policy import STAFF_PAGE, own_address

    try:
        told: dict[str, Any] = json.loads(fetch(f"{own_address(url)}{STAFF_PAGE}.json", SECONDS))
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) and "things" in told else None


def _look(site: Path, data: Path | None, url: str) -> dict[str, Any]:
    """Tell what can be told without a running kiosk."""
    loaded = load_site(site, data)
    from kiosk.health.look import as_data, look_at_files
    from kiosk.health.verdict import Verdict
    from kiosk.live.kiosk import Kiosk

    kiosk = Kiosk(loaded, report=lambda _: None)
    try:
        return as_data(
            [
                Verdict("Kiosk", f"No kiosk answers at {url}.", "kiosk service status"),
                *look_at_files(kiosk),
            ]
        )
    finally:
        kiosk.close()

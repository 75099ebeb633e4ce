"""`kiosk staff`: who may change pages."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kiosk.cli.options import data_option, site_option
from kiosk.config import load_site
from kiosk.errors import StaffRefused


@click.group()
def staff() -> None:
    """Say who may change pages in the studio."""


@staff.command()
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice(["write", "publish"]),
    default="write",
    show_default=True,
    help="Who may write changes drafts. Who may publish also changes what visitors see.",
)
@site_option
@data_option
def add(name: str, role: str, site: Path, data: Path | None) -> None:
    """Add a member of staff, and ask for a password.

    The password is typed twice; from a file or a pipe its first line is taken.
    """
    loaded = load_site(site, data)
    from kiosk.staff.accounts import Accounts

    accounts = Accounts(loaded)
    if accounts.find(name) is not None:
        raise StaffRefused(f'There is a member of staff "{name}" already.')
    member = accounts.add(name, "publish" if role == "publish" else "write", _password())
    click.echo(f"{member.name} can sign in now: kiosk studio")


@staff.command()
@click.argument("name")
@site_option
@data_option
def remove(name: str, site: Path, data: Path | None) -> None:
    """Take a member of staff away. Pages stay as they are."""
    loaded = load_site(site, data)
    from kiosk.staff.accounts import Accounts

    member = Accounts(loaded).remove(name)
    click.echo(f"{member.name} cannot sign in any more.")


@staff.command()
@click.argument("name")
@site_option
@data_option
def password(name: str, site: Path, data: Path | None) -> None:
    """Give a member of staff a new password."""
    loaded = load_site(site, data)
    from kiosk.staff.accounts import Accounts

    accounts = Accounts(loaded)
    accounts.expect(name)
    member = accounts.set_password(name, _password())
    click.echo(f"{member.name} has a new password.")


def _password() -> str:
    """Ask for a password twice; whoever gives it by a pipe gives it once."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    try:
        typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    except click.Abort:
        raise click.UsageError("Nothing was changed.") from None
    return typed

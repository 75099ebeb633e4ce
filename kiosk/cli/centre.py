"""`kiosk centre`: the centre of several kiosks."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.deletion import must_be_one
from kiosk.cli.needed import needs_centre
from kiosk.cli.options import data_option, format_option, site_option
from kiosk.config import Site, load_site
from kiosk.counted import counted
from kiosk.errors import CentreRefused

if TYPE_CHECKING:
    from kiosk.fleet.centre.reading import CentreAnswers


@click.group()
def centre() -> None:
    """Look after the centre of several kiosks: their answers come in to it."""


def _loaded(site: Path, data: Path | None) -> Site:
    needs_centre()
    return load_site(site, data)


@contextmanager
def centre_answers(
    site: Path, data: Path | None, kiosk: str | None
) -> Iterator[tuple[Site, CentreAnswers]]:
    """Give the answers of all kiosks, or of one, for a report."""
    loaded = _loaded(site, data)
    from kiosk.fleet.centre.database import opened
    from kiosk.fleet.centre.reading import CentreAnswers

    with opened(loaded) as connection:
        yield loaded, CentreAnswers(connection, kiosk)


@centre.command()
@site_option
@data_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8600, show_default=True, help="Its port."
)
def serve(site: Path, data: Path | None, host: str, port: int) -> None:
    """Serve the centre until Ctrl-C.

    Its database is `[centre] database` in kiosk.toml, or else an embedded one in the data folder.
    For kiosks on other computers: --host 0.0.0.0
    """
    loaded = _loaded(site, data)
    from kiosk.web.centre import serve as run

    run(loaded, host, port, report=click.echo)


@centre.command()
@site_option
@data_option
@click.argument("name")
def enrol(site: Path, data: Path | None, name: str) -> None:
    """Make a code with which one kiosk joins once, within a day.

    A kiosk that has this name already is shut out as soon as the code is used: so a computer that
    was replaced, stolen or copied goes on as another.
    """
    loaded = _loaded(site, data)
    from kiosk.fleet.centre.database import folder_of, opened
    from kiosk.fleet.centre.register import invite
    from kiosk.fleet.code import new_code
    from kiosk.fleet.keys import certificate_of, der_of

    certificate, _ = certificate_of(folder_of(loaded))
    code = new_code(der_of(certificate))
    with opened(loaded) as connection:
        new = invite(connection, name, code)
    address = loaded.settings.centre.address or "ADDRESS"
    click.echo(f"At the kiosk, within a day: kiosk enrol {address} {code}")
    if not new:
        click.echo(f'There is a kiosk "{name}". It is shut out when this code is used.', err=True)
    if address == "ADDRESS":
        click.echo(
            "ADDRESS is how the kiosk reaches this computer, such as "
            "https://centre.example.org:8600. Write it into kiosk.toml: [centre] address",
            err=True,
        )


@centre.command()
@site_option
@data_option
@click.argument("name")
def revoke(site: Path, data: Path | None, name: str) -> None:
    """Let a kiosk send no more, at once. The answers that came from it stay."""
    loaded = _loaded(site, data)
    from kiosk.fleet.centre import register
    from kiosk.fleet.centre.database import opened

    with opened(loaded) as connection:
        if not register.revoke(connection, name):
            raise CentreRefused(f'There is no kiosk "{name}". Try: kiosk centre kiosks')
    click.echo(f'The kiosk "{name}" is shut out.')


@centre.command()
@site_option
@data_option
@click.argument("name")
@click.argument("group_", metavar="[GROUP]", default="everyone")
def group(site: Path, data: Path | None, name: str, group_: str) -> None:
    """Let a kiosk take releases with a GROUP, such as first, before the others do.

    Without a GROUP it takes them with all the others again. `kiosk release make FOLDER --for GROUP`
    makes a release for a group, `kiosk release widen FOLDER GROUP` gives it to all.
    """
    loaded = _loaded(site, data)
    from kiosk.fleet.centre import register
    from kiosk.fleet.centre.database import opened
    from kiosk.fleet.names import EVERYONE
    from kiosk.fleet.release.manifest import must_be_group

    with opened(loaded) as connection:
        if not register.group(connection, name, must_be_group(group_)):
            raise CentreRefused(f'There is no kiosk "{name}". Try: kiosk centre kiosks')
    with_whom = "all the others" if group_ == EVERYONE else f'the group "{group_}"'
    click.echo(f'The kiosk "{name}" takes releases with {with_whom}, from its next beat on.')


@centre.command()
@site_option
@data_option
@format_option("For people, or for programs.")
def kiosks(site: Path, data: Path | None, form: str) -> None:
    """List the kiosks that belong to the centre."""
    loaded = _loaded(site, data)
    from kiosk.fleet.centre import register
    from kiosk.fleet.centre.database import opened
    from kiosk.fleet.names import EVERYONE

    with opened(loaded) as connection:
        found = register.members(connection)
    if form == "json":
        told = [
            {
                "id": one.id,
                "name": one.name,
                "group": one.group,
                "joined": one.joined.isoformat() if one.joined else None,
                "revoked": one.revoked.isoformat() if one.revoked else None,
            }
            for one in found
        ]
        click.echo(json.dumps({"kiosks": told}, indent=2, ensure_ascii=False))
        return
    for one in found:
        if one.revoked:
            state = f"shut out since {one.revoked.astimezone(loaded.zone):%Y-%m-%d}"
        elif one.joined:
            state = f"joined on {one.joined.astimezone(loaded.zone):%Y-%m-%d}"
        else:
            state = "has not joined yet"
        click.echo(
            f"{one.name}: {state}{'' if one.group == EVERYONE else f', in the group {one.group}'}"
        )
    if not found:
        click.echo("No kiosk belongs to this centre yet. Try: kiosk centre enrol NAME", err=True)


@centre.command()
@site_option
@data_option
def key(site: Path, data: Path | None) -> None:
    """Print what a publisher must know of this centre: kiosk release begin FOLDER --centre KEY."""
    loaded = _loaded(site, data)
    from kiosk.fleet.centre.releases import public_key_of

    click.echo(public_key_of(loaded))


@centre.command()
@site_option
@data_option
@format_option("For people, or for programs.")
def status(site: Path, data: Path | None, form: str) -> None:
    """Say how every kiosk is, problems first. Ends with 1 when something needs a person."""
    loaded = _loaded(site, data)
    from kiosk.fleet.centre.beats import as_data, board
    from kiosk.fleet.centre.database import opened

    with opened(loaded) as connection:
        found = board(connection)
    if form == "json":
        click.echo(json.dumps(as_data(found), indent=2, ensure_ascii=False))
    else:
        for one in found.things:
            click.echo(str(one))
        for row in found.rows:
            click.echo(f"{row.name}")
            for one in row.things:
                click.echo(f"  {one}")
    if not found.good:
        sys.exit(1)


@centre.command()
@site_option
@data_option
@click.argument("code")
@click.option("--pictures", default="", help='The two pictures, when asked for: "cat, umbrella".')
@click.option("--yes", is_flag=True, help="Do not ask first.")
def delete(site: Path, data: Path | None, code: str, pictures: str, yes: bool) -> None:
    """Delete one answer for ever, here and at the kiosk that has it, by its code."""
    loaded = _loaded(site, data)
    from kiosk.feedback.answer.receipt import receipt_of
    from kiosk.feedback.answer.ulid import parse
    from kiosk.feedback.store.deletion import ending_of
    from kiosk.fleet.centre import answers
    from kiosk.fleet.centre.database import folder_of, opened
    from kiosk.located import Mistake

    try:
        ending = ending_of(code, pictures)
    except Mistake as mistake:
        raise click.UsageError(f"{mistake.problem} {mistake.hint}".rstrip()) from None
    with opened(loaded) as connection:
        found = answers.find(connection, ending)
        told = [f"{parse(one).day}, {receipt_of(parse(one))}" for one in found]
        again = 'kiosk centre delete CODE --pictures "..."'
        must_be_one(told, code, ask_for="the two pictures", again=again, yes=yes)
        answers.delete(connection, found, answers.Stones(folder_of(loaded) / answers.STONES))
    click.echo("It is deleted here. Its kiosk deletes it when it sends next.")
    click.echo("It may still be in a backup that you made before.", err=True)


@centre.command()
@site_option
@data_option
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(site: Path, data: Path | None, file: Path) -> None:
    """Write everything of the centre into a new file, while it goes on.

    The file holds answers and the centre's key: keep it where nobody else can read it.
    """
    loaded = _loaded(site, data)
    from kiosk.fleet.centre.backup import backup as run
    from kiosk.fleet.centre.database import opened

    with opened(loaded) as connection:
        made = run(loaded, connection, file)
    click.echo(
        f"{counted(made.answers, 'answer')}, {counted(made.voices, 'recorded voice')},"
        f" {counted(made.kiosks, 'kiosk')}. All read again."
    )
    click.echo(f"The backup is in {file} ({made.bytes / 1_000_000:,.1f} MB).", err=True)


@centre.command()
@site_option
@data_option
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--deleted",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A newer deleted.txt of the centre: what stands there stays away.",
)
def restore(site: Path, data: Path | None, file: Path, deleted: Path | None) -> None:
    """Put a backup back into an empty centre that is not running.

    What was deleted since then stays deleted, as far as data/centre/deleted.txt knows. Each kiosk
    sends again what came after the backup, when it next sends.
    """
    loaded = _loaded(site, data)
    from kiosk.fleet.centre.answers import Stones
    from kiosk.fleet.centre.backup import restore as run
    from kiosk.fleet.centre.database import opened

    stones = frozenset(Stones(deleted).all()) if deleted else frozenset()
    with opened(loaded) as connection:
        done = run(loaded, connection, file, stones)
    click.echo(
        f"{counted(done.answers, 'answer')}, {counted(done.voices, 'recorded voice')},"
        f" {counted(done.kiosks, 'kiosk')} are back, as of {done.made:%Y-%m-%d %H:%M} (UTC)."
    )
    if done.deleted:
        click.echo(f"Left out, because deleted: {counted(done.deleted, 'answer')}.", err=True)
    if done.old:
        click.echo(done.old, err=True)
    click.echo("Start the centre. Each kiosk sends what is missing: kiosk centre status", err=True)

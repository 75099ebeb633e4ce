"""`kiosk release`: pages that go out to many kiosks, signed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.needed import needs_centre, needs_releases
from kiosk.cli.options import data_option, site_option
from kiosk.config import load_site
from kiosk.counted import counted
from kiosk.errors import CentreRefused

if TYPE_CHECKING:
    from kiosk.fleet.release.make import Made

_folder = click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
_yes = click.option("--yes", is_flag=True, help="Do not ask first.")
_SHOWN = 20


@click.group()
def release() -> None:
    """Send pages to all kiosks, signed; and at a kiosk, take them or go back.

    The publisher uses begin, make, sign, widen, withdraw and renew; the centre publish and stick; a
    kiosk trust, take, back and list.
    """


@release.command()
@_folder
@click.option("--centre", "key", required=True, help="What `kiosk centre key` prints.")
def begin(folder: Path, key: str) -> None:
    """Make a FOLDER of releases at the publisher, with all its keys. This is done once."""
    needs_releases()
    from kiosk.fleet.release.make import begin as run
    from kiosk.fleet.release.trust import fingerprint

    root = run(folder, key)
    click.echo(f"The folder of releases is {folder}. Its number: {fingerprint(root)}")
    click.echo(
        f"Now move each of {folder / 'keys'}/root-1.key, root-2.key and root-3.key onto a memory\n"
        "stick of its own, keep each at another place, and delete them here. Two of them together\n"
        "make another publisher. publisher.key stays here, where only the publisher can read it.",
        err=True,
    )


@release.command()
@site_option
@data_option
@_folder
@click.option("--note", default="", help="A line for staff: what is new.")
@click.option("--for", "group", default="everyone", help="Only for this group of kiosks.")
def make(site: Path, data: Path | None, folder: Path, note: str, group: str) -> None:
    """Make the next release in FOLDER, of the pages and pictures of this site as they are now.

    With --for, some kiosks take it first (`kiosk centre group`), and the others when it is widened.
    Nothing with a mistake goes out. A person's recorded voice goes out only if they agreed to
    "release".
    """
    needs_releases()
    from kiosk.fleet.release.folder import ReleaseFolder
    from kiosk.fleet.release.make import make as run

    _tell(run(load_site(site, data), ReleaseFolder(folder), note, group), folder)


@release.command()
@site_option
@data_option
@_folder
@click.argument("group")
def widen(site: Path, data: Path | None, folder: Path, group: str) -> None:
    """Make a release for all kiosks, with the pages that GROUP has tried.

    Sign and publish it.
    """
    needs_releases()
    from kiosk.fleet.release.folder import ReleaseFolder
    from kiosk.fleet.release.make import widen as run

    _tell(run(load_site(site, data), ReleaseFolder(folder), group), folder)


@release.command()
@site_option
@data_option
@_folder
def withdraw(site: Path, data: Path | None, folder: Path) -> None:
    """Make a release that takes the newest one back: it has the pages of the one before.

    It is for those kiosks that the newest was for.
    Sign and publish it. No kiosk can go back to what was withdrawn.
    """
    needs_releases()
    from kiosk.fleet.release.folder import ReleaseFolder
    from kiosk.fleet.release.make import withdraw as run

    _tell(run(load_site(site, data), ReleaseFolder(folder)), folder)


def _tell(made: Made, folder: Path) -> None:
    for what, paths in (("new", made.added), ("changed", made.changed), ("gone", made.removed)):
        for path in paths[:_SHOWN]:
            click.echo(f"{what}: {path}")
        if len(paths) > _SHOWN:
            click.echo(f"{what}: and {len(paths) - _SHOWN:,} more")
    for line in made.left_out:
        click.echo(f"left out: {line}", err=True)
    click.echo(
        f"Release {made.number} has {counted(made.files, 'file')}"
        f" ({made.size / 1_000_000:,.1f} MB). It waits to be signed."
    )
    click.echo(f"Now: kiosk release sign {folder} --key {folder / 'keys'}/publisher.key", err=True)


@release.command()
@_folder
@click.option(
    "--key",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file of a key: publisher.key, or a root key where a key was changed.",
)
def sign(folder: Path, key: Path) -> None:
    """Sign what waits in FOLDER."""
    needs_releases()
    from kiosk.fleet.release.folder import ReleaseFolder
    from kiosk.fleet.release.make import sign as run

    done = run(ReleaseFolder(folder), key)
    if done.lacking:
        more = counted(done.lacking, "more root key")
        click.echo(f"{done.what} must be signed with {more}.")
    else:
        click.echo(f"{done.what} is signed. At the centre: kiosk release publish {folder}")


@release.command()
@_folder
@click.argument("lost")
@click.option("--centre", "key", default="", help="For a new centre: its `kiosk centre key`.")
def renew(folder: Path, lost: str, key: str) -> None:
    """Put another key in the place of one that was lost or stolen.

    LOST is publisher, centre, root-1, root-2 or root-3. Two root keys that are not lost sign it.
    """
    needs_releases()
    from kiosk.fleet.release.folder import ReleaseFolder
    from kiosk.fleet.release.make import renew as run

    new = run(ReleaseFolder(folder), lost, key)
    if new is not None:
        click.echo(f"The new key is {new}.")
    click.echo(f"Now, twice, with two root keys: kiosk release sign {folder} --key FILE")


@release.command()
@site_option
@data_option
@_folder
def publish(site: Path, data: Path | None, folder: Path) -> None:
    """At the centre: let all kiosks have the newest release in FOLDER.

    All of it is checked first.
    """
    needs_centre()
    from kiosk.fleet.centre.database import opened
    from kiosk.fleet.centre.releases import publish as run
    from kiosk.fleet.release.folder import ReleaseFolder

    loaded = load_site(site, data)
    with opened(loaded) as connection:
        done = run(loaded, connection, ReleaseFolder(folder))
    click.echo(
        f"Release {done.number} is the newest now. {counted(done.files, 'new file')}"
        f" ({done.size / 1_000_000:,.1f} MB) came in. The kiosks take it within minutes."
    )


@release.command()
@site_option
@data_option
@_folder
def stick(site: Path, data: Path | None, folder: Path) -> None:
    """At the centre: write the newest release into FOLDER, on a memory stick.

    For a kiosk without a network. It is believed for 90 days.
    """
    needs_centre()
    from kiosk.fleet.centre.database import opened
    from kiosk.fleet.centre.releases import copy_to, sign_once_a_day
    from kiosk.fleet.release.folder import ReleaseFolder

    loaded = load_site(site, data)
    with opened(loaded) as connection:
        sign_once_a_day(loaded, connection)
        number, files = copy_to(connection, ReleaseFolder(folder))
    click.echo(f"Release {number} is in {folder}; {counted(files, 'new file')} went there.")
    click.echo(f"At the kiosk: kiosk release take {folder}", err=True)


@release.command()
@site_option
@data_option
@_folder
@_yes
def trust(site: Path, data: Path | None, folder: Path, yes: bool) -> None:
    """At a kiosk without a centre: believe the publisher of the releases in FOLDER from now on."""
    needs_releases()
    from kiosk.fleet.member.releases import trust as run
    from kiosk.fleet.release.folder import ReleaseFolder
    from kiosk.fleet.release.trust import fingerprint, next_root

    loaded = load_site(site, data)
    name = "1.root.json"
    found = ReleaseFolder(folder).read(name)
    if found is None:
        raise CentreRefused(f"{folder} is no folder of releases.")
    number = fingerprint(next_root(None, found, name))
    click.echo(f"The publisher has the number {number}.")
    if not yes:
        click.confirm("Is that the number that the publisher told you?", abort=True)
    run(loaded, found, name)
    click.echo("This kiosk believes this publisher from now on, and no other.")


@release.command()
@site_option
@data_option
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--again", is_flag=True, help="Also the one that somebody went back from.")
def take(site: Path, data: Path | None, folder: Path | None, again: bool) -> None:
    """At a kiosk: take the newest release now, from the centre or from FOLDER on a memory stick.

    A kiosk that belongs to a centre does that by itself. What cannot be believed changes nothing.
    """
    needs_releases()
    from kiosk.fleet.member.enrolment import enrolment_of
    from kiosk.fleet.member.releases import take as run
    from kiosk.fleet.member.source import CentreSource
    from kiosk.fleet.release.folder import ReleaseFolder

    loaded = load_site(site, data)
    if folder is not None:
        done = run(loaded, ReleaseFolder(folder), again=again)
    else:
        enrolment = enrolment_of(loaded)
        if enrolment is None:
            raise CentreRefused(
                "This kiosk belongs to no centre. Try: name the folder on the memory stick."
            )
        done = run(loaded, CentreSource(enrolment), again=again)
    if done.is_new:
        came = f"{counted(done.files, 'file')} ({done.size / 1_000_000:,.1f} MB) came"
        click.echo(f"Release {done.number} is shown now. {came}; all is checked.")
    elif done.passed:
        click.echo(f"Release {done.number} stays: somebody here went back from {done.passed}.")
        click.echo("To take it all the same: kiosk release take --again", err=True)
    else:
        click.echo(f"Release {done.number} is the newest, and is shown.")


@release.command()
@site_option
@data_option
def back(site: Path, data: Path | None) -> None:
    """At a kiosk: show the release before this one. The next newer one comes by itself again."""
    needs_releases()
    from kiosk.fleet.member.releases import back as run

    click.echo(f"Release {run(load_site(site, data))} is shown now.")


@release.command(name="list")
@site_option
@data_option
def list_(site: Path, data: Path | None) -> None:
    """At a kiosk: list the releases that are here."""
    from kiosk.live.released import kept, number_shown

    loaded = load_site(site, data)
    now = number_shown(loaded)
    for number in reversed(kept(loaded)):
        click.echo(f"{number}  {'is shown' if number == now else 'is kept'}")
    if not now:
        click.echo("The kiosk shows the pages of its own folder.", err=True)

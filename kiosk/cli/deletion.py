"""`kiosk feedback delete` and `kiosk feedback purge`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kiosk.cli.options import DayParam, data_option, site_option
from kiosk.config import load_site
from kiosk.counted import counted


def must_be_one(told: list[str], code: str, *, ask_for: str, again: str, yes: bool) -> None:
    """Stop unless a code is that of one answer, and staff want to delete it for ever.

    told: a line for each answer that has it. ask_for: what tells them apart; again: the command.
    """
    if not told:
        raise click.ClickException(f'There is no answer with the code "{code}".')
    if len(told) > 1:
        raise click.ClickException(
            f"More than one answer has this code. Ask for {ask_for}:\n"
            + "\n".join(f"  {line}" for line in told)
            + f"\nThen: {again}"
        )
    if not yes:
        click.confirm(f"Delete the answer of {told[0]}, for ever?", abort=True)


@click.command()
@site_option
@data_option
@click.argument("code")
@click.option("--pictures", default="", help='The two pictures, when asked for: "cat, umbrella".')
@click.option("--day", type=DayParam(), help="The day of the answer, when asked for: 2026-11-23.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
def delete(
    site: Path, data: Path | None, code: str, pictures: str, day: date | None, yes: bool
) -> None:
    """Delete one answer for ever, by the code that the person was given."""
    from kiosk.feedback.answer.receipt import receipt_of
    from kiosk.feedback.store.deletion import find_by_receipt, forget, was_deleted
    from kiosk.feedback.store.shelf import folder_of
    from kiosk.feedback.store.store import AnswerStore
    from kiosk.located import Mistake

    loaded = load_site(site, data)
    folder = folder_of(loaded)
    try:
        found = find_by_receipt(folder, code, pictures=pictures, day=day)
        gone = not found and was_deleted(folder, code, pictures=pictures)
    except Mistake as mistake:
        raise click.UsageError(f"{mistake.problem} {mistake.hint}".rstrip()) from None
    if gone:
        click.echo("This answer is deleted already.")
        return
    told = [f"{answer.day}, {receipt_of(answer)}" for answer in found]
    again = 'kiosk feedback delete CODE --pictures "..." --day ...'
    must_be_one(told, code, ask_for="the two pictures, or the day", again=again, yes=yes)
    AnswerStore(folder).delete(found[0])
    forget(loaded)
    click.echo("It is deleted. It may still be in a backup that you made before.")


@click.command()
@site_option
@data_option
@click.option("--keep-months", type=click.IntRange(1, 120), help="Instead of the setting.")
@click.option("--yes", is_flag=True, help="Delete them, and do not only list them.")
def purge(site: Path, data: Path | None, keep_months: int | None, yes: bool) -> None:
    """List the answers that are older than `[feedback] keep_months`; with --yes, delete them."""
    from kiosk.feedback.store.deletion import purge as run
    from kiosk.feedback.store.deletion import too_old
    from kiosk.feedback.store.shelf import folder_of
    from kiosk.feedback.store.store import AnswerStore

    loaded = load_site(site, data)
    months = keep_months or loaded.settings.feedback.keep_months
    zone = loaded.zone
    folder = folder_of(loaded)
    found = too_old(folder, today=loaded.today(), keep_months=months, zone=zone)
    answers = counted(len(found), "answer is", "answers are")
    age = "a month" if months == 1 else f"{months} months"
    if not yes:
        for one in found:
            click.echo(f"{one}  {one.day}")
        click.echo(f"{answers} older than {age}. Nothing was deleted.", err=True)
        if found:
            click.echo("To delete them: kiosk feedback purge --yes", err=True)
        return
    run(loaded, AnswerStore(folder), found)
    click.echo(f"{answers} deleted.", err=True)

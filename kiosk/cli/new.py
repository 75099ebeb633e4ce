"""`kiosk new page` and `kiosk new translation`."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import click

from kiosk.cli.options import site_option
from kiosk.config import load_site
from kiosk.located import did_you_mean


@click.group()
def new() -> None:
    """Begin something new."""


@new.command()
@click.argument("title")
@click.option("--part", help="The part of the site that the page belongs to: its folder.")
@click.option("--name", help="The page's name in small letters. Without it: made from the title.")
@click.option("--lang", help="The page's language. Without it: the site's first one.")
@site_option
def page(title: str, part: str | None, name: str | None, lang: str | None, site: Path) -> None:
    """Write a page to fill in. It is a draft until you have looked at it."""
    loaded = load_site(site)
    from kiosk.editor.place import parts_of
    from kiosk.editor.template import new_page

    known = parts_of(loaded, lang or loaded.settings.site.languages[0])
    if part is None:
        click.echo(f"The parts of this site are: {', '.join(known)}.")
        try:
            part = click.prompt("Which part does the page belong to?", prompt_suffix=" ")
        except click.Abort:
            raise click.UsageError("Say which part: --part NAME.") from None
    if part not in known:
        _ask_for_a_new_part(part, known)
    place = new_page(loaded, title, part=part, name=name, language=lang)
    shown = loaded.shown(place.path)
    click.echo(f"I made the page {shown}. It is a draft: visitors do not see it.")
    if part not in known:
        click.echo(f'"{part}" is a new part: write it into home.md, so that visitors find it.')
    click.echo('Fill in what says "To do", and choose pictures: kiosk pictures find "your words"')
    click.echo(f'Then write "status: ready" and ask: kiosk check {shown}')


def _ask_for_a_new_part(part: str, known: Collection[str]) -> None:
    """Ask before a part is made whose name looks like a slip of an old one's."""
    near = did_you_mean(part, known)
    if not near:
        return
    try:
        is_meant = click.confirm(
            f'There is no part "{part}" yet. Did you mean "{near[0]}"? Make the new part "{part}"?'
        )
    except click.Abort:
        click.echo("", err=True)
        is_meant = False
    if not is_meant:
        raise click.UsageError(f"I made nothing. For the part that is there: --part {near[0]}")


@new.command()
@click.argument("language")
@click.argument("name")
@site_option
def translation(language: str, name: str, site: Path) -> None:
    """Copy a page or a survey into another LANGUAGE, for you to translate.

    NAME is the name of its file, such as home.
    """
    loaded = load_site(site)
    from kiosk.editor.translation import new_translation

    made = new_translation(loaded, language, name)
    shown, original = loaded.shown(made.path), loaded.shown(made.original)
    click.echo(f"I made {shown}. Its words are still those of {original}.")
    if made.is_shown:
        click.echo("Visitors see it now: write your words in their place at once.")
    else:
        click.echo("It is a draft: visitors do not see it. Write your words in their place.")
        click.echo(f'Then write "status: ready" and ask: kiosk check {shown}')
    click.echo(
        "Has somebody who speaks the language checked it? Write who: translation_checked_by."
    )

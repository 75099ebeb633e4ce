"""`kiosk voice`: people's own voices, beside the pages that they read."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.options import DayParam, site_option
from kiosk.config import Site, load_site
from kiosk.counted import counted
from kiosk.errors import NotExported, RecordingRefused
from kiosk.recorded.consent import ROLES, USES, Consent, in_order

if TYPE_CHECKING:
    from kiosk.content import Language, Page
    from kiosk.errors import ContentError
    from kiosk.recorded.model import PageVoice

_OTHER_READS = "The kiosk's voice reads it."
_language = click.option("--language", help="The language. Without it: the site's first one.")


@click.group()
def voice() -> None:
    """Let people read pages in their own voices: keep, list, look at and take away recordings."""


@voice.command()
@click.argument("page")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@site_option
@_language
@click.option("--by", metavar="NAME", help="Who reads: a first name. The screen shows it.")
@click.option("--agreed", type=DayParam(), help="The day on which it was agreed.")
@click.option(
    "--agreed-by",
    type=click.Choice(ROLES),
    help="Who said yes: the reader (myself), a parent or a carer. Never a name.",
)
@click.option("--until", type=DayParam(), help="The last day on which it may be heard.")
@click.option(
    "--for",
    "uses",
    type=click.Choice(USES),
    multiple=True,
    help="Where it may be heard; it can stand more than once. Without it: on the screen only.",
)
@click.option("--sentence", type=click.IntRange(1), help="FILE has only this one, by its number.")
def add(
    page: str,
    file: Path,
    site: Path,
    language: str | None,
    by: str | None,
    agreed: date | None,
    agreed_by: str | None,
    until: date | None,
    uses: tuple[str, ...],
    sentence: int | None,
) -> None:
    """Keep FILE, in which a person reads PAGE, beside the page, and find the time of each word.

    FILE is WAV, MP3, OGG or FLAC. Without a person's yes it is not kept: what is missing is asked
    for. A new recording takes the place of the same sentences of the old one.
    """
    from kiosk.recorded.add import add as keep

    loaded = load_site(site)
    its_language, its_page = _page(loaded, page, language)
    consent = _consent(by, agreed, agreed_by, until, uses)
    if file.is_file():
        click.echo("I look for the words in the recording...", err=True)
    added = keep(loaded, its_language, its_page, file, consent, sentence=sentence)
    read = [one for one in added.sentences if one.is_read]
    kept = _voices(loaded)[0][its_page.path].recordings
    for one in added.sentences:
        if not one.is_read:
            has_it = "What was read before stays." if one.line.text in kept else _OTHER_READS
            click.echo(f'Not read: {one.number}. "{one.line.text}" {has_it}')
        elif one.doubt:
            click.echo(
                f'In doubt: {one.number}. "{one.line.text}" {one.doubt} '
                "Listen to it on the screen. It lights as a whole. To read it again, add it with "
                f"--sentence {one.number}."
            )
    for begins, ends, before in added.more:
        place = f"before sentence {before + 1}" if before < len(added.sentences) else "at the end"
        click.echo(f"Left out: {begins:.1f} to {ends:.1f} seconds, {place}: it is not on the page.")
    count = counted(len(read), "sentence", "sentences")
    click.echo(f"{count} of {len(added.sentences)} kept in {added.folder}.")
    _tell_if_not_heard(loaded, its_page)


@voice.command("list")
@click.argument("page", required=False)
@site_option
@_language
def list_voices(page: str | None, site: Path, language: str | None) -> None:
    """List who reads which page, what was agreed, and where it is heard; of PAGE each sentence."""
    loaded = load_site(site)
    voices = _voices(loaded)[0]
    if page is not None:
        path = _page(loaded, page, language)[1].path
        if path not in voices:
            raise RecordingRefused(f"Nobody has read this page: {path}.")
        one = voices[path]
        click.echo(_summary(one, loaded.today()))
        for number, line in enumerate(one.lines, 1):
            found = one.recordings.get(line.text)
            how = "not read" if found is None else "word by word" if found.words else "as a whole"
            click.echo(f"{number:3}  {how:13} {line.text}")
        return
    for path in sorted(voices):
        click.echo(_summary(voices[path], loaded.today()))
    if not voices:
        click.echo("Nobody has read a page yet. To begin: kiosk voice add PAGE FILE", err=True)


@voice.command()
@click.argument("page", required=False)
@site_option
@_language
def check(page: str | None, site: Path, language: str | None) -> None:
    """Say what is wrong with the recordings, of PAGE or of all; 1 when there is anything.

    It tells of damaged files, of sentences that were edited or not read, of those that light as a
    whole, and of who is not heard any more.
    """
    from kiosk.recorded.look import warnings

    loaded = load_site(site)
    voices, problems = _voices(loaded)
    if page is not None:
        path = _page(loaded, page, language)[1].path
        folder = path.with_suffix(".voice")
        voices = {path: voices[path]} if path in voices else {}
        problems = [one for one in problems if one.path.is_relative_to(folder)]
        if not voices and not problems:
            raise RecordingRefused(f"Nobody has read this page: {path}.")
    told = [str(one) for one in (*problems, *warnings(voices.values(), loaded.today()))]
    for line in told:
        click.echo(line)
    for path, one in sorted(voices.items()):
        whole = [n for n, line in enumerate(one.lines, 1) if _is_whole(one, line.text)]
        if whole:
            numbers = ", ".join(map(str, whole))
            click.echo(f"{path}: light as a whole, as I am not sure of their words: {numbers}.")
    click.echo(f"{counted(len(voices), 'page')} looked at.", err=True)
    if told:
        sys.exit(1)


@voice.command()
@click.argument("page")
@site_option
@_language
@click.option("--sentence", type=click.IntRange(1), help="Only this one, by its number.")
@click.option("--old", is_flag=True, help="Only sentences that are not on the page any more.")
@click.option(
    "--copies",
    type=click.Path(file_okay=False, path_type=Path),
    multiple=True,
    help="Another folder to look for copies in, such as a stick; it can stand more than once.",
)
@click.option("--yes", is_flag=True, help="Do not ask first.")
def remove(
    page: str,
    site: Path,
    language: str | None,
    sentence: int | None,
    old: bool,
    copies: tuple[Path, ...],
    yes: bool,
) -> None:
    """Take a person's voice away: beside PAGE, and every copy in the site's folder and its data.

    A book or a copy for the web that has it goes as a whole: make it anew. It says what it cannot
    reach.
    """
    from kiosk.recorded.read import folder_of
    from kiosk.recorded.remove import OUT_OF_REACH
    from kiosk.recorded.remove import remove as take_away

    if sentence and old:
        raise click.UsageError("--sentence and --old do not go together.")
    loaded = load_site(site)
    its_page = _page(loaded, page, language)[1]
    only = _only(loaded, its_page, sentence, old=old)
    if not yes:
        what = "all recordings" if only is None else counted(len(only), "recording")
        click.confirm(f"Delete {what} of {its_page.path}, for ever?", abort=True)
    removed = take_away(loaded, folder_of(its_page), only, more=copies)
    gone = (len(removed.recordings), "file is", "files are")
    click.echo(f"{counted(*gone)} deleted beside the page.")
    for path in removed.copies:
        click.echo(f"Deleted: {loaded.shown(path)}. Make it anew if you need it.")
    for path in removed.kept:
        click.echo(f"I cannot delete {loaded.shown(path)}: do it by hand.", err=True)
    click.echo("What I cannot reach:")
    for one in OUT_OF_REACH:
        click.echo(f"- {one}")
    if removed.kept:
        sys.exit(1)


def _page(site: Site, name: str, language: str | None) -> tuple[Language, Page]:
    from kiosk.content import Library
    from kiosk.export.chosen import choose

    now = Library(site).now
    code = language or site.settings.site.languages[0]
    name = Path(name).stem if name.endswith(".md") else name
    known = now.languages.get(code)
    if known and name in known.pages and known.pages[name].language == code:
        return known, known.pages[name]
    if known and name == known.home.id:
        return known, known.home
    (found,) = choose(site, now, code, [name])  # says what is wrong with the name
    if len(found.pages) != 1:
        raise NotExported(f'"{name}" is a part: name one of its pages.')
    return found.language, found.pages[0]


def _consent(
    by: str | None,
    agreed: date | None,
    agreed_by: str | None,
    until: date | None,
    uses: tuple[str, ...],
) -> Consent:
    """Return what was agreed; what was not said is asked for. No consent, no voice."""
    try:
        by = by or click.prompt("Who reads? A first name", err=True)
        agreed_by = agreed_by or click.prompt(
            f"Who said yes to it: {', '.join(ROLES)}",
            type=click.Choice(ROLES),
            show_choices=False,
            err=True,
        )
        agreed = agreed or click.prompt("On which day, as in 2026-11-26", type=DayParam(), err=True)
    except click.Abort:
        raise RecordingRefused(
            "Nobody has said that this person agreed, so the voice is not kept. "
            "Ask them, then tell: --by NAME --agreed DATE --agreed-by myself, parent or carer."
        ) from None
    role = next(one for one in ROLES if one == agreed_by)
    return Consent(str(by), agreed, role, until, in_order(uses or ("screen",)))


def _only(site: Site, page: Page, sentence: int | None, *, old: bool) -> list[str] | None:
    """Return the hashes of what is to go; None: all."""
    from kiosk.recorded.model import lines_of

    if old:
        voices = _voices(site)[0]
        found = voices[page.path].left_over if page.path in voices else ()
        if not found:
            raise RecordingRefused("Every recording of this page is of a sentence that is there.")
        return [one.path.stem for one in found]
    if sentence is None:
        return None
    lines = lines_of(page)
    if sentence > len(lines):
        raise RecordingRefused(f"This page has {len(lines)} sentences: there is no {sentence}.")
    return [lines[sentence - 1].hash]


def _voices(site: Site) -> tuple[dict[Path, PageVoice], list[ContentError]]:
    from kiosk.content import Library
    from kiosk.recorded.look import all_voices

    voices, problems = all_voices(site, Library(site).now)
    return voices, list(problems)


def _summary(one: PageVoice, today: date) -> str:
    if one.consent is None:
        return f"{one.page}: {one.why_not('screen', today)}"
    agreed = one.consent
    until = f", until {agreed.until}" if agreed.until else ""
    heard = [use for use in USES if not one.why_not(use, today)]
    where = f"heard: {', '.join(heard)}" if heard else one.why_not("screen", today)
    read = len(one.lines) - len(one.lacking)
    return (
        f"{one.page}: {agreed.by}, {read} of {counted(len(one.lines), 'sentence')}, "
        f"agreed {agreed.agreed} by {agreed.agreed_by}{until}, {where}"
    )


def _is_whole(one: PageVoice, text: str) -> bool:
    found = one.recordings.get(text)
    return found is not None and not found.words


def _tell_if_not_heard(site: Site, page: Page) -> None:
    from kiosk.recorded.read import Recordings

    voice = Recordings(site).read([page]).value.get(page.path)
    why = voice.why_not("screen", site.today()) if voice else ""
    if why:
        click.echo(f"It is not heard on the screen yet. {why}")

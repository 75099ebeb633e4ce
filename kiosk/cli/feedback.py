"""`kiosk feedback`: one command for each thing that staff do with the answers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.centre import centre_answers
from kiosk.cli.deletion import delete, purge
from kiosk.cli.options import DayParam, data_option, site_option
from kiosk.config import Site, load_site
from kiosk.counted import counted

if TYPE_CHECKING:
    from kiosk.feedback.answer.aside import SetAside
    from kiosk.feedback.answer.record import KeptAnswer
    from kiosk.feedback.report.period import Unit
    from kiosk.feedback.store.index import AnswerIndex
    from kiosk.feedback.survey.survey import Survey
    from kiosk.symbols import SymbolBook


_FILE = click.Path(dir_okay=False, path_type=Path)
_survey = click.option("--survey", metavar="ID", help="Only this survey.")
_from = click.option("--from", "first", type=DayParam(), help="From this day: 2026-11-23.")
_until = click.option(
    "--until", "last", type=DayParam(), help="Until this day, with it: 2026-11-30."
)


@click.group()
def feedback() -> None:
    """See, report, export and look after what people said."""


for _one in (delete, purge):
    feedback.add_command(_one)


def _command(name: str) -> Callable[[Callable[..., None]], click.Command]:
    def made(function: Callable[..., None]) -> click.Command:
        return feedback.command(name)(site_option(data_option(function)))

    return made


@_command("list")
@_survey
@_from
@_until
@click.option("--set-aside", is_flag=True, help="Those that do not fit what is asked now, and why.")
def list_(
    site: Path,
    data: Path | None,
    survey: str | None,
    first: date | None,
    last: date | None,
    set_aside: bool,
) -> None:
    """List the answers, one line each, oldest first."""
    from kiosk.feedback.report.period import edges
    from kiosk.feedback.report.plain import one_line, told

    if set_aside:
        if survey is not None or first is not None or last is not None:
            raise click.UsageError("--set-aside lists all of them: leave the rest out.")
        _list_set_aside(load_site(site, data))
        return
    with _answers(site, data) as (loaded, index):
        zone = loaded.zone
        begin, end = edges(first, last, zone)
        count = 0
        for answer in index.answers(survey=survey, begin=begin, end=end):
            count += 1
            said = " | ".join(f"{name}: {told(value)}" for name, value in answer.answers.items())
            mark = f"({one_line(answer.marked)}) " if answer.marked else ""
            mark += "" if answer.complete else "(not finished) "
            mark += f"({one_line(answer.came)}) " if answer.came else ""
            when = f"{answer.received.astimezone(zone):%Y-%m-%d %H:%M}"
            click.echo(
                f"{answer.id}  {when}  {one_line(answer.survey)}  {mark}{one_line(said, 100)}"
            )
        click.echo(f"{counted(count, 'answer')}.", err=True)
        _tell_unreadable(index)


def _list_set_aside(site: Site) -> None:
    from kiosk.errors import ContentError
    from kiosk.feedback.answer.aside import in_words
    from kiosk.feedback.store.reader import read_all_set_aside
    from kiosk.feedback.store.shelf import folder_of

    folder = folder_of(site)
    count = unreadable = 0
    for one in read_all_set_aside(folder, site.shown(folder)):
        if isinstance(one, ContentError):
            unreadable += 1
            click.echo(str(one))
            continue
        count += 1
        _show_set_aside(site, one, in_words(one.reason, one.sent))
    click.echo(_waiting(count), err=True)
    if count:
        click.echo("Mend what they wait for, then: kiosk feedback take-in", err=True)
    if unreadable:
        click.echo(
            f"{counted(unreadable, 'file')} cannot be read: see `kiosk feedback verify`.", err=True
        )


def _show_set_aside(site: Site, one: SetAside, reason: str) -> None:
    """Write one line: which answer, why it waits, where it stands, and how it begins."""
    from kiosk.feedback.report.plain import one_line, told
    from kiosk.feedback.store.shelf import ASIDE, folder_of

    when = f"{one.received.astimezone(site.zone):%Y-%m-%d %H:%M}"
    place = site.shown(folder_of(site)) / ASIDE / f"{one.sent.id}.yaml"
    said = " | ".join(f"{name}: {told(value)}" for name, value in one.sent.answers.items())
    click.echo(f"{one.sent.id}  {when}  {one_line(reason, 100)}  {place}  {one_line(said, 100)}")


@_command("take-in")
@click.option("--dry-run", is_flag=True, help="Only tell which would be taken in.")
def take_in(site: Path, data: Path | None, dry_run: bool) -> None:
    """Take in the answers that were set aside, once what they wait for is mended.

    An answer is set aside when its survey, question, choice, page or language is not there, or when
    the clock of its screen was wrong. It is kept whole. Those that fit now become ordinary answers;
    the others stay, each with its reason. A running kiosk does the same by itself.
    """
    loaded = load_site(site, data)
    from kiosk.feedback.answer.aside import in_words
    from kiosk.live.kiosk import Kiosk

    kiosk = Kiosk(loaded, report=lambda _: None)
    try:
        done = kiosk.take_in(dry_run=dry_run)
    finally:
        kiosk.close()
    for one, reason in done.stay:
        _show_set_aside(loaded, one, in_words(reason, one.sent))
    for problem in done.unreadable:
        click.echo(str(problem))
    would = "would be taken in" if dry_run else "taken in"
    click.echo(f"{counted(done.taken, 'answer')} {would}. {_waiting(len(done.stay))}", err=True)


@_command("show")
@click.argument("answer")
def show(site: Path, data: Path | None, answer: str) -> None:
    """Show one answer: by its id, or by the code on its receipt."""
    from kiosk.feedback.report.plain import seen
    from kiosk.feedback.store.shelf import MAX_ANSWER_BYTES, read_bytes

    with _answers(site, data) as (loaded, index):
        aside = _find_set_aside(loaded, answer)
        found = index.find(answer) if aside else _find(index, answer)
        for path in [*map(index.path, found), *aside]:
            shown = loaded.shown(path)
            text = read_bytes(path, shown, MAX_ANSWER_BYTES).decode("utf-8", "replace")
            click.echo(f"# {shown}\n{seen(text)}")


@_command("verify")
def verify(site: Path, data: Path | None) -> None:
    """Read every file, and compare the index with the files."""
    from kiosk.feedback.store.shelf import folder_of
    from kiosk.feedback.store.verify import verify as run

    with _index(site, data) as (loaded, index):
        folder = folder_of(loaded)
        found = run(index, folder, loaded.shown(folder))
    for problem in found.problems:
        click.echo(str(problem))
    for one in found.differences:
        click.echo(f"The index was wrong about {one}.")
    if found.differences:
        click.echo("The index is made again.", err=True)
    click.echo(f"{counted(found.answers, 'answer')}. Every one of them can be read.", err=True)
    if found.aside:
        click.echo(_waiting(found.aside), err=True)
    if found.problems or found.differences:
        sys.exit(1)


@_command("report")
@_survey
@_from
@_until
@click.option(
    "--period",
    type=click.Choice(["day", "week", "month", "quarter", "year"]),
    help="Count each of them by itself, side by side.",
)
@click.option(
    "--only",
    type=click.Choice(["kiosk", "web"]),
    help="Only answers given at the kiosk itself, or only those from the copy on the web.",
)
@click.option("--html", type=_FILE, help="Write a page with charts to this file.")
@click.option("--centre", is_flag=True, help="Of all kiosks: what their centre here has.")
@click.option("--kiosk", help="With --centre: of this kiosk alone.")
def report(
    site: Path,
    data: Path | None,
    survey: str | None,
    first: date | None,
    last: date | None,
    period: Unit | None,
    only: str | None,
    html: Path | None,
    centre: bool,
    kiosk: str | None,
) -> None:
    """Count what people said, and list their words."""
    from kiosk.feedback.report.report import report as run
    from kiosk.feedback.report.report_views import as_html, as_text
    from kiosk.feedback.store.private import private_file

    if first is not None and last is not None and first > last:
        raise click.UsageError("--from must not be later than --until.")
    if kiosk is not None and not centre:
        raise click.UsageError("--kiosk goes with --centre.")
    source = centre_answers(site, data, kiosk) if centre else _answers(site, data)
    with source as (loaded, index):
        surveys = _surveys(loaded, survey)
        now = datetime.now(UTC)
        made = run(
            index,
            loaded,
            surveys,
            now,
            survey=survey,
            first=first,
            last=last,
            unit=period,
            only=only,
        )
    if html is None:
        click.echo(as_text(made), nl=False)
        return
    with private_file(html) as file:
        file.write(as_html(made).encode())
    click.echo(f"The report is in {html}.", err=True)


@_command("export")
@_survey
@_from
@_until
@click.option("--format", "kind", type=click.Choice(["csv", "json"]), default="csv")
@click.option("--output", "-o", type=_FILE, help="Write to this file, and not here.")
def export(
    site: Path,
    data: Path | None,
    survey: str | None,
    first: date | None,
    last: date | None,
    kind: str,
    output: Path | None,
) -> None:
    """Give the answers to a spreadsheet (CSV) or to another program (JSON)."""
    from kiosk.feedback.report.export import columns, csv_rows, json_texts
    from kiosk.feedback.report.period import edges
    from kiosk.feedback.store.private import private_file

    with _answers(site, data) as (loaded, index), index.held():
        surveys = _surveys(loaded, survey)
        zone = loaded.zone
        begin, end = edges(first, last, zone)

        def answers() -> Iterator[KeptAnswer]:
            return index.answers(survey=survey, begin=begin, end=end)

        texts = json_texts(answers())
        if kind == "csv":
            texts = csv_rows(answers(), columns(answers(), surveys), zone)
        if output is None:
            for text in texts:
                click.echo(text.encode(), nl=False)  # bytes: the same on every machine
        else:
            with private_file(output) as file:
                file.writelines(text.encode() for text in texts)
            click.echo(f"The answers are in {output}.", err=True)
        _tell_unreadable(index)


@_command("backup")
@click.argument("file", type=_FILE)
def backup(site: Path, data: Path | None, file: Path) -> None:
    """Write all answers into a new file, while the kiosk goes on."""
    from kiosk.feedback.store.backup import backup as run
    from kiosk.feedback.store.shelf import folder_of

    loaded = load_site(site, data)
    folder = folder_of(loaded)
    made = run(folder, loaded.shown(folder), file, datetime.now(UTC))
    click.echo(
        f"{counted(made.answers, 'answer')}. {made.voices:,} recorded voices. All read again."
    )
    click.echo(f"The backup is in {file} ({made.bytes / 1_000_000:,.1f} MB).", err=True)
    for problem in made.left_out:
        click.echo(f"Not in the backup: {problem}", err=True)
    if made.left_out:
        sys.exit(1)


@_command("restore")
@click.argument("file", type=_FILE)
def restore(site: Path, data: Path | None, file: Path) -> None:
    """Put the answers of a backup back. Nothing that is there is changed."""
    from kiosk.feedback.store.backup import restore as run
    from kiosk.feedback.store.shelf import folder_of

    loaded = load_site(site, data)
    floor = loaded.settings.feedback.free_space_floor_mb * 1_000_000
    done = run(folder_of(loaded), file, free_floor=floor)
    click.echo(f"{counted(done.answers, 'answer')}. {done.voices:,} recorded voices. All are back.")
    if done.there:
        click.echo(f"There already: {counted(done.there, 'file')}.", err=True)
    if done.deleted:
        click.echo(f"Left out, because deleted: {counted(done.deleted, 'answer')}.", err=True)


@_command("said")
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option("--quote", is_flag=True, help="Take people's own words into the draft.")
def said(site: Path, data: Path | None, ids: tuple[str, ...], quote: bool) -> None:
    """Begin an entry of "You said, we did" about some answers.

    The draft says what was chosen. What people wrote is private: it is shown here, and only
    --quote takes it into the draft.
    """
    from kiosk.content.you_said import FILE
    from kiosk.feedback.report.said_draft import append, draft
    from kiosk.symbols import SymbolBook

    with _answers(site, data) as (loaded, index):
        chosen = {one.id: one for wanted in ids for one in _find(index, wanted)}
    symbols = SymbolBook(loaded)
    surveys = _surveys(loaded, None, symbols)
    made = draft(chosen.values(), loaded, surveys, loaded.today(), quote=quote)
    line = append(loaded, symbols, made.text)
    for words in made.words:
        click.echo(f"  {words}")
    where = loaded.shown(loaded.content / FILE)
    click.echo(f"A draft is in {where}:{line}.", err=True)
    click.echo("Write what you did, then take away the line with the status.", err=True)


@contextmanager
def _index(site: Path, data: Path | None) -> Iterator[tuple[Site, AnswerIndex]]:
    from kiosk.feedback.store.index import open_index

    loaded = load_site(site, data)
    with open_index(loaded) as index:
        yield loaded, index


@contextmanager
def _answers(site: Path, data: Path | None) -> Iterator[tuple[Site, AnswerIndex]]:
    with _index(site, data) as (loaded, index):
        index.refresh(every_file=True)
        yield loaded, index


def _find_set_aside(site: Site, answer: str) -> list[Path]:
    """Return the files that are set aside of an id, or of the code on a receipt."""
    from kiosk.feedback.answer.receipt import CODE_CHARACTERS, read_code
    from kiosk.feedback.store.shelf import ASIDE, aside_ids, folder_of
    from kiosk.located import Mistake

    wanted = answer.strip().upper()
    with suppress(Mistake):
        wanted = read_code(answer)
    folder = folder_of(site)
    ids = sorted(aside_ids(folder))
    return [
        folder / ASIDE / f"{one}.yaml" for one in ids if wanted in (one, one[-CODE_CHARACTERS:])
    ]


def _find(index: AnswerIndex, answer: str) -> list[KeptAnswer]:
    found = index.find(answer)
    if not found:
        raise click.ClickException(f'There is no answer "{answer}".')
    return found


def _surveys(
    site: Site, wanted: str | None, symbols: SymbolBook | None = None
) -> dict[str, Survey]:
    """Return the surveys of a site; a wanted one that is not among them gets a word about it."""
    from kiosk.feedback.survey.survey import load_surveys
    from kiosk.located import did_you_mean
    from kiosk.symbols import SymbolBook

    surveys, _ = load_surveys(site, symbols or SymbolBook(site))
    if wanted is not None and wanted not in surveys:
        near = did_you_mean(wanted, surveys)
        hint = f' Did you mean "{near[0]}"?' if near else ""
        click.echo(f'This site has no survey "{wanted}" now.{hint}', err=True)
    return surveys


def _waiting(count: int) -> str:
    return f"{counted(count, 'answer waits', 'answers wait')} set aside."


def _tell_unreadable(index: AnswerIndex) -> None:
    count = len(index.problems)
    if count:
        click.echo(
            f"{counted(count, 'file')} cannot be read: see `kiosk feedback verify`.", err=True
        )

"""`kiosk pictures`: find, draw and try out pictures, take over a pack, thank the makers."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.cli.options import site_option
from kiosk.config import load_site
from kiosk.counted import counted
from kiosk.errors import KioskError

if TYPE_CHECKING:
    from kiosk.symbols import Symbol, SymbolBook, Use


_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def pictures() -> None:
    """Find and draw pictures, try them out, add packs of them, and thank their makers."""


@pictures.command()
@site_option
@click.argument("words", nargs=-1, required=True)
@click.option("--count", default=8, type=click.IntRange(1, 40), help="How many to list.")
@click.option("--show", is_flag=True, help="Open a sheet with the pictures.")
@click.option(
    "--save",
    type=_FILE,
    help="Write the sheet with the pictures to this file (PNG).",
)
def find(site: Path, words: tuple[str, ...], count: int, show: bool, save: Path | None) -> None:
    """List pictures for a word or a sentence, the best first. You choose.

    Where one picture does not say it, the first ones are put together from parts. Put the name
    of another one between colons on a page, like this: `:heart: I want to be healthy.`
    """
    # Drawing and word lists take a moment to import.
    from kiosk.symbols import SymbolBook
    from kiosk.symbols.suggest import suggest

    text = " ".join(words)
    loaded = load_site(site)
    language = loaded.settings.site.languages[0]
    found = suggest(text, SymbolBook(loaded), count=count, language=language)
    if found.warning:
        click.echo(f"{found.warning}\n", err=True)
    if not (found.pictures or found.composed):
        click.echo(f"I know no picture for this. {_DRAW_IT}")
        return
    named = [(one.name, one) for one in found.composed]
    named += [(f":{one.name}:", one) for one in found.pictures]
    wide = max(len(name) for name, _ in named)
    for number, (name, suggestion) in enumerate(named, 1):
        click.echo(f"{number:2} {name:{wide}}  {'; '.join(suggestion.notes)}")
    if found.composed:
        click.echo(f"\n{_HOW_TO_DECLARE}", err=True)
    if found.is_weak:
        click.echo(f"\nNone of these says it well. {_DRAW_IT}", err=True)
    if show or save:
        from kiosk.symbols.sheet import Tile, draw_sheet

        tiles = [Tile(one.symbol, name, one.notes) for name, one in named]
        picture = draw_sheet(text, tiles, warning=found.warning)
        if save is None:
            with tempfile.NamedTemporaryFile(prefix="pictures-", suffix=".png", delete=False) as to:
                save = Path(to.name)
        save.write_bytes(picture)
        click.echo(f"The sheet is in {save}.", err=True)
        if show:
            click.launch(str(save))


_DRAW_IT = (
    "Draw or photograph this with people who know it, or try one plain word, "
    "such as the thing itself."
)
_HOW_TO_DECLARE = (
    "What is in { } is put together from parts. Give it a name of your own under pictures: in the "
    "first part of a page. To see it: kiosk pictures draw"
)


@pictures.command()
@site_option
@click.argument("declaration")
@click.option(
    "--to",
    type=_FILE,
    help="Write the picture to this file, which ends with .svg or .png.",
)
def draw(site: Path, declaration: str, to: Path | None) -> None:
    """Draw one picture, and say what it shows and whom to thank.

    It is a name, or parts put together: "{says: [leo worried, words, priya ear]}".
    """
    from kiosk.symbols import SymbolBook, UnknownSymbol

    if to is not None and to.suffix.casefold() not in (".svg", ".png"):
        raise click.BadParameter("The file must end with .svg or .png.", param_hint="--to")
    try:
        symbol = _drawn(SymbolBook(load_site(site)), declaration)
    except UnknownSymbol as error:
        for line in _where(declaration, error.name):
            click.echo(line, err=True)
        raise KioskError(" ".join(filter(None, (str(error), error.hint)))) from None
    click.echo(symbol.words)
    click.echo(symbol.credit.line)
    if to is not None:
        to.write_bytes(_as_file(symbol, to.suffix.casefold()))
        click.echo(f"The picture is in {to}.", err=True)


def _drawn(book: SymbolBook, declaration: str) -> Symbol:
    """Return a picture; the first part that is wrong is told by its own name."""
    from kiosk.errors import ContentError
    from kiosk.symbols import UnknownSymbol
    from kiosk.symbols.composing.declaration import leaves, read_text

    if declaration.lstrip().startswith("{"):
        try:
            for leaf in leaves(read_text(declaration)):
                book.find(leaf.name)
        except ContentError as error:
            raise UnknownSymbol(_quoted(error.problem), error.problem, advice=error.hint) from None
    return book.find(declaration)


def _quoted(problem: str) -> str:
    """Return what a message has between quotes: it stands in what was given."""
    return problem.partition('"')[2].partition('"')[0]


def _where(declaration: str, name: str) -> Iterator[str]:
    """Yield what was given with a mark below the part that is wrong, where it is found."""
    at = declaration.find(name) if name and name != declaration else -1
    if at >= 0:
        yield declaration
        yield " " * at + "^" * len(name)


def _as_file(symbol: Symbol, suffix: str) -> bytes:
    from kiosk.symbols.drawing import bitmap

    if suffix == symbol.suffix:
        return symbol.svg
    if suffix == ".svg":
        raise KioskError("This picture is a PNG. Let the file end with .png.")
    written = io.BytesIO()
    bitmap(symbol, _SIDE).save(written, "PNG")
    return written.getvalue()


_SIDE = 840  # pixels


@pictures.command()
@site_option
@click.argument("pack", type=click.Path(path_type=Path))
@click.option("--name", default="", help="What the pack is called. Without it: its own title.")
@click.option(
    "--about",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A pack.yaml that says who made the pictures, and where they may be used.",
)
def add(site: Path, pack: Path, name: str, about: Path | None) -> None:
    """Take over a pack of pictures: a folder, a zip, or a board file (.obz).

    The pictures are cleaned and copied into assets/packs. If anything in the pack is not safe,
    nothing is copied.
    """
    from kiosk.located import read_text
    from kiosk.symbols.adding import add_pack
    from kiosk.symbols.packs import ABOUT, check_about

    loaded = load_site(site)
    told = check_about(read_text(about, shown=about), about) if about is not None else None
    added = add_pack(loaded, pack, name=name, about=told, progress=_tell)
    where = loaded.shown(added.folder)
    click.echo(f"Added {counted(len(added.names), 'picture')}: {where}.")
    click.echo(f"Write one on a page like this: :{added.name.replace('-', ' ')} {added.names[0]}:")
    if added.unlisted:
        click.echo(f"Left out, for the pack's table does not name them: {added.unlisted:,}")
    for file, reason in added.left_out:
        click.echo(f"Left out: {file}: {reason}")
    uses = " and ".join(_USES[use] for use in added.about.may_be)
    if not added.is_known:
        click.echo(
            "The pack does not say who made its pictures. So they may be used on the screen only. "
            f"Write it into {where / ABOUT}."
        )
    else:
        click.echo(f"They may be used {uses}, as far as no picture says otherwise.")


def _tell(number: int, of: int) -> None:
    if number % 500 == 0:
        click.echo(f"{number:,} of {of:,} pictures ...", err=True)


@pictures.command()
@site_option
@click.argument("page")
@click.option("--language", default="", help="The page's language. Without it: the site's first.")
@click.option("--to", type=_FILE, help="Write the sheet to this file. Without it: PAGE.html.")
def sheet(site: Path, page: str, language: str, to: Path | None) -> None:
    """Write a page's pictures with their sentences as a sheet to print.

    Take it to families, and ask of each picture whether it says what the words say.
    """
    from kiosk.content import Library
    from kiosk.editor.printed import sheet as run

    loaded = load_site(site)
    made = run(Library(loaded), page, language or loaded.settings.site.languages[0])
    to = to or Path(f"{page}.html")
    to.write_text(made, encoding="utf-8")
    click.echo(f"The sheet is in {to}. Open it in a browser, and print it.", err=True)


@pictures.command()
@site_option
@click.argument("page")
@click.option("--language", default="", help="In this language too. Without it: the site's first.")
@click.option("--seed", default=1, show_default=True, help="Another number: another order.")
@click.option("--sheet", "to", type=_FILE, help="Write a sheet to print to this file too.")
def quiz(site: Path, page: str, language: str, seed: int, to: Path | None) -> None:
    """Make a blind test of a page's pictures: one picture, and four sentences of the page.

    It is a survey that only its own address leads to: nobody finds it by chance. Ask people who do
    not know the page. kiosk feedback report tells the share that was right for each picture.
    """
    from kiosk.editor.quiz import make_quiz

    loaded = load_site(site)
    made = make_quiz(loaded, page, language=language, seed=seed)
    count = counted(len(made.asked), "picture")
    click.echo(f"I wrote {loaded.shown(made.path)}: {count}.")
    click.echo(f"On the kiosk it stands at /?page={made.name} alone.")
    if made.left_out:
        click.echo(f"Left out: {made.left_out}. With another --seed there are others.", err=True)
    if to is not None:
        to.write_text(made.sheet, encoding="utf-8")
        click.echo(f"The sheet is in {to}. The answers are on its last page.", err=True)


_USES = {"screen": "on the screen", "print": "in print", "download": "in files to take away"}


@pictures.command("credits")
@site_option
@click.option(
    "--use",
    type=click.Choice(list(_USES)),
    default="screen",
    show_default=True,
    help="Where the pictures are to be used.",
)
def credits_(site: Path, use: Use) -> None:
    """List whom to thank for the pictures that the site shows.

    It ends with an error when one of them may not be used in this way.
    """
    from kiosk.live.kiosk import Kiosk  # the web server takes a second to import
    from kiosk.symbols import credits  # noqa: A004

    with tempfile.TemporaryDirectory() as data:
        kiosk = Kiosk(load_site(site, Path(data)))
        kiosk.close()
        screens = kiosk.served.screens.values()
    thanked = credits([symbol for screen in screens for symbol in screen.symbols], use)
    for credit in thanked:
        click.echo(credit.line)
    for licence in sorted({one.licence for one in thanked if one.changed and one.passes_on}):
        click.echo(f"What is put together from parts of these goes out as {licence} too.", err=True)

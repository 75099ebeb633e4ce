"""The `kiosk` command: it reads its arguments, calls a room, and prints."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.errors import KioskError
from kiosk.feedback.survey import load_surveys


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def commands(context: click.Context) -> None:
    """Show easy-read pages on a talking kiosk. Without a command: serve."""
    if context.invoked_subcommand is None:
        context.invoke(serve)


@commands.command()
@click.option("--site", type=click.Path(path_type=Path), default=Path(), help="The site's folder.")
@click.option("--data", type=click.Path(path_type=Path), help="The folder for what is collected.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8501, show_default=True, help="Its port."
)
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
def serve(site: Path, data: Path | None, host: str, port: int, no_open: bool) -> None:
    """Serve a site until Ctrl-C."""
    loaded = load_site(site, data)
    from kiosk.ui.app import serve as run  # the web server takes a second to import

    run(loaded, host, port, show=not no_open, report=click.echo)


@commands.command()
@click.option("--site", type=click.Path(path_type=Path), default=Path(), help="The site's folder.")
@click.option("--data", type=click.Path(path_type=Path), help="The folder for what is collected.")
def speak(site: Path, data: Path | None) -> None:
    """Render the sound of every page now, so that no visitor waits for it."""
    from kiosk.ui.kiosk import SPEEDS, Kiosk

    kiosk = Kiosk(load_site(site, data))
    try:
        work = [
            (code, screen, texts, speed)
            for code, screen in kiosk.served.screens.items()
            for texts in screen.texts.values()
            for speed in SPEEDS
        ]
        with click.progressbar(work, label="Speaking") as bar:
            for code, screen, texts, speed in bar:
                for one in kiosk.narrator.prepare(
                    texts, language=code, speed=speed, say=screen.say
                ):
                    if one.problem is not None:
                        raise one.problem
    finally:
        kiosk.close()


@commands.command()
@click.option(
    "--site",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The site's folder: the one with kiosk.toml. Without it: this folder.",
)
def check(site: Path) -> None:
    """Look for mistakes in the files of a site: one line each, with file and line."""
    loaded = load_site(site)
    library = Library(loaded)
    problems = (*library.problems, *load_surveys(loaded, library.symbols)[1])
    for problem in problems:
        click.echo(str(problem))
    if problems:
        sys.exit(1)
    click.echo("No mistakes found.", err=True)


def main() -> None:
    """Run the command; an error that a person can mend is one clear line and an exit code."""
    try:
        commands.main(prog_name="kiosk")
    except KioskError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)

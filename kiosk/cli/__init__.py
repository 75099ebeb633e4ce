"""The `kiosk` command: it reads its arguments, calls a room, and prints.

Each command is a module of its own name.
"""

from __future__ import annotations

import click

from kiosk.cli.centre import centre
from kiosk.cli.check import check
from kiosk.cli.doctor import doctor
from kiosk.cli.enrol import enrol, leave
from kiosk.cli.export import export
from kiosk.cli.feedback import feedback
from kiosk.cli.import_file import import_file
from kiosk.cli.licences import licences
from kiosk.cli.lock import lock
from kiosk.cli.new import new
from kiosk.cli.open import open_kiosk
from kiosk.cli.pictures import pictures
from kiosk.cli.release import release
from kiosk.cli.say import say
from kiosk.cli.serve import serve
from kiosk.cli.service import service
from kiosk.cli.speak import speak
from kiosk.cli.staff import staff
from kiosk.cli.status import status
from kiosk.cli.studio import studio
from kiosk.cli.voice import voice
from kiosk.cli.watch import watch
from kiosk.errors import KioskError


class _Commands(click.Group):
    """The commands; without one, or with nothing but options, it serves."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """Give options that come without a command to `serve`."""
        if args and args[0].startswith("-") and args[0] not in context.help_option_names:
            args = [str(serve.name), *args]
        return super().parse_args(context, args)

    def invoke(self, context: click.Context) -> object:
        """Run the command; an error that a person can mend is one clear line and an exit code."""
        try:
            return super().invoke(context)
        except KioskError as error:
            click.echo(str(error), err=True)
            context.exit(error.exit_code)


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.pass_context
def commands(context: click.Context) -> None:
    """Show easy-read pages on a talking kiosk.

    Without a command it serves, and takes the options of serve.
    """
    if context.invoked_subcommand is None:
        context.invoke(serve)


_COMMANDS = (
    *(serve, check, watch, new, import_file, speak, say, voice, pictures, feedback, doctor),
    *(export, open_kiosk, lock, service, status, studio, staff, centre, enrol, leave, release),
    licences,
)
for _command in _COMMANDS:
    commands.add_command(_command)


def main() -> None:
    """Run the command of this process."""
    commands.main(prog_name="kiosk")

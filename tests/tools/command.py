"""The `kiosk` command, run in the process of a test: most tests are about what it does and says.

A test of the process itself, its signals, ports and files, starts one.
"""

from __future__ import annotations

from click.testing import CliRunner, Result

from kiosk.cli import commands


def run(*arguments: str, typed: str | None = None) -> Result:
    """Run a command; return its exit code and its words. typed: what a person types."""
    # What it does not expect is a fault: the test shows it.
    return CliRunner().invoke(
        commands, arguments, prog_name="kiosk", input=typed, catch_exceptions=False
    )

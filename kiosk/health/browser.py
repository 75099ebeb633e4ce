"""The browser that will be the kiosk's screen."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.health.verdict import Verdict
from kiosk.lockdown.chromium import OLDEST, known, version_of


def browser() -> Iterator[Verdict]:
    """Ask whether a browser starts, and whether it is new enough."""
    here = list(known())
    for program in here:
        version = version_of(program)
        if version is None:
            continue
        if version < OLDEST:
            yield Verdict(
                "Browser",
                f"{program.name} is version {version}. That is too old.",
                f"bring it up to date: {OLDEST} or newer.",
            )
        else:
            yield Verdict("Browser", f"{program.name} starts. It is version {version}.")
        return
    if here:
        yield Verdict("Browser", f"{here[0].name} is here but does not start.", "install it again.")
    else:
        yield Verdict(
            "Browser",
            "There is no Chrome, Chromium or Edge.",
            "install one of them. On Debian: sudo apt install chromium",
        )

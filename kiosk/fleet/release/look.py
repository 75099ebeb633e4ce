"""Looks at a release as the kiosk will: nothing goes out, or onto a screen, that has a mistake."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from kiosk.config import Site
from kiosk.errors import ReleaseRefused
from kiosk.live.kiosk import Kiosk

LOOK = ".look-"
"""How a folder is called in which something is looked at for a moment."""

_MOST = 5


def look_at(site: Site, folder: Path, number: int) -> None:
    """Read the pages in a folder as a kiosk of this site does. ReleaseRefused for a mistake."""
    problems: list[str] = []
    # With a data folder of its own it shows no other release, and touches no answer.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=LOOK) as data:
        kiosk = Kiosk(replace(site, root=folder.resolve(), data=Path(data)), report=problems.append)
        try:
            shown = kiosk.served.screens
            lacking = [one for one in site.settings.site.languages if one not in shown]
            problems += kiosk.problems
        finally:
            kiosk.close()
    problems += [f'The language "{one}" has no home page.' for one in lacking]
    if problems:
        found = sorted(set(problems))
        more = f"\nand {len(found) - _MOST:,} more." if len(found) > _MOST else ""
        raise ReleaseRefused(
            f"The pages of release {number} have mistakes:\n" + "\n".join(found[:_MOST]) + more
        )

"""The printer beside the kiosk."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.config import Site
from kiosk.errors import NotPrinted
from kiosk.export.printer import Printer
from kiosk.health.verdict import Verdict


def printer(site: Site) -> Iterator[Verdict]:
    """Ask whether CUPS would print; nothing is asked where the kiosk has no printer."""
    name = site.settings.print.printer
    if not name:
        return
    try:
        Printer(name).look()
    except NotPrinted as error:
        hint = f"look at the printer, and at what this says: lpstat -l -p {name}"
        yield Verdict("Printer", str(error), hint)
    else:
        yield Verdict("Printer", f"CUPS takes papers for the printer {name}.")

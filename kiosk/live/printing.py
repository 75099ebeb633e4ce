"""What visitors print: one paper a visit, one after the other, and no more than staff allow."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Literal

from kiosk.config import Site
from kiosk.content import Page, Snapshot
from kiosk.errors import KioskError, NotPrinted
from kiosk.export.chosen import on_paper
from kiosk.export.printer import Printer

What = Literal["page", "document"]
HOUR = 3600.0  # seconds: how long it is known that a visit has printed


class Printing:
    """The printer of a kiosk, as visitors use it.

    Nothing is kept of who printed what: the number of a visit is held in memory for an hour, so
    that it prints once, and the paper goes to the printer under a name that is always the same.

    report: told for staff when something was not printed.
    """

    def __init__(
        self, site: Site, report: Callable[[str], None], printer: Printer | None = None
    ) -> None:
        self.site = site  # with the pages that are shown now
        self._report = report
        name = site.settings.print.printer
        self.printer = printer or (Printer(name) if name else None)
        self._busy = threading.Lock()
        self._done: deque[tuple[float, str]] = deque()  # when, and in which visit

    def put_out(self, now: Snapshot, language: str, page: str, what: What, visit: str) -> None:
        """Print what a page is on paper, or the document that it offers. Raises NotPrinted."""
        if self.printer is None:
            raise NotPrinted("failed", "The kiosk has no printer: [print] printer.")
        if not self._busy.acquire(blocking=False):
            raise NotPrinted("busy", "Somebody else's paper is being printed.")
        try:
            self._look_back(visit)
            try:
                self.printer.put_out(self._paper(now, language, page, what))
            except NotPrinted:
                raise
            except (KioskError, OSError) as error:
                raise NotPrinted("failed", str(error)) from None
            self._done.append((time.monotonic(), visit))
        except NotPrinted as error:
            if error.reason not in ("once", "busy"):
                self._report(f"A visitor could not print: {error}")
            raise
        finally:
            self._busy.release()

    def _look_back(self, visit: str) -> None:
        now = time.monotonic()
        while self._done and now - self._done[0][0] > HOUR:
            self._done.popleft()
        if any(visit == one for _, one in self._done):
            raise NotPrinted("once", "This visit has printed already.")
        if len(self._done) >= self.site.settings.print.papers_an_hour:
            self._report("So much was printed in an hour that nothing more is, for a while.")
            raise NotPrinted("busy", "So much was printed in the last hour.")

    def _paper(self, now: Snapshot, language: str, page: str, what: What) -> bytes:
        # Setting a paper takes a moment to import.
        from kiosk.export.leaflet import leaflet
        from kiosk.export.poster import poster_paper
        from kiosk.export.typeset import as_pdf

        found = now.languages[language].pages.get(page) if language in now.languages else None
        if found is None:
            raise NotPrinted("failed", f'There is no page "{page}" to print.')
        if what == "document":
            return self._document(found)
        chosen, is_poster = on_paper(now, found)
        if is_poster:
            return as_pdf(poster_paper(self.site, chosen), "poster")
        return leaflet(self.site, chosen)

    def _document(self, page: Page) -> bytes:
        if not page.download:
            raise NotPrinted("failed", f'The page "{page.id}" offers no document.')
        return (self.site.assets / page.download).read_bytes()

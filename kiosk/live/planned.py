"""Looks each day whether staff have planned to publish something."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

from kiosk.config import Site
from kiosk.content import Library
from kiosk.editor.actions.publish_due import publish_due

LOOK_SECONDS = 5.0


class Planned:
    """Publishes what is due, when a day begins and when the program does.

    The kiosk and the studio do it both: whichever runs. The lock of all writers lets one of them at
    a time, and the other then finds nothing to do.
    """

    def __init__(self, site: Site, library: Library, report: Callable[[str], None]) -> None:
        self._site = site
        self._library = library
        self._report = report
        self._day: date | None = None
        self._end = threading.Event()
        self._thread: threading.Thread | None = None

    def look(self) -> None:
        """Publish what is due, if that was not looked at today."""
        today = self._site.today()
        if today == self._day:
            return
        self._day = today
        try:
            lines = publish_due(self._site, self._library, today)
        except Exception as error:
            lines = [f"What was planned for today could not be published: {error}"]
        for line in lines:
            self._report(line)

    def start(self) -> None:
        """Look again and again, beside everything else, until `close`."""
        self._thread = threading.Thread(target=self._work, daemon=True, name="planned")
        self._thread.start()

    def close(self) -> None:
        """Look no more."""
        self._end.set()
        if self._thread is not None:
            self._thread.join(5)

    def _work(self) -> None:
        self.look()
        while not self._end.wait(LOOK_SECONDS):
            self.look()

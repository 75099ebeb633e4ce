"""Publishes by itself what staff have planned for a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from kiosk.config import Site
from kiosk.content import Library
from kiosk.content.history import PLANNED
from kiosk.content.working_copy import WorkingCopies
from kiosk.editor.actions.action import alone
from kiosk.editor.actions.publish import missing, show
from kiosk.editor.actions.save import look, not_written
from kiosk.errors import KioskError, PageNotReady

CHANGED = "The page was changed in the meantime. Open it, and choose."


def publish_due(site: Site, library: Library, today: date) -> list[str]:
    """Publish what was planned for today or before, and return a line for each page.

    A page that cannot be published stays as visitors see it, and its working copy says why: it is
    tried again on the next day, or when the program is started.
    """
    return [
        line
        for name in WorkingCopies(site).names()
        if (line := _publish(site, library, name, today))
    ]


def _publish(site: Site, library: Library, name: str, today: date) -> str:
    try:
        copy = WorkingCopies(site).find(name)
        if copy is None or copy.day is None or copy.day > today:
            return ""
        with alone(site), not_written():
            now = look(site, name)
            if (copy := now.copy) is None or copy.day is None or copy.day > today:
                return ""  # another program has done it just now
            wrong = CHANGED if now.is_stale else ""
            if not wrong and (lacks := missing(site, library, name, copy.text, today)):
                wrong = str(PageNotReady(lacks))
            if wrong:
                if wrong != copy.wrong:
                    WorkingCopies(site).keep(name, replace(copy, wrong=wrong))
                return f"{name} was to be published on {copy.day}. {wrong}"
            at = datetime.now(site.zone)
            show(site, now, copy.text, why=PLANNED, by=copy.planner, at=at)
            return f"{name} is published, as it was planned."
    except KioskError as error:
        return f"{name} cannot be published: {error}"

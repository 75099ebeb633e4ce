"""Tells staff of a problem once, and once when it is over: by e-mail, by a web address, or both.

Nothing goes anywhere unless `[centre] mail_to` or `webhook` names where. What goes there is what
the board says: names of kiosks and problems, and nothing of who used one.
"""

from __future__ import annotations

import json
import smtplib
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import EmailMessage

from kiosk.config import Site
from kiosk.counted import counted
from kiosk.files import replace_durably
from kiosk.fleet.centre.beats import Board
from kiosk.fleet.centre.database import folder_of

FILE = "told.json"

_SECONDS = 20.0
_CENTRE = "The centre"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What somebody must see to. kiosk: its name, or "The centre". about: the thing."""

    kiosk: str
    about: str


class Alerts:
    """What staff were told of. For one thread; `look` is called each minute.

    A problem is told when two looks in a row have seen it, and is over when two have not: so what
    comes and goes within a minute wakes nobody. What could not be sent is sent with the next look.
    """

    def __init__(self, site: Site) -> None:
        self._settings = site.settings.centre
        self._file = folder_of(site) / FILE
        self._seen: frozenset[Problem] | None = None

    @property
    def wanted(self) -> bool:
        """Whether anybody is to be told."""
        return bool(self._settings.mail_to or self._settings.webhook)

    def look(self, board: Board) -> str:
        """Tell what is new on a board; return a line for the log, "" when all went well."""
        says = dict(_problems(board))
        now, before = frozenset(says), self._seen
        self._seen = now
        if before is None or not self.wanted:
            return ""
        told = self._told()
        new = sorted(now & before - told)
        over = sorted(told - now - before)
        if not new and not over:
            return ""
        lines = [f"{one.kiosk}: {one.about}. {says[one]}" for one in new]
        lines += [f"{one.kiosk}: {one.about} is over." for one in over]
        try:
            self._send(lines, new, over, says)
        except (OSError, smtplib.SMTPException, urllib.error.URLError) as error:
            return f"Staff could not be told of what is on the board: {error}"
        data = [[one.kiosk, one.about] for one in sorted((told | set(new)) - set(over))]
        replace_durably(self._file, json.dumps(data, ensure_ascii=False).encode())
        return ""

    def _told(self) -> frozenset[Problem]:
        try:
            found = json.loads(self._file.read_bytes())
            return frozenset(Problem(str(kiosk), str(about)) for kiosk, about in found)
        except (OSError, ValueError, TypeError):
            return frozenset()

    def _send(
        self, lines: list[str], new: list[Problem], over: list[Problem], says: dict[Problem, str]
    ) -> None:
        if self._settings.mail_to:
            self._mail(lines, len(new), len(over))
        if self._settings.webhook:
            told = {
                "text": "\n".join(lines),
                "new": [{"kiosk": one.kiosk, "about": one.about, "says": says[one]} for one in new],
                "over": [{"kiosk": one.kiosk, "about": one.about} for one in over],
            }
            self._post(json.dumps(told, ensure_ascii=False).encode())

    def _post(self, body: bytes) -> None:
        asked = urllib.request.Request(  # noqa: S310 - its form was checked with the settings
            self._settings.webhook, body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(asked, timeout=_SECONDS):  # noqa: S310 - as above
            pass

    def _mail(self, lines: Iterable[str], new: int, over: int) -> None:
        host, _, port = self._settings.mail_server.partition(":")
        message = EmailMessage()
        message["Subject"] = f"Kiosks: {counted(new, 'problem')}, {over:,} over"
        message["From"] = self._settings.mail_from or self._settings.mail_to
        message["To"] = self._settings.mail_to
        message.set_content("\n".join(lines) + "\n\nAll kiosks: kiosk centre status\n")
        with smtplib.SMTP(host, int(port or 25), timeout=_SECONDS) as server:
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
            server.send_message(message)


def _problems(board: Board) -> Iterable[tuple[Problem, str]]:
    for name, things in ((_CENTRE, board.things), *((row.name, row.things) for row in board.rows)):
        for one in things:
            if not one.good:
                yield Problem(name, one.about), f"{one.says} Try: {one.hint}"

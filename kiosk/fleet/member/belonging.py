"""All that runs in a kiosk because it belongs to a centre."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.errors import CentreRefused
from kiosk.fleet.member.enrolment import Enrolment, enrolment_of
from kiosk.fleet.member.follower import Follower
from kiosk.fleet.member.heart import Heart
from kiosk.fleet.member.sender import Sender
from kiosk.live.kiosk import Kiosk


class Belonging:
    """It sends answers and beats, and takes releases, from now on until `end`."""

    def __init__(self, kiosk: Kiosk, enrolment: Enrolment, report: Callable[[str], None]) -> None:
        self._sender = Sender(kiosk.site, kiosk.store, enrolment, report)
        self._follower = Follower(kiosk.site, enrolment, report)
        self._heart = Heart(
            kiosk, enrolment, self._sender.run, lambda: self._sender.left, self._follower
        )
        kiosk.centre = self._sender.state
        self._sender.start()
        self._follower.start()
        self._heart.start()

    def end(self) -> None:
        """Send no more."""
        self._heart.end()
        self._follower.end()
        self._sender.end()


def belonging_of(kiosk: Kiosk, report: Callable[[str], None]) -> Belonging | None:
    """Begin, if this kiosk belongs to a centre; report: where lines for staff go."""
    try:
        enrolment = enrolment_of(kiosk.site)
    except CentreRefused as error:
        report(str(error))
        return None
    return Belonging(kiosk, enrolment, report) if enrolment else None

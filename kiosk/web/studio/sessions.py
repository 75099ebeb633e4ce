"""Who is signed in. All is held in memory: when the studio ends, everybody signs in again."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.staff.accounts import Accounts, Member

COOKIE = "kiosk-studio"
MOST = 1000  # that are signed in at a time


@dataclass(frozen=True, slots=True)
class Session:
    """One browser that a member of staff has signed in with.

    token: what each writing request must carry, so that no other page can write in this browser.
    """

    id: str
    member: Member
    token: str
    used: float


class Sessions:
    """The sessions of one studio. idle: seconds without a request after which one ends."""

    def __init__(
        self, accounts: Accounts, idle: float, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._accounts = accounts
        self._idle = idle
        self._seconds = seconds
        self._lock = threading.Lock()
        self._open: dict[str, Session] = {}

    def begin(self, member: Member) -> tuple[str, Session]:
        """Sign a member in; return what the cookie says, and the session."""
        secret = secrets.token_urlsafe(32)
        session = Session(_id(secret), member, secrets.token_urlsafe(32), self._seconds())
        with self._lock:
            self._forget()
            while len(self._open) >= MOST:
                del self._open[next(iter(self._open))]
            self._open[session.id] = session
        return secret, session

    def find(self, secret: str, *, is_used: bool = True) -> Session | None:
        """Return the session of a cookie. is_used: a person did something, so it goes on."""
        with self._lock:
            self._forget()
            session = self._open.get(_id(secret))
            if session is None:
                return None
            # Who was removed, or has another password or role, signs in again.
            if self._accounts.find(session.member.name) != session.member:
                del self._open[session.id]
                return None
            if is_used:
                session = self._open[session.id] = replace(session, used=self._seconds())
            return session

    def end(self, session: Session) -> None:
        """Sign out."""
        with self._lock:
            self._open.pop(session.id, None)

    def _forget(self) -> None:
        now = self._seconds()
        for one in [one for one in self._open.values() if now - one.used >= self._idle]:
            del self._open[one.id]


def _id(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()

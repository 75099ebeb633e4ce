"""Talking with systemd: "I am ready", "I am alive" (sd_notify), in the standard library alone.

The protocol: a datagram of `KEY=value` to the socket that NOTIFY_SOCKET names; a service that sends
no WATCHDOG=1 for WATCHDOG_USEC microseconds is killed and started again.
"""

from __future__ import annotations

import os
import socket
import threading

from kiosk.lockdown.life import fetch


def tell(state: str) -> None:
    """Tell systemd; nothing happens where it did not start this process, or does not listen."""
    name = os.environ.get("NOTIFY_SOCKET", "")
    if not name.startswith(("/", "@")):
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
        try:
            line.sendto(state.encode(), name.replace("@", "\0", 1) if name[0] == "@" else name)
        except OSError:
            return


def watchdog_seconds() -> float | None:
    """Return how long systemd waits for a sign of life; None when it does not watch."""
    try:
        limit = int(os.environ["WATCHDOG_USEC"]) / 1_000_000
    except (KeyError, ValueError):
        return None
    return limit if limit > 0 else None


class OwnAnswers(threading.Thread):
    """Tells systemd that a server is alive each time that the server really answers a request.

    A server that hangs does not answer, the signs stop, and systemd starts it again.
    """

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True, name="kiosk-watchdog")
        self._url = f"{address}/ready"
        self._end = threading.Event()
        limit = watchdog_seconds()
        self._pause = min(limit / 4, 10.0) if limit else 10.0

    def run(self) -> None:
        """Ask until `end`. An answer of any status is one: "not ready" is no reason to kill."""
        ready = False
        while True:
            try:
                fetch(self._url, max(1.0, self._pause))
            except OSError:
                pass
            else:
                tell("WATCHDOG=1" if ready else "READY=1")
                ready = True
            if self._end.wait(self._pause if ready else 0.2):
                return

    def end(self) -> None:
        """Stop asking, and tell that the end is wanted."""
        if not self._end.is_set():
            self._end.set()
            tell("STOPPING=1")


def watched() -> bool:
    """Return whether somebody listens for signs of life."""
    return bool(os.environ.get("NOTIFY_SOCKET"))

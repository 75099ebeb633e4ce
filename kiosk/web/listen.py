"""An address to be found at: the socket, its name, and the browser that opens it."""

from __future__ import annotations

import errno
import socket
import sys
import webbrowser
from os import environ

from kiosk.errors import PortTaken

BACKLOG = 1024  # connections that may wait until they are accepted


def listen(host: str, port: int, command: str) -> socket.socket:
    """Return a socket that listens; port 0 is any free one.

    command: what the person typed, to be tried with another port. Raises PortTaken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends at once what is small only on a socket that is named TCP: else it waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            message = f"Port {port} is in use by another program. Try: {command} --port {port + 1}"
        else:
            message = f"The address {host}, port {port}, cannot be used: {error.strerror}."
        raise PortTaken(message) from None
    return listener


def address_of(listener: socket.socket, host: str) -> str:
    """Return the address as a browser takes it."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listener.getsockname()[1]}"


def open_browser(address: str) -> None:
    """Open the person's browser; a computer without a screen has none."""
    if sys.platform != "linux" or environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        webbrowser.open(address)

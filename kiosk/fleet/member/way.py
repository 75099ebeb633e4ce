"""The way from a kiosk to its centre: HTTPS to one computer, which proves itself each time.

A centre proves itself by the certificate that its code spoke of, or else by an authority that this
computer trusts, as web pages do: then it stands behind a council's own server.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import ssl
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from kiosk.errors import CentreAway, CentreRefused
from kiosk.fleet.code import fingerprint
from kiosk.fleet.wire import HEADER, MOST_FILE, PROTOCOL

PORT = 8600
_CONNECT_SECONDS = 10.0
_ANSWER_SECONDS = 120.0  # a slow line takes its time for a recorded voice
_MOST_REPLY = 4_000_000
_REFUSED = frozenset({400, 401, 403, 404, 413, 415, 422, 426})


@dataclass(frozen=True, slots=True)
class Way:
    """host, port: of the centre. certificate: the only one that is taken, or "" for the system's.

    path: what stands before every path of ours, where a council's server gives it one.
    """

    host: str
    port: int
    certificate: str = ""
    path: str = ""

    def post(self, path: str, body: bytes, headers: dict[str, str] | None = None) -> dict[str, Any]:
        """Send JSON and return what comes back. CentreRefused, CentreAway when it may be later."""
        return self._reply(*self._sent(path, body, headers or {}, _MOST_REPLY))

    def fetch(self, path: str, body: bytes, headers: dict[str, str]) -> bytes | None:
        """Send JSON and return the bytes that come back; None when there are none (HTTP 404).

        CentreRefused, CentreAway.
        """
        status, said = self._sent(path, body, headers, MOST_FILE + 1)
        if status == http.client.NOT_FOUND:
            return None
        if status != http.client.OK:
            self._reply(status, said)
        if len(said) > MOST_FILE:
            raise CentreRefused("What the centre sends is larger than any file of a release.")
        return said

    def _sent(
        self, path: str, body: bytes, headers: dict[str, str], most: int
    ) -> tuple[int, bytes]:
        told = {"Content-Type": "application/json", HEADER: str(PROTOCOL), **headers}
        with self._told_plainly():
            connection = http.client.HTTPSConnection(
                self.host, self.port, timeout=_CONNECT_SECONDS, context=_context(self.certificate)
            )
            try:
                connection.connect()
                connection.sock.settimeout(_ANSWER_SECONDS)
                connection.request("POST", self.path + path, body, told)
                answer = connection.getresponse()
                said = answer.read(most)
                if answer.length and len(said) < most:
                    raise http.client.IncompleteRead(said, answer.length)
                return answer.status, said
            finally:
                connection.close()

    def shown_certificate(self) -> bytes:
        """Return the certificate (DER) that is shown now, by whomever. CentreAway."""
        anybody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        anybody.check_hostname = False
        anybody.verify_mode = ssl.CERT_NONE
        with (
            self._told_plainly(),
            socket.create_connection((self.host, self.port), _CONNECT_SECONDS) as plain,
            anybody.wrap_socket(plain, server_hostname=self.host) as safe,
        ):
            return safe.getpeercert(binary_form=True) or b""

    def _reply(self, status: int, said: bytes) -> dict[str, Any]:
        try:
            reply = json.loads(said)
        except ValueError:
            reply = None
        if not isinstance(reply, dict):
            raise CentreAway(
                f"What answers at {self.host}, port {self.port}, is no centre (HTTP {status})."
            )
        if status in _REFUSED:
            raise CentreRefused(str(reply.get("error", f"The centre said no (HTTP {status}).")))
        if status != http.client.OK:
            raise CentreAway(str(reply.get("error", f"The centre is busy (HTTP {status}).")))
        return reply

    @contextlib.contextmanager
    def _told_plainly(self) -> Any:
        where = f"{self.host}, port {self.port}"
        try:
            yield
        except ssl.SSLCertVerificationError as error:
            raise CentreRefused(
                f"The computer at {where} is not the centre that this kiosk joined. "
                "Is the centre new? Then join again: kiosk enrol"
            ) from error
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise CentreAway(f"The centre at {where} does not answer: {reason}.") from error


def way_to(address: str) -> Way:
    """Return the way to an address as a person types it. CentreRefused when it is none.

    "centre.example.org" and "https://centre.example.org:8600" are the same.
    """
    parts = urlsplit(address if "://" in address else f"https://{address}")
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme != "https" or not parts.hostname or port == -1 or parts.query:
        raise CentreRefused(
            f'"{address}" is not the address of a centre. '
            "Try: https://centre.example.org:8600, as `kiosk centre enrol` printed it."
        )
    path = parts.path.rstrip("/")
    # Behind a council's own server there is a path or a port; alone, it is our port.
    return Way(parts.hostname, port or PORT, path=path)


def proved(way: Way, expected: str) -> Way:
    """Return the way with what proves the centre from now on. CentreRefused, CentreAway.

    expected: what the code says of the centre's certificate.
    """
    shown = way.shown_certificate()
    if fingerprint(shown) == expected:
        return Way(way.host, way.port, ssl.DER_cert_to_PEM_cert(shown), way.path)
    try:
        with (
            socket.create_connection((way.host, way.port), _CONNECT_SECONDS) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=way.host),
        ):
            return way
    except (ssl.SSLError, OSError):
        raise CentreRefused(
            f"The computer at {way.host}, port {way.port}, is not the centre that made this code. "
            "Nothing was sent. Try: check the address, and ask for a new code."
        ) from None


def _context(certificate: str) -> ssl.SSLContext:
    if not certificate:
        return ssl.create_default_context()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False  # it is this one certificate, whatever the address is
    context.load_verify_locations(cadata=certificate)
    return context

"""Where the studio listens, and who may come in: passwords need a connection that nobody reads."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from kiosk.config import Site
from kiosk.errors import SettingsError

_BOTH_WAYS = (
    "Other computers may reach the studio in 2 ways only, for passwords and voices pass through it."
    " Either give it a certificate: [studio] certificate and key, in kiosk.toml."
    " Or let a proxy with a certificate stand before it: [studio] proxy, its address,"
    " and name, what people type."
)


@dataclass(frozen=True, slots=True)
class Door:
    """How the studio is reached.

    host, port: where it listens. certificate, key: paths of files, or "". proxy: the address of the
    proxy that alone may come, or "". names: the hosts that a browser may ask for.
    """

    host: str
    port: int
    certificate: str
    key: str
    proxy: str
    names: tuple[str, ...]

    @property
    def is_safe(self) -> bool:
        """Whether browsers come by https."""
        return bool(self.certificate or self.proxy)


def door(site: Site, host: str | None, port: int | None) -> Door:
    """Return the door that the settings and the command ask for.

    Raises SettingsError for one through which passwords could be read, or that cannot be opened.
    """
    told = site.settings.studio
    host = told.address if host is None else host
    if bool(told.certificate) != bool(told.key):
        raise SettingsError("kiosk.toml: [studio] certificate and key belong together: give both.")
    if not (is_own(host) or told.certificate or told.proxy):
        raise SettingsError(f"The studio does not start on {host}. {_BOTH_WAYS}")
    if told.proxy and not told.name:
        raise SettingsError("kiosk.toml: [studio] proxy needs name: what people type to come here.")
    certificate, key = (str(site.root / one) if one else "" for one in (told.certificate, told.key))
    if certificate:
        try:
            ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key)
        except (OSError, ssl.SSLError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise SettingsError(
                f"kiosk.toml: [studio] certificate and key cannot be used: {reason}."
            ) from None
    names = (told.name.lower(),) if told.name else ()
    return Door(host, told.port if port is None else port, certificate, key, told.proxy, names)


def is_own(host: str) -> bool:
    """Tell whether only this computer reaches an address."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class OnlyByProxy:
    """Lets nobody in but the proxy, and only what came to it by https.

    Without a proxy everybody comes in. The address of who asks is what the proxy tells.
    """

    def __init__(self, app: ASGIApp, proxy: str) -> None:
        self._app = app
        self._proxy = proxy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if not self._proxy or scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        client = scope.get("client") or ("", 0)
        came = headers.get("x-forwarded-proto", "").split(",")[-1].strip()
        if client[0] != self._proxy or came not in ("https", "wss"):
            refusal = PlainTextResponse("Come by the name of the studio, with https.", 403)
            await refusal(scope, receive, send)
            return
        told = headers.get("x-forwarded-for", "").split(",")[-1].strip()
        await self._app({**scope, "client": (told or client[0], client[1])}, receive, send)

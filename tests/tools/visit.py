"""One person at one screen: a browser context that remembers what it asked for and what broke."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Protocol
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page

# Tells of every refusal, also one that the page's code catches or that no console shows.
REFUSED = """document.addEventListener("securitypolicyviolation", (event) => console.error(
  `policy: ${event.effectiveDirective} refuses ${event.blockedURI}`))"""


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen and its person's wishes. Sizes in CSS pixels."""

    width: int
    height: int
    touch: bool = False
    scale: float = 1.0
    motion: Literal["no-preference", "reduce"] = "no-preference"
    colours: Literal["none", "active"] = "none"  # "active": the person forces their own


KIOSK = Screen(1920, 1080, touch=True)
LAPTOP = Screen(1280, 800)
PHONE = Screen(390, 844, touch=True, scale=3.0)
NARROW = Screen(320, 640)  # a laptop at 400% zoom


@dataclass
class Visit:
    """Collects from the first moment, in all of its windows.

    requests: the URL of every request and WebSocket, data: and blob: too, in order.
    errors: console errors, uncaught exceptions, and what the page's own policy (CSP) refused,
        with the place where they come from.

    The policy holds as it is shipped: what a test evaluates needs no word in it, only that what is
    waited for in the page is a function (`() => ...`), which is not read from text at each look.
    """

    browser: Browser
    screen: Screen = KIOSK
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Open an empty page in a context of its own: no cookies, no cache, no storage."""
        self.context = self.browser.new_context(
            viewport={"width": self.screen.width, "height": self.screen.height},
            has_touch=self.screen.touch,
            device_scale_factor=self.screen.scale,
            reduced_motion=self.screen.motion,
            forced_colors=self.screen.colours,
            locale="en-GB",
        )
        self.context.add_init_script(REFUSED)
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.context.on("console", self._heard)
        self.context.on("weberror", lambda broken: self.errors.append(f"uncaught: {broken.error}"))
        self.context.on("page", self._window_opened)
        self.page = self.context.new_page()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _window_opened(self, page: Page) -> None:
        page.on("websocket", lambda socket: self.requests.append(socket.url))

    def go(self, url: str) -> Page:
        """Open an address, wait for its load event, and return the page."""
        self.page.goto(url)
        return self.page

    def requests_beyond(self, url: str) -> list[str]:
        """Return the requests to any host or port but that of `url`."""
        home = urlsplit(url).netloc
        return [
            asked
            for asked in self.requests
            if urlsplit(asked).scheme not in ("data", "blob") and urlsplit(asked).netloc != home
        ]

    def close(self) -> None:
        """Close every window of this visit."""
        self.context.close()

    def __enter__(self) -> Visit:
        """Return the visit itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Close it, however the test ended."""
        self.close()


class OpenVisit(Protocol):
    """What the fixture `visit` gives."""

    def __call__(self, screen: Screen = KIOSK) -> Visit:
        """Let a new person come; the visit is closed after the test."""

"""The page in the locked browser, and that no other browser gets anything of it."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kiosk.config import Site, load_site
from kiosk.lockdown.key import is_key, new_key
from kiosk.lockdown.life import ask_life, fetch
from tests.tools.person import opened
from tests.tools.server import KioskServer
from tests.tools.sites import tiny_site

SECONDS = 20.0
# Each makes the screen white or covers it, as a fault of ours or of the browser might.
WHITE = {
    "nothing is drawn": "document.getElementById('kiosk').style.display = 'none'",
    "the heading is empty": "document.querySelector('#kiosk h1').textContent = ' '",
    "it cannot be seen through": "document.querySelector('#kiosk h1').style.visibility = 'hidden'",
    "something lies over it": "document.documentElement.insertAdjacentHTML('beforeend',"
    " '<div style=\"position:fixed;inset:0;background:#fff;z-index:2147483647\"></div>')",
    "the kiosk is gone": "document.getElementById('kiosk').remove()",
    "a window in front of it has the keys": "document.hasFocus = () => false",
    "tabs stand above it": "Object.defineProperty(window, 'innerHeight', { value: 1840 })",
    "it is zoomed": "Object.defineProperty(window, 'innerWidth', { value: 1080 / 1.1 })",
}
SPY = """window.asked = [];
const real = navigator.wakeLock.request.bind(navigator.wakeLock);
navigator.wakeLock.request = (kind) => { window.asked.push(kind); return real(kind); };
window.signs = 0;
const send = window.fetch;
window.fetch = (address, how) => {
  if (address === "alive") window.signs++;
  return send(address, how);
};"""
# The page's own frame comes before the one that is waited for here.
ASKED = """() => {
  const before = window.signs;
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  return new Promise((done) => requestAnimationFrame(() => done(window.signs > before)));
}"""
PREVENTED = """(kind) => {
  const event = new Event(kind, { bubbles: true, cancelable: true });
  document.querySelector("h1").dispatchEvent(event);
  return event.defaultPrevented;
}"""
KINDS = ["contextmenu", "dragstart", "gesturestart", "copy", "cut", "paste", "drop", "selectstart"]
# A key is named as xdotool would: "ctrl+a". Returns those that the browser would get.
LEFT = """([selector, presses]) => presses.filter((press) => {
  const modifiers = press.split("+").slice(0, -1);
  const event = new KeyboardEvent("keydown", {
    key: press.split("+").at(-1) || "+",
    ...Object.fromEntries(modifiers.map((one) => [`${one}Key`, true])),
    bubbles: true,
    cancelable: true,
  });
  // What the page itself does with a key is not asked here.
  const end = (event) => event.stopImmediatePropagation();
  addEventListener("keydown", end, { capture: true, once: true });
  return document.querySelector(selector).dispatchEvent(event);
})"""
WRITING = [
    *("a", "Ł", "@", " ", "Backspace", "Delete", "Enter", "Tab", "Dead"),
    *("ArrowLeft", "shift+ArrowRight", "Home", "PageDown", "Shift", "AltGraph"),
]
EDITING = ["ctrl+ArrowLeft", "ctrl+Backspace", "ctrl+a", "ctrl+End"]
OTHERS = [
    *("F1", "F7", "F11", "F12", "F24", "Escape", "ContextMenu", "PrintScreen", "BrowserBack"),
    *("ctrl+n", "ctrl+t", "ctrl+w", "ctrl+c", "ctrl+v", "ctrl+x", "ctrl+f", "ctrl++", "ctrl+0"),
    *("alt+F4", "alt+ArrowLeft", "alt+d", "Alt", "meta+l", "Meta", "shift+Insert", "shift+F10"),
    *("Insert", "ctrl+Insert", "ctrl+alt+a", "alt+a", "ctrl+shift+n", "ctrl+shift+i"),
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[KioskServer, Site]]:
    folder = tmp_path_factory.mktemp("locked")
    site, data = tiny_site(folder), folder / "data"
    server = KioskServer(site, data, shared="tiny")
    yield server, load_site(site, data)
    server.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1080, "height": 1920})
    context.add_init_script(SPY)
    yield context.new_page()
    context.close()


def has_code(page: Page) -> bool:
    page.wait_for_selector("#kiosk[data-ready]")
    return page.locator("script[src='screen/lock.js']").count() == 1


def is_seen(page: Page) -> bool:
    """Whether the page, asked by an event that makes it tell at once, gives a sign of life."""
    return bool(page.evaluate(ASKED))


def test_the_lock_goes_with_every_page_and_reload(
    place: tuple[KioskServer, Site], page: Page
) -> None:
    server, site = place
    page.goto(f"{server.url}/locked/{new_key(site)}")
    assert page.url == f"{server.url}/"
    assert has_code(page)
    assert [kind for kind in KINDS if page.evaluate(PREVENTED, kind)] == KINDS
    assert page.evaluate("window.asked") == ["screen"]
    page.get_by_role("link", name="About us").click()
    page.wait_for_url("**/?page=*")
    page.reload()
    assert has_code(page)
    (cookie,) = [one for one in page.context.cookies() if one.get("name") == "kiosk-lock"]
    assert (cookie.get("httpOnly"), cookie.get("sameSite")) == (True, "Strict")
    assert "kiosk-lock" not in page.evaluate("document.cookie")


def test_the_page_takes_every_key_before_the_browser_but_those_for_writing(
    place: tuple[KioskServer, Site], page: Page
) -> None:
    server, site = place
    page.goto(f"{server.url}/locked/{new_key(site)}")
    assert has_code(page)
    left = [*WRITING, *EDITING, *OTHERS]
    assert page.evaluate(LEFT, ["h1", left]) == WRITING
    page.evaluate("document.body.append(document.createElement('textarea'))")
    assert page.evaluate(LEFT, ["body > textarea", left]) == [*WRITING, *EDITING]


def test_the_keys_of_the_keypad_still_act(place: tuple[KioskServer, Site], page: Page) -> None:
    server, site = place
    page.goto(f"{server.url}/locked/{new_key(site)}")
    assert has_code(page)
    page.keyboard.press("F9")
    page.wait_for_selector("#message[data-word^=volume]:not([hidden])")
    page.keyboard.press("F2")
    page.wait_for_selector("#message[data-word=eyes_free_on]:not([hidden])")
    page.get_by_role("link", name="About us").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#kiosk:not([data-page=home])")
    page.keyboard.press("Escape")
    page.wait_for_selector("#kiosk[data-page=home]")


@pytest.mark.drill
def test_an_ordinary_browser_gets_nothing_of_the_lock(
    place: tuple[KioskServer, Site], page: Page
) -> None:
    server, site = place
    old = new_key(site)
    new_key(site)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for way in ("/", "/?locked=1", "/locked/wrong", f"/locked/{old}"):
        page.goto(f"{server.url}{way}")
        opened(page, server.url)
        assert not has_code(page)
    assert [kind for kind in KINDS if page.evaluate(PREVENTED, kind)] == []
    assert page.evaluate("window.asked") == []
    assert [url for url in asked if "lock.js" in url or "/alive" in url] == []


@pytest.mark.drill
def test_a_screen_that_shows_no_page_gives_no_sign_of_life(
    place: tuple[KioskServer, Site], page: Page
) -> None:
    server, site = place
    began = time.monotonic()
    for fault, harm in WHITE.items():
        opened(page, f"{server.url}/locked/{new_key(site)}")
        assert has_code(page)
        assert is_seen(page)
        page.evaluate(harm)
        assert not is_seen(page), fault
    life = ask_life(server.url, 5)
    assert life is not None
    assert 0 <= life.seconds < time.monotonic() - began
    drawn = json.loads(fetch(f"{server.url}/alive", 5))["drawn"]
    assert drawn == json.loads(fetch(f"{server.url}/changes?version=", 5))["version"]


def test_only_the_locked_browser_can_give_a_sign_of_life(place: tuple[KioskServer, Site]) -> None:
    server, site = place
    told = b'{"nobody": true, "touched": true, "drawn": "0123456789abcdef"}'
    kind = {"Content-Type": "application/json"}

    def post(body: bytes, headers: dict[str, str]) -> int:
        line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=15)
        line.request("POST", "/alive", body, headers)
        return line.getresponse().status

    locked = {"Cookie": f"kiosk-lock={new_key(site)}"}
    assert post(told, kind) == 403
    assert post(told, kind | {"Cookie": "kiosk-lock="}) == 403
    assert post(told, kind | {"Cookie": "kiosk-lock=wrong"}) == 403
    assert post(told, kind | locked | {"X-Forwarded-For": "192.0.2.7"}) == 403
    assert post(b"x" * 201, kind | locked) == 413
    assert post(told, locked) == 415
    assert post(told, kind | locked) == 204
    life = ask_life(server.url, 5)
    assert life is not None
    assert life.nobody
    assert json.loads(fetch(f"{server.url}/alive", 5))["drawn"] == "0123456789abcdef"


def test_a_key_is_for_one_start_and_for_its_owner_alone(tmp_path: Path) -> None:
    site = load_site(tiny_site(tmp_path))
    assert not is_key(site, "")
    assert not is_key(site, None)
    first = new_key(site)
    assert is_key(site, first)
    assert (site.data / "lock" / "key").stat().st_mode & 0o777 == 0o600
    assert is_key(site, new_key(site))
    assert not is_key(site, first)
    assert not is_key(site, "ключ")

"""What the tests of the studio in a browser share: how staff come in, and what they look at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.tools.server import KioskServer
from tests.tools.sites import PLAN
from tests.web.studio.asking import PASSWORD

NAME = "content/en/about/draft.md"
SHOWN = "content/en/about/plan.md"
DRAFT = PLAN.replace("status: ready", "status: draft").replace("order: 2", "order: 3")
SECONDS = 30_000  # ms: a machine may have much to do
# Everything that is pressed or typed into, and is smaller than 44 px on either side.
PRESSED = ":is(a, button, input, select, textarea, summary)"
SMALL = f"""() => [...document.querySelectorAll("#studio {PRESSED}")]
  .filter((one) => one.checkVisibility())
  .map((one) => [one.outerHTML.slice(0, 90), one.closest("label.choice") ?? one])
  .map(([html, one]) => [html, one.getBoundingClientRect()])
  .filter(([, box]) => box.width < 43.5 || box.height < 43.5).map(([html]) => html)"""
WIDE = "() => document.documentElement.scrollWidth - innerWidth"

StartStudio = Callable[..., KioskServer]


def file_of(tmp_path: Path) -> Path:
    return tmp_path / "site" / NAME


def sign_in(page: Page, name: str = "Bea") -> None:
    page.get_by_label("Name", exact=True).fill(name, timeout=SECONDS)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("dialog")).to_be_hidden(timeout=SECONDS)


def opened(page: Page, server: KioskServer, name: str = "Bea") -> None:
    page.goto(f"{server.url}/#/{NAME}")
    sign_in(page, name)
    expect(page.get_by_role("heading", name="Idea 1")).to_be_visible(timeout=SECONDS)


def sentence(page: Page, number: int = 1, idea: int = 1) -> str:
    return page.get_by_label(f"Sentence {number}, Idea {idea}").input_value()


def saved(page: Page) -> None:
    expect(page.locator(".status")).to_contain_text("Saved", timeout=SECONDS)

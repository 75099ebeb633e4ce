"""Accessibility rules, run by axe-core inside the page."""

from __future__ import annotations

from typing import Any, Protocol, cast

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice")


class _Results(Protocol):
    response: dict[str, list[dict[str, Any]]]


def axe(page: Page, within: str | None = None) -> list[str]:
    """Return each broken rule as a readable line for every place that breaks it.

    within: a CSS selector, if only a part of the page is meant.
    """
    options = {"runOnly": {"type": "tag", "values": list(TAGS)}, "resultTypes": ["violations"]}
    # What is half behind the bar of a phone would count as too small: a finger moves it up.
    no_bar = page.add_style_tag(content="#kiosk .foot { position: static !important }")
    results = cast(_Results, Axe().run(page, context=within, options=options))
    no_bar.evaluate("one => one.remove()")
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}: {node['target']} {node['html']}"
        for rule in results.response["violations"]
        for node in rule["nodes"]
    ]

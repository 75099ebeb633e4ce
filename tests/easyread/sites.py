"""A small site in which the checker finds nothing, for tests to put one page in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from kiosk.config import load_site
from kiosk.easyread import Checker, CheckResult
from tests.tools.sites import tiny_site

TODAY = date(2026, 11, 24)

FACTS = """\
---
title: Our page
symbol: memo
source: The tests
facts_checked: 2026-11-01
status: ready
review_by: 2027-11-01
---
"""

WORDS = """\
explain:
  co-production: {means: Families and staff plan together., symbol: handshake}
  SEND: {means: SEND means that a child needs more help to learn., symbol: rainbow}
"""

EMPTY: dict[str, str | None] = {
    "content/en/about/people.md": None,
    "content/en/about/plan.md": None,
    "content/en/words.yaml": WORDS,
}


def one_page_site(folder: Path, body: str, changes: Mapping[str, str | None] | None = None) -> Path:
    """Write the site with one page, `content/en/about/page.md`, that has these lines."""
    page = body if body.startswith("---\n") else FACTS + body
    return tiny_site(folder, {**EMPTY, "content/en/about/page.md": page, **(changes or {})})


def check(site: Path) -> CheckResult:
    """Check a site as it is on the day TODAY."""
    return Checker(load_site(site)).check(today=TODAY)


def found(site: Path) -> list[str]:
    """Return what is found in a site, one line each."""
    return [str(one) for one in check(site).findings]

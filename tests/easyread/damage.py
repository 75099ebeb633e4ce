"""Pages with random damage: each must give located errors and findings, and nothing else."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

from kiosk.config import load_site
from kiosk.content import Words
from kiosk.content.page import read_source
from kiosk.easyread.checker import check_sheet, make_context
from kiosk.easyread.language_pack import load_language_pack
from kiosk.easyread.plain import read_plain
from kiosk.easyread.sheets import page_sheet
from kiosk.errors import ContentError
from kiosk.located import read_text
from kiosk.symbols import SymbolBook
from tests.easyread.sites import FACTS
from tests.tools.sites import HOME, tiny_site

_BODY = """\
# A heading

:heart: I want to be **healthy** and _well_. It's 90% of 1,200, e.g. at 14:30 on 12/03/26.
- one [link](home), two; three (four) - five
1. Don't go unless you're not NHS Part II

![A bus](symbol:bus) See page 4. It was checked at the heart of MUST DO sufficiency.

:safety shield = "A shield": In order to assist two people because they're autistic.
"""
_PAGES = (FACTS + _BODY, HOME, FACTS.replace("status: ready", 'status: draft\nignore: {ER05: "x"}'))
_SIGNS = (
    ":-#*[]()<>!|&\"'`~{}%@\\,.;? "
    "\n\n\t\r\ufeff\0\u2013\xe9=\u2019\u201c\u2028\ud7ff\xdf\u0661\u0662\u0639\U0001f6000IVX\xbd\xb2"
)
PIECES = (
    *_SIGNS,
    "---\n",
    "**",
    "](",
    "symbol: ",
    "&amp;",
    "<b>",
    "a" * 300,
    "(" * 60,
    "9" * 400,
    "title: [",
    "ignore: {ER05: }",
    "e.g. ",
    "\n\n:heart:",
    "- - - ",
    "* " * 50,
    "is not ",
    "XIV ",
    "12.12.",
)


class Damaged:
    """Damages pages by number: the same number is the same damage."""

    def __init__(self, folder: Path) -> None:
        site = load_site(tiny_site(folder))
        self._folder = folder
        self._symbols = SymbolBook(site)
        self._context = make_context(
            site.settings.easyread, load_language_pack("en"), Words(), date(2026, 11, 24)
        )

    def text(self, seed: int) -> str:
        """Return a damaged page."""
        chance = random.Random(seed)  # noqa: S311 - no secret
        text = chance.choice(_PAGES)
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(text) + 1)
            gone = chance.choice((0, 0, 1, 5, 40))
            more = "".join(chance.choice(PIECES) for _ in range(chance.randint(0, 4)))
            text = text[:at] + more + text[at + gone :]
        return text

    def check(self, seed: int) -> None:
        """Write, read and check a damaged page. Whatever is not a located error is raised."""
        self.check_text(self.text(seed), "home" if seed % 3 == 0 else "page")

    def check_text(self, text: str, page_id: str = "page") -> None:
        """Check a text as a page and as a plain text."""
        path = self._folder / f"{page_id}.md"
        path.write_bytes(text.encode("utf-8", "replace"))
        shown = Path(path.name)
        most = text.count("\n") + text.count("\r") + 1
        try:
            text = read_text(path, shown=shown)
        except ContentError as error:
            if not 1 <= error.line <= most:
                raise
            return
        source = read_source(
            text, page_id=page_id, language="en", part=None, shown=shown, symbols=self._symbols
        )
        lines = text.split("\n")
        for problem in source.problems:
            assert isinstance(problem, ContentError)
            assert 1 <= problem.line <= len(lines) + 1, problem
        assert (source.page is None) == bool(source.problems)
        for sheet in (page_sheet(source, self._symbols), read_plain(text, shown, "en", 8)):
            for found in check_sheet(sheet, self._context):
                assert 1 <= found.line <= len(lines), found
                assert 1 <= found.column <= len(lines[found.line - 1]) + 1, found
                assert found.problem, found

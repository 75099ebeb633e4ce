"""A code that a phone reads: it leads to a page on the site's web address."""

from __future__ import annotations

import io
import re
import textwrap
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw, ImageFont

from kiosk.config import FILE, Site
from kiosk.errors import ContentError
from kiosk.export.chosen import Chosen
from kiosk.export.fonts import source_sans
from kiosk.located import read_text
from kiosk.screen.codes import BORDER, address_of, code_of, code_svg, parts_of

_SIDE = 12  # dots of one square
_LETTERS, _SIZE, _LINE = 38, 24, 32  # letters in a line, how high they are, and from line to line


def code(site: Site, chosen: Chosen) -> tuple[bytes, bytes]:
    """Return the code of a page, or of the first page of a part, as SVG and as PNG.

    Its address stands below it in words. Raises ContentError for a site without a web address.
    """
    address = address_of(site, chosen.pages[0].id, chosen.language.code)
    if not address:
        raise _no_address(site)
    return _svg(address, chosen.title), _png(address)


def lines_of(address: str) -> list[str]:
    """Return an address in lines that are short enough to stand below its code."""
    lines = [""]
    for part in parts_of(address):
        for piece in textwrap.wrap(part, _LETTERS, break_on_hyphens=False):
            if len(lines[-1] + piece) > _LETTERS:
                lines.append("")
            lines[-1] += piece
    return lines


def _svg(address: str, title: str) -> bytes:
    squares = code_of(address).symbol_size(border=BORDER)[0]
    wide = squares * _SIDE
    lines = lines_of(address)
    words = "".join(
        f'<text x="{wide // 2}" y="{wide + number * _LINE}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    drawn = code_svg(address).replace("<svg ", f'<svg width="{wide}" height="{wide}" ', 1)
    high = wide + len(lines) * _LINE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img">'
        f"<title>{escape(title)}: {escape(address)}</title>"
        f'<rect width="{wide}" height="{high}" fill="white"/>{drawn.strip()}'
        f'<g font-family="Source Sans Pro, Source Sans 3, sans-serif" font-size="{_SIZE}"'
        f' text-anchor="middle">{words}</g></svg>\n'
    ).encode()


def _png(address: str) -> bytes:
    rows = list(code_of(address).matrix_iter(scale=_SIDE, border=BORDER))
    wide, lines = len(rows), lines_of(address)
    picture = Image.new("L", (wide, wide + len(lines) * _LINE), 255)
    picture.putdata([0 if dot else 255 for row in rows for dot in row])
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(source_sans()[0], _SIZE)
    for number, line in enumerate(lines):
        pen.text((wide // 2, wide + number * _LINE), line, 0, font, anchor="ms")
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def _no_address(site: Site) -> ContentError:
    shown = site.shown(site.root / FILE)
    text = read_text(site.root / FILE, shown=shown)
    found = re.search(r"^\s*\[site\]", text, re.M)
    line = text.count("\n", 0, found.start()) + 1 if found else 1
    hint = 'Write it under [site]: web_address = "https://example.org/send/"'
    return ContentError(shown, line, "The site has no web address for a code.", hint)

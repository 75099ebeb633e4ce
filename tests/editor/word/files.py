"""Word files for the tests: written by python-docx, with the few things that it cannot do added."""

from __future__ import annotations

import colorsys
import io
from pathlib import Path
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from docx.text.paragraph import Paragraph
from PIL import Image, ImageDraw

PAIRS = 20


def bitmap(number: int, kind: str = "PNG", size: tuple[int, int] = (64, 64)) -> bytes:
    """Return a picture that no other number has."""
    red, green, blue = colorsys.hsv_to_rgb(number % 23 / 23, 0.7, 0.9)
    colour = (int(red * 255), int(green * 255), int(blue * 255))
    picture = Image.new("RGB", size, colour)
    ImageDraw.Draw(picture).text((8, 8), str(number), fill="black")
    written = io.BytesIO()
    picture.save(written, kind)
    return written.getvalue()


def sentence(number: int) -> str:
    """Return the sentence that belongs to the picture of this number."""
    return f"This is sentence number {number}."


def alt(number: int) -> str:
    """Return the alternative text of the picture of this number."""
    return f"A square with the number {number}"


def add_picture(paragraph: Paragraph, number: int, words: str | None = None, **more: Any) -> Any:
    """Put a picture into a paragraph, in the line; return its drawing."""
    data = bitmap(number, **more)
    shape = paragraph.add_run().add_picture(io.BytesIO(data), width=Cm(2))
    facts = shape._inline.docPr
    facts.set("descr", alt(number) if words is None else words)
    return shape._inline


def float_picture(paragraph: Paragraph, number: int) -> None:
    """Put a picture beside a paragraph: it floats, and the words go round it."""
    inline = add_picture(paragraph, number)
    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp")} distT="0" distB="0" distL="114300" distR="114300" '
        'simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" '
        'allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        '<wp:wrapSquare wrapText="bothSides"/></wp:anchor>'
    )
    for child in list(inline):
        anchor.append(child)
    inline.getparent().replace(inline, anchor)


def table_of_pairs(document: Any, numbers: range, *, picture_left: bool = True) -> Any:
    """Add a table of two columns with a picture and its sentence in each row."""
    table = document.add_table(rows=0, cols=2)
    for number in numbers:
        cells = table.add_row().cells
        picture, words = cells if picture_left else reversed(cells)
        add_picture(picture.paragraphs[0], number)
        words.paragraphs[0].text = sentence(number)
    return table


def saved(document: Any, path: Path) -> Path:
    """Save a document of python-docx and return its path."""
    document.save(str(path))
    return path


_MORE_SPACES = {
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}


def insert(paragraph: Paragraph, xml: str) -> None:
    """Put raw XML at the end of a paragraph, with the usual prefixes."""
    more = " ".join(f'xmlns:{name}="{space}"' for name, space in _MORE_SPACES.items())
    spaces = f"{nsdecls('w', 'wp', 'a', 'pic', 'r')} {more}"
    for child in list(parse_xml(f"<w:p {spaces}>{xml}</w:p>")):
        paragraph._p.append(child)

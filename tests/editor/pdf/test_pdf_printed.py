"""PDF files that a real program has printed, with tags and without."""

from __future__ import annotations

import base64
import html

import pytest
from playwright.sync_api import Browser

from kiosk.editor.found.page import NO_PICTURE_WORDS
from tests.editor.conftest import Desk
from tests.editor.pdf.test_pdf_pairs import EIGHT, nothing_is_lost, sentence_of
from tests.editor.word.files import alt, bitmap
from tests.tools.cases import mostly_drill

FACE = (
    "<svg viewBox='0 0 72 72' width='90' height='90' role='img' aria-label='{alt}'>"
    "<circle cx='36' cy='36' r='23' fill='#fcea2b' stroke='#000' stroke-width='2'/>"
    "<path d='M45.8 44.9C43 46.5 39.6 47.5 36 47.5s-7-1-9.8-2.6' fill='none' stroke='#000'/>"
    "<path d='M30 31a3 3 0 1 1-6 0 3 3 0 0 1 6 0'/><path d='M48 31a3 3 0 1 1-6 0 3 3 0 0 1 6 0'/>"
    "</svg>"
)
STYLE = {
    "left": "tr {display: flex} td {padding: 10px}",
    "right": "tr {display: flex; flex-direction: row-reverse; justify-content: space-between}",
    "columns": "tbody {columns: 2} tr {display: flex; break-inside: avoid} td {padding: 6px}",
}
CASES = [
    (kind, layout, tagged)
    for kind in ("bitmap", "vector")
    for layout in STYLE
    for tagged in (True, False)
]


def printed(browser: Browser, kind: str, layout: str, *, tagged: bool) -> bytes:
    rows = ""
    for number in EIGHT:
        shown = FACE.format(alt=alt(number))
        if kind == "bitmap":
            dots = base64.b64encode(bitmap(number)).decode()
            shown = f"<img src='data:image/png;base64,{dots}' width=90 alt='{alt(number)}'>"
        rows += f"<tr><td>{shown}</td><td>{html.escape(sentence_of(number))}</td></tr>"
    style = f"body {{font: 14pt sans-serif}} tr {{margin: 12px 0}} {STYLE[layout]}"
    page = browser.new_page()
    page.set_content(f"<style>{style}</style><table><tbody>{rows}</tbody></table>")
    edge = "<div style='font-size: 9px; width: 100%; text-align: center'>{}</div>"
    data = page.pdf(
        format="A4",
        tagged=tagged,
        print_background=True,
        display_header_footer=True,
        header_template=edge.format("Luton easy read"),
        footer_template=edge.format("Page <span class='pageNumber'></span>"),
        margin={"top": "80px", "bottom": "80px", "left": "60px", "right": "60px"},
    )
    page.close()
    return data


@pytest.mark.parametrize(
    ("kind", "layout", "tagged"), mostly_drill(CASES, ("vector", "columns", True))
)
def test_pairs_of_a_printed_pdf_stay_together(
    desk: Desk, browser: Browser, kind: str, layout: str, tagged: bool
) -> None:
    file = desk.folder / "printed.pdf"
    file.write_bytes(printed(browser, kind, layout, tagged=tagged))
    made = desk.bring(file)
    ideas = desk.page(made).ideas
    nothing_is_lost(desk, made, file)
    said = {" ".join(said.text for said in one.sentences): one for one in ideas}
    assert said.keys() >= set(map(sentence_of, EIGHT))
    assert made.pictures >= (8 if kind == "bitmap" else 1)  # the faces are all the same picture
    for number in EIGHT:
        idea = said[sentence_of(number)]
        assert idea.words != NO_PICTURE_WORDS
        if tagged:
            assert idea.words == alt(number)
    if tagged:
        assert len(ideas) == len(EIGHT)

"""Makes files with a real LibreOffice, from documents that are written here.

`python -m tests.editor.word.make_libreoffice` makes `fixtures/libreoffice.docx`, which the ordinary
tests use. The drill makes all of them anew, with the LibreOffice of this system.
"""

from __future__ import annotations

import base64
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.editor.word.files import alt, bitmap, sentence

FILE = Path(__file__).parent / "fixtures" / "libreoffice.docx"

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{rest}:1.0"'
    for name, rest in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
)
_SPACES += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
_STYLES = """
<style:style style:name="Bold" style:family="text">
 <style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Beside" style:family="graphic">
 <style:graphic-properties style:wrap="right" style:horizontal-pos="left"
  style:horizontal-rel="paragraph" style:vertical-pos="top" style:vertical-rel="paragraph"/>
</style:style>
<style:style style:name="Placed" style:family="graphic">
 <style:graphic-properties style:wrap="run-through" style:horizontal-pos="from-left"
  style:horizontal-rel="page" style:vertical-pos="from-top" style:vertical-rel="page"/>
</style:style>
<style:style style:name="Crossed" style:family="text"><style:text-properties
 style:text-line-through-style="solid" style:text-line-through-type="single"/></style:style>
<text:list-style style:name="Dots">
 <text:list-level-style-bullet text:level="1" text:bullet-char="&#8226;"/></text:list-style>
<text:list-style style:name="Numbers">
 <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
</text:list-style>
"""


def picture(number: int, anchor: str = "as-char", at: tuple[int, int] | None = None) -> str:
    """Return a picture; at: where it floats on the sheet, in cm."""
    data = base64.b64encode(bitmap(number)).decode()
    style = ' draw:style-name="Beside"' if anchor == "paragraph" else ""
    if at is not None:
        style = f' draw:style-name="Placed" svg:x="{at[0]}cm" svg:y="{at[1]}cm"'
    return (
        f'<draw:frame draw:name="Image{number}"{style} text:anchor-type="{anchor}" '
        'svg:width="2cm" svg:height="2cm"><draw:image>'
        f"<office:binary-data>{data}</office:binary-data></draw:image>"
        f"<svg:desc>{alt(number)}</svg:desc></draw:frame>"
    )


def box(text: str, at: tuple[int, int]) -> str:
    """Return a box with words; at: where it floats on the sheet, in cm."""
    return (
        f'<draw:frame draw:style-name="Placed" svg:x="{at[0]}cm" svg:y="{at[1]}cm" '
        'text:anchor-type="paragraph" svg:width="7cm" svg:height="2.4cm">'
        f"<draw:text-box>{words(text)}</draw:text-box></draw:frame>"
    )


def words(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def heading(text: str) -> str:
    return f'<text:h text:outline-level="1">{text}</text:h>'


def table(name: str, rows: list[tuple[str, str]]) -> str:
    made = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in rows
    )
    columns = '<table:table-column table:number-columns-repeated="2"/>'
    return f'<table:table table:name="{name}">{columns}{made}</table:table>'


def points(style: str, *items: str) -> str:
    inside = "".join(f"<text:list-item>{words(one)}</text:list-item>" for one in items)
    return f'<text:list text:style-name="{style}">{inside}</text:list>'


def document() -> str:
    """Return the document as flat OpenDocument text."""
    parts = [heading("Going to the centre")]
    left = [(words(picture(one)), words(sentence(one))) for one in range(1, 7)]
    left[1] = (left[1][0], left[1][1] + words("It has a second paragraph."))
    left[2] = (left[2][0], left[2][1] + points("Dots", "by bus", "on foot"))
    parts += [table("Left", left), heading("What we do")]
    right = [(words(sentence(one)), words(picture(one))) for one in range(7, 11)]
    parts += [table("Right", right), heading("Who helps you")]
    for one in range(11, 16):
        said = sentence(one).replace(
            "sentence", '<text:span text:style-name="Bold">sentence</text:span>'
        )
        parts += [words(picture(one, "paragraph") + said), words("")]
    parts += [heading("What happens then")]
    for one in range(16, 21):
        parts += [words(picture(one)), words(sentence(one))]
    parts += [points("Numbers", "Phone us.", "Come in.")]
    parts += [
        words(
            "The end has a note."
            '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
            "<text:note-body><text:p>A note.</text:p></text:note-body></text:note>"
        ),
        words(
            '<draw:frame text:anchor-type="paragraph" svg:width="5cm" svg:height="2cm">'
            "<draw:text-box><text:p>Words in a box</text:p></draw:text-box></draw:frame>"
            "The end has a box."
        ),
    ]
    return flat("".join(parts))


def flat(body: str) -> str:
    """Return flat OpenDocument text with this body."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:automatic-styles>{_STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


def crossed(text: str) -> str:
    return f'<text:span text:style-name="Crossed">{text}</text:span>'


def leaflet() -> str:
    """Return a leaflet that is laid out in boxes, each beside its picture."""
    row = range(1, 5)
    laid = (
        picture(one, "paragraph", at=(2, 3 * one)) + box(sentence(one), (6, 3 * one)) for one in row
    )
    return flat(heading("A leaflet in boxes") + words("".join(laid)))


def letter() -> str:
    """Return a letter with words that are crossed out or filled in, and bullets of all kinds."""
    parts = [
        heading("A letter"),
        words(f"You can {crossed('not')} come on Monday."),
        words(crossed("This whole line is gone.")),
        words('Today is <text:date text:date-value="2026-11-27">27 November</text:date>.'),
        words("Page <text:page-number>1</text:page-number> of our plan."),
        words('See <text:a xlink:href="https://example.org/send">our pages</text:a>.'),
        words("Bring:"),
        words("\u2022 your coat"),
        words("\u00b7 your card"),
        words("o a drink"),
        words("Then:"),
        points("Dots", "a pen", "paper"),
        points("Numbers", "Come in.", "Sit down."),
    ]
    return flat("".join(parts))


def headings() -> str:
    """Return a document of headings alone."""
    below = (
        f'<text:h text:outline-level="2">{one}</text:h>' for one in ("What we want", "What we do")
    )
    return flat(heading("Our plan") + "".join(below))


KINDS = {"docx": "docx:MS Word 2007 XML", "html": "html:HTML (StarWriter)", "pdf": "pdf"}


def make(document: str, kind: str, folder: Path, name: str = "libreoffice") -> Path:
    """Let LibreOffice write a document as a kind of file, without a window; return its path."""
    program = shutil.which("soffice")
    assert program, "This needs LibreOffice: `apt-get install libreoffice-writer-nogui`."
    source = folder / f"{name}.fodt"
    source.write_text(document, encoding="utf-8")
    with tempfile.TemporaryDirectory() as profile:  # one of its own: nobody's settings count
        command = [program, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless"]
        command += ["--convert-to", KINDS[kind], "--outdir", str(folder), str(source)]
        subprocess.run(command, check=True, timeout=180, capture_output=True)
    return source.with_suffix(f".{kind}")


def main() -> None:
    """Make the file of the ordinary tests."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copyfile(make(document(), "docx", Path(folder)), FILE)


if __name__ == "__main__":
    main()

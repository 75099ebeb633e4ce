"""Makes `fixtures/libreoffice.docx` with a real LibreOffice, from a document that is written here.

Run it by hand: `python -m tests.editor.make_libreoffice`. The tests use the file that it made.
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
_STYLES = """
<style:style style:name="Bold" style:family="text">
 <style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Beside" style:family="graphic">
 <style:graphic-properties style:wrap="right" style:horizontal-pos="left"
  style:horizontal-rel="paragraph" style:vertical-pos="top" style:vertical-rel="paragraph"/>
</style:style>
<text:list-style style:name="Dots">
 <text:list-level-style-bullet text:level="1" text:bullet-char="&#8226;"/></text:list-style>
<text:list-style style:name="Numbers">
 <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
</text:list-style>
"""


def picture(number: int, anchor: str = "as-char") -> str:
    data = base64.b64encode(bitmap(number)).decode()
    style = ' draw:style-name="Beside"' if anchor == "paragraph" else ""
    return (
        f'<draw:frame draw:name="Image{number}"{style} text:anchor-type="{anchor}" '
        'svg:width="2cm" svg:height="2cm"><draw:image>'
        f"<office:binary-data>{data}</office:binary-data></draw:image>"
        f"<svg:desc>{alt(number)}</svg:desc></draw:frame>"
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
    body = "".join(parts)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:automatic-styles>{_STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


def main() -> None:
    """Convert the document without a window, with a profile of its own."""
    program = shutil.which("soffice") or "soffice"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "libreoffice.fodt"
        source.write_text(document(), encoding="utf-8")
        profile = (Path(folder) / "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to"]
        command += ["docx:MS Word 2007 XML", "--outdir", folder, str(source)]
        subprocess.run(command, check=True, timeout=180)
        shutil.copyfile(Path(folder) / "libreoffice.docx", FILE)


if __name__ == "__main__":
    main()

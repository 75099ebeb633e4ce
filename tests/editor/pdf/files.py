"""PDF files for the tests, written here: words, pictures and drawings at places that we choose."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from tests.editor.word.files import alt, bitmap

WIDTH, HEIGHT = 595, 842


@dataclass
class Paper:
    """A PDF that is being written; all places are points from the upper left corner."""

    tagged: bool = False
    pages: list[list[str]] = field(default_factory=lambda: [[]])
    images: list[int] = field(default_factory=list)
    tags: list[tuple[str, int, int, str]] = field(default_factory=list)  # kind, page, mark, alt

    def new_page(self) -> None:
        self.pages.append([])

    def draw(self, kind: str, words: str, code: str) -> None:
        """Draw something, with its tag in a tagged file."""
        if not self.tagged:
            self.pages[-1].append(code)
            return
        if kind == "Artifact":
            self.pages[-1].append(f"/Artifact BMC\n{code}\nEMC")
            return
        mark = sum(page == len(self.pages) - 1 for _, page, _, _ in self.tags)
        self.tags.append((kind, len(self.pages) - 1, mark, words))
        self.pages[-1].append(f"/{kind} <</MCID {mark}>> BDC\n{code}\nEMC")

    def text(
        self, left: float, top: float, words: str, size: float = 14, *, bold: bool = False,
        kind: str = "P",
    ) -> None:  # fmt: skip
        said = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        font = "B" if bold else "R"
        down = HEIGHT - top - size * 0.8
        self.draw(kind, "", f"BT /{font} {size} Tf {left} {down:.2f} Td ({said}) Tj ET")

    def lines(self, left: float, top: float, *lines: str, size: float = 14) -> None:
        for at, words in enumerate(lines):
            self.text(left, top + at * size * 1.2, words, size)

    def picture(self, left: float, top: float, number: int, side: float = 80) -> None:
        if number not in self.images:
            self.images.append(number)
        name = self.images.index(number)
        place = f"{side} 0 0 {side} {left} {HEIGHT - top - side}"
        self.draw("Figure", alt(number), f"q {place} cm /I{name} Do Q")

    def drawing(self, left: float, top: float, number: int, side: float = 80) -> None:
        """Draw a face of curves, with no bitmap."""
        half, ground = side / 2, HEIGHT - top - side
        bend = half * 0.55
        x, y = left + half, ground + half
        round_ = (
            f"{x + half} {y} m {x + half} {y + bend} {x + bend} {y + half} {x} {y + half} c "
            f"{x - bend} {y + half} {x - half} {y + bend} {x - half} {y} c "
            f"{x - half} {y - bend} {x - bend} {y - half} {x} {y - half} c "
            f"{x + bend} {y - half} {x + half} {y - bend} {x + half} {y} c h"
        )
        colour = f"{number % 5 / 5} {number % 3 / 3} 0.9 rg"
        eyes = "".join(f"{x + dx} {y + 8} 6 6 re f " for dx in (-14, 8))
        mouth = f"{x - 15} {y - 12} m {x} {y - 24} l {x + 15} {y - 12} l S"
        self.draw("Figure", alt(number), f"{colour} {round_} B 0 g {eyes} {mouth}")

    def ground(self) -> None:
        """Put a bitmap behind the whole page, as a scanner makes it."""
        if 0 not in self.images:
            self.images.append(0)
        code = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /I{self.images.index(0)} Do Q"
        self.draw("Figure", "", code)

    def bytes(self) -> bytes:
        """Return the file."""
        objects: list[bytes] = []

        def put(body: str | bytes) -> int:
            objects.append(body if isinstance(body, bytes) else body.encode())
            return len(objects)

        def stream(facts: str, data: bytes) -> int:
            packed = zlib.compress(data)
            head = f"<<{facts} /Filter /FlateDecode /Length {len(packed)}>>\nstream\n"
            return put(head.encode() + packed + b"\nendstream")

        root, tree, structure, parents = put(""), put(""), put(""), put("")
        font = "<</Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding>>"
        plain, bold = put(font.format("Helvetica")), put(font.format("Helvetica-Bold"))
        shown = []
        for number in self.images:
            with Image.open(io.BytesIO(bitmap(number))) as picture:
                size = f"/Width {picture.width} /Height {picture.height}"
                kind = f"/Type /XObject /Subtype /Image {size} /ColorSpace /DeviceRGB"
                dots = picture.convert("RGB").tobytes()
                shown.append(stream(f"{kind} /BitsPerComponent 8", dots))
        named = " ".join(f"/I{at} {number} 0 R" for at, number in enumerate(shown))
        facts = f"<</Font <</R {plain} 0 R /B {bold} 0 R>> /XObject <<{named}>>>>"
        kids = []
        for at, page in enumerate(self.pages):
            content = stream("", "\n".join(page).encode("cp1252"))
            kids.append(
                put(
                    f"<</Type /Page /Parent {tree} 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] "
                    f"/Resources {facts} /Contents {content} 0 R /StructParents {at}>>"
                )
            )
        objects[tree - 1] = (
            f"<</Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{one} 0 R' for one in kids)}]>>"
        ).encode()
        more = ""
        if self.tagged:
            more = f"/MarkInfo <</Marked true>> /StructTreeRoot {structure} 0 R"
            elements = [
                put(
                    f"<</Type /StructElem /S /{kind} /P {structure} 0 R /Pg {kids[page]} 0 R "
                    f"/K {mark}{f' /Alt ({words})' if words else ''}>>"
                )
                for kind, page, mark, words in self.tags
            ]
            inside = " ".join(f"{one} 0 R" for one in elements)
            objects[structure - 1] = (
                f"<</Type /StructTreeRoot /K [{inside}] /ParentTree {parents} 0 R>>"
            ).encode()
            rows = []
            for at in range(len(kids)):
                mine = (f"{one} 0 R" for one, tag in zip(elements, self.tags, strict=True)
                        if tag[1] == at)  # fmt: skip
                rows.append(f"{at} [{' '.join(mine)}]")
            objects[parents - 1] = f"<</Nums [{' '.join(rows)}]>>".encode()
        else:
            objects[structure - 1] = objects[parents - 1] = b"null"
        objects[root - 1] = f"<</Type /Catalog /Pages {tree} 0 R {more}>>".encode()
        return _file(objects, root)

    def save(self, path: Path) -> Path:
        path.write_bytes(self.bytes())
        return path


def _file(objects: list[bytes], root: int) -> bytes:
    made = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    begins = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    made += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    made += f"trailer\n<</Size {len(objects) + 1} /Root {root} 0 R>>\n".encode()
    return made + f"startxref\n{begins}\n%%EOF\n".encode()

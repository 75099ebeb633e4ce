"""Decides whether a site's own picture is safe, and of a size that can be shown; draws pictures.

A picture file can carry a program, or call another computer. Both are refused, not cleaned: a
person then knows that the file is not what they thought.
"""

from __future__ import annotations

import io
import math
import re
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from kiosk.errors import ContentError
from kiosk.symbols.model import SUFFIXES, Symbol

if TYPE_CHECKING:
    from PIL import Image

MAX_BYTES = 1_048_576
MAX_PIXELS_A_SIDE = 2048
MAX_RATIO = 2.0
MEDIA_TYPES = {suffix: media_type for media_type, suffix in SUFFIXES.items()}

SVG = "http://www.w3.org/2000/svg"
_SHAPES = ["path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"]
_FRAMES = ["svg", "g", "defs", "symbol", "use", "title", "desc", "clipPath", "mask", "pattern"]
_COLOURS = ["linearGradient", "radialGradient", "stop"]
ELEMENTS = frozenset(_SHAPES + _FRAMES + _COLOURS)
OUTSIDE = re.compile(r"url\(\s*['\"]?\s*(?!['\"#\s])|javascript:|data:|expression\(|@import", re.I)
_PLAIN = 'In your drawing program, save it as "plain SVG".'


def read_picture(path: Path, shown: Path, root: Path) -> tuple[bytes, str]:
    """Read a picture that is safe: its bytes and their media type. Raises ContentError.

    root: a link that leads out of this folder is refused.
    """
    try:
        inside = path.resolve(strict=True).is_relative_to(root)
        data = path.read_bytes() if inside and path.is_file() else b""
    except (OSError, RuntimeError) as error:
        raise ContentError(shown, 1, f"I cannot read this picture: {error}.") from None
    if not inside:
        raise ContentError(shown, 1, "This is a link to a file outside the site's folder.")
    media_type = MEDIA_TYPES[path.suffix]
    if path.suffix == ".png":
        return clean_png(data, shown), media_type
    check_svg(data, shown)
    return data, media_type


def check_svg(data: bytes, shown: Path) -> None:
    """Refuse an SVG that could do more than be seen. Raises ContentError with the line."""
    if len(data) > MAX_BYTES:
        raise _too_large(shown)
    parser = expat.ParserCreate(namespace_separator=" ")
    seen_root = False

    def refuse(problem: str, hint: str = _PLAIN) -> None:
        raise ContentError(shown, parser.CurrentLineNumber, problem, hint)

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal seen_root
        space, _, tag = name.rpartition(" ")
        if space != SVG or tag not in ELEMENTS:
            refuse(f'A picture cannot have the part "{tag}".')
        if not seen_root:
            seen_root = True
            if tag != "svg":
                refuse("This is not an SVG picture.")
            _check_shape(attributes.get("viewBox"), shown, parser.CurrentLineNumber)
        for attribute, value in attributes.items():
            local = attribute.rpartition(" ")[2].casefold()
            if local.startswith("on"):
                refuse(f'A picture cannot have the part "{local}".')
            if local == "base" or (local == "href" and not value.strip().startswith("#")):
                refuse("A picture cannot point to another file.")
            if OUTSIDE.search(value) or "\\" in value:
                refuse("A picture cannot point to another file.")

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = lambda *_: refuse('A picture cannot have a "DOCTYPE".')
    parser.ProcessingInstructionHandler = lambda *_: refuse('A picture cannot have a "<?" part.')
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ContentError(
            shown, error.lineno, "This is not an SVG picture that I can read.", _PLAIN
        ) from None


def _check_shape(view_box: str | None, shown: Path, line: int) -> None:
    try:
        numbers = [float(one) for one in re.split(r"[\s,]+", (view_box or "").strip())]
        _, _, width, height = numbers
    except ValueError:
        raise ContentError(shown, line, 'The picture has no "viewBox".', _PLAIN) from None
    if not all(math.isfinite(one) for one in numbers) or width <= 0 or height <= 0:
        raise ContentError(shown, line, 'The "viewBox" of the picture has no size.', _PLAIN)
    _check_ratio(width, height, shown, line)


def _check_ratio(width: float, height: float, shown: Path, line: int) -> None:
    if max(width / height, height / width) > MAX_RATIO:
        raise ContentError(
            shown,
            line,
            "The picture is too long and thin: it is shown in a square.",
            "Cut it to a square.",
        )


def clean_png(data: bytes, shown: Path) -> bytes:
    """Return the picture written anew, without what else was in the file. Raises ContentError."""
    # Imported here: a site without PNG pictures does not wait for Pillow.
    from PIL import Image

    if len(data) > MAX_BYTES:
        raise _too_large(shown)
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            if max(picture.size) > MAX_PIXELS_A_SIDE:
                raise ContentError(
                    shown,
                    1,
                    f"The picture is too large: {MAX_PIXELS_A_SIDE} pixels a side is the most.",
                    "Make it smaller.",
                )
            _check_ratio(*picture.size, shown, 1)
            written = io.BytesIO()
            fresh = picture.convert("RGBA")
            fresh.info.clear()
            fresh.save(written, "PNG")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise ContentError(
            shown, 1, "This is not a PNG picture that I can read.", "Save it again as PNG."
        ) from None
    return written.getvalue()


def bitmap(symbol: Symbol, side: int) -> Image.Image:
    """Draw a picture into a square of `side` pixels, as large as it fits, with alpha."""
    import resvg_py
    from PIL import Image

    data = symbol.svg
    if symbol.media_type == "image/svg+xml":
        text = data.decode("utf-8-sig")
        data = resvg_py.svg_to_bytes(svg_string=text, width=side, skip_system_fonts=False)
    with Image.open(io.BytesIO(data)) as opened:
        picture = opened.convert("RGBA")
    picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    return picture


def _too_large(shown: Path) -> ContentError:
    return ContentError(
        shown,
        1,
        f"The picture is too large: {MAX_BYTES // 1024} KB is the most.",
        "Make it smaller.",
    )

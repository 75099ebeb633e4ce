"""Where the ink of a picture is: pictures have margins of all sizes, and their parts must not."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache, lru_cache

from kiosk.symbols.fragment import Box
from kiosk.symbols.tables import lines

TABLE = "composing/boxes.tsv"
_FINE = 4  # dots for each unit


@cache
def of_shipped() -> Mapping[str, Box]:
    """Return the boxes of pictures that come with the program, in units of their square of 72.

    OpenMoji's by their files, ours by their names.
    """
    found = {}
    for line in lines(TABLE):
        file, left, top, right, bottom = line.split("\t")
        found[file] = Box(float(left), float(top), float(right), float(bottom))
    return found


@lru_cache(maxsize=1024)
def measure(svg: str, view: Box) -> Box:
    """Return where the ink is in a picture, by drawing it. svg: what is inside its `<svg>`.

    A picture without ink has the whole view.
    """
    # Imported here: a site that composes nothing of its own does not wait for them.
    import resvg_py
    from PIL import Image

    fine = _FINE * 72 / max(view.width, view.height)
    wide = max(1, round(view.width * fine))
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view.left:g} {view.top:g}'
        f' {view.width:g} {view.height:g}">{svg}</svg>'
    )
    drawn = bytes(
        resvg_py.svg_to_bytes(svg_string=text, width=wide, skip_system_fonts="<text" not in svg)
    )
    with Image.open(io.BytesIO(drawn)) as picture:
        found = picture.convert("RGBA").getchannel("A").getbbox()
    if found is None:
        return view
    left, top, right, bottom = (round(one / fine, 2) for one in found)
    return Box(view.left + left, view.top + top, view.left + right, view.top + bottom)

"""Where things can be: what stands behind, and where there is room in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.symbols.composing.pen import INK, circle, path, shape
from kiosk.symbols.fragment import Box

TABLE, AROUND = "table", "around"


@dataclass(frozen=True, slots=True)
class Place:
    """One place. svg: on a square of 144 units; box: of its ink; room: for what is in it.

    floor: what is in it stands on its lower edge, else it is in its middle.
    """

    svg: str
    box: Box
    room: Box
    floor: bool = True


def _roof(x: int) -> str:
    fill = "#ea5a47" if x % 44 == 6 else "#fff"
    return path(f"M{x},16H{x + 22}V44Q{x + 11},56 {x},44Z", fill)


def _ground(colour: str) -> str:
    return path("M4,140H140", "none", colour, 5)


_TREE = path("M120,108V72", "none", "#6a462f", 8) + circle(120, 52, 20, "#5c9e31", 3)
_SUN = circle(22, 21, 11, "#fcea2b") + path(
    "M22,5V2M38,21H41M33.5,9.5L35.5,7.5M6,21H3M33.5,32.5L35.5,34.5M10.5,9.5L8.5,7.5"
)

PLACES: Mapping[str, Place | None] = {
    "home": Place(
        path("M11,58V139H133V58", "#fff8e1", width=3.4)
        + path("M3,63L72,5L141,63L134,71L72,20L10,71Z", "#ea5a47", width=3)
        + _ground("#5c9e31"),
        Box(1, 3, 143, 143),
        Box(17, 46, 127, 137),
    ),
    "school": Place(
        path("M6,46H138V139H6Z", "#fbe9d7", width=3.4)
        + path("M36,46L72,19L108,46Z", "#a57939", width=3)
        + path("M72,19V4H89L85,9L89,14H72", "#1e50a0", width=2.4)
        + circle(72, 36, 7, "#fff", 2.4)
        + path("M72,36V31.5M72,36H75.5", width=1.8)
        + _ground("#9b9b9a"),
        Box(1, 2, 143, 143),
        Box(12, 53, 132, 137),
    ),
    "hospital": Place(
        path("M9,36H135V139H9Z", "#eaf6fb", width=3.4)
        + path("M52,4H92V36H52Z", "#1e50a0", width=3)
        + path("M63.5,11.5V28.5M80.5,11.5V28.5M63.5,20H80.5", "none", "#fff", 5)
        + _ground("#9b9b9a"),
        Box(1, 2, 143, 143),
        Box(16, 42, 128, 137),
    ),
    "shop": Place(
        path("M10,46H134V139H10Z", "#fdf3f7", width=3.4)
        + "".join(_roof(x) for x in range(6, 138, 22))
        + _ground("#9b9b9a"),
        Box(1, 14, 143, 143),
        Box(16, 58, 128, 137),
    ),
    "outside": Place(
        path("M3,117Q40,105 72,113T141,109V141H3Z", "#b1cc33", width=3) + _SUN + _TREE,
        Box(1, 1, 143, 143),
        Box(6, 38, 102, 134),
    ),
    "night": Place(
        shape("M14,2H130Q142,2 142,14V130Q142,142 130,142H14Q2,142 2,130V14Q2,2 14,2Z", "#223a66")
        + path("M119,9A18,18 0 1 0 135,33A14,14 0 0 1 119,9Z", "#fcea2b", width=2.4)
        + "".join(circle(x, y, 2, "#fff", 0) for x, y in ((20, 20), (50, 12), (80, 28), (34, 42))),
        Box(2, 2, 142, 142),
        Box(9, 46, 135, 135),
        floor=False,
    ),
    "phone": Place(
        path(
            "M37,4H107Q120,4 120,17V127Q120,140 107,140H37Q24,140 24,127V17Q24,4 37,4Z",
            "#3f3f3f",
            width=3,
        )
        + shape(
            "M34,14H110Q113,14 113,17V123Q113,126 110,126H34Q31,126 31,123V17Q31,14 34,14Z", "#fff"
        )
        + circle(72, 133, 3.6, "#9b9b9a", 0),
        Box(22, 2, 122, 142),
        Box(36, 18, 108, 122),
        floor=False,
    ),
    "screen": Place(
        path(
            "M10,8H134Q140,8 140,14V102Q140,108 134,108H10Q4,108 4,102V14Q4,8 10,8Z",
            "#fff",
            width=4,
        )
        + path("M60,110L56,132H88L84,110", "#9b9b9a", width=3)
        + path("M44,134H100", width=5),
        Box(2, 6, 142, 137),
        Box(12, 15, 132, 101),
        floor=False,
    ),
    "lens": Place(
        circle(62, 62, 54, "#fff", 7)
        + circle(62, 62, 54, "none", 3, "#92d3f5")
        + path("M102,102L134,134", "none", INK, 15)
        + path("M104,104L133,133", "none", "#a57939", 9),
        Box(4, 4, 142, 142),
        Box(25, 25, 99, 99),
        floor=False,
    ),
    "paper": Place(
        path("M21,4H98L124,30V140H21Z", "#fff", width=3.4)
        + path("M98,4V30H124", "#e7e6e6", width=3)
        + path("M34,110H110M34,121H110M34,131.5H84", "none", "#9b9b9a", 4),
        Box(19, 2, 126, 142),
        Box(29, 32, 115, 104),
        floor=False,
    ),
    "heart": Place(
        path("M72,138C-32,70 16,-12 72,30C128,-12 176,70 72,138Z", "#f7b7bd", width=3.6),
        Box(8, 16, 136, 140),
        Box(32, 38, 112, 106),
        floor=False,
    ),
    "shield": Place(
        path("M72,4Q100,20 134,20Q138,104 72,140Q6,104 10,20Q44,20 72,4Z", "#cfe6c0", width=4),
        Box(8, 2, 136, 142),
        Box(32, 27, 112, 117),
        floor=False,
    ),
    TABLE: None,
    AROUND: None,
}
"""Name -> place; who sits at a table, and what stands around something, is laid out by itself."""

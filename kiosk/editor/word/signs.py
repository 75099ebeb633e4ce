"""Signs of picture fonts, as letters that every screen can show."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from kiosk.editor.word.xml import W

_SYMBOL = {
    0xB7: "•",
    0xAE: "→",
    0xAC: "←",
    0xD8: "¬",
    0xA3: "≤",
    0xB3: "≥",
    0xB4: "\u00d7",
    0xB0: "°",
}
_WINGDINGS = {
    **{0x22: "✂", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x36: "⌛", 0x3A: "🖥", 0x43: "👍", 0x44: "👎"},
    **{0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x76: "❖"},
    **{0x9F: "•", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xE0: "→", 0xDF: "←", 0xE8: "➔", 0xF0: "⇨"},
    **{0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def letter_of(sign: Element) -> str:
    """Return the letter for a `w:sym`; "" for one that nobody can name."""
    try:
        number = int(sign.get(W + "char", ""), 16)
    except ValueError:
        return ""
    number -= 0xF000 if number >= 0xF000 else 0
    font = sign.get(W + "font", "").casefold()
    if font in _FONTS:
        return _FONTS[font].get(number, "")
    return chr(number) if 0x20 < number < 0xD800 else ""

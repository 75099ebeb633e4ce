"""Keys that mean something to a browser, a desktop or a console, as xdotool names them."""

from __future__ import annotations

from collections.abc import Iterable

# Each of these opened something, or left something behind, before the page took it.
DOORS = ("ctrl+n", "ctrl+t", "F12", "ctrl+u", "ctrl+j", "ctrl+f", "alt+F4", "ctrl+plus", "F7")

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _with(held: str, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{held}+{key}" for key in keys)


# All of them, in groups that one test can press in a few minutes.
GROUPS = {
    "plain": (
        *("F3", "F5", "F6", "F7", "F10", "F11", "F12", "Menu", "Print", "Pause", "Scroll_Lock"),
        *("Insert", "alt", "super", "ctrl", "XF86Back", "XF86Forward", "XF86Reload"),
        *("XF86HomePage", "XF86Search", "XF86Mail", "XF86Explorer", "XF86Calculator"),
        *("XF86Favorites", "shift+F10", "shift+F12", "shift+Escape", "shift+F5", "shift+F6"),
        *("shift+Insert", "shift+Delete"),
    ),
    "ctrl and a letter": _with("ctrl", LETTERS),
    "ctrl": (
        *_with("ctrl", "0123456789"),
        *_with("ctrl", ("plus", "minus", "equal", "bracketleft", "bracketright", "slash", "comma")),
        *_with("ctrl", ("period", "space", "Tab", "Prior", "Next", "Return", "Insert", "Escape")),
        *_with("ctrl", ("F4", "F5", "F6", "F12")),
    ),
    "ctrl and shift": (
        *_with("ctrl+shift", LETTERS),
        *_with("ctrl+shift", ("Tab", "Delete", "Escape", "Prior", "Next", "plus", "F4")),
    ),
    "alt": (
        *_with("alt", ("d", "e", "f", "h", "Left", "Right", "Home", "Tab", "F4", "F10", "space")),
        *_with("alt", ("Return", "Escape", "1", "2", "9", "grave")),
        *_with("alt+shift", ("a", "i", "b", "t", "p", "n", "Tab", "space")),
    ),
    "super and several": (
        *_with("super", ("l", "d", "e", "r", "Tab", "space", "Left", "Up", "1")),
        *_with("ctrl+alt", ("t", "Delete", "l", "Tab", "space", "Left", "BackSpace", "F7")),
        *("ctrl+shift+alt+i", "ctrl+super+q", "alt+super+b"),
    ),
}
# Those of the kiosk's keypad: they change what the page shows, and that is what they are for.
KEYPAD = (
    *("F1", "F2", "F2", "F4", "F9", "F13", "F14", "F16", "F17", "F18", "F19", "F21", "F22", "F22"),
    *("Escape", "Tab", "shift+Tab", "F15", "F20"),
)

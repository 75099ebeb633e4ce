"""The little of CSS that drawings need: rules for a tag, a class or an id, as attributes."""

from __future__ import annotations

import re
from dataclasses import dataclass

PROPERTY = re.compile(
    "clip-path|clip-rule|color|display|dominant-baseline|fill|fill-opacity|fill-rule|font-family"
    "|font-size|font-style|font-weight|letter-spacing|mask|opacity|stop-color|stop-opacity|stroke"
    "|stroke-dasharray|stroke-dashoffset|stroke-linecap|stroke-linejoin|stroke-miterlimit"
    "|stroke-opacity|stroke-width|text-anchor|visibility|word-spacing"
)

_REMARK = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_AT_RULE = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"(?P<tag>[A-Za-z]+|\*)?(?P<name>[.#][\w-]+)?")


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a style sheet: exactness, place, tag, ".class" or "#id", style."""

    rules: tuple[tuple[int, int, str, str, dict[str, str]], ...]

    def of(self, tag: str, identity: str, classes: list[str]) -> dict[str, str]:
        """Return the properties of an element; a more exact rule stands above the others."""
        names = {"", f"#{identity}", *(f".{one}" for one in classes)}
        found: dict[str, str] = {}
        for _, _, of_tag, name, style in self.rules:
            if of_tag in ("", "*", tag) and name in names:
                found |= style
        return found


def read_sheet(sheet: str) -> Rules:
    """Read a style sheet; rules of other kinds are passed over."""
    plain = _AT_RULE.sub("", _REMARK.sub("", sheet))
    rules = []
    for place, (selectors, style) in enumerate(_RULE.findall(plain)):
        for selector in selectors.split(","):
            found = _SELECTOR.fullmatch(selector.strip())
            if found is None or not selector.strip():
                continue
            tag, name = found["tag"] or "", found["name"] or ""
            exact = {"#": 4, ".": 2}.get(name[:1], 0) + bool(tag)
            rules.append((exact, place, tag, name, read_style(style)))
    return Rules(tuple(sorted(rules, key=lambda one: one[:2])))


def read_style(style: str) -> dict[str, str]:
    """Return the properties of a style that an attribute can carry too."""
    found = {}
    for one in _REMARK.sub("", style).split(";"):
        name, colon, value = one.partition(":")
        value = re.sub(r"\s*!\s*important\s*$", "", value.strip())
        name = name.strip().casefold()
        if colon and value and PROPERTY.fullmatch(name) and "\\" not in value:
            found[name] = value
    return found

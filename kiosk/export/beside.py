"""What stands beside the files: whom each of them thanks, in one list that grows with them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from kiosk.export.licences import FOLDER, KIOSK, licence_files

CREDITS = "credits.txt"
_TITLE = "Whom these files thank"
_HEADINGS = ("Pictures", "Letters", "Voices", "Program")
_BULLET, _INSIDE = "- ", "    in "
_END = f"The texts of licences are in the folder {FOLDER}, or at the addresses above."

Thanks = Mapping[str, Sequence[str]]  # by heading
_Found = dict[str, dict[str, set[str]]]  # by heading and line: the files


def beside(before: str, there: Collection[str], new: Mapping[str, Thanks]) -> dict[str, bytes]:
    """Return the list of thanks and the licences that it needs, by their names.

    before: the list as it stands there, "" for none. there: the names of the files there. new: the
    thanks of each file that was made now.
    """
    found: _Found = {heading: {} for heading in _HEADINGS}
    for heading, line, name in _read(before):
        if name in there and name not in new:
            found[heading].setdefault(line, set()).add(name)
    for name, thanks in new.items():
        for heading, lines in {**thanks, "Program": [KIOSK]}.items():
            for line in lines:
                found[heading].setdefault(line, set()).add(name)
    text = "\n".join(_lines(found)) + "\n"
    return {CREDITS: text.encode(), **licence_files(text)}


def _lines(found: _Found) -> Iterator[str]:
    yield _TITLE
    for heading, lines in found.items():
        if lines:
            yield from ("", heading)
        for line, names in sorted(lines.items()):
            yield f"{_BULLET}{line}"
            yield from (f"{_INSIDE}{name}" for name in sorted(names))
    yield from ("", _END)


def _read(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield (heading, line, file) of a list; what is not as we write it is passed over."""
    heading = line = ""
    for one in text.splitlines():
        if one in _HEADINGS:
            heading, line = one, ""
        elif one.startswith(_BULLET):
            line = one.removeprefix(_BULLET)
        elif one.startswith(_INSIDE) and heading and line:
            yield heading, line, one.removeprefix(_INSIDE)

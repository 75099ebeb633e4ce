"""Reads a text file that a person wrote."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from kiosk.errors import ContentError

MAX_BYTES = 262_144

# Control characters, and those that look like nothing or like a line end to some editors only:
# with them in a file the line that we name would not be the line that a person sees.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def read_text(path: Path, *, shown: Path, limit: int = MAX_BYTES) -> str:
    r"""Read a text file: UTF-8 with or without a byte order mark, any line ending -> "\n".

    shown: the path for messages, relative to the site's folder; when `path` ends with it, the
    rest of `path` is that folder and a link that leads out of it is refused. limit: bytes.
    Raises ContentError, with the line where there is one.
    """
    data = _read_bytes(path, shown, limit)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = one_line_end(data[: error.start].decode("utf-8", "replace"))
        raise ContentError(
            shown,
            before.count("\n") + 1,
            "There is a letter here that is not saved as UTF-8.",
            'Save the file again with the encoding "UTF-8".',
        ) from None
    text = one_line_end(text)
    refuse_hidden(text, shown, 1)
    return text


def _read_bytes(path: Path, shown: Path, limit: int) -> bytes:
    root = path.parent
    if not shown.is_absolute() and path.parts[-len(shown.parts) :] == shown.parts:
        root = path.parents[len(shown.parts) - 1]
    try:
        if not path.resolve(strict=True).is_relative_to(root.resolve()):
            raise ContentError(
                shown,
                1,
                "This is a link to a file outside the site's folder.",
                "Put the file itself here.",
            )
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            raise ContentError(shown, 1, "This is a folder, not a file.", "Give it another name.")
        # Looked at before it is opened: a named pipe would hold the program until somebody writes.
        if not stat.S_ISREG(kind):
            raise ContentError(shown, 1, "This is not an ordinary file.", "Take it away.")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        raise ContentError(shown, 1, "There is no such file.") from None
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ContentError(
            shown, 1, f"I cannot read this file: {reason}.", "Ask who may read and change it."
        ) from None
    if len(data) > limit:
        raise ContentError(
            shown,
            1,
            f"The file is too large: {limit // 1024} KB is the most.",
            "Make two files of it.",
        )
    return data


def one_line_end(text: str) -> str:
    r"""Return the text with "\n" at the end of each line."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def refuse_hidden(text: str, shown: Path, first_line: int) -> None:
    """Raise ContentError at the first character that a person cannot see."""
    found = _HIDDEN.search(text)
    if found is not None:
        raise ContentError(
            shown,
            first_line + text.count("\n", 0, found.start()),
            f"There is a hidden character here (U+{ord(found[0]):04X}).",
            "Delete this line and type it again.",
        )

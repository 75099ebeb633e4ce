"""Places in a file, as a person finds them, and what could not be carried over from there."""

from __future__ import annotations

from dataclasses import dataclass

_ENDS = ('."', '!"', '?"', ".", "?")
_QUOTED = 40  # letters: enough to find the place by a search


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that the page does not have.

    place: `paragraph 7 ("We will ...")`. what: a few words that go on after "place: ".
    """

    place: str
    what: str

    def __str__(self) -> str:
        """`place: what`, the line that staff read."""
        ends = "" if self.what.endswith(_ENDS) else "."
        return f"{self.place}: {self.what}{ends}"


def quote(text: str) -> str:
    """Return the first words of a text between quotes, or "" when there are none."""
    words = " ".join(text.split())
    if len(words) > _QUOTED:
        words = words[:_QUOTED].rpartition(" ")[0] or words[:_QUOTED]
        words += " ..."
    return f'"{words}"' if words else ""


def whole(text: str) -> str:
    """Return all words of a text between quotes: what is left out is never shortened."""
    words = " ".join(text.split())
    return f'"{words}"' if words else ""

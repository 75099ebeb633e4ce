"""What is made when it is first asked for: most pictures of a word book are never looked at."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Made = TypeVar("Made", covariant=True)


class Later(Generic[Made]):
    """Something that is not made yet. Two are equal when they would be made alike.

    make: gives the same for the same things, and raises nothing. of: what it is made of. Safe to
    use from several threads: at worst it is made twice, and alike.
    """

    __slots__ = ("_made", "_make", "_of")

    def __init__(self, make: Callable[..., Made], *of: Hashable) -> None:
        self._make = make
        self._of = of
        self._made: tuple[Made] | None = None

    @property
    def made(self) -> Made:
        """What it is: made now, or when somebody asked before."""
        if self._made is None:
            self._made = (self._make(*self._of),)
        return self._made[0]

    @property
    def is_made(self) -> bool:
        """Whether somebody has asked for it."""
        return self._made is not None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Later):
            return NotImplemented
        return self is other or (self._make == other._make and self._of == other._of)

    def __hash__(self) -> int:
        return hash((self._make, self._of))

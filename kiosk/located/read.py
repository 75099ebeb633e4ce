"""What was read, and all that is wrong with it."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

from kiosk.errors import ContentError

T = TypeVar("T")


class Read(NamedTuple, Generic[T]):
    """What one or more files gave, and all that is wrong with them, in the order of their lines.

    value: what can be used although there are problems; each reader says what it is then.
    """

    value: T
    problems: tuple[ContentError, ...] = ()

"""A declaration whose names are looked up: what is drawn, and told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.symbols.composing.art import Art
from kiosk.symbols.composing.declaration import NOT, Date


@dataclass(frozen=True, slots=True)
class Group:
    """What somebody says or thinks of, when it is more than one thing."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Put:
    """Parts that an operator puts together. place: of `in`, else ""."""

    operator: str
    place: str
    parts: tuple[Tree, ...]


Whole = Art | Date | Put
Tree = Whole | Group


def depth(tree: Tree) -> int:
    """Return how many operators are inside each other; `not` does not count."""
    if isinstance(tree, Put):
        return max(map(depth, tree.parts)) + (tree.operator != NOT)
    return max(map(depth, tree.parts)) if isinstance(tree, Group) else 0


def arts(tree: Tree) -> Iterator[Art]:
    """Yield each leaf that is drawn from a picture or a person."""
    if isinstance(tree, Art):
        yield tree
    elif isinstance(tree, Put | Group):
        for one in tree.parts:
            yield from arts(one)

"""Which words stand beside which picture on a sheet, and in what order a person reads them.

Word's text boxes and all of a PDF are known by their places alone:

- Words whose height lies within that of a picture belong to it, when nothing stands between. Where
  a picture has words on both sides, those count that the other pictures of the sheet have.
- A picture with nothing beside it has the words right below it, or, where that fits more pictures,
  right above it; else those beside it that begin or end a little outside of its height.
- The lines that follow without a gap go with the line before them: words may be taller than their
  picture.
- Columns are read one after another. Where pictures stand in rows, like in a table, it is row by
  row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

SAME = 4.0  # points: less than this is the same place
BELOW = 40.0  # points between a picture and the words below it
ROOM = 0.3  # of a picture: what may be empty above and below it
GUTTER = 6.0  # points between two columns


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a sheet, in points from its upper left corner.

    look: what words look like; only alike lines go on with each other.
    """

    left: float
    top: float
    right: float
    bottom: float
    look: str = ""

    @property
    def height(self) -> float:
        """How tall it is."""
        return max(self.bottom - self.top, 0.1)

    @property
    def width(self) -> float:
        """How wide it is."""
        return max(self.right - self.left, 0.1)

    def beside(self, other: Area) -> float:
        """Return what share of the lower one's height they have in common."""
        common = min(self.bottom, other.bottom) - max(self.top, other.top)
        return common / min(self.height, other.height)

    def under(self, other: Area) -> float:
        """Return what share of the narrower one's width they have in common."""
        common = min(self.right, other.right) - max(self.left, other.left)
        return common / min(self.width, other.width)


def around(areas: Sequence[Area]) -> Area:
    """Return the area that holds all of these."""
    return Area(
        min(one.left for one in areas),
        min(one.top for one in areas),
        max(one.right for one in areas),
        max(one.bottom for one in areas),
    )


@dataclass(slots=True)
class Unit:
    """A picture with its words, or words alone: places in the lists that were given."""

    area: Area
    picture: int | None = None
    words: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Laid:
    """What stands on a sheet, in the order of reading; columns: it has more than one."""

    units: tuple[Unit, ...]
    columns: bool


def lay_out(pictures: Sequence[Area], words: Sequence[Area]) -> Laid:
    """Put pictures and words together; words: lines, or whole boxes."""
    owner = _beside(pictures, words)
    _below(pictures, words, owner)
    _nearly_beside(pictures, words, owner)
    _go_on(pictures, words, owner)
    units = [Unit(area, number) for number, area in enumerate(pictures)]
    for at, area in enumerate(words):
        if at in owner:
            units[owner[at]].words.append(at)
        else:
            units.append(Unit(area, None, [at]))
    for unit in units:
        unit.words.sort(key=lambda at: (words[at].top, words[at].left))
        areas = [words[at] for at in unit.words]
        unit.area = around([*areas, *([] if unit.picture is None else [pictures[unit.picture]])])
    columns = _Order()
    ordered = columns.read(units)
    return Laid(tuple(ordered), columns.found)


def _beside(pictures: Sequence[Area], words: Sequence[Area]) -> dict[int, int]:
    """Return the picture of each words that stand beside one."""
    right: dict[int, list[int]] = {}
    left: dict[int, list[int]] = {}
    for at, area in enumerate(words):
        near = [
            number
            for number, picture in enumerate(pictures)
            if picture.beside(area) >= 0.5 and picture.under(area) < 0.3
        ]
        before = [one for one in near if pictures[one].left < area.left]
        after = [one for one in near if pictures[one].left >= area.left]
        if before:
            right.setdefault(_closest(before, area, pictures), []).append(at)
        if after:
            left.setdefault(_closest(after, area, pictures), []).append(at)
    only_right, only_left = len(right.keys() - left.keys()), len(left.keys() - right.keys())
    usual = right if only_right >= only_left else left
    owner: dict[int, int] = {}
    for number in range(len(pictures)):
        sides = [side for side in (right, left) if number in side]
        if not sides:
            continue
        side = sides[0] if len(sides) == 1 else usual
        for at in side[number]:
            known = owner.get(at)
            if known is None or _distance(pictures[number], words[at]) < _distance(
                pictures[known], words[at]
            ):
                owner[at] = number
    return owner


def _nearly_beside(pictures: Sequence[Area], words: Sequence[Area], owner: dict[int, int]) -> None:
    """Give pictures that still have no words those a little above or below their height.

    What is drawn is often smaller than the room that it has, and words begin where the room does.
    """
    lonely = [one for one in range(len(pictures)) if one not in owner.values()]
    free = [at for at in range(len(words)) if at not in owner]
    room = [
        replace(pictures[one], top=pictures[one].top - more, bottom=pictures[one].bottom + more)
        for one in lonely
        for more in [pictures[one].height * ROOM]
    ]
    for at, number in _beside(room, [words[at] for at in free]).items():
        owner[free[at]] = lonely[number]


def _closest(numbers: Sequence[int], area: Area, pictures: Sequence[Area]) -> int:
    """Return the nearest picture on one side; of two above each other the one with more of it."""
    near = min(_distance(pictures[one], area) for one in numbers)
    close = [one for one in numbers if _distance(pictures[one], area) <= near + SAME * 5]
    return max(close, key=lambda one: _common(pictures[one], area))


def _common(one: Area, other: Area) -> float:
    return min(one.bottom, other.bottom) - max(one.top, other.top)


def _distance(one: Area, other: Area) -> float:
    return max(one.left - other.right, other.left - one.right, 0.0)


def _below(pictures: Sequence[Area], words: Sequence[Area], owner: dict[int, int]) -> None:
    """Give pictures that have nothing beside them the first words below them, or above."""
    lonely = [one for one in range(len(pictures)) if one not in owner.values()]
    free = [at for at in range(len(words)) if at not in owner]
    found_below = _nearest(lonely, free, pictures, words, lambda p, w: w.top - p.bottom)
    found_above = _nearest(lonely, free, pictures, words, lambda p, w: p.top - w.bottom)
    chosen = found_above if len(found_above) > len(found_below) else found_below
    for number, at in chosen.items():
        owner.setdefault(at, number)


def _nearest(
    lonely: Sequence[int],
    free: Sequence[int],
    pictures: Sequence[Area],
    words: Sequence[Area],
    gap: Callable[[Area, Area], float],
) -> dict[int, int]:
    """Return for each picture the nearest words on one side, above or below."""
    found: dict[int, int] = {}
    for number in lonely:
        picture = pictures[number]
        near = [
            at
            for at in free
            if -SAME <= gap(picture, words[at]) <= BELOW and picture.under(words[at]) > 0.3
        ]
        if near:
            found[number] = min(near, key=lambda at: gap(picture, words[at]))
    return found


def _go_on(pictures: Sequence[Area], words: Sequence[Area], owner: dict[int, int]) -> None:
    """Give lines to the picture of the line that they go on from."""
    order = sorted(range(len(words)), key=lambda at: words[at].top)
    for at in order:
        if at in owner:
            continue
        above = _neighbour(at, words, order, lambda one, two: two.top - one.bottom)
        if above is not None and above[0] in owner:
            below = _neighbour(at, words, order, lambda one, two: one.top - two.bottom)
            if below is None or below[1] > above[1] - SAME / 2 or below[0] not in owner:
                owner[at] = owner[above[0]]
    for at in reversed(order):  # words that begin above the upper edge of their picture
        if at in owner:
            continue
        below = _neighbour(at, words, order, lambda one, two: one.top - two.bottom)
        if below is not None and below[0] in owner:
            picture = pictures[owner[below[0]]]
            if words[at].under(picture) < 0.3:
                owner[at] = owner[below[0]]


def _neighbour(
    at: int, words: Sequence[Area], order: Sequence[int], gap: Callable[[Area, Area], float]
) -> tuple[int, float] | None:
    """Return the line that this one goes on from without a gap, and how far it is."""
    area = words[at]
    found: tuple[int, float] | None = None
    for other in order:
        one = words[other]
        if other == at or one.look != area.look or abs(one.left - area.left) > 4 * SAME:
            continue
        far = gap(one, area)
        if -area.height / 2 < far < area.height * 0.75 and (found is None or far < found[1]):
            found = (other, far)
    return found


class _Order:
    """Reads columns one after another; found: there were columns."""

    def __init__(self) -> None:
        self.found = False

    def read(self, units: list[Unit]) -> list[Unit]:
        gutter = None if _are_rows(units) else _gutter(units)
        if gutter is None:
            return _by_rows(units)
        self.found = True
        done: list[Unit] = []
        section: list[Unit] = []
        for unit in sorted(units, key=lambda one: one.area.top):
            if unit.area.left < gutter < unit.area.right:
                done += [*self.both(section, gutter), unit]
                section = []
            else:
                section.append(unit)
        return done + self.both(section, gutter)

    def both(self, units: list[Unit], gutter: float) -> list[Unit]:
        left = [one for one in units if one.area.right <= gutter]
        right = [one for one in units if one.area.right > gutter]
        if not left or not right:
            return _by_rows(units) if len(units) < 2 else self.read(units)
        return self.read(left) + self.read(right)


def _gutter(units: Sequence[Unit]) -> float | None:
    """Return where a page falls into two columns: few units cross it, and both have several."""
    best: tuple[int, float] | None = None
    for edge in {one.area.right for one in units}:
        left = [one.area for one in units if one.area.right <= edge]
        right = [one.area for one in units if one.area.left > edge + GUTTER]
        crossing = len(units) - len(left) - len(right)
        if len(left) < 2 or len(right) < 2 or crossing * 3 > len(units):
            continue
        if around(left).beside(around(right)) < 0.3:
            continue
        middle = (edge + min(one.left for one in right)) / 2
        if best is None or crossing < best[0]:
            best = (crossing, middle)
    return best[1] if best is not None else None


def _are_rows(units: Sequence[Unit]) -> bool:
    """Tell whether pictures stand in rows: nearly all have another one at their own height."""
    pairs = [one.area for one in units if one.picture is not None and one.words]
    if len(pairs) < 4:
        return False
    in_row = [
        one
        for one in pairs
        if any(other is not one and abs(other.top - one.top) < 2 * SAME for other in pairs)
    ]
    return len(in_row) * 5 >= len(pairs) * 4


def _by_rows(units: Sequence[Unit]) -> list[Unit]:
    """Sort from top to bottom, and what stands at one height from left to right."""
    rows: list[list[Unit]] = []
    for unit in sorted(units, key=lambda one: one.area.top):
        if rows and all(one.area.beside(unit.area) > 0.5 for one in rows[-1]):
            rows[-1].append(unit)
        else:
            rows.append([unit])
    return [one for row in rows for one in sorted(row, key=lambda one: one.area.left)]

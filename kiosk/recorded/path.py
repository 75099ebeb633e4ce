"""The cheapest way through two sounds: which frame of a recording belongs to which of a page.

One pass of dynamic programming. A frame of the page takes none to three frames of the recording.
Where a word begins, a stretch of the recording may be left out (a cough, a sentence too many), or
words of the page (a sentence that nobody read), each at a price.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kiosk.recorded.features import Floats

BAND = 2000  # frames to each side of an even pace in which the way is looked for: 20 seconds

# Prices, in the mean distance between two frames taken at random.
_LEFT_OUT, _LEAVES_OUT = 0.65, 20.0  # of the recording: each frame, and that it is done at all
# That it is done at all, where it ends, or begins and ends, at a pause: "um" and a cough do.
_AFTER_PAUSE, _ALONE = 5.0, 1.0
_MISSED, _MISSES = 0.75, 20.0  # of the page
# That it is done at all, where a sentence begins: else the next one, if it begins with the same
# word, would give that word away.
_MISSES_SENTENCE = 10.0
_BENDS = 0.06  # for each frame more than one
# For a frame of the page that has none of its own. If that were cheap, a sentence that nobody read
# would shrink into one frame, and look as if it were found.
_STAYS = 0.30
_NEVER = np.float32(1e9)


@dataclass(frozen=True, slots=True)
class Way:
    """What the way is.

    frames: for each frame of the page that of the recording; -1: it was left out. left_out:
    stretches of the recording, by the frame of the page before which they stand.
    """

    frames: NDArray[np.int32]
    left_out: dict[int, tuple[int, int]]


def find_way(
    page: Floats,
    recording: Floats,
    begins: NDArray[np.int64],
    sentences: NDArray[np.int64],
    pauses: NDArray[np.int64],
) -> Way:
    """Return the cheapest way. begins: the frames of the page at which words begin, in order.

    sentences: those of them at which a sentence begins. pauses: the frames of the recording before
    which a pause was cut out.
    """
    rows, columns = len(page), len(recording)
    unit = _unit(page, recording)
    is_begin = np.zeros(rows + 1, bool)
    is_begin[begins] = True
    is_begin[[0, rows]] = True
    page_2, recording_2 = (page**2).sum(1), (recording**2).sum(1)
    taken = np.zeros((rows, min(columns, 2 * BAND)), np.uint8)
    best = np.concatenate([[0], np.full(columns, _NEVER)]).astype(np.float32)
    gaps = _Gaps(columns, sentences, pauses)
    for row in range(rows + 1):
        if is_begin[row]:
            best = gaps.at(row, best)
        if row == rows:
            break
        low, high = _band(row, rows, columns)
        dots = recording[low:high] @ page[row]
        squares = np.maximum(page_2[row] + recording_2[low:high] - 2 * dots, 0)
        here, steps = _row(best[low : high + 1], (np.sqrt(squares) / unit).astype(np.float32))
        taken[row, : high - low] = steps
        best = np.full(columns + 1, _NEVER, np.float32)
        best[low + 1 : high + 1] = here
    return _traced(taken, columns, is_begin, gaps)


def _unit(page: Floats, recording: Floats) -> float:
    some = np.random.default_rng(0)  # always the same, so that times are too
    one, other = some.integers(0, len(page), 4000), some.integers(0, len(recording), 4000)
    return float(np.mean(np.sqrt(((page[one] - recording[other]) ** 2).sum(1)))) or 1.0


def _row(best: Floats, cost: Floats) -> tuple[Floats, NDArray[np.uint8]]:
    """Return the cost of each place after one more frame of the page, and how many it took."""
    here = best[:-1] + 2 * cost
    steps = np.ones(len(cost), np.uint8)
    for count in (2, 3):
        if len(cost) < count:
            break
        through = best[:-count] + 2 * cost[count - 1 :] + (count - 1) * np.float32(_BENDS)
        for one in range(1, count):
            through = through + cost[count - 1 - one : len(cost) - one]
        better = through < here[count - 1 :]
        here[count - 1 :][better] = through[better]
        steps[count - 1 :][better] = count
    stays = best[1:] + cost + np.float32(_STAYS)
    better = stays < here
    here[better] = stays[better]
    steps[better] = 0
    return here, steps


class _Gaps:
    """What is left out where words begin: of the page, and of the recording."""

    def __init__(
        self, columns: int, sentences: NDArray[np.int64], pauses: NDArray[np.int64]
    ) -> None:
        self._sentences = set(sentences.tolist())
        self._is_pause = np.zeros(columns + 1, bool)
        self._is_pause[pauses] = True
        self._columns = np.arange(columns + 1, dtype=np.float32)
        self._places = np.arange(columns + 1)
        self.jumps: dict[int, NDArray[np.int32]] = {}  # row -> the column that it came from, or -1
        self.drops: dict[int, NDArray[np.int32]] = {}  # row -> the row that it came from, or -1
        self._pending = np.full(columns + 1, _NEVER, np.float32)
        self._from = np.full(columns + 1, -1, np.int32)
        self._row = 0

    def at(self, row: int, best: Floats) -> Floats:
        """Return what each place costs once things may have been left out before this row."""
        self._pending = self._pending + np.float32(_MISSED) * (row - self._row)
        self._row = row
        better = self._pending < best
        self.drops[row] = np.where(better, self._from, -1).astype(np.int32)
        best = np.where(better, self._pending, best)
        even = best - np.float32(_LEFT_OUT) * self._columns
        jumped, origin = self._jumped(even)
        price = np.where(self._is_pause, _AFTER_PAUSE, _LEAVES_OUT).astype(np.float32)
        jumped = jumped + price
        alone, from_ = self._jumped(np.where(self._is_pause, even, _NEVER))
        cheaper = self._is_pause & (alone + np.float32(_ALONE) < jumped)
        jumped = np.where(cheaper, alone + np.float32(_ALONE), jumped)
        jumped = jumped + np.float32(_LEFT_OUT) * self._columns
        better = jumped < best
        self.jumps[row] = np.where(better, np.where(cheaper, from_, origin), -1).astype(np.int32)
        best = np.where(better, jumped, best).astype(np.float32)
        begins = best + np.float32(_MISSES_SENTENCE if row in self._sentences else _MISSES)
        better = begins < self._pending
        self._pending = np.where(better, begins, self._pending).astype(np.float32)
        self._from = np.where(better, row, self._from).astype(np.int32)
        return best

    def _jumped(self, even: Floats) -> tuple[Floats, NDArray[np.int64]]:
        """Return the least that each place may come from, and where that is."""
        least = np.minimum.accumulate(even)
        return least, np.maximum.accumulate(np.where(even <= least, self._places, 0))


def _band(row: int, rows: int, columns: int) -> tuple[int, int]:
    """Return between which columns the way is looked for in a row."""
    middle = int(row * columns / rows)
    return max(0, middle - BAND), min(columns, middle + BAND)


def _traced(
    taken: NDArray[np.uint8],
    columns: int,
    is_begin: NDArray[np.bool_],
    gaps: _Gaps,
) -> Way:
    rows = row = len(taken)
    column = columns
    frames = np.full(row, -1, np.int32)
    left_out: dict[int, tuple[int, int]] = {}

    def jump() -> None:
        nonlocal column
        origin = int(gaps.jumps[row][column])
        if origin >= 0:
            left_out[row] = (origin, column)
            column = origin

    while True:
        if is_begin[row]:
            jump()
            while is_begin[row] and gaps.drops[row][column] >= 0:
                row = int(gaps.drops[row][column])
                jump()
        if row == 0:
            return Way(frames, left_out)
        row -= 1
        count = int(taken[row, column - 1 - _band(row, rows, columns)[0]])
        frames[row] = max(0, column - max(count, 1))
        column -= count

"""A disk that loses its power: what was not synced may be lost, each piece by itself."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kiosk.feedback.answer import Answer
from kiosk.feedback.store import AnswerStore
from kiosk.feedback.ulid import UlidMaker

ROOT = Path("/kept")
STATES = 15


@dataclass
class FragileDisk:
    """Names and bytes as the program sees them, and as they are safe.

    after: called after each step, to look at what a power cut now would leave.
    without: the step that this disk forgets, for the tests of the tests.
    """

    without: str = ""
    after: Callable[[FragileDisk], None] = lambda _: None
    files: list[bytes] = field(default_factory=list)
    safe_files: list[bytes] = field(default_factory=list)
    names: dict[Path, int] = field(default_factory=dict)
    folders: set[Path] = field(default_factory=lambda: {Path("/")})
    safe_names: dict[Path, int] = field(default_factory=dict)
    safe_folders: set[Path] = field(default_factory=lambda: {Path("/")})

    def make_folder(self, folder: Path) -> None:
        self.folders.add(folder)
        self.after(self)

    def create(self, file: Path) -> int:
        if file in self.names:
            raise FileExistsError(file)
        self.files.append(b"")
        self.safe_files.append(b"")
        self.names[file] = len(self.files) - 1
        self.after(self)
        return self.names[file]

    def write(self, handle: int, data: bytes) -> None:
        self.files[handle] += data
        self.after(self)

    def sync(self, handle: int) -> None:
        if self.without != "sync":
            self.safe_files[handle] = self.files[handle]
        self.after(self)

    def close(self, handle: int) -> None:
        pass

    def link(self, file: Path, name: Path) -> None:
        if name in self.names and self.without != "link":
            raise FileExistsError(name)
        self.names[name] = self.names[file]
        self.after(self)

    def unlink(self, file: Path) -> None:
        self.names.pop(file)
        self.after(self)

    def sync_folder(self, folder: Path) -> None:
        is_day = any(name.parent == folder for name in self.names)
        if self.without == ("sync of the day" if is_day else "sync of a parent"):
            return
        for known in {**self.names, **self.safe_names}:
            if known.parent == folder:
                if known in self.names:
                    self.safe_names[known] = self.names[known]
                else:
                    del self.safe_names[known]
        self.safe_folders |= {one for one in self.folders if one.parent == folder}
        self.after(self)

    def read(self, file: Path, limit: int) -> bytes:
        return self.files[self.names[file]][:limit]

    def free_bytes(self, folder: Path) -> int:
        assert folder in self.folders
        return 1 << 40

    def power_cut(self, chance: random.Random) -> dict[Path, bytes]:
        """Return the files that one possible power cut leaves."""
        folders = set(self.safe_folders)
        folders |= {one for one in self.folders if chance.random() < 0.5}
        names = dict(self.safe_names)
        for name in sorted({*self.names, *self.safe_names}):
            if self.names.get(name) != self.safe_names.get(name) and chance.random() < 0.5:
                if name in self.names:
                    names[name] = self.names[name]
                else:
                    names.pop(name)
        left = {}
        for name, number in names.items():
            if all(parent in folders for parent in name.parents):
                safe, whole = self.safe_files[number], self.files[number]
                left[name] = whole[: chance.randint(len(safe), len(whole))]
        return left


def harm(without: str) -> tuple[int, int]:
    """Return how many of the states lost an acknowledged answer, and how many show a torn one."""
    chance = random.Random(5)  # noqa: S311 - not a secret
    acknowledged: dict[Path, bytes] = {}
    counts = [0, 0]

    def look(disk: FragileDisk) -> None:
        for _ in range(STATES):
            left = disk.power_cut(chance)
            counts[0] += any(left.get(name) != data for name, data in acknowledged.items())
            shown = [data for name, data in left.items() if name.suffix == ".yaml"]
            counts[1] += any(not data.endswith(b"end\n") for data in shown)

    disk = FragileDisk(without=without, after=look)
    store = AnswerStore(ROOT / "feedback", disk=disk)
    for one in answers():
        new = store.save(one)
        path = store.path(one)
        if new and path not in acknowledged:
            acknowledged[path] = disk.read(path, 1 << 20)
        look(disk)
    return counts[0], counts[1]


def answers() -> Iterator[Answer]:
    """Eight answers; the last comes again with other words."""
    make = UlidMaker(
        milliseconds=iter(range(1_700_000_000_000, 1_700_900_000_000, 86_000_000)).__next__
    )
    for number in range(8):
        one = Answer(make(), "think", "plan", "en", {"words": f"{number} end"})
        yield one
    yield Answer(one.id, "think", "plan", "en", {"words": "changed end"})


def test_no_acknowledged_answer_is_lost_and_none_is_seen_torn() -> None:
    assert harm(without="") == (0, 0)


@pytest.mark.parametrize("step", ["sync", "sync of the day", "sync of a parent", "link"])
def test_every_step_of_saving_is_needed(step: str) -> None:
    assert sum(harm(without=step)) > 0

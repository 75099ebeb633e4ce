"""A disk that loses its power: what was not synced may be lost, each piece by itself."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.errors import RecordingMissing
from kiosk.feedback.answer.answer import Answer
from kiosk.feedback.answer.aside import SetAside
from kiosk.feedback.answer.sent import Sent
from kiosk.feedback.answer.ulid import parse, random_part
from kiosk.feedback.store.shelf import ASIDE, DELETED, TAKEN_IN, TEMPORARY, answer_id
from kiosk.feedback.store.store import AnswerStore
from tests.tools.cases import mostly_drill
from tests.tools.ulids import UlidMaker

ROOT = Path("/kept")
VOICE = b"a voice " * 20 + b"end\n"


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
    here: dict[Path, int] = field(default_factory=dict)
    folders: set[Path] = field(default_factory=lambda: {Path("/")})
    safe_here: dict[Path, int] = field(default_factory=dict)
    safe_folders: set[Path] = field(default_factory=lambda: {Path("/")})

    def make_folder(self, folder: Path) -> None:
        self.folders.add(folder)
        self.after(self)

    def create(self, file: Path) -> int:
        if file in self.here:
            raise FileExistsError(file)
        self.files.append(b"")
        self.safe_files.append(b"")
        self.here[file] = len(self.files) - 1
        self.after(self)
        return self.here[file]

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
        if name in self.here and self.without != "link":
            raise FileExistsError(name)
        self.here[name] = self.here[file]
        self.after(self)

    def unlink(self, file: Path) -> None:
        if file not in self.here:
            raise FileNotFoundError(file)
        self.here.pop(file)
        self.after(self)

    def sync_folder(self, folder: Path) -> None:
        if self.without == self._step(folder):
            return
        for known in {**self.here, **self.safe_here}:
            if known.parent == folder:
                if known in self.here:
                    self.safe_here[known] = self.here[known]
                else:
                    del self.safe_here[known]
        self.safe_folders |= {one for one in self.folders if one.parent == folder}
        self.after(self)

    def _step(self, folder: Path) -> str:
        """Return what a sync of this folder is for, now."""
        inside = {one for one in {**self.here, **self.safe_here} if one.parent == folder}
        if folder.name == DELETED:
            return "sync of the tombstones"
        if folder.name == TAKEN_IN:
            return "sync of the notes"
        if folder.name == ASIDE:
            return "sync of what is set aside"
        if not inside:
            return "sync of a parent"
        changed = {one for one in inside if self.here.get(one) != self.safe_here.get(one)}
        if {one.suffix for one in changed} == {".webm"} and changed <= set(self.here):
            return "sync of a voice that another run left"
        gone = {one for one in changed if one not in self.here and answer_id(one.name)}
        return "sync after deletion" if gone else "sync of the day"

    def read(self, file: Path, limit: int) -> bytes:
        if file not in self.here:
            raise FileNotFoundError(file)
        return self.files[self.here[file]][:limit]

    def names(self, folder: Path) -> list[str]:
        return [one.name for one in self.here if one.parent == folder]

    def free_bytes(self, folder: Path) -> int:
        assert folder in self.folders
        return 1 << 40

    def used_bytes(self, folder: Path, is_counted: Callable[[str], bool]) -> int:  # noqa: ARG002 - no quota, no question
        raise AssertionError("No quota is set here.")

    def power_cut(self, chance: random.Random) -> dict[Path, bytes]:
        """Return the files that one possible power cut leaves."""
        folders = set(self.safe_folders)
        folders |= {one for one in self.folders if chance.random() < 0.5}
        names = dict(self.safe_here)
        for name in sorted({*self.here, *self.safe_here}):
            if self.here.get(name) != self.safe_here.get(name) and chance.random() < 0.5:
                if name in self.here:
                    names[name] = self.here[name]
                else:
                    names.pop(name)
        left = {}
        for name, number in names.items():
            if all(parent in folders for parent in name.parents):
                safe, whole = self.safe_files[number], self.files[number]
                left[name] = whole[: chance.randint(len(safe), len(whole))]
        return left


@dataclass
class Watch:
    """Looks at what power cuts leave, and counts the states that harm somebody.

    kept: what was acknowledged. deleted: what was acknowledged as deleted. lost, torn, back: the
    states in which something kept is missing, something shown is broken, something deleted is seen.
    """

    per_look: int
    chance: random.Random = field(default_factory=lambda: random.Random(5))  # noqa: S311
    kept: dict[Path, bytes] = field(default_factory=dict)
    deleted: set[Path] = field(default_factory=set)
    states: int = 0
    lost: int = 0
    torn: int = 0
    back: int = 0

    def look(self, disk: FragileDisk) -> None:
        for _ in range(self.per_look):
            left = disk.power_cut(self.chance)
            gone = {name.stem for name in left if name.parent.name == DELETED}
            self.states += 1
            # While an answer is being deleted it is there, or its tombstone is.
            self.lost += any(
                left.get(name) != data and name.name.split(".")[0] not in gone
                for name, data in self.kept.items()
            )
            self.torn += any(self._is_broken(name, left, gone) for name in left)
            self.back += any(
                name in left or name.name.split(".")[0] not in gone for name in self.deleted
            )

    def _is_broken(self, name: Path, left: dict[Path, bytes], gone: set[str]) -> bool:
        if name.name.startswith(TEMPORARY):
            return False
        if name.suffix == ".webm":
            return left[name] != VOICE
        if name.parent.name == TAKEN_IN:
            return not left[name].startswith(b"format: 1") or b"now: " not in left[name]
        if name.parent.name == DELETED:
            return not left[name].startswith(b"format: 1") or len(left[name].split(b"\n")) != 4
        if name.stem in gone:
            return False
        folders = (name.parent, ROOT / "feedback" / ASIDE, day_of(name.stem))
        voice = f"{name.stem}.say.webm"
        has_voice = any(folder / voice in left for folder in folders)
        return b"end\n" not in left[name] or (b"say:" in left[name] and not has_voice)


def day_of(name: str) -> Path:
    return ROOT / "feedback" / f"{parse(name).day:%Y/%m/%d}"


def harm(without: str, per_look: int = 20) -> Watch:
    """Let people answer and delete, and look after each step."""
    watch = Watch(per_look)
    disk = FragileDisk(without=without, after=watch.look)
    store = AnswerStore(ROOT / "feedback", disk=disk)
    make = UlidMaker(
        milliseconds=iter(range(1_700_000_000_000, 1_700_900_000_000, 86_000_000)).__next__
    )
    taken: list[Answer] = []

    def save(one: Answer) -> None:
        new, path = store.save(one), store.path(one)
        if new and path not in watch.kept:
            watch.kept[path] = disk.read(path, 1 << 20)
            voices = [path.with_name(name) for name in one.voices.values()]
            watch.kept |= dict.fromkeys(voices, VOICE)
        watch.look(disk)

    for number in range(8):
        ulid = make()
        voices = {"say": f"{ulid}.say.webm"} if number % 2 else {}
        one = Answer(ulid, "think", "plan", "en", {**voices, "words": f"{number} end"}, voices)
        for name in voices.values():
            if number == 3:  # a run that died between the link and its sync has left the voice
                store.save(Answer(make(), "think", "plan", "en", {"words": "other end"}))
                _leave(disk, store.path(one).with_name(name))
            else:
                store.save_recording(ulid, name, VOICE)
        save(one)
        taken.append(one)
    save(Answer(one.id, "think", "plan", "en", {"words": "changed end"}))
    for gone in taken[:2]:
        path = store.path(gone)
        assert store.delete(gone.id)
        paths = [path, *(path.with_name(name) for name in gone.voices.values())]
        watch.kept = {name: data for name, data in watch.kept.items() if name not in paths}
        watch.deleted |= set(paths)
        watch.look(disk)
        save(gone)
    return watch


def _leave(disk: FragileDisk, voice: Path) -> None:
    """Put a voice where it belongs, its bytes safe and its name not."""
    for folder in (voice.parent.parent.parent, voice.parent.parent, voice.parent):
        disk.make_folder(folder)
        disk.safe_folders.add(folder)
    handle = disk.create(voice.with_name(".tmp-left"))
    disk.write(handle, VOICE)
    disk.safe_files[handle] = VOICE
    disk.link(voice.with_name(".tmp-left"), voice)
    disk.unlink(voice.with_name(".tmp-left"))


@dataclass
class Seen:
    """Looks at what power cuts leave of answers that were set aside, by their random parts.

    kept: those that were acknowledged. lost, torn: as for `Watch`. two_after: the states after
    which taking in once more leaves an answer twice, or not at all.
    """

    per_look: int
    chance: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311
    kept: set[str] = field(default_factory=set)
    states: int = 0
    lost: int = 0
    torn: int = 0
    two_after: int = 0

    def look(self, disk: FragileDisk) -> None:
        for _ in range(self.per_look):
            left = disk.power_cut(self.chance)
            self.states += 1
            files = {name for name in left if answer_id(name.name)}
            answers = [one for one in files if one.parent.name not in (DELETED, TAKEN_IN)]
            there = {random_part(parse(one.stem)) for one in answers}
            self.lost += not self.kept <= there
            watch = Watch(0)
            self.torn += any(watch._is_broken(name, left, set()) for name in left)
            self.two_after += self._is_twice_after(left)

    def _is_twice_after(self, left: dict[Path, bytes]) -> bool:
        disk = FragileDisk()
        for name, data in left.items():
            disk.folders |= set(name.parents)
            disk.here[name] = len(disk.files)
            disk.files.append(data)
            disk.safe_files.append(data)
        later = TODAY + timedelta(hours=1)
        try:
            take_all_in(AnswerStore(ROOT / "feedback", disk=disk, now=lambda: later), disk)
        except RecordingMissing:
            return True
        answers = [
            random_part(parse(one.stem))
            for one in disk.here
            if answer_id(one.name) and one.parent.name not in (DELETED, TAKEN_IN)
        ]
        left_aside = any(one.parent.name == ASIDE and answer_id(one.name) for one in disk.here)
        return left_aside or len(answers) != len(set(answers)) or not self.kept <= set(answers)


TODAY = datetime(2026, 11, 26, 12, tzinfo=UTC)


def take_all_in(store: AnswerStore, disk: FragileDisk) -> None:
    """Take in whatever is set aside on this disk, as the command does with files."""
    for path in sorted(one for one in disk.here if one.parent.name == ASIDE):
        if answer_id(path.name):
            ulid = parse(path.stem)
            voices = {"say": f"{ulid}.say.webm"} if b"say:" in disk.read(path, 1 << 20) else {}
            answers = {**voices, "words": "some\nend\n"}
            # Our own clock was wrong as well when one of a wrong clock came.
            store.take_in(Answer(ulid, "think", "plan", "en", answers, voices), ulid.made)


def set_aside_and_take_in(without: str, per_look: int = 2) -> Seen:
    """Set answers aside, some of a wrong clock, and take all of them in; look after each step."""
    seen = Seen(per_look)
    disk = FragileDisk(without=without, after=seen.look)
    store = AnswerStore(ROOT / "feedback", disk=disk, now=lambda: TODAY)
    for number in range(6):
        day = TODAY - timedelta(days=number) if number % 3 else TODAY.replace(year=1970)
        ulid = UlidMaker(lambda: int(day.timestamp() * 1000))()  # noqa: B023 - called at once
        name = f"{ulid}.say.webm"
        voices = {"say": name} if number % 2 else {}
        if voices:
            store.save_recording(ulid, name, VOICE, in_time=bool(number % 3))
        sent = Sent(ulid, "gone", "plan", "en", {**voices, "words": "some\nend\n"})
        assert store.set_aside(SetAside(sent, "survey", TODAY))
        seen.kept.add(random_part(ulid))
        seen.look(disk)
    take_all_in(store, disk)
    seen.look(disk)
    assert not [one for one in disk.here if one.parent.name == ASIDE]
    return seen


@pytest.mark.parametrize("per_look", mostly_drill([1, 6], 1))
def test_nothing_that_is_set_aside_is_lost_torn_or_doubled_by_a_power_cut(per_look: int) -> None:
    seen = set_aside_and_take_in(without="", per_look=per_look)
    assert seen.states > 150 * per_look
    assert (seen.lost, seen.torn, seen.two_after) == (0, 0, 0)


@pytest.mark.parametrize(
    ("step", "harmed"),
    mostly_drill(
        [
            ("sync", "torn"),
            ("sync of what is set aside", "lost"),
            ("sync of the day", "lost"),
            ("sync of the notes", "two_after"),
        ],
        ("sync", "torn"),
    ),
)
def test_every_step_of_setting_aside_and_taking_in_is_needed(step: str, harmed: str) -> None:
    looks = 4 if step != "sync" else 1  # it harms nearly always
    assert getattr(set_aside_and_take_in(without=step, per_look=looks), harmed) > 0


@pytest.mark.parametrize("per_look", mostly_drill([20, 140], 20))
def test_nothing_acknowledged_is_lost_nothing_is_seen_torn_and_nothing_deleted_comes_back(
    per_look: int,
) -> None:
    watch = harm(without="", per_look=per_look)
    assert watch.states > 140 * per_look
    assert (watch.lost, watch.torn, watch.back) == (0, 0, 0)


@pytest.mark.parametrize(
    ("step", "harmed"),
    mostly_drill(
        [
            ("sync", "torn"),
            ("sync of the day", "lost"),
            ("sync of a parent", "lost"),
            ("link", "lost"),
            ("sync of a voice that another run left", "torn"),
            ("sync of the tombstones", "lost"),
            ("sync after deletion", "back"),
        ],
        ("sync", "torn"),
        ("sync of the day", "lost"),
    ),
)
def test_every_step_is_needed(step: str, harmed: str) -> None:
    assert getattr(harm(without=step), harmed) > 0

"""The folder of the clips: its budget, the order in which clips go, and others who write there."""

from __future__ import annotations

import fcntl
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from kiosk.disk import filled
from kiosk.speech import clips as module
from kiosk.speech.clips import Clips, Spoken
from kiosk.speech.engine import WordTime
from tests.tools.cases import examples
from tests.tools.waiting import wait_until

BLOCK = 4096
BUDGET = 12 * BLOCK
KEYS = st.sampled_from("abcdefgh")
BLOCKS = st.integers(1, 4)  # of the sound; the times fill one more


def sound_of(key: str, blocks: int) -> bytes:
    return (key.encode() * (blocks * BLOCK))[: blocks * BLOCK - len(key)]


def spoken(key: str) -> Spoken:
    return Spoken(f"text of {key}", key, 1.5, (WordTime(0, 4, 0.1, 0.9),))


def keep(clips: Clips, key: str, blocks: int = 1) -> bool:
    return clips.keep(spoken(key), sound_of(key, blocks))


def fills(folder: Path) -> int:
    return sum(filled(path.stat().st_size) for path in folder.iterdir())


def keys(folder: Path) -> set[str]:
    return {path.stem for path in folder.glob("*.json")}


@pytest.fixture
def nothing_is_recent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RECENT_SECONDS", 0.0)


class Budget(RuleBasedStateMachine):
    """Two programs, a person with a file manager, and a crash now and then, in one folder."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.both = [Clips(self.folder, most=BUDGET) for _ in range(2)]

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @rule(who=st.integers(0, 1), key=KEYS, blocks=BLOCKS)
    def write(self, who: int, key: str, blocks: int) -> None:
        if keep(self.both[who], key, blocks):
            assert self.both[who].find(f"text of {key}", key) == spoken(key)

    @rule(who=st.integers(0, 1), order=st.permutations("abcdefgh"), blocks=BLOCKS)
    def write_ahead(self, who: int, order: list[str], blocks: int) -> None:
        ranks = {key: place for place, key in enumerate(order)}
        before = keys(self.folder)
        first = order[3]
        self.both[who].keep(spoken(first), sound_of(first, blocks), ranks=ranks)
        assert set(order[:3]) & before <= keys(self.folder), "What matters more has gone."

    @rule(who=st.integers(0, 1), key=KEYS)
    def read(self, who: int, key: str) -> None:
        found = self.both[who].find(f"text of {key}", key)
        wav = self.both[who].sound(key)
        assert found in (None, spoken(key))
        assert found is None or (wav or b"").startswith(key.encode())

    @rule(who=st.integers(0, 1), kept=st.sets(KEYS))
    def prune(self, who: int, kept: set[str]) -> None:
        self.both[who].prune(kept)
        assert keys(self.folder) <= kept

    @rule(who=st.integers(0, 1))
    def start_again(self, who: int) -> None:
        self.both[who] = Clips(self.folder, most=BUDGET)

    @rule(name=st.sampled_from(["a.flac", "b.json", "c.flac"]))
    def a_person_deletes_a_file(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

    @rule(size=st.integers(1, 3 * BLOCK))
    def a_program_dies_while_it_writes(self, size: int) -> None:
        if fills(self.folder) + filled(size) <= BUDGET:
            (self.folder / ".clip-dead").write_bytes(bytes(size))

    @invariant()
    def the_budget_holds(self) -> None:
        assert fills(self.folder) <= BUDGET


class Order(RuleBasedStateMachine):
    """One program, and a list of what was used, the last one at its end."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clips = Clips(self.folder, most=BUDGET)
        self.used: dict[str, int] = {}
        self.recent, module.RECENT_SECONDS = module.RECENT_SECONDS, 0.0

    def teardown(self) -> None:
        module.RECENT_SECONDS = self.recent
        shutil.rmtree(self.folder)

    @rule(key=KEYS, blocks=BLOCKS)
    def write(self, key: str, blocks: int) -> None:
        size = (blocks + 1) * BLOCK
        self.used.pop(key, None)
        while sum(self.used.values()) + size > BUDGET:
            del self.used[next(iter(self.used))]
        assert keep(self.clips, key, blocks)
        self.used[key] = size

    @rule(key=KEYS)
    def use(self, key: str) -> None:
        if self.clips.find("", key) is not None:
            self.used[key] = self.used.pop(key)

    @rule(key=KEYS)
    def look_only(self, key: str) -> None:
        assert (self.clips.find("", key, use=False) is not None) == (key in self.used)

    @rule()
    def start_again_after_a_day(self) -> None:
        for hours, key in enumerate(reversed(self.used), start=1):
            when = time.time() - 3700 * hours
            os.utime(self.folder / f"{key}.json", (when, when))
            os.utime(self.folder / f"{key}.flac", (0, 0))
        self.clips = Clips(self.folder, most=BUDGET)

    @invariant()
    def what_was_used_last_is_there(self) -> None:
        assert keys(self.folder) == set(self.used)


QUICK = settings(max_examples=examples(40), stateful_step_count=30, deadline=None)
TestBudget = Budget.TestCase
TestBudget.settings = QUICK
TestOrder = Order.TestCase
TestOrder.settings = QUICK


def test_what_was_asked_for_just_now_is_spared_and_answers_go_before_all(tmp_path: Path) -> None:
    clips = Clips(tmp_path, most=4 * BLOCK)
    assert keep(clips, "a")
    assert keep(clips, "b")
    assert clips.find("", "a")
    assert clips.sound("b")
    assert not keep(clips, "c")
    assert keys(tmp_path) == {"a", "b"}
    full = Clips(tmp_path, floor=10**18)
    assert full.find("", "a")
    assert full.capacity() < 0
    assert full.give_room() == 2
    assert keys(tmp_path) == set()


@pytest.mark.usefixtures("nothing_is_recent")
def test_a_clip_larger_than_the_budget_drives_nothing_out(tmp_path: Path) -> None:
    clips = Clips(tmp_path, most=4 * BLOCK)
    assert keep(clips, "a")
    assert not keep(clips, "b", 4)
    assert keys(tmp_path) == {"a"}


def test_use_is_noted_on_disk_at_most_once_an_hour(tmp_path: Path) -> None:
    clips = Clips(tmp_path)
    keep(clips, "a")
    times = tmp_path / "a.json"
    for age in (10, 3500, 3700, -3700):
        when = int(time.time()) - age
        os.utime(times, (when, when))
        assert clips.find("", "a", use=False)
        assert times.stat().st_mtime == when
        assert clips.find("", "a")
        assert (times.stat().st_mtime == when) == (abs(age) < 3600)


def test_a_clip_from_a_clock_that_was_ahead_is_not_kept_for_ever(tmp_path: Path) -> None:
    clips = Clips(tmp_path, most=4 * BLOCK)
    keep(clips, "b")
    keep(clips, "a")
    later = time.time() + 1e9
    os.utime(tmp_path / "b.json", (later, later))
    soon = time.time() + 60
    os.utime(tmp_path / "a.json", (soon, soon))
    clips = Clips(tmp_path, most=4 * BLOCK)
    assert keep(clips, "c")  # both count as used now: either may go
    assert "c" in keys(tmp_path)
    assert len(keys(tmp_path)) == 2


def test_files_of_others_are_counted_and_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(bytes(3 * BLOCK))
    clips = Clips(tmp_path, most=4 * BLOCK)
    assert not keep(clips, "a")
    assert clips.prune(()) == 0
    assert clips.fill() == 3 * BLOCK
    assert (tmp_path / "notes.txt").exists()


def test_a_program_that_hangs_while_it_writes_holds_nobody_up(tmp_path: Path) -> None:
    clips = Clips(tmp_path)
    assert keep(clips, "a")
    handle = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with pytest.raises(BlockingIOError):
            keep(clips, "b")
        began = time.monotonic()
        for _ in range(100):  # as many as a page has
            with pytest.raises(BlockingIOError):
                keep(clips, "b")
        assert time.monotonic() - began < 5
        assert clips.find("", "a")
    finally:
        os.close(handle)


def test_the_folder_may_be_deleted_at_any_time(tmp_path: Path) -> None:
    folder = tmp_path / "clips"
    clips = Clips(folder, most=4 * BLOCK)
    for _ in range(3):
        assert keep(clips, "a")
        assert keep(clips, "b")
        shutil.rmtree(folder)
    assert clips.fill() == 0
    assert clips.find("", "a") is None


WRITER = """
import random, sys
from contextlib import suppress
from pathlib import Path
from kiosk.speech.clips import Clips, Spoken
clips, chance = Clips(Path(sys.argv[1]), most=int(sys.argv[2])), random.Random(sys.argv[3])
for number in range(300):
    key = f"{chance.randrange(40):02}"
    with suppress(BlockingIOError):  # three wait for each other
        clips.keep(Spoken(key, key, 1.0, ()), key.encode() * chance.randrange(1, 9000))
"""


def test_programs_that_write_together_keep_one_budget_and_whole_clips(tmp_path: Path) -> None:
    folder, most = tmp_path / "clips", 40 * BLOCK
    folder.mkdir()
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(folder), str(most), str(number)])
        for number in range(3)
    ]
    clips, chance, highest = Clips(folder, most=most), random.Random(0), 0  # noqa: S311

    def step() -> bool:
        nonlocal highest
        key = f"{chance.randrange(40):02}"
        found = clips.find(key, key)
        assert found is None or found.key == key
        with suppress(FileNotFoundError):  # one went while we looked
            highest = max(highest, fills(folder))
        return all(one.poll() is not None for one in writers)

    wait_until(step, 60, "the writers")
    assert [one.returncode for one in writers] == [0, 0, 0]
    assert 20 * BLOCK < fills(folder) <= most
    for path in folder.glob("*.json"):
        assert Clips(folder).find(path.stem, path.stem), path.name
    assert {path.suffix for path in folder.iterdir()} == {".json", ".flac"}
    assert len(list(folder.glob("*.json"))) == len(list(folder.glob("*.flac")))
    assert json.loads(next(folder.glob("*.json")).read_text())["seconds"] == 1.0
    assert 0 < highest <= most + 2 * BLOCK  # a look takes time: one goes, and another comes

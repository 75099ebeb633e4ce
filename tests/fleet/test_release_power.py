"""A release on its way onto a disk that loses its power, is full, or whose program is killed."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kiosk.config import Site
from kiosk.errors import ReleaseRefused
from kiosk.fleet.member.releases import back, take
from kiosk.fleet.member.shelf import RealShelfDisk, Shelf
from kiosk.fleet.wire import sha256_of
from kiosk.live.released import number_shown, site_now
from tests.fleet.publisher import Publisher, is_whole
from tests.tools.cases import is_drill, mostly_drill


@dataclass
class WatchedDisk(RealShelfDisk):
    """The real disk; each step is told before it is done, and noted after.

    before: called with the step's name. steps: what was done, with its paths and bytes.
    """

    before: Callable[[str], None] = lambda _: None
    steps: list[tuple[str, tuple[object, ...]]] = field(default_factory=list)
    files: dict[int, Path] = field(default_factory=dict)

    def _does(self, step: str, *told: object) -> None:
        self.before(step)
        self.steps.append((step, told))

    def create(self, file: Path) -> int:
        self._does("create", file)
        handle = super().create(file)
        self.files[handle] = file
        return handle

    def write(self, handle: int, data: bytes) -> None:
        self._does("write", self.files[handle], data)
        super().write(handle, data)

    def sync(self, handle: int) -> None:
        self._does("sync", self.files[handle])
        super().sync(handle)

    def link(self, file: Path, name: Path) -> None:
        self._does("link", file, name)
        super().link(file, name)

    def unlink(self, file: Path) -> None:
        self._does("unlink", file)
        super().unlink(file)

    def sync_folder(self, folder: Path) -> None:
        self._does("sync_folder", folder)
        super().sync_folder(folder)

    def make_folder(self, folder: Path) -> None:
        self._does("make_folder", folder)
        super().make_folder(folder)

    def remove_folder(self, folder: Path) -> None:
        self._does("remove_folder", folder)
        super().remove_folder(folder)

    def rename(self, file: Path, name: Path) -> None:
        self._does("rename", file, name)
        super().rename(file, name)

    def point(self, link: Path, target: str) -> None:
        self._does("point", link, target)
        super().point(link, target)


class Model:
    """Names and bytes as the program sees them, and as they are safe, step by step.

    without: a step that this disk forgets, for the test of the test.
    """

    def __init__(self, folder: Path, without: Callable[[str, Path], bool]) -> None:
        self.without = without
        self.bytes: list[bytes] = []
        self.safe_bytes: list[bytes] = []
        self.here: dict[Path, int | str] = {}
        self.folders: set[Path] = {folder}
        for path in sorted(folder.rglob("*")):
            if path.is_symlink():
                self.here[path] = str(path.readlink())
            elif path.is_dir():
                self.folders.add(path)
            else:
                self.here[path] = self._file(path.read_bytes())
        self.safe_here, self.safe_folders = dict(self.here), set(self.folders)

    def _file(self, data: bytes = b"") -> int:
        self.bytes.append(data)
        self.safe_bytes.append(data)
        return len(self.bytes) - 1

    def do(self, step: str, told: tuple[object, ...]) -> None:
        path = told[0]
        assert isinstance(path, Path)
        number = self.here.get(path)
        if step == "create":
            self.here[path] = self._file()
        elif step == "write":
            assert isinstance(number, int)
            assert isinstance(told[1], bytes)
            self.bytes[number] += told[1]
        elif step == "sync":
            assert isinstance(number, int)
            if not self.without(step, path):
                self.safe_bytes[number] = self.bytes[number]
        elif step in ("link", "rename"):
            assert isinstance(told[1], Path)
            self.here[told[1]] = self.here[path]
            if step == "rename":
                del self.here[path]
        elif step == "unlink":
            del self.here[path]
        elif step == "point":
            self.here[path] = str(told[1])
        elif step == "make_folder":
            self.folders.add(path)
        elif step == "remove_folder":
            self.here = {one: to for one, to in self.here.items() if path not in one.parents}
            self.folders = {one for one in self.folders if path not in (one, *one.parents)}
        elif step == "sync_folder" and not self.without(step, path):
            self._sync(path)

    def _sync(self, folder: Path) -> None:
        for name in {**self.here, **self.safe_here}:
            if name.parent == folder:
                if name in self.here:
                    self.safe_here[name] = self.here[name]
                else:
                    del self.safe_here[name]
        inside = {one for one in (*self.folders, *self.safe_folders) if one.parent == folder}
        self.safe_folders = (self.safe_folders - inside) | (inside & self.folders)

    def power_cut(self, chance: random.Random) -> dict[Path, bytes | str]:
        """Return what one possible power cut leaves."""
        folders = set(self.safe_folders)
        for one in sorted(self.folders ^ self.safe_folders):
            if chance.random() < 0.5:
                folders ^= {one}
        names = dict(self.safe_here)
        for name in sorted({*self.here, *self.safe_here}):
            if self.here.get(name) != self.safe_here.get(name) and chance.random() < 0.5:
                if name in self.here:
                    names[name] = self.here[name]
                else:
                    del names[name]
        left: dict[Path, bytes | str] = {}
        for name, to in names.items():
            if name.parent in folders:
                if isinstance(to, str):
                    left[name] = to
                else:
                    safe, whole = self.safe_bytes[to], self.bytes[to]
                    left[name] = whole[: chance.randint(len(safe), len(whole))]
        return left


@dataclass
class Taken:
    """What a take did to a disk: as it was before, every step, and what each release holds."""

    site: Site
    folder: Path
    before: Path
    steps: list[tuple[str, tuple[object, ...]]]
    sums: dict[int, dict[Path, str]]

    def harm(self, without: Callable[[str, Path], bool], per_look: int) -> tuple[int, int]:
        """Return how many states were looked at, and in how many no whole release is shown."""
        chance = random.Random(7)  # noqa: S311 - no secret
        model = self._model(without)
        states = bad = 0
        for at, (step, told) in enumerate(self.steps, start=1):
            model.do(step, told)
            for _ in range(per_look):
                states += 1
                shown = self._shown(model.power_cut(chance))
                bad += shown not in ((1, 2) if at < len(self.steps) else (2,))
        return states, bad

    def _model(self, without: Callable[[str, Path], bool]) -> Model:
        # As it was, under the names that it has.
        mine = self.folder.with_name("after")
        self.folder.rename(mine)
        shutil.copytree(self.before, self.folder, symlinks=True)
        try:
            return Model(self.folder, without)
        finally:
            shutil.rmtree(self.folder)
            mine.rename(self.folder)

    def _shown(self, left: dict[Path, bytes | str]) -> int:
        """Return which release a kiosk would show now; 0 for none that is whole."""
        now = left.get(self.folder / "now")
        number = int(now) if isinstance(now, str) else 0
        for path, sha256 in self.sums.get(number, {}).items():
            data = left.get(path)
            if not isinstance(data, bytes) or sha256_of(data) != sha256:
                return 0
        return number


def taken(publisher: Publisher, with_back: bool = False) -> Taken:
    """Take a second release after a first one, and note every step of it."""
    site = publisher.kiosk()
    publisher.release("First")
    take(site, publisher.stick)
    publisher.release("Second")
    folder = Shelf(site).folder
    before = folder.with_name("before")
    shutil.copytree(folder, before, symlinks=True)
    disk = WatchedDisk()
    take(site, publisher.stick, shelf=Shelf(site, disk))
    sums = {}
    for number in (1, 2):
        manifest = Shelf(site).manifest(number)
        sums[number] = {folder / str(number) / p: one.sha256 for p, one in manifest.files.items()}
        list_ = folder / str(number) / "manifest.json"
        sums[number][list_] = sha256_of(list_.read_bytes())
    if with_back:
        back(site)
    return Taken(site, folder, before, disk.steps, sums)


def never(_step: str, _path: Path) -> bool:
    return False


def sync_of_files(step: str, path: Path) -> bool:
    return step == "sync" and path.parent.name == "blobs"


def sync_of_the_list(step: str, path: Path) -> bool:
    return step == "sync_folder" and path.name == "2"


def sync_of_inner_folders(step: str, path: Path) -> bool:
    return step == "sync_folder" and "content" in path.parts


def sync_of_the_releases(step: str, path: Path) -> bool:
    return step == "sync_folder" and path.name == "releases"


FORGOTTEN = (sync_of_files, sync_of_the_list, sync_of_inner_folders, sync_of_the_releases)


def test_a_power_cut_leaves_the_old_release_or_the_new_one_whole(tmp_path: Path) -> None:
    states, bad = taken(Publisher(tmp_path)).harm(never, 200 if is_drill() else 5)
    assert states > 150
    assert bad == 0


@pytest.mark.drill
@pytest.mark.parametrize("without", FORGOTTEN)
def test_a_disk_that_forgets_any_one_step_would_be_found(
    without: Callable[[str, Path], bool], tmp_path: Path
) -> None:
    _, bad = taken(Publisher(tmp_path)).harm(without, 20)
    assert bad > 0


CHANGES = ("open", "os.rename", "os.mkdir", "os.link", "os.symlink", "os.remove", "os.rmdir")
POINTS = 72


def in_child(work: Callable[[], object], killed_at: int | None) -> int:
    """Run in a process that is killed at its n-th step on a disk; return how many it made.

    killed_at: None for one that is not killed.
    """
    came, told = os.pipe()
    child = os.fork()
    if child == 0:
        changes = 0

        def watch(event: str, _: tuple[object, ...]) -> None:
            nonlocal changes
            if event in CHANGES:
                changes += 1
                if changes == killed_at:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.addaudithook(watch)
            work()
            os.write(told, str(changes).encode())
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(told)
    with os.fdopen(came) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) == (killed_at is not None), "It was to be killed, and only then."
    return int(said) if said else 0


def title(site: Site) -> str:
    """Return the title that all pages of the release have which is shown."""
    root = site_now(site).root
    texts = [
        (root / path).read_text(encoding="utf-8")
        for path in ("content/en/about/plan.md", "content/surveys/think.yaml")
    ]
    found = {line for text in texts for line in text.splitlines() if line.startswith("title: ")}
    (one,) = found
    return one


@pytest.mark.parametrize("point", mostly_drill(range(POINTS), POINTS // 2))
def test_an_update_that_is_killed_leaves_the_old_release_or_the_new(
    point: int, tmp_path: Path
) -> None:
    publisher = Publisher(tmp_path)
    site = publisher.kiosk()
    publisher.release("First")
    take(site, publisher.stick)
    publisher.release("Second")
    trial = shutil.copytree(site.data, tmp_path / "trial", symlinks=True)
    other = Site(site.root, site.settings, trial)
    changes = in_child(lambda: take(other, publisher.stick), None)
    assert changes >= POINTS
    in_child(lambda: take(site, publisher.stick), 1 + point * changes // POINTS)
    assert (is_whole(site), title(site)) in ((1, "title: First"), (2, "title: Second"))
    assert take(site, publisher.stick).number == 2
    assert (is_whole(site), title(site)) == (2, "title: Second")


@pytest.mark.drill
def test_a_disk_that_is_full_at_any_step_keeps_the_old_release(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    site = publisher.kiosk()
    publisher.release("First")
    take(site, publisher.stick)
    publisher.release("Second")
    for at in range(1, 500):
        trial = shutil.copytree(site.data, tmp_path / f"trial-{at}", symlinks=True)
        other = Site(site.root, site.settings, trial)
        left = at

        def full(step: str) -> None:
            nonlocal left
            left -= 1
            if left <= 0 and step in ("create", "write", "link", "make_folder", "point", "rename"):
                raise OSError(errno.ENOSPC, "No space left on device")

        shelf = Shelf(other, WatchedDisk(before=full))
        try:
            take(other, publisher.stick, shelf=shelf)
        except ReleaseRefused as error:
            said = str(error)
        else:
            break
        assert "No space left" in said
        assert (is_whole(other), title(other)) in ((1, "title: First"), (2, "title: Second"))
        assert take(other, publisher.stick).number == 2
        assert is_whole(other) == 2
        shutil.rmtree(trial)
    else:
        pytest.fail("It never had enough steps.")
    assert at > 40


def test_readers_see_one_release_each_while_they_change(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    site = publisher.kiosk()
    publisher.release("Number 0")
    take(site, publisher.stick)
    stop = tmp_path / "stop"
    readers = []
    for reader in range(3):
        child = os.fork()
        if child == 0:
            seen: list[str] = []
            try:
                while not stop.exists():
                    seen.append(title(site))  # raises when two titles are there
                (tmp_path / f"reader-{reader}").write_text("\n".join(seen), encoding="utf-8")
            finally:
                os._exit(0)
        readers.append(child)
    releases = 60 if is_drill() else 2
    for number in range(1, releases + 1):
        publisher.release(f"Number {number}")
        take(site, publisher.stick)
    stop.touch()
    for child in readers:
        os.waitpid(child, 0)
    for reader in range(3):
        lines = (tmp_path / f"reader-{reader}").read_text(encoding="utf-8").split("\n")
        numbers = [int(line.split()[-1]) for line in lines]
        assert numbers == sorted(numbers)
        assert len(set(numbers)) > 1
    assert number_shown(site) == releases + 1

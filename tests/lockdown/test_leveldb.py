"""Telling a sound database from a torn one, on databases that Chromium itself has written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from kiosk.lockdown.chromium import flags
from kiosk.lockdown.leveldb import damage_of
from tests.tools.cases import mostly_drill
from tests.tools.server import KioskServer

RECORD = 30_000  # in bytes, more than the largest change that is written here

# A database that goes leaves tables behind. Two hundred answers, half of them taken out again.
WRITE = """async () => {
  const opened = (name) => new Promise((done) => {
    const asked = indexedDB.open(name, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("waiting", { keyPath: "id" });
    asked.onsuccess = () => done(asked.result);
  });
  const other = await opened("other");
  other.close();
  await new Promise((done) => (indexedDB.deleteDatabase("other").onsuccess = done));
  const db = await opened("own");
  for (let id = 0; id < 200; id++) {
    const change = db.transaction("waiting", "readwrite", { durability: "strict" });
    change.objectStore("waiting").put({ id, text: "word ".repeat(id * 20) });
    if (id % 2) change.objectStore("waiting").delete(id - 1);
    await new Promise((done) => (change.oncomplete = done));
  }
}"""


@pytest.fixture(scope="module")
def written(
    playwright: Playwright,
    chromium: Path,
    tiny_kiosk: KioskServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """Return a database with tables, a manifest of several records, and a log of many blocks."""
    folder = tmp_path_factory.mktemp("written")
    for _ in range(5):  # Chromium makes tables when it has time for them, or is opened again
        context = playwright.chromium.launch_persistent_context(
            folder, executable_path=chromium, args=flags()
        )
        page = context.new_page()
        page.goto(f"{tiny_kiosk.url}/cue.wav")  # the same address, without a page's policy
        page.evaluate(WRITE)
        context.close()
        (database,) = (folder / "Default" / "IndexedDB").glob("*.leveldb")
        if list(database.glob("*.ldb")):
            return database
    raise AssertionError("Chromium has made no table.")


@pytest.fixture
def database(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "database"))


def log_of(database: Path) -> Path:
    return max(database.glob("*.log"))


def test_what_chromium_has_written_is_sound(database: Path, tmp_path: Path) -> None:
    assert list(database.glob("*.ldb"))
    assert log_of(database).stat().st_size > 100_000
    assert damage_of(database) is None
    assert damage_of(tmp_path / "database") is None
    (tmp_path / "none").mkdir()
    assert damage_of(tmp_path / "none") is None


@pytest.mark.parametrize("cut", mostly_drill([1, 5, 40, 5_000, 40_000], 5))
def test_a_log_that_breaks_off_is_no_damage(database: Path, cut: int) -> None:
    log = log_of(database)
    log.write_bytes(log.read_bytes()[:-cut])
    assert damage_of(database) is None


@pytest.mark.parametrize("zeros", mostly_drill([1, 7, 100, 70_000], 100))
def test_room_that_was_never_used_is_no_damage(database: Path, zeros: int) -> None:
    with log_of(database).open("ab") as log:
        log.write(b"\0" * zeros)
    assert damage_of(database) is None


@pytest.mark.parametrize("part", mostly_drill([0.0, 0.1, 0.5, 0.9], 0.1))
def test_a_torn_log_can_be_cut_behind_its_last_sound_record(database: Path, part: float) -> None:
    log = log_of(database)
    data = bytearray(log.read_bytes())
    place = int(len(data) * part)
    data[place : place + 8] = bytes(one ^ 0xFF for one in data[place : place + 8])
    log.write_bytes(data)
    damage = damage_of(database)
    assert damage is not None
    assert damage.log == log
    assert place - RECORD < damage.sound <= place
    with log.open("r+b") as file:
        file.truncate(damage.sound)
    assert damage_of(database) is None


def without(name: str) -> Callable[[Path], None]:
    return lambda folder: max(folder.glob(name)).unlink()


def turned(name: str, place: int) -> Callable[[Path], None]:
    def harm(folder: Path) -> None:
        file = max(folder.glob(name))
        data = bytearray(file.read_bytes())
        data[place] ^= 0xFF
        file.write_bytes(data)

    return harm


def shorter(name: str, size: int) -> Callable[[Path], None]:
    def harm(folder: Path) -> None:
        file = max(folder.glob(name))
        file.write_bytes(file.read_bytes()[:size])

    return harm


@pytest.mark.parametrize(
    "harm",
    [
        without("CURRENT"),
        without("MANIFEST-*"),
        without("*.ldb"),
        shorter("CURRENT", 0),
        shorter("CURRENT", 9),
        shorter("MANIFEST-*", 0),
        shorter("*.ldb", 50),
        turned("CURRENT", 3),
        turned("MANIFEST-*", 10),
        turned("MANIFEST-*", -5),
        turned("*.ldb", -3),
    ],
)
def test_all_else_that_is_torn_cannot_be_mended(
    database: Path, harm: Callable[[Path], None]
) -> None:
    harm(database)
    damage = damage_of(database)
    assert damage is not None
    assert damage.log is None

"""The units as files, and what systemd itself says of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result

from kiosk.lockdown.pause import GOOD_WHILE, WELL_SECONDS, Starts, main, pause_before
from kiosk.lockdown.units import BROWSER, SERVER, UnitValues, units_for
from tests.lockdown.supervisor import CALLS, filters_of, settings_of
from tests.lockdown.test_lock import everything
from tests.tools.command import run
from tests.tools.sites import tiny_site

URL = "http://127.0.0.1:8601"


def kiosk(root: Path, *words: str) -> Result:
    return run(*words, "--root", str(root))


def verify(*units: Path) -> str:
    """Return what systemd finds wrong with units; "" when nothing is."""
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, units)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stderr + done.stdout + (f"ended with {done.returncode}" if done.returncode else "")


@pytest.mark.parametrize("name", ["site", 'Our 100% site; it\'s "ours"'])
def test_systemd_finds_nothing_wrong_with_the_units(
    tmp_path: Path, installed_browser: Path, name: str
) -> None:
    site = tmp_path / name
    site.mkdir()
    place = UnitValues("root", site, site / "data", URL, installed_browser)
    for unit, text in units_for(place).items():
        (tmp_path / unit).write_text(text)
    assert verify(tmp_path / SERVER, tmp_path / BROWSER) == ""


@pytest.mark.parametrize(("unit", "most"), [(SERVER, 1.5), (BROWSER, 3.1)])
def test_systemd_finds_the_units_well_closed(
    tmp_path: Path, installed_browser: Path, unit: str, most: float
) -> None:
    place = UnitValues("kiosk", tmp_path, tmp_path / "data", URL, installed_browser)
    (tmp_path / unit).write_text(units_for(place)[unit])
    words = ["--offline=yes", "--no-pager", f"--threshold={most * 10:.0f}", str(tmp_path / unit)]
    done = subprocess.run(
        ["systemd-analyze", "security", *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_both_units_wait_for_the_disks_of_the_site_and_of_the_answers(tmp_path: Path) -> None:
    place = UnitValues("kiosk", tmp_path / "a site", Path("/mnt/answers"), URL, Path("/usr/bin/x"))
    for text in units_for(place).values():
        wanted = settings_of(text)["RequiresMountsFor"]
        assert wanted == f'"{tmp_path / "a site"}" /mnt/answers'


def test_a_forbidden_call_fails_and_an_allowed_one_does_not(
    tmp_path: Path, installed_browser: Path
) -> None:
    place = UnitValues("kiosk", tmp_path, tmp_path / "data", URL, installed_browser)
    told = {}
    for unit, text in units_for(place).items():
        code = "import os, time; os.getpid(); time.clock_settime(time.CLOCK_REALTIME, time.time())"
        filters = filters_of(text)
        assert filters
        done = subprocess.run(
            [sys.executable, str(CALLS), *filters, "--", sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=False,
        )
        told[unit] = done.stderr.splitlines()[-1]
    assert told == dict.fromkeys(told, "PermissionError: [Errno 1] Operation not permitted")


def test_systemd_would_find_a_mistake(tmp_path: Path, installed_browser: Path) -> None:
    place = UnitValues("root", tmp_path, tmp_path, URL, installed_browser)
    wrong = units_for(place)[SERVER].replace("ProtectClock=yes", "ProtectClocks=yes")
    (tmp_path / SERVER).write_text(wrong)
    assert "'ProtectClocks'" in verify(tmp_path / SERVER)


def test_the_units_are_installed_told_and_taken_away_without_a_trace(
    tmp_path: Path, installed_browser: Path
) -> None:
    root, site = tmp_path / "root", tiny_site(tmp_path)
    root.mkdir()
    one = ["--browser", str(installed_browser), "--url", URL]
    refused = kiosk(root, "service", "install", "--site", str(site), *one)
    assert "is not locked. Try: sudo " in refused.stderr
    assert everything(root) == {}
    assert kiosk(root, "lock", "install", *one).exit_code == 0
    assert kiosk(root, "service", "status").exit_code == 1
    done = kiosk(root, "service", "install", "--site", str(site), "--user", "ann", *one)
    assert done.exit_code == 0, done.exception
    units = root / "etc/systemd/system"
    assert settings_of((units / SERVER).read_text())["User"] == "ann"
    assert (units / "multi-user.target.wants" / SERVER).is_symlink()
    assert (units / "graphical.target.wants" / BROWSER).is_symlink()
    assert kiosk(root, "service", "status").output == f"{SERVER}: installed\n{BROWSER}: installed\n"
    # In either order: each takes its own, and the last one the notes.
    assert kiosk(root, "lock", "remove").exit_code == 0
    assert kiosk(root, "service", "remove").exit_code == 0
    assert [name for name, data in everything(root).items() if data is not None] == []
    assert not (root / "etc/kiosk-hall").exists()
    assert not (root / "etc/chromium").exists()


def test_without_systemd_the_units_are_shown_and_nothing_is_written(
    tmp_path: Path, installed_browser: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kiosk.lockdown.service import Service

    monkeypatch.setattr(Service, "can_run", False)
    one = ["--site", str(tiny_site(tmp_path)), "--browser", str(installed_browser)]
    done = run("service", "install", *one)
    assert done.exit_code == 1
    assert f"# {SERVER}\n[Unit]" in done.output
    assert f"# {BROWSER}\n[Unit]" in done.output
    assert "No systemd runs here, so nothing was installed." in done.output


def test_pauses_grow_to_a_minute_and_begin_small_again_after_a_good_while() -> None:
    starts: list[float] = []
    now, pauses = 1000.0, []
    for _ in range(10):
        pause = pause_before(starts, now)
        pauses.append(pause)
        starts.append(now + pause)
        now += pause + 0.5  # it ends at once
    assert pauses == [0, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert pause_before(starts, now + GOOD_WHILE) == 0
    assert pause_before([now + 50], now) == 0  # a clock of another start of the machine


def test_a_start_that_was_seen_to_be_well_for_a_minute_forgives_those_before_it() -> None:
    starts, now = Starts(), 1000.0
    pauses = []
    for _ in range(6):
        pauses.append(starts.begin(now))
        starts.well(now + pauses[-1] + WELL_SECONDS - 1)  # it is not enough
        now += pauses[-1] + 10
    assert pauses == [0, 1, 2, 4, 8, 16]
    starts.well(now + 16 + WELL_SECONDS)
    assert starts.begin(now + 100) == 0
    assert starts.begin(now + 101) == 1


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\xff\xfe", b"1 2 x"])
def test_a_damaged_note_of_the_starts_stops_nothing(tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / "starts"
    file.write_bytes(damage)
    main(file)
    assert len(file.read_text().split()) == 1
    main(tmp_path / "no-folder" / "starts")

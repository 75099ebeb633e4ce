from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools.recorded import read_aloud
from tests.tools.sites import tiny_site
from tests.tools.waiting import wait_until


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tiny_site(tmp_path)


@pytest.fixture
def watch(site: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """The real command, and the file that it writes to."""
    told = tmp_path / "told.txt"
    with told.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "kiosk", "watch", "--site", str(site)],
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    yield process, told
    process.kill()
    process.wait(10)


def test_what_is_found_is_told_each_time_a_file_is_saved(
    site: Path, watch: tuple[subprocess.Popen[bytes], Path]
) -> None:
    process, told = watch
    wait_until(lambda: "I look at each file" in told.read_text(), 30, "the watch")
    page = site / "content" / "en" / "about" / "people.md"
    good = page.read_text()
    page.write_text(good.replace("You can come by bus.", "You can come by bus (number 4) etc."))
    wait_until(lambda: "people.md:13" in told.read_text(), 30, "the findings")
    before = told.read_text()
    page.write_text(good.replace("by bus.", "by train."))
    wait_until(lambda: told.read_text() != before, 30, "news of the mended page")
    read_aloud(site, leave=[6])
    wait_until(lambda: 'Amira has not read "Bus 2"' in told.read_text(), 30, "what is not read")
    page.unlink()
    wait_until(lambda: "people.md: this file is gone." in told.read_text(), 30, "that it is gone")
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    assert "Traceback" not in told.read_text()

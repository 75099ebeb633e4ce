"""README's two commands on a Debian 12 that has `python3` and nothing more."""

from __future__ import annotations

import re
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.structure.test_files import ROOT, tracked
from tests.structure.test_readme import RUN, TEST
from tests.tools.bare_machine import USER, BareMachine, make, remove
from tests.tools.server import free_port
from tests.tools.waiting import wait_until

pytestmark = pytest.mark.drill

START_SECONDS = 900.0
TESTS_SECONDS = 1700.0
FEW = "tests/content -k title"
PASSED = re.compile(r"^\d+ passed\b[^\n]*$", re.M)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a Debian that nobody has used yet."""
    folder = tmp_path_factory.mktemp("base")
    try:
        make(folder)
        yield folder
    finally:
        remove(folder)


@pytest.fixture
def machine(base: Path, tmp_path: Path) -> Iterator[BareMachine]:
    """Give a machine of the test's own, with the kiosk's files and without Git."""
    folder = tmp_path / "machine"
    folder.mkdir()
    try:
        yield BareMachine(base, folder, ROOT, tracked())
    finally:
        remove(folder)


@pytest.fixture(params=["root", USER])
def user(request: pytest.FixtureRequest, machine: BareMachine) -> str:
    """Give root, and a user with sudo."""
    who = str(request.param)
    if who == USER:
        machine.add_user()
        machine.add_sudo()
    return who


def answer(url: str, process: subprocess.Popen[bytes], told: Path) -> bytes | None:
    """Return what is there, or None while nothing answers."""
    assert process.poll() is None, told.read_text(encoding="utf-8", errors="replace")
    try:
        with urllib.request.urlopen(url, timeout=10) as got:
            return bytes(got.read())
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return None


def test_the_first_command_starts_the_kiosk_and_a_second_time_too(
    machine: BareMachine, user: str, tmp_path: Path
) -> None:
    port = free_port()
    installs = []
    for time in ("first", "second"):
        told = tmp_path / time
        url = f"http://127.0.0.1:{port}"
        with machine.typed(user, f"{RUN} --port {port}", told) as typed:
            wait_until(
                lambda: answer(f"{url}/ready", typed.process, told),  # noqa: B023 - called at once
                START_SECONDS,
                "the kiosk",
            )
            assert b"<html" in (answer(url, typed.process, told) or b"")
            typed.press_ctrl_c()
        said = told.read_text(encoding="utf-8", errors="replace")
        assert "Traceback" not in said, said
        installs.append(re.findall(r"I install (\S+)", said))
    assert "python3-venv. I install it with apt-get." in (tmp_path / "first").read_text()
    assert installs == [["it", "uv", "the", "the"], []]  # packages, and the natural voice


def test_the_second_command_brings_all_that_tests_need_and_a_second_time_nothing(
    machine: BareMachine, user: str, tmp_path: Path
) -> None:
    for time in ("first", "second"):
        told = tmp_path / time
        code = machine.run(user, f"{TEST} {FEW}", told, TESTS_SECONDS)
        said = told.read_text(encoding="utf-8", errors="replace")
        assert code == 0, said
        assert PASSED.findall(said), said
        assert "will fail" not in said
        assert (time == "first") == ("I install" in said)


@pytest.mark.parametrize("line", [RUN, TEST])
def test_who_may_install_nothing_is_told_what_to_ask_for(
    machine: BareMachine, line: str, tmp_path: Path
) -> None:
    machine.add_user()
    told = tmp_path / "told"
    assert machine.run(USER, line, told, START_SECONDS) == 1
    assert "Ask an administrator to type: apt-get install python3-venv" in told.read_text()

"""A kiosk of the nursery is as one that was started by the real command, and leaves nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from tests.tools.cases import mostly_drill
from tests.tools.nursery import Forked, nursery
from tests.tools.server import MARK, KioskServer, StartKiosk
from tests.tools.sites import tiny_site
from tests.tools.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60.0

# A process of tests with a kiosk: it tells its nursery's id and its kiosk's, then waits.
RUN = """
import signal, sys
from pathlib import Path
from tests.tools.nursery import nursery
from tests.tools.server import KioskServer
server = KioskServer(Path(sys.argv[1]), Path(sys.argv[2]))
print(nursery().pid, server.pid, flush=True)
if sys.argv[3] == "stay":
    signal.pause()
server.close()
"""


def stat(pid: int) -> list[str]:
    """Return what Linux tells of a process, from its state on: state, parent, group, session."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def is_running(pid: int) -> bool:
    try:
        return stat(pid)[0] != "Z"
    except OSError:
        return False


def children(pid: int) -> set[int]:
    """Return the ids of the processes that a process has started, ended ones too."""
    found = set()
    for folder in Path("/proc").iterdir():
        with suppress(OSError, ValueError):  # it ended just now, or is no process
            if stat(int(folder.name))[1] == str(pid):
                found.add(int(folder.name))
    return found


def open_files(pid: int) -> list[str]:
    """Return what a process has open: files by their names, all else by its kind."""
    found = []
    for one in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # what lists them is one of our own
            name = str(one.readlink())
            found.append(Path(name).name if name.startswith("/") else name.partition(":")[0])
    return sorted(found)


@pytest.fixture
def forked(kiosk_server: StartKiosk) -> KioskServer:
    server = kiosk_server()
    assert isinstance(server.process, Forked)
    return server


@pytest.mark.drill
def test_it_answers_with_its_own_arguments(
    kiosk_server: StartKiosk, forked: KioskServer, tmp_path: Path
) -> None:
    other = kiosk_server(tiny_site(tmp_path / "other"), data=tmp_path / "other" / "data")
    for server in (forked, other):
        with urllib.request.urlopen(f"{server.url}/ready", timeout=30) as answer:
            assert answer.status == 200
        assert f"The kiosk is at http://127.0.0.1:{server.port}" in server.stdout_text()
    assert stat(forked.pid)[1] == stat(other.pid)[1] == str(nursery().pid)
    assert (tmp_path / "data").is_dir()
    assert (tmp_path / "other" / "data").is_dir()


@pytest.mark.drill
def test_it_has_its_own_environment_session_folder_and_files(
    kiosk_server: StartKiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert nursery().pid  # before there is such a variable
    monkeypatch.setenv("KIOSK_TEST_NURSERY", word := f"{tmp_path}")
    # What it starts shows the environment that it has: here its voice, which nobody has lent.
    server = kiosk_server(shared="")
    (voice,) = wait_until(
        lambda: [one for one in server.left_behind() if one != server.pid], SECONDS, "the voice"
    )
    shown = Path(f"/proc/{voice}/environ").read_bytes().split(b"\0")
    assert f"KIOSK_TEST_NURSERY={word}".encode() in shown
    assert any(one.startswith(f"{MARK}=".encode()) for one in shown)
    assert stat(server.pid)[3] == str(server.pid)
    assert (
        Path(f"/proc/{server.pid}/cwd").readlink() != Path(f"/proc/{nursery().pid}/cwd").readlink()
    )
    outputs = [Path(f"/proc/{server.pid}/fd/{end}").readlink().name for end in (0, 1, 2)]
    assert outputs == ["null", "stdout", "stderr"]


@pytest.mark.drill
def test_it_has_the_same_files_open_as_by_the_real_command(
    kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    servers = [
        kiosk_server(
            tiny_site(tmp_path / kind), data=tmp_path / kind / "data", real_command=kind == "real"
        )
        for kind in ("real", "forked", "again")
    ]

    def are_alike() -> bool:
        real, *others = [open_files(server.pid) for server in servers]
        return others == [real, real]

    wait_until(are_alike, SECONDS, "the same open files")


def test_ctrl_c_ends_it_with_0_and_nothing_is_left(forked: KioskServer) -> None:
    assert forked.pid in forked.left_behind()
    assert forked.stop() == 0
    assert forked.process.returncode == 0
    assert forked.left_behind() == []
    assert not is_running(forked.pid)
    assert "Traceback" not in forked.stderr_text()


@pytest.mark.parametrize("kind", mostly_drill([signal.SIGKILL, signal.SIGTERM], signal.SIGKILL))
def test_a_signal_that_ends_it_is_seen_and_it_starts_again(
    forked: KioskServer, kind: signal.Signals
) -> None:
    first = forked.process
    assert first.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        first.wait(0.01)
    first.send_signal(kind)
    assert first.wait(SECONDS) == first.poll() == first.returncode == -kind
    first.kill()  # says nothing, as it has ended
    forked.restart()
    assert forked.process is not first
    assert forked.stop() == 0


def test_one_that_cannot_start_ends_with_the_code_and_the_words_of_the_real_command(
    tmp_path: Path,
) -> None:
    told = []
    for real_command in (False, True):
        with pytest.raises(AssertionError, match="exit code") as failure:
            KioskServer(tmp_path / "nowhere", tmp_path / "data", real_command=real_command)
        told.append((str(failure.value), *failure.value.__notes__))
    assert told[0] == told[1]
    assert "nowhere" in "".join(told[0])


@pytest.mark.drill
@pytest.mark.parametrize("many", [2, 10])
def test_many_one_after_the_other_leave_no_process_and_no_open_file(
    tmp_path: Path, many: int
) -> None:
    site = tiny_site(tmp_path)
    KioskServer(site, tmp_path / "data", shared="tiny").close()
    homes = (os.getpid(), nursery().pid)
    before = [(open_files(home), children(home)) for home in homes]
    for _ in range(many):
        KioskServer(site, tmp_path / "data", shared="tiny").close()
    assert [(open_files(home), children(home)) for home in homes] == before


@pytest.mark.drill
@pytest.mark.parametrize("end", ["by itself", "killed"])
def test_the_end_of_a_process_of_tests_ends_its_nursery(tmp_path: Path, end: str) -> None:
    stays = "stay" if end == "killed" else "go"
    with subprocess.Popen(
        [sys.executable, "-c", RUN, str(tiny_site(tmp_path)), str(tmp_path / "data"), stays],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        pids = [int(one) for one in process.stdout.readline().split()]
        assert len(pids) == 2
        assert nursery().pid not in pids
        if end == "killed":
            assert all(map(is_running, pids))
            process.kill()
    assert process.returncode == (-signal.SIGKILL if end == "killed" else 0)
    wait_until(lambda: not any(map(is_running, pids)), SECONDS, "the end of both")


@pytest.mark.drill
def test_what_is_seen_only_at_the_start_of_python_starts_the_real_command(
    kiosk_server: StartKiosk,
) -> None:
    server = kiosk_server(environment={"PYTHONHASHSEED": "1"})
    assert isinstance(server.process, subprocess.Popen)
    assert stat(server.pid)[1] == str(os.getpid())

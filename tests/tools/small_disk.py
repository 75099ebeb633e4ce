"""A kiosk whose data lies on a small disk of its own, which ends with it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.lockdown.chromium import is_root
from tests.tools.server import KioskServer

_MOUNT = 'mount -t tmpfs -o "size=$0" tmpfs "$1" && shift && exec "$@"'


class SmallDisk(KioskServer):
    """`kiosk serve` in a mount namespace in which `data` is a disk of `megabytes` MB.

    `inside` is that folder as we can see it from here. Fails where no disk can be mounted.
    """

    def __init__(self, site: Path, data: Path, megabytes: int) -> None:
        data.mkdir(parents=True, exist_ok=True)
        # Without root, a user namespace makes us root of this little machine alone.
        user = [] if is_root() else ["--user", "--map-root-user"]
        small = ["unshare", *user, "--mount", "sh", "-c", _MOUNT]
        serve = [sys.executable, "-m", "kiosk", "serve"]
        size = f"{megabytes * 1_000_000 // 4096 * 4096}"
        super().__init__(site, data, command=[*small, size, str(data), *serve])
        self.inside = Path("/proc", str(self.pid), "root", data.relative_to("/"))

    def free(self) -> int:
        """Return how many bytes of the disk are free."""
        disk = os.statvfs(self.inside)
        return disk.f_bavail * disk.f_frsize


@contextmanager
def small_disk(site: Path, data: Path, megabytes: int) -> Iterator[SmallDisk]:
    """Give a kiosk on a small disk, stopped at the end."""
    server = SmallDisk(site, data, megabytes)
    try:
        disk = os.statvfs(server.inside)
        assert disk.f_blocks * disk.f_frsize <= megabytes * 1_000_000, "The disk is not small."
        yield server
    finally:
        server.close()

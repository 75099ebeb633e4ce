"""How a disk counts: in whole blocks, and what is left of it."""

from __future__ import annotations

import os
from pathlib import Path

_BLOCK = 4096


def filled(size: int) -> int:
    """Return how much of a disk a file of this size fills: disks give whole blocks of 4 KB."""
    return -(-size // _BLOCK) * _BLOCK


def free_bytes(folder: Path) -> int:
    """Return how many bytes this program may still write on the disk of this folder."""
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize

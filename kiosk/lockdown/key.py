"""The key by which the kiosk's own locked browser is known: no other browser ever gets it.

The browser opens `/locked/KEY`, the server answers with a cookie that page code cannot read, and
every page after that carries the code of the lock. Both sides read the key in the data folder.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from kiosk.config import Site
from kiosk.errors import HallRefused
from kiosk.files import replace_file

COOKIE = "kiosk-lock"


def new_key(site: Site) -> str:
    """Make a key for one start of the browser; those of before open nothing more."""
    file = _file(site)
    key = secrets.token_urlsafe(24)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, key.encode())
    except OSError as error:
        raise HallRefused(
            f"The key of the lock cannot be saved: {error.strerror} ({site.shown(file)})."
        ) from None
    return key


def is_key(site: Site, key: str | None) -> bool:
    """Return whether this is the key of the browser that was started last."""
    try:
        known = _file(site).read_text(encoding="ascii")
    except (OSError, ValueError):
        return False
    return bool(key) and secrets.compare_digest(known.encode(), str(key).encode())


def _file(site: Site) -> Path:
    return site.data / "lock" / "key"

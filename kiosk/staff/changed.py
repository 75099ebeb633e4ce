"""Who changed which page last: `data/staff/changed.json`, which only its owner may read.

A name is kept as long as the file of the page stays as that person left it, and the person is a
member of staff.
"""

from __future__ import annotations

import json
import threading
from pathlib import Path

from kiosk.config import Site
from kiosk.errors import StaffRefused
from kiosk.files import Stamp, replace_file, stamp_of

_Kept = dict[str, tuple[str, int, int]]  # page -> name, when (ns), size in bytes


class Changed:
    """The notes of one site. Safe to share by threads."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._path = site.data / "staff" / "changed.json"
        self._lock = threading.Lock()
        self._read: tuple[Stamp | None, _Kept] = (None, {})

    def note(self, name: str, *pages: Path) -> None:
        """Note that a member has just written these files. Raises StaffRefused."""
        with self._lock:
            kept = dict(self._now())
            for page in pages:
                stamp = stamp_of(page)
                if stamp is not None:
                    kept[self._site.shown(page).as_posix()] = (name, stamp.changed, stamp.size)
            for page_name in list(kept):
                if not (self._site.root / page_name).exists():
                    del kept[page_name]
            self._write(kept)

    def by(self, page: Path, stamp: Stamp) -> str:
        """Return who made the file what it is; "" where somebody did it outside the studio."""
        with self._lock:
            name, changed, size = self._now().get(self._site.shown(page).as_posix(), ("", 0, 0))
        return name if (changed, size) == (stamp.changed, stamp.size) else ""

    def forget(self, name: str) -> None:
        """Take a name out. Raises StaffRefused."""
        with self._lock:
            kept = self._now()
            left = {page: one for page, one in kept.items() if one[0] != name}
            if left != kept:
                self._write(left)

    def _now(self) -> _Kept:
        stamp = stamp_of(self._path)
        if stamp is None:
            return {}
        if stamp != self._read[0]:
            try:
                told = json.loads(self._path.read_text(encoding="utf-8"))
                kept = {
                    str(k): (str(n), int(when), int(size)) for k, (n, when, size) in told.items()
                }
            except (OSError, ValueError, AttributeError, TypeError):
                kept = {}  # only notes: a file that is damaged is written anew
            self._read = (stamp, kept)
        return self._read[1]

    def _write(self, kept: _Kept) -> None:
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_file(self._path, json.dumps(kept, ensure_ascii=False, indent=0).encode())
        except OSError as error:
            raise StaffRefused(f"I cannot write {self._path}: {error.strerror}.") from None

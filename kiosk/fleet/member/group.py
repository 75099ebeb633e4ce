"""In which group of kiosks this one is: the centre says so with each beat."""

from __future__ import annotations

import re
from pathlib import Path

from kiosk.config import Site
from kiosk.files import replace_durably
from kiosk.fleet.names import EVERYONE, GROUP

FILE = "fleet/group.txt"


def file_of(site: Site) -> Path:
    """Return the place of the file; there is none in a kiosk that is in no group of its own."""
    return site.data / FILE


def group_of(site: Site) -> str:
    """Return the group that the centre named last, or that of all kiosks."""
    try:
        found = file_of(site).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return EVERYONE
    return found if re.fullmatch(GROUP, found) else EVERYONE


def note_group(site: Site, group: str) -> None:
    """Remember the group that the centre named. OSError."""
    if group != group_of(site):
        file_of(site).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace_durably(file_of(site), f"{group}\n".encode())


def leave_group(site: Site) -> None:
    """Be in no group any more. OSError."""
    file_of(site).unlink(missing_ok=True)

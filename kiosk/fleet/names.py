"""How the files of releases are called, in a folder, on a stick, and at the centre; and groups."""

from __future__ import annotations

import re

TIMESTAMP = "timestamp.json"
PATTERN = (
    r"^([1-9]\d{0,8}\.(root|targets)\.json|[1-9]\d{0,11}\.snapshot\.json"
    r"|timestamp\.json|blobs/[0-9a-f]{64})$"
)

EVERYONE = "everyone"
"""The group of kiosks that every kiosk belongs to; in TUF it is the target's path."""

GROUP = r"[a-z][a-z0-9-]{0,39}"
"""What a group of kiosks may be called."""

_NAME = re.compile(PATTERN)
_BLOB = "blobs/"


def is_name(name: str) -> bool:
    """Tell whether a file of a release is called so."""
    return _NAME.fullmatch(name) is not None


def of_role(role: str, version: int) -> str:
    """Return the name of what a role says: "3.targets.json"."""
    return f"{version}.{role}.json"


def of_blob(sha256: str) -> str:
    """Return the name of a blob."""
    return f"{_BLOB}{sha256}"


def version_of(name: str, role: str) -> int:
    """Return the version in a name; 0 when it is not of this role."""
    found = re.fullmatch(rf"([1-9]\d{{0,11}})\.{role}\.json", name)
    return int(found[1]) if found else 0

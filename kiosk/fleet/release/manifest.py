"""The list of a release: every file of it by its sum. Nobody believes a file that it does not name.

```json
{"format": 1, "number": 3, "made": "2026-11-27T19:00:00Z", "engine": "0.1.0", "note": "...",
 "files": {"content/en/home.md": {"sha256": "...", "size": 812}}}
```
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, field_validator

from kiosk.content.places import RECORDED
from kiosk.errors import ReleaseRefused
from kiosk.fleet.names import GROUP
from kiosk.fleet.wire import MOST_FILE

PARTS = ("content", "assets")
"""The folders of a site that go out. Its settings are those of each kiosk."""

MOST_FILES = 20_000
MOST_MANIFEST = 8_000_000

_LONGEST_PATH = 400


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class ReleasedFile(_Model):
    """One file. sha256: by which it is found; size: in bytes."""

    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    size: Annotated[int, Field(ge=0, le=MOST_FILE)]


class Manifest(_Model):
    """All of one release. number: higher than that of each release before.

    engine: the version of the kiosk that made it. note: of who made it, for staff. withdraws: the
    number of a release that nobody may go back to, or None. files: by path, with `/` between.
    """

    format: Literal[1] = 1
    number: Annotated[int, Field(ge=1)]
    made: AwareDatetime
    engine: Annotated[str, Field(max_length=40)] = ""
    note: Annotated[str, Field(max_length=400)] = ""
    withdraws: int | None = None
    files: Annotated[dict[str, ReleasedFile], Field(min_length=1, max_length=MOST_FILES)]

    @field_validator("files")
    @classmethod
    def _inside(cls, files: dict[str, ReleasedFile]) -> dict[str, ReleasedFile]:
        for path in files:
            if why := unfit(path):
                raise ValueError(f"{path!r}: {why}")
        folders = {str(parent) for path in files for parent in PurePosixPath(path).parents}
        if both := folders & files.keys():
            raise ValueError(f"{min(both)!r} is a file and a folder.")
        return files

    @property
    def blobs(self) -> dict[str, int]:
        """The size of every blob that is needed, by its sum."""
        return {one.sha256: one.size for one in self.files.values()}

    @property
    def voices(self) -> frozenset[str]:
        """The folders of pages that a person has read."""
        folders = {str(PurePosixPath(path).parent) for path in self.files}
        return frozenset(one for one in folders if one.endswith(RECORDED))

    def data(self) -> bytes:
        """Return it as it is kept: the same release gives the same bytes."""
        return self.model_dump_json(indent=1).encode() + b"\n"


def must_be_group(name: str) -> str:
    """Return the name of a group. ReleaseRefused when a group cannot be called so."""
    if not re.fullmatch(GROUP, name):
        raise ReleaseRefused(
            f'A group cannot be called "{name}".',
            "use small letters a to z, digits and hyphens, such as first-kiosks.",
        )
    return name


def unfit(path: str) -> str:
    """Return why a file of this path cannot be in a release; "" when it can."""
    parts = path.split("/")
    if len(path) > _LONGEST_PATH or "\\" in path or not path.isprintable():
        return "Its name is too long, or has a sign that names cannot have."
    if parts[0] not in PARTS or len(parts) < 2:
        return f"It stands in none of the folders {', '.join(PARTS)}."
    if any(one in ("", ".", "..") or one.startswith(".") for one in parts):
        return "Its name, or that of a folder, is hidden or empty."
    return ""


def read_manifest(data: bytes, number: int) -> Manifest:
    """Return what the list of release `number` says. ReleaseRefused when it cannot be used."""
    try:
        found = Manifest.model_validate_json(data)
    except ValidationError as error:
        raise ReleaseRefused(
            f"The list of release {number} cannot be used: {error.errors()[0]['msg']}.",
            "update the kiosk: the release may be of a newer one.",
        ) from None
    if found.number != number:
        raise ReleaseRefused(f"The list of release {number} says that it is {found.number}.")
    return found

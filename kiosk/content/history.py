"""The versions of a page that visitors have seen, or nearly: plain text files, never changed.

`content/.history/en/about/plan/0007.txt` is the seventh version of `content/en/about/plan.md`. Its
first lines say who put it there, when and why; below an empty line is the page, byte for byte.
The kiosk does not look into folders whose names begin with a dot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from kiosk.config import Site
from kiosk.content.edit import hash_of
from kiosk.errors import PageNotSaved
from kiosk.files import put, sync_folders

HISTORY = ".history"
FOUND = "found"  # why: it stood there, and the studio had not put it there
PUBLISHED = "published"
PLANNED = "planned"  # it was published on its day, with nobody there
BACK = "back"  # an older version was brought back
ASIDE = "aside"  # it was never shown: somebody else's working copy took its place

_NAME = re.compile(r"\d{4,}")
_FACT = re.compile(r"([a-z]+): ?(.*)")
_MOST = 2_000_000  # bytes of one kept text: twice what a page may have


@dataclass(frozen=True, slots=True)
class Version:
    """A text that a page had. number: from 1; by: who, "" for unknown; at: when, with a zone.

    why: one word: found, published, planned, back or aside; of: the version that was brought back.
    """

    number: int
    by: str
    at: datetime
    why: str
    text: str
    of: int = 0

    @property
    def hash(self) -> str:
        """What tells its text from all others."""
        return hash_of(self.text.encode())


def kept(facts: Mapping[str, str], text: str) -> bytes:
    """Return a text with facts about it above; each is one line, and an empty one is left out."""
    lines = [f"{key}: {' '.join(value.split())}\n" for key, value in facts.items() if value]
    return "".join([*lines, "\n"]).encode() + text.encode()


def read_kept(data: bytes) -> tuple[dict[str, str], str]:
    """Return the facts and the text that `kept` put together. ValueError for anything else."""
    above, gap, below = data.partition(b"\n\n")
    if not gap and not data.startswith(b"\n"):
        raise ValueError("no empty line")
    if data.startswith(b"\n"):
        return {}, data[1:].decode()
    facts: dict[str, str] = {}
    for line in above.decode().split("\n"):
        found = _FACT.fullmatch(line)
        if found is None:
            raise ValueError("a line that is no fact")
        facts[found[1]] = found[2]
    return facts, below.decode()


def beside(folder: Path, name: str) -> Path:
    """Return where something of a page is kept in a folder. name: the page's path in the site."""
    return folder.joinpath(*PurePosixPath(name).parts[1:]).with_suffix("")


class History:
    """The versions of all pages of a site. Who writes holds the lock of all writers."""

    def __init__(self, site: Site) -> None:
        self._folder = site.content / HISTORY
        self._site = site

    def numbers(self, name: str) -> list[int]:
        """Return the numbers of a page's versions, the oldest first."""
        try:
            files = list(beside(self._folder, name).iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise PageNotSaved(f"I cannot read the versions: {error.strerror}.") from None
        return sorted(
            int(one.stem) for one in files if one.suffix == ".txt" and _NAME.fullmatch(one.stem)
        )

    def read(self, name: str, number: int) -> Version:
        """Return one version. Raises PageNotSaved when it is not there or was spoilt."""
        path = self._path(name, number)
        try:
            with path.open("rb") as file:
                facts, text = read_kept(file.read(_MOST))
            at = datetime.fromisoformat(facts["at"])
            of = int(facts.get("of", "0"))
        except FileNotFoundError:
            raise PageNotSaved("This page has no such version.") from None
        except (OSError, ValueError, KeyError):
            shown = self._site.shown(path)
            raise PageNotSaved(f"I cannot read {shown}. Is it as the studio wrote it?") from None
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return Version(number, facts.get("by", ""), at, facts.get("why", ""), text, of)

    def versions(self, name: str) -> Iterator[Version]:
        """Yield those versions of a page that can be read, the newest first."""
        for number in reversed(self.numbers(name)):
            try:
                yield self.read(name, number)
            except PageNotSaved:
                continue  # a person has spoilt the file: the others are still good

    def newest(self, name: str) -> Version | None:
        """Return the newest version of a page."""
        return next(self.versions(name), None)

    def keep(
        self, name: str, text: str, *, why: str, at: datetime, by: str = "", of: int = 0
    ) -> int:
        """Keep a text durably as the newest version; return its number. OSError.

        The same text twice in a row, for the same reason and by the same person, is kept once: who
        tries again after a power cut adds nothing.
        """
        numbers = self.numbers(name)
        last = self.newest(name)
        if last is not None and (last.text, last.why, last.by, last.of) == (text, why, by, of):
            return last.number
        facts = {
            "page": name,
            "by": by,
            "at": at.isoformat(timespec="seconds"),
            "why": why,
            "of": str(of or ""),
        }
        number = (numbers[-1] if numbers else 0) + 1
        path = self._path(name, number)
        sync_folders(path.parent, self._site.content)
        while not put(path, kept(facts, text)):
            number += 1
            path = self._path(name, number)
        return number

    def keep_found(self, name: str, text: str, at: datetime) -> None:
        """Keep what visitors see now, unless it is a version already. at: when it was written."""
        if all(one.text != text for one in self.versions(name)):
            self.keep(name, text, why=FOUND, at=at)

    def _path(self, name: str, number: int) -> Path:
        return beside(self._folder, name) / f"{number:04}.txt"

"""Working copies: what staff have saved of pages that visitors see, and have not published.

`content/.drafts/en/about/plan.txt` belongs to `content/en/about/plan.md`. Its first lines say whose
it is; below an empty line is the page, byte for byte. The kiosk does not look into this folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from kiosk.config import Site
from kiosk.content.edit import hash_of
from kiosk.content.edit_facts import with_fact
from kiosk.content.history import beside, kept, read_kept
from kiosk.errors import PageNotSaved
from kiosk.files import replace_durably, sync_folders

DRAFTS = ".drafts"


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """A page's text that waits to be published.

    of: the hash of the page's file that it was made from. by, at: who saved it, and when. day: from
    when it is to be shown, None for no plan; planner: who decided that. wrong: why it could not be
    published on its day, "" for nothing.
    """

    text: str
    of: str
    by: str
    at: datetime
    day: date | None = None
    planner: str = ""
    wrong: str = ""

    @property
    def hash(self) -> str:
        """What tells its text from all others."""
        return hash_of(self.text.encode())


class WorkingCopies:
    """The working copies of a site. Who writes holds the lock of all writers."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._folder = site.content / DRAFTS

    def find(self, name: str) -> WorkingCopy | None:
        """Return the one of a page, by its path in the site. PageNotSaved for a spoilt file."""
        path = self._path(name)
        try:
            facts, text = read_kept(path.read_bytes())
            at = datetime.fromisoformat(facts["at"])
            day = date.fromisoformat(facts["day"]) if "day" in facts else None
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError, KeyError):
            shown = self._site.shown(path)
            raise PageNotSaved(
                f"I cannot read {shown}. Move it to another folder, and save again."
            ) from None
        return WorkingCopy(
            text,
            facts.get("of", ""),
            facts.get("by", ""),
            at if at.tzinfo else at.replace(tzinfo=UTC),
            day,
            facts.get("planner", ""),
            facts.get("wrong", ""),
        )

    def keep(self, name: str, copy: WorkingCopy) -> None:
        """Write the one of a page durably: a reader finds the old one or the new. OSError."""
        path = self._path(name)
        sync_folders(path.parent, self._site.content)
        facts = {
            "page": name,
            "by": copy.by,
            "at": copy.at.isoformat(timespec="seconds"),
            "of": copy.of,
            "day": copy.day.isoformat() if copy.day else "",
            "planner": copy.planner,
            "wrong": copy.wrong,
        }
        replace_durably(path, kept(facts, copy.text))

    def follow(self, name: str, was: str, now: str, key: str, value: str) -> None:
        """Let a working copy follow a fact that staff have changed in the page's own file. OSError.

        was, now: that file's hash. One that was made from another text is left alone.
        """
        try:
            copy = self.find(name)
        except PageNotSaved:
            return  # somebody has spoilt it: who opens the page is told
        if copy is not None and copy.of == was:
            self.keep(name, replace(copy, of=now, text=with_fact(copy.text, key, value)))

    def drop(self, name: str) -> None:
        """Take away the one of a page, if there is one. OSError."""
        self._path(name).unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        """Yield the paths, in the site, of the pages that have one."""
        for path in sorted(self._folder.glob("**/*.txt")):
            below = path.relative_to(self._folder).with_suffix(".md")
            if not any(one.startswith(".") for one in below.parts):  # a retired page waits for all
                yield f"content/{below.as_posix()}"

    def _path(self, name: str) -> Path:
        path = beside(self._folder, name)
        return path.with_name(f"{path.name}.txt")

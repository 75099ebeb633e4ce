"""Reviews: what people say of one version of a page, through a link that staff made for them.

`data/reviews/<link>/link.txt` says who made the link, when, and for whom; below an empty line is
the page, byte for byte. Beside it lies one file for each person who said something: which ideas are
easy, which words are hard, whether a picture is right. Nobody is named, and nobody can write words
of their own. The link's secret is not kept, only its hash: it is the name of the folder.

Reviews are no feedback: they are not in its folder, and no report counts them.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.config import Site
from kiosk.content.edit import hash_of, open_page
from kiosk.content.history import kept, read_kept
from kiosk.content.inline import read_line
from kiosk.editor.actions.action import alone
from kiosk.errors import PageNotSaved, ReviewRefused
from kiosk.files import replace_durably, sync_folders
from kiosk.located import Mistake

DAYS = 30  # that a link can be used
KEPT_DAYS = 365  # after that: what was said is taken away by itself
MOST = 200  # people of one link
FOLDER, LINK = "reviews", "link.txt"
_ID = re.compile(r"[0-9a-f]{64}")
_REVIEW = re.compile(r"[0-9a-f-]{36}")
_SECRET = 24  # bytes: nobody guesses it
_LONGEST = 100  # letters of what a group is called
_WORD = re.compile(r"[^\W\d_](?:[\w'\u2019-]*\w)?")

Easy = Literal["yes", "partly", "no"]
EASY: tuple[Easy, ...] = ("yes", "partly", "no")


@dataclass(frozen=True, slots=True)
class Link:
    """A link for people who look at one version of a page.

    id: the hash of its secret. page: the path of the page in the site. by: who made it, and when.
    until: the last day that it can be used. who: what the people are called together, never a name.
    ended: the day when staff ended it, None for none.
    """

    id: str
    page: str
    by: str
    at: datetime
    until: date
    who: str
    text: str
    ended: date | None = None

    @property
    def hash(self) -> str:
        """What tells its text from all others."""
        return hash_of(self.text.encode())

    def is_open(self, today: date) -> bool:
        """Whether people can still use it."""
        return self.ended is None and today <= self.until


class Said(BaseModel):
    """What one person says of an idea. words: the hard ones; picture: whether it is right."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    easy: Easy
    words: tuple[Annotated[str, Field(max_length=100)], ...] = ()
    picture: bool | None = None


class Review(BaseModel):
    """What one person has said. id: made by the person's browser. ideas: by their number, from 1.

    day: the last one on which something was said. done: that person came to the end.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Annotated[str, Field(pattern=f"^{_REVIEW.pattern}$")]
    day: date
    done: bool
    ideas: Annotated[dict[int, Said], Field(max_length=500)]


@dataclass(frozen=True, slots=True)
class OfIdea:
    """What all have said of one idea: how many of each; words -> how many found them hard."""

    easy: Mapping[Easy, int]
    words: Mapping[str, int] = field(default_factory=dict)
    wrong_picture: int = 0


class Reviews:
    """The links and the reviews of a site. Safe to share by threads and processes."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._folder = site.data / FOLDER

    def begin(self, page: str, text: str, *, by: str, who: str) -> tuple[str, Link]:
        """Make a link; return its secret, which is kept nowhere, and the link.

        Raises ReviewRefused for words that are missing, PageNotSaved when the disk says no.
        """
        who = " ".join(who.split())
        if not who or len(who) > _LONGEST:
            raise ReviewRefused("Say who will read it, such as “Our self-advocacy group”.")
        secret = secrets.token_urlsafe(_SECRET)
        now = datetime.now(self._site.zone)
        until = self._site.today() + timedelta(days=DAYS)
        link = Link(_hash(secret), page, by, now, until, who, text)
        with alone(self._site), _written():
            self._write(link)
        return secret, link

    def find(self, secret: str) -> Link | None:
        """Return the link of a secret, also one that can be used no more."""
        return self.link(_hash(secret))

    def link(self, link_id: str) -> Link | None:
        """Return a link by its id; None for one that is not there, or was spoilt."""
        if not _ID.fullmatch(link_id):
            return None
        try:
            facts, text = read_kept((self._folder / link_id / LINK).read_bytes())
            at = datetime.fromisoformat(facts["at"])
            return Link(
                link_id,
                facts["page"],
                facts.get("by", ""),
                at if at.tzinfo else at.replace(tzinfo=UTC),
                date.fromisoformat(facts["until"]),
                facts["who"],
                text,
                date.fromisoformat(facts["ended"]) if "ended" in facts else None,
            )
        except (OSError, ValueError, KeyError):
            return None

    def of_page(self, page: str) -> list[Link]:
        """Return the links of a page, the newest first."""
        found = [one for one in self._links() if one.page == page]
        return sorted(found, key=lambda one: one.at, reverse=True)

    def end(self, link_id: str) -> None:
        """Let a link be used no more; what was said stays. Raises ReviewRefused, PageNotSaved."""
        with alone(self._site), _written():
            link = self._expect(link_id)
            if link.ended is None:
                self._write(replace(link, ended=self._site.today()))

    def delete(self, link_id: str) -> None:
        """Take a link away, with all that was said. Raises ReviewRefused, PageNotSaved."""
        with alone(self._site), _written():
            self._expect(link_id)
            shutil.rmtree(self._folder / link_id)

    def keep(self, link: Link, review: Review) -> None:
        """Write what a person says in place of what the same person said before.

        Raises ReviewRefused for a link that can be used no more, for too many, and for what the
        page does not have; PageNotSaved when the disk says no.
        """
        words = words_of(link.text)
        for number, said in review.ideas.items():
            if not 1 <= number <= len(words) or not set(said.words) <= set(words[number - 1]):
                raise ReviewRefused("That is not of this page.")
        folder = self._folder / link.id
        path = folder / f"{review.id}.json"
        with alone(self._site), _written():
            there = self.link(link.id)
            if there is None or not there.is_open(self._site.today()):
                raise ReviewRefused("This link does not work any more. Please ask for a new one.")
            if not path.exists() and len(list(folder.glob("*.json"))) >= MOST:
                raise ReviewRefused("Enough people have answered. Thank you.")
            replace_durably(path, review.model_dump_json(indent=1).encode())

    def said(self, link: Link) -> list[Review]:
        """Return what people have said, without what was spoilt."""
        found = []
        for path in sorted((self._folder / link.id).glob("*.json")):
            try:
                found.append(Review.model_validate_json(path.read_bytes()))
            except (OSError, ValidationError):
                continue
        return [one for one in found if one.ideas]

    def tidy(self) -> None:
        """Take away what was said so long ago that nobody needs it any more."""
        last = self._site.today() - timedelta(days=KEPT_DAYS)
        for link in self._links():
            if (link.ended or link.until) < last:
                self.delete(link.id)

    def _links(self) -> Iterator[Link]:
        try:
            names = sorted(one.name for one in self._folder.iterdir())
        except OSError:
            return
        yield from (link for name in names if (link := self.link(name)) is not None)

    def _expect(self, link_id: str) -> Link:
        link = self.link(link_id)
        if link is None:
            raise ReviewRefused("There is no such link any more.")
        return link

    def _write(self, link: Link) -> None:
        path = self._folder / link.id / LINK
        sync_folders(path.parent, self._site.data)
        facts = {
            "page": link.page,
            "by": link.by,
            "at": link.at.isoformat(timespec="seconds"),
            "until": link.until.isoformat(),
            "who": link.who,
            "ended": link.ended.isoformat() if link.ended else "",
        }
        replace_durably(path, kept(facts, link.text))


def words_of(text: str) -> list[list[str]]:
    """Return the words of each idea of a page, each once, as they stand there."""
    page = open_page(text)
    found = []
    for card in page.cards if page is not None else ():
        if card.kind != "idea":
            continue
        words: dict[str, str] = {}
        for line in card.lines:
            for word in _WORD.findall(_plain(line.words)):
                words.setdefault(word.casefold(), word)
        found.append(list(words.values()))
    return found


def of_ideas(reviews: Sequence[Review], count: int) -> list[OfIdea]:
    """Return what people have said of each of so many ideas."""
    found = []
    for number in range(1, count + 1):
        said = [one.ideas[number] for one in reviews if number in one.ideas]
        easy = Counter(one.easy for one in said)
        words = Counter(word for one in said for word in one.words)
        wrong = sum(one.picture is False for one in said)
        found.append(OfIdea({key: easy[key] for key in EASY}, dict(words.most_common()), wrong))
    return found


def _plain(line: str) -> str:
    try:
        return read_line(line).text
    except Mistake:
        return line


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@contextmanager
def _written() -> Iterator[None]:
    """Say in words of staff what the disk says."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise PageNotSaved(f"I cannot write the review: {reason}.") from None

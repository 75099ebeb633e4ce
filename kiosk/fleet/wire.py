"""What goes between a kiosk and its centre, as both sides know it. Everything is JSON over HTTPS.

A request of a kiosk is signed with the key that it made itself, which never leaves it. The centre
knows the public half alone, so neither its database nor a backup of it lets anybody send.

`PROTOCOL` rises when an older side would misunderstand; what a side does not know it passes over.
Examples of every number stand in `tests/fleet/data/`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from kiosk.errors import CentreRefused
from kiosk.feedback.answer.recording import voice_id
from kiosk.feedback.answer.ulid import PATTERN
from kiosk.fleet.names import EVERYONE, GROUP
from kiosk.fleet.names import PATTERN as NAMES

PROTOCOL = 1
KNOWN_PROTOCOLS = (1,)
"""The numbers that this centre understands: none is taken away while a kiosk may speak it."""

ENROL = "/centre/enrol"
INGEST = "/centre/answers"
BEAT = "/centre/beat"
RELEASE = "/centre/release"
HEADER = "Kiosk-Protocol"
MOST_ENROL_BYTES = 10_000
MOST_BEAT_BYTES = 20_000
MOST_ASK_BYTES = 1_000
MOST_FILE = 50_000_000
"""The largest file that a release may hold."""

MOST_BATCH = 200
MOST_BATCH_BYTES = 64_000_000
"""A batch is far smaller; one recorded voice may be as large as a kiosk keeps any."""

_CREDENTIAL = re.compile(r"Kiosk ([0-9a-f-]{36}) ([0-9a-f]{64}) ([0-9a-f]{128})")


class Message(BaseModel):
    """What one side tells the other; a field that a newer side adds is passed over."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", ser_json_bytes="base64", val_json_bytes="base64"
    )


class Joining(Message):
    """A kiosk asks to belong: the secret of its code, and the public half of its key (hex)."""

    secret: str = Field(pattern=r"^[0-9A-Z]{12}$")
    key: str = Field(pattern=r"^[0-9a-f]{64}$")


class Joined(Message):
    """The centre took it: the id by which it is known there, and the name that staff gave it."""

    kiosk: str = Field(pattern=r"^[0-9a-f-]{36}$")
    name: str


Id = Annotated[str, Field(pattern=rf"^{PATTERN}$")]
Sum = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
State = Literal["kept", "here", "changed", "deleted", "old", "moved", "voice"]
"""What the centre did with an answer that a kiosk sent.

kept: it is new and safe. here: it was there. changed: another one with this id was there and stays;
this one is kept beside it. deleted: it was deleted, so the kiosk must delete it too. old: it was
deleted because of its age. moved: it was taken in with another id. voice: its recorded voice is not
there, so send it once more with that.
"""


class SentVoice(Message):
    """A recorded voice of an answer: its file's name and sum; data: once the centre asked."""

    name: str = Field(max_length=120)
    sha256: Sum
    data: bytes | None = None


class SentAnswer(Message):
    """One answer: its file, byte for byte. kind: whether it stands among the others, or aside."""

    id: Id
    kind: Literal["answer", "aside"]
    body: bytes
    voices: tuple[SentVoice, ...] = Field(default=(), max_length=50)

    @model_validator(mode="after")
    def _own_voices(self) -> SentAnswer:
        if any(voice_id(one.name) != self.id for one in self.voices):
            raise ValueError("A voice belongs to the answer that it is named after.")
        if len({one.name for one in self.voices}) < len(self.voices):
            raise ValueError("A voice came twice.")
        return self


class Batch(Message):
    """What a kiosk sends at once. now: by its clock. epoch, since: of the centre's last reply.

    run: made anew at each start of the kiosk. deleted: ids of answers that were deleted at it.
    """

    run: str = Field(pattern=r"^[0-9a-f]{32}$")
    now: AwareDatetime
    epoch: str = Field(default="", max_length=36)
    since: int = Field(default=0, ge=0)
    answers: tuple[SentAnswer, ...] = Field(default=(), max_length=MOST_BATCH)
    deleted: tuple[Id, ...] = Field(default=(), max_length=1000)

    @model_validator(mode="after")
    def _each_once(self) -> Batch:
        if len({one.id for one in self.answers}) < len(self.answers):
            raise ValueError("An answer came twice in one batch.")
        return self


class BatchReply(Message):
    """What the centre did. states: of each answer. epoch: another one when the centre is another.

    deleted: answers that were deleted there, after `since`; number: what to ask for next time.
    """

    epoch: str
    states: dict[str, State]
    deleted: tuple[Id, ...] = ()
    number: int = 0


class AskedFile(Message):
    """A kiosk asks for one file of the releases; what comes back are its bytes, and no JSON."""

    name: str = Field(pattern=NAMES)


class Trouble(Message):
    """Something at a kiosk that a person must look at, in words for staff."""

    about: str = Field(max_length=40)
    says: str = Field(max_length=400)
    hint: str = Field(default="", max_length=400)


class Beat(Message):
    """How a kiosk is, each minute. Nothing of it is about a person.

    run: made anew at each start. now: by its clock. engine, pages: which versions it shows.
    drawn: the version of the pages on its own screen, "" when that has not said. screen_seconds:
    since its own screen was drawn last; None when it has no locked browser. free_mb: of the disk.
    memory_mb: that is free. temperature: of the warmest part, in Celsius; None where nothing tells.
    waiting: answers that have not gone to the centre; aside: that are set aside there.
    release: its number, 0 while it shows pages of its own. touched: the hour in which somebody used
    it last (UTC, "2026-11-27T14"), "" for not since its start.
    """

    run: str = Field(pattern=r"^[0-9a-f]{32}$")
    now: AwareDatetime
    engine: str = Field(default="", max_length=40)
    pages: str = Field(default="", max_length=80)
    drawn: str = Field(default="", max_length=80)
    screen_seconds: float | None = None
    free_mb: int | None = None
    memory_mb: int | None = None
    temperature: float | None = None
    waiting: int = Field(default=0, ge=0)
    aside: int = Field(default=0, ge=0)
    release: int = Field(default=0, ge=0)
    touched: str = Field(default="", pattern=r"^(\d{4}-\d\d-\d\dT\d\d)?$")
    troubles: tuple[Trouble, ...] = Field(default=(), max_length=20)


class BeatReply(Message):
    """The centre heard it. epoch: another one when the centre is another.

    group: the kiosks with which this one takes releases.
    """

    epoch: str
    group: str = Field(default=EVERYONE, pattern=rf"^{GROUP}$")


@dataclass(frozen=True, slots=True)
class Credential:
    """Who says to be sending, the SHA-256 of the body (hex), and the signature (hex)."""

    kiosk: str
    sha256: str
    signature: str

    def __str__(self) -> str:
        """Return it as the header `Authorization` has it."""
        return f"Kiosk {self.kiosk} {self.sha256} {self.signature}"


def credential_of(header: str) -> Credential:
    """Return what a header `Authorization` says. CentreRefused when it says nothing of the kind."""
    found = _CREDENTIAL.fullmatch(header)
    if found is None:
        raise CentreRefused("This request says nothing of the kiosk that sends it.")
    return Credential(*found.groups())


def signed_text(kiosk: str, path: str, sha256: str) -> bytes:
    """Return the bytes that a signature is of: it fits no other kiosk, request or number."""
    return f"kiosk-centre {PROTOCOL}\n{kiosk}\nPOST {path}\n{sha256}\n".encode()


def sha256_of(data: bytes) -> str:
    """Return the sum of a body (hex)."""
    return hashlib.sha256(data).hexdigest()


def own_version() -> str:
    """Return the version of this kiosk's code; "" when nobody knows."""
    try:
        return version("kiosk")
    except PackageNotFoundError:
        return ""

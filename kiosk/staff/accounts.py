"""The members of staff of a site, in one file that only its owner may read.

`data/staff/staff.yaml` has a name, a role and the argon2id hash of a password for each. No password
is kept anywhere, and a name is all that is kept of a person.
"""

from __future__ import annotations

import fcntl
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Annotated, Literal

import yaml
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from kiosk.config import Site
from kiosk.errors import StaffRefused
from kiosk.files import PRIVATE, Stamp, replace_durably, stamp_of
from kiosk.located.tree import load_yaml
from kiosk.staff.changed import Changed

Role = Literal["write", "publish"]
LEAST = 10  # letters of a password
MOST = 200
LONGEST_NAME = 60

_NAME = re.compile(r"[^\W_](?:[\w .'’-]*[\w.])?")  # noqa: RUF001
_HASHER = PasswordHasher()  # argon2id, with the costs of RFC 9106 for little memory


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    role: Role
    password: Annotated[str, Field(max_length=500)]


_FILE = TypeAdapter(list[_Kept])


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff. role: who may "publish" may also write."""

    name: str
    role: Role
    hash: str

    @property
    def may_publish(self) -> bool:
        """Whether this member may change what visitors see."""
        return self.role == "publish"


class Accounts:
    """The members of staff of one site. A change made by another process is seen at once.

    hasher: how much work a password costs; a test may take less.
    """

    def __init__(self, site: Site, hasher: PasswordHasher = _HASHER) -> None:
        self._site = site
        self._hasher = hasher
        self._folder = site.data / "staff"
        self._path = self._folder / "staff.yaml"
        self._lock = threading.Lock()
        self._read: tuple[Stamp | None, dict[str, Member]] = (None, {})
        self._nobody = ""  # a hash that nothing fits, made when it is first needed

    @property
    def members(self) -> tuple[Member, ...]:
        """All members, by name. Raises StaffRefused when their file cannot be read."""
        return tuple(sorted(self._members().values(), key=lambda one: one.name.casefold()))

    def find(self, name: str) -> Member | None:
        """Return the member of this name; capitals make no difference."""
        return self._members().get(_key(name))

    def expect(self, name: str) -> None:
        """Raise StaffRefused when there is no member of this name."""
        self._key_of(name, self._members())

    def verify(self, name: str, password: str) -> Member | None:
        """Return the member whose password this is, else None; an unknown name takes as long."""
        member = self.find(name)
        if not self._nobody:
            self._nobody = self._hasher.hash(os.urandom(16).hex())
        try:
            self._hasher.verify(member.hash if member else self._nobody, password[:MOST])
        except (VerificationError, InvalidHashError):
            return None
        return member

    def add(self, name: str, role: Role, password: str) -> Member:
        """Add a member. Raises StaffRefused for a name that is taken or a password too short."""
        name = " ".join(name.split())
        if len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
            raise StaffRefused("A name has letters, digits, spaces and hyphens, 60 at most.")
        member = Member(name, role, self._hashed(password))
        with self._changing() as members:
            if _key(name) in members:
                raise StaffRefused(f'There is a member of staff "{name}" already.')
            members[_key(name)] = member
        return member

    def remove(self, name: str) -> Member:
        """Take a member away; whoever is signed in by that name is signed out."""
        with self._changing() as members:
            gone = members.pop(self._key_of(name, members))
        Changed(self._site).forget(gone.name)
        return gone

    def set_password(self, name: str, password: str) -> Member:
        """Give a member another password; whoever is signed in by that name is signed out."""
        new = self._hashed(password)
        with self._changing() as members:
            key = self._key_of(name, members)
            members[key] = replace(members[key], hash=new)
            return members[key]

    def _key_of(self, name: str, members: dict[str, Member]) -> str:
        if _key(name) not in members:
            known = ", ".join(one.name for one in members.values()) or "nobody yet"
            raise StaffRefused(f'There is no member of staff "{name}". There is: {known}.')
        return _key(name)

    def _hashed(self, password: str) -> str:
        if not LEAST <= len(password) <= MOST:
            raise StaffRefused(f"A password has {LEAST} letters or more, such as 3 or 4 words.")
        return self._hasher.hash(password)

    def _members(self) -> dict[str, Member]:
        stamp = stamp_of(self._path)
        with self._lock:
            if stamp is None or stamp != self._read[0]:
                self._read = (stamp, self._load() if stamp is not None else {})
            return self._read[1]

    def _load(self) -> dict[str, Member]:
        try:
            kept = _FILE.validate_python(load_yaml(self._path.read_text(encoding="utf-8")) or [])
        except (OSError, ValueError, ValidationError, yaml.YAMLError):
            raise StaffRefused(
                f"I cannot read {self._path}. Put back a copy of it, or delete it and add the "
                "members of staff again."
            ) from None
        return {_key(one.name): Member(one.name, one.role, one.password) for one in kept}

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Member]]:
        """Give the members to change; they are written when no error was raised."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._folder.chmod(0o700)
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
            handle = os.open(self._folder / ".writing", flags, PRIVATE)
        except OSError as error:
            raise StaffRefused(f"I cannot write {self._path}: {error.strerror}.") from None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            members = self._load() if self._path.exists() else {}
            yield members
            kept = [
                {"name": one.name, "role": one.role, "password": one.hash}
                for one in members.values()
            ]
            text = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=1000)
            replace_durably(self._path, text.encode())
        except OSError as error:
            raise StaffRefused(f"I cannot write {self._path}: {error.strerror}.") from None
        finally:
            os.close(handle)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()

"""Who vouches for releases: the roles of TUF, their keys, and what each of them signs.

| role | key | says |
| --- | --- | --- |
| root | three, offline; two of them sign | which keys the others have |
| targets | the publisher's | which files are release 3 |
| snapshot, timestamp | the centre's | which release is the newest, signed each day |
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from securesystemslib.signer import CryptoSigner, Key, SSlibKey
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import (
    Metadata,
    MetaFile,
    Role,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

from kiosk.errors import ReleaseRefused
from kiosk.files import put
from kiosk.fleet.keys import KioskKey
from kiosk.fleet.names import of_role

ROOT_KEYS, ROOT_NEEDED = 3, 2
TIMESTAMP_DAYS = 90
"""How long a kiosk believes that the newest release is the newest, without a new word."""

_LONG = timedelta(days=3650)  # what is fresh is said by the timestamp alone
_KEY = re.compile(r"^[0-9a-f]{64}$", re.M)

T = TypeVar("T", Root, Targets, Snapshot, Timestamp)


def _until(life: timedelta) -> datetime:
    return (datetime.now(UTC) + life).replace(microsecond=0)


def public_key(text: str) -> SSlibKey:
    """Return the public key that `text` says (64 hex digits). ReleaseRefused."""
    if not _KEY.fullmatch(text.strip()):
        raise ReleaseRefused("That is no key: it has 64 characters.", "kiosk centre key")
    return SSlibKey.from_crypto(Ed25519PublicKey.from_public_bytes(bytes.fromhex(text.strip())))


def public_text(key: SSlibKey) -> str:
    """Return a public key as people copy it."""
    return str(key.keyval["public"])


def write_key(file: Path, what: str) -> CryptoSigner:
    """Make a key, and keep it in a new private file. what: a line about it. FileExistsError."""
    key = KioskKey()
    if not put(file, f"# {what}\n{key.text}\n".encode()):
        raise FileExistsError(file)
    return _signer(key.text)


def read_key(file: Path) -> CryptoSigner:
    """Return the key in a file. ReleaseRefused when there is none."""
    try:
        found = _KEY.search(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        found = None
    if found is None:
        raise ReleaseRefused(f"There is no key in {file}.")
    return _signer(found[0])


def _signer(text: str) -> CryptoSigner:
    return CryptoSigner(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(text)))


def new_root(version: int, roots: Sequence[Key], publisher: Key, centre: Key) -> Metadata[Root]:
    """Return a root that nobody has signed yet: who vouches for what from now on."""
    holders = {
        "root": (list(roots), ROOT_NEEDED),
        "targets": ([publisher], 1),
        "snapshot": ([centre], 1),
        "timestamp": ([centre], 1),
    }
    root = Root(
        version=version,
        expires=_until(_LONG),
        keys={key.keyid: key for keys, _ in holders.values() for key in keys},
        roles={
            role: Role([key.keyid for key in keys], needed)
            for role, (keys, needed) in holders.items()
        },
        consistent_snapshot=True,
    )
    return Metadata(root)


def new_targets(
    number: int, groups: dict[str, bytes], older: dict[str, TargetFile] | None = None
) -> Metadata[Targets]:
    """Return the list of a release that nobody has signed yet.

    groups: a manifest of this number for each. older: what other groups go on with.
    """
    targets = dict(older or {})
    for group, manifest in groups.items():
        targets[group] = TargetFile.from_data(group, manifest, ["sha256"])
        targets[group].unrecognized_fields["custom"] = {"number": number}
    return Metadata(Targets(version=number, expires=_until(_LONG), targets=targets))


def number_of(target: TargetFile) -> int:
    """Return the number of the release that a list names for a group. ReleaseRefused."""
    number = target.custom.get("number") if isinstance(target.custom, dict) else None
    if not isinstance(number, int):
        raise ReleaseRefused(f'The list of releases says no number for "{target.path}".')
    return number


def new_snapshot(version: int, number: int, targets: bytes) -> Metadata[Snapshot]:
    """Return what the centre signs: that this list, of release `number`, is the newest."""
    meta = {"targets.json": MetaFile.from_data(number, targets, ["sha256"])}
    return Metadata(Snapshot(version=version, expires=_until(_LONG), meta=meta))


def new_timestamp(version: int, snapshot: bytes) -> Metadata[Timestamp]:
    """Return what the centre signs each day: that this snapshot is the newest today."""
    meta = MetaFile.from_data(version, snapshot, ["sha256"])
    life = timedelta(days=TIMESTAMP_DAYS)
    return Metadata(Timestamp(version=version, expires=_until(life), snapshot_meta=meta))


def read(kind: type[T], data: bytes, name: str) -> Metadata[T]:
    """Return what one of TUF's files says; it is not believed yet. ReleaseRefused."""
    try:
        found = Metadata[T].from_bytes(data)
    except RepositoryError:
        found = None
    if found is None or not isinstance(found.signed, kind):
        raise ReleaseRefused(f"{name} is damaged.")
    return found


def next_root(before: Root | None, data: bytes, name: str) -> Root:
    """Return the root that follows `before`, or the first. ReleaseRefused: too few have signed."""
    found = read(Root, data, name)
    version = 1 if before is None else before.version + 1
    if found.signed.version != version:
        raise ReleaseRefused(f"{name} is not the root that comes next.")
    if not found.signed.get_root_verification_result(before, found.signed_bytes, found.signatures):
        raise ReleaseRefused(
            f"{name} is signed by too few keys.", "kiosk release sign, with another root key"
        )
    return found.signed


def believed(root: Root, kind: type[T], data: bytes, name: str) -> T:
    """Return what a role says, if its keys have signed it. ReleaseRefused."""
    found = read(kind, data, name)
    try:
        root.verify_delegate(found.signed.type, found.signed_bytes, found.signatures)
    except (RepositoryError, ValueError):
        raise ReleaseRefused(
            f"{name} is not signed by a key that may sign it.", "kiosk release sign"
        ) from None
    return found.signed


def fingerprint(root: Root) -> str:
    """Return the number by which people compare a root: of its own keys, in groups of four."""
    told = "".join(sorted(root.roles["root"].keyids)) + str(root.version)
    value = hashlib.sha256(told.encode()).hexdigest()[:32].upper()
    return "-".join(value[at : at + 4] for at in range(0, len(value), 4))


def signed(metadata: Metadata[T], *signers: CryptoSigner) -> bytes:
    """Return it signed by these keys, beside those that have signed it."""
    for one in signers:
        metadata.sign(one, append=True)
    return metadata.to_bytes()


def name_of(metadata: Metadata[T]) -> str:
    """Return the name of its file."""
    return of_role(metadata.signed.type, metadata.signed.version)

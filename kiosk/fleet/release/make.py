"""At the publisher: begin a folder of releases, make a release, and sign it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, Root, TargetFile, Targets

from kiosk.config import Site
from kiosk.content import Library
from kiosk.content.places import RECORDED
from kiosk.errors import ReleaseRefused
from kiosk.fleet.names import EVERYONE
from kiosk.fleet.release.folder import KEYS, ReleaseFolder
from kiosk.fleet.release.look import LOOK, look_at
from kiosk.fleet.release.manifest import (
    PARTS,
    Manifest,
    ReleasedFile,
    must_be_group,
    unfit,
)
from kiosk.fleet.release.trust import (
    ROOT_KEYS,
    new_root,
    new_targets,
    next_root,
    number_of,
    public_key,
    read,
    read_key,
    signed,
    write_key,
)
from kiosk.fleet.wire import MOST_FILE, own_version
from kiosk.recorded.read import may_be_heard


@dataclass(frozen=True, slots=True)
class Made:
    """A release that waits to be signed. added, changed, removed: paths, beside the one before.

    left_out: lines for staff, about what may not go out.
    """

    number: int
    files: int
    size: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """What was signed. lacking: how many more keys must sign it; 0: it is done."""

    what: str
    lacking: int


def begin(folder: Path, centre: str) -> Root:
    """Make a folder of releases with all its keys. centre: the public key of the centre.

    ReleaseRefused when there is something there already.
    """
    key = public_key(centre)
    made = ReleaseFolder(folder)
    keys = folder / KEYS
    try:
        if folder.exists() and any(folder.iterdir()):
            raise ReleaseRefused(f"{folder} is not empty.", "name a new folder.")
        keys.mkdir(parents=True, mode=0o700)
        roots = [
            write_key(keys / f"root-{one}.key", f"Root key {one} of {ROOT_KEYS}. Keep it apart.")
            for one in range(1, ROOT_KEYS + 1)
        ]
        publisher = write_key(keys / "publisher.key", "It signs releases. Keep it private.")
    except OSError as error:
        raise ReleaseRefused(f"I cannot write into {folder}: {error.strerror or error}.") from None
    root = new_root(1, [one.public_key for one in roots], publisher.public_key, key)
    made.write("1.root.json", signed(root, *roots))
    return root.signed


def make(site: Site, folder: ReleaseFolder, note: str = "", group: str = EVERYONE) -> Made:
    """Make the next release of the pages as they are now, for a group; it waits to be signed.

    Kiosks of other groups go on with what they have. Nothing goes out that has a mistake, and no
    voice whose consent does not say so. ReleaseRefused.
    """
    folder.root()
    last = folder.newest()
    if must_be_group(group) != EVERYONE and not last:
        raise ReleaseRefused("The first release is for all kiosks.", "kiosk release make FOLDER")
    before = folder.manifest(last, group).files if last else {}
    pages = [
        page for language in Library(site).languages.values() for page in language.pages.values()
    ]
    voices, left_out = may_be_heard(site, pages, "release", whole=False)
    heard = {path.with_suffix(RECORDED) for path in voices}
    files: dict[str, ReleasedFile] = {}
    for path in _files(site):
        shown = path.relative_to(site.root)
        if shown.parent.suffix == RECORDED and shown.parent not in heard:
            continue
        name = shown.as_posix()
        if why := unfit(name):
            raise ReleaseRefused(f"{name} cannot go out. {why}", "give it another name.")
        files[name] = _kept(folder, path, name)
    if files == before and folder.is_believed(last):  # a key may have gone: then it goes out anew
        raise ReleaseRefused(f"Nothing has changed since release {last}.")
    if not files:
        raise ReleaseRefused(f"There is nothing in {site.content}.")
    manifest = Manifest(
        number=last + 1,
        made=datetime.now(UTC).replace(microsecond=0),
        engine=own_version(),
        note=note,
        files=files,
    )
    _look(site, folder, manifest)
    _await(folder, manifest, group)
    return _made(manifest, before, left_out)


def widen(site: Site, folder: ReleaseFolder, group: str) -> Made:
    """Make a release for all kiosks that has the pages which a group has now. ReleaseRefused."""
    last = folder.newest()
    if group not in (_newer(folder, last) if last else {}):
        raise ReleaseRefused(
            f'The group "{group}" has no pages of its own in {folder.path}.',
            "kiosk release make FOLDER --for GROUP",
        )
    tried, now = folder.manifest(last, group), folder.manifest(last)
    note = tried.note or f"Release {tried.number}, for all."
    manifest = replace_number(tried, last + 1, note, None)
    _look(site, folder, manifest)
    _await(folder, manifest, EVERYONE)
    return _made(manifest, now.files, ())


def withdraw(site: Site, folder: ReleaseFolder) -> Made:
    """Make a release that shows again what stood before the newest, which nobody goes back to.

    It is signed and published like each other: a higher number with older pages, for the group
    that the newest was for. ReleaseRefused.
    """
    last = folder.newest()
    if last < 2:
        raise ReleaseRefused("There is no release before the newest.", "mend the pages, and make.")
    group = next((one for one, number in _newer(folder, last).items() if number == last), EVERYONE)
    now = folder.manifest(last, group)
    before = folder.manifest(last - 1, group)
    manifest = replace_number(before, last + 1, f"Release {last} is withdrawn.", last)
    _look(site, folder, manifest)
    _await(folder, manifest, group)
    return _made(manifest, now.files, ())


def _newer(folder: ReleaseFolder, number: int) -> dict[str, int]:
    """Return the groups that have newer pages than all the others in a list, and their number."""
    targets = folder.signed_list(number).targets
    everyone = number_of(targets[EVERYONE])
    found = {group: number_of(target) for group, target in targets.items()}
    return {group: one for group, one in found.items() if one > everyone}


def replace_number(before: Manifest, number: int, note: str, withdraws: int | None) -> Manifest:
    """Return the same files as another release."""
    made = datetime.now(UTC).replace(microsecond=0)
    changed = {"number": number, "made": made, "note": note, "withdraws": withdraws}
    return before.model_copy(update=changed)


def sign(folder: ReleaseFolder, key: Path) -> Signed:
    """Sign what waits, with the key in a file. ReleaseRefused when it is not for this key."""
    signer = read_key(key)
    root = folder.root()
    if folder.waiting("root").exists():
        return _sign_root(folder, root, signer)
    file = folder.waiting("targets")
    if not file.exists():
        raise ReleaseRefused("Nothing waits to be signed.", "kiosk release make FOLDER")
    found = read(Targets, file.read_bytes(), file.name)
    if signer.public_key.keyid not in root.roles["targets"].keyids:
        raise ReleaseRefused(
            f"The key in {key} may not sign releases.", "the key in keys/publisher.key"
        )
    number = found.signed.version
    if number != folder.newest() + 1:
        raise ReleaseRefused(f"Release {number} is not the next one.", "make it again.")
    folder.manifest_of(found.signed)
    folder.write(f"{number}.targets.json", signed(found, signer))
    file.unlink()
    return Signed(f"Release {number}", 0)


def _sign_root(folder: ReleaseFolder, root: Root, signer: CryptoSigner) -> Signed:
    file = folder.waiting("root")
    found = read(Root, file.read_bytes(), file.name)
    known = {*root.roles["root"].keyids, *found.signed.roles["root"].keyids}
    if signer.public_key.keyid not in known:
        raise ReleaseRefused("Only a root key signs this.", "the key on one of the root sticks.")
    data = signed(found, signer)
    told = found.signed.get_root_verification_result(root, found.signed_bytes, found.signatures)
    what = f"Root {found.signed.version}"
    if not told:
        folder.write(file.name, data)
        return Signed(what, max(told.first.missing, told.second.missing))
    next_root(root, data, file.name)
    folder.write(f"{found.signed.version}.root.json", data)
    file.unlink()
    return Signed(what, 0)


def renew(folder: ReleaseFolder, lost: str, centre: str = "") -> Path | None:
    """Prepare a root in which another key stands for one that was lost or stolen.

    lost: "publisher", "centre", or the name of a root key such as "root-2". centre: its new public
    key. Returns the file of the new key; None for the centre's. Two root keys must sign it.
    """
    root = folder.root()
    roles = root.roles
    keys = {role: [root.keys[one] for one in roles[role].keyids] for role in roles}
    number = root.version + 1
    new: Path | None = None
    if lost == "centre":
        keys["timestamp"] = [public_key(centre)]
    else:
        new = folder.path / KEYS / f"{lost}-{number}.key"
        new.parent.mkdir(exist_ok=True, mode=0o700)
        if lost == "publisher":
            keys["targets"] = [write_key(new, "It signs releases. Keep it private.").public_key]
        else:
            found = [at for at in range(ROOT_KEYS) if lost == f"root-{at + 1}"]
            if not found:
                raise ReleaseRefused(f'There is no key "{lost}".')
            keys["root"][found[0]] = write_key(new, "A root key. Keep it apart.").public_key
    made = new_root(number, keys["root"], keys["targets"][0], keys["timestamp"][0])
    folder.write(folder.waiting("root").name, made.to_bytes())
    return new


def _await(folder: ReleaseFolder, manifest: Manifest, group: str) -> None:
    """Let a manifest wait to be signed. Other groups keep what they have, if it is newer."""
    data = manifest.data()
    folder.add_blob(data)
    older: dict[str, TargetFile] = {}
    if group != EVERYONE:
        last = folder.newest()
        targets_now = folder.signed_list(last).targets
        older = {one: targets_now[one] for one in (EVERYONE, *_newer(folder, last))}
        for one in older:
            _must_be_whole(folder, last, one)
    targets: Metadata[Targets] = new_targets(manifest.number, {group: data}, older)
    folder.write(folder.waiting("targets").name, targets.to_bytes())


def _must_be_whole(folder: ReleaseFolder, number: int, group: str) -> None:
    """Raise ReleaseRefused when the kiosks of a group cannot go on with what they have."""
    try:
        for sha256 in folder.manifest(number, group).blobs:
            folder.blob(sha256)
    except ReleaseRefused:
        raise ReleaseRefused(
            "A file that the other kiosks still show is gone from the folder, such as a voice that "
            "was taken back.",
            f"make a release for all of them: kiosk release make {folder.path}",
        ) from None


def _made(manifest: Manifest, before: dict[str, ReleasedFile], left_out: tuple[str, ...]) -> Made:
    now = manifest.files
    return Made(
        manifest.number,
        len(now),
        sum(manifest.blobs.values()),
        tuple(sorted(now.keys() - before.keys())),
        tuple(sorted(path for path in now.keys() & before.keys() if now[path] != before[path])),
        tuple(sorted(before.keys() - now.keys())),
        left_out,
    )


def _files(site: Site) -> Iterator[Path]:
    """Yield every file that goes out. ReleaseRefused for what is neither file nor folder."""
    for part in PARTS:
        for folder, folders, names in os.walk(site.root / part):
            folders[:] = sorted(one for one in folders if not one.startswith("."))
            here = Path(folder)
            for name in sorted(names):
                path = here / name
                if name.startswith("."):
                    continue
                if path.is_symlink() or not path.is_file():
                    raise ReleaseRefused(
                        f"{site.shown(path)} is a link, or no file.", "put the file itself there."
                    )
                yield path
            for name in folders:
                if (here / name).is_symlink():
                    raise ReleaseRefused(
                        f"{site.shown(here / name)} is a link.", "put the folder itself there."
                    )


def _kept(folder: ReleaseFolder, path: Path, name: str) -> ReleasedFile:
    try:
        if path.stat().st_size > MOST_FILE:
            raise ReleaseRefused(
                f"{name} is too large: {MOST_FILE // 1_000_000} MB are the most.",
                "make it smaller.",
            )
        data = path.read_bytes()
    except OSError as error:
        raise ReleaseRefused(f"I cannot read {name}: {error.strerror}.") from None
    return ReleasedFile(sha256=folder.add_blob(data), size=len(data))


def _look(site: Site, folder: ReleaseFolder, manifest: Manifest) -> None:
    """Look at the release as a kiosk with the settings of this site will."""
    with tempfile.TemporaryDirectory(dir=folder.path, prefix=LOOK) as name:
        whole = Path(name) / "site"
        for path, one in manifest.files.items():
            file = whole / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(folder.blob(one.sha256))
        look_at(site, whole, manifest.number)

"""Clips on disk: `<key>.flac` is the sound, `<key>.json` its length and the times of its words.

It is a cache: what is missing or damaged is rendered again, and all of it may be deleted. It has a
budget, and it leaves room on the disk for what must be kept. When there is no more room, the clips
that were used least recently go. When a clip was used is the time of its `.json`, set anew at most
once an hour, so that the order outlives a restart.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import math
import os
import threading
import time
import zlib
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kiosk.disk import filled, free_bytes
from kiosk.files import Stamp, replace_file, stamp
from kiosk.speech.engine import Voice, WordTime
from kiosk.speech.packed import packed, unpacked

MOST = 400_000_000  # bytes: the budget of a folder that is given none
RECENT_SECONDS = 600.0  # a clip that was asked for is spared for so long: it is still to be played
_FORMAT = 3  # part of every key: a higher number forgets all kept clips
_UNFINISHED = ".clip-"
_SOUND = ".flac"
_OURS = (_SOUND, ".json", ".wav")  # WAV: of an earlier kiosk, nobody asks for it any more
_BUSY = "another program is writing there"
_USE_SECONDS = 3600.0  # how often it is noted on disk that a clip is in use
_LOCK_SECONDS = 0.5  # how long another program's writing is waited for, ...
_LATER_SECONDS = 10.0  # ... and how long nothing is written when that was in vain
# The folder may have been changed by another program. It is counted anew for each clip, or, with
# more room left than programs can fill in a second, once a second.
_COUNT_SECONDS = 1.0
_FAR = 64_000_000


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence that can be played. key: names its clip; words: ranges of `text`, seconds."""

    text: str
    key: str
    seconds: float
    words: tuple[WordTime, ...]


def key_of(engine: str, version: str, voice: Voice, text: str, said: str) -> str:
    """Return the name of a clip: another voice, speed, text or engine has another name."""
    parts = [_FORMAT, engine, version, voice.name, voice.rate, text, said]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


class Clips:
    """The folder of the kept clips. Safe to share by threads and by processes.

    most: bytes of the disk that they fill together at most, in whole blocks. floor: bytes of the
    disk that they leave free.
    """

    def __init__(self, folder: Path, *, most: int = MOST, floor: int = 0) -> None:
        self._folder = folder
        self._most = most
        self._floor = floor
        # Sound that was read through once: its stamp then. A stat is enough after that.
        self._checked: dict[str, Stamp] = {}
        self._writer = threading.Lock()
        self._later = 0.0  # nothing is written before
        self._look = threading.Lock()  # for what follows
        self._sizes: OrderedDict[str, int] = OrderedDict()  # used least recently first
        self._filled = 0  # bytes; with files that are not ours
        self._stamp = 0  # the time of the folder, as we left it
        self._counted = -math.inf  # when we looked what is in it, ...
        self._stale = True  # ... and whether that is old
        self._handed: OrderedDict[str, float] = OrderedDict()  # key -> when it was asked for

    def find(self, text: str, key: str, *, use: bool = True) -> Spoken | None:
        """Return the kept clip; None when there is none, or when it is damaged.

        use: somebody asks for it to play it, so it is spared for a while.
        """
        try:
            with (self._folder / f"{key}.json").open("rb") as file:
                used = os.fstat(file.fileno()).st_mtime
                told = json.load(file)
            words = tuple(
                WordTime(int(a), int(b), float(c), float(d)) for a, b, c, d in told["words"]
            )
            if not self._is_whole(key, told["sound"]):
                return None
            found = Spoken(text, key, float(told["seconds"]), words)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if use:
            self._note_use(key, used)
        return found

    def sound(self, key: str) -> bytes | None:
        """Return the sound of a kept clip to play it; None when there is none."""
        try:
            used = (self._folder / f"{key}.json").stat().st_mtime
            wav = unpacked((self._folder / f"{key}{_SOUND}").read_bytes())
        except OSError:
            return None
        self._note_use(key, used)
        return wav

    def size(self, key: str) -> int:
        """Return how much of the disk a clip fills that is kept; 0 when it is not known."""
        with self._look:
            return self._sizes.get(key, 0)

    def keep(self, spoken: Spoken, wav: bytes, *, ranks: Mapping[str, int] | None = None) -> bool:
        """Write a clip; a reader sees all of it or nothing. False when there is no room for it.

        What was used least recently goes for it, but nothing that was asked for just now. ranks:
        it is made ahead, and only what has a higher number goes for it, or none. Raises OSError;
        BlockingIOError while another program writes there for long.
        """
        sound = packed(wav)
        told = {
            "seconds": spoken.seconds,
            "sound": zlib.crc32(sound),
            "words": [
                [word.start, word.end, word.starts_at, word.ends_at] for word in spoken.words
            ],
        }
        data = json.dumps(told).encode()
        size = filled(len(sound)) + filled(len(data))
        with self._writing():
            self._drop([spoken.key])  # only what is damaged is rendered again
            if not self._make_room(size, spoken.key, ranks):
                return False
            with self._look:  # before it is there: what fails half-way is dropped
                self._sizes[spoken.key] = size
                self._filled += size
            try:
                # The sound first: whoever finds the times finds the sound too. What a power cut
                # takes is rendered again.
                for suffix, part in ((_SOUND, sound), (".json", data)):
                    replace_file(self._folder / f"{spoken.key}{suffix}", part, prefix=_UNFINISHED)
            except BaseException:
                self._drop([spoken.key])
                raise
        return True

    def capacity(self) -> int:
        """Return how many bytes the clips may fill on this disk now. Raises OSError."""
        with self._writing():
            return self._filled + self._room()

    def give_room(self) -> int:
        """Delete clips while they fill more than they may; return how many. Raises OSError.

        Other things come to a disk too. They need the room more, so nothing is spared.
        """
        with self._writing(sure=True):
            with self._look:
                keys = list(self._sizes)
            needed = -self._room()
            return self._drop(self._enough(needed, keys)) if needed > 0 else 0

    def prune(self, keep: Collection[str]) -> int:
        """Delete every clip whose key is not in `keep`; return how many. Raises OSError."""
        with self._writing(sure=True):
            with self._look:
                gone = [key for key in self._sizes if key not in keep]
            return self._drop(gone)

    def fill(self) -> int:
        """Return how much of the disk the folder fills now. Nothing is changed."""
        sizes, others, _ = self._scan()
        return sum(sizes.values()) + others

    def _is_whole(self, key: str, sound: int) -> bool:
        path = self._folder / f"{key}{_SOUND}"
        now = stamp(path.stat())
        if self._checked.get(key) != now:
            # Against damage, not against people: quick, as a start looks at thousands of clips.
            if zlib.crc32(path.read_bytes()) != sound:
                return False
            self._checked[key] = now
        return True

    def _note_use(self, key: str, used: float) -> None:
        if abs(time.time() - used) > _USE_SECONDS:
            with suppress(OSError):
                os.utime(self._folder / f"{key}.json")
        now = time.monotonic()
        with self._look:
            self._handed[key] = now
            self._handed.move_to_end(key)
            while now - next(iter(self._handed.values())) > RECENT_SECONDS:
                self._handed.popitem(last=False)
            if key in self._sizes:
                self._sizes.move_to_end(key)

    @contextmanager
    def _writing(self, *, sure: bool = False) -> Iterator[None]:
        """Let one writer of all threads and programs in, who knows what is there. OSError.

        sure: also what another program has written just now.
        """
        with self._writer:
            if time.monotonic() < self._later:
                raise BlockingIOError(_BUSY)
            self._folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                self._wait_for(handle)
                self._count(os.fstat(handle).st_mtime_ns, sure=sure)
                try:
                    yield
                finally:
                    self._leave(handle)
            finally:
                os.close(handle)  # this gives the lock back

    def _wait_for(self, handle: int) -> None:
        deadline = time.monotonic() + _LOCK_SECONDS
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                if time.monotonic() > deadline:
                    self._later = time.monotonic() + _LATER_SECONDS
                    raise BlockingIOError(_BUSY) from error
                time.sleep(0.002)
            else:
                return

    def _count(self, changed: int, *, sure: bool) -> None:
        """Look what is in the folder, unless it is as we left it."""
        now = time.monotonic()
        self._stale |= changed != self._stamp
        far = self._most - self._filled > _FAR and now - self._counted < _COUNT_SECONDS
        if not self._stale or (far and not sure):
            return
        sizes, others, unfinished = self._scan()
        for path in unfinished:  # of a program that died: nobody else writes now
            path.unlink(missing_ok=True)
        with self._look:
            # What we know keeps its order; what another program wrote came last.
            for key in [one for one in self._sizes if one not in sizes]:
                del self._sizes[key]
            self._sizes.update(sizes)
            self._filled = sum(sizes.values()) + others
        self._counted, self._stale = now, False

    def _scan(self) -> tuple[dict[str, int], int, list[Path]]:
        """Return the clips with their sizes, used least recently first, the rest's, and remains."""
        sizes: dict[str, int] = {}
        used: dict[str, float] = {}
        others, unfinished = 0, []
        now = time.time()
        with suppress(FileNotFoundError), os.scandir(self._folder) as entries:
            for entry in entries:
                try:
                    about = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue  # taken away while we look
                key, suffix = os.path.splitext(entry.name)  # noqa: PTH122 - of thousands of names
                if entry.name.startswith(_UNFINISHED):
                    unfinished.append(Path(entry.path))
                    continue
                if suffix not in _OURS:
                    others += filled(about.st_size)
                    continue
                sizes[key] = sizes.get(key, 0) + filled(about.st_size)
                # A clock that was ahead would keep a clip for ever.
                used[key] = max(used.get(key, 0.0), min(about.st_mtime, now))
        return {key: sizes[key] for key in sorted(sizes, key=used.__getitem__)}, others, unfinished

    def _leave(self, handle: int) -> None:
        """Remember the folder as it is now, by a time that no other program gives it."""
        about = os.fstat(handle)
        if about.st_mtime_ns != self._stamp:
            with suppress(OSError):
                now = time.time_ns()
                os.utime(handle, ns=(now, now))
            self._stamp = os.fstat(handle).st_mtime_ns

    def _room(self) -> int:
        """Return how many bytes may be written; less than 0 when there are too many."""
        return min(self._most - self._filled, free_bytes(self._folder) - self._floor)

    def _may_go(self, key: str, ranks: Mapping[str, int] | None) -> list[str]:
        now = time.monotonic()
        with self._look:
            free = [
                one
                for one in self._sizes
                if now - self._handed.get(one, -RECENT_SECONDS) >= RECENT_SECONDS
            ]
        if ranks is None:
            return free
        last = len(ranks)
        lesser = [one for one in free if ranks.get(one, last) > ranks[key]]
        return sorted(lesser, key=lambda one: -ranks.get(one, last))

    def _make_room(self, size: int, key: str, ranks: Mapping[str, int] | None) -> bool:
        """Delete what may go for a clip of this size; False when it is not enough."""
        needed = size - self._room()
        if needed <= 0:
            return True
        gone = self._enough(needed, self._may_go(key, ranks))
        if sum(map(self.size, gone)) < needed:
            return False  # it would go in vain
        self._drop(gone)
        return True

    def _enough(self, needed: int, keys: Iterable[str]) -> list[str]:
        """Return the first of these clips that fill so much of the disk, or all of them."""
        found = []
        for key in keys:
            if needed <= 0:
                break
            needed -= self.size(key)
            found.append(key)
        return found

    def _drop(self, keys: Iterable[str]) -> int:
        """Delete clips; return how many there were."""
        count = 0
        for key in keys:
            if not (size := self.size(key)):
                continue
            # The times first: whoever finds them finds the sound too.
            for suffix in (".json", _SOUND, ".wav"):
                (self._folder / f"{key}{suffix}").unlink(missing_ok=True)
            self._checked.pop(key, None)
            with self._look:
                del self._sizes[key]
                self._filled -= size
            count += 1
        return count

"""Whether a LevelDB folder is sound: Chromium deletes a damaged one as soon as it opens it.

What is looked at is what a power cut can tear: CURRENT, the manifest that it names, the tables that
the manifest names (there, whole, with their last bytes), and each record of the logs, by its
checksum. The insides of tables are not: they were synced before a manifest named them.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_BLOCK, _HEADER = 32768, 7
_FULL, _FIRST, _MIDDLE, _LAST = 1, 2, 3, 4
_TABLE_END = bytes.fromhex("57fb808b247547db")
# Tags of a manifest: those with one number, and those with a key of a level.
_LOG_NUMBER, _NUMBERS, _DELETED, _NEW_FILE = 2, (2, 3, 4, 9), 6, 7
_COMPARATOR, _COMPACT = 1, 5


def _table() -> list[int]:
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
        table.append(byte)
    return table


_CRC32C = _table()


@dataclass(frozen=True, slots=True)
class Damage:
    """what: in words. log, sound: the log that can be cut there, behind its last sound record."""

    what: str
    log: Path | None = None
    sound: int = 0


def damage_of(folder: Path) -> Damage | None:
    """Return what is damaged in a LevelDB folder; None when all is sound, or nothing is in it."""
    others = [one for one in folder.iterdir() if one.name not in ("LOCK", "LOG", "LOG.old")]
    if not others:
        return None
    try:
        named = (folder / "CURRENT").read_text(encoding="ascii")
        if not named.startswith("MANIFEST-") or not named.endswith("\n"):
            return Damage("CURRENT names no manifest")
        records, sound = _records((folder / named.strip()).read_bytes())
        if sound is not None or not records:
            return Damage(f"{named.strip()} is torn")
        state = _State()
        for record in records:
            state.take(record)
        for number, size in state.tables.items():
            if not _is_whole(folder, number, size):
                return Damage(f"the table {number} is not whole")
        for log in sorted(folder.glob("*.log"), key=lambda one: int(one.stem)):
            if int(log.stem) >= state.log:
                _, sound = _records(log.read_bytes())
                if sound is not None:
                    return Damage(f"{log.name} is torn", log, sound)
    except (OSError, ValueError, IndexError) as error:
        return Damage(f"it cannot be read ({error})")
    return None


def _is_whole(folder: Path, number: int, size: int) -> bool:
    for ending in ("ldb", "sst"):
        file = folder / f"{number:06}.{ending}"
        if file.is_file():
            data = file.read_bytes()
            return len(data) == size and data.endswith(_TABLE_END)
    return False


def _records(data: bytes) -> tuple[list[bytes], int | None]:
    """Return a log's records, and where the first one that is damaged begins.

    What breaks off at the end of the file was never told to be saved: that is no damage.
    """
    records: list[bytes] = []
    parts: list[bytes] = []  # of a record that goes over several blocks
    place = begin = 0
    while place + _HEADER <= len(data):
        left = _BLOCK - place % _BLOCK
        if left < _HEADER:
            place += left
            continue
        checksum, length, kind = struct.unpack_from("<IHB", data, place)
        if kind == 0 and length == 0:  # room that was made and never used
            place += left
            continue
        end = place + _HEADER + length
        if _HEADER + length > left:
            return records, begin if parts else place
        if end > len(data):
            break
        begins, ends = kind in (_FULL, _FIRST), kind in (_FULL, _LAST)
        fits = kind in (_FULL, _FIRST, _MIDDLE, _LAST) and begins != bool(parts)
        if not fits or _masked(data[place + 6 : end]) != checksum:
            return records, begin if parts else place
        begin = place if begins else begin
        parts.append(data[place + _HEADER : end])
        if ends:
            records.append(b"".join(parts))
            parts = []
        place = end
    return records, None


def _masked(data: bytes) -> int:
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ _CRC32C[(crc ^ byte) & 0xFF]
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


@dataclass
class _State:
    """What the records of a manifest come to. tables: their numbers and sizes."""

    log: int = 0
    tables: dict[int, int] = field(default_factory=dict)

    def take(self, record: bytes) -> None:
        """Take one record. ValueError or IndexError: it is none."""
        words = _Words(record)
        for tag in words:
            if tag in _NUMBERS:
                number = words.number()
                self.log = number if tag == _LOG_NUMBER else self.log
            elif tag == _COMPARATOR:
                words.text()
            elif tag == _COMPACT:
                words.number()
                words.text()
            elif tag == _DELETED:
                words.number()
                self.tables.pop(words.number(), None)
            elif tag == _NEW_FILE:
                words.number()
                number = words.number()
                self.tables[number] = words.number()
                words.text()
                words.text()
            else:
                raise ValueError(f"a record of the manifest has the tag {tag}")


class _Words:
    """Reads a record: numbers of seven bits a byte, and texts with their length before them."""

    def __init__(self, data: bytes) -> None:
        self._data, self._place = data, 0

    def __iter__(self) -> Iterator[int]:
        """Give the number of each tag."""
        while self._place < len(self._data):
            yield self.number()

    def number(self) -> int:
        """Return the next number."""
        value = shift = 0
        while True:
            byte = self._data[self._place]
            self._place += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7

    def text(self) -> None:
        """Go over the next text."""
        length = self.number()
        if self._place + length > len(self._data):
            raise ValueError("a text of the manifest breaks off")
        self._place += length

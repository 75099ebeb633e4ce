"""Takes a pack of pictures over into a site: all of it or nothing.

Everything is looked at first and written into a folder beside the packs. One renaming makes it a
pack. When anything is refused, nothing of it is left.
"""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import yaml

from kiosk.config import Site
from kiosk.errors import PackRefused
from kiosk.symbols.archive import PackFiles, open_source
from kiosk.symbols.bitmaps import clean_bitmap
from kiosk.symbols.cleaning import Hostile, Unusable, clean_svg
from kiosk.symbols.layouts import NOT_KNOWN, PackPicture, read_layout
from kiosk.symbols.model import fold
from kiosk.symbols.packs import ABOUT, COLUMNS, INDEX, PICTURES, About

MOST_PICTURES = 10_000
Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a pack. left_out: (file, reason); unlisted: files that no table names."""

    name: str
    folder: Path
    about: About
    names: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    unlisted: int
    is_known: bool


def add_pack(
    site: Site,
    pack: Path,
    *,
    name: str = "",
    about: About | None = None,
    progress: Progress = lambda *_: None,
) -> Added:
    """Take over a folder, a zip or an .obz. about: stands above the pack's own `pack.yaml`.

    progress: is told before each picture, with its number from 1 and how many there are.
    Raises PackRefused with the reason; then nothing was written.
    """
    with open_source(pack) as source:
        layout = read_layout(source, about)
        if len(layout.pictures) > MOST_PICTURES:
            raise PackRefused(f"The pack has more than {MOST_PICTURES:,} pictures.")
        title = layout.about.title if layout.about else name or pack.stem
        name = fold(name or title).replace(" ", "-")[:40].strip("-")
        if not name:
            raise PackRefused("The pack needs a name. Try --name.")
        target = site.assets / "packs" / name
        if target.exists():
            raise PackRefused(
                f'There is a pack "{name}" already. Take {site.shown(target)} away first, '
                "or give this one another name with --name."
            )
        is_known = layout.about is not None
        told = layout.about or About(title=title, creator=NOT_KNOWN, licence=NOT_KNOWN)
        names, left_out = _write(source, layout.pictures, told, target, progress)
    return Added(name, target, told, names, left_out, layout.unlisted, is_known)


def _write(
    source: PackFiles, pictures: list[PackPicture], about: About, target: Path, progress: Progress
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    made = [one for one in (target.parent.parent, target.parent) if not one.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=target.parent))
    try:
        rows, left_out = _write_pictures(source, pictures, fresh / PICTURES, progress)
        _write_index(rows, fresh / INDEX)
        facts = about.model_dump(mode="json", exclude={"index"})
        text = yaml.safe_dump(facts, allow_unicode=True, sort_keys=False)
        (fresh / ABOUT).write_text(text, encoding="utf-8")
        fresh.chmod(0o755)
        fresh.rename(target)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        for one in reversed(made):
            one.rmdir()
        raise
    return tuple(row["name"] for row in rows), left_out


def _write_pictures(
    source: PackFiles, pictures: list[PackPicture], folder: Path, progress: Progress
) -> tuple[list[dict[str, str]], tuple[tuple[str, str], ...]]:
    folder.mkdir()
    rows: list[dict[str, str]] = []
    left_out: list[tuple[str, str]] = []
    names: set[str] = set()
    for number, picture in enumerate(pictures, 1):
        progress(number, len(pictures))
        given = source.read(picture.place) if picture.data is None else picture.data
        try:
            data, suffix = _clean(picture.place, given)
        except Hostile as error:
            raise PackRefused(
                f'The pack is refused because of "{picture.place}": {error}'
            ) from None
        except Unusable as error:
            left_out.append((picture.place, str(error)))
            continue
        name = picture.row["name"]
        if not name or name in names:
            left_out.append(
                (picture.place, "It has no name." if not name else "Its name is taken.")
            )
            continue
        names.add(name)
        file = f"{name.replace(' ', '-')[:40]}-{hashlib.sha256(data).hexdigest()[:8]}{suffix}"
        (folder / file).write_bytes(data)
        rows.append({**picture.row, "file": file})
    if not rows:
        file, reason = left_out[0]
        raise PackRefused(f'No picture of this pack can be used. "{file}": {reason}')
    return rows, tuple(left_out)


def _clean(place: str, data: bytes) -> tuple[bytes, str]:
    if PurePosixPath(place).suffix.casefold() == ".svg":
        return clean_svg(data), ".svg"
    return clean_bitmap(data), ".png"


def _write_index(rows: list[dict[str, str]], path: Path) -> None:
    written = io.StringIO()
    table = csv.DictWriter(written, COLUMNS, restval="", lineterminator="\n")
    table.writeheader()
    for row in sorted(rows, key=lambda row: row["name"]):
        table.writerow({column: _cell(text) for column, text in row.items()})
    path.write_text(written.getvalue(), encoding="utf-8", newline="\n")


def _cell(text: str) -> str:
    """Return text fit for a cell: seen as it is, and never taken for a formula."""
    seen = "".join(one if one.isprintable() else " " for one in text)
    return " ".join(seen.split()).lstrip("=+-@")[:500]

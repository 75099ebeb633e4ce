"""Finds the pictures of a pack, their names and their makers, in the ways that packs are made.

- Mulberry: `EN/*.svg` or `EN-symbols/*.svg` with `symbol-info.csv`, whose columns have other names
  in each version (`symbol`, `symbol-en`; commas or semicolons). "eat_,_to" is "eat".
- Open Board Format, `.obz` or a folder: `.obf` boards, whose buttons name pictures and whose
  pictures have a licence each. A picture without one is private: for the screen only.
- Any folder of pictures, with a table (`.csv`) beside them or without.

`pack.yaml` in the pack says who made it; without one its pictures are for the screen only.
"""

from __future__ import annotations

import base64
import binascii
import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from kiosk.errors import PackRefused
from kiosk.symbols.archive import PackFiles
from kiosk.symbols.model import NUMBER, USES, fold
from kiosk.symbols.packs import ABOUT, About, check_about, read_table

NOT_KNOWN = "not known"
KINDS = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp")

_FILES = ("file", "filename", "picture", "image", "symbol", "symbol-en", "symbol_en", "name")
_NAMES = ("name", "symbol", "symbol-en", "symbol_en")
_WORDS = ("words", "shows", "description", "alt", "label", "caption")
_IN_ANOTHER_LANGUAGE = re.compile(r"symbol[-_](?!id$|en$)[a-z]{2}")
_KEYWORDS = ("keywords", "tags", "tag", "synonyms", "category", "categories")
_VERB = re.compile(r"_,_to\b|,\s*to\b")
_FREE = re.compile(r"\b(?:cc0|cc[ -]by(?:[ -]sa)?|public domain)\b(?![ -](?:nc|nd))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PackPicture:
    """A picture of a pack. row: its line in the index; data: its bytes when no file holds them."""

    place: str
    row: dict[str, str]
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """What a pack holds. unlisted: files of pictures that its table does not name."""

    about: About | None
    pictures: list[PackPicture] = field(default_factory=list)
    unlisted: int = 0


def read_layout(source: PackFiles, about: About | None) -> Layout:
    """Find the pictures of a pack; about: what is known without it. Raises PackRefused."""
    root = _root(source.names)
    if about is None and f"{root}{ABOUT}" in source.names:
        about = check_about(_text(source, f"{root}{ABOUT}"), Path(ABOUT))
    boards = [name for name in source.names if name.casefold().endswith(".obf")]
    if boards:
        return _boards(source, boards, about)
    files = _picture_files(source.names)
    if not files:
        raise PackRefused("There is no picture in this pack (SVG, PNG, JPEG, GIF or WebP).")
    table = _table_of(source, about, root)
    if table is None:
        return Layout(about, [PackPicture(place, _row(place, {})) for place in files.values()])
    return _listed(about, files, table)


def tidy(name: str) -> str:
    """Return a file's name as people say it: `eat_,_to` is "eat", `bus-stop` is "bus stop"."""
    return fold(_VERB.sub("", name))


def words_of(name: str) -> str:
    """Return what a picture of this name shows: "bus 1a" shows "Bus"."""
    bare = NUMBER.sub("", name)
    return bare[:1].upper() + bare[1:]


def _root(names: tuple[str, ...]) -> str:
    """Return the one folder that everything is in, with its slash, or ""."""
    firsts = {name.split("/")[0] for name in names}
    if len(firsts) == 1 and all("/" in name for name in names):
        return f"{firsts.pop()}/"
    return ""


def _text(source: PackFiles, place: str) -> str:
    data = source.read(place)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")  # what Excel writes


def _picture_files(names: tuple[str, ...]) -> dict[str, str]:
    """Return name -> place; of equal names the drawing, then the one that is not so deep."""
    pictures = [name for name in names if PurePosixPath(name).suffix.casefold() in KINDS]
    pictures.sort(key=lambda name: (KINDS.index(_kind(name)), name.count("/"), name))
    found: dict[str, str] = {}
    for place in pictures:
        found.setdefault(PurePosixPath(place).stem, place)
    return found


def _kind(name: str) -> str:
    return PurePosixPath(name).suffix.casefold()


def _table_of(
    source: PackFiles, about: About | None, root: str
) -> list[tuple[int, dict[str, str]]] | None:
    """Return the table that names the pictures: the one of `index:`, or the likeliest."""
    if about is not None and about.index:
        place = f"{root}{about.index}"
        if place not in source.names:
            raise PackRefused(f'There is no table "{about.index}" in the pack.')
        return _table(source, place)
    tables = [name for name in source.names if _kind(name) == ".csv"]
    tables.sort(key=lambda name: ("symbol-info" not in name, name.count("/"), len(name), name))
    for place in tables:
        rows = _table(source, place)
        if rows and any(column in rows[0][1] for column in _FILES):
            return rows
    return None


def _table(source: PackFiles, place: str) -> list[tuple[int, dict[str, str]]]:
    try:
        return read_table(_text(source, place))
    except csv.Error as error:
        raise PackRefused(f'I cannot read the table "{place}": {error}.') from None


def _listed(
    about: About | None, files: dict[str, str], table: list[tuple[int, dict[str, str]]]
) -> Layout:
    pictures = []
    left = dict(files)
    by_name = {stem.casefold(): stem for stem in files}
    for _, cells in table:
        given = _first(cells, _FILES)
        stem = PurePosixPath(given).stem if _kind(given) in KINDS else given
        place = left.pop(by_name.get(stem.casefold(), stem), None)
        if place is not None:
            pictures.append(PackPicture(place, _row(place, cells)))
    if not pictures:
        raise PackRefused("The table of this pack names none of its pictures.")
    return Layout(about, pictures, len(left))


def _row(place: str, cells: dict[str, str]) -> dict[str, str]:
    name = tidy(_first(cells, _NAMES)) or tidy(PurePosixPath(place).stem)
    words = _first(cells, (*_WORDS, *filter(_IN_ANOTHER_LANGUAGE.fullmatch, cells)))
    given = (cells.get(one, "") for one in _KEYWORDS)
    keywords = {word for one in given for word in re.split(r"[,;\s]+", one.casefold()) if word}
    return {
        "name": name,
        "words": words or words_of(name),
        "keywords": ", ".join(sorted(keywords - {name, "0"})),
    }


def _first(cells: dict[str, str], columns: Iterable[str]) -> str:
    return next((cells[one] for one in columns if cells.get(one)), "")


def _boards(source: PackFiles, boards: list[str], about: About | None) -> Layout:
    """Read the boards of an Open Board Format pack."""
    pictures: dict[str, PackPicture] = {}
    title = ""
    for board in boards:
        try:
            told = json.loads(_text(source, board))
        except (ValueError, RecursionError):
            raise PackRefused(f'I cannot read the board "{board}".') from None
        if not isinstance(told, dict):
            raise PackRefused(f'I cannot read the board "{board}".')
        title = title or _said(told, "name")
        labels = {
            _said(button, "image_id"): _said(button, "label") for button in _list(told, "buttons")
        }
        for image in _list(told, "images"):
            found = _image(source, image, labels.get(_said(image, "id"), ""), title)
            if found is not None and found.row["name"]:
                pictures.setdefault(found.row["name"], found)
    if not pictures:
        raise PackRefused("The boards of this pack carry no pictures: they point to other places.")
    return Layout(about, list(pictures.values()))


def _image(source: PackFiles, image: dict[str, Any], label: str, title: str) -> PackPicture | None:
    place, data = _said(image, "path"), None
    if place and place not in source.names:
        return None
    if not place:
        begins, _, coded = _said(image, "data").partition(";base64,")
        if not begins.startswith("data:image/"):
            return None
        try:
            data = base64.b64decode(coded, validate=True)
        except binascii.Error:
            return None
        place = f"{label or _said(image, 'id')}.{begins.removeprefix('data:image/')[:3]}"
    name = tidy(label or PurePosixPath(place).stem)
    licence = image.get("license")
    licence = licence if isinstance(licence, dict) else {}
    kind = _said(licence, "type")
    row = {
        "name": name,
        "words": words_of(name),
        "title": title or name,
        "creator": _said(licence, "author_name") or NOT_KNOWN,
        "licence": kind or "All rights reserved",
        "url": _said(licence, "copyright_notice_url") or _said(licence, "source_url"),
        "may_be": " ".join(USES) if _FREE.search(kind) else "screen",
    }
    return PackPicture(place, row, data)


def _list(told: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    inside = told.get(name)
    if isinstance(inside, list):
        yield from (one for one in inside if isinstance(one, dict))


def _said(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    return " ".join(str(value).split())[:500] if isinstance(value, str | int) else ""

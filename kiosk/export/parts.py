"""All that a kiosk is put together from, and the licence of each part, as they are installed here.

It is read from what is installed: a list that somebody keeps by hand would not stay true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath

from packaging.requirements import Requirement

from kiosk.config import Site
from kiosk.export.fonts import SOURCE_SANS, credit_of
from kiosk.export.licences import KIOSK
from kiosk.export.voices import voice_credit

ROOT = "kiosk"
UNKNOWN = "its package does not say"
# What packages do not say themselves: they hold the work of others.
_HOLDS = {"espeakng-loader": "It holds eSpeak NG: GPL-3.0-or-later"}

_CLASSIFIER = re.compile(r"^License :: (?:OSI Approved :: )?(.+)$")
_TEXT = re.compile(r"^(LICEN[CS]E|COPYING|NOTICE|AUTHORS)([^a-z].*)?$", re.I)
_SAYS_NOTHING = ("OSI Approved", "Other/Proprietary License")
_MIT = "Permission is hereby granted, free of charge, to any person obtaining a"
_NO_TEXT = {".js", ".py", ".pyc", ".pyi", ".zst"}
_SHORT = 80  # a longer entry is the whole text of a licence


@dataclass(frozen=True, slots=True)
class Part:
    """One package. licence: as its makers say it; texts: the files that hold its words."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]


def packages() -> list[Part]:
    """Return the kiosk's packages that are installed, with all that they need, by name."""
    found: dict[str, Part] = {}
    wanted: list[tuple[str, frozenset[str]]] = [(ROOT, frozenset())]
    seen: set[tuple[str, frozenset[str]]] = set()
    while wanted:
        name, extras = wanted.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            one = distribution(name)
        except PackageNotFoundError:
            continue  # an extra that nobody asked for, or what another system needs
        if name == ROOT:
            extras = frozenset(one.metadata.get_all("Provides-Extra") or ())
        else:
            found[name] = Part(one.name, one.version, licence_of(one), tuple(_texts(one)))
        for line in one.requires or ():
            needed = Requirement(line)
            if _applies(needed, extras):
                wanted.append((_plain(needed.name), frozenset(needed.extras)))
    return [found[name] for name in sorted(found)]


def licence_of(one: Distribution) -> str:
    """Return what a package says of its licence."""
    if said := _field(one, "License-Expression"):
        return said
    if one.name in _HOLDS:
        return _HOLDS[one.name]
    classes = [
        found[1] for line in one.metadata.get_all("Classifier") or () if (found := _named(line))
    ]
    if classes:
        return "; ".join(dict.fromkeys(classes))
    said = _field(one, "License")
    if 0 < len(said) <= _SHORT and "\n" not in said:
        return said
    texts = [text.read_text(encoding="utf-8", errors="replace").strip() for text in _texts(one)]
    return next((name for text in texts if (name := _first_line(text))), UNKNOWN)


def besides(site: Site) -> dict[str, list[str]]:
    """Return whom to thank for the program, the letters and the voices of a site, in groups."""
    speech = site.settings.speech
    names = dict.fromkeys([*speech.voices.values(), *speech.second_voices.values(), ""])
    return {
        "Program": [KIOSK],
        "Letters": [credit_of(SOURCE_SANS)],
        "Voices": sorted({voice_credit(name).line for name in names}),
    }


def files_of(parts: list[Part]) -> dict[str, bytes]:
    """Return the words of all licences, by their path in a folder. OSError."""
    return {
        f"{part.name}-{part.version}/{name}": text.read_bytes()
        for part in parts
        for name, text in _by_name(part.texts)
    }


def _by_name(texts: tuple[Path, ...]) -> Iterator[tuple[str, Path]]:
    """Name each file once: packages keep several of one name in folders."""
    taken: dict[str, int] = {}
    for text in texts:
        count = taken[text.name] = taken.get(text.name, 0) + 1
        yield (text.name if count == 1 else f"{text.stem}-{count}{text.suffix}"), text


def _field(one: Distribution, name: str) -> str:
    return str(next(iter(one.metadata.get_all(name) or ()), "")).strip()


def _first_line(text: str) -> str:
    """Return the licence's name, where its words begin with it, or are known without."""
    first = text.partition("\n")[0].strip()
    if first.startswith("Copyright"):
        return "MIT" if _MIT in text else ""
    return first if len(first) <= _SHORT else ""


def _named(line: str) -> re.Match[str] | None:
    found = _CLASSIFIER.match(line)
    return found if found and found[1] not in _SAYS_NOTHING else None


def _applies(needed: Requirement, extras: frozenset[str]) -> bool:
    if needed.marker is None:
        return True
    return any(needed.marker.evaluate({"extra": extra}) for extra in extras or {""})


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _texts(one: Distribution) -> Iterator[Path]:
    for file in one.files or ():
        if _TEXT.match(PurePosixPath(file).name) and file.suffix not in _NO_TEXT:
            path = Path(str(one.locate_file(file)))
            if path.is_file():
                yield path

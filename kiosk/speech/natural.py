"""The parent's side of the natural voices, which come with the extra `natural`.

Nothing of their packages is loaded here: what they are is known beforehand, and checked.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kiosk.errors import VoiceMissing
from kiosk.files import Stamp, stamp
from kiosk.speech.engine import ANY_RATE, Voice
from kiosk.speech.pace import SLOWEST_NATURAL, natural_pace, stamp_of
from kiosk.speech.process import installed
from kiosk.speech.resting import ModelEngine

PREFIX = "natural/"
VERSION = "0.2.1"  # of hibari-tts, as in pyproject.toml: we look inside its models
_PACKAGES = ("hibari-tts", "onnxruntime")
_TIMES = "2"  # of how we tell the times of words: kept ones of before are made anew


@dataclass(frozen=True, slots=True)
class Natural:
    """One voice. file: inside the package, or in the site's folder `voices/`; sha256: of it."""

    file: str
    sha256: str
    accent: str
    person: str
    british: bool = False
    inside: bool = False


VOICES = {
    "heart": Natural(
        "hibari.onnx",
        "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8",
        "American",
        "a woman",
        inside=True,
    ),
    "emma": Natural(
        "bf_emma.int8.onnx",
        "f709f0488ee63b583a22189a955aaf4257b9806dd330be3490661e53af0a89c1",
        "British",
        "a woman",
        british=True,
    ),
    "fable": Natural(
        "bm_fable.int8.onnx",
        "c28529302f2d27cd12f62625c24425888c4e3c2675583100ec530259136b8bc6",
        "British",
        "a man",
        british=True,
    ),
    "fenrir": Natural(
        "am_fenrir_v2.int8.onnx",
        "f59fbd87908c91f827bc21b1b89443757b9a8580db9eee20aa948deb731321f4",
        "American",
        "a man",
    ),
    "kore": Natural(
        "af_kore.int8.onnx",
        "346885752673e45d42f9864c9e2432094bc4b6385df060d4b83273da764d2fa9",
        "American",
        "a woman",
    ),
}


class NaturalEngine(ModelEngine):
    """The natural voices, in a worker of their own: "natural/heart" and others. English only.

    folder: where a site keeps the models that are not in the package.
    """

    name = "natural"
    prefix = PREFIX
    _module = "kiosk.speech.natural_worker"

    def __init__(self, seconds: float = 3.0, folder: Path | None = None) -> None:
        super().__init__(seconds, folder)
        self.version = "+".join(
            [*(installed(part) or "none" for part in _PACKAGES), stamp_of("natural"), _TIMES]
        )
        self._package = _package()
        self._checked: dict[Path, tuple[Stamp, bool]] = {}

    def names(self, language: str) -> list[str]:
        """Return the voices that can speak a language here."""
        found = [Voice(language, PREFIX + name, ANY_RATE) for name in VOICES]
        return [voice.name for voice in found if self.missing(voice) is None]

    def slowest_of(self, language: str) -> int:  # noqa: ARG002 - English only
        """Return the fewest words a minute that it says."""
        return SLOWEST_NATURAL

    def version_of(self, voice: Voice) -> str:  # noqa: ARG002 - their files are known
        """Return what a kept clip of a voice depends on."""
        return self.version

    def about(self, voice: Voice) -> str:
        """Return who it sounds like, and its licence."""
        known = VOICES[self._short(voice)]
        an = "an" if known.accent[0] in "AEIOU" else "a"
        return f"It is {known.person} with {an} {known.accent} accent. Licence: Apache-2.0."

    def missing(self, voice: Voice) -> VoiceMissing | None:
        """Return why a voice cannot speak on this computer, and what to try; None when it can."""
        known = VOICES.get(self._short(voice))
        if known is None:
            names = ", ".join(PREFIX + one for one in VOICES)
            return VoiceMissing(f'There is no voice "{voice.name}". There are: {names}.')
        if voice.language.split("-")[0] != "en":
            return VoiceMissing(f'The voice "{voice.name}" speaks English only.')
        if self._package is None:
            return VoiceMissing(
                f'The packages of the voice "{voice.name}" are not installed, or not as pinned.',
                "start the kiosk once by `sh .setup/kiosk`, with the internet.",
            )
        path = self.model(known)
        try:
            if self._is_whole(path, known.sha256):
                return None
        except OSError as error:
            problem = f"The file of the voice cannot be read: {path}: {error.strerror}."
        else:
            problem = f"The file of the voice is damaged, or is another one: {path}."
        again = "delete the folder .venv, and start the kiosk by `sh .setup/kiosk`."
        return VoiceMissing(problem, again if known.inside else f"put the right {path.name} there.")

    def _request(self, text: str, voice: Voice) -> dict[str, Any]:
        name = self._short(voice)
        known = VOICES[name]
        pace = natural_pace(name, voice.rate)
        return {
            "text": text,
            "model": str(self.model(known)),
            "british": known.british,
            "speed": pace.speed,
            "pause": pace.pause,
        }

    def model(self, known: Natural) -> Path:
        """Return where the model of a voice is, or would be."""
        folder = self._package if known.inside and self._package else self._folder
        return folder / known.file

    def _is_whole(self, path: Path, sha256: str) -> bool:
        now = stamp(path.stat())
        before = self._checked.get(path)
        if before is None or before[0] != now:
            whole = hashlib.sha256(path.read_bytes()).hexdigest() == sha256
            before = self._checked[path] = (now, whole)
        return before[1]


def _package() -> Path | None:
    """Return where the package keeps its model; None when it is not here, or another version."""
    spec = find_spec("hibari")
    right = installed(_PACKAGES[0]) == VERSION and find_spec("onnxruntime") is not None
    if spec is None or spec.origin is None or not right:
        return None
    return Path(spec.origin).parent / "assets"

"""The parent's side of voices in the format of Piper: "piper/NAME", two files in `voices/`.

There is one for many a language, made by many people. A site brings its own: nothing is fetched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kiosk.errors import VoiceMissing
from kiosk.files import Stamp, stamp
from kiosk.speech.engine import ANY_RATE, DEFAULT_VOICES, Voice
from kiosk.speech.onnx import is_whole, nodes_of
from kiosk.speech.pace import piper_pace, slowest_piper, stamp_of
from kiosk.speech.process import installed
from kiosk.speech.resting import ModelEngine

PREFIX = "piper/"
_NAME = re.compile(r"[\w][\w.-]*")
_VERSION = "1"  # of how we speak with such a model
_ROUNDS = "Ceil"  # the kind of node that rounds up how long each sound lasts
_KIND = "espeak"  # of sounds: those that eSpeak NG gives
_BOTH = "put NAME.onnx and NAME.onnx.json into the folder voices, both from one maker."


@dataclass(frozen=True, slots=True)
class _Known:
    """What was found of a voice. problem: why it cannot speak. espeak: its language there."""

    problem: str = ""
    espeak: str = ""
    quality: str = ""


class PiperEngine(ModelEngine):
    """Piper voices, in a worker of their own. folder: where a site keeps their files."""

    name = "piper"
    prefix = PREFIX
    _module = "kiosk.speech.piper_worker"

    def __init__(self, seconds: float = 3.0, folder: Path | None = None) -> None:
        super().__init__(seconds, folder)
        runtime = installed("onnxruntime") or "none"
        self.version = "+".join([_VERSION, runtime, stamp_of("piper")])
        self._looked: dict[str, tuple[tuple[Stamp, Stamp], _Known]] = {}

    def names(self, language: str) -> list[str]:
        """Return the voices that can speak a language here."""
        files = sorted(self._folder.glob("*.onnx.json"))
        found = [PREFIX + one.name.removesuffix(".onnx.json") for one in files]
        return [one for one in found if self.missing(Voice(language, one, ANY_RATE)) is None]

    def missing(self, voice: Voice) -> VoiceMissing | None:
        """Return why a voice cannot speak on this computer, and what to try; None when it can."""
        name = self._short(voice)
        if not _NAME.fullmatch(name):
            return VoiceMissing(f'"{voice.name}" is no name of a voice.')
        if find_spec("onnxruntime") is None:
            return VoiceMissing(
                f'The package that the voice "{voice.name}" needs is not installed: onnxruntime.',
                "start the kiosk once by `sh .setup/kiosk`, with the internet.",
            )
        try:
            known = self._known(name)
        except OSError as error:
            where = error.filename or self._folder
            return VoiceMissing(
                f"A file of the voice cannot be read: {where}: {error.strerror}.", self._both(name)
            )
        if known.problem:
            return VoiceMissing(known.problem, self._both(name))
        if known.espeak.split("-")[0] != voice.language.split("-")[0]:
            return VoiceMissing(
                f'The voice "{voice.name}" speaks "{known.espeak}", and not "{voice.language}".'
            )
        return None

    def slowest_of(self, language: str) -> int:
        """Return the fewest words a minute that it says in a language."""
        return slowest_piper(language)

    def version_of(self, voice: Voice) -> str:
        """Return what a kept clip of a voice depends on: a file in its place is another voice."""
        looked = self._looked.get(self._short(voice))
        return f"{self.version}+{looked[0]}" if looked else self.version

    def about(self, voice: Voice) -> str:
        """Return its language, who knows its licence, and whether it tells the times of words."""
        name = self._short(voice)
        known = self._known(name)
        says = f'It speaks "{known.espeak}"'
        says += f", in {known.quality} quality." if known.quality else "."
        says += " Its licence is with whoever made it: ask them."
        model, _ = self._files(name)
        if len(nodes_of(model.read_bytes(), _ROUNDS)) != 1:
            says += " Its model does not tell how long words last: their times are estimates."
        return says

    def _request(self, text: str, voice: Voice) -> dict[str, Any]:
        pace = piper_pace(voice.language, voice.rate)
        model, _ = self._files(self._short(voice))
        usual = DEFAULT_VOICES.get(voice.language.split("-")[0], "")
        return {
            "text": text,
            "model": str(model),
            "timed_by": usual,
            "rate": pace.rate,
            "gap": pace.gap,
            "pause": pace.pause,
        }

    def _files(self, name: str) -> tuple[Path, Path]:
        return self._folder / f"{name}.onnx", self._folder / f"{name}.onnx.json"

    def _both(self, name: str) -> str:
        return _BOTH.replace("NAME", name)

    def _known(self, name: str) -> _Known:
        """Return what is known of a voice, looked at anew when a file has changed. OSError."""
        model, told = self._files(name)
        stamps = (stamp(model.stat()), stamp(told.stat()))
        before = self._looked.get(name)
        if before is None or before[0] != stamps:
            before = self._looked[name] = (stamps, _look(model, told))
        return before[1]


def _look(model: Path, told: Path) -> _Known:
    if not is_whole(model):
        return _Known(f"The file of the voice is damaged, or is no voice: {model}.")
    try:
        read = json.loads(told.read_text(encoding="utf-8"))
    except ValueError:
        return _Known(f"The file of the voice is damaged, or is no JSON: {told}.")
    if lacking := _lacking(read):
        return _Known(f"The file of the voice does not say what it must: {told}: {lacking}.")
    kind = read.get("phoneme_type", _KIND)
    if kind != _KIND:
        return _Known(f'The voice is made for sounds of another kind: {told}: "{kind}".')
    return _Known("", read["espeak"]["voice"], str(read["audio"].get("quality", "")))


def _lacking(read: object) -> str:
    """Return the name of what a voice's JSON lacks; "" when all is there."""

    def table(of: object, key: str) -> Mapping[str, Any]:
        found = of.get(key) if isinstance(of, dict) else None
        return found if isinstance(found, dict) else {}

    rate = table(read, "audio").get("sample_rate")
    if not isinstance(rate, int) or not 8_000 <= rate <= 48_000:
        return "audio.sample_rate"
    language = table(read, "espeak").get("voice")
    if not isinstance(language, str) or not language:
        return "espeak.voice"
    ids = table(read, "phoneme_id_map")
    if not all(key in ids for key in "_^$ ") or not all(map(_is_ids, ids.values())):
        return "phoneme_id_map"
    return ""


def _is_ids(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, int) and one >= 0 for one in value)

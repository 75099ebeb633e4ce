"""A page that compares voices blind: the same sentences by each of them, for staff and visitors.

Which voice is which stands in the result alone. The page is one file that needs nothing else: its
sounds are in it, it keeps nothing and sends nothing.
"""

from __future__ import annotations

import array
import base64
import hashlib
import io
import math
import wave
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kiosk.content import Language
from kiosk.located import load_yaml
from kiosk.screen.languages import direction
from kiosk.speech.timing import visible_words

SENTENCES = 5
_FEWEST, _MOST = 6, 14  # words: long enough to hear a voice, short enough to remember it
_ENDS = (".", "?", "!", "۔", "؟")  # noqa: RUF001 - Urdu has its own
_QUESTIONS = ("?", "؟")
_LOUD = 0.02  # of full scale: below that it is a pause, which says nothing of how loud a voice is
_FULL = 32_767
_OTHERWISE = "en"


@dataclass(frozen=True, slots=True)
class Compared:
    """One voice: its name, and the WAV file of each sentence."""

    voice: str
    sounds: tuple[bytes, ...]


def sentences_to_compare(language: Language) -> tuple[str, ...]:
    """Return at most SENTENCES of a language's pages: with a number, with a question, and others.

    The same pages always give the same ones.
    """
    texts = [
        sentence.text
        for page in language.pages.values()
        if page.language == language.code
        for idea in page.ideas
        for sentence in idea.sentences
    ]
    whole = [one for one in dict.fromkeys(texts) if one.endswith(_ENDS)]
    fit = [one for one in whole if _FEWEST <= len(visible_words(one)) <= _MOST]
    fit = fit if len(fit) >= SENTENCES else whole
    found: list[str] = []
    for wanted in (_has_number, _asks):
        found += [one for one in fit if wanted(one) and one not in found][:1]
    others = [one for one in fit if one not in found]
    lacking = min(SENTENCES - len(found), len(others))
    found += [others[at * len(others) // lacking] for at in range(lacking)]
    return tuple(sorted(found, key=fit.index))


def _has_number(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _asks(text: str) -> bool:
    return text.endswith(_QUESTIONS)


def levelled(compared: Iterable[Compared]) -> list[Compared]:
    """Return the voices as loud as the quietest of them: people prefer what is louder."""
    voices = list(compared)
    levels = [_level(one.sounds) for one in voices]
    aim = min((level for level in levels if level), default=0.0)
    return [
        Compared(one.voice, tuple(_scaled(wav, aim / level if level else 1) for wav in one.sounds))
        for one, level in zip(voices, levels, strict=True)
    ]


def _level(wavs: Sequence[bytes]) -> float:
    """Return how loud a voice is where it speaks: the root of the mean of squares."""
    loud = [one for wav in wavs for one in _samples(wav)[1] if abs(one) > _LOUD * _FULL]
    return math.sqrt(sum(one * one for one in loud) / len(loud)) if loud else 0.0


def _samples(wav: bytes) -> tuple[int, array.array[int]]:
    """Return samples a second, and all of them: every engine here gives 16 bits of one channel."""
    with wave.open(io.BytesIO(wav)) as file:
        return file.getframerate(), array.array("h", file.readframes(file.getnframes()))


def _scaled(wav: bytes, by: float) -> bytes:
    rate, samples = _samples(wav)
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(array.array("h", (round(one * by) for one in samples)).tobytes())
    return out.getvalue()


def listening_page(language: str, texts: Sequence[str], compared: Sequence[Compared]) -> str:
    """Return the page as HTML. compared: each has a sound for each of the texts."""
    words = _words().get(language.partition("-")[0])
    code = language if words else _OTHERWISE
    environment = Environment(
        loader=PackageLoader("kiosk.editor"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    script = (files("kiosk.editor") / "templates" / "listening.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return environment.get_template("listening.html").render(
        language=code,
        direction=direction(code),
        said=language,
        said_direction=direction(language),
        texts=texts,
        script=Markup(script),  # noqa: S704 - our own file
        digest=digest,
        says=words or _words()[_OTHERWISE],
        told={
            "voices": [one.voice for one in compared],
            "sounds": [
                [f"data:audio/wav;base64,{base64.b64encode(wav).decode()}" for wav in one.sounds]
                for one in compared
            ],
        },
    )


@cache
def _words() -> Mapping[str, Mapping[str, Any]]:
    text = (files("kiosk.editor") / "listening.yaml").read_text(encoding="utf-8")
    read: Mapping[str, Mapping[str, Any]] = load_yaml(text)
    return read

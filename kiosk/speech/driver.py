"""A driver for pyttsx3 that renders to files with the time of every word.

pyttsx3's own espeak driver plays as it goes: files come late, settings get lost, and the times of
words are thrown away. This one uses the same bindings (`pyttsx3.drivers._espeak`) synchronously,
on the library that the espeakng-loader wheel carries. It is loaded in the worker process only.
"""

from __future__ import annotations

import array
import ctypes
import io
import os
import re
import sys
import wave
from collections.abc import Iterator
from typing import Any

import espeakng_loader

# The library ends the whole process when it does not find its data, so the path comes first.
os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
# Loaded first, it is what the name "libespeak-ng.so.1" means from now on: pyttsx3 gets this one.
library = ctypes.CDLL(espeakng_loader.get_library_path())
library.espeak_ng_GetSampleRate.restype = ctypes.c_int

import pyttsx3  # noqa: E402 - only after the wheel's library is loaded
from pyttsx3.drivers import _espeak as espeak  # noqa: E402
from pyttsx3.drivers.espeak import EspeakDriver  # noqa: E402

if ctypes.cast(espeak.dll.espeak_Synth, ctypes.c_void_p).value != (
    ctypes.cast(library.espeak_Synth, ctypes.c_void_p).value
):
    raise ImportError("pyttsx3 found another speech library than the one that is installed here.")

DRIVER = "kiosk_espeak"
_WORD_GAP = 7  # espeakWORDGAP in speak_lib.h: silence between words, in 10 ms at its usual speed
_PHONEME = 7  # espeak_EVENT_PHONEME in speak_lib.h
_PHONEME_EVENTS = 0x0001  # espeakINITIALIZE_PHONEME_EVENTS
_DO_NOT_EXIT = 0x8000  # espeakINITIALIZE_DONT_EXIT
_PAUSE = b"_"
_LONGEST_CLOSURE = 0.15  # seconds
_STEP = 200  # samples: 9 ms
_AUDIBLE = 300  # of 32,767: 1 % of full scale
# Control characters are commands to the library (U+0001 sets the speed), and NUL ends the text.
# Half of a surrogate pair is no character. A space for each: no place in the text moves.
_UNSPEAKABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class _Driver:
    def __init__(self, proxy: Any) -> None:
        options = _PHONEME_EVENTS | _DO_NOT_EXIT
        if espeak.Initialize(espeak.AUDIO_OUTPUT_SYNCHRONOUS, 0, None, options) <= 0:
            raise RuntimeError("The voice's data is missing.")
        self._proxy = proxy
        self._sound: list[bytes] = []
        self._events: list[tuple[int, int | None, int]] = []
        self._trouble: BaseException | None = None
        self._voices = {voice.identifier.decode() for voice in espeak.ListVoices(None)}
        self._voice: str | None = None
        self._pause = 0.0  # seconds
        espeak.SetSynthCallback(self._on_sound)

    def destroy(self) -> None:
        pass

    def stop(self) -> None:
        pass

    def startLoop(self) -> None:  # noqa: N802 - pyttsx3's name
        self._proxy.setBusy(False)  # now pyttsx3 runs its queue, in order, in this thread

    def endLoop(self) -> None:  # noqa: N802 - pyttsx3's name
        pass

    def iterate(self) -> Iterator[None]:
        yield

    def say(self, text: str) -> None:
        raise NotImplementedError("This driver renders to files only.")

    def getProperty(self, name: str) -> Any:  # noqa: N802 - pyttsx3's name
        return EspeakDriver.getProperty(self, name)

    def setProperty(self, name: str, value: Any) -> None:  # noqa: N802 - pyttsx3's name
        if name == "voice" and value != self._voice:
            self._voice = None
            self._choose(str(value))
            self._voice = value
        if name == "rate" and espeak.SetParameter(espeak.RATE, int(value), 0) != 0:
            raise ValueError(f"The voice cannot speak {value} words a minute.")
        if name == "gap" and espeak.SetParameter(_WORD_GAP, int(value), 0) != 0:
            raise ValueError(f"The voice cannot leave a gap of {value}.")
        if name == "pause":
            self._pause = float(value)

    def _choose(self, name: str) -> None:
        # A variant alone ("!v/f3") as the first voice ends the whole process: the library is given
        # only what it has told us of. It takes "gmw/en+x" for "gmw/en": ask what it chose.
        known = name.partition("+")[0] in self._voices
        if not known or espeak.SetVoiceByName(name.encode("utf-8", "replace")) != 0:
            raise LookupError(f'There is no voice "{name}".')
        if espeak.GetCurrentVoice().contents.identifier.decode() != name:
            raise LookupError(f'There is no voice "{name}".')

    def save_to_file(self, text: str, file: io.BytesIO) -> None:
        self._sound, self._events, self._trouble = [], [], None
        self._proxy.notify("started-utterance")
        flags = espeak.CHARS_UTF8 | espeak.ENDPAUSE
        espeak.Synth(_UNSPEAKABLE.sub(" ", text).encode(), flags=flags)
        if self._trouble is not None:
            raise self._trouble
        rate = library.espeak_ng_GetSampleRate()
        sound = _with_pause(b"".join(self._sound), int(rate * self._pause))
        with wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(rate)
            out.writeframes(sound)
        self._proxy.notify("rendered", words=self._words(rate, sound))
        self._proxy.notify("finished-utterance", completed=True)

    def _on_sound(self, wav: Any, count: int, events: Any) -> int:
        # ctypes would print an exception and go on with half a sentence: keep it for later.
        try:
            place = 0
            while (event := events[place]).type != espeak.EVENT_LIST_TERMINATED:
                if event.type == espeak.EVENT_WORD:
                    self._events.append((event.sample, event.text_position - 1, event.length))
                elif event.type == _PHONEME and (
                    ctypes.string_at(ctypes.addressof(event.id), 1) == _PAUSE
                ):
                    self._events.append((event.sample, None, 0))
                place += 1
            if count > 0:
                self._sound.append(ctypes.string_at(wav, 2 * count))
        except BaseException as trouble:
            self._trouble = trouble
            return 1
        return 0

    def _words(self, rate: int, sound: bytes) -> list[tuple[int, int, float, float]]:
        """Character range and seconds; a word ends where the next word or a pause begins."""
        samples = array.array("h", sound)
        ends = [sample for sample, _, _ in self._events[1:]] + [len(samples)]
        words = []
        after_pause = True
        for (sample, start, length), end in zip(self._events, ends, strict=True):
            if start is not None:
                begins = _heard_from(samples, sample, end, rate) if after_pause else sample
                words.append((start, start + length, begins / rate, end / rate))
            after_pause = start is None
        return words


def _heard_from(samples: array.array[int], start: int, end: int, rate: int) -> int:
    """Return the first sample that can be heard of a word that comes after silence.

    The library counts the closed lips before a "p" as part of the word: up to 80 ms of silence.
    """
    last = min(end, start + int(rate * _LONGEST_CLOSURE))
    return next((at for at in range(start, last) if abs(samples[at]) > _AUDIBLE), start)


def _with_pause(sound: bytes, pause: int) -> bytes:
    """Return the sound with so many samples of silence after what can be heard.

    The library makes the pause after a sentence longer than people need when it speaks slowly.
    """
    samples = array.array("h", sound)
    end = len(samples)
    while end and max(map(abs, samples[max(0, end - _STEP) : end])) <= _AUDIBLE:
        end = max(0, end - _STEP)
    return sound[: 2 * (end + pause)].ljust(2 * (end + pause), b"\0")


def buildDriver(proxy: Any) -> _Driver:  # noqa: N802 - the name that pyttsx3 calls
    """Make the driver for pyttsx3."""
    return _Driver(proxy)


class Renderer:
    """pyttsx3 with our driver: text to a WAV file and the times of the engine's words."""

    def __init__(self) -> None:
        sys.modules[f"pyttsx3.drivers.{DRIVER}"] = sys.modules[__name__]
        self._engine = pyttsx3.init(DRIVER)
        self._words: list[tuple[int, int, float, float]] = []
        self._trouble: BaseException | None = None
        self._engine.connect("rendered", self._keep_words)
        self._engine.connect("error", self._keep_trouble)

    def _keep_words(self, words: list[tuple[int, int, float, float]], **_: object) -> None:
        self._words = words

    def _keep_trouble(self, exception: BaseException, **_: object) -> None:
        self._trouble = exception

    def render(
        self, text: str, voice: str, rate: int, gap: int = 0, pause: float = 0.5
    ) -> tuple[bytes, list[tuple[int, int, float, float]]]:
        """Return the WAV file and (start, end, starts_at, ends_at) of each word event.

        rate: the library's own number, see `pace.py`. gap: silence after each word, in its units.
        pause: seconds of silence after the last one.
        Raises LookupError when there is no such voice.
        """
        self._trouble, self._words = None, []
        file = io.BytesIO()
        self._engine.setProperty("voice", voice)
        self._engine.setProperty("rate", rate)
        self._engine.setProperty("gap", gap)
        self._engine.setProperty("pause", pause)
        self._engine.save_to_file(text or " ", file)  # pyttsx3 refuses an empty text
        self._engine.runAndWait()
        if self._trouble is not None:  # pyttsx3 swallows what a driver raises
            raise self._trouble
        return file.getvalue(), self._words

"""Whether every language of a site can be heard, and how much of the disk its sounds fill."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from kiosk.counted import counted
from kiosk.errors import SpeechError, VoiceMissing, VoiceStarting
from kiosk.health.machine import amount
from kiosk.health.verdict import Verdict
from kiosk.live.kiosk import Kiosk
from kiosk.recorded.look import all_voices, warnings
from kiosk.screen.said import rates_of
from kiosk.speech.engine import Voice
from kiosk.speech.narrator import FallenBack, Narrator
from kiosk.speech.pace import is_measured
from kiosk.speech.resting import ModelEngine

_TWELVE = "I want to tell people what I think and to be heard."  # 12 words
_SOON = 0.5  # seconds: a visitor who waits longer for 12 words notices


def voices(kiosk: Kiosk) -> Iterator[Verdict]:
    """Let each language say the title of its home page, afresh, and time it."""
    speech = kiosk.site.settings.speech
    noted = dict(kiosk.sounds.narrator.fallen_back)
    with tempfile.TemporaryDirectory() as folder:
        # Clips of its own: one that is kept would prove nothing about the voice of today.
        narrator = Narrator(
            kiosk.engine,
            Path(folder),
            voices=speech.voices,
            second_voices=speech.second_voices,
            rates=rates_of(kiosk.site),
        )
        for code, screen in kiosk.served.screens.items():
            # What fails here fails below too, where it is told.
            with suppress(SpeechError):
                voice = narrator.named(code, "normal")
                engine = kiosk.engine.model_of(voice)
                if engine and not engine.missing(voice):
                    yield _model(engine, voice, speech.slow)
            text = screen.index["home"]["title"]
            began = time.monotonic()
            try:
                (spoken,) = narrator.narrate([text], language=code, speed="normal", say=screen.say)
            except VoiceMissing as error:
                yield Verdict("Voice", f"{code}: there is no voice for this language.", error.hint)
            except SpeechError as error:
                yield Verdict("Voice", f"{code}: {error}", "start the computer again.")
            else:
                took = time.monotonic() - began
                yield Verdict(
                    "Voice",
                    f'{code}: it can say "{text}". It took {took:.1f} seconds to make'
                    f" {spoken.seconds:.1f} seconds of sound.{_slow(code, speech.slow)}",
                )
                yield from _second(narrator, code, text, screen.say)
        noted |= narrator.fallen_back
    for code, one in noted.items():
        yield _fallen_back(code, one)


def _second(narrator: Narrator, code: str, text: str, say: Mapping[str, str]) -> Iterator[Verdict]:
    """Tell whether visitors have another voice to choose; nothing where none is meant."""
    other = narrator.second_named(code, "normal")
    if other is None:
        return
    try:
        if why := narrator.missing(other):
            raise why
        if narrator.second(code, "normal") is None:
            return  # it speaks already, instead of the first one
        narrator.narrate([text], language=code, speed="normal", say=say, second=True)
    except SpeechError as error:
        says = f"{code}: visitors cannot choose the second voice, {other.name}. {error}"
        yield Verdict("Voice", says, error.hint)
        return
    note = narrator.fallen_back.get(code)
    if note is None or note.voice != other.name:  # else that is told below
        yield Verdict("Voice", f"{code}: visitors can choose the voice {other.name} too.")


def _model(engine: ModelEngine, voice: Voice, slow: int) -> Verdict:
    """Tell what a voice is, what it needs, and how long 12 words take. SpeechError.

    slow: words a minute of the slow speed.
    """
    ready = False
    while not ready:
        with suppress(VoiceStarting):  # it gives up by itself when that takes too long
            engine.render("Hello.", voice)
            ready = True
    began = time.monotonic()
    engine.render(_TWELVE, voice)
    took = time.monotonic() - began
    says = (
        f"{voice.language}: {voice.name} speaks. {engine.about(voice)}"
        f" It takes {took:.2f} seconds for 12 words{_memory(engine.pid)}."
    )
    slowest = engine.slowest_of(voice.language)
    if slow < slowest:
        says += (
            f" Slow is {slowest} words a minute, not {slow}: slower, it is harder to"
            " understand. It pauses longer after each sentence instead."
        )
    return Verdict("Voice", says, "" if took <= _SOON else "run `kiosk speak` before opening.")


def _slow(code: str, words: int) -> str:
    """Tell what nobody knows of a language that no recogniser understands."""
    if is_measured(code):
        return ""
    return f" Nobody has measured whether {words} words a minute are as clear as more: listen."


def _memory(pid: int | None) -> str:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
    held = re.search(r"^VmRSS:\s+(\d+)", status, re.MULTILINE)
    return f", and {amount(int(held[1]) * 1024)} of memory" if held else ""


def _fallen_back(code: str, one: FallenBack) -> Verdict:
    says = f"{code}: {one.voice} cannot speak now, and {one.instead} does. {one.why}"
    return Verdict("Voice", says, one.hint)


def own_voices(kiosk: Kiosk) -> Iterator[Verdict]:
    """Tell who is heard, and what staff should look at; nothing where nobody has read a page."""
    found, wrong = all_voices(kiosk.site, kiosk.library.now)
    told = [*wrong, *warnings(found.values(), kiosk.site.today())]
    if told:
        more = counted(len(told) - 1, "thing")
        says = f"{told[0].path}: {told[0].problem}"
        says += f" There is more to look at: {more}." if len(told) > 1 else ""
        yield Verdict("Own voices", says, "kiosk voice check")
    elif found:
        yield Verdict("Own voices", f"A person reads {counted(len(found), 'page')} aloud.")


def sounds(kiosk: Kiosk) -> Iterator[Verdict]:
    """Tell how much of the disk the sounds fill that are kept ready, and how much they may."""
    most = amount(kiosk.site.settings.speech.clips_mb * 1_000_000)
    try:
        fill = kiosk.sounds.narrator.fill()
    except OSError as error:
        yield Verdict(
            "Sounds",
            f"The sounds that are kept ready cannot be looked at: {error.strerror or error}.",
            "ask IT to let the kiosk read and write in its data folder.",
        )
    else:
        yield Verdict("Sounds", f"They fill {amount(fill)} of the {most} that they may fill.")

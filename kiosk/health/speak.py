"""Whether every language of a site can be heard, and how much of the disk its sounds fill."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from kiosk.errors import SpeechError, VoiceMissing
from kiosk.health.machine import amount
from kiosk.health.verdict import Verdict
from kiosk.live.kiosk import Kiosk
from kiosk.live.sounds import rates_of
from kiosk.speech.narrator import Narrator


def voices(kiosk: Kiosk) -> Iterator[Verdict]:
    """Let each language say the title of its home page, afresh, and time it."""
    speech = kiosk.site.settings.speech
    with tempfile.TemporaryDirectory() as folder:
        # Clips of its own: one that is kept would prove nothing about the voice of today.
        narrator = Narrator(
            kiosk.engine, Path(folder), voices=speech.voices, rates=rates_of(kiosk.site)
        )
        for code, screen in kiosk.served.screens.items():
            text = screen.index["home"]["title"]
            began = time.monotonic()
            try:
                (spoken,) = narrator.narrate([text], language=code, speed="normal", say=screen.say)
            except VoiceMissing:
                yield Verdict(
                    "Voice",
                    f"{code}: there is no voice for this language.",
                    'name one in kiosk.toml under [speech.voices], like en = "gmw/en".',
                )
            except SpeechError as error:
                yield Verdict("Voice", f"{code}: {error}", "start the computer again.")
            else:
                took = time.monotonic() - began
                yield Verdict(
                    "Voice",
                    f'{code}: it can say "{text}". It took {took:.1f} seconds to make'
                    f" {spoken.seconds:.1f} seconds of sound.",
                )


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

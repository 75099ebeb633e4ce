"""Whether every language of a site can be heard."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from kiosk.errors import SpeechError, VoiceMissing
from kiosk.speech.narrator import Narrator
from kiosk.ui.doctor.verdict import Verdict
from kiosk.ui.kiosk import Kiosk, rates_of


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

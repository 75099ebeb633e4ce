"""A second opinion on a recording in English: pocketsphinx looks for the same words in its own way.

It comes with the extra `voices`, where people are recorded; a kiosk does without. It knows nothing
of the voice that a recording is compared with, so where both agree the times are right; and it
gives up on most sentences that are not the ones that were said. Its words are those of the page
with the sounds that eSpeak NG gives them, so that none is unknown to it.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pocketsphinx

from kiosk.recorded.features import RATE, Floats
from kiosk.speech import driver  # first: it is what pyttsx3 finds its library by
from kiosk.speech.engine import DEFAULT_VOICES

from pyttsx3.drivers import _espeak as espeak  # isort: skip

LANGUAGE = "en"  # the only one of which it has a model
FRAMES = 100  # a second

_IPA, _UTF8 = 0x02, 1  # espeakPHONEMES_IPA, espeakCHARS_UTF8 in speak_lib.h
_HISS = 0.0005  # of full scale
_LOUDEST = 0.5  # of full scale: what it is given is brought to one level
# Sounds of eSpeak NG's English, each in those of the model, which lacks some British vowels.
_TABLE = """
tʃ CH, dʒ JH, aɪə AY AH, aʊə AW AH, eɪ EY, aɪ AY, ɔɪ OY, əʊ OW, oʊ OW, aʊ AW, ɪə IH R,
iə IY AH, eə EH R, ʊə UH R, iː IY, ɑː AA, ɔː AO, uː UW, ɜː ER, oː AO, ɛː EH R, i IY, ɪ IH,
e EH, ɛ EH, æ AE, a AE, ɑ AA, ɒ AA, ɔ AO, o OW, ʊ UH, u UW, ʌ AH, ə AH, ɐ AH, ɜ ER, ɚ ER,
ᵻ IH, p P, b B, t T, d D, k K, ɡ G, g G, f F, v V, θ TH, ð DH, s S, z Z, ʃ SH, ʒ ZH, h HH,
m M, n N, ŋ NG, l L, ɫ L, ɹ R, r R, j Y, w W, ɾ T, ʔ T, x K, ɬ L
"""  # noqa: RUF001
_SOUNDS = {sound: " ".join(ours) for sound, *ours in map(str.split, _TABLE.split(","))}
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))

driver.library.espeak_TextToPhonemes.restype = ctypes.c_char_p
driver.library.espeak_TextToPhonemes.argtypes = [
    ctypes.POINTER(ctypes.c_char_p),
    ctypes.c_int,
    ctypes.c_int,
]


class SecondOpinion:
    """Looks for words that it is told in stretches of sound."""

    def __init__(self) -> None:
        self._espeak = driver.Renderer()  # starts the library
        espeak.SetVoiceByName(DEFAULT_VOICES[LANGUAGE].encode())
        config = pocketsphinx.Config(samprate=RATE, lm=None, loglevel="FATAL")
        self._decoder = pocketsphinx.Decoder(config)
        self._asked = 0

    def times(self, samples: Floats, said: Sequence[str]) -> list[tuple[float, float]] | None:
        """Return when each word is heard, in seconds; None: these words are not in it.

        samples: at RATE. said: each word as it is said, such as "E H C P".
        """
        self._asked += 1
        names = [f"s{self._asked}w{place}" for place in range(len(said))]
        for name, word in zip(names, said, strict=True):
            if not self._teach(name, word):
                return None
        return self._found(samples, names)

    def _teach(self, name: str, word: str) -> bool:
        """Tell it how a word may sound: as eSpeak NG says it, or as its own dictionary has it."""
        sounds = sounds_of(word)
        if not sounds:
            return False
        self._decoder.add_word(name, sounds, True)
        known = self._decoder.lookup_word(re.sub(r"[^\w']", "", word).casefold())
        if known and known != sounds:
            self._decoder.add_word(f"{name}(2)", known, True)
        return True

    def _found(self, samples: Floats, names: list[str]) -> list[tuple[float, float]] | None:
        decoder = self._decoder
        level = _LOUDEST / max(float(np.abs(samples).max()), 1e-4)
        # Microphones that fall silent between words give it nothing to measure: it gives up then.
        hiss = _HISS * np.random.default_rng(0).standard_normal(len(samples))
        data = ((samples * level + hiss) * 32767).clip(-32768, 32767).astype("<i2").tobytes()
        try:
            decoder.set_align_text(" ".join(names))
            decoder.start_utt()
            decoder.process_raw(data, full_utt=True)
            decoder.end_utt()
            segments: list[Any] = list(decoder.seg() or ()) if decoder.hyp() else []
        except RuntimeError:
            return None
        words = [one for one in segments if one.word.split("(")[0] in names]
        if [one.word.split("(")[0] for one in words] != names:
            return None
        return [(one.start_frame / FRAMES, (one.end_frame + 1) / FRAMES) for one in words]


def sounds_of(word: str) -> str:
    """Return how a word sounds, in the sounds of the model; "" when it has none."""
    found: list[str] = []
    at = ctypes.c_char_p(word.encode())
    while at.value:
        said = driver.library.espeak_TextToPhonemes(ctypes.byref(at), _UTF8, _IPA)
        found += (_SOUNDS[one] for one in _SOUND.findall(said.decode() if said else ""))
    return " ".join(found)

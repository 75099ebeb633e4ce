"""How fast a kiosk speaks, and with which voices."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from kiosk.config.values import LanguageCode, ShortText, Table
from kiosk.located import Mistake

WordsAMinute = Annotated[int, Field(ge=50, le=400)]


class SpeechSettings(Table):
    """Three speeds in words a minute as heard, a time limit, and the voice of each language.

    clips_mb: how much of the disk the sounds fill that are kept ready. second_voices: what a
    visitor can choose instead; without one, eSpeak NG's usual voice where another one is named.
    """

    slow: WordsAMinute = 100
    normal: WordsAMinute = 130
    quick: WordsAMinute = 160
    time_limit_seconds: Annotated[float, Field(ge=0.5, le=60)] = 3.0
    clips_mb: Annotated[int, Field(ge=1, le=1_000_000)] = 400
    voices: dict[LanguageCode, ShortText] = Field(default_factory=lambda: {"en": "gmw/en"})
    second_voices: dict[LanguageCode, ShortText] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _speeds_in_order(self) -> SpeechSettings:
        if not self.slow <= self.normal <= self.quick:
            raise Mistake("slow, normal and quick must go from slow to quick.")
        return self

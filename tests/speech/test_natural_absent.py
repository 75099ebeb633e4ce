"""Where the extra `natural` is not installed, the kiosk speaks as it did without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.speech import natural
from kiosk.speech.engine import Voice
from kiosk.speech.engines import Engines
from kiosk.speech.narrator import Narrator
from kiosk.speech.natural import NaturalEngine
from kiosk.speech.process import Pyttsx3Engine
from tests.speech.conftest import PATIENCE, RATES

TEXTS = ("Hello you.", "We can help.")


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch) -> NaturalEngine:
    monkeypatch.setattr(natural, "find_spec", lambda _: None)
    return NaturalEngine(PATIENCE)


def test_the_clips_are_those_of_espeak(
    engine: Pyttsx3Engine, absent: NaturalEngine, tmp_path: Path
) -> None:
    engines = Engines(engine, absent)
    named, plain = (
        Narrator(engines, tmp_path, voices={"en": voice}, rates=RATES, within=PATIENCE)
        for voice in ("natural/heart", "gmw/en")
    )
    first, second = (
        [one.key for one in of.wanted(TEXTS, language="en", speed="normal", say={})]
        for of in (named, plain)
    )
    assert first == second
    spoken, as_before = (
        of.narrate(TEXTS, language="en", speed="normal", say={}) for of in (named, plain)
    )
    assert spoken == as_before
    assert absent.pid is None
    note = named.fallen_back["en"]
    assert (note.voice, note.instead) == ("natural/heart", "gmw/en")
    assert "not installed" in note.why
    assert "sh .setup/kiosk" in note.hint
    assert plain.fallen_back == {}


def test_what_visitors_write_is_said_too(
    engine: Pyttsx3Engine, absent: NaturalEngine, tmp_path: Path
) -> None:
    voices = {"en": "natural/heart"}
    narrator = Narrator(
        Engines(engine, absent), tmp_path, voices=voices, rates=RATES, within=PATIENCE
    )
    assert narrator.aloud("Hello.", language="en", speed="slow", say={})[:4] == b"RIFF"


def test_an_engine_alone_knows_no_natural_voice(engine: Pyttsx3Engine) -> None:
    voice = Voice("en", "natural/heart", 130)
    assert Engines(engine).missing(voice) is not None
    assert Engines(engine).instead(voice) == Voice("en", "gmw/en", 130)
    assert Engines(engine).instead(Voice("xx", "natural/heart", 130)) is None

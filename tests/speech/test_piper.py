"""Voices in the format of Piper that a site brings: they speak in time, or eSpeak NG does."""

# ruff: noqa: RUF001 - sounds of speech look like other letters
from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.errors import SpeechError, VoiceStarting
from kiosk.speech.engine import Clip, Voice
from kiosk.speech.engines import Engines
from kiosk.speech.narrator import Narrator
from kiosk.speech.onnx import field_of
from kiosk.speech.pace import slowest_piper
from kiosk.speech.piper import PiperEngine
from kiosk.speech.process import Pyttsx3Engine
from kiosk.speech.timing import visible_words
from tests.speech.conftest import PATIENCE, RATES
from tests.speech.heard import heard, sentences
from tests.speech.test_natural import lateness, spread
from tests.tools.cases import is_drill, mostly_drill
from tests.tools.piper_model import write_voice
from tests.tools.waiting import wait_until

pytestmark = pytest.mark.natural  # ONNX Runtime comes with that

ROOT = Path(__file__).parents[2]
TONE = Voice("en", "piper/tone", 130)
TEXT = "I want to tell people what I think, and to be heard at the end of the day. Mum & Dad too!"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("voices")
    write_voice(made, "tone")
    write_voice(made, "mute", tells=False)
    write_voice(made, "ton", language="pl")
    return made


@pytest.fixture(scope="module")
def piper(folder: Path) -> Iterator[PiperEngine]:
    made = PiperEngine(PATIENCE, folder)
    yield made
    made.close()


def said(engine: PiperEngine, text: str, voice: Voice = TONE) -> Clip:
    """Return a clip as soon as the voice has started."""
    clips: list[Clip] = []

    def speaks() -> bool:
        try:
            clips.append(engine.render(text, voice))
        except VoiceStarting:
            return False
        return True

    wait_until(speaks, 60, "the voice")
    return clips[0]


def test_every_word_has_its_time_and_begins_where_its_sound_does(piper: PiperEngine) -> None:
    for voice in (TONE, Voice("en", "piper/tone", 100)):
        clip = said(piper, TEXT, voice)
        assert [word.start for word in clip.words] == [start for start, _ in visible_words(TEXT)]
        times = [at for word in clip.words for at in (word.starts_at, word.ends_at)]
        assert times == sorted(times)
        assert clip.words[-1].ends_at < clip.seconds
        late = lateness(TEXT, list(clip.words), clip)
        assert len(late) == 2
        assert max(late) <= 0.02
        assert max(lateness(TEXT, spread(TEXT, clip), clip), default=1.0) > 0.02


def test_one_that_does_not_tell_gets_estimates_and_doctor_says_so(piper: PiperEngine) -> None:
    mute = Voice("en", "piper/mute", 130)
    clip = said(piper, TEXT, mute)
    assert [word.start for word in clip.words] == [start for start, _ in visible_words(TEXT)]
    assert "their times are estimates" in piper.about(mute)
    assert "estimates" not in piper.about(TONE)
    assert 'It speaks "en-us", in x_low quality.' in piper.about(TONE)


@pytest.mark.parametrize("text", ["", ".", "漢字", "\N{GRINNING FACE}", "[a](/b/) \0 \ud800 (en)"])
def test_whatever_is_written_it_goes_on(piper: PiperEngine, text: str) -> None:
    assert said(piper, text).seconds > 0


@pytest.mark.parametrize(("code", "name"), [("en", "tone"), ("pl", "ton")])
@pytest.mark.parametrize("speed", mostly_drill(RATES, "slow"))
def test_it_speaks_the_words_a_minute_of_the_setting(
    piper: PiperEngine, code: str, name: str, speed: str
) -> None:
    library = Library(load_site(ROOT))
    voice = Voice(code, f"piper/{name}", RATES[speed])
    texts = sentences(library, code)[:: 1 if is_drill() else 12]
    words = heard(library, code, texts, lambda text: said(piper, text, voice))
    meant = max(voice.rate, slowest_piper(code))
    assert words / meant == pytest.approx(1, abs=0.05 if is_drill() else 0.1)


def test_the_sounds_of_words_that_are_said_as_one_are_cut_between_them() -> None:
    from kiosk.speech.piper_voice import _shared

    assert list(_shared("ʌvðə dˈeɪ", ["ʌv", "ðə", "dˈeɪ"])) == ["ʌv", "ðə", "dˈeɪ"]
    # Said together, sounds are not quite those of each word alone.
    assert list(_shared("bi ˌɛni ˈɛnd", ["biː", "ˈɛni", "ɛnd"])) == ["bi", "ˌɛni", "ˈɛnd"]
    assert list(_shared("", ["ʌ", "ə"])) == ["", ""]


def broken(**changes: Any) -> dict[str, Any]:
    whole = {
        "audio": {"sample_rate": 22_050},
        "espeak": {"voice": "en-us"},
        "phoneme_id_map": {"_": [0], "^": [1], "$": [2], " ": [3]},
    }
    return {key: value for key, value in (whole | changes).items() if value is not None}


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("{", "is damaged, or is no JSON"),
        (json.dumps([]), "audio.sample_rate"),
        (json.dumps(broken(audio={"sample_rate": "many"})), "audio.sample_rate"),
        (json.dumps(broken(espeak=None)), "espeak.voice"),
        (json.dumps(broken(phoneme_id_map={"_": [0]})), "phoneme_id_map"),
        (json.dumps(broken(phoneme_type="text")), 'sounds of another kind: .*: "text"'),
        (json.dumps(broken(espeak={"voice": "pl"})), 'speaks "pl", and not "en"'),
        (None, "cannot be read: .*: No such file"),
    ],
)
def test_a_file_that_is_not_as_it_must_be_is_told(
    tmp_path: Path, folder: Path, told: str | None, why: str
) -> None:
    shutil.copy(folder / "tone.onnx", tmp_path)
    if told is not None:
        (tmp_path / "tone.onnx.json").write_text(told, encoding="utf-8")
    missing = PiperEngine(1, tmp_path).missing(TONE)
    assert missing is not None
    with pytest.raises(SpeechError, match=why):
        PiperEngine(1, tmp_path).render("Hello.", TONE)
    assert "voices" in missing.hint


@pytest.mark.parametrize("name", ["piper/", "piper/../tone", "piper/a/b", "piper/.hidden"])
def test_a_name_leads_nowhere_else(piper: PiperEngine, name: str) -> None:
    missing = piper.missing(Voice("en", name, 130))
    assert "is no name of a voice" in str(missing)


def test_a_page_goes_on_without_it_and_it_speaks_again_when_it_is_mended(
    engine: Pyttsx3Engine, piper: PiperEngine, folder: Path, tmp_path: Path
) -> None:
    voices = {"en": "piper/own"}
    narrator = Narrator(
        Engines(engine, piper), tmp_path, voices=voices, rates=RATES, within=PATIENCE
    )

    def key(text: str) -> str:
        return narrator.narrate([text], language="en", speed="normal", say={})[0].key

    usual = Narrator(engine, tmp_path, voices={}, rates=RATES, within=PATIENCE)
    for suffix in (".onnx", ".onnx.json"):
        shutil.copy(folder / f"tone{suffix}", folder / f"own{suffix}")
    said(piper, "Hello.")
    first = key("One.")
    assert narrator.fallen_back == {}
    assert piper.names("en") == ["piper/mute", "piper/own", "piper/tone"]
    os.truncate(folder / "own.onnx", 1000)
    (plain,) = usual.narrate(["One."], language="en", speed="normal", say={})
    assert key("One.") == plain.key
    assert "damaged" in narrator.fallen_back["en"].why
    assert "own.onnx and own.onnx.json" in narrator.fallen_back["en"].hint
    assert piper.names("en") == ["piper/mute", "piper/tone"]
    shutil.copy(folder / "mute.onnx", folder / "own.onnx")
    assert key("One.") not in (first, plain.key), "Another file is another voice."
    assert key("Two.") != key("One.")
    assert narrator.fallen_back == {}


def test_a_model_that_cannot_be_run_is_told(piper: PiperEngine, folder: Path) -> None:
    (folder / "odd.onnx").write_bytes(field_of(7, field_of(2, b"nothing")))
    shutil.copy(folder / "tone.onnx.json", folder / "odd.onnx.json")
    said(piper, "Hello.")
    with pytest.raises(SpeechError, match=r"odd\.onnx is no model"):
        piper.render("Hello.", Voice("en", "piper/odd", 130))
    assert said(piper, "Hello.").seconds > 0

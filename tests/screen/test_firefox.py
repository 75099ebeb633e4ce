"""Recording a voice in a real Firefox, with its pretended microphone and the shipped policy."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
import yaml

from tests.screen.test_recorder import EARS, NO_RECORDER, TALK
from tests.tools.firefox import Firefox, find
from tests.tools.hearing import FIREFOX_PITCH, hear
from tests.tools.null_sink import NullSink
from tests.tools.server import StartKiosk
from tests.tools.sites import tiny_site
from tests.tools.waiting import wait_until

pytestmark = pytest.mark.drill

READY = "() => Boolean(document.querySelector('#kiosk[data-ready]'))"
FULL = "() => Boolean(document.querySelector('.recorder[data-state=hear]'))"
PLAYED = "() => window.played.map((told) => told[0])"
RATE = "() => new AudioContext().sampleRate"


@pytest.mark.parametrize("script", ["", NO_RECORDER], ids=["as it is", "without MediaRecorder"])
def test_a_voice_is_recorded_heard_and_sent_in_firefox(
    kiosk_server: StartKiosk, tmp_path: Path, script: str
) -> None:
    program = find()
    assert program, "This test needs Firefox: `apt-get install firefox-esr`."
    server = kiosk_server(tiny_site(tmp_path, {"content/surveys/talk.yaml": TALK}))
    folders = [tmp_path / "sound", tmp_path / "profile"]
    for one in folders:
        one.mkdir()
    with (
        closing(NullSink(folders[0])) as sink,
        closing(Firefox(program, folders[1], sink.variables)) as firefox,
    ):
        firefox.before_pages(f"() => {{ {EARS} {script} }}")
        firefox.go(f"{server.url}/?page=talk")
        wait_until(lambda: firefox.tell(READY), 60, "the screen")
        assert firefox.tell(RATE) != 16_000  # so that it must be brought to our rate
        firefox.press("Record")
        # Until the time of the question is over, by what was heard.
        wait_until(lambda: firefox.tell(FULL), 90, "the end of the recording")
        firefox.press("Hear my recording")
        wait_until(lambda: "ended" in firefox.tell(PLAYED), 60, "the end of the voice")
        assert "error" not in firefox.tell(PLAYED)
        firefox.press("Next question")
        firefox.press("Skip")
        wait_until(lambda: firefox.text(".result") == "Your answer is saved.", 60, "the answer")
        assert firefox.problems == []
    (path,) = (tmp_path / "data" / "feedback").rglob("*.yaml")
    answers = yaml.safe_load(path.read_text(encoding="utf-8"))["answers"]
    sound = hear(path.with_name(answers["say"]))
    assert sound.rate == 16_000
    assert abs(sound.seconds - 5) < 0.01
    assert abs(sound.pitch - FIREFOX_PITCH) < 5
    assert sound.loud.mean() > 0.9

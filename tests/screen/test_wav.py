"""What the microphone gives is brought to our rate: notes stay, and no false ones come in."""

from __future__ import annotations

import base64
from importlib.resources import files
from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, Route

from kiosk.feedback.answer.recording import clean_recording
from tests.tools.hearing import Heard, hear
from tests.tools.visit import LAPTOP, OpenVisit

# Records notes of so many Hz, each a quarter as loud as can be, that come in pieces of this size.
MADE = """async ({ rate, notes, piece, seconds, most }) => {
  const { Recording } = await import("/survey/wav.js");
  const recording = new Recording(rate, most);
  const all = Float32Array.from({ length: rate * seconds }, (_, at) =>
    notes.reduce((sum, note) => sum + Math.sin((2 * Math.PI * note * at) / rate) / 4, 0));
  for (let at = 0; at < all.length; at += piece) recording.add(all.slice(at, at + piece));
  const bytes = new Uint8Array(await recording.wav().arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return { wav: btoa(text), full: recording.isFull, silent: recording.isSilent };
}"""


@pytest.fixture
def page(visit: OpenVisit) -> Page:
    """Give a page that has nothing but our files."""

    def answer(route: Route) -> None:
        name = urlsplit(route.request.url).path.removeprefix("/")
        file = files("kiosk.screen") / "frontend" / name
        if name.endswith(".js"):
            route.fulfill(body=file.read_bytes(), content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html>", content_type="text/html")

    found = visit(LAPTOP).page
    found.route("**/*", answer)
    found.goto("http://localhost/")
    return found


def record(
    page: Page, rate: int, *notes: int, piece: int = 1024, seconds: float = 1, most: float = 60
) -> tuple[bytes, bool, bool]:
    """Return the WAV, whether it is full, and whether it is silent."""
    asked = {"rate": rate, "notes": notes, "piece": piece, "seconds": seconds, "most": most}
    made = page.evaluate(MADE, asked)
    return base64.b64decode(made["wav"]), made["full"], made["silent"]


def strength(heard: Heard, note: int) -> float:
    """Return how loud one note is, where 1 is as loud as can be."""
    window = np.hanning(len(heard.samples))
    at = np.arange(len(heard.samples))
    turn = np.exp(-2j * np.pi * note * at / heard.rate)
    return float(2 * abs((heard.samples * window * turn).sum()) / window.sum())


@pytest.mark.parametrize("rate", [8000, 16000, 22050, 44100, 48000, 96000])
def test_notes_stay_where_they_are_and_as_loud_as_they_are(page: Page, rate: int) -> None:
    notes = (200, 1000, 3000)
    wav, _, _ = record(page, rate, *notes)
    assert clean_recording(wav).wav() == wav
    heard = hear(wav)
    assert heard.rate == 16_000
    assert abs(heard.seconds - 1) < 0.01
    for note in notes:
        assert abs(strength(heard, note) - 0.25) < 0.01, note


@pytest.mark.parametrize("rate", [44100, 48000])
def test_what_is_too_high_for_our_rate_leaves_no_false_note(page: Page, rate: int) -> None:
    """A whistle of 11,000 Hz would come back as 5,000 Hz if only every third sample were taken."""
    high = (9_000, 11_000, 15_000)
    heard = hear(record(page, rate, *high)[0])
    middle = heard.samples[800:-800]  # where it begins, every note is a click
    assert np.sqrt((middle**2).mean()) < 0.25 / 1000
    assert strength(hear(record(page, rate, 6_000)[0]), 6_000) > 0.24


def test_it_does_not_matter_in_what_pieces_the_sound_comes(page: Page) -> None:
    whole, _, _ = record(page, 44100, 440, piece=44100)
    for piece in (1, 97, 128, 4096):
        assert record(page, 44100, 440, piece=piece)[0] == whole


def test_a_recording_is_never_longer_than_it_may_be(page: Page) -> None:
    wav, full, _ = record(page, 48000, 440, seconds=2, most=1)
    assert (len(wav), full) == (44 + 32_000, True)
    wav, full, _ = record(page, 48000, 440, seconds=0.5, most=1)
    assert not full
    assert len(wav) < 44 + 16_000


def test_only_silence_that_lasts_is_taken_for_silence(page: Page) -> None:
    assert [record(page, 48000, *notes, seconds=2)[2] for notes in ((), (440,))] == [True, False]
    assert not record(page, 48000, seconds=0.5)[2]
    assert record(page, 48000, seconds=0)[2]

"""A recorded voice is kept without anything else that was in its file."""

from __future__ import annotations

import base64
import io
import wave
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from kiosk.errors import AnswerRefused
from kiosk.feedback.recording import clean_recording
from kiosk.hall.chromium import flags
from tests.feedback.sounds import element, wav, webm
from tests.tools.server import KioskServer

RECORD = """async () => {
  const sound = await navigator.mediaDevices.getUserMedia({audio: true});
  const recorder = new MediaRecorder(sound, {mimeType: "audio/webm;codecs=opus"});
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  const stopped = new Promise((done) => { recorder.onstop = done; });
  recorder.start(200);
  await new Promise((done) => setTimeout(done, 900));
  recorder.stop();
  await stopped;
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}"""
SECONDS = """async (sound) => {
  const bytes = Uint8Array.from(atob(sound), (letter) => letter.charCodeAt(0));
  const heard = await new OfflineAudioContext(1, 1, 48000).decodeAudioData(bytes.buffer);
  return heard.duration;
}"""


def test_what_chromium_records_can_still_be_heard_and_no_longer_names_the_program(
    browser: Browser, chromium: Path, tiny_kiosk: KioskServer
) -> None:
    fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    recorder = browser.browser_type.launch(executable_path=chromium, args=[*flags(), *fake])
    with recorder:
        page = recorder.new_context(bypass_csp=True).new_page()
        page.goto(tiny_kiosk.url)
        data = base64.b64decode(page.evaluate(RECORD))
        kept, suffix = clean_recording(data)
        heard = page.evaluate(SECONDS, base64.b64encode(kept).decode())
    assert suffix == ".webm"
    assert b"Chrome" in data
    assert b"Chrome" not in kept
    assert len(kept) == len(data)
    assert 0.4 < heard < 3
    assert clean_recording(kept) == (kept, ".webm")


@pytest.mark.parametrize("live", [False, True])
def test_a_webm_file_keeps_its_sound_and_no_name(live: bool) -> None:
    tags = element(0x1254C367, b"Ann's tag")
    files = element(0x1941A469, b"Ann's file" * 20)
    cues = element(0x1C53BB6B, b"cue")
    for data in (webm(live=live), webm(tags, files, cues, element(0xEC, b"Ann"), live=live)):
        kept, suffix = clean_recording(data)
        assert suffix == ".webm"
        assert b"Ann" not in kept
        assert b"sound" in kept
        assert len(kept) == len(data)
        assert clean_recording(kept) == (kept, suffix)


def test_a_wav_file_keeps_its_sound_and_no_name() -> None:
    info = (b"LIST", b"INFOIART\x04\0\0\0Ann\0")
    kept, suffix = clean_recording(wav(info, (b"bext", b"Ann"), (b"iXML", b"<Ann/>")))
    assert (kept, suffix) == (wav(), ".wav")
    with wave.open(io.BytesIO(kept)) as file:
        assert (file.getframerate(), file.getnframes()) == (16000, 800)
    assert clean_recording(wav() + b"LIST\x04\0\0\0Ann!") == (wav(), ".wav")


def test_a_wav_file_that_promises_more_than_it_holds_keeps_what_it_holds() -> None:
    promised = wav()[:40] + b"\xff\xff\xff\xff" + wav()[44:]
    assert clean_recording(promised) == (wav(), ".wav")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"RIFF",
        b"\x1a\x45\xdf\xa3",
        b"\x1a\x45\xdf\xa3" * 100,
        b"OggS" + bytes(100),
        b"\0\0\0\x18ftypmp42" + bytes(100),
        b"ID3" + bytes(100),
        b"MZ" + bytes(100),
        b"<html><script>alert(1)</script></html>",
        webm(kind=1),
        webm(doc_type=b"matroska"),
        webm()[:-3],
        webm() + webm(),
        webm(element(0x1654AE6B, element(0xAE, element(0x83, b"\1")))),
        webm()[: webm().index(b"\x16\x54\xae\x6b")],
        wav(sound=b""),
        wav()[:20] + b"\x55\0" + wav()[22:],
        wav()[:36],
    ],
)
def test_anything_else_is_refused_in_plain_words(data: bytes) -> None:
    with pytest.raises(AnswerRefused, match=r"^That is not a recorded voice that we can keep\.$"):
        clean_recording(data)


@given(
    at=st.integers(0, len(webm(live=True)) - 1),
    byte=st.integers(0, 255),
    cut=st.integers(1, len(webm(live=True))),
)
def test_a_damaged_file_is_refused_or_kept_clean(at: int, byte: int, cut: int) -> None:
    data = bytearray(webm(live=True))
    data[at] = byte
    try:
        kept, suffix = clean_recording(bytes(data[:cut]))
    except AnswerRefused:
        return
    assert clean_recording(kept) == (kept, suffix)

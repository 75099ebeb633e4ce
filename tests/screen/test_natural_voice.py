"""The voice that is shipped for English reads a page of the site that is shipped."""

from __future__ import annotations

import io
import urllib.request
import wave
from pathlib import Path

import pytest

from kiosk.speech.timing import visible_words
from tests.tools.person import Keypad, heard, listen_in, narrated, opened, press, wait_quiet
from tests.tools.server import StartKiosk
from tests.tools.sites import shipped_site
from tests.tools.visit import OpenVisit
from tests.tools.waiting import wait_until

pytestmark = pytest.mark.natural

FAST = 16.0
NATURAL = 24_000  # samples a second


def rate_of(url: str, clip: dict[str, str]) -> int:
    with urllib.request.urlopen(f"{url}/{clip['file']}", timeout=30) as sound:
        return int(wave.open(io.BytesIO(sound.read())).getframerate())


@pytest.mark.drill
def test_a_page_is_heard_from_beginning_to_end_without_seeing_it(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    site = shipped_site(tmp_path, clips_mb=10, natural=True)
    server = kiosk_server(site, shared="")

    def all_natural() -> bool:  # it starts in the background, and eSpeak NG speaks until then
        clips = narrated(server.url, "en/healthy/normal")
        return all(rate_of(server.url, clip) == NATURAL for clip in clips)

    wait_until(all_natural, 120, "the natural voice")
    clips = narrated(server.url, "en/healthy/normal")
    for clip in clips:
        words = [(start, end) for start, end, _, _ in clip["words"]]
        assert words == visible_words(clip["text"])
    page = visit().page
    listen_in(page, FAST)
    opened(page, f"{server.url}/?page=healthy")
    Keypad(page).press("speech")
    wait_until(lambda: heard(page), 30, "a voice")
    wait_quiet(page)
    press(page, "Listen")
    last = page.locator("#page .idea [data-say]").last.get_attribute("data-say")
    said = clips[int(last or 0)]["text"]
    wait_until(lambda: said in heard(page), 60, "the last sentence")
    spoken = iter(heard(page))
    sentences = page.locator("#page .idea .said [data-say]").evaluate_all(
        "all => all.map((one) => +one.dataset.say)"
    )
    assert len(sentences) > 5
    assert [clips[at]["text"] for at in sentences if clips[at]["text"] not in spoken] == []

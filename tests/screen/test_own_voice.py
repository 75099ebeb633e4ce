"""A page that a person has read: their voice, who it is, and no wrong word that lights."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.screen.conftest import choose_setting
from tests.tools.axe import axe
from tests.tools.person import opened, press
from tests.tools.recorded import read_aloud
from tests.tools.server import StartKiosk
from tests.tools.sites import tiny_site
from tests.tools.visit import PHONE, OpenVisit
from tests.tools.waiting import wait_until

QUICK = 160 / 130  # as in Settings, of what is normal

# What is lit in each frame of the screen, and by which sound.
WATCH = """() => {
  window.seen = [];
  const audio = document.getElementById("voice");
  const look = () => {
    const lit = [...(CSS.highlights.get("kiosk-word") ?? [])][0]?.toString() ?? "";
    const file = decodeURI(audio.src).split("/").slice(-2, -1)[0] ?? "";
    const now = JSON.stringify([file, lit, audio.playbackRate]);
    if (!audio.paused && lit && window.seen.at(-1) !== now) window.seen.push(now);
    requestAnimationFrame(look);
  };
  look();
}"""


def test_words_light_where_their_times_are_known_and_else_the_sentence_does(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    root = tiny_site(tmp_path)
    read_aloud(root, "plan", whole=[2])
    kiosk = kiosk_server(root)
    there = visit(PHONE)
    page = opened(there.page, f"{kiosk.url}/?page=plan")
    chip = page.locator(".chip.voice")
    expect(chip).to_have_text("Read by Amira")
    assert axe(page) == []
    page.evaluate(WATCH)
    choose_setting(page, "Speed", 0)
    press(page, "Listen")
    last = '"better."'
    wait_until(lambda: last in "".join(page.evaluate("window.seen")), 60, "the last word")
    seen = [json.loads(one) for one in page.evaluate("window.seen")]
    lit = ["An EHCP is a plan for your support.", "Things", "can", "get", "better."]
    assert [one for file, one, _ in seen if file == "voices"] == lit
    # Quick is the same recording, played quicker; the kiosk's own voice is not played so.
    rates = {(file, rate) for file, _, rate in seen}
    assert [rate for file, rate in rates if file == "voices"] == [pytest.approx(QUICK, abs=0.001)]
    assert not [rate for file, rate in rates if file == "clips" and rate != 1]
    assert not there.errors

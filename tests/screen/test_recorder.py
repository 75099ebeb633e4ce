"""Recording a voice in the real browser, with the policy as it is shipped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.tools.cases import mostly_drill
from tests.tools.given import Given
from tests.tools.hearing import CHROMIUM_BEEP, CHROMIUM_PITCH, hear
from tests.tools.person import listen_in, opened, press, wait_quiet
from tests.tools.persons import Person, SixKeys, Toucher
from tests.tools.presses import is_by_design
from tests.tools.server import KioskServer, StartKiosk
from tests.tools.sites import tiny_site
from tests.tools.visit import KIOSK, LAPTOP, OpenVisit, Visit
from tests.tools.waiting import wait_until

SECONDS = 5
TALK = """\
title: Talk to us
symbol: speech balloon
questions:
  - id: say
    kind: voice
    ask: Do you want to speak?
    symbol: microphone
    most_seconds: 5
  - {id: words, kind: words, ask: What else?, symbol: pencil}
thanks: Thank you.
"""
# Notes what becomes of each recording that is heard.
EARS = """
window.played = [];
for (const kind of ["playing", "ended", "error"])
  addEventListener(kind, ({ target }) => {
    const { src, currentTime, duration } = target;
    if (src?.startsWith("blob:")) window.played.push([kind, currentTime, duration]);
  }, true);
"""
NO_RECORDER = "delete window.MediaRecorder;"
# What a test needs of the microphone: to take it away, and to see that it was let go.
HELD = """
window.streams = [];
const ask = MediaDevices.prototype.getUserMedia;
MediaDevices.prototype.getUserMedia = async function (wish) {
  const stream = await ask.call(this, wish);
  window.streams.push(stream);
  return stream;
};
"""
OPEN = "() => window.streams.filter((one) => one.active).length"
NOT_HERE = "Object.defineProperty(navigator, 'mediaDevices', { value: undefined });"
DENIED = """MediaDevices.prototype.getUserMedia = async () => {
  throw new DOMException("Permission denied", "NotAllowedError");
};"""
NO_WORKLET = "delete BaseAudioContext.prototype.audioWorklet; delete window.AudioWorkletNode;"
# Notes that the browser has all that recording needs.
TAPED = """
const add = AudioWorklet.prototype.addModule;
AudioWorklet.prototype.addModule = async function (...all) {
  await add.apply(this, all);
  window.taped = true;
};
"""
SILENT = """MediaDevices.prototype.getUserMedia = async () =>
  new AudioContext().createMediaStreamDestination().stream;"""
DEAF = """MediaDevices.prototype.getUserMedia = async () => {
  AudioContext.prototype.resume = async () => {};
  AudioContext.prototype.createMediaStreamSource = function () {
    this.suspend();
    return this.createGain();
  };
  return new AudioContext().createMediaStreamDestination().stream;
};"""


SITE = {"content/surveys/talk.yaml": TALK}


def begin(page: Page, server: KioskServer, *scripts: str) -> None:
    listen_in(page, 16)
    for script in (EARS, *scripts):
        page.add_init_script(script)
    opened(page, f"{server.url}/?page=talk")


def broken(visitor: Visit) -> list[str]:
    """Return what broke."""
    return [one for one in visitor.errors if not is_by_design(one)]


def recording(page: Page, seconds: int = 0) -> None:
    """Wait until it records, and until so many seconds are recorded."""
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_visible(timeout=15_000)
    left = "() => parseInt(document.querySelector('.question:not([hidden]) .left').textContent)"
    most = int(page.evaluate(left)) if seconds else 0
    if seconds:
        wait_until(lambda: page.evaluate(left) <= most - seconds, 20, "what is said")


def played(page: Page) -> list[Any]:
    found: list[Any] = page.evaluate("() => window.played")
    return found


def kept(given: Given) -> list[tuple[Path, dict[str, Any]]]:
    """Return all answers of a test, each with its file."""
    read = (one["answers"] for one in given.read())
    return list(zip(given.files(), read, strict=True))


@pytest.mark.parametrize(
    ("kind", "script"),
    mostly_drill([("touch", ""), ("keys", NO_RECORDER)], ("touch", "")),
    ids=["touch", "keys"],
)
def test_a_voice_is_recorded_heard_and_sent_and_so_is_the_next_answer(
    visit: OpenVisit, server: KioskServer, given: Given, kind: str, script: str
) -> None:
    """By touch; and by six keys, in a browser that cannot record files."""
    visitor = visit(KIOSK if kind == "touch" else LAPTOP)
    page = visitor.page
    begin(page, server, script)
    person: Person = Toucher(page) if kind == "touch" else SixKeys(page)
    person.choose("Record")
    recording(page, 3)
    person.choose("Stop")
    expect(page.locator("#message")).to_contain_text("I have recorded you.")
    wait_quiet(page)
    person.choose("Hear my recording")
    wait_until(lambda: "ended" in [told[0] for told in played(page)], 20, "the end of the voice")
    (begun, *_, ended) = played(page)
    assert (begun[0], ended[0]) == ("playing", "ended")
    assert ended[1] == ended[2] > 2
    expect(page.get_by_role("button", name="Delete my recording")).to_be_visible()
    person.choose("Next question")
    person.choose("Skip")
    expect(page.locator(".result")).to_have_text("Your answer is saved.", timeout=60_000)
    opened(page, f"{server.url}/?page=think")
    press(page, "Happy")
    press(page, "Next question")
    press(page, "Skip")
    expect(page.locator(".result")).to_have_text("Your answer is saved.", timeout=60_000)
    (spoken, answers), (_, after) = kept(given)
    assert after == {"feel": "happy"}
    sound = hear(spoken.with_name(answers["say"]))
    assert sound.rate == 16_000
    assert abs(sound.seconds - ended[2]) < 0.1
    assert 2.3 < sound.seconds <= SECONDS
    # The beeps of the pretended microphone: at their pitch, and as far from each other.
    assert abs(sound.pitch - CHROMIUM_PITCH) < 12
    beeps = sound.between_beeps()
    assert len(beeps) >= 3
    assert all(abs(one - CHROMIUM_BEEP) < 0.04 for one in beeps), beeps
    assert broken(visitor) == []


@pytest.mark.drill
def test_a_recording_ends_by_itself_when_the_time_of_its_question_is_over(
    visit: OpenVisit, server: KioskServer, given: Given
) -> None:
    page = visit().page
    begin(page, server, HELD)
    press(page, "Record")
    expect(page.get_by_role("button", name="Hear my recording")).to_be_visible(timeout=30_000)
    assert page.evaluate(OPEN) == 0
    press(page, "Next question")
    press(page, "Skip")
    expect(page.locator(".result")).to_have_text("Your answer is saved.", timeout=60_000)
    ((path, answers),) = kept(given)
    assert abs(hear(path.with_name(answers["say"])).seconds - SECONDS) < 0.01


@pytest.mark.parametrize(
    "script",
    mostly_drill([NOT_HERE, DENIED, NO_WORKLET, DEAF], DENIED),
    ids=["plain http", "denied", "old browser", "gives nothing"],
)
def test_where_nobody_can_be_heard_the_person_is_told_kindly_and_can_answer_the_rest(
    visit: OpenVisit, server: KioskServer, given: Given, script: str
) -> None:
    visitor = visit()
    page = visitor.page
    begin(page, server, script)
    press(page, "Record")
    expect(page.locator("#message")).to_have_text(
        "I cannot hear you here. You can press Skip.", timeout=15_000
    )
    expect(page.get_by_role("button", name="Record", exact=True)).to_be_visible()
    press(page, "Skip")
    page.get_by_role("textbox").fill("I write")
    press(page, "Send")
    expect(page.locator(".result")).to_have_text("Your answer is saved.", timeout=60_000)
    ((_, answers),) = kept(given)
    assert answers == {"words": "I write"}
    assert broken(visitor) == []


def test_what_tells_of_stop_is_shown_with_stop_and_nothing_else_may_speak_meanwhile(
    visit: OpenVisit, server: KioskServer
) -> None:
    page = visit().page
    begin(page, server)
    page.evaluate("""() => {
      window.early = [];
      const message = document.getElementById("message");
      new MutationObserver(() => {
        const stop = document.querySelector(".question:not([hidden]) [data-action=stop]");
        if (!message.hidden && message.textContent.includes("Stop") && !stop.checkVisibility())
          window.early.push(message.textContent);
      }).observe(message, { childList: true, attributes: true });
    }""")
    off = page.locator(".bar :is([data-action=listen], [data-action=again])[aria-disabled=true]")
    press(page, "Record")
    recording(page)
    expect(page.locator("#message")).to_contain_text("Press Stop")
    expect(off).to_have_count(2)
    expect(page.locator(".recorder .left")).to_have_text("3 seconds left")
    heights = """() => new Set([...document.querySelectorAll(".level i")]
      .map((one) => one.style.getPropertyValue("--level"))).size > 1"""
    wait_until(lambda: page.evaluate(heights), 5, "a level")
    press(page, "Stop")
    expect(off).to_have_count(0)
    assert page.evaluate("window.early") == []


@pytest.mark.drill
def test_silence_is_not_taken_for_a_voice(visit: OpenVisit, server: KioskServer) -> None:
    page = visit().page
    begin(page, server, SILENT)
    press(page, "Record")
    recording(page, 2)
    press(page, "Stop")
    expect(page.locator("#message")).to_contain_text("I heard nothing.")
    expect(page.get_by_role("button", name="Record", exact=True)).to_be_focused()


TAKEN_AWAY = "() => window.streams[0].getTracks()[0].dispatchEvent(new Event('ended'))"
HIDDEN = """() => {
  Object.defineProperty(document, "hidden", { value: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.mark.drill
@pytest.mark.parametrize(
    "fault",
    [TAKEN_AWAY, HIDDEN],
    ids=["taken away", "hidden"],
)
def test_what_was_said_before_the_microphone_went_is_kept(
    visit: OpenVisit, server: KioskServer, fault: str
) -> None:
    page = visit().page
    begin(page, server, HELD)
    press(page, "Record")
    recording(page, 1)
    page.evaluate(fault)
    expect(page.locator("#message")).to_contain_text("I have recorded you.")
    expect(page.get_by_role("button", name="Hear my recording")).to_be_focused()
    assert page.evaluate(OPEN) == 0


@pytest.mark.parametrize("away", mostly_drill(["Home", "Finish", "Skip"], "Home"))
@pytest.mark.parametrize(
    "speaks", mostly_drill([False, True], True), ids=["getting ready", "recording"]
)
def test_who_goes_on_meanwhile_is_no_longer_listened_to(
    visit: OpenVisit, server: KioskServer, given: Given, away: str, speaks: bool
) -> None:
    visitor = visit()
    page = visitor.page
    begin(page, server, HELD)
    press(page, "Record")
    if speaks:
        recording(page)
    press(page, away)
    wait_until(
        lambda: page.evaluate("() => window.streams.length > 0") and page.evaluate(OPEN) == 0,
        10,
        "a microphone that is off",
    )
    if away == "Skip":
        press(page, "Skip")
        expect(page.locator(".result")).to_have_text("That is fine. You can tell us another time.")
    else:
        expect(page.get_by_role("heading", level=1)).to_have_text("What would you like to know?")
    assert given.files() == []
    assert broken(visitor) == []


@pytest.mark.drill
def test_a_page_that_is_open_can_record_while_the_kiosk_is_away(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    server = kiosk_server(tiny_site(tmp_path, {"content/surveys/talk.yaml": TALK}))
    given = Given(tmp_path / "data")
    page = visit().page
    begin(page, server, TAPED)
    wait_until(lambda: page.evaluate("() => window.taped"), 20, "our tape")
    server.stop()
    press(page, "Record")
    recording(page, 1)
    press(page, "Stop")
    expect(page.get_by_role("button", name="Hear my recording")).to_be_visible()
    press(page, "Next question")
    press(page, "Skip")
    expect(page.locator(".result")).to_contain_text("not saved yet", timeout=15_000)
    server.restart()
    wait_until(given.files, 60, "the answer")
    ((path, answers),) = kept(given)
    assert abs(hear(path.with_name(answers["say"])).pitch - CHROMIUM_PITCH) < 12

"""The clock of a machine is set while the kiosk runs: what is measured in seconds goes on."""

from __future__ import annotations

import http.client
import json
import time
import urllib.request
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import expect

from kiosk.feedback.answer.ulid import Ulid
from tests.tools.clocks import HOUR, SHIFTS, YEAR, ServerClock, let_page_clocks_jump, shift_page
from tests.tools.person import opened
from tests.tools.server import KioskServer, StartKiosk
from tests.tools.sites import KIOSK_TOML, tiny_site
from tests.tools.ulids import UlidMaker
from tests.tools.visit import OpenVisit
from tests.tools.waiting import wait_until

DAY = 24 * HOUR
HASTY = f"{KIOSK_TOML}\n[visit]\nidle_seconds = 10\nanswer_seconds = 5\n"
SHORT = KIOSK_TOML.replace("[feedback]", "[feedback]\nkeep_months = 1")

# Notes when a person was there last and when the question came, by a clock that is never set.
NOTE = """
addEventListener("keyup", () => {
  globalThis.lastKey = performance.now();
  globalThis.asked = undefined; // the page may have been slow to open
}, true);
new MutationObserver(() => {
  if (document.getElementById("kiosk-still")) globalThis.asked ??= performance.now();
}).observe(document, { childList: true, subtree: true });
"""


@pytest.mark.drill
def test_the_idle_question_comes_on_time_when_the_clock_of_the_screen_is_set(
    visit: OpenVisit, kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    server = kiosk_server(tiny_site(tmp_path, {"kiosk.toml": HASTY}))
    context = visit().context
    let_page_clocks_jump(context)
    context.add_init_script(NOTE)
    pages = []
    for shift in SHIFTS:
        page = opened(context.new_page(), f"{server.url}/?page=people")
        page.keyboard.press("Shift")
        shift_page(page, shift)
        pages.append(page)
    for page in pages:
        page.wait_for_function("() => globalThis.asked", timeout=60_000)
        # Never before its time; that it comes at all is the other half.
        assert page.evaluate("globalThis.asked - globalThis.lastKey") >= 10_000
    for page, shift in zip(pages, SHIFTS, strict=True):
        shift_page(page, -shift)  # set again, while the question stands there
    for page in pages:
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "What would you like to know?", timeout=60_000
        )


def made(days_ago: int = 0) -> Ulid:
    return UlidMaker(lambda: (time.time_ns() // 1_000_000) - days_ago * DAY * 1000)()


def say(server: KioskServer, answer: Ulid, visit: str) -> int:
    body = {
        "id": str(answer),
        "survey": "think",
        "page": "plan",
        "language": "en",
        "visit": visit,
        "answers": {"feel": "happy"},
    }
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    line.request("POST", "/api/feedback", json.dumps(body), {"Content-Type": "application/json"})
    reply = line.getresponse()
    reply.read()
    return reply.status


def says(server: KioskServer, words: str) -> bool:
    return words in server.stderr_text()


def clock_is_off(server: KioskServer, shift: int) -> bool:
    with urllib.request.urlopen(f"{server.url}/ready", timeout=30) as reply:
        told = parsedate_to_datetime(reply.headers["Date"])
    return abs(told.timestamp() - time.time() - shift) < HOUR / 2


@pytest.mark.drill
@pytest.mark.parametrize("shift", SHIFTS)
def test_answers_keep_their_day_and_limits_their_length_when_the_clock_of_the_server_is_set(
    kiosk_server: StartKiosk, tmp_path: Path, shift: int
) -> None:
    clock = ServerClock(tmp_path / "clock")
    limits = KIOSK_TOML.replace("seconds_between_answers = 0", "seconds_between_answers = 3600")
    server = kiosk_server(
        tiny_site(tmp_path, {"kiosk.toml": limits}), environment=clock.environment
    )

    def kept(answer: Ulid) -> bool:
        (file,) = (tmp_path / "data" / "feedback").rglob(f"{answer}.yaml")
        # An id of a day that this clock does not know may be set aside; it is never lost.
        day = "/".join(file.parts[-4:-1])
        return day == f"{answer.made:%Y/%m/%d}" or file.parent.name == "set-aside"

    early = made()
    assert say(server, early, "early") == 201
    clock.shift(shift)
    wait_until(partial(clock_is_off, server, shift), 30, "the clock")
    late = made()
    assert say(server, late, "late") == 201  # nobody is locked out
    assert say(server, made(), "late") == 429  # and nothing opens too soon
    assert say(server, made(), "early") == 429
    assert kept(late)
    assert kept(early)


@pytest.mark.drill
def test_no_answer_goes_because_the_clock_of_the_server_is_wrong(
    kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    clock = ServerClock(tmp_path / "clock")
    server = kiosk_server(tiny_site(tmp_path, {"kiosk.toml": SHORT}), environment=clock.environment)
    answer, this_year = made(days_ago=10), datetime.now(UTC).year
    assert say(server, answer, "visit") == 201
    for shift, year in ((YEAR, this_year + 1), (-YEAR, this_year - 1)):
        clock.shift(shift)
        server.restart()  # old answers are looked for at the start, and then every hour
        wait_until(partial(says, server, f"The clock says {year}"), 30, "the warning")
        assert list((tmp_path / "data" / "feedback").rglob(f"{answer}.yaml"))

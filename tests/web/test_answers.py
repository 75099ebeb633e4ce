"""Answers and recorded voices over HTTP: what a screen is told, and what is then on disk."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.feedback.sounds import wav
from tests.feedback.surveys import ALL, ENGLISH
from tests.tools.own_store import kept_in, wait_sent
from tests.tools.person import heard, listen_in, opened, press
from tests.tools.presses import is_by_design
from tests.tools.server import KioskServer, StartKiosk
from tests.tools.sites import KIOSK_TOML, tiny_site
from tests.tools.ulids import UlidMaker
from tests.tools.visit import OpenVisit
from tests.tools.waiting import wait_until

make = UlidMaker()
SETTINGS = KIOSK_TOML.replace("seconds_between_answers = 0", "seconds_between_answers = 20")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("answers")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[KioskServer]:
    started = KioskServer(
        tiny_site(folder, {ENGLISH: ALL, "kiosk.toml": SETTINGS}), folder / "data", shared="tiny"
    )
    yield started
    started.close()


def post(
    server: KioskServer, path: str, body: bytes, kind: str
) -> tuple[int, Any, http.client.HTTPMessage]:
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    line.request("POST", path, body=body, headers={"Content-Type": kind})
    reply = line.getresponse()
    return reply.status, json.loads(reply.read()), reply.headers


def say(server: KioskServer, **change: Any) -> tuple[int, Any, http.client.HTTPMessage]:
    body = {
        "id": str(make()),
        "survey": "think",
        "page": "plan",
        "language": "en",
        "visit": str(make()),
        "answers": {"feel": "happy"},
    }
    return post(server, "/api/feedback", json.dumps(body | change).encode(), "application/json")


def test_what_was_taken_out_of_the_words_is_told_each_time(server: KioskServer) -> None:
    one = {"id": str(make()), "answers": {"words": "Ask ann@example.org or 07700 900123."}}
    for expected in (201, 200):
        status, told, headers = say(server, **one)
        assert (status, told) == (expected, {"id": one["id"], "saved": True})
        assert headers["Kiosk-Cleaned"] == "email, phone"
    assert "Kiosk-Cleaned" not in say(server)[2]


def test_an_answer_that_comes_too_soon_is_told_when_to_come_again(server: KioskServer) -> None:
    visit = str(make())
    first = {"id": str(make()), "visit": visit}
    assert say(server, **first)[0] == 201
    status, told, headers = say(server, visit=visit)
    assert status == 429
    assert told["error"].startswith("Your answer is not saved yet.")
    assert 0 < int(headers["Retry-After"]) <= 20
    assert say(server, **first)[0] == 200


@pytest.mark.parametrize("kind", ["audio/wav", "audio/x-wav", "Audio/Wave; codecs=1"])
def test_a_voice_comes_first_and_then_the_answer_that_names_it(
    server: KioskServer, folder: Path, kind: str
) -> None:
    one = str(make())
    sound = wav((b"LIST", b"Ann"))
    name = f"{one}.voice.mp3"
    answer = {"id": one, "survey": "all", "answers": {"voice": name}}
    status, told, _ = say(server, **answer)
    assert (status, told["missing"]) == (409, "voice")
    for expected in (201, 200):
        status, told, _ = post(server, f"/api/voice/{one}/voice", sound, kind)
        assert (status, told) == (expected, {"id": one, "file": name, "saved": True})
    assert say(server, **answer)[0] == 201
    (kept,) = (folder / "data" / "feedback").rglob(f"{one}.yaml")
    assert f"voice: {name}" in kept.read_text()
    assert b"Ann" not in kept.with_name(name).read_bytes()
    assert kept.with_name(name).stat().st_mode & 0o777 == 0o600


def test_a_voice_that_cannot_be_kept_is_refused_in_words(server: KioskServer) -> None:
    one = str(make())
    path = f"/api/voice/{one}/voice"
    assert post(server, path, b"<html>", "audio/wav")[0] == 400
    for kind in ("text/plain", "audio/webm", "audio/mp4", "audio/mpeg"):
        status, told, _ = post(server, path, wav(), kind)
        assert (status, set(told)) == (415, {"error"})
    # The question may take 30 seconds.
    assert post(server, path, wav(sound=bytes(32_000 * 31)), "audio/wav")[0] == 413
    assert post(server, path, wav(sound=bytes(32_000 * 30)), "audio/wav")[0] == 201
    assert post(server, f"/api/voice/{one}/Face", wav(), "audio/wav")[0] == 400
    assert post(server, "/api/voice/x/voice", wav(), "audio/wav")[0] == 400
    for status, told, _ in [post(server, path, b"", "audio/wav")]:
        assert (status, set(told)) == (400, {"error"})


def test_answers_wait_while_their_folder_cannot_be_written_and_are_taken_afterwards(
    kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    server = kiosk_server(data=data)
    assert say(server)[0] == 201
    place = data / "feedback"
    place.rename(tmp_path / "elsewhere")
    place.write_text("in the way")
    late = {"id": str(make())}
    status, told, _ = say(server, **late)
    assert (status, told) == (503, {"error": "Your answer is not saved yet. We will try again."})
    place.unlink()
    assert say(server, **late)[0] == 201


@pytest.mark.drill
def test_an_answer_that_comes_too_soon_waits_in_the_screen_is_told_and_is_sent_later(
    kiosk_server: StartKiosk, visit: OpenVisit, tmp_path: Path
) -> None:
    soon = SETTINGS.replace("between_answers = 20", "between_answers = 2")
    server = kiosk_server(tiny_site(tmp_path, {"kiosk.toml": soon}))
    person = visit()
    page = person.page
    listen_in(page, 8)
    opened(page, f"{server.url}/?page=think")
    replies: list[int] = []
    own: list[str] = []

    def another_first(route: Route) -> None:
        """Let the same visit have given an answer a moment before this one."""
        sent = json.loads(route.request.post_data or "")
        if not own:
            assert say(server, visit=sent["visit"])[0] == 201
        own.append(sent["id"])
        reply = route.fetch()
        replies.append(reply.status)
        route.fulfill(response=reply)

    page.route("**/api/feedback", another_first)
    press(page, "Happy")
    press(page, "Next question")
    press(page, "Skip")
    result = page.locator(".result")
    expect(result).to_have_text("Your answer is not saved yet. I will keep trying.")
    assert [one["id"] for one in kept_in(page)] == own[:1]
    expect(page.locator(".receipt")).to_be_hidden()
    assert not list(tmp_path.rglob(f"{own[0]}.yaml"))
    expect(result).to_have_text("Your answer is saved.", timeout=15_000)
    wait_sent(page)
    assert (replies[0], replies[-1], set(own)) == (429, 201, {own[0]})
    assert person.errors
    assert all(map(is_by_design, person.errors))
    (kept,) = tmp_path.rglob(f"{own[0]}.yaml")
    assert "feel: happy" in kept.read_text()
    hears = ["Your answer is not saved yet. I will keep trying.", "Your answer is saved."]
    wait_until(lambda: hears[1] in heard(page), 10, hears[1])
    press(page, "Do you want to delete it later?")
    expect(page.locator(".receipt")).to_be_visible()
    assert [one for one in heard(page) if one in hears] == hears

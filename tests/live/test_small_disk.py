"""A small disk: answers get in first, sounds take what is left, and all is read aloud."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.disk import filled
from kiosk.screen.said import MARGIN, SPEEDS
from tests.tools.server import KioskServer
from tests.tools.sites import KIOSK_TOML, tiny_site
from tests.tools.small_disk import SmallDisk, small_disk
from tests.tools.waiting import wait_until
from tests.web.test_routes import an_answer, ask, post

ROOT = Path(__file__).resolve().parents[2]
MB = 1_000_000
LONG = 300.0  # seconds: against hanging


def sounds_fill(server: SmallDisk) -> int:
    total = 0
    for path in (server.inside / "clips").glob("*"):
        try:
            total += filled(path.stat().st_size)
        except FileNotFoundError:
            continue  # it went for another
    return total


def prepared(server: KioskServer) -> bool:
    return bool(json.loads(ask(server, "GET", "/ready")[1])["prepared"])


def read_aloud(server: KioskServer, language: str, page: str, speed: str) -> list[str]:
    """Hear every sentence of a page; return their texts."""
    told = b""

    def is_told() -> bool:
        # Hundreds of sounds may take longer than a visitor waits; what is made stays made.
        nonlocal told
        code, told = ask(server, "GET", f"/narration/{language}/{page}/{speed}")
        assert code in (200, 503), told
        return code == 200

    wait_until(is_told, LONG, f"{page} in {language}, {speed}")
    for one in json.loads(told):
        code, wav = ask(server, "GET", f"/{one['file']}")
        assert (code, wav[:4]) == (200, b"RIFF"), one["text"]
    return [one["text"] for one in json.loads(told)]


def answers_on_disk(server: SmallDisk) -> int:
    return len(list((server.inside / "feedback").rglob("*.yaml")))


def sending(server: KioskServer, sent: list[int]) -> Callable[[], None]:
    def send() -> None:
        assert post(server, an_answer(page="home", visit=f"visit{len(sent)}"))[0] == 201
        sent.append(1)

    return send


@pytest.mark.drill
def test_on_a_full_disk_answers_are_saved_and_all_is_read_aloud(tmp_path: Path) -> None:
    toml = KIOSK_TOML.replace("[feedback]", "[feedback]\nfree_space_floor_mb = 5")
    site, floor = tiny_site(tmp_path, {"kiosk.toml": toml}), 5 * MB
    with small_disk(site, tmp_path / "data", 45) as server:
        sent: list[int] = []
        send = sending(server, sent)

        def send_until_prepared() -> bool:
            send()
            assert sounds_fill(server) <= 45 * MB - floor - MARGIN
            return prepared(server)

        wait_until(send_until_prepared, LONG, "the sounds")
        assert sounds_fill(server) > 5 * MB
        for speed in SPEEDS:
            assert "Things can get better." in read_aloud(server, "en", "plan", speed)
        # Something else takes the room: the sounds make way for the answers.
        before = sounds_fill(server)
        (server.inside / "something").write_bytes(bytes(server.free() - floor - MARGIN // 2))
        send()
        wait_until(lambda: server.free() >= floor + MARGIN, LONG, "room for answers")
        assert 0 < sounds_fill(server) < before
        # It takes all: no sound is kept, and each is made when somebody listens.
        with (server.inside / "more").open("wb") as file:
            file.write(bytes(server.free() - floor - MARGIN // 2))
            file.flush()
            wait_until(lambda: sounds_fill(server) == 0, LONG, "the last sounds to go")
            file.write(bytes(server.free() - floor - MB))
        for speed in SPEEDS:
            assert "Things can get better." in read_aloud(server, "en", "plan", speed)
        send()
        assert sounds_fill(server) == 0
        assert answers_on_disk(server) == len(sent)
        assert "Traceback" not in server.stderr_text()


@pytest.mark.drill
def test_the_whole_site_on_a_disk_of_120_mb_takes_answers_for_ever(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name in ("content", "assets"):
        shutil.copytree(ROOT / name, site / name)
    toml = (ROOT / "kiosk.toml").read_text(encoding="utf-8")
    no_limits = {"seconds_between_answers": 0, "answers_an_hour": 100_000, "bashing_seconds": 0}
    for name, value in no_limits.items():
        toml = re.sub(rf"(?m)^{name} = \d+", f"{name} = {value}", toml)
    toml = toml.replace('en = "natural/heart"', 'en = "gmw/en"')  # so that all is said in time
    (site / "kiosk.toml").write_text(toml, encoding="utf-8")
    floor = 50 * MB
    with small_disk(site, tmp_path / "data", 120) as server:
        sent: list[int] = []
        send = sending(server, sent)
        highest = 0

        def send_until_prepared() -> bool:
            nonlocal highest
            send()
            highest = max(highest, sounds_fill(server))
            assert highest <= 120 * MB - floor - MARGIN
            return prepared(server)

        wait_until(send_until_prepared, 4 * LONG, "the sounds")
        assert highest > 30 * MB
        for language in ("en", "pl", "ro", "ur"):
            for speed in SPEEDS:
                read_aloud(server, language, "home", speed)
        read_aloud(server, "ur", "interface", "slow")  # more than the disk has room for
        # Answers need ever more room, and the sounds give it.
        until = time.monotonic() + 120
        while sounds_fill(server) > 5 * MB and time.monotonic() < until:
            with (server.inside / f"voices-{len(sent)}").open("wb") as file:
                file.write(bytes(MB))
            for _ in range(20):
                send()

        def has_given() -> bool:  # all of the margin, or all that it had
            return server.free() >= floor + MARGIN or not sounds_fill(server)

        wait_until(has_given, LONG, "room for answers")
        assert sounds_fill(server) < highest
        send()
        # An edited page is spoken as it is now, without a restart.
        page = site / "content" / "en" / "home.md"
        page.write_text(f"{page.read_text(encoding='utf-8').rstrip()}\nThis line is new.\n")
        wait_until(
            lambda: b"This line is new." in ask(server, "GET", "/pages/en")[1], LONG, "the edit"
        )
        wait_until(lambda: prepared(server), 4 * LONG, "its sounds")
        assert "This line is new." in read_aloud(server, "en", "home", "normal")
        send()
        assert answers_on_disk(server) == len(sent)
        assert "Traceback" not in server.stderr_text()

"""Work that takes long makes no other work wait; what was looked at or told is not repeated."""

from __future__ import annotations

import asyncio
import logging
import threading
from pathlib import Path

import pytest

from kiosk.errors import AnswerTooSoon
from kiosk.web.bodies import Arriving
from kiosk.web.lanes import Lane, LaneFull
from kiosk.web.log import MINUTE, MOST, Quiet
from kiosk.web.readiness import SECONDS, Readiness
from tests.tools.loops import run
from tests.tools.server import StartKiosk
from tests.tools.waiting import wait_until
from tests.web.test_routes import ask


def test_a_full_lane_says_so_at_once_and_another_one_goes_on() -> None:
    async def scene() -> None:
        slow, quick, end = Lane(1, 1), Lane(1, 0), threading.Event()
        first = [asyncio.create_task(slow.run(end.wait, 20)) for _ in range(2)]
        await asyncio.sleep(0)
        assert slow.is_full
        with pytest.raises(LaneFull):
            await slow.run(end.wait, 20)
        assert await quick.run(lambda: "done") == "done"
        end.set()
        assert await asyncio.gather(*first) == [True, True]
        assert not slow.is_full

    run(scene())


def test_the_slowest_body_gives_way_to_the_others() -> None:
    arriving = Arriving(10)
    with arriving.place() as slow, arriving.place() as other:
        assert slow(b"12345") == b"12345"
        assert other(b"12345") == b"12345"
        assert other(b"6") == b"123456"
        with pytest.raises(AnswerTooSoon):
            slow(b"6")
        with arriving.place() as third:
            assert third(b"1234") == b"1234"
        assert other(b"789a") == b"123456789a"
    with arriving.place() as one:
        assert one(b"1234567890") == b"1234567890"


def test_however_many_ask_the_disk_is_looked_at_once_in_a_while() -> None:
    now, looks = 0.0, 0
    good = True

    def look() -> bool:
        nonlocal looks
        looks += 1
        return good

    async def scene() -> None:
        nonlocal now, good
        readiness = Readiness(look, lambda: now)
        assert await asyncio.gather(*(readiness.can_save() for _ in range(50))) == [True] * 50
        good = False
        assert await readiness.can_save()
        assert looks == 1
        now += SECONDS
        first = asyncio.create_task(readiness.can_save())
        await asyncio.sleep(0)
        first.cancel()  # its asker went away
        assert not await readiness.can_save()
        assert looks == 2
        good, now = True, now + SECONDS
        assert await readiness.can_save()

    run(scene())


def test_a_look_that_fails_is_told_and_the_next_one_is_made() -> None:
    found: list[bool | Exception] = [OSError("a fault"), True]

    def look() -> bool:
        told = found.pop(0)
        if isinstance(told, Exception):
            raise told
        return told

    async def scene() -> None:
        now = 0.0
        readiness = Readiness(look, lambda: now)
        with pytest.raises(OSError, match="a fault"):
            await readiness.can_save()
        now += SECONDS
        assert await readiness.can_save()

    run(scene())


@pytest.mark.drill
def test_a_disk_that_breaks_and_mends_is_seen_soon(
    kiosk_server: StartKiosk, tmp_path: Path
) -> None:
    server = kiosk_server()
    place, away = tmp_path / "data" / "feedback", tmp_path / "away"
    for status in (503, 200, 503):
        if status == 503:
            place.rename(away)
            place.write_text("in the way")
        else:
            place.unlink()
            away.rename(place)
        wait_until(lambda: ask(server, "GET", "/ready")[0] == status, 10, "the change")  # noqa: B023


def test_what_is_told_again_and_again_is_told_a_few_times_a_minute() -> None:
    now = 0.0
    quiet = Quiet(lambda: now)

    def told(line: int, level: int = logging.WARNING) -> tuple[bool, logging.LogRecord]:
        fault = (ValueError, ValueError("x"), None)
        record = logging.LogRecord("a", level, "a.py", line, "Odd: %s", ("x",), fault)
        return quiet.filter(record), record

    assert sum(told(1)[0] for _ in range(10_000)) == MOST
    assert told(2)[0]
    now += MINUTE
    passes, record = told(1)
    assert passes
    assert record.getMessage() == f"Odd: x (and {10_000 - MOST} more like the last)"
    assert record.exc_info is None
    assert told(3, logging.ERROR)[1].exc_info is not None

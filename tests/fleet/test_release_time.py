"""A kiosk that was away for long, or whose clock is wrong by years; then it is online again."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.config import Site
from kiosk.feedback.store.shelf import folder_of as answers_of
from kiosk.fleet.centre import releases
from kiosk.fleet.centre.beats import Row, board
from kiosk.live.released import number_shown
from tests.feedback.kept import keep
from tests.fleet.centres import LiveCentre
from tests.fleet.publisher import is_whole
from tests.fleet.test_answers_in import there
from tests.fleet.test_release_centre import Council
from tests.tools.clocks import YEAR, ServerClock

pytestmark = pytest.mark.drill

DAY = 24 * 3600

# All that a kiosk does with its centre, once: it takes a release, sends its answers, and beats.
ONCE = """
import secrets, sys
from pathlib import Path
from kiosk.config import load_site
from kiosk.errors import FleetError
from kiosk.fleet.member.enrolment import enrolment_of
from kiosk.fleet.member.follower import Follower
from kiosk.fleet.member.heart import Heart
from kiosk.fleet.member.ledger import Ledger
from kiosk.fleet.member.outbox import LEDGER, Outbox
from kiosk.fleet.wire import BEAT
from kiosk.live.kiosk import Kiosk

site = load_site(Path(sys.argv[1]), Path(sys.argv[2]))
member = enrolment_of(site)
run = secrets.token_hex(16)
follower = Follower(site, member, print)
follower.look()
kiosk = Kiosk(site, report=print)
outbox = Outbox(site, kiosk.store, member, run, Ledger(site.data / LEDGER))
try:
    outbox.send()
except FleetError as error:
    print(error)
heart = Heart(kiosk, member, run, lambda: outbox.left, follower)
member.ask(BEAT, heart.beat().model_dump_json().encode())
kiosk.close()
"""


def once(site: Site, clock: ServerClock) -> str:
    """Let a kiosk do all of it by this clock; return what it says to staff."""
    done = subprocess.run(
        [sys.executable, "-c", ONCE, str(site.root), str(site.data)],
        env={**os.environ, **clock.environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def row(centre: LiveCentre) -> Row:
    with centre.database.connection() as connection:
        (found,) = board(connection).rows
    return found


def problems(centre: LiveCentre) -> set[str]:
    return {one.about for one in row(centre).things if not one.good}


@pytest.mark.parametrize("years", [2, -2])
def test_a_clock_that_is_years_wrong_is_told_and_then_all_comes_once(
    years: int, centre: LiveCentre, tmp_path: Path
) -> None:
    council = Council(centre, tmp_path)
    site, _ = centre.member(tmp_path / "kiosk", "library")
    clock = ServerClock(tmp_path / "clock")
    council.publish("First")
    once(site, clock)
    assert (is_whole(site), problems(centre)) == (1, set())

    clock.shift(years * YEAR)
    council.publish("Second")
    keep(answers_of(site), at=datetime.now(UTC) + timedelta(seconds=years * YEAR))
    said = once(site, clock)
    if years > 0:  # what the centre signs has run out long ago, by this clock
        assert "what the centre signed is too old" in said
        assert is_whole(site) == 1
        assert problems(centre) == {"Clock", "Release"}
    else:
        assert is_whole(site) == 2
        assert problems(centre) == {"Clock"}
    told = {one.about: one.says for one in row(centre).things}
    assert told["Clock"].startswith(("Its clock is 729 days", "Its clock is 730 days"))
    assert len(there(centre)) == 1

    clock.shift(0)
    once(site, clock)
    assert (is_whole(site), problems(centre)) == (2, set())
    assert len(there(centre)) == 1


def test_after_400_days_without_a_network_the_newest_release_and_all_answers_come(
    centre: LiveCentre, tmp_path: Path
) -> None:
    council = Council(centre, tmp_path)
    site, member = centre.member(tmp_path / "kiosk", "library")
    clock = ServerClock(tmp_path / "clock")
    council.publish("First")
    once(site, clock)
    # 400 days pass for both: the kiosk goes on alone, the centre signs, and pages change.
    clock.shift(400 * DAY)
    now = datetime.now(UTC) + timedelta(days=400)
    for days in (30, 100, 300):
        keep(answers_of(site), at=datetime.now(UTC) + timedelta(days=days))
    assert number_shown(site) == 1
    assert is_whole(site) == 1
    for title in ("Second", "Third", "Fourth", "Fifth", "Sixth"):
        council.publish(title)
    said = once(site, clock)  # the centre slept as well: nothing was signed since
    assert "what the centre signed is too old" in said
    assert is_whole(site) == 1
    assert "Release" in problems(centre)
    assert len(there(centre)) == 3
    # The centre signs again, by a clock that is as far on.
    _sign_at(council, now)
    once(site, clock)
    assert is_whole(site) == 6
    assert "Release" not in problems(centre)
    assert len(there(centre)) == 3
    assert member.name == "library"


def _sign_at(council: Council, now: datetime) -> None:
    """Let the centre sign what is newest on a later day, with its real program and clock."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom kiosk.config import load_site\n"
        "from kiosk.fleet.centre import releases\n"
        "from kiosk.fleet.centre.database import Database\n"
        "site = load_site(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "database = Database(sys.argv[3])\ndatabase.open()\n"
        "with database.connection() as connection:\n"
        "    assert releases.sign_once_a_day(site, connection) == ''\n"
        "database.close()\n"
    )
    clock = ServerClock(council.publisher.tmp / "centre-clock")
    clock.shift(int((now - datetime.now(UTC)).total_seconds()))
    site = council.centre.site
    address = council.centre.engine.address().replace("/self/", f"/{os.getpid()}/")
    done = subprocess.run(
        [sys.executable, "-c", code, str(site.root), str(site.data), address],
        env={**os.environ, **clock.environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    with council.centre.database.connection() as connection:
        until = releases.until(connection)
    assert until is not None
    assert until > now + timedelta(days=80)

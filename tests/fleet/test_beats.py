from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.config import Site
from kiosk.errors import CentreRefused
from kiosk.fleet.centre import beats, register
from kiosk.fleet.centre.beats import ago
from kiosk.fleet.member.enrolment import Enrolment
from kiosk.fleet.member.heart import Heart
from kiosk.fleet.wire import BEAT, Beat, BeatReply, Trouble
from kiosk.health.verdict import Verdict
from kiosk.live.kiosk import Kiosk
from tests.fleet.centres import LiveCentre

RUN = "a" * 32


def beat(member: Enrolment, **more: object) -> BeatReply:
    told = {"run": RUN, "now": datetime.now(UTC), **more}
    body = Beat.model_validate(told).model_dump_json().encode()
    return BeatReply.model_validate(member.ask(BEAT, body))


def things(centre: LiveCentre, name: str) -> dict[str, Verdict]:
    """Return what the board says of a kiosk, by what it is about."""
    with centre.database.connection() as connection:
        (row,) = [one for one in beats.board(connection).rows if one.name == name]
    return {one.about: one for one in row.things}


def bad(centre: LiveCentre, name: str) -> list[str]:
    return [about for about, one in things(centre, name).items() if not one.good]


def back_in_time(centre: LiveCentre, **ago: float) -> None:
    """Let everything that was heard be as long ago."""
    with centre.database.connection() as connection:
        connection.execute("UPDATE kiosk SET heard = heard - %s", [timedelta(**ago)])


@pytest.mark.drill
def test_the_board_tells_what_each_kiosk_needs_problems_first(
    centre: LiveCentre, tmp_path: Path
) -> None:
    _, good = centre.member(tmp_path / "a", "a good one")
    _, poor = centre.member(tmp_path / "b", "b poor one")
    centre.code("c not joined")
    beat(good, pages="1", drawn="1", screen_seconds=2, temperature=50, free_mb=9000)
    beat(
        poor,
        now=datetime.now(UTC) + timedelta(days=730),
        pages="2",
        drawn="1",
        screen_seconds=3,
        temperature=91,
        memory_mb=20,
        waiting=7,
        troubles=[Trouble(about="Disk", says="Only 10 MB are free.", hint="empty the bin.")],
    )
    assert bad(centre, "a good one") == []
    assert bad(centre, "b poor one") == ["Clock", "Screen", "Disk", "Warm", "Memory"]
    assert things(centre, "b poor one")["Clock"].says == "Its clock is 729 days ahead."
    with centre.database.connection() as connection:
        found = beats.as_data(beats.board(connection))
    names = [(row["name"], row["good"]) for row in found["kiosks"]]
    assert names == [("b poor one", False), ("a good one", True), ("c not joined", True)]
    assert found["good"] is False
    json.dumps(found)


@pytest.mark.drill
def test_a_kiosk_is_offline_after_three_missed_beats_and_not_before(
    centre: LiveCentre, tmp_path: Path
) -> None:
    _, member = centre.member(tmp_path / "a", "library")
    beat(member)
    back_in_time(centre, minutes=3)
    assert bad(centre, "library") == []
    back_in_time(centre, minutes=1)
    assert bad(centre, "library") == ["Offline"]
    assert things(centre, "library")["Offline"].says.startswith("Nothing was heard of it for 4 min")
    beat(member)
    assert bad(centre, "library") == []


@pytest.mark.drill
def test_two_computers_with_one_key_are_told_and_a_restart_is_none(
    centre: LiveCentre, tmp_path: Path
) -> None:
    _, member = centre.member(tmp_path / "a", "library")
    runs = [secrets.token_hex(16) for _ in range(60)]
    for run in runs:  # it was started again and again
        beat(member, run=run)
    assert bad(centre, "library") == []
    beat(member, run=runs[-2])
    assert bad(centre, "library") == ["Twin"]


@pytest.mark.drill
def test_who_is_shut_out_beats_no_more_and_a_signature_fits_one_body(
    centre: LiveCentre, tmp_path: Path
) -> None:
    _, member = centre.member(tmp_path / "a", "library")
    body = Beat(run=RUN, now=datetime.now(UTC)).model_dump_json().encode()
    header = {"Authorization": member.credential(BEAT, body)}
    assert "epoch" in member.way.post(BEAT, body, header)
    for path, data in ((BEAT, body + b" "), ("/centre/answers", body)):
        with pytest.raises(CentreRefused):
            member.way.post(path, data, header)
    with pytest.raises(CentreRefused, match='speaks protocol "2"'):
        member.way.post(BEAT, body, {**header, "Kiosk-Protocol": "2"})
    with centre.database.connection() as connection:
        register.revoke(connection, "library")
    with pytest.raises(CentreRefused, match="knows it no more"):
        member.way.post(BEAT, body, header)


@pytest.mark.drill
def test_a_real_kiosk_tells_how_it_is_and_nothing_of_who_used_it(
    centre: LiveCentre, tmp_path: Path
) -> None:
    site: Site
    site, member = centre.member(tmp_path / "kiosk", "library")
    kiosk = Kiosk(site, report=lambda _: None)
    try:
        kiosk.signs.sign(nobody=True, touched=True, drawn=kiosk.served.version)
        folder = site.data / "feedback" / "2026" / "11" / "24"
        folder.mkdir(parents=True)
        broken = folder / "01M8EYA9300000000000000YXW.yaml"
        broken.write_text("format: 1\nmade: My name is Ann\n", encoding="utf-8")
        heart = Heart(kiosk, member, RUN, lambda: 3)
        heart.look()
        told = heart.beat()
        assert (told.drawn, told.pages) == (kiosk.served.version,) * 2
        assert told.waiting == 3
        assert len(told.touched) == len("2026-11-27T14")
        assert "Ann" not in told.model_dump_json()
        assert "Answers" in {one.about for one in told.troubles}
        beat(member, **told.model_dump(exclude={"run", "now"}))
        assert things(centre, "library")["Last visit"].good
    finally:
        kiosk.close()


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (-5, "0 seconds"),
        (1, "1 second"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (7_199, "119 minutes"),
        (7_200, "2 hours"),
        (172_800, "2 days"),
    ],
)
def test_a_stretch_of_time_is_told_as_people_say_it(seconds: int, told: str) -> None:
    assert ago(timedelta(seconds=seconds)) == told


def test_what_a_newer_kiosk_tells_beside_is_passed_over() -> None:
    told = {"run": RUN, "now": "2026-11-27T12:00:00+00:00", "mood": "good", "waiting": 2}
    assert Beat.model_validate(told).waiting == 2
    with pytest.raises(ValueError, match="touched"):
        Beat.model_validate({**told, "touched": "2026-11-27T12:34"})

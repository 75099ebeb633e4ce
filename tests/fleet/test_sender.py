from __future__ import annotations

import json
import urllib.request
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.feedback.store.shelf import folder_of
from kiosk.feedback.store.store import store_of
from kiosk.fleet.member.sender import MOST_SECONDS, SECONDS, Sender, pause
from tests.feedback.kept import NOON, keep
from tests.fleet.centres import CentreProcess, LiveCentre
from tests.fleet.test_answers_in import there
from tests.tools.command import run
from tests.tools.server import StartKiosk, free_port
from tests.tools.sites import tiny_site
from tests.tools.ulids import UlidMaker
from tests.tools.waiting import wait_until


def test_pauses_grow_while_the_centre_is_away_and_not_for_ever() -> None:
    assert pause(0) == SECONDS
    assert 0.8 * 2 * SECONDS <= pause(1) <= 1.2 * 2 * SECONDS
    assert 0.8 * MOST_SECONDS <= pause(1000) <= 1.2 * MOST_SECONDS
    assert len({pause(5) for _ in range(5)}) > 1  # not all kiosks at once


@pytest.mark.drill
def test_answers_wait_while_the_centre_is_away_and_staff_are_told_once(
    centre: LiveCentre, tmp_path: Path
) -> None:
    site, member = centre.member(tmp_path / "kiosk", "library")
    lines: list[str] = []
    away = member.model_copy(update={"port": free_port()})
    one = keep(folder_of(site), at=NOON)
    sender = Sender(site, store_of(site), away, lines.append, seconds=0.01)
    sender.start()
    wait_until(lambda: lines, 30, "what staff are told")
    says, hint = sender.state()
    assert says.startswith('It is "library" at the centre 127.0.0.1. Answers wait for the centre.')
    assert says.endswith("1 answer waits; nothing is lost.")
    assert hint
    sender.end()
    assert len(lines) == 1
    assert lines[0].startswith("Answers wait for the centre. The centre at 127.0.0.1, port ")
    sender = Sender(site, store_of(site), member, lines.append, seconds=0.01)
    second = Sender(site, store_of(site), member, lines.append, seconds=0.01)
    sender.start()
    second.start()  # another program on the same folder waits for its turn
    wait_until(lambda: one in there(centre), 30, "the answer at the centre")
    wait_until(lambda: "It spoke with it last at" in sender.state()[0], 30, "its state")
    assert sender.state()[1] == ""
    sender.end()
    other = keep(folder_of(site), at=NOON)
    wait_until(lambda: other in there(centre), 30, "the answer of the second sender")
    second.end()
    assert len(lines) == 1


@pytest.mark.drill
def test_a_real_kiosk_sends_to_a_real_centre(kiosk_server: StartKiosk, tmp_path: Path) -> None:
    folder = tiny_site(tmp_path)
    data = str(tmp_path / "centre")
    centre = CentreProcess(folder, tmp_path / "centre", free_port())
    try:
        said = run("centre", "enrol", "--site", str(folder), "--data", data, "library").stdout
        code = said.split()[-1]
        kiosk = str(tmp_path / "data")
        joined = run("enrol", "--site", str(folder), "--data", kiosk, centre.address, code)
        assert joined.exit_code == 0, joined.output
        server = kiosk_server(folder, real_command=True)
        told = {
            "id": str(UlidMaker()()),
            "survey": "think",
            "page": "plan",
            "language": "en",
            "answers": {"feel": "happy"},
        }
        request = urllib.request.Request(
            f"{server.url}/api/feedback",
            json.dumps(told).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert answer.status == 201
        ending = told["id"]

        def delete() -> bool:
            asked = ("centre", "delete", "--yes", "--site", str(folder), "--data", data)
            return run(*asked, str(ending)).exit_code == 0

        wait_until(delete, 3 * SECONDS, "the answer at the centre")
        kept = folder_of(load_site(folder, tmp_path / "data"))
        wait_until(lambda: not list(kept.glob("2*/*/*/*.yaml")), 3 * SECONDS, "its deletion here")
        centre.kill()
        centre.start()
        assert (
            "library: joined"
            in run("centre", "kiosks", "--site", str(folder), "--data", data).stdout
        )
        assert centre.stop() == 0
    finally:
        centre.close()

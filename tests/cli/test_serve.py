"""What whole kiosks do with a folder of answers: two at once, and each by itself day after day."""

from __future__ import annotations

import http.client
import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import kiosk.live.kiosk as running
from kiosk.config import Site, load_site
from kiosk.feedback.store.daily import FILE
from kiosk.feedback.store.index import open_index
from kiosk.feedback.store.shelf import folder_of
from tests.feedback.kept import keep, path_of
from tests.feedback.sounds import wav
from tests.feedback.surveys import ALL, ENGLISH
from tests.tools.command import run
from tests.tools.server import KioskServer, StartKiosk
from tests.tools.sites import KIOSK_TOML, tiny_site
from tests.tools.ulids import UlidMaker
from tests.tools.waiting import wait_until

NOW = datetime.now(UTC)
A_MONTH = KIOSK_TOML.replace("[feedback]\n", "[feedback]\nkeep_months = 1\n")
make = UlidMaker()


def send(server: KioskServer, one: str, answers: dict[str, str] | None = None) -> int:
    """Post an answer of a new visit; return the status."""
    told = {"id": one, "survey": "all", "page": "plan", "language": "en", "visit": one}
    body = json.dumps(told | {"answers": answers or {"face": "happy"}})
    return post(server, "/api/feedback", body.encode(), "application/json")


def post(server: KioskServer, path: str, body: bytes, kind: str) -> int:
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        line.request("POST", path, body=body, headers={"Content-Type": kind})
        return line.getresponse().status
    finally:
        line.close()


@pytest.fixture
def site(tmp_path: Path) -> Site:
    folder = tiny_site(tmp_path, {ENGLISH: ALL, "kiosk.toml": A_MONTH})
    return load_site(folder, tmp_path / "data")


@pytest.fixture
def two(site: Site, kiosk_server: StartKiosk) -> Iterator[list[KioskServer]]:
    with ThreadPoolExecutor(2) as pool:
        yield list(pool.map(lambda _: kiosk_server(site.root, data=site.data), range(2)))


def feedback(site: Site, *arguments: str) -> str:
    """Run `kiosk feedback`; it must end with 0."""
    named = ["--site", str(site.root), "--data", str(site.data)]
    done = run("feedback", *arguments, *named)
    assert done.exit_code == 0, done.output
    return done.output


def kept(site: Site) -> Counter[str]:
    return Counter(path.stem for path in folder_of(site).rglob("*.yaml"))


def is_noted(note: Path, day: date) -> bool:
    return note.exists() and note.read_text() == f"{day}\n"


def test_two_kiosks_on_one_folder_lose_and_double_nothing(
    site: Site, two: list[KioskServer]
) -> None:
    own = [(server, str(make())) for _ in range(40) for server in two]
    shared = [(server, one) for one in [str(make()) for _ in range(20)] for server in two]
    with ThreadPoolExecutor(8) as pool:
        told = pool.map(lambda sent: send(*sent), [*own, *shared])
        for _ in range(3):  # while both take answers
            feedback(site, "verify")
            feedback(site, "report")
        statuses = list(told)
    assert statuses[: len(own)] == [201] * len(own)
    for first, second in zip(*[iter(statuses[len(own) :])] * 2, strict=True):
        assert sorted((first, second)) == [200, 201]
    assert kept(site) == Counter({one for _, one in (*own, *shared)})
    assert feedback(site, "verify") == "100 answers. Every one of them can be read.\n"


def test_a_voice_for_one_kiosk_and_its_answer_for_the_other_belong_together(
    site: Site, two: list[KioskServer]
) -> None:
    one = str(make())
    answers = {"voice": f"{one}.voice.mp3"}
    assert send(two[1], one, answers) == 409
    assert post(two[0], f"/api/voice/{one}/voice", wav(), "audio/wav") == 201
    assert [send(server, one, answers) for server in reversed(two)] == [201, 200]
    feedback(site, "delete", one, "--yes")
    assert [send(server, one, answers) for server in two] == [200, 200]
    assert list(folder_of(site).rglob(f"{one}*")) == [folder_of(site) / "deleted" / f"{one}.yaml"]
    assert feedback(site, "verify").startswith("0 answers.")


def test_when_one_of_two_kiosks_is_killed_the_other_goes_on_and_nothing_is_lost(
    site: Site, two: list[KioskServer]
) -> None:
    sent = [str(make()) for _ in range(120)]

    def send_until_saved(one: str) -> int:
        """As a screen does; here it asks the other kiosk when the first is not there."""
        for server in two:
            try:
                return send(server, one)
            except (OSError, http.client.HTTPException):
                continue
        return 0

    with ThreadPoolExecutor(8) as pool:
        told = pool.map(send_until_saved, sent)
        wait_until(lambda: len(kept(site)) > 20, 30, "the first answers")
        two[0].kill9()
        assert set(told) <= {200, 201}
    assert kept(site) == Counter(sent)
    two[0].restart()
    assert [send(two[0], one) for one in sent[:10]] == [200] * 10
    assert feedback(site, "verify") == "120 answers. Every one of them can be read.\n"


def test_a_kiosk_lets_old_answers_go_when_it_starts_on_a_new_day(
    site: Site, kiosk_server: StartKiosk
) -> None:
    old = keep(folder_of(site), at=NOW - timedelta(days=40))
    stays = keep(folder_of(site), at=NOW - timedelta(days=20))
    feedback(site, "list")
    server = kiosk_server(site.root, data=site.data)
    note = site.data / FILE
    wait_until(note.exists, 10, "the first day")
    assert path_of(folder_of(site), old).exists()
    server.stop()
    note.write_text(f"{site.today() - timedelta(days=1)}\n")
    server.restart()
    wait_until(lambda: "older than keep_months = 1: 1." in server.stderr_text(), 10, "the log")
    assert kept(site) == Counter([stays])
    with open_index(site) as index:
        assert [one.id for one in index.answers()] == [stays]


def test_a_kiosk_that_runs_lets_old_answers_go_on_each_new_day(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "DAY_SECONDS", 0.02)
    lines: list[str] = []
    note = site.data / FILE
    kiosk = running.Kiosk(site, report=lines.append)
    kiosk.start()
    try:
        for times in (1, 2):
            wait_until(lambda: is_noted(note, site.today()), 10, "the note of the day")
            old = path_of(folder_of(site), keep(folder_of(site), at=NOW - timedelta(days=40)))
            yesterday = note.with_name("yesterday")
            yesterday.write_text(f"{site.today() - timedelta(days=1)}\n")
            yesterday.replace(note)  # so that it is never seen half written
            wait_until(lambda: len(lines) == times, 10, "the log")  # noqa: B023 - called at once
            assert lines[-1].endswith("older than keep_months = 1: 1.")
            assert not old.exists()
    finally:
        kiosk.close()

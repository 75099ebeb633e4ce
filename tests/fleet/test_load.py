"""Many kiosks, and everything that goes wrong on the way: each answer arrives once, as it was."""

from __future__ import annotations

import os
import random
import secrets
import shutil
import signal
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.config import Site, load_site
from kiosk.errors import CentreAway, FleetError
from kiosk.feedback.store.shelf import folder_of as answers_of
from kiosk.feedback.store.store import store_of
from kiosk.fleet.centre.backup import backup
from kiosk.fleet.centre.database import opened
from kiosk.fleet.member.enrolment import Enrolment, enrolment_of
from kiosk.fleet.member.ledger import Ledger
from kiosk.fleet.member.outbox import LEDGER, Outbox
from tests.feedback.kept import keep, path_of
from tests.fleet.centres import CentreProcess
from tests.tools.command import run
from tests.tools.server import free_port
from tests.tools.sites import tiny_site
from tests.tools.waiting import wait_until

KIOSKS, EACH, KILLS = 20, 500, 5
NOW = datetime.now(UTC)

pytestmark = pytest.mark.drill


class Shaky(Enrolment):
    """A way on which batches go twice, and replies are lost."""

    def ask(self, path: str, body: bytes) -> dict[str, Any]:
        luck = random.random()  # noqa: S311 - no secret
        reply = super().ask(path, body)
        if luck < 0.5:
            reply = super().ask(path, body)
            COUNTED["doubled"] += body.count(b'"kind":')
        elif luck < 0.65:
            COUNTED["lost"] += body.count(b'"kind":')
            raise CentreAway("The reply was lost.")
        return reply


COUNTED = {"doubled": 0, "lost": 0}


class Fleet:
    """Kiosks with answers on their disks, and the centre that they belong to."""

    def __init__(self, folder: Path) -> None:
        self.root = tiny_site(folder)
        self.data = folder / "centre"
        self.port = free_port()
        self.centre = CentreProcess(self.root, self.data, self.port)
        self.sites: list[Site] = []
        self._progress: dict[Path, int] = {}
        self.expected: dict[str, bytes] = {}
        self.voices: dict[str, bytes] = {}
        for number in range(KIOSKS):
            site = load_site(self.root, folder / f"kiosk-{number}")
            name = f"kiosk {number}"
            options = ("--site", str(self.root), "--data")
            code = run("centre", "enrol", *options, str(self.data), name).stdout.split()[-1]
            done = run("enrol", *options, str(site.data), self.centre.address, code)
            assert done.exit_code == 0, done.output
            self.sites.append(site)
            for at in range(EACH):
                self._keep(site, with_voice=at % 20 == 0)

    def _keep(self, site: Site, *, with_voice: bool) -> None:
        one = keep(answers_of(site), {"words": secrets.token_urlsafe(40)}, at=NOW)
        path = path_of(answers_of(site), one)
        self.expected[one] = path.read_bytes()
        if with_voice:
            self.voices[f"{one}.tell.mp3"] = sound = secrets.token_bytes(20_000)
            path.with_name(f"{one}.tell.mp3").write_bytes(sound)

    def send_all(self, sites: list[Site], kills: int = 0) -> None:
        """Send from all kiosks at once until nothing waits, while the centre is killed."""
        threads = [threading.Thread(target=self._send, args=[site]) for site in sites]
        for thread in threads:
            thread.start()
        for kill in range(kills):
            wanted = (kill + 1) * KIOSKS * EACH // (kills + 1)
            self._wait_for(wanted)
            self.centre.kill()
            if kill % 2:
                self._kill_database()
            self.centre.start()
        for thread in threads:
            thread.join(500)
            assert not thread.is_alive()

    def _wait_for(self, answers: int) -> None:
        wait_until(lambda: sum(self._progress.values()) >= answers, 300, "answers")

    def _send(self, site: Site) -> None:
        known = enrolment_of(site)
        assert known is not None
        shaky = Shaky.model_validate(known.model_dump())
        ledger = Ledger(site.data / LEDGER)
        outbox = Outbox(site, store_of(site), shaky, secrets.token_hex(16), ledger)
        while True:
            try:
                outbox.send()
            except FleetError:
                wait_until(self._is_up, 120, "the centre")
                continue
            finally:
                self._progress[site.data] = len(ledger.stamps())
            if len(ledger.stamps()) >= EACH and not any(outbox.unsent()):
                break
        ledger.close()

    def _is_up(self) -> bool:
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", self.port)) == 0

    def _kill_database(self) -> None:
        file = self.data / "centre" / "postgres" / "postmaster.pid"
        pid = int(file.read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not Path(f"/proc/{pid}").exists(), 30, "the end of the database")

    def everything(self) -> tuple[dict[str, bytes], dict[str, bytes], int]:
        """Return what the centre has: answers, voices, and how many changed copies."""
        with opened(load_site(self.root, self.data)) as connection:
            answers = connection.execute("SELECT id, body FROM answer").fetchall()
            voices = connection.execute("SELECT name, body FROM voice").fetchall()
            changed = connection.execute("SELECT count(*) FROM changed").fetchone()
        assert changed is not None
        return (
            {one: bytes(body) for one, body in answers},
            {name: bytes(body) for name, body in voices},
            changed[0],
        )


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """Give one fleet to all tests of this module; each sends first what has not gone."""
    made = Fleet(tmp_path_factory.mktemp("fleet"))
    yield made
    made.centre.close()


def test_ten_thousand_answers_arrive_once_each_whatever_happens_on_the_way(fleet: Fleet) -> None:
    # One disk was copied before anything went; both copies send under one key.
    copy = fleet.sites[0].data.with_name("clone")
    shutil.copytree(fleet.sites[0].data, copy)
    fleet.send_all([*fleet.sites, load_site(fleet.root, copy)], KILLS)
    assert fleet.everything() == (fleet.expected, fleet.voices, 0)
    for site in fleet.sites[1:]:
        (site.data / LEDGER).unlink()
    fleet.send_all(fleet.sites)
    assert fleet.everything() == (fleet.expected, fleet.voices, 0)
    assert COUNTED["doubled"] >= 5_000
    assert COUNTED["lost"] >= 500


def test_a_lost_centre_is_put_back_and_gets_the_same_ten_thousand_again(
    fleet: Fleet, tmp_path: Path
) -> None:
    fleet.send_all(fleet.sites)
    assert fleet.everything() == (fleet.expected, fleet.voices, 0)
    # A backup from before half of its answers came: they are taken out, and nobody is told.
    file = tmp_path / "yesterday.backup"
    half = sorted(fleet.expected)[::2]
    site = load_site(fleet.root, fleet.data)
    with opened(site) as connection:
        connection.execute("DELETE FROM answer WHERE id = ANY (%s)", [half])
        backup(site, connection, file)
    gone = sorted(set(fleet.expected) - set(half))[:20]
    options = ("--site", str(fleet.root), "--data", str(fleet.data))
    for one in gone:  # deleted at the centre after the backup
        assert run("centre", "delete", "--yes", *options, one).exit_code == 0
    fleet.centre.stop()
    shutil.copy(fleet.data / "centre" / "deleted.txt", tmp_path / "deleted.txt")
    shutil.rmtree(fleet.data)
    deleted = ("--deleted", str(tmp_path / "deleted.txt"))
    done = run("centre", "restore", *options, str(file), *deleted)
    assert done.exit_code == 0, done.output
    fleet.centre.start()
    left = set(fleet.expected) - set(gone)
    assert set(fleet.everything()[0]) == left - set(half)
    fleet.send_all(fleet.sites)
    fleet.send_all(fleet.sites)  # what the centre has deleted goes at the kiosks too
    answers, voices, changed = fleet.everything()
    assert answers == {one: fleet.expected[one] for one in left}
    assert voices == {name: one for name, one in fleet.voices.items() if name[:26] in left}
    assert changed == 0
    files = [path for site in fleet.sites for path in answers_of(site).glob("2*/**/*.yaml")]
    assert {path.stem for path in files} == left

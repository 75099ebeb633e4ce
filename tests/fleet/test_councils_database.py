from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.errors import CentreAway, CentreRefused
from kiosk.feedback.store.shelf import folder_of as answers_of
from kiosk.fleet.centre.database import opened
from kiosk.fleet.member.enrolment import enrolment_of
from tests.feedback.kept import keep
from tests.fleet.centres import CentreProcess
from tests.fleet.debian import Debian
from tests.fleet.test_answers_in import send
from tests.tools.command import run
from tests.tools.server import free_port
from tests.tools.sites import KIOSK_TOML, ROOT, tiny_site

pytestmark = pytest.mark.drill


def test_the_councils_database_is_used_as_its_keeper_was_told_to_make_it(tmp_path: Path) -> None:
    page = (ROOT / ".github" / "CENTRE.md").read_text(encoding="utf-8")
    told = re.findall(r"^    ((?:CREATE|GRANT) .*;)$", page, re.M)
    assert len(told) == 4
    with Debian() as debian:
        settings = f'{KIOSK_TOML}[centre]\ndatabase = "{debian.address()}"\n'
        site = load_site(tiny_site(tmp_path, {"kiosk.toml": settings}), tmp_path / "centre")
        with pytest.raises(CentreAway, match="does not answer"), opened(site):
            pass
        debian.keep(*told)
        centre = CentreProcess(site.root, site.data, free_port())
        try:
            options = ("--site", str(site.root), "--data")
            code = run("centre", "enrol", *options, str(site.data), "hub").stdout.split()[-1]
            joined = run("enrol", *options, str(tmp_path / "k"), centre.address, code)
            assert joined.exit_code == 0, joined.output
            kiosk = load_site(site.root, tmp_path / "k")
            member = enrolment_of(kiosk)
            assert member is not None
            keep(answers_of(kiosk), at=datetime.now(UTC))
            assert send(kiosk, member).states == {"kept": 1}
            file = tmp_path / "a.backup"
            made = run("centre", "backup", *options, str(site.data), str(file))
            assert made.exit_code == 0, made.output
            running = run("centre", "restore", *options, str(site.data), str(file))
            assert "A centre is running" in running.stderr
        finally:
            centre.close()
        assert not (site.data / "centre" / "postgres").exists()
        # From the council's database to an embedded one.
        other = load_site(tiny_site(tmp_path / "other"), tmp_path / "other-data")
        done = run(
            "centre", "restore", "--site", str(other.root), "--data", str(other.data), str(file)
        )
        assert done.stdout.startswith("1 answer, 0 recorded voices, 1 kiosk are back")


def test_a_user_who_may_not_make_tables_is_told_what_to_ask_for(tmp_path: Path) -> None:
    with Debian() as debian:
        debian.keep(
            "CREATE ROLE kiosk_centre LOGIN", "CREATE DATABASE kiosk_centre OWNER kiosk_centre"
        )
        settings = f'{KIOSK_TOML}[centre]\ndatabase = "{debian.address()}"\n'
        site = load_site(tiny_site(tmp_path, {"kiosk.toml": settings}), tmp_path / "centre")
        with (
            pytest.raises(CentreRefused, match="CREATE ROLE kiosk_sender NOLOGIN; GRANT"),
            opened(site),
        ):
            pass

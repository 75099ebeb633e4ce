from __future__ import annotations

import stat
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.errors import CentreAway, CentreRefused
from kiosk.fleet.centre import register
from kiosk.fleet.centre.database import migrate, migrations, newest, schema_number
from kiosk.fleet.keys import KioskKey, is_signed
from kiosk.fleet.member.enrolment import Enrolment, enrol, enrolment_of, file_of, leave
from kiosk.fleet.wire import signed_text
from tests.fleet.centres import LiveCentre, engine_in
from tests.tools.server import free_port
from tests.tools.sites import tiny_site


@pytest.mark.drill
def test_a_kiosk_joins_once_with_a_key_that_never_leaves_it(
    centre: LiveCentre, tmp_path: Path
) -> None:
    code = centre.code("The library")
    site = load_site(centre.site.root, tmp_path / "kiosk")
    joined = enrol(site, centre.address, code.lower())
    assert joined.name == "The library"
    assert enrolment_of(site) == joined
    assert stat.S_IMODE(file_of(site).stat().st_mode) == 0o600
    with centre.database.connection() as connection:
        public = register.key_of(connection, joined.kiosk)
    assert public == bytes.fromhex(KioskKey.from_text(joined.key).public)
    other = load_site(centre.site.root, tmp_path / "other")
    with pytest.raises(CentreRefused, match="used already"):
        enrol(other, centre.address, code)
    assert enrolment_of(other) is None


@pytest.mark.drill
def test_a_code_of_another_centre_tells_its_secret_to_nobody(
    centre: LiveCentre, tmp_path: Path
) -> None:
    code = centre.code("library")
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    site = load_site(centre.site.root, tmp_path / "kiosk")
    with pytest.raises(CentreRefused, match="not the centre that made this code"):
        enrol(site, centre.address, wrong)
    assert enrol(site, centre.address, code).name == "library"  # it was not used up
    with pytest.raises(CentreAway, match="does not answer"):
        enrol(site, f"https://127.0.0.1:{free_port()}", code)


@pytest.mark.drill
def test_a_replaced_kiosk_shuts_the_old_one_out_only_when_its_code_is_used(
    centre: LiveCentre, tmp_path: Path
) -> None:
    _, old = centre.member(tmp_path / "old", "library")
    code = centre.code("library")
    with centre.database.connection() as connection:
        before = register.key_of(connection, old.kiosk)
    assert before == bytes.fromhex(KioskKey.from_text(old.key).public)
    new = enrol(load_site(centre.site.root, tmp_path / "new"), centre.address, code)
    with centre.database.connection() as connection:
        after = register.key_of(connection, old.kiosk)
        assert register.revoke(connection, "library")
        gone = register.key_of(connection, new.kiosk)
    assert (new.kiosk, after, gone) == (
        old.kiosk,
        bytes.fromhex(KioskKey.from_text(new.key).public),
        None,
    )


@pytest.mark.drill
def test_migrations_run_once_from_every_number_and_by_two_at_once(tmp_path: Path) -> None:
    import threading

    import psycopg

    site = load_site(tiny_site(tmp_path), tmp_path / "data")
    engine = engine_in(site)
    engine.start()
    try:
        for start in range(newest()):
            with psycopg.connect(engine.address(), autocommit=True) as connection:
                connection.execute("DROP SCHEMA IF EXISTS centre CASCADE")
                connection.execute("SET search_path = centre, pg_catalog")
                assert migrate(connection, start) == list(migrations())[:start]
            done: list[list[int]] = []

            def run(done: list[list[int]] = done) -> None:
                with psycopg.connect(engine.address(), autocommit=True) as mine:
                    mine.execute("SET search_path = centre, pg_catalog")
                    done.append(migrate(mine))

            threads = [threading.Thread(target=run) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert sorted(done) == [[], [], [], list(migrations())[start:]]
        with psycopg.connect(engine.address(), autocommit=True) as connection:
            connection.execute("INSERT INTO centre.migration VALUES (%s)", [newest() + 1])
            assert schema_number(connection) == newest() + 1
            with pytest.raises(CentreRefused, match="newer kiosk"):
                migrate(connection)
    finally:
        engine.stop()


def test_a_signature_fits_one_kiosk_one_request_and_one_key() -> None:
    key, other = KioskKey(), KioskKey()
    text = signed_text("k", "/a", "0")
    signature = key.sign(text)
    assert is_signed(bytes.fromhex(key.public), text, signature)
    assert not is_signed(bytes.fromhex(other.public), text, signature)
    for wrong in (("l", "/a", "0"), ("k", "/b", "0"), ("k", "/a", "1")):
        assert not is_signed(bytes.fromhex(key.public), signed_text(*wrong), signature)
    assert not is_signed(bytes.fromhex(key.public), text, "zz")


def test_a_damaged_file_of_the_centre_is_told_and_leaving_takes_it_away(tmp_path: Path) -> None:
    site = load_site(tiny_site(tmp_path), tmp_path / "data")
    assert enrolment_of(site) is None
    assert not leave(site)
    file_of(site).parent.mkdir(parents=True)
    whole = Enrolment(kiosk="k", name="n", host="h", port=1, key=KioskKey().text)
    file_of(site).write_text(whole.model_dump_json())
    assert enrolment_of(site) == whole
    for text in ("", "{}", whole.model_dump_json().replace(whole.key, "00")):
        file_of(site).write_text(text)
        with pytest.raises(CentreRefused, match="damaged"):
            enrolment_of(site)
    assert leave(site)
    assert enrolment_of(site) is None

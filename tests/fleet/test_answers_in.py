from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.config import Site
from kiosk.errors import CentreRefused
from kiosk.feedback.answer.ulid import parse
from kiosk.feedback.store.shelf import ASIDE, DELETED, folder_of
from kiosk.feedback.store.store import store_of
from kiosk.fleet.centre import answers, register
from kiosk.fleet.member.enrolment import Enrolment
from kiosk.fleet.member.ledger import Ledger
from kiosk.fleet.member.outbox import LEDGER, Outbox, Sent
from tests.feedback.kept import keep, new_id, path_of
from tests.fleet.centres import LiveCentre

NOW = datetime.now(UTC)


def outbox(site: Site, enrolment: Enrolment) -> Outbox:
    ledger = Ledger(site.data / LEDGER)
    return Outbox(site, store_of(site), enrolment, secrets.token_hex(16), ledger)


def send(site: Site, enrolment: Enrolment) -> Sent:
    """Send once, as a kiosk does after each of its starts."""
    return outbox(site, enrolment).send()


def lose_ledger(site: Site) -> None:
    (site.data / LEDGER).unlink()


def with_voice(site: Site, sound: bytes = b"a voice") -> str:
    """Keep an answer with a recorded voice; return its id."""
    one = keep(folder_of(site), at=NOW)
    path = path_of(folder_of(site), one)
    path.write_bytes(path.read_bytes() + f"# {one}.tell.mp3\n".encode())
    path.with_name(f"{one}.tell.mp3").write_bytes(sound)
    return one


def rows(centre: LiveCentre, query: str) -> list[tuple[object, ...]]:
    with centre.database.connection() as connection:
        return list(connection.execute(query.encode()).fetchall())


def there(centre: LiveCentre) -> dict[str, bytes]:
    found = rows(centre, "SELECT id, body FROM answer")
    return {str(one): bytes(body) for one, body in found if isinstance(body, bytes)}


def test_an_answer_goes_to_the_centre_once_with_its_voice_and_its_deletion_too(
    centre: LiveCentre, tmp_path: Path
) -> None:
    site, member = centre.member(tmp_path / "kiosk", "library")
    folder = folder_of(site)
    plain, spoken = keep(folder, {"words": "żółw — 'no'\n"}, at=NOW), with_voice(site)
    first = send(site, member)
    assert first.states == {"kept": 2}
    on_disk = {one: path_of(folder, one).read_bytes() for one in (plain, spoken)}
    assert there(centre) == on_disk
    assert rows(centre, "SELECT answer, name, body FROM voice") == [
        (spoken, f"{spoken}.tell.mp3", b"a voice")
    ]
    assert send(site, member).states == {}  # nothing is new
    lose_ledger(site)
    assert send(site, member).states == {"here": 2}
    store_of(site).delete(parse(spoken))
    assert send(site, member).deleted == 1
    assert list(there(centre)) == [plain]
    assert rows(centre, "SELECT count(*) FROM voice") == [(0,)]
    with centre.database.connection() as connection:
        answers.delete(connection, [plain], centre.app.stones)
    send(site, member)
    assert not path_of(folder, plain).exists()
    assert (folder / DELETED / f"{plain}.yaml").exists()
    assert centre.app.stones.all() == {plain, spoken}


@pytest.mark.drill
def test_a_changed_copy_is_kept_aside_and_the_first_stays(
    centre: LiveCentre, tmp_path: Path
) -> None:
    site, member = centre.member(tmp_path / "kiosk", "library")
    one = with_voice(site)
    path = path_of(folder_of(site), one)
    first = path.read_bytes()
    send(site, member)
    path.write_bytes(first + b"# more\n")
    path.with_name(f"{one}.tell.mp3").write_bytes(b"another voice")
    for _ in range(2):
        lose_ledger(site)
        assert send(site, member).states == {"changed": 1}
    assert there(centre) == {one: first}
    assert rows(centre, "SELECT body FROM voice") == [(b"a voice",)]
    assert rows(centre, "SELECT body FROM changed") == [(first + b"# more\n",)]
    assert rows(centre, "SELECT body FROM changed_voice") == [(b"another voice",)]


@pytest.mark.drill
def test_an_answer_that_was_set_aside_goes_and_is_one_answer_when_it_is_taken_in(
    centre: LiveCentre, tmp_path: Path
) -> None:
    site, member = centre.member(tmp_path / "kiosk", "library")
    folder = folder_of(site)
    old, same, new = new_id(NOW), new_id(NOW), new_id(NOW)
    (folder / ASIDE).mkdir(parents=True)
    for one in (old, same):
        (folder / ASIDE / f"{one}.yaml").write_text(f"format: 1\nid: {one}\n")
    assert send(site, member).states == {"kept": 2}
    assert rows(centre, "SELECT DISTINCT kind FROM answer") == [("aside",)]
    for one in (old, same):
        (folder / ASIDE / f"{one}.yaml").unlink()
    for one, more in ((new, f"was: {old}\n"), (same, "")):
        path_of(folder, one).parent.mkdir(parents=True, exist_ok=True)
        path_of(folder, one).write_text(f"format: 1\nid: {one}\n{more}")
    assert send(site, member).states == {"kept": 2}
    assert set(there(centre)) == {new, same}
    # A clone that has not taken them in says nothing new.
    for one in (old, same):
        (folder / ASIDE / f"{one}.yaml").write_text(f"format: 1\nid: {one}\n")
    lose_ledger(site)
    assert send(site, member).states == {"moved": 1, "here": 2}
    assert send(site, member).states == {"here": 1}
    # One that took it in with yet another id keeps its copy aside.
    other = new_id(NOW)
    path_of(folder, other).write_text(f"format: 1\nid: {other}\nwas: {old}\n")
    assert send(site, member).states == {"changed": 1}
    # And who deletes it by either id deletes it.
    store_of(site).delete(parse(old))
    send(site, member)
    assert set(there(centre)) == {same}
    lose_ledger(site)
    send(site, member)
    assert set(there(centre)) == {same}
    assert not path_of(folder, new).exists()


@pytest.mark.drill
def test_what_is_too_old_goes_at_the_centre_and_does_not_come_back(
    centre: LiveCentre, tmp_path: Path
) -> None:
    site, member = centre.member(tmp_path / "kiosk", "library")
    folder = folder_of(site)
    keep(folder, at=datetime(2026, 2, 1, tzinfo=UTC))
    late = keep(folder, at=NOW)
    send(site, member)
    with centre.database.connection() as connection:
        assert answers.purge(connection, datetime(2026, 3, 1, tzinfo=UTC)) == 1
    lose_ledger(site)
    assert send(site, member).states == {"old": 1, "here": 1}
    assert list(there(centre)) == [late]


@pytest.mark.drill
def test_a_kiosk_deletes_what_is_its_own_and_a_replaced_one_what_the_old_one_sent(
    centre: LiveCentre, tmp_path: Path
) -> None:
    site, member = centre.member(tmp_path / "kiosk", "library")
    other, stranger = centre.member(tmp_path / "other", "hub")
    one = keep(folder_of(site), at=NOW)
    send(site, member)
    (folder_of(other) / DELETED).mkdir(parents=True)
    (folder_of(other) / DELETED / f"{one}.yaml").write_text("format: 1\n")
    send(other, stranger)
    assert list(there(centre)) == [one]
    with centre.database.connection() as connection:
        register.revoke(connection, "library")
    lose_ledger(other)
    send(other, stranger)
    assert there(centre) == {}
    with pytest.raises(CentreRefused, match="does not know this kiosk"):
        send(site, member)


@pytest.mark.drill
def test_a_kiosk_may_do_three_things_in_the_database_and_nothing_else(
    centre: LiveCentre, tmp_path: Path
) -> None:
    import psycopg

    centre.member(tmp_path / "kiosk", "library")
    tables = [
        f"{schema}.{name}"
        for schema, name in rows(
            centre,
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = 'centre'"
            " OR tablename IN ('pg_authid', 'pg_largeobject', 'pg_statistic', 'pg_user_mapping')",
        )
    ]
    assert len(tables) >= 8
    tries = [
        statement
        for table in tables
        for statement in (
            f"SELECT * FROM {table}",  # noqa: S608
            f"INSERT INTO {table} DEFAULT VALUES",
            f"DELETE FROM {table}",  # noqa: S608
            f"TRUNCATE {table}",
            f"UPDATE {table} SET {_column(centre, table)} = NULL",  # noqa: S608
            f"COPY {table} TO STDOUT",
            f"DROP TABLE {table}",
            f"LOCK TABLE {table}",
        )
    ]
    tries += [
        "CREATE TABLE centre.mine (a int)",
        "CREATE TABLE public.mine (a int)",
        "CREATE SCHEMA mine",
        "CREATE ROLE mine",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT pg_ls_dir('.')",
        "SELECT lo_import('/etc/passwd')",
        "SELECT setval('centre.gone_number_seq', 1)",
        "ALTER FUNCTION centre.ingest RENAME TO mine",
    ]
    for statement in tries:
        with (
            pytest.raises(psycopg.errors.InsufficientPrivilege),
            centre.database.as_sender() as connection,
        ):
            connection.execute(statement.encode())
    with centre.database.as_sender() as connection:
        found = connection.execute(
            "SELECT p.proname FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace"
            " WHERE n.nspname = 'centre' AND has_function_privilege(p.oid, 'EXECUTE')"
        ).fetchall()
    assert {row[0] for row in found} == {"ingest", "beat", "read_release"}


def _column(centre: LiveCentre, table: str) -> str:
    schema, name = table.split(".")
    return str(
        rows(
            centre,
            "SELECT column_name FROM information_schema.columns"  # noqa: S608
            f" WHERE table_schema = '{schema}' AND table_name = '{name}' LIMIT 1",
        )[0][0]
    )


def test_received_is_read_from_the_file_and_never_later_than_now() -> None:
    now = datetime(2026, 11, 27, tzinfo=UTC)
    told = answers.received(b"id: x\nreceived: '2026-11-24T12:00:00+00:00'\n", now)
    assert told == datetime(2026, 11, 24, 12, tzinfo=UTC)
    for body in (
        b"",
        b"received: 2027-11-24T12:00:00+00:00\n",
        b"received: 2026-99-24T12:00:00+00:00\n",
        b"answers:\n  words: |\n    received: 2020-01-01T00:00:00+00:00\n",
    ):
        assert answers.received(body, now) == now


def test_a_ledger_that_is_damaged_is_made_anew(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "a" / "sent.sqlite")
    ledger.begin("e")
    ledger.note([("answer 1", "s", "kept")], 7)
    assert (ledger.epoch, ledger.number, ledger.stamps()) == ("e", 7, {"answer 1": "s"})
    ledger.close()
    for text in (b"no database at all", hashlib.sha256(b"").digest() * 1000):
        (tmp_path / "a" / "sent.sqlite").write_bytes(text)
        ledger = Ledger(tmp_path / "a" / "sent.sqlite")
        assert (ledger.epoch, ledger.number, ledger.stamps()) == ("", 0, {})
        ledger.close()

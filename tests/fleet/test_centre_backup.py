from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from kiosk.config import Site, load_site
from kiosk.errors import BackupRefused, CentreRefused
from kiosk.feedback.answer.ulid import parse
from kiosk.feedback.store.shelf import folder_of as answers_of
from kiosk.feedback.store.store import store_of
from kiosk.fleet.centre import answers, beats
from kiosk.fleet.centre.answers import STONES, Stones
from kiosk.fleet.centre.backup import backup, restore
from kiosk.fleet.centre.database import folder_of, opened
from tests.feedback.kept import keep
from tests.fleet.centres import LiveCentre, engine_in
from tests.fleet.test_answers_in import rows, send, there, with_voice
from tests.tools.command import run

NOW = datetime.now(UTC)


def in_other(site: Site, file: Path, folder: Path, stones: frozenset[str] = frozenset()) -> Site:
    """Put a backup back into a new centre, whose data is in this folder."""
    other = load_site(site.root, folder)
    with opened(other, engine_in(other)) as connection:
        restore(other, connection, file, stones)
    return other


@pytest.mark.drill
def test_a_lost_centre_comes_back_and_what_was_deleted_stays_away(
    centre: LiveCentre, tmp_path: Path
) -> None:
    site, member = centre.member(tmp_path / "kiosk", "library")
    folder = answers_of(site)
    early = [keep(folder, at=NOW) for _ in range(5)]
    spoken = with_voice(site)
    send(site, member)
    file = tmp_path / "yesterday.backup"
    with centre.database.connection() as connection:
        made = backup(centre.site, connection, file)
    assert (made.answers, made.voices, made.kiosks) == (6, 1, 1)
    assert file.stat().st_mode & 0o077 == 0
    late = keep(folder, at=NOW)
    store_of(site).delete(parse(early[0]))  # at its kiosk
    send(site, member)
    with centre.database.connection() as connection:
        answers.delete(connection, [early[1]], centre.app.stones)  # at the centre
    # The centre's database is lost with all that came since, its folder is not.
    stones = frozenset(Stones(folder_of(centre.site) / STONES).all())
    with LiveCentre(
        tmp_path / "new", restore=lambda new, one: restore(new, one, file, stones)
    ) as now:
        member = member.model_copy(update={"port": now.port})
        expected = {*early[2:], spoken}
        assert set(there(now)) == expected  # before any kiosk has come
        with now.database.connection() as connection:
            (told,) = [one for one in beats.board(connection).things if one.about == "Backup"]
        assert not told.good
        send(site, member)
        send(site, member)
        assert set(there(now)) == {*expected, late}
        assert rows(now, "SELECT body FROM voice") == [(b"a voice",)]
        assert not (folder / f"{parse(early[1]).day:%Y/%m/%d}" / f"{early[1]}.yaml").exists()
        with now.database.connection() as connection:
            assert beats.board(connection).good


@pytest.mark.drill
def test_a_backup_goes_only_into_an_empty_centre_that_is_not_running_and_only_whole(
    centre: LiveCentre, tmp_path: Path
) -> None:
    site, member = centre.member(tmp_path / "kiosk", "library")
    keep(answers_of(site), at=NOW)
    send(site, member)
    file = tmp_path / "a.backup"
    with centre.database.connection() as connection:
        backup(centre.site, connection, file)
    with psycopg.connect(centre.engine.address(), autocommit=True) as mine:
        mine.execute("SET search_path = centre, pg_catalog")
        with pytest.raises(CentreRefused, match="is running"):
            restore(centre.site, mine, file)
    centre.database.close()
    with (
        opened(centre.site, centre.engine) as connection,
        pytest.raises(CentreRefused, match="not empty: it has 1 answers and 1 kiosks"),
    ):
        restore(centre.site, connection, file)
    other = in_other(site, file, tmp_path / "other")
    with opened(other, engine_in(other)) as connection:
        assert connection.execute("SELECT count(*) FROM answer").fetchone() == (1,)
    for spoil in ("tables/answer", "certificate.key", "manifest.json"):
        broken = tmp_path / f"{Path(spoil).name}.backup"
        with zipfile.ZipFile(file) as whole, zipfile.ZipFile(broken, "w") as part:
            for name in whole.namelist():
                data = whole.read(name)
                if name == "manifest.json" and spoil == name:
                    data = data.replace(b'"format":1', b'"format":2')
                elif name == spoil and name != "certificate.key":
                    data = data.replace(b"\\\\x", b"\\\\x00")
                if name != "certificate.key" or spoil != name:
                    part.writestr(name, data)
        with pytest.raises(BackupRefused):
            in_other(site, broken, tmp_path / broken.stem)
        empty = load_site(site.root, tmp_path / broken.stem)
        with opened(empty, engine_in(empty)) as connection:
            assert connection.execute("SELECT count(*) FROM kiosk").fetchone() == (0,)


@pytest.mark.drill
def test_reports_count_what_all_kiosks_have_sent_or_one_of_them(
    centre: LiveCentre, tmp_path: Path
) -> None:
    for name, feel in (("library", "happy"), ("hub", "sad"), ("hub", "sad")):
        site, member = centre.member(tmp_path / name, name)
        keep(answers_of(site), {"feel": feel}, at=NOW)
        send(site, member)
    bad = answers_of(site) / f"{NOW:%Y/%m/%d}" / "01M8EYA9300000000000000YXW.yaml"
    bad.write_text("format: 1\n", encoding="utf-8")
    send(site, member)
    options = ("--centre", "--site", str(site.root), "--data", str(centre.site.data))
    told = run("feedback", "report", *options)
    assert told.exit_code == 0, told.output
    assert "3 answers" in told.stdout
    assert "1 file cannot be read" in told.stdout
    assert "2 answers" in run("feedback", "report", *options, "--kiosk", "hub").stdout
    assert (
        "1 answer"
        in run("feedback", "report", *options, "--survey", "think", "--kiosk", "library").stdout
    )
    wrong = run("feedback", "report", *options, "--kiosk", "nowhere")
    assert (wrong.exit_code, wrong.stderr) == (
        1,
        'There is no kiosk "nowhere". Try: kiosk centre kiosks\n',
    )
    state = run("centre", "status", "--format", "json", *options[1:])
    assert state.exit_code == 0, state.output

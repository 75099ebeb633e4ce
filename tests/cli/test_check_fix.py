"""`kiosk check --fix`: what can be mended is shown, and written when a person says so."""

from __future__ import annotations

from pathlib import Path

from tests.easyread.sites import FACTS, one_page_site
from tests.tools.command import run

BODY = ":memo: We assist you at 14:30. Come with two friends\r\n"
MENDED = ":memo: We help you at 2:30pm. Come with 2 friends.\r\n"
PAGE = "content/en/about/page.md"


def site_with(folder: Path, body: str) -> Path:
    site = one_page_site(folder, ":memo: We help.\n")
    (site / PAGE).write_bytes(("\ufeff" + FACTS.replace("\n", "\r\n") + body).encode())
    return site


def body_of(site: Path) -> str:
    text = (site / PAGE).read_bytes().decode()
    assert text.startswith("\ufeff---\r\n")
    return text.rpartition("---\r\n")[2]


def test_yes_writes_what_cannot_change_the_meaning_and_ends_with_0(tmp_path: Path) -> None:
    site = site_with(tmp_path, BODY)
    done = run("check", "--site", str(site), "--fix", "--yes")
    assert done.exit_code == 0, done.stdout
    assert body_of(site) == MENDED
    assert f"-{BODY.strip()}" in done.stdout
    assert f"+{MENDED.strip()}" in done.stdout


def test_what_is_left_ends_with_1_though_it_is_a_warning(tmp_path: Path) -> None:
    site = site_with(tmp_path, ":memo: We assist you (here).\r\n")
    done = run("check", "--site", str(site), "--fix", "--yes")
    assert done.exit_code == 1
    assert body_of(site) == ":memo: We help you (here).\r\n"
    assert "ER08" in done.stdout


def test_nothing_is_written_before_a_person_says_so(tmp_path: Path) -> None:
    for typed in ("n\n", ""):
        site = site_with(tmp_path, BODY)
        done = run("check", "--site", str(site), "--fix", typed=typed)
        assert done.exit_code == 1
        assert "These cannot change the meaning. Write them? [y/N]" in done.stdout
        assert body_of(site) == BODY
    assert run("check", "--site", str(site), "--fix", typed="y\n").exit_code == 0
    assert body_of(site) == MENDED


def test_what_could_change_the_meaning_is_asked_for_one_by_one(tmp_path: Path) -> None:
    body = ":memo: Come on 03/04/2027. Go on 05/06/2027.\r\n"
    site = site_with(tmp_path, body)
    assert run("check", "--site", str(site), "--fix", "--yes").exit_code == 1
    assert body_of(site) == body
    done = run("check", "--site", str(site), "--fix", typed="n\ny\n")
    assert done.stdout.count("This could change the meaning.") == 2
    assert done.exit_code == 1
    assert body_of(site) == body.replace("05/06/2027", "5 June 2027")


def test_any_text_is_mended_without_a_site(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    text = "We help \u2018six\u2019 people & you in our big town today\n\nPens, paper, etc.\n"
    letter.write_bytes(text.encode())
    done = run("check", "--plain", "--fix", "--yes", str(letter))
    assert done.exit_code == 0, done.stdout
    assert letter.read_text(encoding="utf-8") == (
        "We help \u20186\u2019 people and you in our big town today.\n\nPens, paper and so on.\n"
    )


def test_a_text_in_yaml_is_mended_only_where_its_letters_stand_as_they_are_read(
    tmp_path: Path,
) -> None:
    site = one_page_site(tmp_path, ":memo: We help.\n")
    events = site / "content" / "events.yaml"
    events.write_text(
        "- {title: A meeting, symbol: handshake, date: 2099-12-03, where: Come prior to us.}\n"
    )
    run("check", "--site", str(site), "--fix", "--yes")
    assert "where: Come before us.}" in events.read_text()
    events.write_text(
        "- title: A meeting\n  symbol: handshake\n  date: 2099-12-03\n"
        '  where: "Come  prior to\n    us."\n'
    )
    before = events.read_text()
    run("check", "--site", str(site), "--fix", "--yes")
    assert events.read_text() == before

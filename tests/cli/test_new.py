from __future__ import annotations

from pathlib import Path

from tests.tools.command import run
from tests.tools.sites import HOME, KIOSK_TOML, tiny_site


def test_a_new_page_loads_has_no_errors_and_says_what_is_still_to_do(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    made = run("new", "page", "How to get here", "--part", "about", "--site", str(site))
    assert made.exit_code == 0, made.stderr
    page = site / "content" / "en" / "about" / "how-to-get-here.md"
    assert "title: How to get here" in page.read_text(encoding="utf-8")
    assert "status: draft" in page.read_text(encoding="utf-8")
    checked = run("check", str(page), "--site", str(site))
    assert checked.exit_code == 0, checked.stdout
    assert "still to do" in checked.stdout


def test_a_new_page_never_writes_over_another(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    page = site / "content" / "en" / "about" / "people.md"
    before = page.read_bytes()
    refused = run("new", "page", "People", "--part", "about", "--site", str(site))
    assert refused.exit_code != 0
    assert "already" in refused.stderr
    assert page.read_bytes() == before


def test_a_new_page_needs_a_part_that_can_be_a_folder(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    refused = run("new", "page", "Title", "--part", "../about", "--site", str(site))
    assert refused.exit_code != 0
    assert "Traceback" not in refused.stderr
    assert not (site / "content" / "about").exists()


def test_the_part_is_asked_for(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    command = ("new", "page", "Our bus", "--site", str(site))
    done = run(*command, typed="about\n")
    assert done.exit_code == 0, done.stderr
    assert "The parts of this site are: about." in done.stdout
    assert (site / "content" / "en" / "about" / "our-bus.md").exists()
    silent = run(*command, typed="")
    assert silent.exit_code == 2
    assert "--part NAME" in silent.stderr


def test_a_new_part_that_looks_like_a_slip_is_asked_for_before_anything_is_made(
    tmp_path: Path,
) -> None:
    site = tiny_site(tmp_path)
    command = ("new", "page", "Our bus", "--part", "abuot", "--site", str(site))
    folder = site / "content" / "en" / "abuot"
    for typed in ("n\n", ""):
        done = run(*command, typed=typed)
        assert done.exit_code == 2
        assert 'There is no part "abuot" yet. Did you mean "about"?' in done.stdout
        assert "I made nothing. For the part that is there: --part about" in done.stderr
        assert not folder.exists()
    assert run(*command, typed="y\n").exit_code == 0
    assert (folder / "our-bus.md").exists()


def test_a_new_part_of_quite_another_name_is_made_and_told(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    done = run("new", "page", "Our bus", "--part", "travel", "--site", str(site))
    assert done.exit_code == 0
    assert '"travel" is a new part: write it into home.md' in done.stdout


def test_a_translation_is_begun_and_says_what_to_do_next(tmp_path: Path) -> None:
    settings = KIOSK_TOML.replace('["en"]', '["en", "pl"]')
    site = tiny_site(tmp_path, {"kiosk.toml": settings, "content/pl/home.md": HOME})
    made = run("new", "translation", "pl", "people", "--site", str(site))
    assert made.exit_code == 0, made.stderr
    page = Path("content/pl/about/people.md")
    assert f"I made {page}. Its words are still those of content/en/about/people" in made.stdout
    assert "It is a draft: visitors do not see it." in made.stdout
    assert "original: " in (site / page).read_text(encoding="utf-8")
    again = run("new", "translation", "pl", "people", "--site", str(site))
    assert again.exit_code != 0
    assert f"There is {page} already." in again.stderr

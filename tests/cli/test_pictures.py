from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.symbols.packs import ABOUT, svg, zipped
from tests.tools.command import run
from tests.tools.sites import tiny_site


def test_find_lists_names_to_write_on_a_page_and_draws_a_sheet(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    sheet = tmp_path / "sheet.png"
    asked = ("Take", "a", "bus", "to", "the", "hospital")
    done = run("pictures", "find", "--site", str(site), *asked, "--save", str(sheet))
    assert done.exit_code == 0, done.stderr
    lines = done.stdout.splitlines()
    assert {line.split()[1] for line in lines} == {":bus:", ":hospital:"}
    assert Image.open(sheet).width > 1000


def test_find_warns_and_is_honest_about_finding_nothing(tmp_path: Path) -> None:
    site = str(tiny_site(tmp_path))
    done = run("pictures", "find", "--site", site, "You do not need a doctor.")
    assert 'This says "not"' in done.stderr
    assert ":health worker:" in done.stdout
    done = run("pictures", "find", "--site", site, "qqqqqq")
    assert done.stdout.startswith("I know no picture for this.")
    assert done.exit_code == 0


def test_add_takes_a_pack_over_and_a_page_can_use_it(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    pack = zipped(tmp_path / "pack.zip", {"EN/hoist.svg": svg(), "EN/bad.svg": b"words"})
    about = tmp_path / "about.yaml"
    about.write_bytes(ABOUT.replace(b", print, download", b", print"))
    done = run("pictures", "add", str(pack), "--site", str(site), "--about", str(about))
    assert done.exit_code == 0, done.stderr
    assert done.stdout.splitlines() == [
        f"Added 1 picture: {Path('assets/packs/mulberry-symbols')}.",
        "Write one on a page like this: :mulberry symbols hoist:",
        "Left out: EN/bad.svg: It is not an SVG picture that I can read.",
        "They may be used on the screen and in print, as far as no picture says otherwise.",
    ]
    page = site / "content/en/about/plan.md"
    page.write_text(page.read_text().replace(":memo:", ":mulberry symbols hoist:"))
    thanks = run("pictures", "credits", "--site", str(site))
    assert thanks.exit_code == 0, thanks.stderr
    assert [line.split(".")[0] for line in thanks.stdout.splitlines()] == [
        "Mulberry Symbols",
        "OpenMoji",
        "The kiosk's own pictures",
    ]
    assert not (site / "data").exists()
    barred = run("pictures", "credits", "--site", str(site), "--use", "download")
    assert barred.exit_code == 1
    assert barred.stderr.startswith("This picture may not be in a file that people take away")


def test_add_tells_why_a_pack_is_refused_in_one_line(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    pack = zipped(tmp_path / "pack.zip", {"../a.svg": svg()})
    done = run("pictures", "add", str(pack), "--site", str(site))
    assert done.exit_code == 1
    assert done.stderr == 'The name "../a.svg" leads out of the pack.\n'
    about = tmp_path / "about.yaml"
    about.write_text("title: A\n")
    done = run("pictures", "add", str(pack), "--site", str(site), "--about", str(about))
    assert done.stderr.count("is missing.") == 2
    assert not (site / "assets/packs").exists()


def test_find_puts_a_picture_together_where_one_does_not_say_it(tmp_path: Path) -> None:
    site = str(tiny_site(tmp_path))
    sheet = tmp_path / "sheet.png"
    asked = "You do not need a hospital."
    done = run("pictures", "find", "--site", site, asked, "--save", str(sheet))
    assert done.stdout.splitlines()[0].startswith(" 1 {not: hospital}  ")
    assert "under pictures: in the first part of a page" in done.stderr
    assert sheet.exists()
    done = run("pictures", "find", "--site", site, "Discretionary bursaries for the bus")
    assert "Draw or photograph this with people who know it" in done.stderr


def test_draw_draws_one_picture_and_says_what_it_shows_and_whom_to_thank(tmp_path: Path) -> None:
    site = str(tiny_site(tmp_path))
    declared = "{says: [leo worried, words, priya ear]}"
    for suffix in ("svg", "png"):
        to = tmp_path / f"one.{suffix}"
        done = run("pictures", "draw", "--site", site, declared, "--to", str(to))
        assert done.exit_code == 0, done.stderr
        assert done.stdout.splitlines() == [
            "A worried boy says to a staff member: words",
            "The kiosk's own pictures. The easy-read kiosk. MIT.",
        ]
    assert (tmp_path / "one.svg").read_text().startswith("<svg ")
    assert Image.open(tmp_path / "one.png").size == (840, 840)
    done = run("pictures", "draw", "--site", site, "house")
    assert done.stdout.splitlines()[0] == "House"
    assert "OpenMoji" in done.stdout
    done = run("pictures", "draw", "--site", site, "house", "--to", "house.jpg")
    assert done.exit_code == 2
    assert "must end with .svg or .png" in done.stderr


def test_draw_shows_the_part_that_is_wrong_and_what_is_near(tmp_path: Path) -> None:
    site = str(tiny_site(tmp_path))
    for declared, wrong, hint in (
        ("{says: [leo, crying fase, priya ear]}", "crying fase", 'Did you mean "crying face"'),
        ("{sayz: [leo, words]}", "sayz", 'Did you mean "says"?'),
        ("{in: [hme, leo]}", "hme", 'Did you mean "home"?'),
        ("{beside: [mum, leo wurried]}", "leo wurried", 'Did you mean "leo worried"?'),
    ):
        done = run("pictures", "draw", "--site", site, declared)
        assert done.exit_code == 1
        shown, mark, said = done.stderr.splitlines()
        assert shown == declared
        assert mark == " " * declared.index(wrong) + "^" * len(wrong)
        assert hint in said
    for declared in ("{says: [leo", "[a, b]", "", "hart"):
        done = run("pictures", "draw", "--site", site, declared)
        assert done.exit_code == 1
        assert len(done.stderr.splitlines()) == 1

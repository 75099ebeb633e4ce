from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.cli.test_command import run
from tests.tools.sites import tiny_site


def test_find_lists_names_to_write_on_a_page_and_draws_a_sheet(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    sheet = tmp_path / "sheet.png"
    asked = ("Take", "a", "bus", "to", "the", "hospital")
    done = run("pictures", "find", "--site", str(site), *asked, "--save", str(sheet))
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 8
    assert {line.split()[1] for line in lines[:2]} == {":bus:", ":hospital:"}
    assert Image.open(sheet).width > 1000


def test_find_warns_and_is_honest_about_finding_nothing(tmp_path: Path) -> None:
    site = str(tiny_site(tmp_path))
    done = run("pictures", "find", "--site", site, "You do not need a doctor.")
    assert 'This says "not"' in done.stderr
    assert ":health worker:" in done.stdout
    done = run("pictures", "find", "--site", site, "qqqqqq")
    assert done.stdout.startswith("I know no picture for this.")
    assert done.returncode == 0

"""From a Word file to the screen, with the commands that staff use."""

from __future__ import annotations

from pathlib import Path

from click.testing import Result
from playwright.sync_api import expect

from tests.editor.conftest import Desk
from tests.editor.word.files import PAIRS, alt, sentence
from tests.editor.word.test_pairs import LIBREOFFICE
from tests.tools.command import run
from tests.tools.server import StartKiosk
from tests.tools.visit import KIOSK, OpenVisit


def kiosk(*arguments: str | Path) -> Result:
    return run(*map(str, arguments))


def test_a_word_file_becomes_a_page_on_the_screen(
    desk: Desk, kiosk_server: StartKiosk, visit: OpenVisit
) -> None:
    site = desk.site.root
    done = kiosk("import", LIBREOFFICE, "--part", "about", "--name", "my-visit", "--site", site)
    assert done.exit_code == 0, done.stderr
    assert "I made the page content/en/about/my-visit.md." in done.stdout
    assert '"Going to the centre": 22 ideas, 20 pictures.' in done.stdout
    again = kiosk("import", LIBREOFFICE, "--part", "about", "--name", "my-visit", "--site", site)
    assert (again.exit_code, again.stdout) == (1, "")
    assert again.stderr.startswith("There is content/en/about/my-visit.md already.")
    check = kiosk("check", "--site", site)
    assert check.exit_code == 1
    assert check.stdout.count('is not finished. Fill in "creator" and "licence".') == PAIRS
    shown = "content/en/about/my-visit.md"
    assert f'{shown}:5:10: ER25 W "source" is still to do.' in check.stdout
    assert f'{shown}:6:16: ER25 W "facts_checked" is still to do.' in check.stdout

    fill_in(site, site / shown)
    check = kiosk("check", site / shown, "--site", site)
    assert check.exit_code == 0, check.stdout
    assert [line.split(" ")[1] for line in check.stdout.splitlines()] == ["ER22", "ER05"]

    page = visit(KIOSK).go(kiosk_server(site).url + "/?page=my-visit")
    expect(page.get_by_role("heading", level=1)).to_have_text("Going to the centre")
    pictures = page.locator("#kiosk img[alt^='A square']")
    shown = pictures.evaluate_all("all => all.map(one => [one.alt, one.naturalWidth])")
    assert [one for one, _ in shown][:PAIRS] == [alt(number) for number in range(1, PAIRS + 1)]
    assert all(width == 64 for _, width in shown)
    for number in range(1, PAIRS + 1):
        expect(page.get_by_text(sentence(number), exact=True)).to_be_visible()


def fill_in(site: Path, page: Path) -> None:
    """Write what `kiosk import` asks for, as a member of staff would."""
    text = page.read_text(encoding="utf-8").replace("status: draft", "status: ready")
    text = text.replace("'To do: say where the facts come from'", "The centre")
    text = text.replace('question = "To do: choose a picture"', "paper").replace(
        "a box\n", "a box.\n"
    )
    text = text.replace("**sentence**", "sentence")  # nothing says what it means
    page.write_text(text.replace("2000-01-01", "2026-11-23"), encoding="utf-8")
    credits_file = site / "assets" / "pictures" / "pictures.yaml"
    words = credits_file.read_text(encoding="utf-8")
    words = words.replace("'To do: who made this picture?'", "The tests")
    words = words.replace("'To do: may we use it? Write the licence, or who said yes.'", "Our own")
    credits_file.write_text(words, encoding="utf-8")

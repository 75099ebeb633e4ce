"""`kiosk say --sheet`: a page that lets people compare voices blind."""

from __future__ import annotations

import array
import io
import re
import wave
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.editor.listening import (
    Compared,
    _words,
    levelled,
    listening_page,
    sentences_to_compare,
)
from kiosk.speech import natural
from tests.tools.axe import axe
from tests.tools.cases import mostly_drill
from tests.tools.command import run
from tests.tools.sites import tiny_site
from tests.tools.waiting import wait_until

ROOT = Path(__file__).parents[2]
SECOND = "gmw/en-GB-x-rp"


@pytest.fixture
def espeak_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no natural voice be installed: it takes its time, and has tests of its own."""
    monkeypatch.setattr(natural, "find_spec", lambda _: None)


def sound(loudness: int, rate: int = 22_050) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(array.array("h", [loudness, -loudness] * (rate // 8)).tobytes())
    return out.getvalue()


def loudest(wav: bytes) -> int:
    with wave.open(io.BytesIO(wav)) as file:
        return int(max(array.array("h", file.readframes(file.getnframes()))))


def test_the_sentences_have_a_number_and_a_question_and_are_the_same_each_time() -> None:
    library = Library(load_site(ROOT))
    for code in ("en", "pl", "ro", "ur"):
        found = sentences_to_compare(library.languages[code])
        assert len(set(found)) == 5
        assert any(letter.isdigit() for one in found for letter in one), code
        assert found == sentences_to_compare(library.languages[code])


def test_no_voice_is_louder_than_another() -> None:
    made = levelled([Compared("one", (sound(8_000),) * 2), Compared("two", (sound(20_000),))])
    assert {loudest(wav) for one in made for wav in one.sounds} == {8_000}
    assert levelled([Compared("silent", (sound(0),))])[0].sounds == (sound(0),)


def test_its_words_are_there_in_every_language_with_the_same_gaps() -> None:
    gaps = {
        code: {key: re.findall(r"\{\w+\}", str(text)) for key, text in words.items()}
        for code, words in _words().items()
    }
    assert set(gaps) == {"en", "pl", "ro", "ur"}
    assert all(one == gaps["en"] for one in gaps.values())


def opened(browser: Browser, folder: Path, language: str, width: int = 1000) -> Page:
    file = folder / "page.html"
    compared = [Compared("first", (sound(8_000),) * 2), Compared("second", (sound(9_000),) * 2)]
    file.write_text(listening_page(language, ["Hello you.", "Help."], compared), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 700})
    page.goto(file.as_uri())
    return page


def table(page: Page) -> list[list[str]]:
    return [row.locator("th, td").all_inner_texts() for row in page.locator("tbody tr").all()]


def test_people_choose_without_knowing_and_the_result_counts_by_voice(
    browser: Browser, tmp_path: Path
) -> None:
    page = opened(browser, tmp_path, "en")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    assert "first" not in page.locator("main").inner_text()
    # By keys alone: the first voice of the list is heard, and the second one is chosen.
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    wait_until(lambda: page.evaluate("audio.currentTime > 0"), 10, "a sound")
    for place, sentence in enumerate(page.locator(".one").all()):
        if place == 0:
            sentence.locator("input[value='1']").focus()
            page.keyboard.press("Space")
    page.get_by_role("button", name="Show the result").press("Enter")
    assert table(page) == [["first", "0", "0"], ["second", "1", "1"], ["No choice", "1", "1"]]
    assert page.evaluate("document.activeElement.textContent") == "The result"
    page.get_by_role("button", name="Next person").press("Enter")
    assert page.locator("#result").is_hidden()
    assert page.locator(":checked").count() == 0
    page.get_by_role("radio", name="I cannot choose").first.check()
    page.locator(".one").last.locator("input[value='1']").check()
    page.get_by_role("button", name="Show the result").click()
    assert table(page) == [["first", "0", "0"], ["second", "1", "2"], ["No choice", "1", "2"]]
    assert "Everybody here: 2" in page.locator("thead").inner_text()
    assert all(one.startswith("data:") for one in asked)
    page.close()


@pytest.mark.usefixtures("urdu_letters")
@pytest.mark.parametrize("language", mostly_drill(["en", "pl", "ro", "ur"], "ur"))
def test_everybody_can_use_it(browser: Browser, tmp_path: Path, language: str) -> None:
    page = opened(browser, tmp_path, language, width=360)
    page.locator("#show").click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    sizes = [one.bounding_box() for one in page.locator("button:visible, label").all()]
    assert all(box and box["height"] >= 44 for box in sizes)
    page.close()


@pytest.mark.usefixtures("espeak_alone")
def test_the_command_writes_the_sounds_and_a_page_that_has_them(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    to = tmp_path / "sheet"
    done = run("say", "--sheet", str(to), "--voice", SECOND, "--site", str(site))
    assert done.exit_code == 0, done.stderr
    assert f"sentences by 2 voices: {SECOND}, gmw/en." in done.stdout
    page = (to / "voices-en.html").read_text(encoding="utf-8")
    count = page.count("data:audio/wav;base64,")
    assert count == len(list(to.glob("en-?-*.wav"))) > 2
    first, second = (to / f"en-1-gmw-{name}.wav" for name in ("en", "en-GB-x-rp"))
    assert first.read_bytes() != second.read_bytes()


@pytest.mark.usefixtures("espeak_alone")
@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([], 'Only one voice can speak the language "en" here.'),
        (["--voice", "gmw/nobody"], 'gmw/nobody is left out. There is no voice "gmw/nobody".'),
        (["--language", "xx"], 'This site has no sentences in the language "xx".'),
        (["Hello."], "Give a TEXT to say, or --sheet DIR to compare voices."),
    ],
)
def test_what_cannot_be_compared_is_told(tmp_path: Path, arguments: list[str], reason: str) -> None:
    site = tiny_site(tmp_path)
    to = tmp_path / "sheet"
    done = run("say", *arguments, "--sheet", str(to), "--site", str(site))
    assert done.exit_code in (1, 2)
    assert reason in done.stderr
    assert "Traceback" not in done.output
    assert not to.exists()

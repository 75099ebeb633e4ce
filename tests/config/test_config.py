"""kiosk.toml: what is said about each mistake."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config import Settings, load_site
from kiosk.errors import SettingsError, SiteError

TITLE = '[site]\ntitle = "A place"\n'


def site(folder: Path, text: str | bytes) -> Path:
    data = text if isinstance(text, bytes) else text.encode()
    (folder / "kiosk.toml").write_bytes(data)
    return folder


def said(folder: Path, text: str | bytes) -> str:
    with pytest.raises(SettingsError) as caught:
        load_site(site(folder, text))
    return str(caught.value)


def test_every_setting_but_the_title_has_a_default(tmp_path: Path) -> None:
    settings = load_site(site(tmp_path, TITLE)).settings
    assert settings.site.title == "A place"
    assert settings.site.languages == ("en",)
    assert settings.display.pixel_pitch_mm == 0.248
    assert settings.visit.idle_seconds == 180
    assert (settings.speech.slow, settings.speech.normal, settings.speech.quick) == (100, 130, 160)
    assert settings.speech.voices == {"en": "gmw/en"}
    assert settings.speech.clips_mb == 400
    assert settings.feedback.words_max_characters == 2000


def test_a_site_has_a_name_of_its_own_in_a_language_or_that_of_its_first_one(
    tmp_path: Path,
) -> None:
    text = TITLE + 'languages = ["en", "pl", "ur"]\n[site.translated.pl]\ntitle = "Miejsce"\n'
    named = load_site(site(tmp_path, text)).settings.site
    names = {code: named.name_in(code) for code in named.languages}
    assert {code: (name.title, written) for code, (name, written) in names.items()} == {
        "en": ("A place", "en"),
        "pl": ("Miejsce", "pl"),
        "ur": ("A place", "en"),
    }


def test_a_site_knows_its_folders(tmp_path: Path) -> None:
    loaded = load_site(site(tmp_path, TITLE))
    assert loaded.content == tmp_path / "content"
    assert loaded.assets == tmp_path / "assets"
    assert loaded.data == tmp_path / "data"
    assert loaded.shown(tmp_path / "content/a.md") == Path("content/a.md")
    assert loaded.shown(Path("/elsewhere/a.md")) == Path("/elsewhere/a.md")


def test_the_data_folder_of_the_command_stands_above_the_setting(tmp_path: Path) -> None:
    folder = site(tmp_path, TITLE + '[data]\nfolder = "answers"\n')
    assert load_site(folder).data == tmp_path / "answers"
    assert load_site(folder, tmp_path / "other").data == tmp_path / "other"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match=r"There is no folder .*nowhere"):
        load_site(tmp_path / "nowhere")


def test_a_folder_without_settings_is_not_a_site(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match=r"There is no kiosk.toml in .* Is this the folder"):
        load_site(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[site]\ntitle = "a', "kiosk.toml:2: I cannot read this line: Unterminated string."),
        (TITLE + "[display\n", "kiosk.toml:3: I cannot read this line: Expected ']' at the end"),
        (TITLE + 'title = "b"\n', "kiosk.toml:3: I cannot read this line: Cannot overwrite"),
        (b"[site]\ntitle = '\xff'", "kiosk.toml:2: There is a letter here that is not saved as"),
        ("a = " + "[" * 20_000, "kiosk.toml:1: There are too many brackets inside each other."),
    ],
)
def test_a_slip_of_the_form_names_its_line(tmp_path: Path, text: str | bytes, message: str) -> None:
    assert said(tmp_path, text).startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "kiosk.toml: [site]: this table is missing."),
        ("site = 3", 'kiosk.toml: [site]: must be a table, not "3".'),
        ("[site]\n", "kiosk.toml: [site] title: is missing."),
        ('[site]\ntitle = ""', "kiosk.toml: [site] title: is empty."),
        (
            TITLE + "[display]\npixel_pitch_mm = 'x'",
            'kiosk.toml: [display] pixel_pitch_mm: must be a number, not "x". '
            "Write it in digits, such as 1.5.",
        ),
        (
            TITLE + "[display]\npixel_pitch_mm = nan",
            'kiosk.toml: [display] pixel_pitch_mm: must be a number, not "nan".',
        ),
        (
            TITLE + "[display]\npixel_pitch_mm = 0.01",
            'kiosk.toml: [display] pixel_pitch_mm: must be 0.05 or more, not "0.01".',
        ),
        (
            TITLE + "[speech]\nclips_mb = 0\n",
            'kiosk.toml: [speech] clips_mb: must be 1 or more, not "0".',
        ),
        (
            TITLE + "[visit]\nidle_seconds = true",
            'kiosk.toml: [visit] idle_seconds: must be a whole number, not "True".',
        ),
        (
            TITLE + "[visit]\nidle_second = 9",
            'kiosk.toml: [visit] idle_second: I do not know the key "idle_second". '
            'Did you mean "idle_seconds"?',
        ),
        (
            TITLE + "[vist]\n",
            'kiosk.toml: [vist]: I do not know the key "vist". Did you mean "visit"?',
        ),
        (
            TITLE + 'languages = ["EN"]',
            'kiosk.toml: [site] languages.0: "EN" is not a language code. '
            'Write it as "en", "ur" or "pt-BR".',
        ),
        (
            TITLE + 'languages = ["en", "en"]',
            'kiosk.toml: [site] languages: "en" is written twice. Keep one of them.',
        ),
        (
            TITLE + 'languages = "en"',
            'kiosk.toml: [site] languages: must be a list. Write it as ["en"].',
        ),
        (
            TITLE + "languages = []",
            "kiosk.toml: [site] languages: has too few items: 1 is the least.",
        ),
        (
            TITLE + 'timezone = "Mars"',
            'kiosk.toml: [site] timezone: "Mars" is not a time zone that I know. '
            'Write it as "Europe/London".',
        ),
        (
            TITLE + "[speech]\nslow = 200",
            "kiosk.toml: [speech]: slow, normal and quick must go from slow to quick.",
        ),
        (
            TITLE + "[speech.voices]\nen = 4",
            'kiosk.toml: [speech] voices.en: must be words, not "4".',
        ),
        (
            TITLE + '[keypad]\nup = ["F13"]\nselect = ["F13"]',
            'kiosk.toml: [keypad]: "F13" is used twice: for up and for select. Keep one of them.',
        ),
        (
            TITLE + '[keypad]\nup = "F13"',
            'kiosk.toml: [keypad] up: must be a list. Write it as ["F13", "ArrowUp"].',
        ),
        (
            TITLE + '[site.translated.pl]\ntagline = "a"',
            "kiosk.toml: [site] translated.pl.title: is missing.",
        ),
        (
            TITLE + '[site.translated.pl]\ntitle = "a"',
            'kiosk.toml: [site]: "pl" is translated, but it is none of the other languages. '
            "Write it into languages, after the first one, or take its table away.",
        ),
        (
            TITLE + '[data]\nfolder = "content/data"',
            "kiosk.toml: [data] folder: must not be the site's folder, "
            "or inside content or assets.",
        ),
        (
            TITLE + '[data]\nfolder = "."',
            "kiosk.toml: [data] folder: must not be the site's folder, "
            "or inside content or assets.",
        ),
    ],
)
def test_a_value_that_cannot_be_used_is_named(tmp_path: Path, text: str, message: str) -> None:
    assert said(tmp_path, text) == message


def test_all_values_that_cannot_be_used_come_at_once(tmp_path: Path) -> None:
    text = TITLE + "[visit]\nidle_seconds = 1\nanswer_seconds = 9999\n[display]\nsize = 2\n"
    lines = said(tmp_path, text).split("\n")
    assert len(lines) == 3
    assert all(line.startswith("kiosk.toml: [") for line in lines)


@given(st.text(max_size=80) | st.binary(max_size=80))
def test_any_file_gives_settings_or_an_error_of_ours(
    tmp_path_factory: pytest.TempPathFactory, text: str | bytes
) -> None:
    data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    folder = site(tmp_path_factory.getbasetemp(), data)
    message = "kiosk.toml"
    try:
        assert isinstance(load_site(folder).settings, Settings)
    except SettingsError as error:
        message = str(error)
    assert message.startswith("kiosk.toml")

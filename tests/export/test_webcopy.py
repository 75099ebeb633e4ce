from __future__ import annotations

import gzip
import io
import json
import os
import re
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
import soundfile
from fontTools.ttLib import TTFont

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.errors import ContentError, NotExported
from kiosk.export.webcopy.copied import Copied, copied, screens_of
from kiosk.export.webcopy.downloads import downloads_in, files_of
from kiosk.export.webcopy.folder import CopyFolder
from kiosk.export.webcopy.sounds import PATIENCE, Sounds, Told
from kiosk.speech.engines import engines_of
from tests.tools.command import run
from tests.tools.recorded import AMIRA, read_aloud
from tests.tools.sites import HOME, KIOSK_TOML, PEOPLE, tiny_site

POLISH: dict[str, str | None] = {
    "kiosk.toml": KIOSK_TOML.replace('["en"]', '["en", "pl"]'),
    "content/pl/home.md": HOME.replace("What would you like to know?", "Co chcesz wiedzieć?"),
}
NOW = datetime(2026, 11, 27, 16, tzinfo=UTC)


def made(folder: Path, now: datetime = NOW) -> Copied:
    """Return the copy of a site, as it is where nothing can be said."""
    site = load_site(folder)
    screens = screens_of(site, Library(site), now=now)
    told: Told = {
        (code, page): [None for _ in narration.texts]
        for code, screen in screens.items()
        for page, narration in screen.narrations.items()
    }
    return copied(site, screens, told, ["natural/heart", "zlw/pl"])


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copied:
    return made(tiny_site(tmp_path_factory.mktemp("copy"), POLISH))


def test_answers_go_nowhere_unless_a_kiosk_is_named(copy: Copied, tmp_path: Path) -> None:
    first = copy.files["index.html"].decode()
    assert "connect-src 'self';" in unescape(first)
    assert '"answers":' not in first
    lines = (
        'from_web = ["https://send.example.org"]\nweb_sends_to = "https://kiosk.example.org/a"\n'
    )
    files = made(tiny_site(tmp_path, {"kiosk.toml": KIOSK_TOML + lines})).files
    first = files["index.html"].decode()
    assert "connect-src 'self' https://kiosk.example.org;" in unescape(first)
    assert '"answers":"https://kiosk.example.org/a/"' in first
    (page,) = (files[name] for name in files if re.fullmatch(r"pages/\w+/en/think\.json", name))
    assert "we keep your answer" in page.decode()


def test_the_same_site_gives_the_same_bytes_on_another_day_and_in_another_place(
    copy: Copied, tmp_path: Path
) -> None:
    other = tiny_site(tmp_path, POLISH)
    for file in other.rglob("*"):
        os.utime(file, (1e9, 1e9))
    assert made(other, datetime(2027, 6, 1, tzinfo=UTC)).files == copy.files


def test_all_that_is_named_is_there_and_nothing_lies_elsewhere(copy: Copied) -> None:
    html = copy.files["index.html"].decode()
    addresses = re.findall(r'(?:href|src)="([^"?#]+)"|url\("([^"]+)"\)', html)
    named = {one or other for one, other in addresses} - {""}
    worker = copy.files["worker.js"].decode()
    release = json.loads(re.match(r"self\.release = (.*);\n", worker)[1])  # type: ignore[index]
    icons = {one["src"] for one in json.loads(copy.files["manifest.json"])["icons"]}
    kept = json.loads(gzip.decompress(copy.files[release["rest"]]))
    pictures = set(re.findall(r"files/[\w.]+", json.dumps(kept)))
    everything = named | icons | pictures | set(kept) | set(release["core"]) - {"./"}
    assert everything <= set(copy.files)
    assert len(pictures) > 20
    # What a phone keeps without a network is all but the sounds, and whom to thank.
    rest = set(copy.files) - set(kept) - set(release["core"])
    rest = {one for one in rest if not one.startswith("licences/")}
    assert rest == {"index.html", "worker.js", "kept.bin", "credits.txt"}
    assert not re.search("https?:", html)
    assert sum(len(copy.files[one]) for one in copy.first) < 300_000


def test_another_word_makes_another_release_and_another_version(
    copy: Copied, tmp_path: Path
) -> None:
    other = made(tiny_site(tmp_path, POLISH | {"content/en/about/people.md": PEOPLE + "- Bus 3\n"}))
    assert other.files["worker.js"] != copy.files["worker.js"]
    pages = {one for one in copy.files if one.startswith("pages/")}
    assert not pages & set(other.files)  # nobody lights new words by old times


def test_the_letters_are_those_of_the_site_and_have_another_name(copy: Copied) -> None:
    font = TTFont(io.BytesIO(copy.files["files/letters.woff2"]))
    letters = set(map(chr, font.getBestCmap()))
    assert set("Ww?ćĆłŻ\u2026") <= letters
    assert "Ж" not in letters
    assert font["fvar"].axes[0].maxValue == 900  # bold is drawn, not smeared
    names = {one.nameID: str(one) for one in font["name"].names}
    assert "Source" not in names[1] + names[4] + names[6]
    assert "Reserved Font Name" in names[0]
    assert "Open Font License" in names[13]


def test_who_made_what_is_thanked_with_the_words_of_the_licences(copy: Copied) -> None:
    told = copy.files["credits.txt"].decode()
    for name in ("OpenMoji", "Source Sans", "Maureese Williams", "eSpeak NG", "MIT"):
        assert name in told
    assert b"Attribution-ShareAlike" in copy.files["licences/cc-by-sa-4.0.txt"]
    assert b"SIL OPEN FONT LICENSE" in copy.files["licences/source-sans.txt"]
    assert b"Permission is hereby granted" in copy.files["licences/kiosk.txt"]


def test_no_answer_is_asked_for_that_nobody_takes(copy: Copied) -> None:
    (page,) = (one for one in copy.files if re.fullmatch(r"pages/\w+/en/think\.json", one))
    html = json.loads(copy.files[page])
    assert "I cannot take answers here." in html
    assert "receipt" not in html


def test_a_page_offers_what_lies_there_of_it_of_its_part_or_of_the_whole_site(
    tmp_path: Path,
) -> None:
    for name in (
        "leaflet-plan-en.pdf",
        "audio-about-en.mp3",
        "book-en.epub",
        "leaflet-plan-pl.pdf",
    ):
        (tmp_path / name).write_bytes(name.encode())
    site = load_site(tiny_site(tmp_path))
    library = Library(site)
    downloads = downloads_in(tmp_path, library.languages)
    screen = screens_of(site, library, now=NOW, downloads=downloads)["en"]
    found = {
        page: re.findall(r'href="downloads/([^"]+)"', screen.html[page]) for page in screen.html
    }
    theirs = ["book-en.epub", "audio-about-en.mp3"]
    assert found["plan"] == ["leaflet-plan-en.pdf", *theirs]
    assert found["people"] == theirs
    assert found["home"] == found["think"] == []
    assert "Get the talking book" in [one.text for one in screen.narrations["plan"].in_order()]
    assert files_of(tmp_path, downloads) == {
        f"downloads/{name}": tmp_path / name for name in sorted(["leaflet-plan-en.pdf", *theirs])
    }


def test_a_page_links_to_the_document_that_it_is_about_and_says_whose_it_is(tmp_path: Path) -> None:
    people = PEOPLE.replace("review_by:", "download: the-plan.pdf\nreview_by:")
    root = tiny_site(tmp_path, {"content/en/about/people.md": people})
    (root / "assets").mkdir(exist_ok=True)
    (root / "assets" / "the-plan.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
    site = load_site(root)
    screen = screens_of(site, Library(site), now=NOW)["en"]
    assert re.findall(r'href="documents/([^"]+)" download', screen.html["people"]) == [
        "the-plan.pdf"
    ]
    told = [one.text for one in screen.narrations["people"].in_order()]
    at = told.index(screen.interface.words["download_document"])
    assert told[at + 1 : at + 3] == ["We did not write it.", "It may be hard to read."]
    assert "documents/" not in screen.html["plan"]
    files = made(root).files
    assert files["documents/the-plan.pdf"].startswith(b"%PDF")


def test_a_person_is_heard_where_they_agreed_to_the_web_and_else_is_told_of(tmp_path: Path) -> None:
    root = tiny_site(tmp_path)
    read_aloud(root, "plan", replace(AMIRA, uses=("screen", "web")))
    read_aloud(root, "people")
    site = load_site(root)
    told: list[str] = []
    screens = screens_of(site, Library(site), now=NOW, tell=told.append)
    assert ["content/en/about/people.md" in one and "Amira" in one for one in told] == [True]
    assert "Read by Amira" in screens["en"].html["plan"]
    assert "Amira" not in screens["en"].html["people"]
    with closing(engines_of(site.root, PATIENCE)) as engine:
        sounds = Sounds(site, screens, engine)
        said = [one["text"] for one in sounds.told()["en", "plan"] if one]
        assert said[:2] == ["Your plan", "An EHCP is a plan for your support."]
        assert not any(sounds.told()["en", "people"])
        name, one = next(iter(sounds.recorded().items()))
        assert soundfile.info(io.BytesIO(sounds.recording(one))).format == "MP3"
        assert f"clips/{name}" in {it["file"] for it in sounds.told()["en", "plan"] if it}


def test_a_page_with_a_mistake_stops_it_at_its_place(tmp_path: Path) -> None:
    wrong = PEOPLE.replace(":bus:", ":bsu:")
    site = tiny_site(tmp_path, {"content/en/about/people.md": wrong})
    done = run("export", "web", "--site", str(site), "--to", str(tmp_path / "to"))
    assert done.exit_code == 1
    assert done.stderr.startswith("content/en/about/people.md:13: ")
    assert not (tmp_path / "to").exists()


def test_a_picture_that_nobody_may_take_away_stops_it_at_its_place(tmp_path: Path) -> None:
    site = tiny_site(
        tmp_path,
        {
            "assets/pictures/hall.svg": '<svg xmlns="http://www.w3.org/2000/svg" '
            'viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>',
            "assets/pictures/pictures.yaml": "hall: {words: The hall, creator: Us, licence: Ours, "
            "url: '', may_be: [screen]}\n",
            "content/en/about/people.md": PEOPLE.replace(":bus:", ":hall:"),
        },
    )
    with pytest.raises(ContentError, match=r"people\.md:13: .*hall"):
        made(site)


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")
    with pytest.raises(NotExported, match="other things"):
        CopyFolder(tmp_path)


def test_an_older_copy_goes_and_what_others_put_beside_it_stays(tmp_path: Path) -> None:
    first = CopyFolder(tmp_path / "web")
    first.put_once("clips/a.mp3", lambda: b"a")
    first.put_all({"pages/1/en.json": b"1", "manifest.json": b'{"start_url":"./"}'})
    (tmp_path / "web" / "robots.txt").write_text("")
    second = CopyFolder(tmp_path / "web")
    second.put_once("clips/b.mp3", lambda: b"b")
    second.put_once("clips/b.mp3", lambda: b"never asked for")
    second.put_all({"pages/2/en.json": b"2", "manifest.json": b'{"start_url":"./"}'})
    left = {
        one.relative_to(tmp_path / "web").as_posix(): one.read_bytes()
        for one in (tmp_path / "web").rglob("*")
        if one.is_file()
    }
    assert set(left) == {"clips/b.mp3", "pages/2/en.json", "manifest.json", "robots.txt"}
    assert left["clips/b.mp3"] == b"b"
    assert (second.count, second.made) == (3, 2)


@pytest.mark.parametrize("asked", [("plan",), ("--fold",)])
def test_what_has_no_sense_for_a_web_copy_is_said(tmp_path: Path, asked: tuple[str, ...]) -> None:
    done = run("export", "web", *asked, "--site", str(tiny_site(tmp_path)))
    assert done.exit_code == 2

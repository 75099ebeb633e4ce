"""Whom to thank for a picture that is made of parts, and what may be put together."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.errors import UseRefused
from kiosk.symbols import SymbolBook, credits, openmoji, ours  # noqa: A004
from kiosk.symbols.model import CHANGED
from tests.symbols.composed import compose, png, problems, safe, word_book

SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#00f">'
    '<style>.a{fill:red}</style><linearGradient id="g"/><path class="a" d="M4 4h16v16h-16z"/>'
    '<path fill="url(#g)" d="M8 8h4v4z" id="b"/></svg>'
)


def with_pack(
    folder: Path, text: str, licence: str, more: str = "may_be_changed: true"
) -> SymbolBook:
    about = f"title: Their pack\ncreator: They & Co\nlicence: {licence}\n{more}\n"
    files: dict[str, str | bytes] = {
        "assets/packs/theirs/pack.yaml": about,
        "assets/packs/theirs/index.csv": "name,file\nblob,blob.svg\nsnapshot,photo.png\n",
        "assets/packs/theirs/pictures/blob.svg": SQUARE.replace("<style>.a{fill:red}</style>", ""),
        "assets/packs/theirs/pictures/photo.png": png(),
    }
    return word_book(folder, text, **files)


def test_a_picture_with_a_part_of_openmoji_says_that_it_was_changed() -> None:
    symbol = compose("{beside: [zara, red heart]}")
    assert symbol.credit.licence == "CC BY-SA 4.0"
    assert openmoji.CREDIT.creator in symbol.credit.creator
    text = safe(symbol)
    assert f"<desc>{openmoji.CREDIT.line} {CHANGED}" in text
    assert "This picture is CC BY-SA 4.0 too.</desc>" in text
    said = [one.line for one in credits([symbol], "print")]
    assert said == [f"{openmoji.CREDIT.line} {CHANGED}", ours.CREDIT.line]


def test_a_picture_without_one_stays_ours() -> None:
    symbol = compose("{in: [hospital, doctor, law book]}")
    assert symbol.credit == ours.CREDIT
    assert symbol.credit.licence == "MIT"
    assert "<desc>" not in safe(symbol)
    assert credits([symbol], "download") == [ours.CREDIT]


def test_a_picture_as_its_makers_drew_it_is_not_called_changed(tmp_path: Path) -> None:
    symbols = word_book(tmp_path, "us: {beside: [zara, heart]}\n")
    lines = [one.line for one in credits([symbols.find("house"), symbols.find("us")], "screen")]
    assert openmoji.CREDIT.line in lines
    assert f"{openmoji.CREDIT.line} {CHANGED}" in lines


def test_a_pack_is_a_part_only_if_it_may_be_changed(tmp_path: Path) -> None:
    text = "us: {beside: [zara, blob]}\n"
    for number, more in enumerate(("", "may_be_changed: false")):
        symbols = with_pack(tmp_path / str(number), text, "Their own", more)
        (problem,) = problems(symbols)
        assert problem.startswith('content/symbols.yaml:1: The picture "blob" may not be put')
        assert "may_be_changed: true" in problem
        assert symbols.find("blob").name == "blob"
    symbols = with_pack(tmp_path / "yes", text, "CC BY 4.0")
    assert not problems(symbols)
    symbol = symbols.find("us")
    text = safe(symbol)
    assert "They &amp; Co" in text
    assert 'id="b"' not in text
    assert text.count("url(#") == 1
    assert symbol.credit.licence == "CC BY 4.0, MIT"


def test_what_one_part_may_not_be_used_for_the_whole_may_not(tmp_path: Path) -> None:
    symbols = with_pack(tmp_path, "us: {beside: [zara, blob]}\n", "Their own")
    symbol = symbols.find("us")
    assert symbol.credit.may_be == ("screen",)
    with pytest.raises(UseRefused):
        credits([symbol], "print")


@pytest.mark.parametrize(
    ("licence", "part", "said"),
    [
        ("CC BY-ND 4.0", "zara", "its licence allows no changes"),
        ("CC BY-NC-ND 4.0", "red heart", "its licence allows no changes"),
        ("CC BY-NC-SA 4.0", "red heart", "its licence does not go together with that of OpenMoji"),
        ("Non-commercial", "red heart", "its licence does not go together with that of OpenMoji"),
    ],
)
def test_licences_that_do_not_go_together_are_refused_by_name(
    tmp_path: Path, licence: str, part: str, said: str
) -> None:
    (problem,) = problems(with_pack(tmp_path, f"us: {{beside: [{part}, blob]}}\n", licence))
    assert f'"blob" (Their pack, {licence}) cannot be a part here: {said}.' in problem


def test_a_photo_is_not_a_part(tmp_path: Path) -> None:
    (problem,) = problems(with_pack(tmp_path, "us: {beside: [zara, snapshot]}\n", "Their own"))
    assert '"snapshot" is a photo or a PNG: only drawings (SVG) can be parts.' in problem


def test_two_that_thank_in_the_same_words_are_one(tmp_path: Path) -> None:
    about = (
        "home-button: {words: A house, title: The kiosk's own pictures, "
        "creator: The easy-read kiosk, licence: MIT}\n"
    )
    plain = SQUARE.replace("<style>.a{fill:red}</style>", "")
    files = {"assets/pictures/home-button.svg": plain, "assets/pictures/pictures.yaml": about}
    symbols = word_book(tmp_path, "law: law book\n", **files)
    used = [symbols.find("home button"), symbols.find("law")]
    assert used[0].credit != used[1].credit
    assert [one.line for one in credits(used, "screen")] == [ours.CREDIT.line]


CAST = """\
zara: {skin: 2, hair: curly, top: purple}
noor: {who: woman, covering: headscarf}
"""
BEFORE = "CC BY 4.0. https://their.example."


def test_a_site_with_its_own_cast_and_its_own_pack_thanks_all_and_each_once(tmp_path: Path) -> None:
    text = """\
ours alone: {beside: [noor, zara]}
with theirs: {beside: [noor, blob]}
with all: {says: [zara, [red heart, blob], noor ear]}
"""
    files = {"content/cast.yaml": CAST}
    about = "title: Their pack\ncreator: They & Co\nlicence: CC BY 4.0\nmay_be_changed: true\n"
    about += "may_be: [screen, print, download]\n"
    files |= {
        "assets/packs/theirs/pack.yaml": f"{about}url: https://their.example\n",
        "assets/packs/theirs/index.csv": "name,file\nblob,blob.svg\n",
        "assets/packs/theirs/pictures/blob.svg": SQUARE.replace("<style>.a{fill:red}</style>", ""),
    }
    symbols = word_book(tmp_path, text, **files)
    assert not problems(symbols)
    alone, theirs, every = (
        symbols.find(f"{one}") for one in ("ours alone", "with theirs", "with all")
    )
    their_line = f"Their pack. They & Co. {BEFORE}"
    # People that a site names are drawn by our code: they are ours, and nobody else's.
    assert [one.line for one in credits([alone], "print")] == [ours.CREDIT.line]
    assert [one.line for one in credits([theirs], "print")] == [
        ours.CREDIT.line,
        f"{their_line} {CHANGED}",
    ]
    assert [one.line for one in credits([alone, theirs, every], "download")] == [
        f"{openmoji.CREDIT.line} {CHANGED}",
        ours.CREDIT.line,
        f"{their_line} {CHANGED}",
    ]
    # Beside them as their makers drew them: they are thanked for both.
    drawn_as_it_is = [symbols.find("blob"), symbols.find("sun")]
    assert [one.line for one in credits([every, *drawn_as_it_is], "screen")] == [
        openmoji.CREDIT.line,
        f"{openmoji.CREDIT.line} {CHANGED}",
        ours.CREDIT.line,
        their_line,
        f"{their_line} {CHANGED}",
    ]
    assert (alone.credit.licence, theirs.credit.licence) == ("MIT", "CC BY 4.0, MIT")
    assert every.credit.licence == "CC BY-SA 4.0"
    for symbol, parts in ((theirs, ("They &amp; Co",)), (every, ("They &amp; Co", "OpenMoji"))):
        said = safe(symbol).partition("<desc>")[2].partition("</desc>")[0]
        assert all(one in said for one in (*parts, CHANGED))
        assert said.endswith("This picture is CC BY-SA 4.0 too.") == (symbol is every)
    assert "<desc>" not in safe(alone)
    shipped = word_book(tmp_path / "shipped", "ours alone: {beside: [mum, zara]}\n")
    assert shipped.find("ours alone").svg != alone.svg

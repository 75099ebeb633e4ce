"""What was copied in Word, Outlook or LibreOffice keeps its pairs, and none of its styles."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.editor.found.page import NO_PICTURE_WORDS
from kiosk.editor.importing import Imported, import_file
from kiosk.editor.pasted import images, tree
from kiosk.errors import PageNotMade
from tests.editor.conftest import Desk
from tests.editor.pdf.test_pdf_pairs import words
from tests.editor.word.files import alt, bitmap, sentence
from tests.editor.word.test_screen import kiosk
from tests.tools.cases import examples


def data_of(number: int) -> str:
    return "data:image/png;base64," + base64.b64encode(bitmap(number)).decode()


WORD = """Version:1.0\r\nStartHTML:0000000105\r\nEndHTML:0000009999\r\n
<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"><head><style><!-- /* Font Definitions */
p.MsoNormal {{mso-style-unhide:no; font-family:"Comic Sans MS"; color:red}} --></style>
<xml><w:WordDocument>secret</w:WordDocument></xml></head><body lang=EN-GB>
<!--StartFragment-->
<p class=MsoTitle>My visit<o:p></o:p></p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse'>
<tr><td width=200 valign=top style='width:150pt'><p class=MsoNormal><span style='mso-no-proof:yes'>
<!--[if gte vml 1]><v:shape id="x" style='width:60pt'><v:imagedata src="file:///C:/a.png"/>
</v:shape><![endif]--><![if !vml]><img width=80 height=80
src="file:///C:/Users/ann/AppData/Local/Temp/msohtmlclip1/01/clip_image002.png"
alt="A square with the number 1" v:shapes="x"><![endif]></span><o:p></o:p></p></td>
<td><p class=MsoNormal style='color:red'><b style='mso-bidi-font-weight:normal'>This</b> is
sentence number&nbsp;1.<o:p></o:p></p></td></tr>
<tr><td><p class=MsoNormal><img src="{second}" alt="A square with the number 2"></p></td>
<td><p class=MsoNormal>This is sentence number 2.</p>
<p class=MsoListParagraph style='text-indent:-18pt;mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>at home</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>3.<span>
&nbsp;</span></span>at school</p></td></tr></table>
<h1>Next</h1>
<p class=MsoNormal>You can <s>not</s> <span style='text-decoration:line-through'>never</span> come.
<span style='display:none;mso-hide:all'>hidden code</span></p>
<!--EndFragment--></body></html>"""

OUTLOOK = """<html><body><div class="WordSection1"><table role="presentation" width="100%"><tbody>
<tr><td><div><p class="MsoNormal"><img src="cid:image001.png@01D9ABCD.12345670" width="80"
alt="A square with the number 1"></p><p class="MsoNormal">This is sentence number 1.</p></div>
<div dir="ltr"><img src="{second}" alt="A square with the number 2" align="left">
This is sentence number 2.<br><br></div>
<p>&bull; at home<br>&bull; at school</p>
<p><a href="https://example.org/long">Our website</a> has more.</p></td></tr></tbody></table>
</div></body></html>"""

LIBREOFFICE = """<!DOCTYPE html><html><head><meta charset="utf-8"/><title>x</title>
<style type="text/css">p {{ line-height: 115% }}</style></head><body lang="en-GB">
<h1 class="western">My visit</h1>
<p style="margin-bottom: 0cm"><img src="visit_html_1.png" name="Image1"
alt="A square with the number 1" align="left" width="80"/>
<font face="Arial"><font color="#ff0000">This is sentence number 1.</font></font></p>
<p><img src="{second}" alt="A square with the number 2" align="left"/>This is sentence
number 2.</p><ul><li><p style="line-height: 100%">at home</p></li>
<li><p>at school</p></li></ul>
<p><br/><br/></p>
<ol><li><p>Ring us.</p></li></ol></body></html>"""


def pasted(desk: Desk, html: str, **more: Any) -> Imported:
    file = desk.folder / "visit.html"
    file.write_text(html.format(second=data_of(2)) if "{second}" in html else html, "utf-8")
    return import_file(desk.site, file, pasted=True, part="about", **more)


def told(desk: Desk, made: Imported) -> list[tuple[str, list[str], list[str]]]:
    return [
        (idea.words, [one.text for one in idea.sentences], [one.text for one in idea.items])
        for idea in desk.page(made).ideas
    ]


def test_word_keeps_pairs_lists_and_bold_and_tells_the_rest(desk: Desk) -> None:
    (desk.folder / "clip_image002.png").write_bytes(bitmap(1))
    made = pasted(desk, WORD)
    assert made.title == "My visit"
    assert told(desk, made) == [
        (alt(1), [sentence(1)], []),
        (alt(2), [sentence(2)], ["at home", "3. at school"]),
        (NO_PICTURE_WORDS, ["You can come."], []),
    ]
    page = desk.page(made)
    assert [mark.kind for mark in page.ideas[0].sentences[0].marks] == ["bold"]
    assert page.ideas[2].heading == "Next"
    assert [one.what for one in made.left_out] == [
        'words that are crossed out: "not"',
        'words that are crossed out: "never"',
        'hidden words: "hidden code"',
    ]
    text = (desk.site.root / made.path).read_text()
    assert not {"Mso", "red", "Comic", "font", "span", "secret"} & words(text)


def test_outlook_keeps_pairs_and_tells_where_links_led(desk: Desk) -> None:
    (desk.folder / "image001.png").write_bytes(bitmap(1))
    made = pasted(desk, OUTLOOK)
    first, second, *_ = told(desk, made)
    assert first == (alt(1), [sentence(1)], [])
    assert second[:2] == (alt(2), [sentence(2), "Our website has more."][:1])
    assert second[2] == ["at home", "at school"]
    assert 'the link behind "Our website". A page cannot lead to another website' in [
        one.what for one in made.left_out
    ]


def test_libreoffice_keeps_pairs_and_lists(desk: Desk) -> None:
    (desk.folder / "visit_html_1.png").write_bytes(bitmap(1))
    made = pasted(desk, LIBREOFFICE)
    assert made.title == "My visit"
    assert told(desk, made)[:2] == [
        (alt(1), [sentence(1)], []),
        (alt(2), [sentence(2)], ["at home", "at school", "1. Ring us."]),
    ]
    assert not made.left_out


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("https://example.org/a.png", "a picture from a website. I do not fetch it"),
        ("//example.org/a.png", "a picture from a website. I do not fetch it"),
        ("file:///etc/hostname", "a picture that did not come along"),
        ("/etc/hostname", "a picture that did not come along"),
        ("../secret.png", "a picture that did not come along"),
        ("link.png", "a picture that did not come along"),
        ("gone.png", "a picture that did not come along"),
        ("data:text/html;base64,AAAA", "a picture that I cannot read"),
        ("data:image/png;base64,AAAA", "a picture that I cannot read"),
        ("", "a picture that did not come along"),
    ],
)
def test_a_picture_that_is_not_here_is_told_and_nothing_is_fetched(
    tmp_path: Path, source: str, what: str
) -> None:
    folder = tmp_path / "inside"
    folder.mkdir()
    desk = Desk(folder)
    (tmp_path / "secret.png").write_bytes(bitmap(1))
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    made = pasted(desk, f"<p><img src='{source}'>Hello.</p>")
    [one] = made.left_out
    assert one.what.startswith(what)
    assert one.place == 'paragraph 1 ("Hello.")'
    assert told(desk, made) == [(NO_PICTURE_WORDS, ["Hello."], [])]


def test_what_a_page_cannot_have_is_told_with_its_words(desk: Desk) -> None:
    made = pasted(
        desk,
        "<p>Hello.</p><svg><text>drawn</text></svg><select><option>one</select>"
        "<script>alert('x')</script><table><caption>Top</caption><tr><td>In.</table>",
    )
    assert [one.what for one in made.left_out] == [
        'a drawing: "drawn"',
        'a field to fill in: "one"',
    ]
    assert [said for _, said, _ in told(desk, made)] == [["Hello."], ["Top"], ["In."]]


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<b>" * 500 + "x", "too many things inside each other. Copy a smaller piece."),
        ("<br>" * 100_001, "It has too many parts. Copy a smaller piece."),
        ("", "I found no words and no pictures in it"),
        ("<p><img src='data:image/png;base64,{big}'>x", "is too large"),
    ],
)
def test_what_could_do_harm_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, html: str, message: str
) -> None:
    from tests.editor.word.test_refused import png_of

    big = base64.b64encode(png_of(30_000, 30_000)).decode()
    before = desk.files()
    with pytest.raises(PageNotMade, match=message):
        pasted(desk, html.replace("{big}", big))
    assert desk.files() == before
    monkeypatch.setattr(images, "MAX_PICTURE", 10)
    with pytest.raises(PageNotMade, match="Its pictures are too large"):
        pasted(desk, f"<img src='{data_of(1)}'>")


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_way_of_writing_letters_is_read(name: str) -> None:
    assert tree.text_of("<p>café “one”</p>".encode(name)) == "<p>café “one”</p>"


PIECES = ["<p>", "</p>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<li>", "<ul>", "</ul>"]
PIECES += [
    "<![if !vml]>",
    "<![x",
    "<!--",
    "-->",
    "<h1>",
    "</h1>",
    "<b>",
    "</b>",
    "&#xffff;",
    "<img>",
]
PIECES += ["words ", "A sentence. ", "<br>", "<s>", "</s>", "<ol>", "<", "<p style='mso-list:l0'>"]


def test_any_html_is_a_page_or_a_message(tmp_path: Path) -> None:
    desk = Desk(tmp_path)

    @settings(max_examples=examples(100), deadline=None)
    @given(st.lists(st.sampled_from(PIECES), max_size=30))
    def check(pieces: list[str]) -> None:
        try:
            made = pasted(desk, "".join(pieces))
        except PageNotMade as error:
            assert "does not load" not in str(error)  # noqa: PT017 - a page is as good
            return
        desk.page(made)
        (desk.site.root / made.path).unlink()

    check()


def test_the_command_takes_one_file_of_one_kind(desk: Desk) -> None:
    file = desk.folder / "copied.html"
    file.write_text("<h1>Our plan</h1><p>We listen.</p>")
    site = ("--site", desk.site.root)
    done = kiosk("import", "--clipboard-html", file, "--part", "about", *site)
    assert done.exit_code == 0, done.stderr
    assert "I made the page content/en/about/copied.md." in done.stdout
    both = kiosk("import", file, "--clipboard-html", file, *site)
    assert both.exit_code == 2
    assert "Give one file" in both.stderr
    none = kiosk("import", *site)
    assert none.exit_code == 2
    assert "Say which file: kiosk import FILE.docx, or FILE.pdf." in none.stderr


def test_what_libreoffice_fills_in_and_draws_is_told(desk: Desk) -> None:
    file = desk.folder / "copied.html"
    file.write_text(
        '<p>Today is <sdfield type=DATETIME sdnum="1033">27 November</sdfield>.</p>'
        "<p>By <sdfield type=AUTHOR sdfixed>Ann</sdfield>.</p>"
        f'<p><img src="{data_of(1)}" name="Shape1" alt="Shape1">Come in.</p>',
        encoding="utf-8",
    )
    made = import_file(desk.site, file, pasted=True, part="about")
    assert [one.what.partition(".")[0] for one in made.left_out] == [
        'a date that LibreOffice fills in: "27 November"',
        "a box that came as a picture",
    ]

"""Packs of pictures, from the folder or zip of somebody else to a page."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from kiosk.config import Site, load_site
from kiosk.errors import PackRefused, UseRefused
from kiosk.symbols import SymbolBook, UnknownSymbol, credits  # noqa: A004
from kiosk.symbols.adding import Added, add_pack
from kiosk.symbols.drawing import check_svg
from kiosk.symbols.packs import About, check_about
from kiosk.symbols.suggest import suggest
from tests.symbols.packs import ABOUT, folder, jpeg, png, svg, zipped
from tests.tools.sites import tiny_site

MULBERRY_2 = b"""\
id,symbol,grammar,category,rated,tags
1,"eat_,_to",Verb,Food,0,meal dinner
2,bus_double_decker,Noun,Transport Road,0,transport travel vehicle
3,bowler_1,Noun,Sport,0,
4,gone,Noun,Sport,0,
"""
MULBERRY_3 = MULBERRY_2.replace(
    b"id,symbol,grammar,category,", b"symbol-id,symbol,grammar,category,"
)
FINNISH = """\
symbol-id;symbol-en;symbol-fi
1;eat_,_to;sy\u00f6d\u00e4
2;bus_double_decker;kaksikerrosbussi
3;bowler_1;keilaaja
""".encode()
DRAWN = {"eat_,_to": svg(1), "bus_double_decker": svg(2), "bowler_1": svg(3)}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return load_site(tiny_site(tmp_path))


def add(site: Site, files: Mapping[str, bytes], *, name: str = "", about: bool = True) -> Added:
    told = {"pack.yaml": ABOUT} if about else {}
    pack = folder(site.root.parent / "their pack", {**files, **told})
    try:
        return add_pack(site, pack, name=name)
    finally:
        shutil.rmtree(pack)


@pytest.mark.parametrize("where", ["EN", "EN-symbols", "mulberry-symbols-master/EN"])
@pytest.mark.parametrize("table", [MULBERRY_2, MULBERRY_3, FINNISH])
def test_mulberry_is_read_in_each_of_its_versions(site: Site, where: str, table: bytes) -> None:
    files = {f"{where}/{name}.svg": data for name, data in DRAWN.items()}
    files |= {f"{where}/not_listed.svg": svg(4)}
    root = "mulberry-symbols-master/" if "/" in where else ""
    files |= {f"{root}symbol-info.csv": table, f"{root}LICENSE.txt": b"words"}
    pack = zipped(site.root.parent / "mulberry.zip", files)
    about = check_about(ABOUT.decode(), Path("about.yaml"))
    added = add_pack(site, pack, name="mulberry", about=about)
    assert added.names == ("eat", "bus double decker", "bowler 1")
    assert (added.unlisted, added.left_out, added.is_known) == (1, (), True)
    symbols = SymbolBook(site)
    assert symbols.problems == ()
    bus = symbols.find("Mulberry bus-double-decker")
    assert bus == symbols.find("bus double decker")
    check_svg(bus.svg, Path("bus.svg"))
    assert bus.words == ("kaksikerrosbussi" if table == FINNISH else "Bus double decker")
    assert bus.credit.line.startswith("Mulberry Symbols. Steve Lee. CC BY-SA 4.0.")


def test_a_pack_never_changes_the_pictures_of_pages_by_itself(site: Site) -> None:
    before = SymbolBook(site).find("bus")
    add(site, {"bus.svg": svg()}, name="mine")
    symbols = SymbolBook(site)
    assert symbols.find("bus") == before
    assert symbols.find("mine bus").credit.creator == "Steve Lee"


def test_a_folder_of_photos_with_a_table(site: Site) -> None:
    table = b"name;file;shows;keywords\nTown hall;pics/IMG_1.jpg;Our town hall;council, mayor\n"
    added = add(site, {"pics/IMG_1.jpg": jpeg(), "pics/IMG_2.png": png(), "list.csv": table})
    assert (added.names, added.unlisted) == (("town hall",), 1)
    hall = SymbolBook(site).find("town hall")
    assert (hall.words, hall.media_type) == ("Our town hall", "image/png")
    found = suggest("The mayor opens it", SymbolBook(site)).pictures
    assert "mulberry symbols town hall" in [one.name for one in found]


def test_a_folder_of_pictures_without_a_table(site: Site) -> None:
    added = add(site, {"town-hall.png": png(), "deep/er/Our_bus_2.svg": svg(), "notes.txt": b"x"})
    assert sorted(added.names) == ["our bus 2", "town hall"]
    assert SymbolBook(site).find("our bus 2").words == "Our bus"


def test_of_two_files_of_one_name_the_drawing_is_taken(site: Site) -> None:
    add(site, {"a/bus stop.png": png(), "b/bus stop.svg": svg()}, name="mine")
    assert SymbolBook(site).find("mine bus stop").media_type == "image/svg+xml"


def test_a_pack_that_does_not_say_who_made_it_is_for_the_screen_only(site: Site) -> None:
    added = add(site, {"thing.svg": svg()}, name="unknown", about=False)
    assert not added.is_known
    thing = SymbolBook(site).find("unknown thing")
    assert thing.credit.may_be == ("screen",)
    assert [one.line for one in credits([thing], "screen")] == ["unknown. not known. not known."]
    for use in ("print", "download"):
        with pytest.raises(UseRefused, match="unknown"):
            credits([thing], use)


def test_staff_may_say_afterwards_who_made_it(site: Site) -> None:
    added = add(site, {"thing.svg": svg()}, name="unknown", about=False)
    symbols = SymbolBook(site)
    (added.folder / "pack.yaml").write_bytes(ABOUT)
    assert symbols.refresh()
    assert len(credits([symbols.find("unknown thing")], "print")) == 1


def test_a_pack_that_may_not_be_shown_is_not_found_and_says_why(site: Site) -> None:
    add(site, {"thing.svg": svg()}, name="paper")
    about = site.assets / "packs/paper/pack.yaml"
    about.write_bytes(ABOUT.replace(b"[screen, print, download]", b"[print]"))
    with pytest.raises(UnknownSymbol, match="may not be shown on a screen"):
        SymbolBook(site).find("paper thing")
    assert suggest("thing", SymbolBook(site)).pictures == ()


def obz(images: list[dict[str, object]], files: Mapping[str, bytes]) -> dict[str, bytes]:
    labels = ["Happy", "In the car", "No licence", "Far away", "Lost", "Not for sale"]
    board = {
        "format": "open-board-0.1",
        "id": "1",
        "name": "First words",
        "buttons": [
            {"id": str(n), "image_id": str(n), "label": label} for n, label in enumerate(labels)
        ],
        "images": [{"id": str(n), **image} for n, image in enumerate(images)],
    }
    manifest = {"format": "open-board-0.1", "root": "boards/1.obf"}
    return {
        "manifest.json": json.dumps(manifest).encode(),
        "boards/1.obf": json.dumps(board).encode(),
        **files,
    }


def test_a_board_file_carries_a_licence_for_each_picture(site: Site) -> None:
    by = {"type": "CC By", "author_name": "Ann", "copyright_notice_url": "https://a.example/by"}
    for_nobody = {"type": "CC BY-NC-SA", "author_name": "Bo"}
    inside = "data:image/png;base64," + base64.b64encode(png()).decode()
    files = obz(
        [
            {"path": "images/1.svg", "license": by},
            {"data": inside, "license": by},
            {"path": "images/2.svg"},
            {"url": "http://a.example/far.png"},
            {"path": "../lost.svg"},
            {"path": "images/3.svg", "license": for_nobody},
        ],
        {"images/1.svg": svg(1), "images/2.svg": svg(2), "images/3.svg": svg(3)},
    )
    pack = zipped(site.root.parent / "words.obz", files)
    added = add_pack(site, pack, name="words")
    assert sorted(added.names) == ["happy", "in the car", "no licence", "not for sale"]
    symbols = SymbolBook(site)
    happy, car, bare, not_for_sale = (symbols.find(f"words {name}") for name in sorted(added.names))
    assert (happy.credit.creator, happy.credit.url) == ("Ann", "https://a.example/by")
    assert car.media_type == "image/png"
    assert credits([happy, car], "download") == [happy.credit]
    assert bare.credit.licence == "All rights reserved"
    for one in (bare, not_for_sale):
        with pytest.raises(UseRefused):
            credits([happy, one], "print")


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"a.obf": b"not json"}, 'I cannot read the board "a.obf"'),
        ({"a.obf": b"[]"}, 'I cannot read the board "a.obf"'),
        ({"a.obf": b"[" * 100_000}, 'I cannot read the board "a.obf"'),
        ({"a.obf": b'{"images": [{"url": "http://a"}]}'}, "carry no pictures"),
        ({"a.svg": svg(), "b.csv": b"symbol\nzebra\n"}, "names none of its pictures"),
        ({"a.svg": svg(), "b.csv": b'symbol\n"' + b"x" * 200_000}, 'read the table "b.csv"'),
        ({"a.svg": b"words"}, 'No picture of this pack can be used. "a.svg": It is not an SVG'),
        ({"!.svg": svg()}, "It has no name"),
    ],
)
def test_a_pack_without_a_picture_to_use_is_refused(
    site: Site, files: dict[str, bytes], reason: str
) -> None:
    with pytest.raises(PackRefused) as caught:
        add(site, files)
    assert reason in str(caught.value)
    assert not (site.assets / "packs").exists()


def test_a_mistake_in_its_pack_yaml_is_told_with_its_line(site: Site) -> None:
    about = b"title: A\ncreater: B\nlicence: C\nmay_be: [paper]\n"
    with pytest.raises(PackRefused) as caught:
        add(site, {"a.svg": svg(), "pack.yaml": about}, about=False)
    told = str(caught.value).splitlines()
    assert 'pack.yaml:2: I do not know the key "creater". Did you mean "creator"?' in told
    assert any(line.startswith("pack.yaml:4: Item 1") for line in told)


def test_a_table_that_pack_yaml_names_must_be_there(site: Site) -> None:
    with pytest.raises(PackRefused, match=r'no table "list.csv"'):
        add(site, {"a.svg": svg(), "pack.yaml": ABOUT + b"index: list.csv\n"}, about=False)


def test_pictures_that_cannot_be_used_are_left_out_and_named(site: Site) -> None:
    added = add(site, {"a.svg": svg(), "b.svg": b"words", "c.png": b"words", "A B.svg": svg(2)})
    assert dict(added.left_out).keys() == {"b.svg", "c.png"}
    assert sorted(added.names) == ["a", "a b"]


def test_the_same_pack_is_not_added_twice(site: Site) -> None:
    add(site, {"a.svg": svg()})
    with pytest.raises(PackRefused, match=r'a pack "mulberry-symbols" already'):
        add(site, {"a.svg": svg()})
    assert add(site, {"a.svg": svg()}, name="Other one!").name == "other-one"


def test_what_a_pack_writes_cannot_become_a_formula_or_break_the_table(site: Site) -> None:
    table = 'name,file,words\nbus,a.svg,"=cmd()\nsecond\u202e line"\n'.encode()
    add(site, {"a.svg": svg(), "list.csv": table}, name="mine")
    symbols = SymbolBook(site)
    assert symbols.problems == ()
    assert symbols.find("mine bus").words == "cmd() second line"


def test_a_broken_pack_is_told_and_keeps_its_last_good_version(site: Site) -> None:
    added = add(site, {"a thing.svg": svg()}, name="mine")
    symbols = SymbolBook(site)
    (added.folder / "pack.yaml").write_text("title: [", encoding="utf-8")
    assert symbols.refresh()
    assert symbols.find("mine a thing").credit.creator == "Steve Lee"
    assert str(symbols.problems[0]).startswith("assets/packs/mine/pack.yaml:1: ")
    (added.folder / "pack.yaml").write_bytes(ABOUT)
    (added.folder / "index.csv").write_text("name,file\na,../a.svg\n,b.svg\n", encoding="utf-8")
    assert symbols.refresh()
    assert [one.line for one in symbols.problems] == [2, 3]


def test_a_picture_put_into_a_pack_by_hand_is_looked_at_too(site: Site) -> None:
    added = add(site, {"a thing.svg": svg()}, name="mine")
    file = next((added.folder / "pictures").iterdir())
    file.write_bytes(svg().replace(b"rect", b"script"))
    with pytest.raises(UnknownSymbol, match="cannot be used: assets/packs/mine/pictures/"):
        SymbolBook(site).find("mine a thing")
    file.unlink()
    with pytest.raises(UnknownSymbol, match="cannot be used"):
        SymbolBook(site).find("mine a thing")


def test_the_word_book_can_name_a_picture_of_a_pack(site: Site) -> None:
    add(site, {"hoist.svg": svg()}, name="mulberry")
    (site.content / "symbols.yaml").write_text("lifting: mulberry hoist\n", encoding="utf-8")
    symbols = SymbolBook(site)
    assert symbols.find("lifting").credit.creator == "Steve Lee"
    assert suggest("A hoist is for lifting", symbols).pictures[0].name == "lifting"


def test_a_pack_stands_before_openmoji_among_suggestions(site: Site) -> None:
    assert About(title="a", creator="b", licence="c").may_be == ("screen",)
    add(site, {"hospital.svg": svg(1), "doctor_1a.svg": svg(2)}, name="mulberry")
    symbols = SymbolBook(site)
    assert suggest("hospital", symbols).pictures[0].name == "mulberry hospital"
    assert suggest("doctor", symbols).pictures[0].name in ("mulberry doctor 1a", "health worker")

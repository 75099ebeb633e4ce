from __future__ import annotations

from kiosk.export.beside import CREDITS, beside

OPENMOJI = "OpenMoji. OpenMoji, openmoji.org. CC BY-SA 4.0. https://creativecommons.org/x."
MULBERRY = "Mulberry. Steve Lee. CC BY-SA 2.0 UK."
BOTH = """\
Whom these files thank

Pictures
- Mulberry. Steve Lee. CC BY-SA 2.0 UK.
    in b.epub
- OpenMoji. OpenMoji, openmoji.org. CC BY-SA 4.0. https://creativecommons.org/x.
    in a.pdf
    in b.epub

Voices
- eSpeak NG.
    in b.epub

Program
- The easy-read kiosk. The easy-read kiosk developers. MIT License.
    in a.pdf
    in b.epub

The texts of licences are in the folder licences, or at the addresses above.
"""


def test_each_line_of_thanks_stands_once_with_the_files_that_it_is_for() -> None:
    first = beside("", ["a.pdf"], {"a.pdf": {"Pictures": [OPENMOJI]}})
    new = {"b.epub": {"Pictures": [OPENMOJI, MULBERRY], "Voices": ["eSpeak NG."]}}
    files = beside(first[CREDITS].decode(), ["a.pdf", "b.epub"], new)
    assert files[CREDITS].decode() == BOTH
    assert files.keys() == {CREDITS, "licences/cc-by-sa-4.0.txt", "licences/kiosk.txt"}
    assert b"Attribution-ShareAlike 4.0" in files["licences/cc-by-sa-4.0.txt"]
    assert b"Permission is hereby granted" in files["licences/kiosk.txt"]


def test_what_is_gone_or_made_anew_is_no_longer_thanked_for() -> None:
    files = beside(BOTH, ["b.epub", "c.svg"], {"b.epub": {"Pictures": [MULBERRY]}})
    told = files[CREDITS].decode()
    assert "OpenMoji" not in told
    assert "a.pdf" not in told
    assert "Voices" not in told
    assert "licences/cc-by-sa-4.0.txt" not in files


def test_the_same_files_made_in_another_order_give_the_same_list() -> None:
    one, two = {"a.pdf": {"Pictures": [OPENMOJI]}}, {"b.epub": {"Pictures": [MULBERRY]}}
    together = beside("", ["a.pdf", "b.epub"], {**two, **one})
    after = beside(beside("", [], one)[CREDITS].decode(), ["a.pdf", "b.epub"], two)
    assert together == after

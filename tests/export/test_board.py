from __future__ import annotations

import dataclasses
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.errors import ContentError, NotExported
from kiosk.export.board import FORMAT, board
from kiosk.export.chosen import all_of
from tests.export.losing import LOST, without
from tests.export.papers import chosen_from
from tests.tools.sites import ROOT, tiny_site


def opened(data: bytes) -> tuple[dict[str, Any], dict[str, Any], zipfile.ZipFile]:
    """Return the manifest, the boards by their ids, and the zip, each name of it looked up."""
    file = zipfile.ZipFile(io.BytesIO(data))
    manifest = json.loads(file.read("manifest.json"))
    assert manifest["format"] == FORMAT
    boards = {key: json.loads(file.read(at)) for key, at in manifest["paths"]["boards"].items()}
    assert manifest["root"] in manifest["paths"]["boards"].values()
    for key, told in boards.items():
        assert (told["format"], told["id"]) == (FORMAT, key)
        buttons = [one["id"] for one in told["buttons"]]
        order = told["grid"]["order"]
        assert [one for row in order for one in row if one] == buttons
        assert len(order) == told["grid"]["rows"]
        assert {len(row) for row in order} == {told["grid"]["columns"]}
        assert {one["image_id"] for one in told["buttons"]} == {one["id"] for one in told["images"]}
        for image in told["images"]:
            assert manifest["paths"]["images"][image["id"]] == image["path"]
            assert file.read(image["path"])
            assert image["license"]["type"]
        for button in told["buttons"]:
            if "load_board" in button:
                assert button["load_board"]["path"] in manifest["paths"]["boards"].values()
    return manifest, boards, file


def test_a_part_leads_to_a_board_for_each_page_and_each_idea_is_a_button(tmp_path: Path) -> None:
    site, chosen = chosen_from(tiny_site(tmp_path), "about")
    manifest, boards, _ = opened(board(site, chosen))
    assert manifest["root"] == "boards/start.obf"
    assert [one["label"] for one in boards["start"]["buttons"]] == ["The people here", "Your plan"]
    first, bus = boards["people"]["buttons"]
    assert first["label"] == "We use co-production."
    assert first["vocalization"] == "We use co-production. Families and staff plan together."
    assert bus["vocalization"] == "You can come by bus. Bus 1 Bus 2"
    told = boards["people"]["description_html"]
    for part in ("not an official document", "The tests, 23", "Draft", "CC BY-SA 4.0", "English"):
        assert part in told.replace("\u00a0", " ")


def test_the_same_part_gives_the_same_bytes(tmp_path: Path) -> None:
    site = tiny_site(tmp_path)
    assert board(*chosen_from(site, "about")) == board(*chosen_from(site, "about"))


@pytest.mark.parametrize("lost", [one for one in LOST if one != "letters"])  # it has none
def test_what_is_lost_on_the_way_to_a_board_stops_it_with_the_place(
    tmp_path: Path, lost: str
) -> None:
    site, chosen = chosen_from(tiny_site(tmp_path), "plan")
    (page,) = chosen.pages
    line = page.ideas[1].line if lost in ("alt", "picture") else 1
    with pytest.raises((ContentError, NotExported)) as stopped:
        board(site, dataclasses.replace(chosen, pages=(without(page, lost),)))
    assert str(stopped.value).startswith(f"content/en/about/plan.md:{line}: ")


@pytest.mark.drill
@pytest.mark.parametrize("code", ["en", "pl", "ro", "ur"])
def test_each_part_that_is_shipped_becomes_boards(code: str) -> None:
    site = load_site(ROOT)
    for chosen in all_of(Library(site).now, code, pages_too=False):
        _, boards, _ = opened(board(site, chosen))
        assert boards.keys() >= {page.id for page in chosen.pages}

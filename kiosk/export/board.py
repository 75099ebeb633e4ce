"""A symbol board (Open Board Format, .obz): a part's pictures and phrases, to press and speak."""

from __future__ import annotations

import html
import json
from typing import Any

from kiosk.config import Site
from kiosk.content import Page
from kiosk.export.chosen import Chosen
from kiosk.export.paper import Paper, begin_paper, end_paper
from kiosk.export.zipped import zipped
from kiosk.symbols import Credit, Symbol
from kiosk.symbols.shape import size_of

FORMAT = "open-board-0.1"
_MANIFEST = "manifest.json"
_ROOT = "start"


def board(site: Site, chosen: Chosen, paper: Paper | None = None) -> bytes:
    """Return the boards: one for each page, and for a part one that leads to them.

    A button has an idea's picture, and says its sentences. paper: begun, for whoever asks it
    later whom to thank. Raises ContentError with the place of what cannot go out.
    """
    paper = paper or begin_paper(site, chosen)
    boards = {page.id: _page(paper, page) for page in chosen.pages}
    root = chosen.pages[0].id
    if len(chosen.pages) > 1:
        root = _ROOT
        boards = {_ROOT: _start(paper, chosen)} | boards
    end_paper(site, chosen, paper, ["download"])
    about = html.escape(" ".join([*paper.told["notes"], *paper.thanks(["download"])]), quote=False)
    pictures = {name: f"images/{name}" for name in sorted(paper.symbols)}
    paths = {name: f"boards/{name}.obf" for name in boards}
    by_id = {_id(name): path for name, path in pictures.items()}
    manifest = {
        "format": FORMAT,
        "root": paths[root],
        "paths": {"boards": paths, "images": by_id, "sounds": {}},
    }
    files = [(_MANIFEST, _json(manifest))]
    files += [(paths[id_], _json(one | {"description_html": about})) for id_, one in boards.items()]
    files += [(path, paper.symbols[name].svg) for name, path in pictures.items()]
    return zipped(files)


def _start(paper: Paper, chosen: Chosen) -> dict[str, Any]:
    buttons = []
    for page in chosen.pages:
        one = _button(paper, page.symbol, page.symbol.words, page, 1, page.title)
        path = f"boards/{page.id}.obf"
        buttons.append(one | {"load_board": {"id": page.id, "name": page.title, "path": path}})
    return _board(paper, _ROOT, chosen.title, buttons)


def _page(paper: Paper, page: Page) -> dict[str, Any]:
    buttons = []
    for idea in page.ideas:
        first, *others = [one.text for one in (*idea.sentences, *idea.items)]
        one = _button(paper, idea.symbol, idea.words, page, idea.line, first)
        if others:
            one["vocalization"] = " ".join((first, *others))
        buttons.append(one)
    return _board(paper, page.id, page.title, buttons)


def _button(
    paper: Paper, symbol: Symbol | None, words: str, page: Page, line: int, label: str
) -> dict[str, Any]:
    name = paper.picture(symbol, words, page.path, line)["file"]
    return {"label": label, "image_id": _id(name)}


def _board(paper: Paper, name: str, title: str, buttons: list[dict[str, Any]]) -> dict[str, Any]:
    numbered = [{"id": str(number)} | one for number, one in enumerate(buttons, 1)]
    columns = min(4, max(2, round(len(buttons) ** 0.5)))
    places: list[str | None] = [one["id"] for one in numbered]
    places += [None] * (-len(places) % columns)
    used = dict.fromkeys(one["image_id"] for one in buttons)
    symbols = {_id(file): symbol for file, symbol in paper.symbols.items()}
    return {
        "format": FORMAT,
        "id": name,
        "locale": paper.language,
        "name": title,
        "buttons": numbered,
        "grid": {
            "rows": len(places) // columns,
            "columns": columns,
            "order": [places[at : at + columns] for at in range(0, len(places), columns)],
        },
        "images": [_image(one, symbols[one]) for one in used],
        "sounds": [],
    }


def _image(name: str, symbol: Symbol) -> dict[str, Any]:
    width, height = size_of(symbol)
    return {
        "id": name,
        "path": f"images/{symbol.sha256}{symbol.suffix}",
        "content_type": symbol.media_type,
        "width": round(width),
        "height": round(height),
        "license": _licence(symbol.credit),
    }


def _licence(credit: Credit) -> dict[str, str]:
    return {
        "type": credit.licence,
        "author_name": credit.creator,
        "source_url": credit.url,
        "copyright_notice_url": credit.url,
    }


def _id(file: str) -> str:
    return file.partition(".")[0][:16]


def _json(told: dict[str, Any]) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()

"""How often a usable picture is suggested: `python -m tests.bench.bench_pictures`.

Each set of sentences was written down before the suggestions were changed for it, and the pictures
were judged by eye (tests/symbols/data/judged.yaml and judged-2.yaml). This recomputes the shares
from that judgement, and names the pictures that nobody has judged yet. `--sheets FOLDER` draws what
to judge.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, RootModel

from kiosk.config import load_site
from kiosk.located import parse_yaml, read_text, validate
from kiosk.symbols import SymbolBook
from kiosk.symbols.sheet import Tile, draw_sheet
from kiosk.symbols.suggest import suggest
from tests.bench.measure import interleaved, show

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "symbols" / "data"
OF = 8


class Judged(BaseModel):
    """What somebody saw beside one sentence."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    sentence: str
    usable: tuple[str, ...]
    not_usable: tuple[str, ...] = Field(alias="not usable")
    nonsense: tuple[str, ...] = ()  # about something else; the first set does not tell it apart


class _File(RootModel[tuple[Judged, ...]]):
    pass


@dataclass(frozen=True)
class Outcome:
    """One sentence: the place of its first usable picture from 1 (0: none), and the unjudged.

    offered: how many pictures were; nonsense: how many of them are about something else.
    """

    sentence: str
    place: int
    unjudged: tuple[str, ...]
    offered: int
    nonsense: int


SETS: dict[str, tuple[str, ...]] = {
    "judged.yaml": ("sentences.txt",),
    "judged-2.yaml": ("sentences-2.txt", "sentences-3.txt", "sentences-4.txt"),
    "judged-3.yaml": ("sentences-5.txt",),
    "judged-4.yaml": ("sentences-6.txt",),
    "judged-5.yaml": ("sentences-7.txt",),
}


def judged(file: str = "judged.yaml") -> tuple[Judged, ...]:
    """Return the judgement, in the order of the sentences."""
    path = DATA / file
    return validate(_File, parse_yaml(read_text(path, shown=path), shown=path), shown=path).root


def outcomes(book: SymbolBook, file: str = "judged.yaml") -> list[Outcome]:
    """Suggest for each sentence, and look up what was judged."""
    found = []
    for one in judged(file):
        names = [each.symbol.name for each in suggest(one.sentence, book, count=OF).pictures]
        places = [number for number, name in enumerate(names, 1) if name in one.usable]
        unjudged = tuple(set(names) - {*one.usable, *one.not_usable, *one.nonsense})
        nonsense = len(set(names) & set(one.nonsense))
        found.append(Outcome(one.sentence, min(places, default=0), unjudged, len(names), nonsense))
    return found


def share(found: list[Outcome], first: int) -> float:
    """Return the share of sentences with a usable picture in the first so many, from 0 to 1."""
    return sum(0 < one.place <= first for one in found) / len(found)


def nonsense(found: list[Outcome]) -> float:
    """Return the share of all offered pictures that are about something else, from 0 to 1."""
    return sum(one.nonsense for one in found) / sum(one.offered for one in found)


def draw(book: SymbolBook, folder: Path) -> None:
    """Write one sheet for each sentence."""
    folder.mkdir(parents=True, exist_ok=True)
    sentences = [one for file in SETS for one in judged(file)]
    for number, one in enumerate(sentences, 1):
        found = suggest(one.sentence, book, count=OF)
        tiles = [Tile(each.symbol, each.symbol.name, each.notes) for each in found.pictures]
        sheet = draw_sheet(f"{number}. {one.sentence}", tiles, warning=found.warning)
        (folder / f"{number:02}.png").write_bytes(sheet)


def tell(found: list[Outcome]) -> None:
    """Print the shares of a set, what is missed, and what is not judged."""
    print(f"{len(found)} sentences. A usable picture in the first 3: {share(found, 3):.0%}.")
    print(f"A usable picture in the first {OF}: {share(found, OF):.0%}.")
    if any(one.nonsense for one in found):
        print(f"Nonsense among what is offered: {nonsense(found):.0%}.")
    for one in found:
        if not 0 < one.place <= 3:
            print(f"  {f'at place {one.place}' if one.place else 'none':>10}: {one.sentence}")
        if one.unjudged:
            print(f"  not judged yet: {', '.join(sorted(one.unjudged))}: {one.sentence}")


def main() -> None:
    """Print the shares, what is missed, what is not judged, and how long a look-up takes."""
    parser = argparse.ArgumentParser(description="Measure the suggestions of pictures.")
    parser.add_argument("--quick", action="store_true", help="do not measure the time")
    parser.add_argument("--sheets", type=Path, help="draw a sheet for each sentence here")
    chosen = parser.parse_args()
    book = SymbolBook(load_site(ROOT))
    for file in SETS:
        tell(outcomes(book, file))
    if chosen.sheets:
        draw(book, chosen.sheets)
    if not chosen.quick:
        sentence = judged()[0].sentence
        one_word = sentence.split()[1]
        works = {
            "a word": lambda: suggest(one_word, book),
            "a sentence": lambda: suggest(sentence, book),
        }
        show("Suggest pictures for", interleaved(works, 50), against="a word")


if __name__ == "__main__":
    main()

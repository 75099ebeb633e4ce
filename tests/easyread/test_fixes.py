"""What a fix writes means the same: a person has read each pair in `data/fixes.txt`.

`pytest tests/easyread/test_fixes.py --write-expected` writes the second lines; then read them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import EasyRead
from kiosk.content import Words
from kiosk.easyread.checker import check_sheet, make_context
from kiosk.easyread.language_pack import load_language_pack
from kiosk.easyread.mend import mend_text
from kiosk.easyread.plain import read_plain
from tests.easyread.sites import TODAY

FILE = Path(__file__).parent / "data" / "fixes.txt"
FEWEST = 200
MOST_ROUNDS = 10
_CONTEXT = make_context(EasyRead(), load_language_pack("en"), Words(), TODAY)


def mended(line: str) -> tuple[str, int]:
    """Return a line with its safe fixes in it, and how many they were."""
    text, count = f"We help you.\n\n{line}\n", 0
    for _ in range(MOST_ROUNDS):
        found = check_sheet(read_plain(text, Path("a.txt"), "en", 8), _CONTEXT)
        fixes = {one.fix for one in found if one.fix and one.fix.safe}
        new = mend_text(text, fixes)
        if new == text:
            break
        count += len(fixes)
        text = new
    return text.partition("\n\n")[2].strip(), count


def test_each_fix_writes_what_a_person_has_read(request: pytest.FixtureRequest) -> None:
    pairs = [pair.splitlines() for pair in FILE.read_text(encoding="utf-8").split("\n\n")]
    results = [(pair[0], *mended(pair[0])) for pair in pairs if pair]
    if request.config.getoption("--write-expected"):
        said = "\n\n".join(f"{line}\n{after}" for line, after, _ in results)
        FILE.write_text(f"{said}\n", encoding="utf-8")
    assert [[line, after] for line, after, _ in results] == [
        pair.splitlines() for pair in FILE.read_text(encoding="utf-8").split("\n\n")
    ]
    assert sum(count for _, _, count in results) >= FEWEST

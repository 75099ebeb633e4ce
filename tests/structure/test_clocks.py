"""The wall clock may be set at any moment: seconds are measured by one that only goes forward."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "kiosk"
WALL = {".py": re.compile(r"\btime\.time(?:_ns)?\("), ".js": re.compile(r"\bDate\b")}

# Who may look at it, and for what.
MAY = {
    "feedback/store/index.py": "beside the times of files",
    "feedback/store/store.py": "beside the times of files",
    "feedback/store/verify.py": "beside the times of files",
    "speech/clips.py": "beside the times of files",
    "screen/frontend/survey/drafts.js": "how long a page was away: no other clock outlives it",
    "screen/frontend/survey/id.js": "the time inside an id",
}


def test_nobody_measures_by_the_wall_clock() -> None:
    files = [*ROOT.rglob("*.py"), *(ROOT / "screen/frontend").rglob("*.js")]
    found = {
        path.relative_to(ROOT).as_posix()
        for path in files
        if WALL[path.suffix].search(path.read_text(encoding="utf-8"))
    }
    assert found == set(MAY)

"""The texts that are on no page are read anew when one of their files is another."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.editor.check import other_stamps
from tests.tools.sites import tiny_site


@pytest.mark.parametrize(
    "name",
    ["surveys/new.yaml", "ur/surveys/think.yaml", "events.yaml", "you-said.yaml"],
)
def test_a_file_that_is_made_changed_or_taken_away_is_noticed(tmp_path: Path, name: str) -> None:
    site = load_site(tiny_site(tmp_path))
    file = site.content / name
    file.parent.mkdir(parents=True, exist_ok=True)
    seen = [other_stamps(site)]
    for text in ("[]\n", "[1]\n"):
        file.write_text(text)
        seen.append(other_stamps(site))
    assert seen[0] != seen[1] != seen[2]
    assert other_stamps(site) == seen[2]
    file.unlink()
    assert other_stamps(site) == seen[0]

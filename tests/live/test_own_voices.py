"""A person's recording is heard in place of the kiosk's own voice, for as long as it may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk.config import Site, load_site
from kiosk.live.kiosk import Kiosk
from tests.tools import clips
from tests.tools.recorded import AMIRA, read_aloud
from tests.tools.sites import PEOPLE, tiny_site


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    root = tiny_site(tmp_path)
    made = Kiosk(load_site(root))
    clips.lend("tiny", made.site.data)
    yield made
    made.close()


def told(kiosk: Kiosk, speed: str = "normal") -> dict[str, dict[str, Any]]:
    found = kiosk.sounds.narrate("en", "people", speed)
    return {one["text"]: one for one in found if one}


def test_a_recording_is_heard_once_it_is_there_and_the_other_voice_again_once_it_is_gone(
    kiosk: Kiosk,
) -> None:
    version = kiosk.served.version
    assert told(kiosk)["Bus 1"]["file"].startswith("clips/")
    folder = read_aloud(kiosk.site.root, whole=[5])
    kiosk._look()
    assert kiosk.served.version != version  # an open screen asks anew
    normal, slow = told(kiosk), told(kiosk, "slow")
    assert normal["Bus 1"]["file"].startswith("voices/")
    assert normal["Bus 1"]["whole"] is True
    assert "whole" not in normal["Bus 2"]
    assert normal["Bus 2"]["pace"] == 1
    assert 0.75 <= slow["Bus 2"]["pace"] < 1
    assert slow["Bus 2"]["file"] == normal["Bus 2"]["file"]
    assert normal["Picture: Bus."]["file"].startswith("clips/")  # nobody has read this
    html = kiosk.served.screens["en"].html["people"]
    assert "Read by Amira" in html
    assert "Amira reads this page to you." in normal
    assert "Read by" not in kiosk.served.screens["en"].html["plan"]
    # What a person has read is not rendered as well.
    wanted = {one.text for one in kiosk.sounds._all(kiosk.served.screens)}
    assert "You can come by bus." not in wanted
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    kiosk._look()
    assert told(kiosk)["Bus 1"]["file"].startswith("clips/")
    assert "Read by" not in kiosk.served.screens["en"].html["people"]
    assert not kiosk.served.voices


def test_of_ten_sentences_two_may_be_another_voice_and_above_that_all_are(kiosk: Kiosk) -> None:
    read_aloud(kiosk.site.root)
    page = kiosk.site.content / "en" / "about" / "people.md"
    page.write_text(PEOPLE.replace("Bus 2", "Tram 2"), encoding="utf-8")
    kiosk._look()
    heard = {text: one["file"].split("/")[0] for text, one in told(kiosk).items()}
    assert (heard["Tram 2"], heard["Bus 1"]) == ("clips", "voices")
    page.write_text(PEOPLE.replace("Bus 2", "Tram 2").replace("Bus 1", "Tram 1"), encoding="utf-8")
    kiosk._look()
    assert all(one["file"].startswith("clips/") for one in told(kiosk).values())
    assert "Read by" not in kiosk.served.screens["en"].html["people"]


@pytest.mark.parametrize(
    "consent",
    [replace(AMIRA, until=date(2026, 11, 26)), replace(AMIRA, uses=("web", "book"))],
    ids=["over", "not for the screen"],
)
def test_a_voice_is_not_played_past_its_last_day_or_where_it_was_not_agreed(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch, consent: Any
) -> None:
    monkeypatch.setattr(Site, "today", lambda *_: date(2026, 11, 26))
    read_aloud(kiosk.site.root, consent=consent)
    kiosk._look()
    is_heard = told(kiosk)["Bus 1"]["file"].startswith("voices/")
    assert is_heard == ("screen" in consent.uses)
    monkeypatch.setattr(Site, "today", lambda *_: date(2026, 11, 27))  # nothing else has changed
    kiosk._look()
    assert told(kiosk)["Bus 1"]["file"].startswith("clips/")
    assert not kiosk.served.voices

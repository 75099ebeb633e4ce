"""The real voice, once for each file, and a narrator with a folder of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.speech.narrator import Narrator
from kiosk.speech.process import Pyttsx3Engine

PATIENCE = 30.0  # seconds: a busy machine is slow, and a voice that hangs has tests of its own
RATES = {"slow": 100, "normal": 130, "quick": 160}


@pytest.fixture(scope="module")
def engine() -> Iterator[Pyttsx3Engine]:
    made = Pyttsx3Engine(
        30
    )  # seconds: a busy machine is slow, and a hanging voice has its own tests
    yield made
    made.close()


@pytest.fixture
def narrator(engine: Pyttsx3Engine, tmp_path: Path) -> Narrator:
    return Narrator(engine, tmp_path, voices={"en": "gmw/en"}, rates=RATES, within=PATIENCE)

"""Staff edit the files while the kiosk runs: each edit is served, whatever went wrong before."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.config import load_site
from kiosk.live.kiosk import Kiosk
from tests.tools.sites import PLAN, tiny_site


class Looks(threading.Event):
    """Ends a watch after so many looks, without a wait."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._left = count

    def wait(self, timeout: float | None = None) -> bool:  # noqa: ARG002
        self._left -= 1
        return self._left < 0


class Desk:
    """A kiosk that looks at its files when a test says so, and what it told staff."""

    def __init__(self, tmp_path: Path) -> None:
        self.told: list[str] = []
        root = tiny_site(tmp_path, {"content/en/about/wrong.md": "broken"})
        self.kiosk = Kiosk(load_site(root), report=self.told.append)
        self.plan = root / "content" / "en" / "about" / "plan.md"

    def put(self, text: str) -> None:
        # Another file in its place: another stamp, also within one tick of the disk's clock.
        new = self.plan.with_name(".new")
        new.write_text(text)
        new.replace(self.plan)

    def edit(self, words: str) -> None:
        self.put(PLAN.replace("Things can get better.", words))

    def look(self, count: int = 1) -> None:
        self.kiosk._end = Looks(count)
        self.kiosk._watch()

    def serves(self, words: str) -> bool:
        return words in self.kiosk.served.screens["en"].html["plan"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.kiosk.close()


def failing(*_: object, **__: object) -> None:
    raise OSError("Out of memory")


STEPS = {
    "the pages": "kiosk.content.library.resolve_page",
    "the surveys": "kiosk.live.kiosk.load_surveys",
    "what is coming up": "kiosk.live.kiosk.load_listened",
    "the screens": "kiosk.screen.whole.render_language",
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
def test_an_edit_is_served_after_a_look_that_failed_and_nothing_is_told_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    problems, told = desk.kiosk.problems, list(desk.told)
    assert len(told) == 1
    desk.edit("Things will be well.")
    with monkeypatch.context() as broken:
        broken.setattr(step, failing)
        desk.look(3)
    failed = "The files could not be read: Out of memory"
    assert desk.told == [*told, failed]
    assert desk.kiosk.problems == sorted([*problems, failed])
    assert not desk.serves("will be well")
    desk.look()
    assert desk.serves("will be well")
    assert desk.kiosk.problems == problems
    assert desk.told == [*told, failed]


def test_a_look_that_failed_without_an_edit_is_forgotten(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems = desk.kiosk.problems
    with monkeypatch.context() as broken:
        broken.setattr(desk.kiosk.library, "refresh", failing)
        desk.look()
    assert desk.kiosk.problems != problems
    desk.look()
    assert desk.kiosk.problems == problems


def touch(desk: Desk) -> None:
    survey = desk.kiosk.site.content / "surveys" / "think.yaml"
    os.utime(survey, (0, 0))


def spoil(desk: Desk) -> None:
    desk.put("broken")


@pytest.mark.parametrize("change", [touch, spoil])
def test_the_sounds_are_looked_at_anew_when_a_file_is_touched_or_spoiled(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, change: Callable[[Desk], None]
) -> None:
    sounds, version = desk.kiosk.sounds, desk.kiosk.served.version
    monkeypatch.setattr(sounds.narrator, "prepare", lambda *_, **__: iter(()))
    assert list(sounds.prepare()) == []
    assert sounds.prepared
    change(desk)
    desk.look()
    assert desk.kiosk.served.version == version  # no screen has anything to fetch
    assert sounds._again.wait(0), "Nobody looks whether each text has its sound."
    assert list(sounds.prepare()) == []
    assert sounds.prepared

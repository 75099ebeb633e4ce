"""Programs that write answers and are killed at any moment, and what must be true afterwards."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml

from kiosk.feedback.answer.ulid import parse, random_part
from kiosk.feedback.store.shelf import ASIDE
from kiosk.feedback.store.store import AnswerStore
from kiosk.feedback.store.takein import take_in
from tests.tools.waiting import wait_until

# One program loads everything once, and begins a writer for each name of a file that it is given.
# Every third answer has a recorded voice; each fifth is sent a second time; every fourth is set
# aside, some of these with an id of a wrong clock, and each writer takes in what all have set
# aside. What is acknowledged is written to the writer's file: that outlives a kill.
PROGRAM = """
import os, signal, sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from kiosk.errors import AnswerNotSaved
from kiosk.feedback.answer.answer import Answer
from kiosk.feedback.answer.aside import SetAside
from kiosk.feedback.answer.sent import Sent
from kiosk.feedback.store.store import AnswerStore
from kiosk.feedback.survey.question import Question
from kiosk.feedback.survey.survey import Survey
from kiosk.feedback.store.takein import take_in
from tests.tools.ulids import UlidMaker

kinds = {"say": "voice", "words": "words"}
asked = tuple(Question(one, kind, "", None, ()) for one, kind in kinds.items())
known = {"think": Survey("think", "en", "", None, asked, "")}

def set_aside(store, ulid, voices):
    sent = Sent(ulid, "think", "plan", "en", {**voices, "words": "x" * 3000 + "end"})
    store.set_aside(SetAside(sent, "page", datetime.now(UTC)))

def write(told):
    store, make, number = AnswerStore(Path(sys.argv[1])), UlidMaker(), 0
    early = UlidMaker(lambda: 60_000)
    while True:
        number += 1
        clock = not number % 8
        ulid = early() if clock else make()
        if not number % 5:
            with suppress(AnswerNotSaved):  # another writer was quicker
                take_in(
                    store, Path("kept"), surveys=known, pages={"plan"}, languages={"en"},
                    words_max=4000,
                )
        voices = {} if number % 3 else {"say": f"{ulid}.say.webm"}
        for name in voices.values():
            store.save_recording(ulid, name, b"sound" * 2000 + b"end", in_time=not clock)
        if not number % 4:
            set_aside(store, ulid, voices)
            os.write(told, f"{ulid}\\n".encode())
            continue
        one = Answer(ulid, "think", "plan", "en", {**voices, "words": "x" * 3000 + "end"}, voices)
        store.save(one)
        os.write(told, f"{ulid}\\n".encode())
        if not number % 5:
            store.save(one)

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    told = os.open(line.strip(), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    process = os.fork()
    if not process:
        write(told)
    os.close(told)
    print(process, flush=True)
"""
ROOT = Path(__file__).resolve().parents[2]
LONGEST_LIFE = 40  # answers of one writer before it is killed


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went. kills: of writers; the last four should be 0."""

    kills: int
    acknowledged: int
    lost: int
    torn: int
    doubled: int
    acknowledged_twice: int


class _Writer:
    """One process, and how many answers it may write before it is killed."""

    def __init__(self, program: subprocess.Popen[str], told: Path, last: int) -> None:
        self._told = told
        self._last = last
        assert program.stdin is not None
        assert program.stdout is not None
        print(told, file=program.stdin, flush=True)
        self._process = int(program.stdout.readline())

    def is_due(self) -> bool:
        """Whether it has written enough."""
        assert self._runs(), "A writer ended by itself."
        return len(acknowledged(self._told)) >= self._last

    def kill(self) -> None:
        """End it without a warning, and wait until it is dead."""
        os.kill(self._process, signal.SIGKILL)
        wait_until(lambda: not self._runs(), 60, "the end of a writer")

    def _runs(self) -> bool:
        try:
            os.kill(self._process, 0)
        except ProcessLookupError:
            return False
        return True


def acknowledged(told: Path) -> list[str]:
    """Return the ids in a writer's file."""
    return told.read_text().split() if told.exists() else []


def write_and_kill(place: Path, *, writers: int, most: int, seed: int, seconds: float) -> Outcome:
    """Let programs write, kill each at a random moment, start another; until `most` are saved."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    folder, told = place / "kept", place / "told"
    told.mkdir(parents=True)
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    running: list[_Writer] = []
    started = 0

    def enough() -> bool:
        nonlocal started
        for one in [one for one in running if one.is_due()]:
            one.kill()
            running.remove(one)
        while len(running) < writers:
            started += 1
            last = chance.randrange(1, LONGEST_LIFE)
            running.append(_Writer(program, told / str(started), last))
        return sum(len(acknowledged(file)) for file in told.iterdir()) >= most

    try:
        wait_until(enough, seconds, f"{most} answers")
    finally:
        for one in running:
            one.kill()
        program.communicate()
    ids = [one for file in told.iterdir() for one in acknowledged(file)]
    return _look(folder, ids, started)


def _look(folder: Path, ids: list[str], kills: int) -> Outcome:
    take_all_in(folder)
    files = list(folder.glob("2*/*/*/*.yaml"))
    there = Counter(random_part(parse(path.stem)) for path in files)
    return Outcome(
        kills=kills,
        acknowledged=len(ids),
        lost=len({random_part(parse(one)) for one in ids} - set(there)),
        torn=sum(not _is_whole(path) for path in files),
        doubled=sum(count > 1 for count in there.values()),
        acknowledged_twice=len(ids) - len(set(ids)),
    )


def take_all_in(folder: Path) -> None:
    """Take in what is left, as the next start does."""
    asked: Any = tuple(
        SimpleNamespace(id=one, kind=kind) for one, kind in (("say", "voice"), ("words", "words"))
    )
    known: Any = {"think": SimpleNamespace(id="think", questions=asked)}
    store = AnswerStore(folder)
    take_in(store, folder, surveys=known, pages={"plan"}, languages={"en"}, words_max=4000)
    assert list((folder / ASIDE).glob("*.yaml")) == []


def _is_whole(path: Path) -> bool:
    answers = yaml.safe_load(path.read_text())["answers"]
    voice = path.with_name(answers["say"]).read_bytes() if "say" in answers else b"end"
    return bool(answers["words"].endswith("end") and voice.endswith(b"end"))

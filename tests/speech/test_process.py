"""The voice lives in a process of its own, and nobody notices what happens to it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk.errors import SpeechError, SpeechTimeout, VoiceMissing
from kiosk.speech.engine import LONGEST_TEXT, Voice
from kiosk.speech.process import Pyttsx3Engine
from tests.tools.waiting import wait_until

ENGLISH = Voice("en", "gmw/en", 130)


def worker_of(engine: Pyttsx3Engine) -> int:
    assert engine.pid is not None
    return engine.pid


def is_gone(process: int) -> bool:
    """Gone, or a zombie: of an orphan's end only the system's first process can know more."""
    try:
        return "\nState:\tZ" in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return True


def test_only_the_wheels_speech_library_is_loaded(engine: Pyttsx3Engine) -> None:
    engine.render("Hello.", ENGLISH)
    maps = Path(f"/proc/{worker_of(engine)}/maps").read_text()
    libraries = {name for name in re.findall(r"(/\S+)$", maps, re.MULTILINE) if "espeak" in name}
    assert len([name for name in libraries if ".so" in name]) == 1
    assert all("/espeakng_loader/" in name for name in libraries)


def test_the_worker_stays_small(engine: Pyttsx3Engine) -> None:
    for number in range(60):
        engine.render(f"This is sentence {number} of a page, and it is read aloud.", ENGLISH)
    status = Path(f"/proc/{worker_of(engine)}/status").read_text()
    kibibytes = re.search(r"VmRSS:\s+(\d+)", status)
    assert kibibytes
    assert int(kibibytes[1]) < 48 * 1024


def test_a_killed_worker_is_replaced_without_a_word(engine: Pyttsx3Engine) -> None:
    engine.render("One.", ENGLISH)
    old = worker_of(engine)
    os.kill(old, signal.SIGKILL)
    assert engine.render("Two.", ENGLISH).seconds > 0
    assert worker_of(engine) != old
    assert not Path(f"/proc/{old}").exists()


def test_a_worker_killed_while_it_speaks_is_replaced_without_a_word(engine: Pyttsx3Engine) -> None:
    engine.render("One.", ENGLISH)
    old = worker_of(engine)
    os.kill(old, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(engine.render, "Two.", ENGLISH)
        wait_until(engine._lock.locked, 5, "the request")
        os.kill(old, signal.SIGKILL)
        assert asked.result().seconds > 0
    assert worker_of(engine) != old


def test_a_frozen_worker_is_given_up_and_the_next_sentence_is_spoken() -> None:
    engine = Pyttsx3Engine(seconds=1.5)
    try:
        engine.render("One.", ENGLISH)
        old = worker_of(engine)
        os.kill(old, signal.SIGSTOP)
        with pytest.raises(SpeechTimeout):
            engine.render("Two.", ENGLISH, within=0.5)
        assert not Path(f"/proc/{old}").exists()
        assert engine.render("Three.", ENGLISH).seconds > 0
    finally:
        engine.close()


def test_the_longest_text_does_not_block_on_a_frozen_worker(engine: Pyttsx3Engine) -> None:
    engine.render("One.", ENGLISH)
    os.kill(worker_of(engine), signal.SIGSTOP)
    with pytest.raises(SpeechTimeout):
        engine.render("\N{GRINNING FACE}" * LONGEST_TEXT, ENGLISH, within=0.3)
    with pytest.raises(SpeechError, match="too long"):
        engine.render("a" * (LONGEST_TEXT + 1), ENGLISH)


def test_the_parents_ctrl_c_does_not_reach_the_voice(engine: Pyttsx3Engine) -> None:
    engine.render("One.", ENGLISH)
    old = worker_of(engine)
    os.kill(old, signal.SIGINT)
    engine.render("Two.", ENGLISH)
    assert worker_of(engine) == old


def test_nothing_is_left_after_close() -> None:
    engine = Pyttsx3Engine()
    engine.render("One.", ENGLISH)
    worker = worker_of(engine)
    engine.close()
    assert not Path(f"/proc/{worker}").exists()  # not even a zombie
    assert engine.pid is None
    engine.close()


PARENT = """
import threading
from kiosk.speech.engine import Voice
from kiosk.speech.process import Pyttsx3Engine
engine = Pyttsx3Engine(60)
voice = Voice("en", "gmw/en", 130)
engine.render("Hello.", voice)
print(engine.pid, flush=True)
text = input()
if text == "long":
    asked = threading.Thread(target=engine.render, args=("\u6f22" * 10_000, voice))
    asked.start()
    print("asked", flush=True)
    asked.join()
"""


@pytest.mark.parametrize("busy", [False, True])
def test_no_worker_outlives_a_killed_parent(busy: bool) -> None:
    command = [sys.executable, "-c", PARENT]
    parent = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert parent.stdin is not None
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    assert not is_gone(worker)
    if busy:  # for some seconds
        parent.stdin.write(b"long\n")
        parent.stdin.flush()
        parent.stdout.readline()
        before = seconds_used(worker)
        wait_until(lambda: seconds_used(worker) > before + 0.1, 10, "the work")
    parent.kill()
    parent.communicate()
    wait_until(lambda: is_gone(worker), 1, "the end of the worker")


def seconds_used(process: int) -> float:
    """Return the processor time that a process has used, in seconds."""
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize(
    "name",
    ["no/such-voice", "", "en-gb", "gmw/en+zz", "gmw/en+", "!v/f3", "+f3", "\0", "ü" * 300],
)
def test_an_unknown_voice_is_an_error_and_no_other_voice(name: str) -> None:
    engine = Pyttsx3Engine(30)  # a new worker: what the library does may depend on what it did
    try:
        for before in ("nothing", "an unknown voice"):
            with pytest.raises(VoiceMissing):
                engine.render("Hello.", Voice("en", name, 130))
            assert engine.pid is not None, before
        assert engine.render("Hello.", ENGLISH).seconds > 0
        with pytest.raises(VoiceMissing):
            engine.render("Hello.", Voice("en", name, 130))
    finally:
        engine.close()


def test_a_voice_may_have_a_variant(engine: Pyttsx3Engine) -> None:
    assert engine.render("Hello.", Voice("en", "gmw/en+f3", 130)).seconds > 0


def test_a_slower_voice_takes_longer(engine: Pyttsx3Engine) -> None:
    text = "I want to be heard, and I want to be safe."
    slow, normal, quick = (
        engine.render(text, Voice("en", "gmw/en", rate)).seconds for rate in (100, 130, 160)
    )
    assert slow > normal * 1.15
    assert normal > quick * 1.1


def test_a_control_character_is_no_command_to_the_voice(engine: Pyttsx3Engine) -> None:
    plain = engine.render("I want to be heard and to be safe.", ENGLISH).seconds
    faster = engine.render("I want\x01400S to be heard and to be safe.", ENGLISH).seconds
    after = engine.render("I want to be heard and to be safe.", ENGLISH).seconds
    assert faster > plain  # "400S" is read out
    assert after == pytest.approx(plain, abs=0.05)


def test_the_worker_is_found_from_any_folder(tmp_path: Path) -> None:
    (tmp_path / "queue.py").write_text("raise SystemExit('the wrong module')")
    program = PARENT.replace('"Hello."', '"Hello from elsewhere."')
    done = subprocess.run(
        [sys.executable, "-P", "-c", program],
        cwd=tmp_path, input="end\n", capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_a_voice_that_cannot_start_says_why(tmp_path: Path) -> None:
    (tmp_path / "espeakng_loader.py").write_text("raise ImportError('its wheel is not installed')")
    program = PARENT + "\n"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        input="end\n", capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert "SpeechError: The voice cannot start. its wheel is not installed" in done.stderr


def test_many_threads_each_get_their_own_sentence(engine: Pyttsx3Engine) -> None:
    def words(count: int) -> int:
        return len(engine.render("word " * count + "end.", ENGLISH).words)

    began = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(words, range(1, 33))) == list(range(2, 34))
    assert time.monotonic() - began < 10

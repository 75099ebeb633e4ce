"""How fast the voice is, beside the `espeak-ng` command: `python -m tests.bench.bench_speech`.

The command is there to compare with, and only here: it is installed when it is missing.
Nothing is kept: every sentence is rendered each time. `--quick` is a run of a few seconds.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import statistics
import subprocess
import tempfile
from pathlib import Path

from kiosk.speech.engine import Voice
from kiosk.speech.process import Pyttsx3Engine
from tests.bench.measure import interleaved, memory_mib, milliseconds, show
from tests.tools.system import install

VOICE = Voice("en", "gmw/en", 130)
SENTENCE = "I want to tell people what I think and to be heard."  # 12 words
PAGE = (
    "I want to be healthy.",
    "Healthy means that my body and my mind feel well.",
    "I want to be safe at home and at school.",
    "Safe means that nobody hurts me or makes me afraid.",
    "I want to have friends and to do things that I like.",
    "My family and I can ask for help when we need it.",
    "People listen to me, and they tell me what they will do.",
    "I can choose pictures or words.",
    "Plans are made with me and with my family.",
    "You can tell us what you think about this page.",
)


def command_path() -> str:
    """Return the espeak-ng command, installed now if it was missing."""
    if shutil.which("espeak-ng") is None:
        print("Installing the espeak-ng command to compare with:", flush=True)
        install("espeak-ng")
    found = shutil.which("espeak-ng")
    if found is None:
        raise SystemExit(
            "There is no espeak-ng command here to compare with, and this person may not install "
            "it.\nTry: sudo apt-get install espeak-ng"
        )
    return found


def compare(engine: Pyttsx3Engine, command: str, file: Path, times: int) -> None:
    """Measure a sentence and a page both ways, turn by turn."""

    def by_command(text: str) -> None:
        rate = str(VOICE.rate)
        subprocess.run([command, "-v", VOICE.name, "-s", rate, "-w", file, text], check=True)

    def page_by_worker() -> None:
        for text in PAGE:
            engine.render(text, VOICE)

    def page_by_command() -> None:
        for text in PAGE:
            by_command(text)

    found = interleaved(
        {
            "worker": lambda: engine.render(SENTENCE, VOICE),
            "espeak-ng -w": lambda: by_command(SENTENCE),
        },
        times,
    )
    show(f"A sentence of {len(SENTENCE.split())} words, {times} times", found, against="worker")
    pages = max(3, times // 5)
    found = interleaved({"worker": page_by_worker, "espeak-ng -w": page_by_command}, pages)
    show(f"A page of {len(PAGE)} sentences, {pages} times", found, against="worker")


def worker_of(engine: Pyttsx3Engine) -> int:
    """Return the worker's process id, once it has spoken."""
    engine.render(SENTENCE, VOICE)
    if engine.pid is None:
        raise SystemExit("The voice did not start.")
    return engine.pid


def memory(engine: Pyttsx3Engine, pages: int) -> None:
    """Tell what the worker holds after its first sentence, and after many pages."""
    engine.close()
    worker = worker_of(engine)
    print(f"\nThe worker holds {memory_mib(worker):.1f} MiB after a sentence,")
    for _ in range(pages):
        for text in PAGE:
            engine.render(text, VOICE)
    print(f"and {memory_mib(worker):.1f} MiB after {pages} pages.")


def comes_back(engine: Pyttsx3Engine, times: int) -> None:
    """Tell how long a sentence takes when the worker must be started, or was killed before."""
    starts, returns = [], []
    for _ in range(times):
        engine.close()
        starts.append(milliseconds(lambda: engine.render(SENTENCE, VOICE)))
        os.kill(worker_of(engine), signal.SIGKILL)
        returns.append(milliseconds(lambda: engine.render(SENTENCE, VOICE)))
    print(f"\nThe first sentence after a start: {statistics.median(starts):.0f} ms (median);")
    print(f"the first sentence after kill -9: {statistics.median(returns):.0f} ms.")


def main() -> None:
    """Measure, print, and leave nothing running."""
    parser = argparse.ArgumentParser(description="Measure the voice.")
    parser.add_argument("--quick", action="store_true", help="a few seconds, to see that it runs")
    quick = parser.parse_args().quick
    engine = Pyttsx3Engine()
    try:
        with tempfile.TemporaryDirectory() as folder:
            compare(engine, command_path(), Path(folder) / "clip.wav", 5 if quick else 100)
        memory(engine, 5 if quick else 400)
        comes_back(engine, 2 if quick else 15)
    finally:
        engine.close()


if __name__ == "__main__":
    main()

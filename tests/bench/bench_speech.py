"""How fast the voices are, beside the `espeak-ng` command: `python -m tests.bench.bench_speech`.

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
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.errors import VoiceStarting
from kiosk.speech.engine import SpeechEngine, Voice
from kiosk.speech.natural import NaturalEngine
from kiosk.speech.packed import packed, unpacked
from kiosk.speech.process import Pyttsx3Engine
from tests.bench.measure import interleaved, memory_mib, milliseconds, show
from tests.tools.system import install

VOICE = Voice("en", "gmw/en", 130)
HEART = Voice("en", "natural/heart", 130)
ROOT = Path(__file__).resolve().parents[2]
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


def compare(
    engine: Pyttsx3Engine, natural: NaturalEngine | None, command: str, file: Path, times: int
) -> None:
    """Measure a sentence and a page in each way, turn by turn."""
    engine.render(SENTENCE, VOICE)

    def by_command(text: str) -> None:
        rate = str(VOICE.rate)
        subprocess.run([command, "-v", VOICE.name, "-s", rate, "-w", file, text], check=True)

    def page_by(speaker: SpeechEngine, voice: Voice) -> None:
        for text in PAGE:
            speaker.render(text, voice)

    def page_by_command() -> None:
        for text in PAGE:
            by_command(text)

    sentence: dict[str, Callable[[], object]] = {
        "worker": lambda: engine.render(SENTENCE, VOICE),
        "espeak-ng -w": lambda: by_command(SENTENCE),
    }
    page: dict[str, Callable[[], object]] = {
        "worker": lambda: page_by(engine, VOICE),
        "espeak-ng -w": page_by_command,
    }
    if natural is not None:
        sentence["natural"] = lambda: natural.render(SENTENCE, HEART)
        page["natural"] = lambda: page_by(natural, HEART)
    found = interleaved(sentence, times)
    show(f"A sentence of {len(SENTENCE.split())} words, {times} times", found, against="worker")
    pages = max(3, times // 5)
    found = interleaved(page, pages)
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


def ready(natural: NaturalEngine) -> None:
    """Wait until the natural voice has spoken."""
    while True:
        with suppress(VoiceStarting):
            natural.render("Hello.", HEART)
            return


def natural_needs(natural: NaturalEngine) -> None:
    """Tell how long the natural voice takes to start, and what it holds."""
    natural.close()
    print(f"\nThe natural voice is ready after {milliseconds(lambda: ready(natural)):.0f} ms,")
    print(f"and its worker holds {memory_mib(natural.pid or 0):.1f} MiB.")


def whole_site(engine: SpeechEngine, voice: Voice, part: int) -> None:
    """Tell how long all English sentences of the site's pages take at one speed.

    part: only one sentence in so many is said.
    """
    language = Library(load_site(ROOT)).languages["en"]
    texts = [
        one.text
        for page in language.pages.values()
        for idea in page.ideas
        for one in idea.sentences
    ][::part]
    wavs: list[bytes] = []
    took = milliseconds(lambda: wavs.extend(engine.render(text, voice).wav for text in texts))
    print(f"{voice.name}: {len(texts)} sentences of the site in {took / 1000:.1f} s.")
    kept: list[bytes] = []
    packing = milliseconds(lambda: kept.extend(map(packed, wavs))) / len(wavs)
    unpacking = milliseconds(lambda: list(map(unpacked, kept))) / len(wavs)
    share = sum(map(len, kept)) / sum(map(len, wavs))
    print(
        f"  Kept they fill {sum(map(len, kept)) / 1e6:.1f} MB, {share:.2f} of WAV;"
        f" {packing:.1f} ms to pack one, {unpacking:.1f} to unpack it."
    )


def main() -> None:
    """Measure, print, and leave nothing running."""
    parser = argparse.ArgumentParser(description="Measure the voice.")
    parser.add_argument("--quick", action="store_true", help="a few seconds, to see that it runs")
    quick = parser.parse_args().quick
    engine = Pyttsx3Engine(30)
    natural: NaturalEngine | None = NaturalEngine(30)
    if natural and (missing := natural.missing(HEART)):
        print(f"The natural voice is left out. {missing}")
        natural = None
    try:
        if natural:
            ready(natural)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "clip.wav"
            compare(engine, natural, command_path(), file, 5 if quick else 100)
        whole_site(engine, VOICE, 20 if quick else 1)
        if natural:
            natural_needs(natural)
            whole_site(natural, HEART, 20 if quick else 1)
        memory(engine, 5 if quick else 400)
        comes_back(engine, 2 if quick else 15)
    finally:
        engine.close()
        if natural:
            natural.close()


if __name__ == "__main__":
    main()

"""How fast a voice is as people hear it: `python -m tests.speech.heard` measures the tables anew.

Heard words a minute: of all sentences of the pages that are shipped in a language, the words that
are seen, divided by the time from the start of a sentence's first word to the end of its last one.
What it prints for each language goes into `kiosk/speech/pace.py`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.speech.engine import DEFAULT_VOICES, Clip, Voice, WordTime
from kiosk.speech.natural import VOICES, NaturalEngine
from kiosk.speech.pronounce import spoken_text
from kiosk.speech.timing import visible_words, word_times
from kiosk.speech.wav import length

ROOT = Path(__file__).parents[2]
RATES = (80, 85, 90, 100, 115, 130, 150, 175, 200, 250)
GAPS = (1, 2, 4, 6, 10, 15)
GAP_RATES = (80, 85, 90, 100)
SPEEDS = (0.35, 0.45, 0.55, 0.7, 0.85, 1.1)


def sentences(library: Library, code: str) -> list[str]:
    """Return what is read of the pages that are written in a language."""
    language = library.languages[code]
    texts: list[str] = []
    for page in language.pages.values():
        if page.language == code:
            texts += [page.title, *(one.text for idea in page.ideas for one in idea.sentences)]
    return [text for text in dict.fromkeys(texts) if visible_words(text)]


def heard(library: Library, code: str, texts: Iterable[str], say: Callable[[str], Clip]) -> float:
    """Return the words a minute that are heard when `say` speaks these sentences."""
    words, seconds = 0, 0.0
    for text in texts:
        said = spoken_text(text, code, library.languages[code].say)
        clip = say(said.text)
        timed = word_times(text, [said.back(word) for word in clip.words], clip.seconds)
        words += len(timed)
        seconds += timed[-1].ends_at - timed[0].starts_at
    return 60 * words / seconds


def main() -> None:
    """Measure every language of this site with eSpeak NG, and English with the natural voices."""
    site = load_site(ROOT)
    library = Library(site)
    parser = argparse.ArgumentParser(description="Measure how fast the voices are.")
    parser.add_argument("--natural", action="store_true", help="the natural voices alone")
    if parser.parse_args().natural:
        _natural(library, site.root / "voices")
        return
    for code in site.settings.site.languages:
        _espeak(library, code)


def _espeak(library: Library, code: str) -> None:
    from kiosk.speech.driver import Renderer

    renderer, texts = Renderer(), sentences(library, code)

    def at(rate: int, gap: int) -> float:
        def say(text: str) -> Clip:
            wav, words = renderer.render(text, DEFAULT_VOICES[code], rate, gap)
            return Clip(wav, length(wav), tuple(WordTime(*word) for word in words))

        return round(heard(library, code, texts, say), 1)

    print(code, "plain:", [(rate, at(rate, 0)) for rate in RATES])
    print(code, "gap:", [(rate, at(rate, 1)) for rate in GAP_RATES])
    print(code, "gaps:", [(gap, at(RATES[0], gap)) for gap in GAPS], flush=True)


def _natural(library: Library, folder: Path) -> None:
    from kiosk.speech.natural_voice import Renderer

    renderer, texts = Renderer(), sentences(library, "en")
    engine = NaturalEngine(folder=folder)
    for name, known in VOICES.items():
        if engine.missing(Voice("en", f"natural/{name}", 130)):
            continue
        model = str(engine.model(known))

        def at(speed: float, model: str = model, british: bool = known.british) -> float:
            def say(text: str) -> Clip:
                wav, words = renderer.render(text, model, british, speed, 0.5)
                return Clip(wav, length(wav), tuple(WordTime(*word) for word in words))

            return round(heard(library, "en", texts, say), 1)

        print(name, [(speed, at(speed)) for speed in SPEEDS], flush=True)


if __name__ == "__main__":
    main()

"""How fast a voice is as people hear it: `python -m tests.speech.heard` measures the tables anew.

Heard words a minute: of all sentences of the pages that are shipped in a language, the words that
are seen, divided by the time from the start of a sentence's first word to the end of its last one.
What it prints for each language goes into `kiosk/speech/pace.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from kiosk.config import load_site
from kiosk.content import Library
from kiosk.speech.engine import DEFAULT_VOICES, Clip, WordTime
from kiosk.speech.pronounce import spoken_text
from kiosk.speech.timing import visible_words, word_times
from kiosk.speech.wav import length

ROOT = Path(__file__).parents[2]
RATES = (80, 85, 90, 100, 115, 130, 150, 175, 200, 250)
GAPS = (1, 2, 4, 6, 10, 15)
GAP_RATES = (80, 85, 90, 100)


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
    """Measure every language of this site with eSpeak NG."""
    from kiosk.speech.driver import Renderer

    renderer = Renderer()
    site = load_site(ROOT)
    library = Library(site)
    for code in site.settings.site.languages:
        texts = sentences(library, code)

        def at(rate: int, gap: int, code: str = code, texts: list[str] = texts) -> float:
            def say(text: str) -> Clip:
                wav, words = renderer.render(text, DEFAULT_VOICES[code], rate=rate, gap=gap)
                return Clip(wav, length(wav), tuple(WordTime(*word) for word in words))

            return round(heard(library, code, texts, say), 1)

        print(code, "no gap:", [(rate, at(rate, 0)) for rate in RATES])
        print(code, "gap of 1:", [(rate, at(rate, 1)) for rate in GAP_RATES])
        print(code, f"gaps at {RATES[0]}:", [(gap, at(RATES[0], gap)) for gap in GAPS], flush=True)


if __name__ == "__main__":
    main()

"""The process that finds the words of a page in a recording: `python -m kiosk.recorded.worker`.

It reads `job.json` in the folder that it is given, and writes there `result.json` and a sound for
each sentence that was read. A process of its own: it takes memory and a processor for seconds, and
whoever is tired of waiting can end it.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kiosk.recorded.features import RATE
from kiosk.recorded.sound import (
    KEPT_RATE,
    Unreadable,
    as_ogg,
    cut,
    levelled,
    loudness,
    read_sound,
    resampled,
)
from kiosk.recorded.warp import Found, Spoken, align

LEAD = 0.12  # seconds before the first word: loudspeakers swallow the first moment
TAIL = 0.35  # seconds after the last word: the end of a soft voice is hard to see
GAP = 0.05  # seconds of that stay free of the next sentence
SLOW, QUICK = 3.0, 0.3  # a sentence that is so far from the page's pace is not this sentence
APART = 0.3  # seconds between two opinions on when a word begins
EXTRA = 1.0  # seconds of something else inside a sentence


@dataclass(frozen=True, slots=True)
class Said:
    """What was found of one sentence. All times in seconds of its own sound.

    name: its hash. read: whether there is any of it. words: of all its words, or none. doubt: why
    there are none, in plain words. seconds, loudness: of its sound, in LUFS.
    """

    name: str
    read: bool
    words: list[tuple[float, float]]
    doubt: str = ""
    seconds: float = 0.0
    loudness: float = 0.0


def work(folder: Path) -> dict[str, Any]:
    """Do the job of a folder; return the result. `error` in it tells what is wrong."""
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    try:
        samples, rate = read_sound(Path(job["recording"]))
    except Unreadable as error:
        return {"error": str(error)}
    compared = resampled(samples, rate, RATE)
    page = [
        Spoken(_spoken(folder / one["sound"]), [(a, b) for _, _, a, b in one["words"]])
        for one in job["sentences"]
    ]
    found = align(compared, page)
    other = _other(job["language"])
    kept = levelled(resampled(samples, rate, KEPT_RATE), KEPT_RATE)
    sentences = []
    for place, (one, asked) in enumerate(zip(found.sentences, job["sentences"], strict=True)):
        if not one.heard:
            sentences.append(Said(asked["name"], False, []))
            continue
        begin, end = _edges(found.sentences, place, len(compared) / RATE)
        lead = max(0.0, LEAD - (one.starts_at - begin))
        part = cut(kept, KEPT_RATE, begin, end, lead)
        (folder / f"{asked['name']}.ogg").write_bytes(as_ogg(part, KEPT_RATE))
        moved = lead - begin
        words = [(w.starts_at + moved, w.ends_at + moved) for w in one.words]
        doubt = _doubt(one)
        if other is not None and not doubt:
            sound = compared[int(begin * RATE) : int(end * RATE)]
            times = other.times(sound, asked["said"])
            words, doubt = _agreed(words, times, lead)
        sentences.append(
            Said(
                asked["name"],
                True,
                [] if doubt else words,
                doubt,
                len(part) / KEPT_RATE,
                round(loudness(part, KEPT_RATE), 1),
            )
        )
    return {
        "sentences": [asdict(one) for one in sentences],
        "left_out": [one for one in found.left_out if one[1] - one[0] >= EXTRA],
        "seconds": len(compared) / RATE,
    }


def _other(language: str) -> Any:
    """Return the second opinion; None where there is none."""
    if not language.startswith("en"):
        return None
    try:
        from kiosk.recorded.second import SecondOpinion
    except ImportError:  # the extra `voices` is not here
        return None
    return SecondOpinion()


def _agreed(
    words: list[tuple[float, float]], times: list[tuple[float, float]] | None, lead: float
) -> tuple[list[tuple[float, float]], str]:
    """Return the better times where both opinions agree, and what is in doubt where they do not."""
    if times is None:
        return words, "I did not hear these words: is this the sentence?"
    theirs = [(begins + lead, ends + lead) for begins, ends in times]
    apart = max(abs(one[0] - other[0]) for one, other in zip(words, theirs, strict=True))
    if apart > APART:
        return words, "I am not sure when each word is said: are these its words?"
    return theirs, ""


def _spoken(path: Path) -> Any:
    samples, rate = read_sound(path)
    return resampled(samples, rate, RATE)


def _edges(found: list[Found], place: int, seconds: float) -> tuple[float, float]:
    """Return from where to where a sentence is cut: not into what is said before and after."""
    one = found[place]
    before = max((other.ends_at for other in found[:place] if other.heard), default=0.0)
    after = min((other.starts_at for other in found[place + 1 :] if other.heard), default=seconds)
    begin = max(one.starts_at - LEAD, min(before, one.starts_at))
    last = one.words[-1].ends_at if one.words[-1].starts_at >= 0 else one.ends_at
    end = max(one.ends_at, last)
    return begin, max(end, min(end + TAIL, after - GAP))


def _doubt(one: Found) -> str:
    """Return why the times of a sentence are not to be trusted; "" when they are."""
    if len(one.heard) < len(one.words):
        return "I could not hear every word."
    starts = [word.starts_at for word in one.words]
    if starts != sorted(starts):
        return "Its words are not in their order."
    if not QUICK <= one.pace <= SLOW:
        return "It is read at another pace than the rest: are these its words?"
    if one.extra >= EXTRA:
        return "Something else is said inside it, or a word twice."
    return ""


def main() -> None:
    """Do one job. The result is there only when all of it is."""
    folder = Path(sys.argv[1])
    (folder / "result.json").write_text(json.dumps(work(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()

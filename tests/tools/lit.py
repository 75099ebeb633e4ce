"""The word that is lit while the voice says it, seen as often as the screen is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page

from tests.tools.waiting import wait_until

# Looked at in a frame of the screen, after the screen's own step of that frame.
LIT = """() => new Promise((done) => requestAnimationFrame(() => {
  const root = document.getElementById("kiosk");
  const audio = document.getElementById("voice");
  const range = [...(CSS.highlights.get("kiosk-word") ?? [])][0];
  if (!range || audio.paused) return done(null);
  done({time: audio.currentTime, word: range.toString(), key: root.dataset.lit,
        framed: root.querySelectorAll(".sentence-read").length});
}))"""


def moments_of_the_voice(page: Page, count: int, words: int) -> list[dict[str, Any]]:
    """Return so many moments or more, in which so many words or more were lit."""
    seen: list[dict[str, Any]] = []

    def sampled() -> bool:
        now = page.evaluate(LIT)
        if now and (not seen or now["time"] != seen[-1]["time"]):
            seen.append(now)
        return len(seen) >= count and len({one["key"] for one in seen}) >= words

    wait_until(sampled, 40, f"{count} moments of the voice")
    return seen


def check_lit(seen: Sequence[dict[str, Any]], sentences: Sequence[dict[str, Any]]) -> set[int]:
    """Check that the word that was said was lit; return the places of the sentences.

    sentences: the narration of the page.
    """
    for one in seen:
        number, start = map(int, one["key"].split(":"))
        text = sentences[number]["text"]
        (word,) = [word for word in sentences[number]["words"] if word[0] == start]
        assert one["word"] == text[word[0] : word[1]]
        assert one["framed"] == 1
        # Between two words the last one stays lit.
        following = [other[2] for other in sentences[number]["words"] if other[0] > start]
        assert word[2] - 0.02 <= one["time"] < min(following, default=99) + 0.05
    return {int(one["key"].split(":")[0]) for one in seen}

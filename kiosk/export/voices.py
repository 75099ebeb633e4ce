"""Whom to thank for the voices that have read."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.export.aloud import Aloud
from kiosk.speech.natural import PREFIX
from kiosk.speech.piper import PREFIX as PIPER
from kiosk.symbols import Credit

_NATURAL = Credit(
    "The voice {name} of hibari",
    "Maureese Williams",
    "Apache License 2.0",
    "https://www.apache.org/licenses/LICENSE-2.0",
)
_ESPEAK = Credit(
    "eSpeak NG",
    "The makers of eSpeak NG",
    "GNU General Public License 3.0",
    "https://www.gnu.org/licenses/gpl-3.0",
)


def voice_credits(aloud: Aloud, languages: Iterable[str]) -> list[Credit]:
    """Return the credit of each voice that reads one of these languages, each once."""
    names = [name for code in dict.fromkeys(languages) if (name := aloud.voice(code))]
    return list(dict.fromkeys(map(voice_credit, names)))


def voice_credit(name: str) -> Credit:
    """Return the credit of a voice, by its name in the settings."""
    if name.startswith(PIPER):  # the site has brought it
        called = name.removeprefix(PIPER)
        return Credit(f"The voice {called}", "Who made it", "Ask them for its licence", "")
    if not name.startswith(PREFIX):
        return _ESPEAK
    called = name.removeprefix(PREFIX).capitalize()
    return Credit(
        _NATURAL.title.format(name=called), _NATURAL.creator, _NATURAL.licence, _NATURAL.url
    )

"""Rules for letters that are said one by one, in every language."""

# ruff: noqa: RUF001 - dashes, quotes and signs that look alike are what is told apart
from __future__ import annotations

import re
from collections.abc import Callable

from kiosk.spoken.rule import Rule

# The voice spells what it cannot say (NHS, CQC) and says what it can: SEND and SENCO rightly, but
# also these ("ick-bee"), which people spell. Found by listening to the phonemes of each.
SPELLED = (
    "AAC|ADHD|APD|ASC|ASD|BLMK|DLA|EAL|EHC|EHCNA|EHCP|EHE|EP|ESA|EYFS|FAQ|ICB|ICP|ICS|IEP|ISP|OT|"
    "PDA|SALT?|SEMH|SLT|TA"
).replace("SALT?|", "")
# What is said as a word, in one or in many.
AS_WORDS = "CAMH|MASH|NEET|PAT|PIN|PIP|SAT|SENCO|SENDCO|SENDIAS|SENDIASS|SEND|SIM|TENS|YOT"


def letters(named: Callable[[str], str], many: str, examples: dict[str, str]) -> tuple[Rule, ...]:
    """Return the rules for spelled letters. named: how a row of them is written for the voice.

    many: what is said behind such letters for a plural "s", as in EHCPs.
    """
    plural = "(['’]?s)"

    def say(match: re.Match[str]) -> str:
        return named(match[1]) + (many if match[2] else "")

    def word(match: re.Match[str]) -> str:
        return match[1].lower() + many

    return (
        Rule("words in capitals, many", "letter", rf"\b({AS_WORDS})['’]?s\b['’]?", word),
        Rule("letters", "letter", rf"\b({SPELLED})(?:{plural}\b['’]?|\b)", say, examples),
        Rule("letters, many", "letter", rf"\b([A-Z]{{2,6}}){plural}\b['’]?", say),
    )

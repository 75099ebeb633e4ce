"""A survey with every kind of question, for the tests of this room."""

from __future__ import annotations

from pathlib import Path

from kiosk.config import Site, load_site
from kiosk.feedback.survey.survey import Survey, load_surveys
from kiosk.symbols import SymbolBook
from tests.tools.sites import FOUND, KIOSK_TOML, tiny_site

ALL = (
    """\
title: All kinds
symbol: speech balloon
show: {from: 2026-11-01, until: 2026-11-30}
questions:
  - id: face
    kind: faces-3
    ask: How is it?
    symbol: thinking face
    answers:
      - {id: happy, words: Good, symbol: slightly smiling face}
      - {id: ok, words: OK, symbol: neutral face}
      - {id: sad, words: Bad, symbol: slightly frowning face}
"""
    + FOUND
    + """\
  - id: one
    kind: pictures
    ask: Which one?
    symbol: bus
    answers:
      - {id: bus, words: The bus, symbol: bus}
      - {id: house, words: The house, symbol: house}
  - id: some
    kind: pictures
    most: 2
    ask: Which two?
    symbol: rainbow
    answers:
      - {id: healthy, words: To be healthy, symbol: flexed biceps}
      - {id: safe, words: To be safe, symbol: shield}
      - {id: heard, words: To be heard, symbol: ear}
  - id: likes
    kind: scale
    ask: What do you like?
    symbol: red heart
    answers:
      - {id: like, words: I like it, symbol: thumbs up}
      - {id: not-sure, words: I am not sure, symbol: person shrugging}
      - {id: dislike, words: I do not like it, symbol: thumbs down}
    items:
      - {id: bus, words: The bus, symbol: bus}
      - {id: lunch, words: Lunch, symbol: green salad}
  - id: voice
    kind: voice
    ask: Do you want to say more?
    symbol: microphone
    most_seconds: 30
  - id: more
    kind: words
    ask: What else?
    symbol: pencil
    ready:
      - {id: hard, words: It was too hard, symbol: weary face}
      - {id: liked, words: I liked it, symbol: red heart}
thanks: Thank you.
"""
)

ENGLISH = "content/surveys/all.yaml"
URDU = "content/ur/surveys/all.yaml"
TWO_LANGUAGES = KIOSK_TOML.replace('["en"]', '["en", "ur"]')


def site_with(folder: Path, **files: str | None) -> Site:
    """Return a tiny site with the survey `all`; files: english, urdu, think, or None to leave."""
    names = {"english": ENGLISH, "urdu": URDU, "think": "content/surveys/think.yaml"}
    changes: dict[str, str | None] = {ENGLISH: ALL}
    changes |= {names[name]: text for name, text in files.items()}
    if files.get("urdu") is not None:
        changes["kiosk.toml"] = TWO_LANGUAGES
    return load_site(tiny_site(folder, changes))


def loaded(site: Site) -> dict[str, Survey]:
    """Return the surveys of a site that has no mistakes in them."""
    surveys, problems = load_surveys(site, SymbolBook(site))
    assert problems == ()
    return surveys


def said(folder: Path, text: str) -> list[str]:
    """Return what is said about the survey `all` when its file has this text."""
    site = site_with(folder, english=text)
    surveys, problems = load_surveys(site, SymbolBook(site))
    assert list(surveys) == ["think"]
    return [str(one) for one in problems]

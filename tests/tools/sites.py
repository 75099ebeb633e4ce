"""Small sites, written into a test's own folder."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

FACTS = """\
source: The tests
facts_checked: 2026-11-23
status: ready
review_by: 2027-11-01
"""

KIOSK_TOML = """\
[site]
title = "A tiny place"
tagline = "Easy read. I can read to you."
languages = ["en"]
timezone = "Europe/London"

[feedback]
seconds_between_answers = 0
answers_an_hour = 100000
bashing_seconds = 0
"""

HOME = f"""\
---
title: What would you like to know?
symbol: rainbow
order: 0
{FACTS}choices:
  - title: About us
    symbol: house
    colour: blue
    part: about
  - title: Tell us what you think
    symbol: speech balloon
    colour: pink
    survey: think
---
:waving hand: Welcome. I can read to you.
"""

PEOPLE = f"""\
---
title: The people here
symbol: handshake
order: 1
{FACTS}---
:handshake: We use **co-production**.
Families and staff plan together.

:bus: You can come by bus.
- Bus 1
- Bus 2
"""

PLAN = f"""\
---
title: Your plan
symbol: memo
order: 2
{FACTS}---
:memo: An EHCP is a plan for your support.

:rainbow = "A rainbow after the rain": Things can get better.
"""

WORDS = """\
explain:
  co-production:
    means: Families and staff plan and make things together.
    symbol: handshake
say:
  EHCP: E H C P
official: []
"""

THINK = """\
title: Tell us what you think
symbol: speech balloon
questions:
  - id: feel
    kind: faces-5
    ask: How do you feel about this page?
    symbol: thinking face
    answers:
      - {id: very-happy, words: Very happy, symbol: grinning face with big eyes}
      - {id: happy, words: Happy, symbol: slightly smiling face}
      - {id: ok, words: OK, symbol: neutral face}
      - {id: sad, words: Sad, symbol: slightly frowning face}
      - {id: very-sad, words: Very sad, symbol: crying face}
  - id: words
    kind: words
    ask: Do you want to tell us more?
    symbol: pencil
thanks: Thank you. We will read what you said.
"""

# A question that tests add to surveys of their own.
FOUND = """\
  - id: found
    kind: yes-no
    ask: Did you find it?
    symbol: magnifying glass tilted left
    answers:
      - {id: yes, words: Yes, symbol: check mark button}
      - {id: no, words: No, symbol: cross mark}
      - {id: not-sure, words: I am not sure, symbol: person shrugging}
"""

TINY = {
    "kiosk.toml": KIOSK_TOML,
    "content/en/home.md": HOME,
    "content/en/about/people.md": PEOPLE,
    "content/en/about/plan.md": PLAN,
    "content/en/words.yaml": WORDS,
    "content/surveys/think.yaml": THINK,
}


def tiny_site(folder: Path, changes: Mapping[str, str | None] | None = None) -> Path:
    """Write a small valid site into `folder / "site"` and return that folder.

    It has a home page, the pages `people` and `plan` in the part `about`, a hard word, a word
    that is said in another way, and the survey `think`.
    changes: texts by path that are added or written instead; None leaves a file out.
    """
    site = folder / "site"
    for name, text in {**TINY, **(changes or {})}.items():
        if text is None:
            continue
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    (site / "assets" / "pictures").mkdir(parents=True, exist_ok=True)
    return site


def shipped_site(folder: Path, clips_mb: int, *, natural: bool = False) -> Path:
    """Write the site that is shipped into `folder / "site"`, with room for so many sounds only.

    natural: English has the natural voice, as it is shipped. It takes its time, and has tests of
    its own: the others have eSpeak NG.
    """
    site = folder / "site"
    site.mkdir()
    for name in ("content", "assets"):
        shutil.copytree(ROOT / name, site / name)
    settings = (ROOT / "kiosk.toml").read_text(encoding="utf-8")
    changed = re.sub(r"(?m)^clips_mb = \d+", f"clips_mb = {clips_mb}", settings)
    assert changed != settings, "The settings that are shipped say how much room sounds have."
    if not natural:
        shipped = changed
        changed = changed.replace('en = "natural/heart"', 'en = "gmw/en"')
        assert changed != shipped, "The settings that are shipped name a natural voice."
    (site / "kiosk.toml").write_text(changed, encoding="utf-8", newline="\n")
    return site

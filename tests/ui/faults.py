"""Deliberate faults: for each row of the conformance report something that its tests must notice.

`python -m tests.tools.faults` puts each of them into a copy of the project and runs the row's
tests there.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is broken on purpose.

    says: what goes wrong for a visitor, one sentence. file: below the project's root. old, new:
    the text that is there exactly once, and what stands there instead.
    """

    says: str
    file: str
    old: str
    new: str


_SCREEN = "kiosk/ui/frontend/screen.js"

FAULTS: dict[str, Fault] = {
    "K10": Fault(
        "The next person finds the volume of the last one.",
        _SCREEN,
        "    this.scan.stop();\n    this.visit = freshVisit();",
        "    this.scan.stop();\n"
        "    this.visit = { ...freshVisit(), settings: this.visit.settings };",
    ),
    "K13": Fault(
        "An English voice reads every language.",
        "kiosk/speech/narrator.py",
        'self._voices.get(language) or self._voices.get(language.split("-")[0])',
        'self._voices.get("en")',
    ),
    "K14": Fault(
        "A mistake is shown and not said.",
        "kiosk/ui/frontend/survey.js",
        "else this.kiosk.announce(this.#here",
        "else this.kiosk.show(this.#here",
    ),
    "K19": Fault(
        "One part of the site has a paler colour.",
        "kiosk/ui/frontend/colours.css",
        "--orange: #8f3c07;",
        "--orange: #a8480a;",
    ),
    "K20": Fault(
        "A change of the settings is said and not shown.",
        _SCREEN,
        "if (!quiet) this.show(word);",
        "if (quiet) this.show(word);",
    ),
    "K23": Fault(
        "A shaking hand presses twice.",
        "kiosk/ui/frontend/keys.js",
        "const BOUNCE_MS = 500;",
        "const BOUNCE_MS = 0;",
    ),
    "K24": Fault(
        "Buttons are 18 mm large.",
        "kiosk/config.py",
        "return max(44.0, 20 / self.pixel_pitch_mm)",
        "return max(44.0, 18 / self.pixel_pitch_mm)",
    ),
    "K25": Fault(
        "A button acts as soon as it is touched.",
        _SCREEN,
        'this.root.addEventListener("click", (event) => {',
        'this.root.addEventListener("pointerdown", (event) => {',
    ),
    "K26": Fault(
        "The question comes while the kiosk speaks.",
        "kiosk/ui/frontend/idle.js",
        "if (kiosk.voice.busy) this.since = Date.now();",
        "",
    ),
    "K28": Fault(
        "The page flashes three times a second.",
        "kiosk/ui/frontend/screen.css",
        "#kiosk .sign {",
        "@keyframes flash { 50% { background: #000; } }\n"
        "#kiosk main { animation: flash 0.3s steps(2) infinite; }\n#kiosk .sign {",
    ),
    "K29": Fault(
        "The bar runs the other way on one page.",
        "kiosk/ui/frontend/screen.css",
        '#kiosk .bar [aria-disabled="true"] { border-style: dashed; }',
        '#kiosk[data-page="vision"] .bar { direction: rtl; }',
    ),
}

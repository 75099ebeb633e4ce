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


_SCREEN = "kiosk/screen/frontend/page/screen.js"

_SPEAKER = "kiosk/screen/frontend/voice/speaker.js"
_VOICE = "kiosk/screen/frontend/voice/voice.js"

FAULTS: dict[str, Fault] = {
    "K01": Fault(
        "Where the facts come from is shown and never said.",
        "kiosk/screen/templates/page.html",
        '<p class="source"{{ own }} data-row="whole" data-thing tabindex="-1">',
        '<p class="source"{{ own }} data-row="whole" tabindex="-1">',
    ),
    "K02": Fault(
        "What a picture shows is not said.",
        "kiosk/screen/render.py",
        "self.picture(idea.words) if idea.words else None",
        "None",
    ),
    "K04": Fault(
        "The frame of the sentence before stays.",
        _VOICE,
        'one.classList.remove("being-read", "sentence-read");',
        "void one;",
    ),
    "K05": Fault(
        "Again reads the page from its top.",
        _SPEAKER,
        'return this.voice.last ? this.voice.again() : this.announce("nothing_heard");',
        "return this.readPage();",
    ),
    "K06": Fault(
        "After a pause the sentence is not said to its end.",
        _SPEAKER,
        "heard >= 0 ? heard :",
        "heard >= 0 ? heard + 1 :",
    ),
    "K07": Fault(
        "The old speech goes on beside the new one.",
        _VOICE,
        "    this.turn++;\n    this.audio.pause();",
        "    this.turn++;\n    this.audio = this.audio.cloneNode();",
    ),
    "K08": Fault(
        "A page reads itself as soon as it is opened.",
        _SCREEN,
        "if (focus) goTo(this.heading);",
        "if (focus) { goTo(this.heading); this.speaker.readPage(); }",
    ),
    "K09": Fault(
        "There are only four steps of volume.",
        "kiosk/screen/frontend/page/visit.js",
        "volume: [4, 5, 1, 2, 3],",
        "volume: [4, 5, 1, 2],",
    ),
    "K11": Fault(
        "There is a second source of sound.",
        "kiosk/screen/templates/shell.html",
        '<audio id="voice" preload="auto"></audio>',
        '<audio id="voice" preload="auto"></audio><audio preload="auto"></audio>',
    ),
    "K12": Fault(
        "Own words are said as soon as they are in focus.",
        _SPEAKER,
        "    return this.say([...before, ...told(thing, this.now.site.spoken)]);",
        "    if (thing.value) return this.own(thing.value);\n"
        "    return this.say([...before, ...told(thing, this.now.site.spoken)]);",
    ),
    "K15": Fault(
        "Nobody hears whether an answer was saved.",
        "kiosk/screen/frontend/survey/survey.js",
        "this.speaker.say(result);",
        "this.speaker.say(result.slice(0, 1));",
    ),
    "K17": Fault(
        "The key that starts speech does nothing under a question.",
        "kiosk/screen/frontend/hands/keys.js",
        'if (asks() && wanted !== "speech") return;',
        "if (asks()) return;",
    ),
    "K18": Fault(
        "Words are a quarter too small.",
        "kiosk/config/screen.py",
        "_CAPITAL_HEIGHT = 0.66",
        "_CAPITAL_HEIGHT = 0.88",
    ),
    "K21": Fault(
        "Select does nothing.",
        "kiosk/screen/frontend/hands/keys.js",
        "select: () => select(current(root)),",
        "select: () => {},",
    ),
    "K22": Fault(
        "The focus is a thin grey line.",
        "kiosk/screen/frontend/page/screen.css",
        "outline: 4px solid #000;",
        "outline: 1px solid #999;",
    ),
    "K27": Fault(
        "The browser's Back shows the page of the last person.",
        _SCREEN,
        'this.open(event.state?.visit === now.visit.id ? asked : "home",',
        "this.open(asked,",
    ),
    "K10": Fault(
        "The next person finds the volume of the last one.",
        _SCREEN,
        "    this.survey.release();\n    now.visit = freshVisit();",
        "    this.survey.release();\n"
        "    now.visit = { ...freshVisit(), settings: now.visit.settings };",
    ),
    "K13": Fault(
        "An English voice reads every language.",
        "kiosk/speech/narrator.py",
        'self._voices.get(language) or self._voices.get(language.split("-")[0])',
        'self._voices.get("en")',
    ),
    "K14": Fault(
        "A mistake is shown and not said.",
        "kiosk/screen/frontend/survey/survey.js",
        "this.speaker.announce(there(here",
        "this.message.show(there(here",
    ),
    "K19": Fault(
        "One part of the site has a paler colour.",
        "kiosk/screen/frontend/page/colours.css",
        "--orange: #8f3c07;",
        "--orange: #a8480a;",
    ),
    "K20": Fault(
        "A change of the settings is said and not shown.",
        _SPEAKER,
        "if (!quiet) this.message.show(word);",
        "if (quiet) this.message.show(word);",
    ),
    "K23": Fault(
        "A shaking hand presses twice.",
        "kiosk/screen/frontend/hands/bounce.js",
        "const BOUNCE_MS = 500;",
        "const BOUNCE_MS = 0;",
    ),
    "K24": Fault(
        "Buttons are 18 mm large.",
        "kiosk/config/screen.py",
        "return max(44.0, 20 / self.pixel_pitch_mm)",
        "return max(44.0, 18 / self.pixel_pitch_mm)",
    ),
    "K25": Fault(
        "A button acts as soon as it is touched.",
        _SCREEN,
        'now.root.addEventListener("click", (event) => {',
        'now.root.addEventListener("pointerdown", (event) => {',
    ),
    "K26": Fault(
        "The question comes while the kiosk speaks.",
        _SCREEN,
        "isBusy: () => this.voice.busy || this.survey.isRecording,",
        "isBusy: () => this.survey.isRecording,",
    ),
    "K28": Fault(
        "The page flashes three times a second.",
        "kiosk/screen/frontend/page/screen.css",
        "#kiosk .sign {",
        "@keyframes flash { 50% { background: #000; } }\n"
        "#kiosk main { animation: flash 0.3s steps(2) infinite; }\n#kiosk .sign {",
    ),
    "K29": Fault(
        "The bar runs the other way on one page.",
        "kiosk/screen/frontend/page/screen.css",
        "#kiosk .bar .sign {",
        '#kiosk[data-page="vision"] .bar { direction: rtl; }\n#kiosk .bar .sign {',
    ),
}

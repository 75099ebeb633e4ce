// The clock of a visit: nobody there -> a question -> a clean screen -> "Touch the screen".
import { isFresh } from "./visit.js";

// Seconds on a clock that only goes forward: the machine's own may be set while somebody reads. It
// stands still while a laptop sleeps, so after waking the question comes when the rest is over.
const now = () => performance.now() / 1000;

export class Idle {
  /** @param {import("./screen.js").Kiosk} kiosk */
  constructor(kiosk) {
    this.kiosk = kiosk;
    this.since = now(); // the last sign of a person, or of our own voice
    /** @type {HTMLDialogElement | null} */
    this.question = null; // "Are you still there?"
    /** @type {HTMLDialogElement | null} */
    this.begin = null; // "Touch the screen."
    // On release: a question that went at the first touch would let the click fall on what is below.
    for (const kind of ["click", "keyup"]) addEventListener(kind, () => this.here(), true);
    for (const kind of ["pointerdown", "keydown", "scroll"])
      addEventListener(kind, () => (this.since = now()), { capture: true, passive: true });
    setInterval(() => this.#look(), 1000);
  }

  /** Whether one of the two is on the screen: any key is an answer. */
  asks() {
    return Boolean(this.question || this.begin);
  }

  /** Somebody is there: the clock begins anew. */
  here() {
    this.since = now();
    const began = Boolean(this.begin);
    for (const one of [this.question, this.begin]) one?.remove();
    this.question = this.begin = null;
    if (began) {
      this.kiosk.focusHeading();
      this.kiosk.announce("begin", { quiet: true });
    }
  }

  #look() {
    const { kiosk } = this;
    const { idle_seconds, answer_seconds, attract_seconds } = kiosk.site.visit;
    if (kiosk.voice.busy || kiosk.survey.recorder.running) this.since = now();
    const seconds = now() - this.since;
    if (this.begin) return;
    if (this.question) {
      if (seconds > answer_seconds) kiosk.actions.finish();
    } else if (kiosk.page === "home" && isFresh(kiosk.visit) && kiosk.languages.isFirst && !kiosk.scan.on) {
      if (seconds > attract_seconds) this.#attract();
    } else if (seconds > idle_seconds) this.#ask();
  }

  #ask() {
    const { words } = this.kiosk.site;
    this.question = this.#dialog("kiosk-still", "still", [
      ["h2", words.still],
      ["p", words.still_hint],
    ]);
    this.question.append(this.#button("here"));
    this.#open(this.question);
    this.kiosk.speaker.say([{ word: "still" }, { word: "still_hint" }]);
    this.since = now();
  }

  #attract() {
    this.kiosk.hide();
    this.begin = this.#dialog("kiosk-begin", "begin", []);
    const button = this.#button("begin");
    const picture = this.kiosk.main.querySelector(".topic")?.cloneNode();
    if (picture) button.prepend(picture);
    this.begin.append(button, ...this.#languages());
    this.#open(this.begin);
    // While nobody is there. What fails now is tried the next time.
    this.kiosk.box.wipe(() => this.kiosk.host.wipe());
    this.kiosk.languages.keepAll().catch(() => {});
    this.kiosk.speaker.bringAll(() => Boolean(this.begin)).catch(() => {});
  }

  #dialog(id, word, inside) {
    const box = document.createElement("dialog");
    box.id = id;
    box.ariaLabel = this.kiosk.site.words[word];
    for (const [tag, text] of inside) {
      const one = document.createElement(tag);
      one.textContent = text;
      box.append(one);
    }
    // Escape would close it and leave us thinking that it is there: any key is an answer anyway.
    box.addEventListener("cancel", (event) => event.preventDefault());
    return box;
  }

  /** Whoever cannot read the words finds their own language here. */
  #languages() {
    const { offered } = this.kiosk.languages;
    if (offered.length < 2) return [];
    const row = document.createElement("div");
    row.className = "languages";
    row.append(
      ...offered.map(({ code, dir }) => {
        const button = this.#button(`name_${code}`);
        Object.assign(button, { lang: code, dir });
        button.dataset.language = code;
        return button;
      }),
    );
    return [row];
  }

  #button(word) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "solid";
    button.dataset.word = word;
    button.dataset.thing = "";
    const label = document.createElement("span");
    label.textContent = this.kiosk.site.words[word];
    button.append(label);
    return button;
  }

  #open(box) {
    this.kiosk.root.append(box);
    this.kiosk.speaker.stop();
    box.showModal();
    this.kiosk.scan.restart();
  }
}

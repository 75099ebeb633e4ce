// The clock of a visit: nobody there -> a question -> a clean screen -> "Touch the screen".
import { one, there } from "../dom.js";
import { putFocus } from "../hands/things.js";
import { copyOf } from "./copies.js";

// Seconds on a clock that only goes forward: the machine's own may be set while somebody reads. It
// stands still while a laptop sleeps, so after waking the question comes when the rest is over.
const seconds = () => performance.now() / 1000;

const LULL_SECONDS = 20; // nobody presses, and nothing is heard: there is time to bring what may be wanted

/**
 * @typedef {object} Watched what the clock asks, and what it sets going
 * @property {() => boolean} isBusy whether the kiosk speaks, or listens to a voice
 * @property {() => boolean} isClean whether the screen is as the next person must find it
 * @property {() => void} finish ends the visit
 * @property {() => void} greet somebody has come
 * @property {() => void} tidy what is done when nobody is there
 * @property {(isQuiet: () => boolean) => unknown} bring what is done in a lull
 */

export class Idle {
  /**
   * @param {object} on
   * @param {import("../types.d.ts").Now} on.now
   * @param {import("../voice/speaker.js").Speaker} on.speaker
   * @param {import("../voice/message.js").Message} on.message
   * @param {import("../hands/scan.js").Scan} on.scan
   * @param {() => import("../types.d.ts").Language[]} on.languages those that can be chosen
   * @param {Watched} on.watched
   */
  constructor({ now, speaker, message, scan, languages, watched }) {
    this.now = now;
    this.speaker = speaker;
    this.message = message;
    this.scan = scan;
    this.languages = languages;
    this.watched = watched;
    this.since = seconds(); // the last sign of a person, or of our own voice
    /** @type {HTMLDialogElement | null} */
    this.question = null; // "Are you still there?"
    /** @type {HTMLDialogElement | null} */
    this.begin = null; // "Touch the screen."
    // On release: a question that went at the first touch would let the click fall on what is below.
    for (const kind of ["click", "keyup"]) addEventListener(kind, () => this.here(), true);
    for (const kind of ["pointerdown", "keydown", "scroll"])
      addEventListener(kind, () => (this.since = seconds()), { capture: true, passive: true });
    setInterval(() => this.#look(), 1000);
  }

  /** Whether one of the two is on the screen: any key is an answer. */
  asks() {
    return Boolean(this.question || this.begin);
  }

  /** Somebody is there: the clock begins anew. */
  here() {
    this.since = seconds();
    const began = Boolean(this.begin);
    for (const box of [this.question, this.begin]) box?.remove();
    this.question = this.begin = null;
    if (began) this.watched.greet();
  }

  get #isLull() {
    return Boolean(this.begin) || seconds() - this.since > LULL_SECONDS;
  }

  #look() {
    const { visit } = this.now.site;
    if (this.watched.isBusy()) this.since = seconds();
    const quiet = seconds() - this.since;
    if (this.#isLull) this.watched.bring(() => this.#isLull);
    if (this.begin || !visit) return;
    const { idle_seconds, answer_seconds, attract_seconds } = visit;
    if (this.question) {
      this.#empty(1 - quiet / answer_seconds);
      if (quiet > answer_seconds) this.watched.finish();
    } else if (this.watched.isClean()) {
      if (quiet > attract_seconds) this.#attract();
    } else if (quiet > idle_seconds) this.#ask();
  }

  #ask() {
    this.question = this.#dialog("still");
    const hint = one(this.question, "p"); // a line breaks between sentences first
    hint.textContent = there(hint.textContent).replace(/([.?!\u06d4\u061f]) /g, "$1\n");
    this.#open(this.question);
    this.#empty(1);
    this.speaker.say([{ word: "still" }, { word: "still_hint" }]);
    this.since = seconds();
  }

  /** Shows how much of the time to answer is left. @param {number} left from 1 to 0 */
  #empty(left) {
    this.question?.style.setProperty("--left", left.toFixed(3));
  }

  #attract() {
    this.message.hide();
    this.begin = this.#dialog("begin");
    one(this.begin, ".foot-row").append(...this.#languages());
    this.#open(this.begin);
    this.watched.tidy();
  }

  /** @param {string} name */
  #dialog(name) {
    const { root, site } = this.now;
    const box = /** @type {HTMLDialogElement} */ (copyOf(root, name, site.words));
    // Escape would close it and leave us thinking that it is there: any key is an answer anyway.
    box.addEventListener("cancel", (event) => event.preventDefault());
    return box;
  }

  /** Whoever cannot read the words finds their own language here. */
  #languages() {
    const languages = this.languages();
    if (languages.length < 2) return [];
    return languages.map(({ code, dir }) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", lang: code, dir, textContent: this.now.site.words[`name_${code}`] });
      Object.assign(button.dataset, { word: `name_${code}`, language: code, thing: "" });
      return button;
    });
  }

  /** @param {HTMLDialogElement} box */
  #open(box) {
    this.now.root.append(box);
    this.speaker.stop();
    box.showModal();
    const button = one(box, "[data-thing]"); // it has the focus, and no ring unless keys are used
    button.blur();
    putFocus(button);
    this.scan.restart();
  }
}

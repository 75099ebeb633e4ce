// The clock of a visit: nobody there -> a question -> a clean screen -> "Touch the screen".
import { first, setText } from "../dom.js";

// Seconds on a clock that only goes forward: the machine's own may be set while somebody reads. It
// stands still while a laptop sleeps, so after waking the question comes when the rest is over.
const seconds = () => performance.now() / 1000;

/**
 * @typedef {object} Watched what the clock asks, and what it sets going
 * @property {() => boolean} isBusy whether the kiosk speaks, or listens to a voice
 * @property {() => boolean} isClean whether the screen is as the next person must find it
 * @property {() => void} finish ends the visit
 * @property {() => void} greet somebody has come
 * @property {(isQuiet: () => boolean) => void} tidy what is done while nobody is there
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

  #look() {
    const { idle_seconds, answer_seconds, attract_seconds } = this.now.site.visit;
    if (this.watched.isBusy()) this.since = seconds();
    const quiet = seconds() - this.since;
    if (this.begin) return;
    if (this.question) {
      if (quiet > answer_seconds) this.watched.finish();
    } else if (this.watched.isClean()) {
      if (quiet > attract_seconds) this.#attract();
    } else if (quiet > idle_seconds) this.#ask();
  }

  #ask() {
    const { words } = this.now.site;
    this.question = this.#dialog("kiosk-still", "still", [
      ["h2", words.still],
      ["p", words.still_hint],
    ]);
    this.question.append(this.#button("here"));
    this.#open(this.question);
    this.speaker.say([{ word: "still" }, { word: "still_hint" }]);
    this.since = seconds();
  }

  #attract() {
    this.message.hide();
    this.begin = this.#dialog("kiosk-begin", "begin", []);
    const button = this.#button("begin");
    const picture = first(this.now.main, ".topic")?.cloneNode();
    if (picture) button.prepend(picture);
    this.begin.append(button, ...this.#languages());
    this.#open(this.begin);
    this.watched.tidy(() => Boolean(this.begin));
  }

  /** @param {string} id @param {string} word its name @param {[tag: string, text: string][]} inside */
  #dialog(id, word, inside) {
    const box = document.createElement("dialog");
    box.id = id;
    box.ariaLabel = this.now.site.words[word];
    for (const [tag, text] of inside) {
      const part = document.createElement(tag);
      setText(part, text);
      box.append(part);
    }
    // Escape would close it and leave us thinking that it is there: any key is an answer anyway.
    box.addEventListener("cancel", (event) => event.preventDefault());
    return box;
  }

  /** Whoever cannot read the words finds their own language here. */
  #languages() {
    const languages = this.languages();
    if (languages.length < 2) return [];
    const row = document.createElement("div");
    row.className = "languages";
    row.append(
      ...languages.map(({ code, dir }) => {
        const button = this.#button(`name_${code}`);
        Object.assign(button, { lang: code, dir });
        button.dataset.language = code;
        return button;
      }),
    );
    return [row];
  }

  /** @param {string} word */
  #button(word) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "solid";
    button.dataset.word = word;
    button.dataset.thing = "";
    const label = document.createElement("span");
    setText(label, this.now.site.words[word]);
    button.append(label);
    return button;
  }

  /** @param {HTMLDialogElement} box */
  #open(box) {
    this.now.root.append(box);
    this.speaker.stop();
    box.showModal();
    this.scan.restart();
  }
}

// What a visitor sets for the screen: it is shown at once.
import { all, first } from "../dom.js";
import { loudness } from "../voice/loudness.js";
import { fit } from "./fit.js";
import { chosen, choose, cycle } from "./visit.js";

/** @typedef {import("./visit.js").Setting} Setting */

export class Settings {
  /**
   * @param {import("../types.d.ts").Now} now @param {HTMLAudioElement} audio
   * @param {(word: string, how: {isVoice: boolean, isSeen: boolean}) => unknown} changed tells of it in a
   *   word of the interface; isVoice: sentences sound otherwise now; isSeen: it is seen where it was changed
   */
  constructor(now, audio, changed) {
    this.now = now;
    this.audio = audio;
    this.changed = changed;
  }

  /** Brings the screen in step with the visit. */
  apply() {
    const { root, visit } = this.now;
    document.documentElement.dataset.colours = chosen(visit, "colours");
    root.dataset.bigger = String(chosen(visit, "bigger"));
    root.dataset.pictures = chosen(visit, "pictures");
    this.audio.volume = loudness(chosen(visit, "volume"));
    this.#mark(root);
  }

  /** Fills a new sheet. @param {HTMLElement} sheet */
  fill(sheet) {
    if (!(this.now.site.voices > 1)) first(sheet, "[data-label=voice]")?.remove();
    // The first letter of the language, as a capital and small; where it has none, the next two.
    const [one, two, three] = this.now.site.words.letters;
    const capital = one.toLocaleUpperCase();
    const letters = capital === one ? two + three : capital + one;
    for (const sample of all(sheet, ".letters-sample")) sample.dataset.letters = letters;
    this.#mark(sheet);
  }

  /** Goes one on. @param {Setting} name */
  next(name) {
    cycle(this.now.visit, name);
    return this.#changed(name, false);
  }

  /** Takes one step of a sheet. @param {Setting} name @param {string} step */
  choose(name, step) {
    choose(this.now.visit, name, step);
    return this.#changed(name, true);
  }

  /** @param {Setting} name @param {boolean} isSeen */
  #changed(name, isSeen) {
    this.apply();
    fit(this.now.root);
    const word = `${name === "bigger" ? "size" : name}_${chosen(this.now.visit, name)}`;
    // Another voice is heard and not seen.
    return this.changed(word, { isVoice: name === "speed" || name === "voice", isSeen: isSeen && name !== "voice" });
  }

  /** @param {HTMLElement} around */
  #mark(around) {
    for (const step of all(around, "[data-setting]")) {
      const { setting, value } = step.dataset;
      step.ariaChecked = String(String(chosen(this.now.visit, /** @type {Setting} */ (setting))) === value);
    }
  }
}

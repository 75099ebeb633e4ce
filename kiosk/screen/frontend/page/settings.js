// What a visitor sets for the screen: it is shown at once, and said.
import { loudness } from "../voice/loudness.js";
import { chosen, cycle } from "./visit.js";

export class Settings {
  /**
   * @param {import("../types.d.ts").Now} now @param {HTMLAudioElement} audio
   * @param {(word: string, isVoice: boolean) => unknown} changed tells of it in a word of the interface;
   *   isVoice: sentences sound otherwise now
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
  }

  /** Goes one on. @param {import("./visit.js").Setting} name @param {string} [prefix] of the words that tell of it */
  next(name, prefix = name) {
    cycle(this.now.visit, name);
    this.apply();
    return this.changed(`${prefix}_${chosen(this.now.visit, name)}`, name === "speed");
  }
}

// What is seen of a recording: the seconds that are left, as a ring and in words, and the voice itself.
import { all, one } from "../dom.js";
import { RATE } from "./wav.js";

const PIECES = 3; // of 20 ms that make one step of the bars
const TOLD_SECONDS = 10; // before the end a soft tone says that it comes

export class Meter {
  /**
   * @param {HTMLElement} question @param {import("./wav.js").Recording} sound
   * @param {Record<string, string>} words the texts of the interface @param {() => unknown} tone
   */
  constructor(question, sound, words, tone) {
    this.ring = one(question, ".ring");
    this.left = one(question, ".left");
    this.bars = all(question, ".level i");
    this.sound = sound;
    this.words = words;
    this.tone = tone;
    this.isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.seconds = -1;
    this.pieces = 0;
    this.loudest = 0;
    /** @type {number[]} the newest first */
    this.levels = this.bars.map(() => 0);
    this.#seconds();
  }

  /** @param {Float32Array} piece what the recording got now */
  heard(piece) {
    for (const one of piece) this.loudest = Math.max(this.loudest, Math.abs(one));
    const isNew = this.#seconds();
    if (++this.pieces % PIECES) return;
    this.levels = [this.loudest, ...this.levels].slice(0, this.bars.length);
    this.loudest = 0;
    if (!this.isCalm || isNew) this.#draw();
  }

  /** The newest stands in the middle, and goes out to both sides. */
  #draw() {
    const middle = (this.bars.length - 1) / 2;
    this.bars.forEach((bar, at) => {
      const level = Math.sqrt(this.levels[Math.abs(at - middle)]);
      bar.style.setProperty("--level", Math.min(1, level).toFixed(2));
    });
  }

  /** Shows how many seconds are left. @returns {boolean} whether it is one fewer */
  #seconds() {
    const { length, most } = this.sound;
    const seconds = Math.ceil((most - length) / RATE);
    if (seconds === this.seconds) return false;
    this.seconds = seconds;
    this.ring.style.setProperty("--left", String((seconds * RATE) / most));
    const text = this.words[seconds === 1 ? "second_left" : "seconds_left"];
    this.left.textContent = text.replace("{n}", String(seconds));
    if (seconds === TOLD_SECONDS && length) this.tone();
    return true;
  }
}

// The one owner of sound: it plays clips, frames the sentence and lights the word.
import { all, around, first } from "../dom.js";
import { unitsOf, wordAt } from "./timing.js";

/**
 * @typedef {import("../types.d.ts").Clip} Clip
 * @typedef {{clip: Clip, number: number | null}} Line
 *   number: the sentence's place on the page; null: it is not shown, so nothing is lit
 */

const PAUSE_MS = 250; // between two sentences
const TALL = 0.4; // of the room: a row that is taller stands at its top, not in its middle

export class Voice {
  /**
   * @param {HTMLElement} root @param {HTMLAudioElement} audio
   * @param {{changed: () => void, failed: (error: unknown) => void}} tell it begins or ends; a clip has no sound
   */
  constructor(root, audio, { changed, failed }) {
    this.root = root;
    this.audio = audio;
    this.changed = changed;
    this.failed = failed;
    this.repeated = false; // what was said last was said once more
    this.turn = 0; // a new action makes every older one stop
    this.busy = false; // it speaks, or is between two sentences
    this.reading = false; // it reads on by itself, and can be paused
    /** @type {{list: Line[], place: number} | null} */
    this.last = null;
    this.light = globalThis.Highlight ? new Highlight() : null;
    if (this.light) CSS.highlights.set("kiosk-word", this.light);
  }

  stop() {
    this.turn++;
    this.audio.pause();
    this.busy = this.reading = false;
    delete this.root.dataset.speaking;
    this.#clear();
    this.changed();
  }

  /** Stops for another page: what was said last can be heard again, but not framed there. */
  leave() {
    this.stop();
    if (!this.last) return;
    const { list, place } = this.last;
    this.last = { list: list.map(({ clip }) => ({ clip, number: null })), place };
  }

  /** Stops, and leaves nothing of what was said. */
  forget() {
    this.last = null;
    this.stop();
    this.audio.removeAttribute("src");
    this.audio.load();
  }

  /** Leaves nothing of one clip for who asks for the last one again. @param {Clip} clip */
  drop(clip) {
    if (!this.last?.list.some((line) => line.clip === clip)) return;
    this.last = null;
    this.changed();
  }

  /**
   * Plays clips one after the other. @param {Line[]} list @param {boolean} reading
   * @param {(number: number | null) => void} [begins] told of each line
   * @param {object} [some] only a stretch of them
   * @param {number} [some.from]
   * @param {number} [some.to] the one after its last
   * @returns {Promise<boolean>} whether all of it was played
   */
  async play(list, reading, begins = () => {}, { from = 0, to = list.length } = {}) {
    this.stop();
    this.repeated = false;
    if (from >= to) return false;
    const turn = this.turn;
    this.busy = true;
    this.reading = reading;
    this.root.dataset.speaking = "true";
    this.last = { list, place: from };
    this.changed();
    for (const [nth, { clip, number }] of list.slice(from, to).entries()) {
      const place = from + nth;
      this.last = { list, place };
      begins(number);
      // A new sound begins at the default, so both are set.
      this.audio.defaultPlaybackRate = clip.pace ?? 1;
      this.audio.src = clip.file;
      this.audio.playbackRate = clip.pace ?? 1;
      const playing = this.audio.play(); // first: it is fetched while the sentence is framed
      this.#frame(number);
      try {
        await playing;
      } catch (error) {
        if (turn !== this.turn) return false;
        this.stop();
        // The others: a newer action, or a browser that lets nothing sound before the first touch.
        if (error instanceof Error && error.name === "NotSupportedError") this.failed(error);
        return false;
      }
      this.root.dispatchEvent(new CustomEvent("kiosk:spoken", { detail: clip.text, bubbles: true }));
      await this.#follow(clip, number, turn);
      if (turn !== this.turn) return false;
      await new Promise((done) => setTimeout(done, PAUSE_MS));
      if (turn !== this.turn) return false;
    }
    this.stop();
    return true;
  }

  /** Says the sentence heard last once more; when that was just done, the one before it. */
  async again() {
    if (!this.last) return;
    const { list, place } = this.last;
    const from = this.repeated ? Math.max(place - 1, 0) : place;
    const playing = this.play(list, false, undefined, { from, to: from + 1 });
    this.repeated = true;
    await playing;
  }

  /** A tick; never over speech. @param {string} file */
  async cue(file) {
    if (this.busy) return;
    this.audio.defaultPlaybackRate = this.audio.playbackRate = 1;
    this.audio.src = file;
    await this.audio.play().catch(() => {});
  }

  /**
   * Lights each word while it sounds, to the end of the clip.
   * @param {Clip} clip @param {number | null} number @param {number} turn @returns {Promise<void>}
   */
  #follow(clip, number, turn) {
    return new Promise((done) => {
      const step = () => {
        if (turn !== this.turn || this.audio.ended || this.audio.error) return done();
        if (clip.whole) this.#whole(number);
        else this.#word(number, wordAt(clip.words, this.audio.currentTime));
        requestAnimationFrame(step);
        return undefined;
      };
      step();
    });
  }

  #clear() {
    for (const one of all(this.root, ".being-read, .sentence-read"))
      one.classList.remove("being-read", "sentence-read");
    this.light?.clear();
    delete this.root.dataset.lit;
  }

  /** @param {number | null} number */
  #frame(number) {
    this.#clear();
    const sentence = this.#sentence(number);
    if (!sentence) return;
    sentence.classList.add("sentence-read");
    const row = around(sentence, ".idea, .meaning, .choice, .face, .title") ?? sentence;
    row.classList.add("being-read");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    // In the middle, so that eyes need not wander; of a row that fills the screen, its sentence.
    const room = around(row, ".rows")?.clientHeight ?? innerHeight;
    const isTall = row.offsetHeight > room * TALL;
    const block = row.matches(".idea, .meaning, .sentence") ? (isTall ? "start" : "center") : "nearest";
    const seen = row.offsetHeight > room ? sentence : row;
    seen.scrollIntoView({ block, behavior: calm ? "auto" : "smooth" });
  }

  /** @param {number | null} number */
  #sentence(number) {
    return number === null ? null : first(this.root, `[data-say="${number}"]`);
  }

  /** Lights all of a sentence: a wrong word would mislead. @param {number | null} number */
  #whole(number) {
    const sentence = this.#sentence(number);
    if (!sentence || this.root.dataset.lit === `${number}`) return;
    this.root.dataset.lit = `${number}`;
    this.light?.clear();
    this.light?.add(stretch(sentence, 0, [...(sentence.textContent ?? "")].length));
  }

  /** @param {number | null} number @param {import("../types.d.ts").Word | undefined} word */
  #word(number, word) {
    if (!word) return; // between two words the last one stays lit
    const sentence = this.#sentence(number);
    if (!sentence) return;
    const key = `${number}:${word[0]}`;
    if (this.root.dataset.lit === key) return;
    this.root.dataset.lit = key;
    this.light?.clear();
    this.light?.add(stretch(sentence, word[0], word[1]));
  }
}

/** Returns the range of some characters of an element's text. @param {HTMLElement} element @param {number} from @param {number} to */
function stretch(element, from, to) {
  const range = document.createRange();
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const whole = element.textContent ?? "";
  const [start, end] = [unitsOf(whole, from), unitsOf(whole, to)];
  let before = 0;
  let begun = false;
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const { length } = /** @type {Text} */ (node);
    if (!begun && start < before + length) {
      range.setStart(node, start - before);
      begun = true;
    }
    if (begun && end <= before + length) {
      range.setEnd(node, end - before);
      break;
    }
    before += length;
  }
  return range;
}

// Says what is on the screen: whole pages, single things, and the texts of the interface.
import { Told } from "../host/http.js";
import { chosen, CYCLES } from "../page/visit.js";

const NORMAL = CYCLES.speed[0];

/** A stretch to say: of the page that is open, or a word of the interface. */
/** @typedef {{page?: number, word?: string, lit?: boolean}} Part */

export class Speaker {
  /** @param {import("../page/screen.js").Kiosk} kiosk */
  constructor(kiosk) {
    this.kiosk = kiosk;
    this.asked = 0; // the newest wish wins, also over one that still waits for its sound
    this.clips = new Map();
    this.brought = null; // the version whose sounds are all in the browser
  }

  /** @param {string} name @returns {Promise<import("../host/http.js").Clip[]>} of a page or "interface" */
  async narration(name) {
    const speed = chosen(this.kiosk.visit, "speed");
    try {
      return await this.#narration(name, speed);
    } catch (error) {
      // Without the kiosk, what was brought ahead is better than silence.
      const ahead = this.clips.get(this.#key(name, NORMAL));
      if (!ahead) throw error;
      return ahead;
    }
  }

  #key(name, speed) {
    const { language, version } = this.kiosk.site;
    return `${language} ${name} ${speed} ${version}`;
  }

  #narration(name, speed) {
    const key = this.#key(name, speed);
    if (!this.clips.has(key)) {
      const asked = this.kiosk.host.narration(this.kiosk.site.language, name, speed);
      this.clips.set(key, asked);
      asked.catch(() => this.clips.delete(key)); // the next time tries again
    }
    return this.clips.get(key);
  }

  /** Brings the sounds of all pages, one by one. @param {() => boolean} isQuiet whether to go on */
  async bringAll(isQuiet) {
    const { site, host, languages } = this.kiosk;
    if (!languages.isFirst || this.brought === site.version) return;
    for (const name of ["interface", ...Object.keys(site.pages)])
      for (const clip of await this.#narration(name, NORMAL)) {
        if (!isQuiet()) return;
        if (clip) await host.bring(clip);
      }
    this.brought = site.version;
  }

  stop() {
    this.asked++;
    this.kiosk.voice.stop();
  }

  /** Lets what is being got ready come to nothing. */
  leave() {
    this.asked++;
    this.kiosk.voice.leave();
  }

  /** @param {Part[]} parts @param {boolean} [reading] whether it can be paused */
  async say(parts, reading = false) {
    const { kiosk } = this;
    const mine = ++this.asked;
    kiosk.voice.stop();
    kiosk.visit.paused = false;
    try {
      const [page, words] = await Promise.all([
        parts.some((part) => part.word === undefined) ? this.narration(kiosk.page) : [],
        parts.some((part) => part.word !== undefined) ? this.narration("interface") : [],
      ]);
      if (mine !== this.asked) return;
      const list = parts.map(({ page: number, word, lit }) =>
        word === undefined
          ? { clip: page[number], number: lit ? number : null }
          : { clip: words[kiosk.site.spoken.indexOf(word)], number: null },
      );
      // The kiosk gives null where it has no voice for the language of a text.
      if (list.some((line) => line.clip === null)) kiosk.show("no_language");
      await kiosk.voice.play(list.filter((line) => line.clip), reading);
    } catch (error) {
      if (mine === this.asked) this.failed(error);
    }
  }

  /** Tells kindly that there is no sound. */
  failed(error) {
    const { kiosk } = this;
    kiosk.show("no_voice");
    // A language without a voice is told by the kiosk itself.
    if (error instanceof Told && error.message) kiosk.message.textContent = error.message;
  }

  /** Reads all that is shown, from the top. */
  readPage() {
    const { main, visit } = this.kiosk;
    this.kiosk.hide();
    const seen = [...main.querySelectorAll("[data-say]")].filter(
      (one) => one.checkVisibility() && !(visit.draftRead && one.closest(".draft")),
    );
    visit.draftRead = true;
    return this.say(seen.map(lit), true);
  }

  /** @param {Element[]} sentences elements with data-say */
  readSentences(sentences) {
    this.kiosk.hide();
    return this.say(sentences.map(lit));
  }

  /**
   * Says what a thing is, its kind, and what can be done.
   * @param {HTMLElement} thing @param {Part[]} [before] what is said first
   */
  tell(thing, before = []) {
    return this.say([...before, ...told(thing, this.kiosk.site.spoken)]);
  }

  /** A sound of the visitor's own. Nothing of it is kept for Again. @param {object} clip */
  async sound(clip) {
    this.asked++;
    await this.kiosk.voice.play([{ clip, number: null }], false);
    if (this.kiosk.voice.last?.list[0].clip === clip) this.kiosk.voice.last = null;
  }

  /** A visitor's own words, only because they asked. @param {string} text */
  async own(text) {
    const { kiosk } = this;
    const mine = ++this.asked;
    kiosk.voice.stop();
    try {
      const speed = chosen(kiosk.visit, "speed");
      const [clip, words] = await Promise.all([
        kiosk.host.speak(text, kiosk.site.language, speed),
        this.narration("interface"),
      ]);
      if (mine === this.asked) {
        const before = words[kiosk.site.spoken.indexOf("your_words")];
        await kiosk.voice.play([before, clip].map((one) => ({ clip: one, number: null })), false);
      }
      URL.revokeObjectURL(clip.file);
      if (kiosk.voice.last?.list.some((line) => line.clip === clip)) kiosk.voice.last = null;
    } catch (error) {
      if (mine === this.asked) this.failed(error);
    }
  }
}

/** @param {Element} element @returns {Part} */
function lit(element) {
  return { page: Number(element.dataset.say), lit: true };
}

/** What is said of a thing, in order. @param {HTMLElement} thing @returns {Part[]} */
function told(thing, spoken) {
  const { name, word, picture, tell } = thing.dataset;
  const parts = [];
  if (name !== undefined) parts.push({ page: Number(name) });
  else if (word !== undefined) parts.push({ word });
  else {
    const inside = [...thing.querySelectorAll("[data-say]")].filter((one) => one.checkVisibility());
    parts.push(...inside.map(lit));
  }
  if (picture !== undefined) parts.push({ page: Number(picture) });
  if (thing.getAttribute("aria-pressed") === "true") parts.push({ word: "chosen" });
  if (thing.getAttribute("aria-disabled") === "true") parts.push({ word: "cannot" });
  else if (tell !== undefined) for (const one of tell.trim().split(/\s+/)) parts.push({ page: Number(one) });
  else if (spoken.includes(`${word}_tell`)) parts.push({ word: `${word}_tell` });
  return parts;
}

// Says what is on the screen: whole pages, single things, and the texts of the interface.
import { all, around, first, there } from "../dom.js";
import { ErrorReply } from "../host/errors.js";

/**
 * @typedef {import("../types.d.ts").Clip} Clip
 * @typedef {import("../types.d.ts").Part} Part
 * @typedef {import("../types.d.ts").Speed} Speed
 * @typedef {import("../types.d.ts").Which} Which
 */

/** @type {Speed} */
const NORMAL = "normal";
/** @type {Which} */
const FIRST = "first";
const NO_VOICE = "no_voice";

export class Speaker {
  /**
   * @param {object} on
   * @param {import("../types.d.ts").Now} on.now
   * @param {import("../types.d.ts").Host} on.host
   * @param {import("./voice.js").Voice} on.voice
   * @param {import("./message.js").Message} on.message
   * @param {() => Speed} on.speed the one that the visitor wants
   * @param {() => Which} on.which the voice that the visitor wants, where there are two
   */
  constructor({ now, host, voice, message, speed, which }) {
    this.now = now;
    this.host = host;
    this.voice = voice;
    this.message = message;
    this.speed = speed;
    this.wants = which;
    this.asked = 0; // the newest wish wins, also over one that still waits for its sound
    /** @type {number | null} */
    this.heard = null; // the sentence of this page that was read last: Listen goes on with it
    this.heardAll = false; // this page was read to its end: Listen offers the next one
    /** @type {Map<string, Promise<(Clip | null)[]>>} */
    this.clips = new Map();
    this.isFailing = false; // it tells that there is no sound
  }

  /** Stops, and leaves nothing of what was said. */
  forget() {
    this.asked++;
    this.voice.forget();
  }

  /** The voice that speaks this language: what was chosen in another one may not be here. */
  get which() {
    return this.now.site.voices > 1 ? this.wants() : FIRST;
  }

  /** @param {string} name of a page, or "interface" */
  async narration(name) {
    try {
      return await this.#narration(name, this.speed(), this.which);
    } catch (error) {
      // Without the kiosk, what was brought ahead is better than silence.
      const ahead = this.clips.get(this.#key(name, NORMAL, FIRST));
      if (!ahead) throw error;
      return ahead;
    }
  }

  /** @param {string} name @param {Speed} speed @param {Which} which @param {string} [language] */
  #key(name, speed, which, language = this.now.site.language) {
    return `${language} ${name} ${speed} ${which} ${this.now.site.version}`;
  }

  /** @param {string} name @param {Speed} speed @param {Which} which @param {string} [language] */
  #narration(name, speed, which, language = this.now.site.language) {
    const key = this.#key(name, speed, which, language);
    const known = this.clips.get(key);
    if (known) return known;
    const asked = this.host.narration(language, name, speed, which);
    this.clips.set(key, asked);
    asked.then(
      () => key === this.#key(name, speed, which) && this.#forgetOlder(),
      () => this.clips.delete(key), // the next time tries again
    );
    return asked;
  }

  /** A screen stays open for weeks: what other versions say in this language is said no more. */
  #forgetOlder() {
    const { language, version } = this.now.site;
    for (const key of this.clips.keys())
      if (key.startsWith(`${language} `) && !key.endsWith(` ${version}`)) this.clips.delete(key);
  }

  /**
   * Gives where the sounds are, for when the kiosk is away: what tells in each language that there
   * is none, then all of the language, speed and voice in use, in the order of the site.
   * @param {import("../types.d.ts").Pages[]} all the site in each language
   */
  async *sounds(all) {
    for (const { language, spoken } of all) {
      const words = await this.#narration("interface", NORMAL, FIRST, language);
      const clip = words[spoken.indexOf(this.host.silence)];
      if (clip) yield clip.file;
    }
    const [speed, which] = [this.speed(), this.which];
    for (const name of ["interface", ...Object.keys(this.now.site.pages)])
      for (const clip of await this.#narration(name, speed, which)) if (clip) yield clip.file;
  }

  stop() {
    this.asked++;
    this.voice.stop();
  }

  /** Lets what is being got ready come to nothing; the next page is listened to from its top. */
  leave() {
    this.asked++;
    this.voice.leave();
    this.heard = null;
    this.heardAll = false;
  }

  /**
   * Pauses, or reads: from the sentence that was read last, else from the top. Who has heard all of
   * a page is first told of the next one.
   */
  listen() {
    if (this.voice.reading) return this.stop();
    const { pages } = this.now.site;
    if (this.heardAll && pages[this.now.page].next) {
      this.heardAll = false;
      return this.announce("heard_all");
    }
    return this.readPage();
  }

  /**
   * Tells that a setting was changed. What is being read goes on, and is no place for more words:
   * only who does not see the screen is told of it in between.
   * @param {string} word
   * @param {object} how
   * @param {boolean} how.isVoice whether it changes what is heard of a sentence
   * @param {boolean} how.isSeen whether it is seen where it was changed: then a tone is enough
   */
  changed(word, { isVoice, isSeen }) {
    if (isSeen && !this.now.visit.eyesFree) {
      if (!this.voice.reading) return this.voice.cue("cue.wav");
      return isVoice ? this.#read() : undefined;
    }
    if (!this.voice.reading) return this.announce(word);
    this.message.show(word);
    if (this.now.visit.eyesFree) return this.#read([{ word }]);
    return isVoice ? this.#read() : undefined;
  }

  /** Says the sentence heard last once more; pressed again, the one before it. */
  again() {
    return this.voice.last ? this.voice.again() : this.announce("nothing_heard");
  }

  /**
   * @param {Part[]} parts
   * @param {object} [how]
   * @param {boolean} [how.reading] whether it can be paused
   * @param {boolean} [how.keep] whether Listen goes on from here
   * @param {number} [how.from] the first of them that is said: Again may go back to those before
   * @param {number} [how.to] the one after the last
   */
  async say(parts, { reading = false, keep = reading, from = 0, to = parts.length } = {}) {
    const { now } = this;
    const mine = ++this.asked;
    this.voice.stop();
    try {
      const [page, words] = await Promise.all([
        parts.some((part) => part.word === undefined) ? this.narration(now.page) : [],
        parts.some((part) => part.word !== undefined) ? this.narration("interface") : [],
      ]);
      if (mine !== this.asked) return;
      const list = parts.map(({ page: number = NaN, word, lit }) =>
        word === undefined
          ? { clip: page[number], number: lit ? number : null }
          : { clip: words[now.site.spoken.indexOf(word)], number: null },
      );
      // The kiosk gives null where it has no voice for the language of a text.
      if (list.some((line) => line.clip === null)) this.message.show("no_language");
      const begins = (/** @type {number | null} */ number) => {
        if (keep && number !== null) this.heard = number;
      };
      const sounds = (/** @type {number} */ end) => list.slice(0, end).filter(hasSound).length;
      const some = { from: sounds(from), to: sounds(to) };
      const isWhole = await this.voice.play(list.filter(hasSound), reading, begins, some);
      if (!isWhole || !reading || !keep) return;
      this.heard = null; // the next time begins at the top
      this.heardAll = true;
    } catch (error) {
      if (mine === this.asked) this.failed(error);
    }
  }

  /** Shows and says a text of the interface. @param {string} word */
  announce(word, { quiet = false } = {}) {
    if (!quiet) this.message.show(word);
    return this.say([{ word }]);
  }

  /** Tells kindly that there is no sound, by the one that was brought for that. @param {unknown} error */
  async failed(error) {
    if (this.isFailing) return; // not even that can be heard; it is shown, or something newer is
    // A language without a voice is told by the kiosk itself.
    const isTold = error instanceof ErrorReply;
    const word = isTold ? NO_VOICE : this.host.silence;
    this.message.show(word, isTold ? error.message : "");
    const mine = this.asked;
    const words = await this.narration("interface").catch(() => []);
    const clip = words[this.now.site.spoken.indexOf(word)];
    if (!clip || mine !== this.asked) return;
    this.isFailing = true;
    await this.voice.play([{ clip, number: null }], false);
    this.isFailing = false;
  }

  /** Reads all that is shown, from where it was heard last. */
  readPage() {
    this.message.hide();
    return this.#read();
  }

  /** What can be read along now: of the page, or of a sheet over it that has words to read. */
  get #seen() {
    const { main } = this.now;
    const sheet = this.#sheet;
    return all(sheet ?? main, "[data-say]").filter((one) => one.checkVisibility());
  }

  get #sheet() {
    const read = first(this.now.root, ".sheet [data-say]");
    return read && around(read, ".sheet");
  }

  /** @param {Part[]} [before] what is said first */
  #read(before = []) {
    const seen = this.#seen;
    if (this.#sheet) return this.say([...before, ...seen.map(lit)], { reading: true, keep: false });
    const heard = seen.findIndex(({ dataset }) => Number(dataset.say) === this.heard);
    // A page begins with its first idea: whoever opened it knows its title.
    const from = Math.max(heard >= 0 ? heard : seen.findIndex((one) => !around(one, ".title:not(.ask)")), 0);
    this.heardAll = false;
    if (!before.length) return this.say(seen.map(lit), { reading: true, from });
    return this.say([...before, ...seen.slice(from).map(lit)], { reading: true });
  }

  /** @param {HTMLElement[]} sentences elements with data-say @param {boolean} [keep] whether Listen goes on from them */
  readSentences(sentences, keep = true) {
    this.message.hide();
    this.heardAll = false;
    const seen = this.#seen;
    const from = seen.indexOf(sentences[0]);
    if (this.#sheet) keep = false; // Listen goes on with the page
    if (from < 0) return this.say(sentences.map(lit), { keep });
    return this.say(seen.map(lit), { keep, from, to: from + sentences.length });
  }

  /**
   * Says what a thing is, its kind, and what can be done.
   * @param {HTMLElement} thing @param {Part[]} [before] what is said first
   */
  tell(thing, before = []) {
    return this.say([...before, ...told(thing, this.now.site.spoken)]);
  }

  /** A sound of the visitor's own. Nothing of it is kept for Again. @param {Clip} clip */
  async sound(clip) {
    this.asked++;
    await this.voice.play([{ clip, number: null }], false);
    this.voice.drop(clip);
  }

  /** A visitor's own words, only because they asked. @param {string} text */
  async own(text) {
    const { site } = this.now;
    const mine = ++this.asked;
    this.voice.stop();
    try {
      const [clip, words] = await Promise.all([
        this.host.speak(text, site.language, this.speed(), this.which),
        this.narration("interface"),
      ]);
      if (mine === this.asked) {
        const before = there(words[this.now.site.spoken.indexOf("your_words")]);
        await this.voice.play([before, clip].map((one) => ({ clip: one, number: null })), false);
      }
      URL.revokeObjectURL(clip.file);
      this.voice.drop(clip);
    } catch (error) {
      if (mine === this.asked) this.failed(error);
    }
  }
}

/**
 * @param {{clip: Clip | null, number: number | null}} line
 * @returns {line is import("./voice.js").Line}
 */
function hasSound(line) {
  return Boolean(line.clip);
}

/** @param {HTMLElement} element @returns {Part} */
export function lit(element) {
  return { page: Number(element.dataset.say), lit: true };
}

/** What is said of a thing, in order. @param {HTMLElement} thing @param {string[]} spoken @returns {Part[]} */
function told(thing, spoken) {
  const { name, word, also, picture, tell, tells = `${word}_tell` } = thing.dataset;
  /** @type {Part[]} */
  const parts = [];
  if (name !== undefined) parts.push({ page: Number(name) });
  else if (word !== undefined) parts.push({ word });
  else {
    const inside = all(thing, "[data-say]").filter((one) => one.checkVisibility());
    parts.push(...inside.map(lit));
  }
  if (also !== undefined) parts.push({ word: also });
  if (picture !== undefined) parts.push({ page: Number(picture) });
  if (thing.matches("[aria-pressed=true], [aria-checked=true]")) parts.push({ word: "chosen" });
  if (thing.getAttribute("aria-disabled") === "true") parts.push({ word: "cannot" });
  else if (tell !== undefined) for (const one of tell.trim().split(/\s+/)) parts.push({ page: Number(one) });
  else if (spoken.includes(tells)) parts.push({ word: tells });
  return parts;
}

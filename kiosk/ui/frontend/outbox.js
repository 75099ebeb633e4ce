// Answers that are not saved yet wait here, and are sent again until the kiosk says "saved".
// No screen reads this box, so the next person never sees what waits in it.

const KEY = "kiosk-outbox";
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** @returns {string} a ULID: 48 bits of time, 80 random bits */
export function newId() {
  let time = Date.now();
  let text = "";
  for (let i = 0; i < 10; i++, time = Math.floor(time / 32)) text = LETTERS[time % 32] + text;
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) text += LETTERS[byte % 32];
  return text;
}

/**
 * @typedef {object} Waiting
 * @property {object} answer what is posted
 * @property {Record<string, string>} voices question -> the recorded voice as a data: URL
 */

/** @returns {Waiting[]} */
function waiting() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "[]");
  } catch {
    return [];
  }
}

/** @param {Waiting[]} answers */
function keep(answers) {
  if (answers.length) localStorage.setItem(KEY, JSON.stringify(answers));
  else localStorage.removeItem(KEY);
}

/** @typedef {{saved: boolean, cleaned: boolean}} Told what became of one answer */

export class Outbox {
  /** @param {import("./host.js").Host} host */
  constructor(host) {
    this.host = host;
    this.sending = null;
    this.tooLarge = []; // what the browser had no room for waits here, as long as the page is open
    /** @type {Map<string, Told>} id -> what became of it */
    this.told = new Map();
  }

  /** Puts an answer into the box. @param {object} answer @param {Record<string, string>} voices */
  put(answer, voices = {}) {
    const one = { answer, voices };
    try {
      keep([...waiting(), one]);
    } catch {
      this.tooLarge.push(one);
    }
  }

  /** Sends all that waits. @returns {Promise<boolean>} whether the box is empty now */
  async sendAll() {
    // What was put in while a round was under way goes out with the next one.
    while (this.sending) await this.sending;
    this.sending = this.#round();
    try {
      return await this.sending;
    } finally {
      this.sending = null;
    }
  }

  async #round() {
    for (const one of [...waiting(), ...this.tooLarge]) {
      try {
        const { saved, final, cleaned } = await this.host.send(one.answer, one.voices);
        // An answer that is refused for good would block all others behind it.
        if (final) this.#drop(one.answer.id);
        if (saved) this.told.set(one.answer.id, { saved, cleaned });
      } catch {
        break; // the kiosk is not there: the next round tries again
      }
    }
    return waiting().length + this.tooLarge.length === 0;
  }

  #drop(id) {
    keep(waiting().filter((one) => one.answer.id !== id));
    this.tooLarge = this.tooLarge.filter((one) => one.answer.id !== id);
  }
}

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

/** @returns {object[]} */
function waiting() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "[]");
  } catch {
    return [];
  }
}

/** @param {object[]} answers */
function keep(answers) {
  if (answers.length) localStorage.setItem(KEY, JSON.stringify(answers));
  else localStorage.removeItem(KEY);
}

export class Outbox {
  /** @param {import("./host.js").Host} host */
  constructor(host) {
    this.host = host;
    this.sending = null;
  }

  /** Puts an answer into the box. @param {object} answer */
  put(answer) {
    keep([...waiting(), answer]);
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
    try {
      for (const answer of waiting()) {
        const { final } = await this.host.send(answer);
        // An answer that is refused for good would block all others behind it.
        if (final) keep(waiting().filter((one) => one.id !== answer.id));
      }
    } catch {
      /* the kiosk is not there: the next round tries again */
    }
    return waiting().length === 0;
  }
}

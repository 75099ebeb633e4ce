// Answers that are not saved yet are sent again from here until the kiosk says "saved".
// Each by itself: one that is stuck never holds up another, and the newest one goes first.
import { there } from "../dom.js";
import { WAITING } from "./box.js";
import { Away } from "../host/errors.js";
import { akin } from "./id.js";
import { alone } from "./tabs.js";

const OLD_KEY = "kiosk-outbox"; // where an earlier version kept them, in localStorage
const FIRST_PAUSE_MS = 3000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/**
 * @typedef {import("../types.d.ts").Answer} Answer
 * @typedef {import("../types.d.ts").Voices} Voices
 * @typedef {import("./box.js").Entry} Entry
 */

/**
 * @typedef {object} Told what became of an answer
 * @property {boolean} saved the kiosk has it; false: it refuses it now, and is asked again
 * @property {boolean} cleaned contact details were taken out of the words
 * @property {boolean} voiceWaits all but a voice is saved: the kiosk refuses that now
 */

export class Outbox {
  /**
   * @param {import("../types.d.ts").Host} host @param {import("./box.js").Box} box
   * @param {() => void} changed it is called when something was told
   */
  constructor(host, box, changed = () => {}) {
    this.host = host;
    this.box = box;
    this.changed = changed;
    this.away = false;
    /** @type {Promise<void> | null} */
    this.round = null;
    /** @type {Set<string>} what is under way */
    this.sending = new Set();
    /** @type {Map<string, {ms: number, until: number}>} id -> its pause, by the page's own clock */
    this.pauses = new Map();
    /** @type {Map<string, Told>} what became of the answers that this page has put in */
    this.told = new Map();
    /** @type {Map<string, Entry>} those of them that are not saved yet */
    this.own = new Map();
  }

  /**
   * Puts an answer into the box.
   * @param {Answer} answer @param {Voices} voices
   * @returns {Promise<boolean>} whether it is safe on disk; otherwise it is kept while the page is open
   */
  put(answer, voices = {}) {
    const one = { id: answer.id, answer, voices };
    this.own.set(answer.id, one);
    return this.box.keep(WAITING, one);
  }

  /** Forgets what became of the answers of a visit. */
  forget() {
    this.own.clear();
    this.told.clear();
  }

  /** Lets all pauses end: what was refused may be taken now. */
  hurry() {
    this.pauses.clear();
  }

  /** Sends one answer now, whatever else is under way. @param {string} id */
  async send(id) {
    if (this.sending.has(id)) return;
    this.sending.add(id);
    try {
      await alone(`kiosk-answer-${id}`, () => this.#send(id));
      this.away = false;
    } catch (error) {
      // No reply may be the fault of this one alone: then the kiosk is there for the others.
      this.away = error instanceof Away && !(await this.host.isThere().catch(() => false));
      if (!this.away) this.#pause(id);
    } finally {
      this.sending.delete(id);
    }
  }

  /** Sends all that waits and is due, newest first. @returns {Promise<void>} */
  async sendAll() {
    this.round ??= this.#round().finally(() => (this.round = null));
    await this.round;
  }

  async #round() {
    await this.box.settle();
    const waiting = new Set([...(await this.box.ids(WAITING)), ...this.own.keys()]);
    const ids = [...waiting].sort().reverse().filter((id) => this.#isDue(id));
    if (ids.length && this.away) this.away = !(await this.host.isThere().catch(() => false));
    for (const id of ids) {
      if (this.away) return;
      await this.send(id);
    }
  }

  /** @param {string} id */
  #isDue(id) {
    return performance.now() >= (this.pauses.get(id)?.until ?? 0);
  }

  /** @param {string} id @param {number} [seconds] what the kiosk asked for */
  #pause(id, seconds = 0) {
    const ms = Math.min((this.pauses.get(id)?.ms ?? FIRST_PAUSE_MS / 2) * 2, LONGEST_PAUSE_MS);
    this.pauses.set(id, { ms, until: performance.now() + Math.max(ms, seconds * 1000) });
  }

  /** @param {string} id */
  async #send(id) {
    // Our own first: another window may have sent it, or the browser lost it, and the kiosk alone knows.
    let one = this.own.get(id) ?? (await this.box.get(WAITING, id));
    if (!one) return;
    let reply = await this.host.send(one.answer, one.voices);
    const voiceWaits = reply.refusedVoices.length > 0;
    if (voiceWaits) {
      one = await this.#setApart(one, reply.refusedVoices);
      reply = await this.host.send(one.answer, one.voices);
    }
    if (!reply.saved) {
      this.#pause(id, reply.seconds);
      if (reply.refused) this.#tell(id, { saved: false });
      return;
    }
    this.pauses.delete(id);
    this.#tell(id, { saved: true, cleaned: reply.cleaned, voiceWaits });
    this.own.delete(id);
    await this.box.drop(WAITING, id);
  }

  /**
   * Makes answers of their own of the voices that the kiosk refuses, so that the rest arrives: it
   * takes no voice for an answer that it has. Both are kept in one step.
   * @param {Entry} entry @param {string[]} questions @returns {Promise<Entry>} the rest
   */
  async #setApart({ id, answer, voices }, questions) {
    const rest = { id, answer, voices: { ...voices } };
    const apart = questions.map((question) => {
      const own = akin(id);
      delete rest.voices[question];
      return {
        id: own,
        answer: { ...answer, id: own, answers: {}, complete: false },
        voices: { [question]: voices[question] },
      };
    });
    await this.box.keep(WAITING, rest, apart);
    if (this.own.has(id)) this.own.set(id, rest);
    for (const one of apart) this.#pause(one.id);
    return rest;
  }

  /** @param {string} id @param {Partial<Told>} told */
  #tell(id, { saved = false, cleaned = false, voiceWaits = false }) {
    if (!this.own.has(id)) return;
    this.told.set(id, { saved, cleaned, voiceWaits });
    this.changed();
  }

  /** Takes over, once, what an earlier version left: each goes when it is safe in the box. */
  async takeOver() {
    /** @type {unknown[]} */
    let left;
    try {
      left = JSON.parse(localStorage.getItem(OLD_KEY) ?? "[]");
      if (!Array.isArray(left)) return;
    } catch {
      return; // no storage, or nothing that can be read: it stays as it is
    }
    const staying = [];
    for (const one of left) if (!(await this.#taken(one))) staying.push(one);
    if (staying.length) localStorage.setItem(OLD_KEY, JSON.stringify(staying));
    else localStorage.removeItem(OLD_KEY);
  }

  /** @param {unknown} one what an earlier version kept @returns {Promise<boolean>} whether it is safe */
  async #taken(one) {
    try {
      const { answer, voices } = /** @type {{answer: Answer, voices?: Record<string, string>}} */ (one);
      if (typeof answer.id !== "string") return false;
      const sounds = Object.entries(voices ?? {}).map(([question, url]) => [question, soundOf(url)]);
      return await this.box.keep(WAITING, { id: answer.id, answer, voices: Object.fromEntries(sounds) });
    } catch {
      return false;
    }
  }
}

/** @param {string} url data:audio/webm;codecs=opus;base64,... (our policy lets no request read it) */
function soundOf(url) {
  const [, type, bytes] = there(/^data:(.*);base64,(.*)$/s.exec(url));
  return new Blob([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], { type });
}

// What a visitor has confirmed and may still change. It waits in the browser's own store, and goes into
// the outbox once, when the visit leaves the survey: so the kiosk never gets two versions of an answer.
import { DRAFTS, WAITING } from "./box.js";
import { newId } from "./id.js";
import { alone, hold } from "./tabs.js";

const KEY = "kiosk-visit"; // in sessionStorage: it outlives a reload, and not the window
const RETURN_MS = 60_000; // whoever comes back later than this may be somebody else
const LOCK_MS = 1000; // until a page that is going has let go of its lock
const LEFT_MS = 15 * 60_000; // without locks: no visit leaves a draft alone for so long

/**
 * @typedef {import("../types.d.ts").Answer} Answer
 * @typedef {import("../types.d.ts").Draft} Draft
 * @typedef {import("../types.d.ts").Voices} Voices
 *
 * @typedef {{visit: string, language: string}} From whose draft it is
 * @typedef {{id: string, letGo: () => void, isStored: boolean}} Held
 *
 * @typedef {object} Noted what a reload finds
 * @property {string} visit
 * @property {string} survey
 * @property {string} page
 * @property {number} question
 * @property {string} draft its id in the store; "": nothing was confirmed
 * @property {number} seen when, by the clock of the computer
 */

/** @param {string} survey @param {string} page @returns {Draft} */
export function freshDraft(survey, page) {
  return { id: newId(), survey, page, answers: {}, voices: {}, question: 0, shown: null, isKept: false };
}

/** Whether anything was confirmed. @param {{answers: object, voices: object}} given */
export function isGiven({ answers, voices }) {
  return Object.keys(answers).length + Object.keys(voices).length > 0;
}

export class Drafts {
  /** @param {import("./box.js").Box} box @param {import("./outbox.js").Outbox} outbox */
  constructor(box, outbox) {
    this.box = box;
    this.outbox = outbox;
    this.key = `${KEY}${box.below}`;
    /**
     * The lock that tells other windows that a draft has its visitor. @type {Held | null}
     */
    this.held = null;
    /** @type {Map<string, Held>} what was taken back, and the store would not let go of */
    this.takenBack = new Map();
    /** @type {Promise<unknown>} */
    this.turn = Promise.resolve();
  }

  /**
   * Keeps a draft as it is now; one in which nothing is left is taken away.
   * @param {Draft} draft @param {From} from @returns {Promise<void>}
   */
  keep(draft, from) {
    const answers = { ...draft.answers };
    const voices = { ...draft.voices };
    draft.isKept = isGiven(draft);
    return this.#inTurn(async () => {
      if (!isGiven({ answers, voices })) return this.#takeAway(draft);
      const held = await this.#own(draft);
      const answer = { ...posted(draft, from), answers, complete: false };
      await this.box.keep(DRAFTS, { id: draft.id, answer, voices, at: Date.now() });
      held.isStored = true;
      return undefined;
    });
  }

  /**
   * The visit has left the survey, or has come to its end: the draft becomes an answer.
   * @param {Draft} draft @param {From} from
   * @param {object} how
   * @param {boolean} [how.complete] whether it was answered to its end
   * @param {(answer: Answer, voices: Voices) => Promise<boolean>} [how.put] keeps it for the way
   * @returns {Promise<{id: string, isKept: boolean}>} whether it is safe on disk
   */
  finish(draft, from, { complete = false, put = this.outbox.put.bind(this.outbox) }) {
    return this.#inTurn(async () => {
      await this.#own(draft);
      const answer = { ...posted(draft, from), answers: draft.answers, ...(complete ? {} : { complete }) };
      const isKept = await put(answer, draft.voices);
      this.#letGo();
      return { id: draft.id, isKept };
    });
  }

  /** Lets a draft go out as it is. Nobody stands here any more who is told of it. @param {Draft} draft @param {From} from */
  release(draft, from) {
    /** @param {Answer} answer @param {Voices} voices */
    const put = (answer, voices) => this.box.keep(WAITING, { id: answer.id, answer, voices });
    return this.finish(draft, from, { put }).then(({ id }) => this.outbox.send(id));
  }

  /** Lets go out what earlier lives of this page have left: power, a crash, a window that was closed. */
  async releaseLeft() {
    for (const id of await this.box.ids(DRAFTS)) {
      const takenBack = this.takenBack.get(id);
      if (takenBack) await this.#drop(takenBack);
      else if (id !== this.held?.id) await alone(lockOf(id), () => this.#releaseLeft(id)).catch(() => {});
    }
  }

  /** @param {string} id */
  async #releaseLeft(id) {
    const left = await this.box.get(DRAFTS, id);
    const age = Date.now() - (left?.at ?? NaN);
    if (!left || (!navigator.locks && age >= 0 && age < LEFT_MS)) return;
    await this.box.keep(WAITING, left);
    this.outbox.send(id);
  }

  // --- what a reload finds again ---

  /** Notes where a visit is. @param {Pick<import("../types.d.ts").Visit, "id" | "draft">} visit */
  note({ id, draft }) {
    try {
      if (!draft || (!draft.isKept && !draft.question)) return sessionStorage.removeItem(this.key);
      const { survey, page, question, isKept } = draft;
      /** @type {Noted} */
      const noted = { visit: id, survey, page, question, draft: isKept ? draft.id : "", seen: Date.now() };
      sessionStorage.setItem(this.key, JSON.stringify(noted));
    } catch {
      // This browser keeps nothing: a reload begins anew, and what was confirmed goes out.
    }
    return undefined;
  }

  /**
   * What the same visitor had when the page was reloaded, a moment ago.
   * @returns {Promise<{visit: string, draft: Draft} | null>}
   */
  async resume() {
    const noted = this.#noted();
    if (!noted || !isBack(noted.seen, Date.now())) return null;
    const draft = { ...freshDraft(noted.survey, noted.page), question: noted.question };
    if (noted.draft) {
      const letGo = await hold(lockOf(noted.draft), LOCK_MS); // a copy of this window may have it
      const left = letGo && (await this.box.get(DRAFTS, noted.draft).catch(() => null));
      if (!letGo || !left) {
        letGo?.();
        return null;
      }
      this.held = { id: left.id, letGo, isStored: true };
      Object.assign(draft, { id: left.id, answers: left.answer.answers, voices: left.voices, isKept: true });
    }
    return { visit: noted.visit, draft };
  }

  /** Whether there is anything to resume. */
  get isNoted() {
    return Boolean(this.#noted());
  }

  /** @returns {Noted | null} */
  #noted() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key) ?? "null");
    } catch {
      return null;
    }
  }

  /** Makes sure that a draft is ours alone. @param {Draft} draft @returns {Promise<Held>} */
  async #own(draft) {
    // Another window took it for left behind and has sent it: what comes now is an answer of its own.
    const isStored = this.held?.id === draft.id && this.held.isStored;
    if (isStored && !(await this.box.get(DRAFTS, draft.id).catch(() => true))) draft.id = newId();
    if (this.held?.id === draft.id) return this.held;
    this.#letGo();
    const letGo = (await hold(lockOf(draft.id), LOCK_MS)) ?? (() => {});
    return (this.held = { id: draft.id, letGo, isStored: false });
  }

  /** Nothing is left of a draft: nobody may send what stood in it. @param {Draft} draft */
  async #takeAway(draft) {
    const { held } = this;
    if (!held?.isStored) return this.#letGo();
    this.takenBack.set(held.id, held);
    this.held = null;
    await this.#drop(held);
    if (this.takenBack.has(draft.id)) draft.id = newId(); // what comes now is an answer of its own
    return undefined;
  }

  /** Until it is gone its lock stays, so that no other window sends it. @param {Held} held */
  async #drop({ id, letGo }) {
    try {
      await this.box.drop(DRAFTS, id);
    } catch {
      return; // the next time tries again
    }
    this.takenBack.delete(id);
    letGo();
  }

  #letGo() {
    this.held?.letGo();
    this.held = null;
  }

  /** One step after the other: a draft must not be kept again after it has gone. @template Done @param {() => Promise<Done>} work */
  #inTurn(work) {
    const done = this.turn.then(work);
    this.turn = done.catch(() => {});
    return done;
  }
}

/** Whether whoever was seen at one time is still the same person at another. @param {number} seen @param {number} now */
export function isBack(seen, now) {
  const away = now - seen;
  return away >= 0 && away < RETURN_MS;
}

/** @param {string} id */
function lockOf(id) {
  return `kiosk-draft-${id}`;
}

/** What an answer says of itself, apart from what was answered. @param {Draft} draft @param {From} from */
function posted({ id, survey, page }, { visit, language }) {
  return { id, survey, page, language, visit };
}

// What a visitor has confirmed and may still change. It waits in the browser's own store, and goes into
// the outbox once, when the visit leaves the survey: so the kiosk never gets two versions of an answer.
import { DRAFTS, WAITING } from "./box.js";
import { newId } from "./outbox.js";
import { alone, hold } from "./tabs.js";

const KEY = "kiosk-visit"; // in sessionStorage: it outlives a reload, and not the window
const RETURN_MS = 60_000; // whoever comes back later than this may be somebody else
const LOCK_MS = 1000; // until a page that is going has let go of its lock
const LEFT_MS = 15 * 60_000; // without locks: no visit leaves a draft alone for so long

/**
 * @typedef {object} Draft
 * @property {string} id of the answer that it becomes
 * @property {string} survey
 * @property {string} page where the visitor came from
 * @property {Record<string, unknown>} answers confirmed ones, by question
 * @property {Record<string, Blob>} voices confirmed ones, by question
 * @property {number} question the one that is asked, from 0
 * @property {{answers: object, voices: object} | null} shown what stood on the screen, confirmed or not, when
 *   somebody left it for a while; it is kept in this page alone
 * @property {boolean} isKept it is in the store, or on its way there
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
    /**
     * The lock that tells other windows that a draft has its visitor.
     * @type {{id: string, letGo: () => void, isStored: boolean} | null}
     */
    this.held = null;
    this.turn = Promise.resolve();
  }

  /**
   * Keeps a draft as it is now; one in which nothing is left is taken away.
   * @param {Draft} draft @param {{visit: string, language: string}} from
   */
  keep(draft, from) {
    const answers = { ...draft.answers };
    const voices = { ...draft.voices };
    draft.isKept = isGiven(draft);
    return this.#inTurn(async () => {
      if (!isGiven({ answers, voices })) {
        if (this.held?.isStored) await this.box.drop(DRAFTS, draft.id);
        return this.#letGo();
      }
      await this.#own(draft);
      const answer = { ...posted(draft, from), answers, complete: false };
      await this.box.keep(DRAFTS, { id: draft.id, answer, voices, at: Date.now() });
      this.held.isStored = true;
    });
  }

  /**
   * The visit has left the survey, or has come to its end: the draft becomes an answer.
   * @param {Draft} draft @param {{visit: string, language: string}} from
   * @returns {Promise<{id: string, isKept: boolean}>} whether it is safe on disk
   */
  finish(draft, from, { complete = false, put = (answer, voices) => this.outbox.put(answer, voices) } = {}) {
    return this.#inTurn(async () => {
      await this.#own(draft);
      const answer = { ...posted(draft, from), answers: draft.answers, ...(complete ? {} : { complete }) };
      const isKept = await put(answer, draft.voices);
      this.#letGo();
      return { id: draft.id, isKept };
    });
  }

  /** Lets a draft go out as it is. Nobody stands here any more who is told of it. */
  release(draft, from) {
    const put = (answer, voices) => this.box.keep(WAITING, { id: answer.id, answer, voices });
    return this.finish(draft, from, { put }).then(({ id }) => this.outbox.send(id));
  }

  /** Lets go out what earlier lives of this page have left: power, a crash, a window that was closed. */
  async releaseLeft() {
    for (const id of await this.box.ids(DRAFTS))
      if (id !== this.held?.id) await alone(lockOf(id), () => this.#releaseLeft(id)).catch(() => {});
  }

  async #releaseLeft(id) {
    const left = await this.box.get(DRAFTS, id);
    const age = Date.now() - left?.at;
    if (!left || (!navigator.locks && age >= 0 && age < LEFT_MS)) return;
    await this.box.keep(WAITING, left);
    this.outbox.send(id);
  }

  // --- what a reload finds again ---

  /** Notes where a visit is. @param {import("../page/visit.js").Visit} visit */
  note({ id, draft }) {
    try {
      if (!draft?.isKept && !draft?.question) return sessionStorage.removeItem(KEY);
      const { survey, page, question, isKept } = draft;
      const noted = { visit: id, survey, page, question, draft: isKept ? draft.id : "", seen: Date.now() };
      sessionStorage.setItem(KEY, JSON.stringify(noted));
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
    const away = Date.now() - noted?.seen;
    if (!(away >= 0 && away < RETURN_MS)) return null;
    const draft = { ...freshDraft(noted.survey, noted.page), question: noted.question };
    if (noted.draft) {
      const letGo = await hold(lockOf(noted.draft), LOCK_MS); // a copy of this window may have it
      const left = letGo && (await this.box.get(DRAFTS, noted.draft).catch(() => null));
      if (!left) {
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

  #noted() {
    try {
      return JSON.parse(sessionStorage.getItem(KEY));
    } catch {
      return null;
    }
  }

  /** Makes sure that a draft is ours alone. @param {Draft} draft */
  async #own(draft) {
    // Another window took it for left behind and has sent it: what comes now is an answer of its own.
    const isStored = this.held?.id === draft.id && this.held.isStored;
    if (isStored && !(await this.box.get(DRAFTS, draft.id).catch(() => true))) draft.id = newId();
    if (this.held?.id === draft.id) return;
    this.#letGo();
    const letGo = (await hold(lockOf(draft.id), LOCK_MS)) ?? (() => {});
    this.held = { id: draft.id, letGo, isStored: false };
  }

  #letGo() {
    this.held?.letGo();
    this.held = null;
  }

  /** One step after the other: a draft must not be kept again after it has gone. */
  #inTurn(work) {
    const done = this.turn.then(work);
    this.turn = done.catch(() => {});
    return done;
  }
}

function lockOf(id) {
  return `kiosk-draft-${id}`;
}

/** What an answer says of itself, apart from what was answered. */
function posted({ id, survey, page }, { visit, language }) {
  return { id, survey, page, language, visit };
}

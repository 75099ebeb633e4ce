// A survey on the screen: one question at a time, nothing chosen beforehand, every one can be left out.
import { all, first, one, there } from "../dom.js";
import { freshDraft, isGiven } from "./drafts.js";
import { controlOf, nameOf, said } from "./controls.js";
import { Recorder } from "./recorder.js";
import { outcome, showFace, showResult } from "./thanks.js";
import { lit } from "../voice/speaker.js";

/**
 * @typedef {import("../types.d.ts").Part} Part
 */

const SAY_MS = 4000; // how long somebody waits for "saved" before they hear "not saved yet"
const STOP_MS = 1500; // how long they wait for the end of a recording
const KEEP_MS = 500; // how long they wait until what was not said by one touch is safe

export class SurveyFlow {
  /**
   * @param {object} on
   * @param {import("../types.d.ts").Now} on.now
   * @param {import("./drafts.js").Drafts} on.drafts
   * @param {import("./outbox.js").Outbox} on.outbox
   * @param {import("../voice/speaker.js").Speaker} on.speaker
   * @param {import("../voice/message.js").Message} on.message
   * @param {(focus: boolean) => void} on.settle brings all around a new question in step with it
   */
  constructor({ now, drafts, outbox, speaker, message, settle }) {
    this.now = now;
    this.drafts = drafts;
    this.outbox = outbox;
    this.speaker = speaker;
    this.message = message;
    this.settle = settle;
    this.recorder = new Recorder(speaker, message);
    /** @type {{id: string, isKept: boolean, word: string} | null} this visitor's answer that is not saved yet */
    this.sent = null;
    /** @type {Promise<void> | null} what a press has begun and is not done yet */
    this.turn = null;
  }

  get #questions() {
    return all(this.now.main, ".question");
  }

  /** All but the thank-you. */
  get #asked() {
    return this.#questions.filter((one) => one.dataset.question);
  }

  get #here() {
    return this.#questions[this.now.visit.question];
  }

  /** How many questions the open survey has; the thank-you screen comes after them. */
  get count() {
    return this.now.site.pages[this.now.page].questions ?? 0;
  }

  get canGoOn() {
    return this.now.visit.question + 1 < this.count;
  }

  /** Whether the thank-you screen is shown. */
  get isOver() {
    return this.now.visit.question >= this.count;
  }

  get canGoBack() {
    const { question } = this.now.visit;
    return question > 0 && question < this.count;
  }

  /** Whether a person's voice is being recorded. */
  get isRecording() {
    return Boolean(this.recorder.running);
  }

  /** Lets go of all that a visitor gave. */
  forget() {
    this.recorder.forget();
    this.sent = null;
  }

  /** Ends what is being recorded, and leaves nothing of it on the screen. */
  leave() {
    this.recorder.forget();
  }

  /** Makes the first question ready, or goes on where somebody left the survey for a while. */
  begin() {
    const { visit, page } = this.now;
    const { draft } = visit;
    this.recorder.forget();
    if (draft?.survey !== page) {
      this.release();
      visit.draft = freshDraft(page, visit.came);
      return this.#ready();
    }
    const { answers, voices } = draft.shown ?? draft;
    draft.shown = null;
    this.recorder.restore(voices);
    for (const one of this.#asked) {
      const given = answers[nameOf(one)];
      if (given) controlOf(one).give(one, given);
    }
    return this.ask(Math.min(draft.question, this.count - 1));
  }

  /** Keeps all that stands here, confirmed or not, for when somebody comes back to the survey. */
  async keep() {
    const { visit } = this.now;
    const { draft } = visit;
    if (!draft) return;
    if (this.isRecording) await within(this.recorder.stop(), STOP_MS);
    /** @type {import("../types.d.ts").Answers} */
    const answers = {};
    for (const one of this.#asked) {
      const given = controlOf(one).given(one);
      if (given) answers[nameOf(one)] = given;
    }
    draft.shown = { answers, voices: { ...this.recorder.voices } };
    if (!isGiven(draft) && !isGiven(draft.shown) && !draft.question && visit.draft === draft) visit.draft = null;
    this.drafts.note(visit);
  }

  /** The visit leaves the survey: what was confirmed is an answer, and what was only touched is gone. */
  release() {
    const { visit } = this.now;
    const { draft } = visit;
    if (!draft) return;
    visit.draft = null;
    this.drafts.note(visit);
    if (isGiven(draft) && !this.#isOnlyShown(draft)) this.drafts.release(draft, this.#from);
  }

  /** Shows a question, or at the end the thank-you screen. @param {number} place */
  ask(place) {
    this.recorder.stop();
    this.speaker.stop();
    this.message.hide();
    const { visit } = this.now;
    visit.question = place;
    if (visit.draft) visit.draft.question = place;
    this.drafts.note(visit);
    this.#questions.forEach((one, at) => (one.hidden = at !== place));
    one(this.#here, ".rows").scrollTop = 0;
    this.#ready();
    this.settle(true);
  }

  /** @returns {Promise<unknown>} */
  skip() {
    return this.#inTurn(async (here) => {
      if (this.isRecording) await this.recorder.stop();
      controlOf(here).clear(here);
      this.recorder.remove(here);
      this.#confirm(here);
      await this.#step();
    });
  }

  /** @returns {Promise<unknown>} */
  send() {
    return this.#inTurn(async (here) => {
      if (this.isRecording) return this.recorder.stop();
      if (controlOf(here).given(here) || this.recorder.voiceOf(here)) {
        this.#confirm(here);
        return this.#step();
      }
      // What was confirmed before stays, until somebody presses Skip. Nobody has to hear this to its end.
      this.speaker.announce(there(here.dataset.please));
      return undefined;
    });
  }

  /**
   * Somebody has pressed an answer to the first question before they came here: it counts as
   * confirmed, and can be changed. @param {string} choice
   */
  beginWith(choice) {
    const [here] = this.#asked;
    if (this.now.visit.question) this.ask(0);
    controlOf(here).clear(here);
    controlOf(here).give(here, choice);
    this.#confirm(here);
    this.#keepDraft();
    if (!this.now.visit.eyesFree) this.#told([{ word: "chosen_now" }, said(one(here, `[data-choice="${choice}"]`))]);
  }

  /** Opens the receipt in the place of its button, and says it. */
  receipt() {
    const thanks = there(this.#questions.at(-1));
    const receipt = one(thanks, ".receipt");
    one(thanks, ".later").hidden = true;
    receipt.hidden = false;
    receipt.focus();
    return this.#told(all(receipt, "[data-say]").map(lit));
  }

  /** Goes to the question before. */
  back() {
    this.ask(this.now.visit.question - 1);
  }

  /**
   * One press after the other: the next waits until all is done that the one before has begun, and
   * meets what is shown then. Where nothing is under way it acts at once.
   * @param {(here: HTMLElement) => Promise<unknown>} work
   */
  #inTurn(work) {
    const { visit, page } = this.now;
    const begin = () => {
      const isHere = this.now.visit === visit && this.now.page === page && visit.question < this.count;
      return isHere ? work(this.#here) : undefined;
    };
    const done = this.turn ? this.turn.then(begin) : Promise.resolve(begin());
    /** @type {Promise<void>} */
    const turn = done.catch(reportError).then(() => {
      if (this.turn === turn) this.turn = null;
    });
    this.turn = turn;
    return done;
  }

  /** Whether nothing takes answers here. @param {import("../types.d.ts").Draft} draft */
  #isOnlyShown({ survey }) {
    return Boolean(this.now.site.pages[survey]?.only_shown);
  }

  /** Whose draft it is. */
  get #from() {
    return { visit: this.now.visit.id, language: this.now.site.language };
  }

  /** Makes what stands here the visitor's answer. @param {HTMLElement} here */
  #confirm(here) {
    const { answers, voices } = there(this.now.visit.draft);
    set(answers, nameOf(here), controlOf(here).given(here));
    set(voices, nameOf(here), this.recorder.voiceOf(here));
  }

  /** Keeps what was confirmed so far, for whatever may happen. */
  async #keepDraft() {
    const { visit } = this.now;
    const draft = there(visit.draft);
    if (this.#isOnlyShown(draft)) return;
    await this.drafts.keep(draft, this.#from).catch(reportError);
    this.drafts.note(visit);
  }

  /** What a control may ask of us. @returns {import("./controls.js").Around} */
  get #around() {
    return {
      isEyesFree: this.now.visit.eyesFree,
      canGoOn: this.canGoOn,
      announce: (word) => this.speaker.announce(word),
      say: (parts) => this.speaker.say(parts),
      tell: (parts) => this.#told(parts),
      settle: () => this.settle(false),
      recorder: this.recorder,
    };
  }

  /** @param {HTMLElement} button of what the question is answered with */
  press(button) {
    return controlOf(this.#here).press(this.#here, button, this.#around);
  }

  readBack() {
    const words = controlOf(this.#here).given(this.#here);
    if (words) this.speaker.own(typeof words === "string" ? words : Object(words).words);
    else this.speaker.announce("no_words");
  }

  record() {
    return this.recorder.start(this.#here);
  }

  /** Ends what is being recorded. */
  stop() {
    return this.recorder.stop();
  }

  hear() {
    return this.recorder.hear(this.#here);
  }

  drop() {
    const { draft } = this.now.visit;
    const question = nameOf(this.#here);
    // "Your voice is gone" must be true, also of one that was confirmed before.
    if (draft && question in draft.voices) {
      delete draft.voices[question];
      this.#keepDraft();
    }
    return this.recorder.drop(this.#here);
  }

  /** Something was told of an answer that waited: whoever still stands here hears it. */
  arrived() {
    if (!this.sent) return;
    const { id, isKept } = this.sent;
    const told = this.outbox.told.get(id);
    const word = outcome(told, isKept);
    if (word === this.sent.word) return;
    this.sent = told?.saved ? null : { id, isKept, word };
    if (first(this.now.main, ".thanks:not([hidden])")) this.speaker.say(this.#result({ id, word }));
  }

  #ready() {
    const here = this.#here;
    if (here.dataset.question) controlOf(here).ready(here, this.#around);
  }

  /** @param {Part[]} parts */
  #told(parts) {
    this.message.hide();
    return this.speaker.say(parts);
  }

  async #step() {
    if (!this.canGoOn) return this.#finish();
    const { visit, page } = this.now;
    const { draft, question } = visit;
    if (draft && (draft.isKept || isGiven(draft))) {
      const kept = this.#keepDraft();
      // One touch is soon made again. A voice and words are not: the next question comes when they are safe.
      if (this.#here.dataset.control !== "choices") await within(kept, KEEP_MS);
      const isHere = this.now.visit === visit && this.now.page === page && visit.question === question;
      if (!isHere) return undefined; // somebody has gone on meanwhile
    }
    return this.ask(question + 1);
  }

  async #finish() {
    const { visit, page } = this.now;
    const draft = there(visit.draft);
    visit.draft = null;
    this.drafts.note(visit);
    /** @type {SurveyFlow["sent"]} */
    let sent = null;
    const isOnlyShown = this.#isOnlyShown(draft);
    if (isGiven(draft) && !isOnlyShown) {
      const { id, isKept } = await this.drafts.finish(draft, this.#from, { complete: true });
      await within(this.outbox.send(id), SAY_MS);
      sent = { id, isKept, word: outcome(this.outbox.told.get(id), isKept) };
    }
    this.recorder.forget();
    if (this.now.visit !== visit || this.now.page !== page) return; // somebody has gone on meanwhile
    this.sent = sent && this.outbox.told.get(sent.id)?.saved ? null : sent;
    const result = this.#result(sent, isOnlyShown ? "no_answers" : "nothing_sent");
    showFace(there(this.#questions.at(-1)), this.#asked, draft.answers);
    this.ask(this.count);
    this.speaker.say(result);
  }

  /**
   * Shows what became of the answer.
   * @param {{id: string, word: string} | null} sent null: there was none @param {string} [none] is told then
   */
  #result(sent, none = "nothing_sent") {
    const thanks = there(this.#questions.at(-1));
    const answer = sent && { id: sent.id, told: this.outbox.told.get(sent.id) };
    return showResult(thanks, this.now.site, sent?.word ?? none, answer);
  }
}

/** Waits for something, but not for ever. @param {Promise<unknown>} done @param {number} ms */
function within(done, ms) {
  return Promise.race([done, new Promise((late) => setTimeout(late, ms))]);
}

/**
 * Notes a value, or that there is none. @template Value
 * @param {Record<string, Value>} of @param {string} name @param {Value | undefined} value
 */
function set(of, name, value) {
  if (value) of[name] = value;
  else delete of[name];
}

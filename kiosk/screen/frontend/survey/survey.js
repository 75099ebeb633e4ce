// A survey on the screen: one question at a time, nothing chosen beforehand, every one can be left out.
import { freshDraft, isGiven } from "./drafts.js";
import * as mat from "./mat.js";
import { showReceipt } from "./receipt.js";
import { Recorder } from "./recorder.js";

/** What is said when somebody wants to go on and has not answered, by kind of question. */
const PLEASE = { words: "write", voice: "talk", scale: "put_where" };

/** The heading of the thank-you, where it is not the survey's own. */
const HEADINGS = {
  waiting: "waiting_title",
  waiting_open: "waiting_title",
  refused: "waiting_title",
  nothing_sent: "nothing_title",
};
const SAY_MS = 4000; // how long somebody waits for "saved" before they hear "not saved yet"
const STOP_MS = 1500; // how long they wait for the end of a recording

export class SurveyFlow {
  /** @param {import("../page/screen.js").Kiosk} kiosk */
  constructor(kiosk) {
    this.kiosk = kiosk;
    this.recorder = new Recorder(kiosk);
    /** @type {{id: string, isKept: boolean, word: string} | null} this visitor's answer that is not saved yet */
    this.sent = null;
    /** @type {Promise<void> | null} what a press has begun and is not done yet */
    this.turn = null;
  }

  get #questions() {
    return [...this.kiosk.main.querySelectorAll(".question")];
  }

  get #here() {
    return this.#questions[this.kiosk.visit.question];
  }

  /** How many questions the open survey has; the thank-you screen comes after them. */
  get count() {
    return this.kiosk.site.pages[this.kiosk.page].questions;
  }

  get canGoOn() {
    return this.kiosk.visit.question + 1 < this.count;
  }

  get canGoBack() {
    const { question } = this.kiosk.visit;
    return question > 0 && question < this.count;
  }

  /** Lets go of all that a visitor gave. */
  forget() {
    this.recorder.forget();
    this.sent = null;
  }

  /** Makes the first question ready, or goes on where somebody left the survey for a while. */
  begin() {
    const { visit, page } = this.kiosk;
    const { draft } = visit;
    this.recorder.forget();
    if (draft?.survey !== page) {
      this.release();
      visit.draft = freshDraft(page, visit.came);
      return this.#ready();
    }
    const { answers, voices } = draft.shown ?? draft;
    draft.shown = null;
    this.recorder.voices = { ...voices };
    for (const one of this.#questions) give(one, answers[one.dataset.question]);
    return this.ask(Math.min(draft.question, this.count - 1));
  }

  /** Keeps all that stands here, confirmed or not, for when somebody comes back to the survey. */
  async keep() {
    const { visit } = this.kiosk;
    const { draft } = visit;
    if (!draft) return;
    if (this.recorder.running) await within(this.recorder.stop(), STOP_MS);
    const answers = {};
    for (const one of this.#questions) {
      const given = one.dataset.question && this.#given(one);
      if (given) answers[one.dataset.question] = given;
    }
    draft.shown = { answers, voices: { ...this.recorder.voices } };
    if (!isGiven(draft) && !isGiven(draft.shown) && !draft.question && visit.draft === draft) visit.draft = null;
    this.kiosk.drafts.note(visit);
  }

  /** The visit leaves the survey: what was confirmed is an answer, and what was only touched is gone. */
  release() {
    const { visit, drafts, site } = this.kiosk;
    const { draft } = visit;
    if (!draft) return;
    visit.draft = null;
    drafts.note(visit);
    if (isGiven(draft)) drafts.release(draft, { visit: visit.id, language: site.language });
  }

  /** Shows a question, or at the end the thank-you screen. @param {number} place */
  ask(place) {
    this.recorder.stop();
    this.kiosk.speaker.stop();
    this.kiosk.hide();
    const { visit } = this.kiosk;
    visit.question = place;
    if (visit.draft) visit.draft.question = place;
    this.kiosk.drafts.note(visit);
    this.#questions.forEach((one, at) => (one.hidden = at !== place));
    this.#ready();
    this.kiosk.settle(true);
  }

  /** @returns {Promise<void>} */
  skip() {
    return this.#inTurn(async (here) => {
      if (this.recorder.running) await this.recorder.stop();
      for (const one of here.querySelectorAll("[data-choice]")) one.ariaPressed = "false";
      const words = here.querySelector("textarea");
      if (words) words.value = "";
      if (here.dataset.kind === "scale") mat.clear(here);
      delete this.recorder.voices[here.dataset.question];
      this.#confirm(here);
      await this.#step();
    });
  }

  /** @returns {Promise<void>} */
  send() {
    return this.#inTurn(async (here) => {
      if (this.recorder.running) return this.recorder.stop();
      if (this.#given(here) || this.recorder.voices[here.dataset.question]) {
        this.#confirm(here);
        return this.#step();
      }
      // What was confirmed before stays, until somebody presses Skip. Nobody has to hear this to its end.
      this.kiosk.announce(PLEASE[here.dataset.kind] ?? "choose");
      return undefined;
    });
  }

  /** Goes on, whether or not there is an answer. @returns {Promise<void>} */
  next() {
    return this.#inTurn(async (here) => {
      if (this.recorder.running) await this.recorder.stop();
      this.#confirm(here);
      if (this.canGoOn) await this.#step();
    });
  }

  /**
   * One press after the other: the next waits until all is done that the one before has begun, and
   * meets what is shown then. Where nothing is under way it acts at once.
   * @param {(here: HTMLElement) => Promise<void>} work
   */
  #inTurn(work) {
    const { visit, page } = this.kiosk;
    const begin = () => {
      const isHere = this.kiosk.visit === visit && this.kiosk.page === page && visit.question < this.count;
      return isHere ? work(this.#here) : undefined;
    };
    const done = this.turn ? this.turn.then(begin) : Promise.resolve(begin());
    const turn = done.catch(() => {}).then(() => {
      if (this.turn === turn) this.turn = null;
    });
    this.turn = turn;
    return done;
  }

  /** Makes what stands here the visitor's answer. @param {HTMLElement} here */
  #confirm(here) {
    const { answers, voices } = this.kiosk.visit.draft;
    const { question } = here.dataset;
    set(answers, question, this.#given(here));
    set(voices, question, this.recorder.voices[question]);
  }

  /** Keeps what was confirmed so far, for whatever may happen; nobody has to wait for it. */
  #keepDraft() {
    const { visit, site, drafts } = this.kiosk;
    drafts.keep(visit.draft, { visit: visit.id, language: site.language }).then(() => drafts.note(visit));
  }

  #given(here) {
    const { kind, most } = here.dataset;
    if (kind === "words") return here.querySelector("textarea").value.trim();
    if (kind === "scale") return Object.keys(mat.placed(here)).length ? mat.placed(here) : "";
    const chosen = [...here.querySelectorAll("[data-choice][aria-pressed=true]")].map((one) => one.dataset.choice);
    if (!chosen.length) return "";
    return Number(most) > 1 ? chosen : chosen[0];
  }

  /** @param {HTMLElement} button a face or picture */
  choose(button) {
    const most = Number(this.#here.dataset.most);
    const was = button.ariaPressed === "true";
    const all = [...this.#here.querySelectorAll("[data-choice]")];
    if (most === 1) for (const one of all) one.ariaPressed = String(one === button);
    else if (was) button.ariaPressed = "false";
    else if (all.filter((one) => one.ariaPressed === "true").length >= most) return this.kiosk.announce("enough");
    else button.ariaPressed = "true";
    const after = this.kiosk.visit.eyesFree ? [{ word: this.canGoOn ? "then_next" : "then_send" }] : [];
    return this.#told([{ word: most > 1 && was ? "chosen_not" : "chosen_now" }, said(button), ...after]);
  }

  /** Takes a picture of the mat in hand. @param {HTMLElement} item */
  pick(item) {
    mat.pick(this.#here, item);
    return this.#told([{ word: "picked" }, said(item)]);
  }

  /** Puts the picture in hand under a place. @param {HTMLElement} place */
  put(place) {
    const here = this.#here;
    const item = mat.put(here, place.dataset.put);
    if (!item) return this.kiosk.announce("all_put");
    const next = mat.inHand(here);
    const after = next ? [{ word: "next_picture" }, said(next)] : [{ word: "all_put" }];
    return this.#told([said(item), { word: "put_here" }, said(place), ...after]);
  }

  /** @param {HTMLElement} button of our keyboard */
  letter(button) {
    const own = this.#here.querySelector("textarea");
    const { letter } = button.dataset;
    own.value = letter === "undo" ? [...own.value].slice(0, -1).join("") : own.value + letter;
    own.scrollTop = own.scrollHeight;
    // A person who does not see it must know that it is done; which letter stays private.
    if (this.kiosk.visit.eyesFree) this.kiosk.speaker.say([{ word: letter === "undo" ? "taken_away" : "written" }]);
  }

  readBack() {
    const words = this.#here.querySelector("textarea").value.trim();
    if (words) this.kiosk.speaker.own(words);
    else this.kiosk.announce("no_words");
  }

  record() {
    return this.recorder.start(this.#here);
  }

  hear() {
    return this.recorder.hear(this.#here);
  }

  drop() {
    const { draft } = this.kiosk.visit;
    const { question } = this.#here.dataset;
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
    const word = this.#outcome(id, isKept);
    if (word === this.sent.word) return;
    this.sent = this.kiosk.outbox.told.get(id)?.saved ? null : { id, isKept, word };
    if (this.kiosk.main.querySelector(".thanks:not([hidden])")) this.kiosk.speaker.say(this.#result(word, id));
  }

  /** What became of an answer, in a word of the interface. @param {boolean} isKept safe on this disk */
  #outcome(id, isKept) {
    const told = this.kiosk.outbox.told.get(id);
    if (told?.saved) return told.voiceWaits ? "sent_no_voice" : "sent";
    if (told) return "refused";
    return isKept ? "waiting" : "waiting_open";
  }

  #ready() {
    const here = this.#here;
    if (here.dataset.kind === "scale") mat.begin(here);
    if (here.dataset.kind === "voice") {
      const has = this.recorder.voices[here.dataset.question];
      this.recorder.show(here, ...(has ? ["hear", "drop"] : ["record"]));
    }
  }

  #told(parts) {
    this.kiosk.hide();
    return this.kiosk.speaker.say(parts);
  }

  #step() {
    if (!this.canGoOn) return this.#finish();
    const { draft, question } = this.kiosk.visit;
    if (draft.isKept || isGiven(draft)) this.#keepDraft();
    return this.ask(question + 1);
  }

  async #finish() {
    const { kiosk } = this;
    const { visit, page, site, outbox, drafts } = kiosk;
    const { draft } = visit;
    visit.draft = null;
    drafts.note(visit);
    let sent = null;
    if (isGiven(draft)) {
      const { id, isKept } = await drafts.finish(draft, { visit: visit.id, language: site.language }, { complete: true });
      await within(outbox.send(id), SAY_MS);
      sent = { id, isKept, word: this.#outcome(id, isKept) };
    }
    this.recorder.forget();
    if (kiosk.visit !== visit || kiosk.page !== page) return; // somebody has gone on meanwhile
    this.sent = sent && outbox.told.get(sent.id)?.saved ? null : sent;
    const result = this.#result(sent?.word ?? "nothing_sent", sent?.id);
    this.ask(this.count);
    kiosk.speaker.say(result);
  }

  /** Shows what became of the answer. @returns {import("../voice/speaker.js").Part[]} how it is said */
  #result(word, id) {
    const { site, outbox } = this.kiosk;
    const thanks = this.#questions.at(-1);
    const told = outbox.told.get(id);
    write(thanks.querySelector("h1 .sentence"), HEADINGS[word], site);
    write(thanks.querySelector(".result span"), word, site);
    thanks.querySelector(".cleaned").hidden = !told?.cleaned;
    if (told?.saved) showReceipt(thanks.querySelector(".receipt"), id);
    return [...thanks.querySelectorAll("h1, .result, .cleaned, .receipt")]
      .filter((one) => !one.hidden)
      .flatMap((one) => [...one.querySelectorAll("[data-say]")])
      .map((one) => ({ page: Number(one.dataset.say), lit: true }));
  }
}

/** Waits for something, but not for ever. @param {Promise<unknown>} done */
function within(done, ms) {
  return Promise.race([done, new Promise((late) => setTimeout(late, ms))]);
}

/** Notes a value, or that there is none. @param {Record<string, unknown>} of */
function set(of, name, value) {
  if (value) of[name] = value;
  else delete of[name];
}

/**
 * Puts a word of the interface where another text stood, and what is said with it; without a word, the text
 * that the page itself has there. @param {HTMLElement} sentence @param {string} [word]
 */
function write(sentence, word, { words, around }) {
  const { dataset } = sentence;
  dataset.own ??= sentence.textContent;
  sentence.textContent = word ? words[word] : dataset.own;
  dataset.say = sentence.getAttribute(`data-${(word ?? "own_say").replaceAll("_", "-")}`);
  if (word) Object.assign(sentence, around);
  else for (const one of Object.keys(around)) sentence.removeAttribute(one);
}

/** Shows what was given before; the survey may have been changed since. @param {HTMLElement} question */
function give(question, given) {
  if (!given) return;
  const { kind } = question.dataset;
  if (kind === "words") question.querySelector("textarea").value = given;
  else if (kind === "scale")
    for (const [item, place] of Object.entries(given)) {
      mat.pick(question, question.querySelector(`[data-item="${item}"]`));
      if (question.querySelector(`[data-placed="${place}"]`)) mat.put(question, place);
    }
  else for (const one of [given].flat()) question.querySelector(`[data-choice="${one}"]`)?.setAttribute("aria-pressed", "true");
}

/** @param {HTMLElement} button @returns {import("../voice/speaker.js").Part} */
function said(button) {
  return { page: Number(button.querySelector("[data-say]").dataset.say), lit: true };
}

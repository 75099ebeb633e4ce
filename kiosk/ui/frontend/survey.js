// A survey on the screen: one question at a time, nothing chosen beforehand, every one can be left out.
import * as mat from "./mat.js";
import { newId } from "./outbox.js";
import { showReceipt } from "./receipt.js";
import { Recorder } from "./recorder.js";

/** What is said when somebody presses Send and has not answered, by kind of question. */
const PLEASE = { words: "write", voice: "talk", scale: "put_where" };

export class SurveyFlow {
  /** @param {import("./screen.js").Kiosk} kiosk */
  constructor(kiosk) {
    this.kiosk = kiosk;
    this.recorder = new Recorder(kiosk);
    this.sent = null; // the id of this visitor's answer that is not saved yet
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

  /** Makes the first question ready, or the one that somebody left to choose a language. */
  begin() {
    const { visit, page } = this.kiosk;
    const { kept } = visit;
    visit.kept = null;
    this.recorder.forget();
    if (kept?.page !== page) return this.#ready();
    visit.answers = kept.answers;
    this.recorder.voices = kept.voices;
    for (const one of this.#questions) give(one, visit.answers[one.dataset.question]);
    return this.ask(kept.question);
  }

  /** Keeps what was given so far, for when somebody comes back in another language. */
  keep() {
    const { visit, page, site } = this.kiosk;
    if (!(visit.question < site.pages[page].questions)) return;
    this.take();
    const { question, answers } = visit;
    visit.kept = { page, question, answers, voices: { ...this.recorder.voices } };
  }

  /** Shows a question, or at the end the thank-you screen. @param {number} place */
  ask(place) {
    this.recorder.stop();
    this.kiosk.speaker.stop();
    this.kiosk.hide();
    this.kiosk.visit.question = place;
    this.#questions.forEach((one, at) => (one.hidden = at !== place));
    this.#ready();
    this.kiosk.settle(true);
  }

  skip() {
    const here = this.#here;
    delete this.kiosk.visit.answers[here.dataset.question];
    for (const one of here.querySelectorAll("[data-choice]")) one.ariaPressed = "false";
    const words = here.querySelector("textarea");
    if (words) words.value = "";
    if (here.dataset.kind === "scale") mat.clear(here);
    this.recorder.stop();
    delete this.recorder.voices[here.dataset.question];
    this.#step();
  }

  send() {
    if (this.recorder.running) this.recorder.stop();
    else if (this.take()) this.#step();
    else this.kiosk.announce(PLEASE[this.#here.dataset.kind] ?? "choose");
  }

  /** Notes what is given here. @returns {boolean} whether there was anything */
  take() {
    const given = this.#given(this.#here);
    const { answers } = this.kiosk.visit;
    if (given) answers[this.#here.dataset.question] = given;
    else delete answers[this.#here.dataset.question];
    return Boolean(given) || Boolean(this.recorder.voices[this.#here.dataset.question]);
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
    const after = this.kiosk.visit.eyesFree ? [{ word: "then_send" }] : [];
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
    return this.recorder.drop(this.#here);
  }

  /** What waited was saved meanwhile: whoever still stands here is told. */
  arrived() {
    const told = this.sent && this.kiosk.outbox.told.get(this.sent);
    if (!told) return;
    const id = this.sent;
    this.sent = null;
    if (this.kiosk.main.querySelector(".thanks:not([hidden])")) this.kiosk.speaker.say(this.#result("sent", id, told));
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
    if (this.canGoOn) this.ask(this.kiosk.visit.question + 1);
    else this.#finish();
  }

  async #finish() {
    const { kiosk } = this;
    const { visit, page, site, outbox } = kiosk;
    const voices = { ...this.recorder.voices };
    const answers = { ...visit.answers };
    let result = "nothing_sent";
    const id = newId();
    if (Object.keys(answers).length || Object.keys(voices).length) {
      outbox.put({ id, survey: page, page: visit.came, language: site.language, visit: visit.id, answers }, voices);
      visit.answers = {};
      this.recorder.forget();
      await outbox.sendAll();
      result = outbox.told.has(id) ? "sent" : "waiting";
    }
    if (kiosk.visit !== visit || kiosk.page !== page) return; // somebody has gone on meanwhile
    this.sent = result === "waiting" ? id : null;
    this.ask(this.count);
    const thanks = this.#here.querySelector("h1 [data-say]");
    kiosk.speaker.say([{ page: Number(thanks.dataset.say), lit: true }, ...this.#result(result, id, outbox.told.get(id))]);
  }

  /** Shows what became of the answer. @returns {import("./speaker.js").Part[]} how it is said */
  #result(word, id, told) {
    const thanks = this.#here;
    const result = thanks.querySelector(".result span");
    result.textContent = this.kiosk.site.words[word];
    result.dataset.say = result.getAttribute(`data-${word.replace("_", "-")}`);
    thanks.querySelector(".cleaned").hidden = !told?.cleaned;
    if (told) showReceipt(thanks.querySelector(".receipt"), id);
    this.kiosk.outbox.told.delete(id);
    return [...thanks.querySelectorAll(".result, .cleaned, .receipt")]
      .filter((one) => !one.hidden)
      .flatMap((one) => [...one.querySelectorAll("[data-say]")])
      .map((one) => ({ page: Number(one.dataset.say), lit: true }));
  }
}

/** Shows what was given before. @param {HTMLElement} question */
function give(question, given) {
  if (!given) return;
  const { kind } = question.dataset;
  if (kind === "words") question.querySelector("textarea").value = given;
  else if (kind === "scale")
    for (const [item, place] of Object.entries(given)) {
      mat.pick(question, question.querySelector(`[data-item="${item}"]`));
      mat.put(question, place);
    }
  else for (const one of [given].flat()) question.querySelector(`[data-choice="${one}"]`).ariaPressed = "true";
}

/** @param {HTMLElement} button @returns {import("./speaker.js").Part} */
function said(button) {
  return { page: Number(button.querySelector("[data-say]").dataset.say), lit: true };
}

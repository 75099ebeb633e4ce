// A survey on the screen: one question at a time, nothing chosen beforehand, every one can be left out.
import { newId } from "./outbox.js";

export class SurveyFlow {
  /** @param {import("./screen.js").Kiosk} kiosk */
  constructor(kiosk) {
    this.kiosk = kiosk;
    this.waits = false; // an answer that this visitor sent is not saved yet
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

  /** Shows a question, or at the end the thank-you screen. @param {number} place */
  ask(place) {
    this.kiosk.speaker.stop();
    this.kiosk.visit.question = place;
    this.#questions.forEach((one, at) => (one.hidden = at !== place));
    this.kiosk.settle(true);
  }

  skip() {
    delete this.kiosk.visit.answers[this.#here.dataset.question];
    for (const one of this.#here.querySelectorAll(".face")) one.ariaPressed = "false";
    const words = this.#here.querySelector("textarea");
    if (words) words.value = "";
    this.#step();
  }

  send() {
    if (this.take()) this.#step();
    else this.kiosk.announce(this.#here.dataset.kind === "words" ? "write" : "choose");
  }

  /** Notes what is chosen or written here. @returns {boolean} whether there was anything */
  take() {
    const chosen = this.#here.querySelector('[aria-pressed="true"]')?.dataset.choice;
    const words = this.#here.querySelector("textarea")?.value.trim();
    const given = chosen ?? words;
    if (given) this.kiosk.visit.answers[this.#here.dataset.question] = given;
    return Boolean(given);
  }

  /** @param {HTMLElement} button a face or picture */
  choose(button) {
    for (const one of this.#here.querySelectorAll(".face")) one.ariaPressed = String(one === button);
    const number = Number(button.querySelector("[data-say]").dataset.say);
    this.kiosk.hide();
    const after = this.kiosk.visit.eyesFree ? [{ word: "then_send" }] : [];
    this.kiosk.speaker.say([{ word: "chosen_now" }, { page: number, lit: true }, ...after]);
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

  /** What waited was saved meanwhile: whoever still stands here is told. */
  arrived() {
    if (!this.waits) return;
    this.waits = false;
    if (this.#result("sent")) this.kiosk.speaker.say([{ word: "sent" }]);
  }

  #step() {
    if (this.canGoOn) this.ask(this.kiosk.visit.question + 1);
    else this.#finish();
  }

  async #finish() {
    const { kiosk } = this;
    const { visit, page, site } = kiosk;
    let result = "nothing_sent";
    if (Object.keys(visit.answers).length) {
      const answers = { ...visit.answers };
      const answer = { id: newId(), survey: page, page: visit.came, language: site.language, visit: visit.id, answers };
      kiosk.outbox.put(answer);
      visit.answers = {};
      const saved = await kiosk.outbox.sendAll();
      result = saved ? "sent" : "waiting";
    }
    if (kiosk.visit !== visit || kiosk.page !== page) return; // somebody has gone on meanwhile
    this.waits = result === "waiting";
    this.ask(this.count);
    this.#result(result);
    const thanks = this.#here.querySelector("h1 [data-say]");
    kiosk.speaker.say([{ page: Number(thanks.dataset.say), lit: true }, { word: result }]);
  }

  /** @returns {boolean} whether the thank-you screen is there to show it */
  #result(word) {
    const result = this.kiosk.main.querySelector(".thanks:not([hidden]) .result");
    if (!result) return false;
    result.textContent = this.kiosk.site.words[word];
    result.dataset.word = word;
    return true;
  }
}

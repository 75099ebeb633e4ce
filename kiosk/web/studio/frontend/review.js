// A page that people check: the kiosk's own screen, one idea at a time, with a question below it.
// The secret of the link stands behind the # of the address. Nobody is named, and nobody types.

import { all, one } from "/screen/dom.js";
import { goTo } from "/screen/hands/things.js";
import { httpHost } from "/screen/host/http.js";
import { staticHost } from "/screen/host/static.js";
import { mount } from "/screen/page/screen.js";
import { make } from "./dom.js";
import { open, send } from "./link.js";

/**
 * What one person says of an idea.
 * @typedef {{ easy: string, words: string[], picture: boolean | null }} Said
 * @typedef {{ id: string, language: string, words: Record<string, string>, first: number, ideas: string[][] }} Data
 */

const secret = location.hash.slice(1);
const PARTS = ".idea, h2, .meaning, .choices, .credits, .end, .tell-now";
const FACES = ["yes", "partly", "no"];

function newId() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

class Reviewing {
  /** @type {Record<string, Said>} */
  #said = {};
  #person = "";
  #step = 0;
  #done = false;
  #sending = Promise.resolve();
  #isSent = true;

  /** @param {Data} data */
  constructor(data) {
    this.data = data;
    const site = JSON.parse(one(document, "#kiosk-site").textContent ?? "");
    const root = one(document, "#kiosk");
    const page = root.dataset.page ?? "";
    site.pages[page].next = page; // Next is always there: it is ours
    // The screen shows what its address asks for.
    history.replaceState(null, "", `?${new URLSearchParams({ page, lang: site.language })}${location.hash}`);
    const { pages, narration } = httpHost();
    this.screen = mount({
      parent: root,
      site,
      host: { ...staticHost(site), pages, narration, changes: () => new Promise(() => {}), bring: async () => 0 },
    });
    this.main = one(root, "#page");
    this.panel = make("section", { class: "review", lang: data.language, dir: "auto" });
    this.rows = one(this.main, ".rows");
    this.rows.append(this.panel);
    root.classList.add("reviewing");
    document.documentElement.dataset.reviewing = "true";
    Object.assign(this.screen.actions, {
      next: () => void this.#go(1),
      back: () => (this.screen.sheet.open ? this.screen.sheet.close() : void this.#go(-1)),
      home: () => {},
      help: () => this.screen.speaker.readPage(),
      finish: () => {},
    });
    // What leads to other pages leads nowhere here: it is this page that is looked at.
    root.addEventListener(
      "click",
      (event) => {
        const link = event.target instanceof Element && event.target.closest("a");
        if (!link) return;
        event.preventDefault();
        event.stopPropagation();
      },
      true,
    );
    this.#recall();
    this.#show(false);
  }

  get #count() {
    return this.data.ideas.length;
  }

  /** Goes on with what this person said before the page was loaded again. */
  #recall() {
    const kept = JSON.parse(sessionStorage.getItem(`review ${this.data.id}`) ?? "null");
    this.#person = kept?.person ?? newId();
    this.#said = kept?.said ?? {};
    this.#step = kept?.step ?? 0;
    this.#done = this.#step > this.#count;
  }

  #keep() {
    sessionStorage.setItem(`review ${this.data.id}`, JSON.stringify({ person: this.#person, said: this.#said, step: this.#step }));
  }

  /** Sends all that was said; one request after another, so that the last one holds. */
  #send() {
    const body = { id: this.#person, done: this.#done, ideas: structuredClone(this.#said) };
    this.#sending = this.#sending
      .then(() => send("answer", { secret, ...body }))
      .then(() => void (this.#isSent = true))
      .catch(() => void (this.#isSent = false));
    return this.#sending;
  }

  /** @param {number} by */
  async #go(by) {
    const { speaker } = this.screen;
    const to = this.#step + by;
    if (to < 0) return speaker.announce("first");
    if (to > this.#count + 1) return speaker.announce("last");
    speaker.stop();
    this.#done ||= to > this.#count;
    if (this.#done) {
      // Before somebody is thanked, all that they said has arrived.
      if (Object.keys(this.#said).length > 0) await this.#send();
      if (!this.#isSent) {
        this.#done = false;
        return this.#tell("not_sent");
      }
    }
    this.#step = to;
    this.#keep();
    return this.#show(true);
  }

  /** Words that can be heard. @param {string} key @param {string} [tag] */
  #say(key, tag = "p") {
    const { words, first } = this.data;
    const number = String(first + Object.keys(words).indexOf(key));
    const said = make("span", { class: "sentence", "data-say": number }, words[key]);
    const made = make(/** @type {"p"} */ (tag), tag === "h2" ? { "data-thing": true, tabindex: "-1" } : {}, said);
    return made;
  }

  /** @param {string} key */
  #tell(key) {
    const told = this.#say(key);
    told.setAttribute("role", "alert");
    this.panel.querySelector("[role=alert]")?.remove();
    this.panel.append(told);
    told.scrollIntoView({ block: "nearest" });
  }

  /** @param {boolean} focus */
  #show(focus) {
    const ideas = all(this.main, ".idea");
    const now = ideas[this.#step - 1];
    const shown = new Set([now]);
    if (now?.previousElementSibling instanceof HTMLElement && now.previousElementSibling.matches("h2")) shown.add(now.previousElementSibling);
    for (let next = now?.nextElementSibling; next?.matches(".meaning"); next = next.nextElementSibling) shown.add(/** @type {HTMLElement} */ (next));
    for (const part of all(this.rows, PARTS)) if (!this.panel.contains(part)) part.classList.toggle("apart", !shown.has(part));
    if (this.#step === 0) this.#welcome();
    else if (now) this.#ask(focus);
    else this.#thank();
    this.rows.scrollTop = 0;
    this.screen.onward.begin();
    this.screen.scan.restart();
    if (focus) goTo(now ?? one(this.panel, "h2"));
  }

  #welcome() {
    const lines = ["please_read", "please_tell", "bit_by_bit", "no_name", "how"].map((key) => this.#say(key));
    const hand = make("img", { src: "faces/welcome.svg", alt: "", width: "160", height: "160", class: "heart" });
    this.panel.replaceChildren(hand, this.#say("welcome", "h2"), ...lines);
  }

  /** The question below an idea. @param {boolean} fresh the idea was not there before */
  #ask(fresh) {
    const number = this.#step;
    const said = this.#said[number];
    const place = make("p", { class: "of" }, this.data.words.place.replace("{number}", String(number)).replace("{count}", String(this.#count)));
    const bar = make("progress", { max: String(this.#count), value: String(number), "aria-hidden": "true" });
    const faces = make("div", { class: "quick of-3", role: "group", "data-row": "whole" }, ...FACES.map((key) => this.#choice(key, `faces/${key}.svg`, said?.easy === key, () => this.#set({ easy: key }))));
    const question = this.#say("question", "h2");
    question.id = "review-question";
    faces.setAttribute("aria-labelledby", question.id);
    this.panel.replaceChildren(make("div", { class: "where" }, place, bar), question, faces);
    if (said && said.easy !== "yes") this.panel.append(...this.#more(said));
    if (!fresh) this.screen.onward.begin();
  }

  /** What is hard about it. @param {Said} said */
  #more(said) {
    const words = this.data.ideas[this.#step - 1].map((word) => {
      const press = () => this.#set({ words: said.words.includes(word) ? said.words.filter((other) => other !== word) : [...said.words, word] });
      return make("button", { type: "button", "data-thing": true, "data-key": `word ${word}`, "aria-pressed": String(said.words.includes(word)), onclick: press }, word);
    });
    const yes = this.#choice("picture_yes", "faces/picture_yes.svg", said.picture === true, () => this.#set({ picture: true }));
    const no = this.#choice("picture_no", "faces/picture_no.svg", said.picture === false, () => this.#set({ picture: false }));
    const [which, picture] = [this.#say("which_words", "h2"), this.#say("picture", "h2")];
    [which.id, picture.id] = ["review-words", "review-picture"];
    return [
      which,
      make("div", { class: "words", role: "group", "aria-labelledby": which.id, "data-row": "lines" }, ...words),
      picture,
      make("div", { class: "quick of-2", role: "group", "aria-labelledby": picture.id, "data-row": "whole" }, yes, no),
    ];
  }

  /** @param {string} key @param {string} picture @param {boolean} isChosen @param {() => void} press */
  #choice(key, picture, isChosen, press) {
    const { words, first } = this.data;
    const say = make("span", { "data-say": String(first + Object.keys(words).indexOf(key)) }, words[key]);
    return make("button", { type: "button", "data-thing": true, "data-key": key, "aria-pressed": String(isChosen), onclick: press }, make("img", { src: picture, alt: "", width: "160", height: "160" }), say);
  }

  /** @param {Partial<Said>} change */
  #set(change) {
    const before = this.#said[this.#step] ?? { easy: "", words: [], picture: null };
    const said = { ...before, ...change };
    if (said.easy === "yes") Object.assign(said, { words: [], picture: null });
    this.#said[this.#step] = said;
    this.#keep();
    void this.#send();
    const pressed = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.key : "";
    const { scrollTop } = this.rows;
    this.#ask(false);
    this.rows.scrollTop = scrollTop;
    const again = all(this.panel, "[data-key]").find(({ dataset }) => dataset.key === pressed);
    again?.focus({ preventScroll: true });
    if (change.easy && change.easy !== "yes") one(this.panel, "#review-words").scrollIntoView({ block: "nearest" });
  }

  #thank() {
    /** @param {string} key @param {() => void} press */
    const way = (key, press) => {
      const say = String(this.data.first + Object.keys(this.data.words).indexOf(key));
      return make("button", { type: "button", class: "plain", "data-thing": true, onclick: press }, make("span", { "data-say": say }, this.data.words[key]));
    };
    const whole = way("whole", () => {
      for (const part of all(this.rows, ".apart")) part.classList.toggle("apart", part.matches(".end, .credits, .choices, .tell-now"));
      this.rows.prepend(this.panel);
      this.screen.onward.begin();
    });
    const other = way("other", () => {
      sessionStorage.removeItem(`review ${this.data.id}`);
      location.reload();
    });
    this.panel.replaceChildren(
      make("img", { src: "faces/thanks.svg", alt: "", width: "160", height: "160", class: "heart" }),
      this.#say("thanks", "h2"),
      this.#say("better"),
      make("p", { class: "ways", "data-row": "whole" }, whole, other),
    );
  }
}

const data = JSON.parse(one(document, "#review-data").textContent ?? "");
try {
  const { id } = await open(secret);
  // This browser may have looked at another page before.
  if (data.id === id) new Reviewing(data);
  else location.reload();
} catch {
  location.replace(`./${location.hash}`); // it says that the link does not work any more
}

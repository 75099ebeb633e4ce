// Languages: which of them can be chosen here, and the change to another one in place.
import { all, first, one, setText } from "../dom.js";
import { whenQuiet } from "../rest.js";
import { copyOf } from "./copies.js";
import { fit } from "./fit.js";
import { Letters } from "./letters.js";

export const PAGE = "languages"; // the address that opens the sheet

/**
 * @typedef {import("../types.d.ts").Language} Language
 * @typedef {import("../types.d.ts").Pages} Pages
 */

/** Those that can be chosen. The first one always can. @param {Language[]} languages @param {(letters: string) => boolean} draws */
export function offered(languages, draws) {
  return languages.filter(({ letters }, at) => at === 0 || draws(letters));
}

export class Languages {
  /**
   * @param {object} on
   * @param {import("../types.d.ts").Now} on.now
   * @param {import("../types.d.ts").Host} on.host
   * @param {import("./served.js").Served} on.served
   * @param {import("../voice/speaker.js").Speaker} on.speaker
   * @param {import("../voice/message.js").Message} on.message
   * @param {(id: string, how: {push?: boolean, focus?: boolean, back?: boolean}) => Promise<unknown>} on.open
   *   opens a page
   * @param {() => HTMLElement} on.heading the one that is shown
   */
  constructor({ now, host, served, speaker, message, open, heading }) {
    this.now = now;
    this.host = host;
    this.served = served;
    this.speaker = speaker;
    this.message = message;
    this.open = open;
    this.heading = heading;
    this.letters = new Letters(now.root);
    this.asked = 0; // the newest wish wins
    this.shown = this.#told; // in the shell, which the first HTML has in the language of the site
    /** @type {Map<string, Pages>} by code: for when the kiosk is away */
    this.kept = new Map();
    if (!this.isFirst) this.#keep(this.first).catch(() => {});
  }

  /** The language that every visit begins with. */
  get first() {
    return this.now.site.languages[0].code;
  }

  get isFirst() {
    return this.now.site.language === this.first;
  }

  /** Those that can be chosen here. */
  get offered() {
    return offered(this.now.site.languages, (letters) => this.letters.draws(letters));
  }

  /**
   * Begins with what the first HTML has; a language that cannot be drawn here gives way. Whether there
   * is another one to choose is found out when the browser rests: it takes longer than all the rest.
   */
  async begin() {
    this.show();
    fit(this.now.root);
    whenQuiet(() => this.#offer());
    if (this.isFirst || this.offered.some(({ code }) => code === this.now.site.language)) return;
    if (await this.use(this.first)) this.open(this.now.page, { push: false, focus: false });
  }

  /** What the shell depends on. */
  get #told() {
    return `${this.now.site.language} ${this.now.site.version}`;
  }

  #offer() {
    one(this.now.root, "[data-action=language]").hidden = this.offered.length < 2;
    fit(this.now.root);
  }

  /** Brings the shell in step with the site, when that has become another one. */
  show() {
    const { root, site } = this.now;
    if (this.shown === this.#told) return;
    this.shown = this.#told;
    Object.assign(document.documentElement, site.around);
    Object.assign(one(root, ".name strong"), site.name);
    for (const button of all(root, ".top button, .more, .bar button"))
      setText(one(button, "span"), site.words[button.dataset.word ?? ""]);
    const button = one(root, "[data-action=language]");
    one(button, ".unseen").textContent += ", ";
    button.dataset.also = `name_${site.language}`;
    Object.assign(one(button, ".own"), { textContent: site.words[`name_${site.language}`], ...this.#way(site.language) });
    for (const named of all(root, "[data-label]")) named.ariaLabel = site.words[named.dataset.label ?? ""];
    this.#offer();
  }

  /** How a language is written. @param {string} code */
  #way(code) {
    return { lang: code, dir: this.now.site.languages.find((one) => one.code === code)?.dir ?? "" };
  }

  /** The languages that can be chosen, each as a button of its own. @param {HTMLElement} sheet */
  fill(sheet) {
    const list = first(sheet, ".tongues");
    if (!list) return;
    const { words, language } = this.now.site;
    for (const { code } of this.offered) {
      const button = copyOf(sheet, "tongue", words);
      Object.assign(button.dataset, { language: code, word: `name_${code}` });
      Object.assign(button, this.#way(code), { ariaChecked: String(code === language) });
      one(button, "span").textContent = words[`name_${code}`];
      list.append(button);
    }
  }

  /** What a visitor chose: back to where they were. @param {string} code */
  async choose(code) {
    const { visit } = this.now;
    const changed = await this.use(code);
    if (changed === null || this.now.visit !== visit) return undefined;
    if (!changed) {
      await this.speaker.announce("no_change");
      // Without the kiosk this may not be heard: then it is all the more important to read it.
      if (this.message.word === this.host.silence) this.message.show("no_change");
      return undefined;
    }
    await this.open(this.now.page, { back: true });
    this.message.show("now_speaks");
    const first = [{ word: "now_speaks" }];
    return visit.eyesFree ? this.speaker.tell(this.heading(), first) : this.speaker.say(first);
  }

  /**
   * Takes the site in a language; what is shown is drawn by whoever asks.
   * @param {string} code @returns {Promise<boolean | null>} null: a newer wish was faster
   */
  async use(code) {
    const mine = ++this.asked;
    if (code === this.now.site.language) return true;
    try {
      if (this.isFirst) await this.#keep(this.first);
      // Whoever comes next must not wait for the first one, which is kept in step.
      const told = (code === this.first && this.kept.get(code)) || (await this.#pages(code));
      if (mine !== this.asked) return null;
      this.served.take(told);
      this.speaker.forget(); // what was said last belongs to the other language
      return true;
    } catch {
      return mine === this.asked ? false : null;
    }
  }

  /** Something has changed on the kiosk. */
  async renew() {
    if (!this.isFirst) await this.#keep(this.first);
  }

  /** Keeps all of them, so that people can choose one while the kiosk is away. */
  async keepAll() {
    const all = [];
    for (const { code } of this.offered) {
      const kept = this.kept.get(code);
      all.push(kept?.version === this.now.site.version ? kept : await this.#keep(code));
    }
    return all;
  }

  /** @param {string} code @returns {Promise<Pages>} */
  async #keep(code) {
    const { site, html } = this.served;
    const told = code === site.language && html ? { ...site, html } : await this.host.pages(code);
    this.kept.set(code, told);
    return told;
  }

  /** @param {string} code @returns {Promise<Pages>} */
  async #pages(code) {
    try {
      return await this.#keep(code);
    } catch (error) {
      const kept = this.kept.get(code);
      if (!kept) throw error;
      return kept;
    }
  }
}

// One page, open to be changed. What is typed stands here and in the browser's own store; it never
// comes back from the server, so nothing that is slow, or gone, can take a letter away.

import { Beside } from "./beside.js";
import { chooseOne } from "./both.js";
import { Cards } from "./cards.js";
import { button, grow, labelled, make } from "./dom.js";
import { draftsBeside, dropDraft, keepDraft, putAside } from "./draft.js";
import { factsOf } from "./facts.js";
import { showFindings } from "./findings.js";
import { hush } from "./listen.js";
import { Publishing } from "./publishing.js";
import { Refusal } from "./server.js";
import { say } from "./words.js";

/** @typedef {import("./types.d.ts").Opened} Opened @typedef {import("./types.d.ts").InCards} InCards @typedef {import("./types.d.ts").Checked} Checked @typedef {import("./types.d.ts").WrittenPage} WrittenPage @typedef {import("./types.d.ts").Draft} Draft @typedef {import("./server.js").Server} Server */

const QUIET = 200; // ms without a key, then the page is checked
/** Whether the preview stands beside the cards, also of the next page. */
let isBeside = false;
const SIGN = 4000; // ms between signs that the page is open here

export class Editor {
  /** The file as it stands, as far as we know. @type {Opened} */
  #saved;
  /** @type {WrittenPage | null} */
  #page = null;
  /** The whole text, while the plain text is shown. @type {string | null} */
  #text = null;
  /** @type {Record<string, string>} */
  #facts = {};
  #version = 0; // counts what was changed
  #kept = 0; // the version that is saved
  #checked = 0;
  #window = crypto.randomUUID?.() ?? String(Math.random());
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #soon;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #signs;
  /** @type {Cards | null} */
  #cards = null;
  /** @type {Beside | null} */
  #beside = null;
  #saving = false;
  #theirs = ""; // the hash of a change by somebody else that was told already

  /** @param {HTMLElement} main @param {Server} server @param {string} name */
  constructor(main, server, name) {
    this.main = main;
    this.server = server;
    this.name = name;
    this.#saved = { name, text: "", page: null, facts: {}, own: {}, opened: "", language: "", publish: false, stale: false, status: "", copy: null };
    this.status = make("p", { role: "status", class: "status" });
    this.others = make("div", { role: "status", class: "others" });
    this.loose = make("div", { class: "findings loose" });
    this.place = make("div", { class: "place" });
    this.work = make("div", { class: "work" }, this.place);
    this.press = this.#press.bind(this);
    this.publishing = new Publishing({
      server,
      name,
      saved: async () => this.#version === this.#kept || (await this.save()),
      take: (opened) => this.#retake(opened),
      meet: (told) => this.#meet(told),
      tell: (words, undo) => this.tell(words, undo),
    });
  }

  /** Opens the page and draws it. @returns {Promise<string>} its title */
  async open() {
    this.#take(await this.server.get("/studio/page", { name: this.name }));
    this.#frame();
    addEventListener("keydown", this.press);
    this.#signs = setInterval(() => void this.#sign(), SIGN);
    void this.#sign();
    await this.#offerDraft();
    if (this.#saved.stale && this.#version === this.#kept) await this.save(); // both are shown
    void this.#check();
    return this.#saved.facts.title ?? this.name;
  }

  /** Leaves the page; what is not saved stays in this browser. */
  close() {
    this.keep();
    hush();
    clearTimeout(this.#soon);
    clearInterval(this.#signs);
    removeEventListener("keydown", this.press);
    this.#beside?.close();
    this.main.classList.remove("with-preview");
    void this.server.post("/studio/here", { name: this.name, window: this.#window, gone: true }).catch(() => {});
  }

  /** Keeps what is not saved in this browser's store. */
  keep() {
    if (this.#version === this.#kept) return;
    const by = this.server.me?.name ?? "";
    const draft = { opened: this.#saved.opened, page: this.#page, text: this.#text, facts: this.#facts, at: new Date().toISOString(), by };
    if (!keepDraft(this.name, this.#window, draft)) this.tell(say("not_kept"));
  }

  /** Says something below the buttons. @param {string} words @param {() => void} [undo] */
  tell(words, undo) {
    const back = () => {
      undo?.();
      this.tell(say("brought_back"));
    };
    this.status.replaceChildren(words, ...(undo ? [" ", button(say("undo"), back)] : []));
  }

  /** @param {Opened} opened */
  #take(opened) {
    this.#saved = opened;
    this.#page = opened.page;
    this.#text = opened.page === null ? opened.text : null;
    this.#facts = {};
    this.#kept = this.#version;
  }

  /** Shows the page anew, as it stands now. @param {Opened} opened */
  #retake(opened) {
    if (this.#version !== this.#kept) putAside(this.name, this.#window);
    this.#take(opened);
    this.#frame();
    this.others.replaceChildren();
    void this.#check();
  }

  #changed() {
    this.#version += 1;
    this.#beside?.changed();
    this.keep();
    this.tell(say("unsaved"));
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.#check(), QUIET);
  }

  /** What is sent of the page: all of it. */
  #whole() {
    return { name: this.name, page: this.#text === null ? this.#page : null, text: this.#text, facts: this.#text === null ? this.#facts : {} };
  }

  #frame() {
    const asCards = button(say("as_cards"), () => void this.#toCards());
    const asText = button(say("as_text"), () => void this.#toText());
    asCards.setAttribute("aria-pressed", String(this.#text === null));
    asText.setAttribute("aria-pressed", String(this.#text !== null));
    const parts = [
      make("p", { class: "back" }, make("a", { href: "#/" }, say("all_pages"))),
      make("h1", { lang: this.#saved.language, dir: "auto" }, this.#saved.facts.title || this.name),
      make(
        "div",
        { class: "bar" },
        button(say("save"), () => void this.save(), { class: "main", "aria-keyshortcuts": "Control+S" }),
        make("span", { class: "tabs", role: "group", "aria-label": say("view") }, asCards, asText),
        this.#previewButton(),
        this.status,
      ),
      this.others,
      this.publishing.place,
      this.#aside(),
      this.loose,
      this.work,
    ];
    this.publishing.show(this.#saved);
    this.main.replaceChildren(...parts.filter((one) => one !== null));
    this.#draw();
    this.#showBeside();
  }

  #previewButton() {
    const press = button(say("preview"), () => {
      isBeside = !isBeside;
      press.setAttribute("aria-pressed", String(isBeside));
      this.#showBeside();
    }, { "aria-pressed": String(isBeside) });
    return press;
  }

  /** Puts the preview beside the cards, or takes it away. */
  #showBeside() {
    this.main.classList.toggle("with-preview", isBeside);
    if (!isBeside) {
      this.#beside?.close();
      this.#beside = null;
    } else if (this.#beside) {
      this.#beside.changed();
    } else {
      this.#beside = new Beside(this.server, this.#window, () => this.#whole());
      this.work.append(this.#beside.element);
    }
    this.#cards?.grown();
  }

  /** What was typed at another time, or in another window, can be brought back. */
  #aside() {
    const others = draftsBeside(this.name, this.#window);
    if (others.length === 0) return null;
    const press = others.map(({ holder, draft }) =>
      button(say("bring_back", { when: when(draft.at) }), () => {
        this.keep();
        putAside(this.name, this.#window); // what stands here now can be brought back as well
        this.#use(holder, draft);
      }),
    );
    return make("p", { class: "buttons aside" }, ...press);
  }

  #draw() {
    this.#cards = null;
    if (this.#text !== null || this.#page === null) {
      const field = make("textarea", { class: "plain", spellcheck: "true", lang: this.#saved.language, dir: "auto", autocomplete: "off" });
      field.value = this.#text ?? "";
      field.addEventListener("input", () => {
        this.#text = field.value;
        grow(field);
        this.#changed();
      });
      this.place.replaceChildren(labelled(say("plain_text"), field, say("plain_help")));
      grow(field);
      return;
    }
    const changed = () => this.#changed();
    /** @param {import("./types.d.ts").Chosen} chosen */
    const named = (chosen) => this.#named(chosen);
    const given = { name: this.name, language: this.#saved.language, own: this.#saved.own, named, changed };
    const facts = factsOf(this.server, { ...given, was: this.#saved.facts, facts: this.#facts });
    const place = make("div");
    this.place.replaceChildren(facts, place);
    this.#cards = new Cards(place, this.server, { ...given, page: this.#page, tell: (words, undo) => this.tell(words, undo) });
  }

  /** The name by which the page calls a picture: one that is made of parts gets one now. @param {import("./types.d.ts").Chosen} chosen */
  async #named({ name, shows, made }) {
    if (!made) return name;
    const told = await this.#ask(() => this.server.post("/studio/compose", { ...this.#whole(), called: shows, declaration: name }));
    if (!told || !this.#page) return "";
    const { page, own, picture } = /** @type {InCards & { picture: string }} */ (told);
    if (page) this.#page.head = page.head;
    Object.assign(this.#saved.own, own);
    return picture;
  }

  async #toText() {
    if (this.#text !== null) return;
    const checked = await this.#ask(() => this.server.post("/studio/check", this.#whole()));
    if (!checked) return;
    this.#text = /** @type {Checked} */ (checked).text;
    this.#facts = {};
    this.keep();
    this.#frame();
    this.main.querySelector("textarea")?.focus();
    void this.#check();
  }

  async #toCards() {
    if (this.#text === null) return;
    const cards = await this.#ask(() => this.server.post("/studio/cards", this.#whole()));
    if (!cards) return;
    const { page, facts, own } = /** @type {InCards} */ (cards);
    Object.assign(this.#saved.own, own);
    if (page === null) {
      this.tell(say("no_cards"));
      return;
    }
    this.#page = page;
    this.#text = null;
    this.#facts = Object.fromEntries(Object.entries(facts).filter(([key, value]) => value !== this.#saved.facts[key]));
    this.keep();
    this.#frame();
    void this.#check();
  }

  async #check() {
    const version = this.#version;
    try {
      /** @type {Checked} */
      const checked = await this.server.post("/studio/check", this.#whole());
      if (version < this.#checked) return; // a later answer is shown already
      this.#checked = version;
      // What has moved meanwhile is checked again in a moment.
      if (version === this.#version) showFindings(this.loose, this.#cards?.show(checked) ?? checked.findings);
    } catch (error) {
      if (error instanceof Refusal) showFindings(this.loose, [told(error.message)]);
      else if (this.#version !== this.#kept) this.tell(say("no_server_kept"));
    }
  }

  /** Saves the page, unless somebody else has changed it: then a person chooses. @param {string} [over] the hash that may be written over @returns {Promise<boolean>} whether it is saved */
  async save(over) {
    if (this.#saving) return false;
    this.#saving = true;
    const version = this.#version;
    const whole = this.#whole();
    this.tell(say("saving"));
    try {
      /** @type {Opened} */
      const saved = await this.server.post("/studio/save", { ...whole, opened: over ?? this.#saved.opened });
      const isText = this.#text !== null;
      if (this.#page && saved.page) this.#page.head = saved.page.head;
      for (const [key, value] of Object.entries(whole.facts)) if (this.#facts[key] === value) delete this.#facts[key];
      this.#saved.opened = saved.opened;
      this.#saved.text = saved.text;
      Object.assign(this.#saved.facts, saved.facts);
      Object.assign(this.#saved, { stale: saved.stale, status: saved.status, copy: saved.copy });
      this.publishing.show(this.#saved);
      this.#kept = version;
      this.others.replaceChildren();
      if (version === this.#version) dropDraft(this.name, this.#window);
      else this.keep();
      this.tell(say(saved.copy ? "saved_beside" : "saved", { when: when(new Date().toISOString()) }));
      const title = this.main.querySelector("h1");
      if (title) title.textContent = saved.facts.title || this.name;
      if (isText && version === this.#version) this.#page = saved.page;
      return version === this.#version;
    } catch (error) {
      this.keep();
      if (error instanceof Refusal && error.status === 409) await this.#meet(error.told);
      else this.tell(error instanceof Refusal ? error.message : say("no_server_kept"));
      return false;
    } finally {
      this.#saving = false;
    }
  }

  /** Somebody else has saved: both texts are shown, and a person chooses. @param {Record<string, unknown>} told */
  async #meet(told) {
    const theirs = String(told.text);
    this.tell(say("changed_meanwhile"));
    const chosen = await chooseOne({ title: say("two_texts"), help: say("two_help"), mine: String(told.mine), theirs, mineIs: say("mine") });
    if (chosen === "mine") {
      this.#saving = false;
      await this.save(String(told.opened));
    } else if (chosen === "theirs") {
      putAside(this.name, this.#window);
      /** @type {Opened} */
      let now = await this.server.get("/studio/page", { name: this.name });
      // Theirs is what visitors see: what waits beside it is taken away, and kept as a version.
      if (told.live === true && now.copy) now = await this.server.post("/studio/discard", { name: this.name, opened: told.opened });
      this.#take(now);
      this.#frame();
      this.tell(say("theirs_taken"));
      void this.#check();
    }
  }

  /** Words of another time are offered beside what is saved now: neither hides the other. */
  async #offerDraft() {
    const newest = draftsBeside(this.name, this.#window)[0];
    if (!newest || newest.draft.aside) return;
    const { holder, draft } = newest;
    const whole = { name: this.name, page: draft.text === null ? draft.page : null, text: draft.text, facts: draft.facts };
    const checked = await this.#ask(() => this.server.post("/studio/check", whole));
    if (!checked) return;
    const mine = /** @type {Checked} */ (checked).text;
    if (mine === this.#saved.text) {
      dropDraft(this.name, holder);
      this.#frame();
      return;
    }
    const chosen = await chooseOne({
      title: say("draft_title"),
      help: say("draft_help"),
      mine,
      theirs: this.#saved.text,
      mineIs: say("draft_is", { when: when(draft.at), by: draft.by }),
    });
    if (chosen === "mine") this.#use(holder, draft);
    else {
      putAside(this.name, holder);
      this.#frame();
    }
  }

  /** Goes on with words of another time. @param {string} holder @param {Draft} draft */
  #use(holder, draft) {
    this.#page = draft.page ?? this.#page;
    this.#text = draft.text;
    this.#facts = draft.facts;
    this.#saved.opened = draft.opened; // what was saved since then is not written over unasked
    this.#version += 1;
    this.keep();
    dropDraft(this.name, holder);
    this.#frame();
    this.tell(say("unsaved"));
    void this.#check();
  }

  /** Tells the others that the page is open here, and hears of them. */
  async #sign() {
    if (document.hidden) return;
    /** @type {{ others: string[], opened: string }} */
    const told = await this.server.post("/studio/here", { name: this.name, window: this.#window }).catch(() => null);
    if (!told || !this.status.isConnected) return;
    const names = told.others.length ? make("p", {}, say("also_here", { names: told.others.join(", ") })) : null;
    const isChanged = told.opened !== this.#saved.opened && !this.#saving;
    const look = isChanged ? make("p", {}, say("changed_meanwhile"), " ", button(say("look_at_both"), () => void this.#look())) : null;
    const key = `${told.others.join()} ${isChanged ? told.opened : ""}`;
    if (key === this.#theirs) return;
    this.#theirs = key;
    this.others.replaceChildren(...[names, look].filter((one) => one !== null));
  }

  /** Looks at what somebody else has saved. */
  async #look() {
    if (this.#version === this.#kept) {
      this.#retake(await this.server.get("/studio/page", { name: this.name }));
      if (this.#saved.stale) await this.save();
    } else {
      await this.save();
    }
  }

  /** @template T @param {() => Promise<T>} ask @returns {Promise<T | null>} */
  async #ask(ask) {
    try {
      return await ask();
    } catch (error) {
      this.tell(error instanceof Refusal ? error.message : say("no_server_kept"));
      return null;
    }
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    if (!document.querySelector("#studio dialog")) void this.save();
  }
}

/** @param {string} problem @returns {import("./types.d.ts").Finding} */
function told(problem) {
  return { code: "", line: 1, column: 1, severity: "E", problem, hint: "", fix: null, card: null, at: null };
}

/** @param {string} moment */
function when(moment) {
  return new Date(moment).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}

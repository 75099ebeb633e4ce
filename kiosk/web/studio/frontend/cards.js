// The cards of a page. They change the page itself, `WrittenPage`, which nobody else holds.

import { button, grow, make } from "./dom.js";
import { explainWord } from "./explain.js";
import { showFindings, straight } from "./findings.js";
import { hush, listen } from "./listen.js";
import { choosePicture, pictureAddress } from "./pictures.js";
import { say } from "./words.js";

/** @typedef {import("./types.d.ts").WrittenPage} WrittenPage @typedef {import("./types.d.ts").Card} Card @typedef {import("./types.d.ts").Line} Line @typedef {import("./types.d.ts").Finding} Finding @typedef {import("./server.js").Server} Server */

const NEW_PICTURE = "question";

/** @param {Line["kind"]} kind @param {string} [words] @returns {Line} */
function newLine(kind, words = "") {
  return { kind, words, raw: "", level: 1, line: 0 };
}

export class Cards {
  /** @type {Map<Line, { field: HTMLTextAreaElement, found: HTMLElement }>} */
  #fields = new Map();
  /** @type {Map<Card, { element: HTMLElement, found: HTMLElement }>} */
  #elements = new Map();
  /** @type {Card | null} */
  #dragged = null;
  /** The lines of the file that was checked last. @type {string[]} */
  #lines = [];
  /** The line that was written in last. @type {Line | null} */
  #last = null;

  /**
   * @param {HTMLElement} place
   * @param {Server} server
   * @param {{ name: string, language: string, page: WrittenPage, own: Record<string, string>, named: (chosen: import("./types.d.ts").Chosen) => Promise<string>, changed: () => void, tell: (words: string, undo?: () => void) => void }} given own: the pictures that the page puts together; named: the name of a chosen one
   */
  constructor(place, server, { name, language, page, own, named, changed, tell }) {
    this.place = place;
    this.server = server;
    this.name = name;
    this.language = language;
    this.page = page;
    this.own = own;
    this.named = named;
    this.changed = changed;
    this.tell = tell;
    this.draw();
  }

  /** Draws all cards; what is typed stands in the page already. */
  draw() {
    this.#fields.clear();
    this.#elements.clear();
    const add = make(
      "p",
      { class: "buttons" },
      button(say("add_idea"), () => this.#add("idea"), { class: "main" }),
      button(say("add_heading"), () => this.#add("heading")),
    );
    this.place.replaceChildren(make("ol", { class: "cards" }, ...this.page.cards.map((card) => this.#card(card))), add);
    this.grown();
    this.#number();
  }

  /** The fields have another width: their height follows. */
  grown() {
    for (const { field } of this.#fields.values()) grow(field);
  }

  /** Shows each finding that belongs to a card; returns the others. @param {import("./types.d.ts").Checked} checked */
  show({ text, findings }) {
    this.#lines = text.split(/\r\n|\r|\n/);
    /** @param {number} card @param {number} at */
    const of = (card, at) => findings.filter((one) => one.card === card && one.at === at);
    this.page.cards.forEach((card, at) => {
      const shown = this.#elements.get(card);
      if (shown) showFindings(shown.found, of(at, -1));
      card.lines.forEach((line, number) => {
        const here = this.#fields.get(line);
        if (here) showFindings(here.found, of(at, number), (one) => this.#mend(line, one), (word) => void this.#explain(line, word));
      });
    });
    return findings.filter((one) => one.card === null || this.page.cards[one.card] === undefined);
  }

  /** @param {Line} line @param {Finding} finding */
  #mend(line, finding) {
    const field = this.#fields.get(line)?.field;
    const fix = finding.fix;
    if (!field || !fix) return false;
    // The finding knows the place in the file's line: these words begin somewhere in it.
    const words = straight(field.value);
    const inFile = straight(this.#lines[finding.line - 1] ?? "");
    const begins = inFile.lastIndexOf(words.trim()) - (words.length - words.trimStart().length);
    const near = fix.start - begins;
    if (!inFile.includes(words.trim()) || words.slice(near, near + fix.old.length) !== fix.old) return false;
    field.focus();
    field.setSelectionRange(near, near + fix.old.length);
    // So the browser's own undo takes it back.
    const text = fix.text.startsWith(fix.old) ? field.value.slice(near, near + fix.old.length) + fix.text.slice(fix.old.length) : fix.text;
    document.execCommand("insertText", false, text);
    return true;
  }

  /** Asks for the word that is selected in a card, or that the caret stands in. @param {Card} card */
  async #explainOne(card) {
    const line = this.#last && card.lines.includes(this.#last) ? this.#last : card.lines[0];
    const field = this.#fields.get(line)?.field;
    if (!field) return;
    const { value, selectionStart: from, selectionEnd: to } = field;
    const around = [/[\p{L}\p{M}\p{N}'’-]*$/u.exec(value.slice(0, from))?.[0] ?? "", /^[\p{L}\p{M}\p{N}'’-]*/u.exec(value.slice(to))?.[0] ?? ""];
    const word = value.slice(from, to).trim() || around.join("");
    await this.#explain(line, this.#last === line ? word.replace(/\*/g, "").trim().slice(0, 60) : "");
  }

  /** Says what a hard word means; then it is bold where it stands here. @param {Line} line @param {string} word */
  async #explain(line, word) {
    const explained = await explainWord(this.server, { word, language: this.language, page: this.name });
    const field = this.#fields.get(line)?.field;
    if (explained === null || !field) return;
    const at = field.value.toLowerCase().indexOf(explained.toLowerCase());
    const isBold = field.value.slice(Math.max(0, at - 2), at) === "**";
    if (at >= 0 && !isBold) {
      field.focus();
      field.setSelectionRange(at, at + explained.length);
      document.execCommand("insertText", false, `**${field.value.slice(at, at + explained.length)}**`);
    } else this.changed();
  }

  /** @param {Card} card @returns {HTMLElement} */
  #card(card) {
    const found = make("div", { class: "findings" });
    const title = make("h2", { class: "number" });
    const head = make(
      "div",
      { class: "card-head" },
      this.#handle(card),
      title,
      button(say("up"), () => this.#move(card, -1), { class: "up" }),
      button(say("down"), () => this.#move(card, 1), { class: "down" }),
      button(say("delete"), () => this.#remove(card), { class: "delete" }),
    );
    const lines = make("ul", { class: "lines" }, ...card.lines.map((line) => this.#line(card, line)));
    const element = make("li", { class: `card ${card.kind}` }, head);
    if (card.kind === "idea") {
      const more = make(
        "p",
        { class: "buttons" },
        button(say("add_sentence"), () => this.#insert(card, this.#lastSentence(card), newLine("sentence"))),
        button(say("add_item"), () => this.#insert(card, card.lines.length, newLine("item"))),
        button(say("explain_word"), () => void this.#explainOne(card)),
      );
      element.append(make("div", { class: "inside" }, this.#picture(card), make("div", {}, lines, more)), found);
    } else {
      element.append(lines, found);
    }
    element.addEventListener("dragover", (event) => this.#dragged && event.preventDefault());
    element.addEventListener("drop", (event) => {
      event.preventDefault();
      const from = this.#dragged ? this.page.cards.indexOf(this.#dragged) : -1;
      if (this.#dragged && from >= 0) this.#moveTo(this.#dragged, this.page.cards.indexOf(card));
    });
    this.#elements.set(card, { element, found });
    return element;
  }

  /** @param {Card} card */
  #handle(card) {
    const handle = make("span", { class: "handle", draggable: "true", "aria-hidden": "true", title: say("drag") }, "⠿");
    handle.addEventListener("dragstart", (event) => {
      this.#dragged = card;
      event.dataTransfer?.setData("text/plain", "");
    });
    handle.addEventListener("dragend", () => (this.#dragged = null));
    return handle;
  }

  /** @param {Card} card */
  #picture(card) {
    const picture = card.picture;
    const made = button("", () => void this.#choose(card), { class: "picture" });
    if (picture) {
      made.append(
        make("img", { src: pictureAddress(this.own[picture.name] ?? picture.name, this.language, this.name), alt: "", width: "120", height: "120" }),
        make("span", {}, picture.shows || picture.name),
      );
    }
    made.append(make("small", {}, say(picture ? "change_picture" : "choose_picture")));
    return made;
  }

  /** @param {Card} card */
  async #choose(card) {
    const words = card.lines.map((one) => one.words).join(" ").replace(/\*/g, "").slice(0, 300);
    const chosen = await choosePicture(this.server, { words, language: this.language, page: this.name });
    const name = chosen && (await this.named(chosen));
    if (!name) return;
    card.picture = { name, shows: "", raw: card.picture?.raw ?? "", line: card.picture?.line ?? 0 };
    const old = this.#elements.get(card)?.element.querySelector(".picture");
    const made = this.#picture(card);
    old?.replaceWith(made);
    this.#number();
    made.focus();
    this.changed();
  }

  /** @param {Card} card @param {Line} line */
  #line(card, line) {
    const field = make("textarea", { rows: "1", spellcheck: "true", lang: this.language, dir: "auto" });
    field.value = line.words;
    const found = make("div", { class: "findings" });
    const lit = make("p", { class: "lit", lang: this.language, dir: "auto" });
    field.addEventListener("input", () => {
      line.words = field.value;
      grow(field);
      this.changed();
    });
    field.addEventListener("focus", () => (this.#last = line));
    field.addEventListener("keydown", (event) => this.#key(event, card, line, field));
    field.addEventListener("paste", (event) => this.#paste(event, card, line));
    this.#fields.set(line, { field, found });
    return make(
      "li",
      { class: line.kind },
      make(
        "div",
        { class: "line" },
        field,
        card.kind === "idea" &&
          button(say("listen"), () => void listen(this.server, field.value, this.language, lit).catch(() => this.tell(say("no_voice"))), { class: "small" }),
        card.kind === "idea" && button(say("delete"), () => this.#removeLine(card, line), { class: "small" }),
      ),
      lit,
      found,
    );
  }

  /** @param {KeyboardEvent} event @param {Card} card @param {Line} line @param {HTMLTextAreaElement} field */
  #key(event, card, line, field) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (card.kind === "heading") return;
      const rest = field.value.slice(field.selectionEnd);
      field.value = line.words = field.value.slice(0, field.selectionStart).trimEnd();
      grow(field);
      this.#insert(card, card.lines.indexOf(line) + 1, newLine(line.kind === "item" ? "item" : "sentence", rest.trimStart()), 0);
    } else if (event.key === "Backspace" && field.value === "" && card.lines.length > 1) {
      event.preventDefault();
      this.#removeLine(card, line, false);
    }
  }

  /** A pasted paragraph of several lines becomes as many lines. @param {ClipboardEvent} event @param {Card} card @param {Line} line */
  #paste(event, card, line) {
    const lines = (event.clipboardData?.getData("text/plain") ?? "").split(/[\r\n]+/).filter((one) => one.trim());
    if (lines.length < 2 || card.kind === "heading") return; // the browser does it, and can undo it
    event.preventDefault();
    const [first, ...rest] = lines;
    document.execCommand("insertText", false, first.trim());
    const at = card.lines.indexOf(line) + 1;
    card.lines.splice(at, 0, ...rest.map((one) => newLine(line.kind === "item" ? "item" : "sentence", one.trim())));
    this.#redraw(card);
    this.#fields.get(card.lines[at + rest.length - 1])?.field.focus();
    this.changed();
  }

  /** @param {Card} card */
  #lastSentence(card) {
    const at = card.lines.findIndex((one) => one.kind === "item");
    return at < 0 ? card.lines.length : at;
  }

  /** @param {Card} card @param {number} at @param {Line} line @param {number} [caret] */
  #insert(card, at, line, caret) {
    card.lines.splice(at, 0, line);
    this.#redraw(card);
    const field = this.#fields.get(line)?.field;
    field?.focus();
    if (caret !== undefined) field?.setSelectionRange(caret, caret);
    this.changed();
  }

  /** @param {Card} card @param {Line} line @param {boolean} [told] */
  #removeLine(card, line, told = true) {
    const at = card.lines.indexOf(line);
    card.lines.splice(at, 1);
    this.#redraw(card);
    const next = card.lines[Math.max(0, at - 1)];
    const field = next && this.#fields.get(next)?.field;
    if (field) field.focus();
    else this.#elements.get(card)?.element.querySelector("button")?.focus();
    this.changed();
    if (told && line.words.trim()) {
      this.tell(say("line_deleted"), () => this.page.cards.includes(card) && this.#insert(card, at, line));
    }
  }

  /** Draws one card anew. @param {Card} card */
  #redraw(card) {
    hush();
    const old = this.#elements.get(card)?.element;
    for (const line of card.lines) this.#fields.delete(line);
    old?.replaceWith(this.#card(card));
    for (const line of card.lines) {
      const field = this.#fields.get(line)?.field;
      if (field) grow(field);
    }
    this.#number();
  }

  /** @param {Card["kind"]} kind */
  #add(kind) {
    /** @type {Card} */
    const card = { kind, picture: null, lines: [newLine(kind === "idea" ? "sentence" : "heading")], after: "", number: null };
    if (kind === "idea") card.picture = { name: NEW_PICTURE, shows: say("to_do_picture"), raw: "", line: 0 };
    this.page.cards.push(card);
    this.place.querySelector(".cards")?.append(this.#card(card));
    this.#number();
    this.#fields.get(card.lines[0])?.field.focus();
    this.changed();
  }

  /** @param {Card} card */
  #remove(card) {
    const at = this.page.cards.indexOf(card);
    this.page.cards.splice(at, 1);
    this.#elements.get(card)?.element.remove();
    this.#number();
    const next = this.page.cards[Math.min(at, this.page.cards.length - 1)];
    const focused = next ? this.#elements.get(next)?.element.querySelector("button") : this.place.querySelector("button");
    if (focused instanceof HTMLElement) focused.focus();
    this.changed();
    this.tell(say("card_deleted"), () => {
      this.page.cards.splice(Math.min(at, this.page.cards.length), 0, card);
      this.draw();
      this.#elements.get(card)?.element.querySelector("button")?.focus();
      this.changed();
    });
  }

  /** @param {Card} card @param {number} step */
  #move(card, step) {
    this.#moveTo(card, this.page.cards.indexOf(card) + step);
    const press = this.#elements.get(card)?.element.querySelector(step < 0 ? ".up" : ".down");
    if (press instanceof HTMLButtonElement) press.focus();
  }

  /** @param {Card} card @param {number} to */
  #moveTo(card, to) {
    const from = this.page.cards.indexOf(card);
    if (to < 0 || to >= this.page.cards.length || to === from) return;
    this.page.cards.splice(from, 1);
    this.page.cards.splice(to, 0, card);
    const shown = this.#elements.get(card)?.element;
    const list = shown?.parentElement;
    const next = this.page.cards[to + 1];
    if (shown && list) list.insertBefore(shown, (next && this.#elements.get(next)?.element) ?? null);
    this.#number();
    shown?.scrollIntoView({ block: "nearest" });
    this.changed();
    this.tell(say("moved", { place: to + 1, count: this.page.cards.length }));
  }

  /** Says of each card which one it is, and of each of its buttons and fields what it belongs to. */
  #number() {
    let idea = 0;
    this.page.cards.forEach((card, at) => {
      const element = this.#elements.get(card)?.element;
      if (!element) return;
      const name = card.kind === "idea" ? say("idea", { number: (idea += 1) }) : say("heading");
      const title = element.querySelector(".number");
      if (title) title.textContent = name;
      card.lines.forEach((line, number) => {
        const key = line.kind === "item" ? "item_of" : line.kind === "heading" ? "heading" : "sentence_of";
        this.#fields.get(line)?.field.setAttribute("aria-label", say(key, { number: number + 1, idea: name }));
      });
      for (const press of element.querySelectorAll("button")) {
        const shown = press.dataset.words ?? (press.dataset.words = [...press.childNodes].map((one) => one.textContent?.trim()).filter(Boolean).join(". "));
        press.setAttribute("aria-label", `${shown}, ${name}`);
        if (press.matches(".up")) press.setAttribute("aria-disabled", String(at === 0));
        if (press.matches(".down")) press.setAttribute("aria-disabled", String(at === this.page.cards.length - 1));
      }
    });
  }
}

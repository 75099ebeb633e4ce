// The preview beside the cards: the kiosk's own screen, as it would show what is written now.

import { button, labelled, make } from "./dom.js";
import { Refusal } from "./server.js";
import { say } from "./words.js";

/** @typedef {import("./server.js").Server} Server */

const QUIET = 300; // ms without a change, then it is drawn anew
/** What is looked at: CSS pixels of the screen; a leaflet has sheets. @type {Record<string, { width: number, height: number } | null>} */
const SIZES = { kiosk: { width: 1920, height: 1080 }, phone: { width: 390, height: 844 }, leaflet: null };

export class Beside {
  /** @type {HTMLIFrameElement | null} */
  #frame = null;
  #size = "kiosk";
  #colours = "";
  #isReady = false;
  #asked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #soon;

  /**
   * @param {Server} server @param {string} window the window's own name
   * @param {() => object} whole what is sent of the page: all of it
   */
  constructor(server, window, whole) {
    this.server = server;
    this.window = window;
    this.whole = whole;
    this.note = make("p", { role: "status", class: "preview-note" });
    this.stage = make("div", { class: "stage" });
    const sets = getComputedStyle(document.documentElement).getPropertyValue("--sets").trim().split(/\s+/);
    this.#colours = sets[0];
    const colours = make("select", {}, ...sets.map((one) => make("option", { value: one }, say(`colours_${one}`))));
    colours.addEventListener("change", () => {
      this.#colours = colours.value;
      this.#tell({ colours: this.#colours });
    });
    this.colours = labelled(say("colours"), colours);
    this.tabs = Object.keys(SIZES).map((one) => button(say(`size_${one}`), () => this.#resize(one), { "data-size": one }));
    this.element = make(
      "section",
      { class: "preview", "aria-label": say("preview") },
      make("div", { class: "preview-tools" }, make("span", { class: "buttons", role: "group", "aria-label": say("preview_size") }, ...this.tabs), this.colours),
      this.note,
      this.stage,
    );
    this.heard = this.#heard.bind(this);
    addEventListener("message", this.heard);
    this.watcher = new ResizeObserver(() => this.#fit());
    this.watcher.observe(this.stage);
    this.#resize(this.#size);
  }

  /** The page has changed: it is drawn anew in a moment. */
  changed() {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.#draw(), QUIET);
  }

  /** Ends it. */
  close() {
    clearTimeout(this.#soon);
    removeEventListener("message", this.heard);
    this.watcher.disconnect();
    this.element.remove();
  }

  /** @param {string} size */
  #resize(size) {
    this.#size = size;
    for (const tab of this.tabs) tab.setAttribute("aria-pressed", String(tab.dataset.size === size));
    this.colours.hidden = SIZES[size] === null;
    this.#frame = null;
    this.#isReady = false;
    this.stage.replaceChildren();
    this.stage.dataset.size = size;
    void this.#draw();
  }

  async #draw() {
    const asked = (this.#asked += 1);
    const size = SIZES[this.#size];
    if (!this.stage.childElementCount) this.note.textContent = say("looking");
    const body = { ...this.whole(), window: this.window };
    try {
      if (size === null) {
        /** @type {{ sheets: string[] }} */
        const told = await this.server.post("/studio/preview-leaflet", body);
        if (asked !== this.#asked) return;
        const count = told.sheets.length;
        const sheets = told.sheets.map((one, at) => make("img", { src: `data:image/png;base64,${one}`, alt: say("sheet", { number: at + 1, count }) }));
        this.stage.replaceChildren(...sheets);
        this.note.textContent = "";
        return;
      }
      /** @type {{ version: string, page: string, wrong: string }} */
      const told = await this.server.post("/studio/preview", body);
      if (asked !== this.#asked) return;
      this.note.textContent = told.wrong ? say("preview_old", { wrong: told.wrong }) : "";
      if (this.#frame === null) {
        this.#frame = make("iframe", { title: say("preview"), src: `/studio/preview/${this.window}/?page=${told.page}`, width: String(size.width), height: String(size.height) });
        this.stage.replaceChildren(this.#frame);
        this.#fit();
      }
      this.#tell({ version: told.version });
    } catch (error) {
      if (asked !== this.#asked) return;
      this.note.textContent = (error instanceof Refusal && error.message) || say("no_server");
    }
  }

  /** @param {{ version?: string, colours?: string }} told */
  #tell(told) {
    if (this.#isReady) this.#frame?.contentWindow?.postMessage(told, location.origin);
  }

  /** The screen lives: it learns what it missed. @param {MessageEvent} event */
  #heard(event) {
    if (event.origin !== location.origin || event.source !== this.#frame?.contentWindow) return;
    this.#isReady = true;
    this.#tell({ colours: this.#colours });
    this.changed();
  }

  /** A large screen is drawn smaller, so that all of it is seen. */
  #fit() {
    const size = SIZES[this.#size];
    if (!this.#frame || !size) return;
    const scale = Math.min(1, this.stage.clientWidth / size.width);
    this.#frame.style.transform = `scale(${scale})`;
    this.#frame.style.marginBlockEnd = `${-size.height * (1 - scale)}px`;
    this.#frame.style.marginInlineEnd = scale < 1 ? `${-size.width * (1 - scale)}px` : ""; // else it stands in the middle
  }
}

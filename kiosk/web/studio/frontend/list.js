// The list of pages: by part, with picture, state and findings; and the search.

import { begin } from "./begin.js";
import { button, labelled, make } from "./dom.js";
import { movableRows } from "./order.js";
import { Refusal } from "./server.js";
import { moreButton, retiredPages } from "./shelf.js";
import { say } from "./words.js";

/** @typedef {import("./types.d.ts").Listed} Listed @typedef {import("./types.d.ts").Row} Row @typedef {import("./types.d.ts").Shelf} Shelf @typedef {import("./server.js").Server} Server */

const AGAIN = 1500; // ms until the findings are asked for again
let language = "";
let searched = "";
/** The part whose order is being changed. @type {string | null} */
let ordered = null;

/** @param {HTMLElement} main @param {Server} server */
export async function showList(main, server) {
  /** @type {Listed} */
  const listed = await server.get("/studio/pages", { language });
  language = listed.language;
  const rows = make("div", { class: "parts" });
  const said = make("div", { role: "status", class: "said" });
  /** @type {Shelf} */
  const shelf = {
    server,
    again: async (focused = "") => {
      await showList(main, server);
      const row = main.querySelector(`[data-name="${CSS.escape(focused)}"]`);
      const here = row?.querySelector("a, .up") ?? main;
      if (here instanceof HTMLElement) here.focus();
      row?.scrollIntoView({ block: "nearest" });
    },
    tell: (words, undo) => tell(main.querySelector(".said"), words, undo),
  };
  const count = make("p", { role: "status", class: "count" });
  const search = make("input", { type: "search", value: searched, autocomplete: "off" });
  const filter = () => {
    searched = search.value;
    count.textContent = narrow(rows, searched);
  };
  search.addEventListener("input", filter);
  const choose = make("select", {}, ...listed.languages.map((one) => make("option", { value: one, selected: one === language }, named(one))));
  choose.addEventListener("change", () => {
    language = choose.value;
    ordered = null;
    void showList(main, server).then(() => main.querySelector("select")?.focus());
  });
  main.replaceChildren(
    make("h1", {}, say("pages")),
    make(
      "div",
      { class: "tools" },
      labelled(say("search"), search),
      listed.languages.length > 1 && labelled(say("language"), choose),
      button(say("new_page"), () => void begin(listed, server), { class: "main" }),
    ),
    count,
    rows,
    said,
  );
  fill(rows, listed, shelf);
  filter();
  if (!listed.checked) later(rows, server, filter);
}

/** Asks for the findings again until they are there. @param {HTMLElement} rows @param {Server} server @param {() => void} filter */
function later(rows, server, filter) {
  setTimeout(async () => {
    if (!rows.isConnected) return;
    /** @type {Listed} */
    const listed = await server.get("/studio/pages", { language });
    for (const one of listed.pages) {
      const state = rows.querySelector(`[data-name="${CSS.escape(one.name)}"] .state`);
      if (state && listed.checked) state.replaceWith(stateOf(one, true));
    }
    filter();
    if (!listed.checked) later(rows, server, filter);
  }, AGAIN);
}

/** Says what was done, with a way to take it back. @param {Element | null} said @param {string} words @param {() => Promise<void>} [undo] */
function tell(said, words, undo) {
  const back = async () => {
    try {
      await undo?.();
      tell(document.querySelector("#studio .said"), say("undone"));
    } catch (error) {
      tell(document.querySelector("#studio .said"), (error instanceof Refusal && error.message) || say("no_server"));
    }
  };
  said?.replaceChildren(make("p", {}, words), ...(undo ? [button(say("undo"), () => void back())] : []));
}

/** @param {HTMLElement} rows @param {Listed} listed @param {Shelf} shelf */
function fill(rows, listed, shelf) {
  const parts = [{ part: "", title: say("no_part") }, ...listed.parts];
  const isFirst = listed.language === listed.languages[0];
  for (const { part, title } of parts) {
    const inside = listed.pages.filter((one) => one.part === part);
    if (inside.length === 0) continue;
    const movable = inside.filter((one) => !one.fixed);
    const isMoving = ordered === part && movable.length > 1;
    const press = button(say(isMoving ? "order_done" : "change_order"), async () => {
      ordered = isMoving ? null : part;
      await shelf.again();
      const now = document.querySelector(`#studio [data-order="${CSS.escape(part)}"]`);
      if (now instanceof HTMLElement) now.focus();
    }, { "data-order": part, "aria-label": `${say(isMoving ? "order_done" : "change_order")}, ${title}` });
    rows.append(
      make(
        "section",
        {},
        make("div", { class: "part" }, make("h2", {}, title), isFirst && movable.length > 1 && press),
        isMoving && make("p", {}, say("order_help")),
        isMoving
          ? movableRows(movable, part, listed.language, shelf, (one) => pictureOf(one, listed))
          : make("ul", {}, ...inside.map((one) => row(one, listed, shelf))),
      ),
    );
  }
  const retired = retiredPages(listed, shelf);
  if (retired) rows.append(retired);
}

/** @param {Row} one @param {Listed} listed */
function pictureOf(one, listed) {
  const asked = new URLSearchParams({ name: one.picture, language: listed.language, page: one.name });
  return make("img", { src: `/studio/picture?${asked}`, alt: "", loading: "lazy", width: "64", height: "64" });
}

/** @param {Row} one @param {Listed} listed @param {Shelf} shelf */
function row(one, listed, shelf) {
  const when = new Date(one.changed).toLocaleDateString("en-GB", { dateStyle: "medium" });
  const made = make(
    "li",
    { "data-name": one.name },
    make(
      "a",
      { href: `#/${one.name}`, class: "page" },
      pictureOf(one, listed),
      make("span", { class: "title" }, one.title),
      stateOf(one, listed.checked),
      make("small", {}, say(one.by ? "changed_by" : "changed", { when, by: one.by })),
    ),
    !one.fixed && moreButton(one, listed, shelf),
  );
  made.dataset.words = `${one.title.toLowerCase()} ${one.name} ${one.words}`;
  return made;
}

/** @param {Row} one @param {boolean} checked */
function stateOf(one, checked) {
  const counted = [
    one.errors ? say(one.errors === 1 ? "one_error" : "errors", { count: one.errors }) : "",
    one.warnings ? say(one.warnings === 1 ? "one_warning" : "warnings", { count: one.warnings }) : "",
  ].filter(Boolean);
  const found = checked ? counted.join(", ") || say("nothing_found") : say("looking");
  return make(
    "span",
    { class: "state" },
    make("span", { class: `mark ${one.status}` }, say(`is_${one.status}`)),
    one.due && make("span", { class: "mark due" }, say("is_due")),
    one.copy && make("span", { class: "mark waits" }, say(one.copy.wrong ? "row_wrong" : one.copy.day ? "row_planned" : "row_saved", { by: one.copy.by, day: one.copy.day })),
    make("span", { class: one.errors ? "found wrong" : "found" }, found),
    one.missing.length > 0 && make("small", {}, say("not_in", { languages: one.missing.map(named).join(", ") })),
    one.old.length > 0 && make("small", {}, say("old_in", { languages: one.old.map(named).join(", ") })),
  );
}

/** Shows the pages with all of these words. @param {HTMLElement} rows @param {string} asked @returns {string} how many */
function narrow(rows, asked) {
  const words = asked.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const section of rows.querySelectorAll("section")) {
    let any = false;
    for (const one of section.querySelectorAll("li")) {
      const fits = words.every((word) => one.dataset.words?.includes(word));
      one.hidden = !fits;
      any ||= fits;
      count += Number(fits);
    }
    section.hidden = !any;
  }
  return say(count === 1 ? "one_page" : "pages_found", { count });
}

/** @param {string} code */
function named(code) {
  return new Intl.DisplayNames(["en"], { type: "language" }).of(code) ?? code;
}

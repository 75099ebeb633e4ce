// The list of pages: by part, with picture, state and findings; and the search.

import { begin } from "./begin.js";
import { button, labelled, make } from "./dom.js";
import { say } from "./words.js";

/** @typedef {import("./types.d.ts").Listed} Listed @typedef {import("./types.d.ts").Row} Row @typedef {import("./server.js").Server} Server */

const AGAIN = 1500; // ms until the findings are asked for again
let language = "";
let searched = "";

/** @param {HTMLElement} main @param {Server} server */
export async function showList(main, server) {
  /** @type {Listed} */
  const listed = await server.get("/studio/pages", { language });
  language = listed.language;
  const rows = make("div", { class: "parts" });
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
  );
  fill(rows, listed);
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

/** @param {HTMLElement} rows @param {Listed} listed */
function fill(rows, listed) {
  const parts = [{ part: "", title: say("no_part") }, ...listed.parts];
  for (const { part, title } of parts) {
    const inside = listed.pages.filter((one) => one.part === part);
    if (inside.length === 0) continue;
    rows.append(
      make("section", {}, make("h2", {}, title), make("ul", {}, ...inside.map((one) => row(one, listed)))),
    );
  }
}

/** @param {Row} one @param {Listed} listed */
function row(one, listed) {
  const asked = new URLSearchParams({ name: one.picture, language: listed.language, page: one.name });
  const made = make(
    "li",
    { "data-name": one.name },
    make(
      "a",
      { href: `#/${one.name}`, class: "page" },
      make("img", { src: `/studio/picture?${asked}`, alt: "", loading: "lazy", width: "64", height: "64" }),
      make("span", { class: "title" }, one.title),
      stateOf(one, listed.checked),
      make("small", {}, say("changed", { when: new Date(one.changed).toLocaleDateString("en-GB", { dateStyle: "medium" }) })),
    ),
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
    make("span", { class: one.errors ? "found wrong" : "found" }, found),
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

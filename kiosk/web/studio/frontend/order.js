// The pages of one part in another order: by Up and Down, or by dragging. Each move is saved at once.

import { button, make } from "./dom.js";
import { Refusal } from "./server.js";
import { say } from "./words.js";

/** @typedef {import("./types.d.ts").Listed} Listed @typedef {import("./types.d.ts").Row} Row @typedef {import("./types.d.ts").Shelf} Shelf */

/**
 * The rows of a part that can be moved.
 * @param {Row[]} pages in their order @param {string} part @param {string} language @param {Shelf} shelf @param {(one: Row) => HTMLElement} picture
 */
export function movableRows(pages, part, language, shelf, picture) {
  const list = make("ul", { class: "movable" });
  let now = pages.map((one) => one.name); // as the server knows it, once all that was sent is done
  /** What is being sent; one after another, since each says what stood before. @type {Promise<void>} */
  let sending = Promise.resolve();
  /** @type {Row | null} */
  let dragged = null;
  const titles = new Map(pages.map((one) => [one.name, one.title]));

  /** @param {string[]} before @param {string[]} after */
  const save = (before, after) => {
    sending = sending.then(async () => {
      try {
        await shelf.server.post("/studio/order", { language, part, before, after });
      } catch (error) {
        await shelf.again();
        shelf.tell((error instanceof Refusal && error.message) || say("no_server"));
      }
    });
    return sending;
  };

  /** @param {string} name @param {number} to */
  const moveTo = (name, to) => {
    const from = now.indexOf(name);
    if (from < 0 || to < 0 || to >= now.length || to === from) return;
    const before = now;
    const after = now.filter((one) => one !== name);
    after.splice(to, 0, name);
    show(after);
    void save(before, after);
    shelf.tell(say("moved_in_order", { title: titles.get(name) ?? name, place: to + 1, count: after.length }), async () => {
      if (now !== after) return;
      show(before);
      await save(after, before);
    });
  };

  /** @param {string[]} names */
  const show = (names) => {
    now = names;
    const rows = new Map([...list.children].map((one) => [one instanceof HTMLElement ? one.dataset.name : "", one]));
    const focused = document.activeElement;
    names.forEach((name, at) => {
      const row = rows.get(name);
      if (!row) return;
      if (list.children[at] !== row) list.insertBefore(row, list.children[at] ?? null);
      row.querySelector(".up")?.setAttribute("aria-disabled", String(at === 0));
      row.querySelector(".down")?.setAttribute("aria-disabled", String(at === names.length - 1));
    });
    if (focused instanceof HTMLElement && list.contains(focused)) focused.focus();
  };

  for (const one of pages) {
    const handle = make("span", { class: "handle", draggable: "true", "aria-hidden": "true", title: say("drag") }, "⠿");
    handle.addEventListener("dragstart", (event) => {
      dragged = one;
      event.dataTransfer?.setData("text/plain", "");
    });
    handle.addEventListener("dragend", () => (dragged = null));
    const press = (/** @type {string} */ way, /** @type {number} */ step) =>
      button(say(way), () => moveTo(one.name, now.indexOf(one.name) + step), { class: way, "aria-label": `${say(way)}, ${one.title}` });
    const row = make("li", { "data-name": one.name }, handle, picture(one), make("span", { class: "title" }, one.title), press("up", -1), press("down", 1));
    row.dataset.words = `${one.title.toLowerCase()} ${one.name} ${one.words}`;
    row.addEventListener("dragover", (event) => dragged && event.preventDefault());
    row.addEventListener("drop", (event) => {
      event.preventDefault();
      if (dragged) moveTo(dragged.name, now.indexOf(one.name));
    });
    list.append(row);
  }
  show(now);
  return list;
}

// Focusable elements, here "things": what up and down keys and a switch move to, in reading order and in rows.
import { all, around, first } from "../dom.js";

/**
 * Where to look for what can be reached now: an open question hides all behind it. What a sheet
 * covers is inert. @param {HTMLElement} root
 */
function layer(root) {
  return first(root, "dialog[open]") ?? root;
}

/** @param {HTMLElement} root */
export function things(root) {
  return all(layer(root), "[data-thing]").filter((one) => one.checkVisibility() && !around(one, "[inert]"));
}

/** The thing that has the focus. @param {HTMLElement} root @returns {HTMLElement | null} */
export function current(root) {
  const focused = document.activeElement;
  return root.contains(focused) ? around(focused, "[data-thing]") : null;
}

/** The thing before (-1) or after (1); from nowhere, the heading of the page. @param {HTMLElement} root @param {number} by */
export function neighbour(root, by) {
  return beside(things(root), current(root), by) ?? root;
}

/**
 * The one before (-1) or after (1), in a ring; from nowhere, the heading, or the first.
 * @template {Pick<Element, "matches">} T @param {T[]} list @param {T | null} from @param {number} by
 * @returns {T | undefined}
 */
export function beside(list, from, by) {
  const at = from ? list.indexOf(from) : -1;
  if (at < 0) return list.find((one) => one.matches("h1")) ?? list[0];
  return list[(at + by + list.length) % list.length];
}

/** Puts the focus on a thing, and moves nothing; a ring shows it to whoever uses keys. @param {HTMLElement} thing */
export function putFocus(thing) {
  const how = { focusVisible: Boolean(around(thing, "[data-keys]")), preventScroll: true };
  thing.focus(how);
}

/** Puts the focus on a thing, in view. @param {HTMLElement} thing */
export function goTo(thing) {
  putFocus(thing);
  thing.scrollIntoView({ block: "nearest" });
}

/**
 * What a thing has become where all was drawn anew: the one that says the same, or, where as many
 * are there as before, the one in its place.
 * @template {Pick<Element, "tagName" | "textContent">} T
 * @param {T} thing @param {T[]} before the things among which it was @param {T[]} after
 * @returns {T | undefined}
 */
export function successor(thing, before, after) {
  /** @param {T[]} list */
  const same = (list) =>
    list.filter((one) => one.tagName === thing.tagName && one.textContent === thing.textContent);
  const found = same(after)[same(before).indexOf(thing)];
  return found ?? (after.length === before.length ? after[before.indexOf(thing)] : undefined);
}

/**
 * Things in rows, for a switch. `data-row="whole"`: all inside is one row; "lines": each line that
 * the screen makes of it is one.
 * @param {HTMLElement} root @returns {HTMLElement[][]}
 */
export function rows(root) {
  /** @type {{holder: HTMLElement, line: number, row: HTMLElement[]}[]} */
  const found = [];
  for (const thing of things(root)) {
    const holder = around(thing, "[data-row]") ?? thing;
    const line = holder.dataset.row === "lines" ? Math.round(thing.getBoundingClientRect().top) : 0;
    const last = found.at(-1);
    if (last && last.holder === holder && Math.abs(last.line - line) < 8) last.row.push(thing);
    else found.push({ holder, line, row: [thing] });
  }
  return found.map((one) => one.row);
}

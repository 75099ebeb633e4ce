// Things: what up and down keys and a switch move to, in reading order, and in rows.

/** What can be reached now: an open question hides all behind it. @param {HTMLElement} root */
function layer(root) {
  return root.querySelector("dialog[open]") ?? root;
}

/** @param {HTMLElement} root @returns {HTMLElement[]} */
export function things(root) {
  return [...layer(root).querySelectorAll("[data-thing]")].filter((one) => one.checkVisibility());
}

/** The thing that has the focus. @param {HTMLElement} root @returns {HTMLElement | null} */
export function current(root) {
  const focused = document.activeElement;
  return root.contains(focused) ? (focused?.closest("[data-thing]") ?? null) : null;
}

/** The thing before (-1) or after (1); from nowhere, the heading of the page. */
export function neighbour(root, by) {
  const all = things(root);
  const at = all.indexOf(current(root));
  if (at < 0) return all.find((one) => one.matches("h1")) ?? all[0];
  return all[(at + by + all.length) % all.length];
}

/** Puts the focus on a thing, in view; a ring shows it to whoever uses keys. @param {HTMLElement} thing */
export function goTo(thing) {
  thing.focus({ focusVisible: Boolean(thing.closest("[data-keys]")), preventScroll: true });
  thing.scrollIntoView({ block: "nearest" });
}

/**
 * Things in rows, for a switch. `data-row="whole"`: all inside is one row; "lines": each line that
 * the screen makes of it is one.
 * @param {HTMLElement} root @returns {HTMLElement[][]}
 */
export function rows(root) {
  const found = [];
  let last = null;
  for (const thing of things(root)) {
    const holder = thing.closest("[data-row]") ?? thing;
    const line = holder.dataset.row === "lines" ? Math.round(thing.getBoundingClientRect().top) : 0;
    if (last && last.holder === holder && Math.abs(last.line - line) < 8) last.row.push(thing);
    else found.push((last = { holder, line, row: [thing] }));
  }
  return found.map((one) => one.row);
}

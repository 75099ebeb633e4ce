// Words that are typed and not saved yet, kept in this browser from the first letter on.
//
// Each window keeps its own: two windows with one page take nothing from each other. What a person
// did not choose stays too, and can be brought back.

/** @typedef {import("./types.d.ts").Draft} Draft */

const KEY = "studio draft ";
const MOST = 10; // drafts of one page

/** @param {string} name */
const begins = (name) => `${KEY}${name}\n`;

/** Keeps what a window holds. @param {string} name @param {string} holder @param {Draft} draft @returns {boolean} whether it is kept */
export function keepDraft(name, holder, draft) {
  try {
    localStorage.setItem(begins(name) + holder, JSON.stringify(draft));
    return true;
  } catch {
    return false; // the browser's store is full or closed: the page says so
  }
}

/** Lets go of what a window held. @param {string} name @param {string} holder */
export function dropDraft(name, holder) {
  localStorage.removeItem(begins(name) + holder);
}

/**
 * Returns the drafts that other windows of this browser, open or closed, have kept; the newest first.
 * @param {string} name @param {string} holder @returns {{ holder: string, draft: Draft }[]}
 */
export function draftsBeside(name, holder) {
  const found = [];
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(begins(name))) continue;
    const other = key.slice(begins(name).length);
    const draft = other === holder ? null : read(key);
    if (draft) found.push({ holder: other, draft });
  }
  found.sort((one, two) => two.draft.at.localeCompare(one.draft.at));
  for (const old of found.splice(MOST)) dropDraft(name, old.holder);
  return found;
}

/** Leaves a draft where it can be brought back, and is not asked about again. @param {string} name @param {string} holder */
export function putAside(name, holder) {
  const draft = read(begins(name) + holder);
  if (!draft) return;
  dropDraft(name, holder);
  keepDraft(name, crypto.randomUUID?.() ?? String(Math.random()), { ...draft, aside: true });
}

/** @param {string} key @returns {Draft | null} */
function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

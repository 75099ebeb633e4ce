// Words that are typed and not saved yet, kept in this browser from the first letter on.

/** @typedef {import("./types.d.ts").Draft} Draft */

const KEY = "studio draft ";
const OLD = "studio before ";

/** @param {string} name @returns {Draft | null} */
export function draftOf(name) {
  return read(KEY + name);
}

/** Keeps a draft. @param {string} name @param {Draft} draft @returns {boolean} whether it is kept */
export function keepDraft(name, draft) {
  try {
    localStorage.setItem(KEY + name, JSON.stringify(draft));
    return true;
  } catch {
    return false; // the browser's store is full or closed: the page says so
  }
}

/** @param {string} name */
export function dropDraft(name) {
  localStorage.removeItem(KEY + name);
}

/** Puts a draft aside that somebody did not choose: it can be brought back. @param {string} name */
export function putAside(name) {
  const kept = localStorage.getItem(KEY + name);
  if (kept !== null) localStorage.setItem(OLD + name, kept);
  localStorage.removeItem(KEY + name);
}

/** @param {string} name @returns {Draft | null} */
export function asideOf(name) {
  return read(OLD + name);
}

/** @param {string} key @returns {Draft | null} */
function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

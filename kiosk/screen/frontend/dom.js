// Looks for elements of our own HTML, which every room needs.

/**
 * What must be there. @template T @param {T | null | undefined} found @returns {T}
 */
export function there(found) {
  if (found === null || found === undefined) throw new Error("Something of this page is not there.");
  return found;
}

/** The first one that fits; an Error if there is none. @param {ParentNode} root @param {string} selector */
export function one(root, selector) {
  return there(first(root, selector));
}

/** The first one that fits. @param {ParentNode} root @param {string} selector */
export function first(root, selector) {
  return /** @type {HTMLElement | null} */ (root.querySelector(selector));
}

/** All that fit, in the order of the page. @param {ParentNode} root @param {string} selector */
export function all(root, selector) {
  return /** @type {HTMLElement[]} */ ([...root.querySelectorAll(selector)]);
}

/** The element itself, or the nearest around it, that fits. @param {EventTarget | null} from @param {string} selector */
export function around(from, selector) {
  return from instanceof Element ? /** @type {HTMLElement | null} */ (from.closest(selector)) : null;
}

// As in languages.py: numbers with what stands between them: of a telephone, an age, a day, a time, a house.
const NUMBER = "[A-Za-z]*\\p{Nd}[\\p{Nd}A-Za-z]*";
const NUMBERS = new RegExp(
  `(?:\\+|\\((?=\\p{Nd}+\\) ?\\p{Nd}))?${NUMBER}(?:(?: ?[-\u2013] ?| ?\\(|\\) ?|[ .:,/])${NUMBER})*`,
  "gu",
);

/** Cuts a text where numbers begin and end, so every second part is one. @param {string} text */
function cut(text) {
  const parts = [];
  let reached = 0;
  for (const { 0: found, index } of text.matchAll(NUMBERS)) {
    if (/^\p{Nd}+$/u.test(found)) continue; // one number alone stays as it is
    parts.push(text.slice(reached, index), found);
    reached = index + found.length;
  }
  return [...parts, text.slice(reached)];
}

/**
 * Writes a text into an element. Its numbers are read from left to right in every language, as in a page.
 * @param {Element} element @param {string} text
 */
export function setText(element, text) {
  const parts = cut(text).map((part, at) => {
    if (at % 2 === 0) return part;
    const number = document.createElement("bdi");
    number.dir = "ltr";
    number.textContent = part;
    return number;
  });
  element.replaceChildren(...parts);
}

/** The same for a text outside the page, such as the window's name. @param {string} text */
export function isolated(text) {
  return cut(text).map((part, at) => (at % 2 ? `\u2066${part}\u2069` : part)).join("");
}

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

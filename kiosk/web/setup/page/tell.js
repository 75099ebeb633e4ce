// What the parts of the page share: how they speak to the person, and to the server.

import { one } from "/screen/dom.js";

/** Says how it went, for eyes and for screen readers.
 *  @param {HTMLElement} place @param {string} words @param {boolean} [wrong] */
export function tell(place, words, wrong = false) {
  place.classList.toggle("wrong", wrong);
  place.textContent = words;
}

/** Says what went wrong. @param {HTMLElement} place @param {unknown} error */
export function tellError(place, error) {
  tell(place, error instanceof Error ? error.message : String(error), true);
}

/** Sends something to be kept. @template Told @param {string} path @param {object} body
 *  @returns {Promise<Told>} the answer; an Error with a plain sentence when it was not kept */
export async function send(path, body) {
  let answer;
  try {
    answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Error("Nothing was saved: the set-up program has ended. Start it again.");
  }
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error);
  return told;
}

/** A field of the page. @param {string} id */
export function field(id) {
  return /** @type {HTMLInputElement} */ (one(document, `#${id}`));
}

/** Reads a number as people type it: "98,5" too. @param {HTMLInputElement} input
 *  @param {number} least @param {number} most @param {string} hint what to try @returns {number} */
export function number(input, least, most, hint) {
  const value = Number(input.value.trim().replace(",", "."));
  const good = input.value.trim() !== "" && value >= least && value <= most;
  input.setAttribute("aria-invalid", String(!good));
  if (good) return value;
  input.focus();
  throw new Error(hint);
}

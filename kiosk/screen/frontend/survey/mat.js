// A talking mat: pictures are put under "I like it", "I am not sure" or "I do not like it".
// No dragging: one picture is in hand, and a press on a place puts it there.

/** @param {HTMLElement} question */
export function begin(question) {
  if (!question.querySelector("[data-item][aria-pressed=true], .placed [data-item]")) pick(question, next(question));
}

/** Takes a picture in hand. @param {HTMLElement} item */
export function pick(question, item) {
  for (const one of question.querySelectorAll("[data-item]")) one.ariaPressed = String(one === item);
}

/** The picture in hand. */
export function inHand(question) {
  return question.querySelector("[data-item][aria-pressed=true]");
}

/** The first picture that has no place yet. */
function next(question) {
  return question.querySelector(".tray [data-item]");
}

/**
 * Puts what is in hand under a place, and takes the next one.
 * @param {HTMLElement} question @param {string} place
 * @returns {HTMLElement | null} the picture that was put
 */
export function put(question, place) {
  const item = inHand(question);
  if (!item) return null;
  question.querySelector(`[data-placed="${place}"]`).append(item);
  pick(question, next(question));
  return item;
}

/** @returns {Record<string, string>} picture -> place, of those that have one */
export function placed(question) {
  const found = {};
  for (const item of question.querySelectorAll(".placed [data-item]"))
    found[item.dataset.item] = item.parentElement.dataset.placed;
  return found;
}

/** Puts all back on the tray. */
export function clear(question) {
  question.querySelector(".tray").append(...question.querySelectorAll("[data-item]"));
  pick(question, null);
}

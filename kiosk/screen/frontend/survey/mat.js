// A talking mat: pictures are put under "I like it", "I am not sure" or "I do not like it".
// No dragging: one picture is in hand, and a press on a place puts it there.
import { all, first, one } from "../dom.js";

/** @param {HTMLElement} question */
export function begin(question) {
  if (!first(question, "[data-item][aria-pressed=true], .placed [data-item]")) pick(question, next(question));
}

/** Takes a picture in hand. @param {HTMLElement} question @param {HTMLElement | null} item */
export function pick(question, item) {
  for (const other of all(question, "[data-item]")) other.ariaPressed = String(other === item);
}

/** The picture in hand. @param {HTMLElement} question */
export function inHand(question) {
  return first(question, "[data-item][aria-pressed=true]");
}

/** The first picture that has no place yet. @param {HTMLElement} question */
function next(question) {
  return first(question, ".tray [data-item]");
}

/**
 * Puts what is in hand under a place, and takes the next one.
 * @param {HTMLElement} question @param {string} place
 * @returns {HTMLElement | null} the picture that was put
 */
export function put(question, place) {
  const item = inHand(question);
  if (!item) return null;
  one(question, `[data-placed="${place}"]`).append(item);
  pick(question, next(question));
  return item;
}

/** Picture -> place, of those that have one. @param {HTMLElement} question */
export function placed(question) {
  /** @type {Record<string, string>} */
  const found = {};
  for (const place of all(question, "[data-placed]"))
    for (const item of all(place, "[data-item]")) found[item.dataset.item ?? ""] = place.dataset.placed ?? "";
  return found;
}

/** Puts all back on the tray. @param {HTMLElement} question */
export function clear(question) {
  one(question, ".tray").append(...all(question, "[data-item]"));
  pick(question, null);
}

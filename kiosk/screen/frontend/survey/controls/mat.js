// A talking mat: pictures are put under "I like it", "I am not sure" or "I do not like it".
// No dragging: one picture is in hand, and a press on a place puts it there.
import { all, first, one, there } from "../../dom.js";
import { declare, said } from "../controls.js";

declare("mat", {
  given(question) {
    const found = placed(question);
    return Object.keys(found).length ? found : "";
  },

  give(question, given) {
    if (typeof given !== "object" || Array.isArray(given)) return;
    for (const [item, place] of Object.entries(given)) {
      pick(question, first(question, `[data-item="${item}"]`));
      if (first(question, `[data-placed="${place}"]`)) put(question, place);
    }
  },

  clear(question) {
    one(question, ".tray").append(...all(question, "[data-item]"));
    pick(question, null);
  },

  ready(question) {
    if (!inHand(question) && !first(question, ".placed [data-item]")) pick(question, next(question));
  },

  press(question, button, { announce, tell }) {
    if (button.dataset.item) {
      pick(question, button);
      return tell([{ word: "picked" }, said(button)]);
    }
    const item = put(question, there(button.dataset.put));
    if (!item) return announce("all_put");
    const following = inHand(question);
    const after = following ? [{ word: "next_picture" }, said(following)] : [{ word: "all_put" }];
    return tell([said(item), { word: "put_here" }, said(button), ...after]);
  },
});

/** Takes a picture in hand. @param {HTMLElement} question @param {HTMLElement | null} item */
function pick(question, item) {
  for (const other of all(question, "[data-item]")) other.ariaPressed = String(other === item);
}

/** The picture in hand. @param {HTMLElement} question */
function inHand(question) {
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
function put(question, place) {
  const item = inHand(question);
  if (!item) return null;
  one(question, `[data-placed="${place}"]`).append(item);
  pick(question, next(question));
  return item;
}

/** Picture -> place, of those that have one. @param {HTMLElement} question */
function placed(question) {
  /** @type {Record<string, string>} */
  const found = {};
  for (const place of all(question, "[data-placed]"))
    for (const item of all(place, "[data-item]")) found[item.dataset.item ?? ""] = place.dataset.placed ?? "";
  return found;
}

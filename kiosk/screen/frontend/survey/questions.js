// The questions of a survey as they stand on the screen: what is chosen, written or put there.
import { all, first, one, there } from "../dom.js";
import * as mat from "./mat.js";

/**
 * @typedef {import("../types.d.ts").Given} Given
 */

/** The name of a question. @param {HTMLElement} question */
export function nameOf(question) {
  return there(question.dataset.question);
}

/** The field for words of one's own. @param {HTMLElement} question */
export function wordsIn(question) {
  return there(question.querySelector("textarea"));
}

/** What stands there now; "": nothing. @param {HTMLElement} question @returns {Given} */
export function givenIn(question) {
  const { kind, most } = question.dataset;
  if (kind === "words") return wordsIn(question).value.trim();
  if (kind === "scale") return Object.keys(mat.placed(question)).length ? mat.placed(question) : "";
  const chosen = all(question, "[data-choice][aria-pressed=true]").map((button) => button.dataset.choice ?? "");
  if (!chosen.length) return "";
  return Number(most) > 1 ? chosen : chosen[0];
}

/** Shows what was given before; the survey may have been changed since. @param {HTMLElement} question @param {Given} given */
export function giveTo(question, given) {
  if (!given) return;
  const { kind } = question.dataset;
  if (kind === "words") wordsIn(question).value = String(given);
  else if (typeof given === "object" && !Array.isArray(given))
    for (const [item, place] of Object.entries(given)) {
      mat.pick(question, first(question, `[data-item="${item}"]`));
      if (first(question, `[data-placed="${place}"]`)) mat.put(question, place);
    }
  else
    for (const name of [given].flat())
      first(question, `[data-choice="${name}"]`)?.setAttribute("aria-pressed", "true");
}

/** Takes all away that stands there. @param {HTMLElement} question */
export function clear(question) {
  for (const button of all(question, "[data-choice]")) button.ariaPressed = "false";
  const words = question.querySelector("textarea");
  if (words) words.value = "";
  if (question.dataset.kind === "scale") mat.clear(question);
}

/**
 * Chooses one, or lets it go.
 * @param {HTMLElement} question @param {HTMLElement} button
 * @returns {"chosen_now" | "chosen_not" | "enough"} what is told of it; enough: nothing has changed
 */
export function choose(question, button) {
  const most = Number(question.dataset.most);
  const buttons = all(question, "[data-choice]");
  const isChosen = button.ariaPressed === "true";
  if (most === 1) for (const other of buttons) other.ariaPressed = String(other === button);
  else if (isChosen) button.ariaPressed = "false";
  else if (buttons.filter((other) => other.ariaPressed === "true").length >= most) return "enough";
  else button.ariaPressed = "true";
  return most > 1 && isChosen ? "chosen_not" : "chosen_now";
}

/** How a button is said. @param {HTMLElement} button @returns {import("../types.d.ts").Part} */
export function said(button) {
  return { page: Number(one(button, "[data-say]").dataset.say), lit: true };
}

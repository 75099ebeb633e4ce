// Faces and pictures to choose from: one of them, or at most so many.
import { all, first } from "../../dom.js";
import { declare, said } from "../controls.js";

declare("choices", {
  given(question) {
    const chosen = all(question, "[data-choice][aria-pressed=true]").map((button) => button.dataset.choice ?? "");
    if (!chosen.length) return "";
    return mostOf(question) > 1 ? chosen : chosen[0];
  },

  give(question, given) {
    if (typeof given === "object" && !Array.isArray(given)) return;
    for (const name of [given].flat())
      first(question, `[data-choice="${name}"]`)?.setAttribute("aria-pressed", "true");
  },

  clear(question) {
    for (const button of all(question, "[data-choice]")) button.ariaPressed = "false";
  },

  ready() {},

  press(question, button, { isEyesFree, canGoOn, announce, tell }) {
    const became = choose(question, button);
    if (became === "enough") return announce("enough");
    const after = isEyesFree ? [{ word: canGoOn ? "then_next" : "then_send" }] : [];
    return tell([{ word: became }, said(button), ...after]);
  },
});

/** How many may be chosen. @param {HTMLElement} question */
function mostOf(question) {
  return Number(question.dataset.most);
}

/**
 * Chooses one, or lets it go.
 * @param {HTMLElement} question @param {HTMLElement} button
 * @returns {"chosen_now" | "chosen_not" | "enough"} what is told of it; enough: nothing has changed
 */
function choose(question, button) {
  const most = mostOf(question);
  const buttons = all(question, "[data-choice]");
  const isChosen = button.ariaPressed === "true";
  if (most === 1) for (const other of buttons) other.ariaPressed = String(other === button);
  else if (isChosen) button.ariaPressed = "false";
  else if (buttons.filter((other) => other.ariaPressed === "true").length >= most) return "enough";
  else button.ariaPressed = "true";
  return most > 1 && isChosen ? "chosen_not" : "chosen_now";
}

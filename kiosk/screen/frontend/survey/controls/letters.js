// Words of one's own: ready sentences to press, a field to write in, and our own keyboard.
import { all, first, one, there } from "../../dom.js";
import { declare, said } from "../controls.js";

const SENTENCE_BEGINS = /(^|[.?!۔؟]\s+|\n)$/u;

/** The field for words of one's own. @param {HTMLElement} question */
function wordsIn(question) {
  return there(question.querySelector("textarea"));
}

/** The ready sentence that is chosen. @param {HTMLElement} question */
function readyIn(question) {
  return first(question, "[data-ready][aria-pressed=true]");
}

declare("letters", {
  given(question) {
    const words = wordsIn(question).value.trim();
    const ready = readyIn(question);
    // What is seen counts: the sentences, or the field.
    if (!ready || (words && !one(question, ".writing").hidden)) return words;
    return { ready: there(ready.dataset.ready), words: one(ready, "[data-say]").textContent ?? "" };
  },

  give(question, given) {
    if (typeof given === "string") {
      wordsIn(question).value = given;
      show(question, "own");
    } else if (!Array.isArray(given)) {
      choose(question, first(question, `[data-ready="${given.ready}"]`));
    }
  },

  clear(question) {
    wordsIn(question).value = "";
    choose(question, null);
  },

  ready() {},

  press(question, button, { isEyesFree, canGoOn, say, tell, settle }) {
    const { ready, write, turn, letter } = button.dataset;
    if (write) {
      show(question, write);
      settle();
      return write === "own" ? wordsIn(question).focus() : one(question, "[data-ready]").focus();
    }
    if (turn) return show(question, "own", turn);
    if (ready) {
      choose(question, button);
      const after = isEyesFree ? [{ word: canGoOn ? "then_next" : "then_send" }] : [];
      return tell([{ word: "chosen_now" }, said(button), ...after]);
    }
    type(wordsIn(question), there(letter));
    choose(question, null);
    // A person who does not see it must know that it is done; which letter stays private.
    return isEyesFree ? say([{ word: letter === "undo" ? "taken_away" : "written" }]) : undefined;
  },
});

/** Chooses a ready sentence, or none. @param {HTMLElement} question @param {HTMLElement | null} button */
function choose(question, button) {
  for (const other of all(question, "[data-ready]")) other.ariaPressed = String(other === button);
}

/**
 * Shows the ready sentences, or the field with one side of the keyboard.
 * @param {HTMLElement} question @param {string} what @param {string} [sheet]
 */
function show(question, what, sheet = "letters") {
  const sentences = first(question, ".readies");
  if (sentences) sentences.hidden = what === "own";
  one(question, ".writing").hidden = what !== "own";
  for (const key of all(question, "[data-sheet]")) key.hidden = key.dataset.sheet !== sheet;
}

/** Writes one letter, a capital where a sentence begins, or takes the last away. @param {HTMLTextAreaElement} field @param {string} letter */
function type(field, letter) {
  const { value } = field;
  const begins = SENTENCE_BEGINS.test(value);
  if (letter === "undo") field.value = [...value].slice(0, -1).join("");
  else field.value = value + (begins ? letter.toLocaleUpperCase(field.lang || document.documentElement.lang) : letter);
  field.scrollTop = field.scrollHeight;
}

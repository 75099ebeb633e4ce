// Words of one's own: a field for them, and our own keyboard.
import { there } from "../../dom.js";
import { declare } from "../controls.js";

/** The field for words of one's own. @param {HTMLElement} question */
function wordsIn(question) {
  return there(question.querySelector("textarea"));
}

declare("letters", {
  given: (question) => wordsIn(question).value.trim(),

  give(question, given) {
    wordsIn(question).value = String(given);
  },

  clear(question) {
    wordsIn(question).value = "";
  },

  ready() {},

  press(question, button, { isEyesFree, say }) {
    const own = wordsIn(question);
    const letter = there(button.dataset.letter);
    own.value = letter === "undo" ? [...own.value].slice(0, -1).join("") : own.value + letter;
    own.scrollTop = own.scrollHeight;
    // A person who does not see it must know that it is done; which letter stays private.
    if (isEyesFree) say([{ word: letter === "undo" ? "taken_away" : "written" }]);
  },
});

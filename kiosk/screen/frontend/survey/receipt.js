// The receipt: a code and two pictures, all of it in the answer's own id. It is shown and spoken,
// and kept nowhere.
import { one, setText, there } from "../dom.js";

/**
 * What every letter of a code stands for: a picture, its word, and how letter and word are said.
 * @typedef {{name: string, file: string, word: string, say: string}} Letter
 */

/**
 * Makes the receipt of an answer, to be shown when somebody asks for it. @param {HTMLElement} box @param {string} id
 */
export function showReceipt(box, id) {
  /** @type {{length: number, of: Record<string, Letter>}} */
  const { length, of } = JSON.parse(there(box.dataset.letters));
  const code = [...id.slice(-length)];
  const pair = [...id.slice(-length - 2, -length)];
  one(box, ".code").replaceChildren(
    ...code.flatMap((letter, at) => {
      const shown = document.createElement("span");
      shown.textContent = letter;
      shown.dataset.say = of[letter].name;
      return at === length / 2 ? [" ", shown] : [shown];
    }),
  );
  one(box, ".pair").replaceChildren(
    ...pair.map((letter) => {
      const shown = document.createElement("span");
      shown.role = "listitem"; // a screen reader would make one word of two
      const picture = document.createElement("img");
      picture.src = of[letter].file;
      picture.alt = "";
      const word = document.createElement("span");
      setText(word, of[letter].word);
      word.dataset.say = of[letter].say;
      shown.append(picture, word);
      return shown;
    }),
  );
}

// The receipt: a code and two pictures, all of it in the answer's own id. It is shown and spoken,
// and kept nowhere.

/**
 * Shows the receipt of an answer. @param {HTMLElement} box @param {string} id
 */
export function showReceipt(box, id) {
  const { length, of } = JSON.parse(box.dataset.letters);
  const code = [...id.slice(-length)];
  const pair = [...id.slice(-length - 2, -length)];
  box.querySelector(".code").replaceChildren(
    ...code.flatMap((letter, at) => {
      const one = document.createElement("span");
      one.textContent = letter;
      one.dataset.say = of[letter].name;
      return at === length / 2 ? [" ", one] : [one];
    }),
  );
  box.querySelector(".pair").replaceChildren(
    ...pair.map((letter) => {
      const one = document.createElement("span");
      one.role = "listitem"; // a screen reader would make one word of two
      const picture = document.createElement("img");
      picture.src = of[letter].file;
      picture.alt = "";
      const word = document.createElement("span");
      word.textContent = of[letter].word;
      word.dataset.say = of[letter].say;
      one.append(picture, word);
      return one;
    }),
  );
  box.hidden = false;
}

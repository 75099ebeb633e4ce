// Which word of a sentence sounds, and which letters on the screen it is made of.

/**
 * The word that sounds so many seconds after the begin; none between two words.
 * @param {import("../types.d.ts").Word[]} words @param {number} seconds
 */
export function wordAt(words, seconds) {
  return words.find(([, , begins, ends]) => begins <= seconds && seconds < ends);
}

/**
 * The place of a character in a text. Python counts characters, the DOM counts UTF-16 units.
 * @param {string} text @param {number} characters @returns {number}
 */
export function unitsOf(text, characters) {
  return [...text].slice(0, characters).join("").length;
}

// The words of the studio, all from one file: they are ready to be translated.

/** @type {Record<string, string>} */
let words = {};

/** @param {Record<string, string>} all */
export function learn(all) {
  words = all;
}

/** Returns the words of a key, with their {gaps} filled. @param {string} key @param {Record<string, string | number>} [gaps] */
export function say(key, gaps = {}) {
  const said = words[key];
  if (said === undefined) throw new Error(`There are no words for ${key}.`);
  return said.replace(/\{(\w+)\}/g, (_, name) => String(gaps[name]));
}

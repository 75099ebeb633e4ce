// The ids of answers.

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LETTERS = 8; // of an id: the code and the two pictures of its receipt

/** @returns {string} a ULID: 48 bits of time, 80 random bits */
export function newId() {
  let time = Date.now();
  let text = "";
  for (let i = 0; i < 10; i++, time = Math.floor(time / 32)) text = LETTERS[time % 32] + text;
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) text += LETTERS[byte % 32];
  return text;
}

/** An id of the same time and with the same receipt: staff find both by one code. @param {string} id */
export function akin(id) {
  return id.slice(0, 10) + newId().slice(10, -CODE_LETTERS) + id.slice(-CODE_LETTERS);
}

// Answers that are not saved yet wait here, and are sent again until the kiosk says "saved".
// No screen reads this box, so the next person never sees what waits in it.

const KEY = "kiosk-outbox";
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** @returns {string} a ULID: 48 bits of time, 80 random bits */
export function newId() {
  let time = Date.now();
  let text = "";
  for (let i = 0; i < 10; i++, time = Math.floor(time / 32)) text = LETTERS[time % 32] + text;
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) text += LETTERS[byte % 32];
  return text;
}

/** @returns {object[]} */
function waiting() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "[]");
  } catch {
    return [];
  }
}

/** @param {object[]} answers */
function keep(answers) {
  if (answers.length) localStorage.setItem(KEY, JSON.stringify(answers));
  else localStorage.removeItem(KEY);
}

/** Puts an answer into the box. @param {object} answer */
export function put(answer) {
  keep([...waiting(), answer]);
}

let busy = false;

/** Sends all that waits. @returns {Promise<boolean>} whether the box is empty now */
export async function sendAll() {
  if (busy) return false;
  busy = true;
  try {
    for (const answer of waiting()) {
      const reply = await fetch("/api/feedback", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(answer),
      });
      // An answer that is refused for good would block all others behind it.
      if (reply.ok || (reply.status >= 400 && reply.status < 500))
        keep(waiting().filter((one) => one.id !== answer.id));
      else return false;
    }
    return true;
  } catch {
    return false;
  } finally {
    busy = false;
  }
}

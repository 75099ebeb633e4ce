// The pages are asked for as soon as the first one is painted: whoever presses at once need not wait.
// The first HTML begins this by itself, since the other modules come later; http.js takes what it got.
import { one } from "../dom.js";

/** @type {Map<string, Promise<Response>>} by address */
const coming = new Map();
let isLate = false; // others ask for themselves by now

/** The reply that is on its way, for one who asks. @param {string} address */
export function early(address) {
  isLate = true;
  const reply = coming.get(address);
  coming.delete(address);
  return reply;
}

function ask() {
  if (isLate) return;
  const { language } = JSON.parse(one(document, "#kiosk-site").textContent ?? "");
  const reply = fetch(`pages/${language}`);
  reply.catch(() => {}); // whoever takes it is told
  coming.set(`pages/${language}`, reply);
}

// What is put off in a frame comes when that is painted.
globalThis.requestAnimationFrame?.(() => setTimeout(ask));

// A sentence is said, and the word that is said is lit.

import { make } from "./dom.js";

/** @typedef {import("./types.d.ts").Heard} Heard @typedef {import("./server.js").Server} Server */

/** @type {(() => void) | null} */
let silence = null;

/** Ends what is being said. */
export function hush() {
  silence?.();
}

/**
 * Says some words, and shows them lit in `shown` meanwhile.
 * @param {Server} server @param {string} text @param {string} language @param {HTMLElement} shown
 */
export async function listen(server, text, language, shown) {
  hush();
  /** @type {Heard} */
  const heard = await server.post("/studio/listen", { text, language });
  const bytes = Uint8Array.from(atob(heard.sound), (one) => one.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: "audio/wav" }));
  const audio = new Audio(address);
  const end = () => {
    audio.pause();
    URL.revokeObjectURL(address);
    shown.replaceChildren();
    if (silence === end) silence = null;
  };
  silence = end;
  audio.addEventListener("ended", end);
  const follow = () => {
    if (silence !== end) return;
    const now = heard.words.find(([, , from, to]) => from <= audio.currentTime && audio.currentTime < to);
    const [start, stop] = now ?? [0, 0];
    const lit = make("mark", {}, heard.text.slice(start, stop));
    shown.replaceChildren(heard.text.slice(0, start), lit, heard.text.slice(stop));
    requestAnimationFrame(follow);
  };
  await audio.play();
  follow();
}

// Keys: a tactile keypad is a keyboard.
import { Bounce } from "./bounce.js";
import { current, goTo, neighbour } from "./things.js";

/**
 * @typedef {import("../types.d.ts").Keypad} Keypad
 */

/**
 * @param {object} on
 * @param {HTMLElement} on.root
 * @param {() => Keypad} on.keypad the keys as they are set now
 * @param {() => boolean} on.asks whether a question about the visit is on the screen
 * @param {(thing: HTMLElement | null) => void} on.select does what the thing in focus is there for
 * @param {() => void} on.press the one key of a switch
 * @param {Record<string, () => unknown>} on.actions what else can be done, by name
 */
export function listenToKeys({ root, keypad, asks, select, press, actions }) {
  const bounce = new Bounce();

  /** What the keys of the map do that no button does. @type {Record<string, () => unknown>} */
  const moves = {
    up: () => goTo(neighbour(root, -1)),
    down: () => goTo(neighbour(root, 1)),
    select: () => select(current(root)),
    switch: () => press(),
  };

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    root.dataset.keys = "true"; // whoever uses keys must see where they are
    const wanted = actionOf(keypad(), event) ?? (event.key === "Escape" ? "escape" : undefined);
    const writing = event.target instanceof HTMLTextAreaElement;
    // In the words that somebody writes, Home goes to the begin of the line.
    if (writing && (event.key === "Home" || event.key === " ")) return;
    if (!wanted && event.key !== " ") return bounce.other();
    if (!bounce.counts(event)) return event.preventDefault();
    if (!wanted) return; // the space bar presses a button by itself
    event.preventDefault();
    // A question about the visit is answered by any key, when it is let go.
    if (asks() && wanted !== "speech") return;
    (moves[wanted] ?? actions[wanted])();
  });
  addEventListener("pointerdown", () => delete root.dataset.keys, true);
}

/** What a key is there for. @param {Keypad} keypad @param {{code: string, key: string}} event */
export function actionOf(keypad, { code, key }) {
  const named = Object.entries(keypad).find(([, keys]) => keys.includes(code) || keys.includes(key));
  return named?.[0];
}

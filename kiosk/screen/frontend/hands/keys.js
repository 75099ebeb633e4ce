// Keys: a tactile keypad is a keyboard. A held key does not repeat, and a bounce counts once.
import { current, goTo, neighbour } from "./things.js";

const BOUNCE_MS = 500;

/** @param {import("../page/screen.js").Kiosk} kiosk */
export function listenToKeys(kiosk) {
  let last = { key: "", at: -BOUNCE_MS };

  /** Whether this press counts. @param {KeyboardEvent} event */
  function counts(event) {
    const key = event.code || event.key;
    const bounced = key === last.key && event.timeStamp - last.at < BOUNCE_MS;
    if (!event.repeat && !bounced) last = { key, at: event.timeStamp };
    return !event.repeat && !bounced;
  }

  /** What the keys of the map do that no button does. */
  const moves = {
    up: () => goTo(neighbour(kiosk.root, -1)),
    down: () => goTo(neighbour(kiosk.root, 1)),
    select: () => select(kiosk),
    switch: () => kiosk.scan.press(),
  };

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    kiosk.root.dataset.keys = "true"; // whoever uses keys must see where they are
    const wanted = actionOf(kiosk.site.keypad, event);
    const writing = event.target instanceof HTMLTextAreaElement;
    // In the words that somebody writes, Home goes to the begin of the line.
    if (writing && (event.key === "Home" || event.key === " ")) return;
    if (!wanted && event.key !== " ") {
      last = { key: event.code || event.key, at: -BOUNCE_MS };
      return;
    }
    if (!counts(event)) return event.preventDefault();
    if (!wanted) return; // the space bar presses a button by itself
    event.preventDefault();
    // A question about the visit is answered by any key, when it is let go.
    if (kiosk.idle.asks() && wanted !== "speech") return;
    (moves[wanted] ?? kiosk.actions[wanted])();
  });
  addEventListener("pointerdown", () => delete kiosk.root.dataset.keys, true);
}

/** @param {Record<string, string[]>} keypad @param {KeyboardEvent} event */
function actionOf(keypad, { code, key }) {
  const named = Object.entries(keypad).find(([, keys]) => keys.includes(code) || keys.includes(key));
  return named?.[0];
}

/** Does what the thing in focus is there for. @param {import("../page/screen.js").Kiosk} kiosk */
export function select(kiosk, thing = current(kiosk.root) ?? document.activeElement) {
  if (thing.matches("button, a")) thing.click();
  else if (thing.matches("textarea")) goTo(neighbour(kiosk.root, 1));
  else if (thing.matches("[data-thing]")) {
    if (thing.querySelector("[data-say]")) kiosk.speaker.readSentences([...thing.querySelectorAll("[data-say]")]);
    else kiosk.speaker.tell(thing);
  } else goTo(neighbour(kiosk.root, 1));
}

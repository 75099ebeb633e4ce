// What only the kiosk's own locked browser gets (see kiosk/lockdown/key.py): no key opens a window or a
// menu, nothing grows, is dragged or copied, the screen does not sleep, and the kiosk is told that a
// page was really drawn.

const SIGN_MS = 3000;

// --- what the page takes first, so that the browser never gets it ---

// Of all keys the browser has only these, and those that write a letter. What else the keypad and
// the screen do with a key is done by the page: this only stops what the browser would do.
const PLAIN = [
  ...["Tab", "Enter", "Backspace", "Delete", "Home", "End", "PageUp", "PageDown"],
  ...["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Shift", "CapsLock", "AltGraph"],
  ...["NumLock", "Compose", "Dead", "Process"],
];
// With Ctrl, in the words that somebody writes.
const EDITING = ["a", "Backspace", "Delete", "Home", "End", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"];

/** Whether the browser may have this key. @param {KeyboardEvent} event */
function isForBrowser({ key, ctrlKey, altKey, metaKey, target }) {
  if (altKey || metaKey) return false;
  if (ctrlKey) return target instanceof HTMLTextAreaElement && EDITING.includes(key);
  return [...key].length === 1 || PLAIN.includes(key);
}
for (const kind of /** @type {const} */ (["keydown", "keyup"]))
  addEventListener(kind, (event) => isForBrowser(event) || event.preventDefault(), { capture: true });

/** @param {Event} event */
const never = (event) => event.preventDefault();
// Nothing that one visitor marks reaches the clipboard, and nothing comes from there: it may be of
// the visitor before. A middle click pastes too, and opens a link in a tab of its own.
const CLIPBOARD = ["copy", "cut", "paste", "drop", "dragover", "auxclick"];
for (const kind of ["contextmenu", "dragstart", "gesturestart", ...CLIPBOARD])
  addEventListener(kind, never, { capture: true });
for (const kind of /** @type {const} */ (["mousedown", "mouseup"]))
  addEventListener(kind, (event) => event.button && never(event), { capture: true });
addEventListener("beforeinput", (event) => /^insertFrom(Paste|Drop|Yank)/.test(event.inputType) && never(event), {
  capture: true,
});
// Nothing is marked but what somebody writes, and that goes with the page it stands on.
addEventListener("selectstart", (event) => event.target instanceof HTMLTextAreaElement || never(event), {
  capture: true,
});
// A pinch on a touchpad, and on a touch screen.
addEventListener("wheel", (event) => event.ctrlKey && never(event), { capture: true, passive: false });
addEventListener("touchmove", (event) => event.touches.length > 1 && never(event), {
  capture: true,
  passive: false,
});

// --- what it tells ---

document.documentElement.dataset.locked = "";

/** The screen stays on. A page that was hidden has lost its wake lock. */
function stayAwake() {
  if (document.visibilityState === "visible") navigator.wakeLock?.request("screen").catch(() => {});
}
stayAwake();

/** Whether a person sees the kiosk: its heading has words and room, and nothing else lies over it. */
function seen() {
  const root = document.getElementById("kiosk");
  const strict = { opacityProperty: true, visibilityProperty: true };
  const heading = [...(root?.querySelectorAll("h1") ?? [])].find((one) => one.checkVisibility(strict));
  if (!root || !heading?.textContent?.trim()) return false;
  const room = heading.getBoundingClientRect();
  const top = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  return room.width > 0 && room.height > 0 && root.contains(top);
}

let hadKeys = false; // where nothing gives the keys to a window, they are no sign

/** Whether the page has the keys and all of the screen, in its own size: nothing is in front of it. */
function alone() {
  hadKeys ||= document.hasFocus();
  /** @param {number} here @param {number} all */
  const fills = (here, all) => Math.abs(here / all - 1) < 0.01;
  const whole = fills(innerWidth, screen.width) && fills(innerHeight, screen.height);
  return whole && document.hasFocus() === hadKeys;
}

let touched = false; // since the last sign
for (const kind of ["pointerdown", "keydown"])
  addEventListener(kind, () => (touched = true), { capture: true, passive: true });

/** After the next picture is drawn: a page that draws nothing gives no sign. */
function sign() {
  requestAnimationFrame(() => {
    if (!seen() || !alone()) return;
    const nobody = Boolean(document.getElementById("kiosk-begin"));
    const drawn = document.getElementById("kiosk")?.dataset.version;
    const body = JSON.stringify({ nobody, touched, drawn });
    touched = false;
    const headers = { "Content-Type": "application/json" };
    fetch("alive", { method: "POST", headers, body, signal: AbortSignal.timeout(SIGN_MS) }).catch(() => {});
  });
}
sign();
setInterval(sign, SIGN_MS);
addEventListener("visibilitychange", () => {
  stayAwake();
  sign();
});

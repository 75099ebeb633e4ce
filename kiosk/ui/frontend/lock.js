// What only the kiosk's own locked browser gets (see kiosk/hall/key.py): nothing opens a menu, grows
// or is dragged, the screen does not sleep, and the kiosk is told that a page was really drawn.

const SIGN_MS = 3000;

for (const kind of ["contextmenu", "dragstart", "gesturestart"])
  addEventListener(kind, (event) => event.preventDefault(), { capture: true });
// A pinch on a touchpad, and on a touch screen.
addEventListener("wheel", (event) => event.ctrlKey && event.preventDefault(), { capture: true, passive: false });
addEventListener("touchmove", (event) => event.touches.length > 1 && event.preventDefault(), {
  capture: true,
  passive: false,
});

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
  const room = heading?.getBoundingClientRect();
  const top = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  return Boolean(heading?.textContent.trim() && room.width > 0 && room.height > 0 && root.contains(top));
}

let touched = false; // since the last sign
for (const kind of ["pointerdown", "keydown"])
  addEventListener(kind, () => (touched = true), { capture: true, passive: true });

/** After the next picture is drawn: a page that draws nothing gives no sign. */
function sign() {
  requestAnimationFrame(() => {
    if (!seen()) return;
    const body = JSON.stringify({ nobody: Boolean(document.getElementById("kiosk-begin")), touched });
    touched = false;
    const headers = { "Content-Type": "application/json" };
    fetch("/alive", { method: "POST", headers, body, signal: AbortSignal.timeout(SIGN_MS) }).catch(() => {});
  });
}
sign();
setInterval(sign, SIGN_MS);
addEventListener("visibilitychange", () => {
  stayAwake();
  sign();
});

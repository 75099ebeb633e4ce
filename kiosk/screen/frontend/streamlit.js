// Streamlit stands behind the screen. Its scripts come once the page is seen and nobody presses
// anything: beside the first page they would make people wait twice as long for it, and beside the
// first presses for the next one.

const QUIET_MS = 500; // without a press
const LATEST_MS = 1000; // a browser that never rests does it all the same

function behind() {
  const kept = document.querySelector("template#kiosk-behind");
  if (kept instanceof HTMLTemplateElement) document.head.append(kept.content);
}

/** Calls when the browser rests and nobody has pressed anything for a while. @param {() => void} then */
function whenQuiet(then) {
  const pressed = new AbortController();
  const rest = () => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(then, { timeout: LATEST_MS });
    else then();
  };
  let waiting = 0;
  const wait = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      pressed.abort();
      rest();
    }, QUIET_MS);
  };
  for (const press of ["keydown", "pointerdown"]) addEventListener(press, wait, { capture: true, signal: pressed.signal });
  wait();
}

/** Keeps Streamlit behind a screen. @param {HTMLElement} root @param {() => void} title sets that of the window */
export function standBefore(root, title) {
  // When the server is gone, a dialog of Streamlit makes all inert but what has this attribute of React Aria.
  root.dataset.reactAriaTopLayer = "true";
  // It puts its own title back now and then.
  new MutationObserver(title).observe(document.head, { subtree: true, childList: true });
  if (document.readyState === "complete") whenQuiet(behind);
  else addEventListener("load", () => whenQuiet(behind), { once: true });
}

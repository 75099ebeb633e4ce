// What nobody waits for is done when nobody presses anything: what people wait for comes first.

const QUIET_MS = 500; // without a press
const LATEST_MS = 1000; // a browser that never rests does it all the same

/** Calls once, when nobody has pressed anything for a while and the browser rests. @param {() => void} then */
export function whenQuiet(then) {
  const pressed = new AbortController();
  let waiting = 0;
  const wait = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      pressed.abort();
      if ("requestIdleCallback" in globalThis) requestIdleCallback(then, { timeout: LATEST_MS });
      else then(); // Safari has none
    }, QUIET_MS);
  };
  for (const press of ["keydown", "pointerdown"]) addEventListener(press, wait, { capture: true, signal: pressed.signal });
  wait();
}

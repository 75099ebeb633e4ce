// Several windows of one browser share its store: what only one of them may do is done under a lock.
// A browser gives locks only to a page that it trusts (https, or the computer itself).

/**
 * Does something unless another window is at it. @param {string} name @param {() => Promise<void>} work
 */
export async function alone(name, work) {
  if (!navigator.locks) return work(); // the kiosk keeps an answer that comes twice once
  return navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : undefined));
}

/**
 * Holds a lock until it is let go, or the window is gone.
 * @param {string} name @param {number} ms how long we wait for it
 * @returns {Promise<(() => void) | null>} what lets it go; null: another window has it
 */
export function hold(name, ms) {
  if (!navigator.locks) return Promise.resolve(() => {});
  return new Promise((done) => {
    const held = () => new Promise((/** @type {(end?: unknown) => void} */ letGo) => done(letGo));
    navigator.locks.request(name, { signal: AbortSignal.timeout(ms) }, held).catch(() => done(null));
  });
}

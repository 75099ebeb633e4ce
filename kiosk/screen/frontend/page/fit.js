// The bars never grow: a label that is too wide for its place gets smaller, down to a least size.
import { all, around } from "../dom.js";

const LEAST = 0.87; // of the smallest letters: then a capital has 4.2 mm on the kiosk
const STEP = 0.04;
const LINES = 2.5; // the name of the site has two lines at most

/** Whether one box is not wholly in another. @param {Element} inner @param {Element} outer */
function sticksOut(inner, outer) {
  const [one, other] = [inner.getBoundingClientRect(), outer.getBoundingClientRect()];
  return (
    one.left < other.left - 1 || one.right > other.right + 1 || one.top < other.top - 1 || one.bottom > other.bottom + 1
  );
}

/** Whether some words of a bar, or a button of it, are larger than their place. @param {HTMLElement} bar */
function spills(bar) {
  return all(bar, ".name, .name p, button, button span:not(.unseen)")
    .filter((one) => one.checkVisibility())
    .some(
      (one) =>
        one.scrollWidth > one.clientWidth + 1 ||
        (one.matches("p") && one.offsetHeight > LINES * parseFloat(getComputedStyle(one).fontSize)) ||
        sticksOut(one, around(one.parentElement, "button, .name") ?? bar),
    );
}

/**
 * Makes the words of a bar as large as fits: smaller first, then in two lines, then without the
 * name of the site. @param {HTMLElement} bar
 */
function fitBar(bar) {
  bar.style.removeProperty("--fit");
  const style = getComputedStyle(bar);
  const smallest = (LEAST * parseFloat(style.getPropertyValue("--least"))) / parseFloat(style.fontSize);
  for (const way of ["", "two", "two bare"]) {
    bar.dataset.fit = way;
    for (let size = 1; size >= smallest; size -= STEP) {
      bar.style.setProperty("--fit", size.toFixed(2));
      if (!spills(bar)) return;
    }
  }
}

/** @type {WeakMap<HTMLElement, string>} what each bar was made to fit: measuring takes long */
const fitted = new WeakMap();

/** Brings the words of the bars in step with their room, their size and their language. @param {HTMLElement} root */
export function fit(root) {
  const { clientWidth, clientHeight, dataset } = root;
  const room = [clientWidth, clientHeight, dataset.bigger, document.fonts.status, document.documentElement.lang];
  for (const bar of all(root, ".top, .bar")) {
    const hidden = all(bar, "[hidden]").length;
    const now = [...room, hidden, bar.textContent].join();
    if (fitted.get(bar) !== now) fitBar(bar);
    fitted.set(bar, now);
  }
}

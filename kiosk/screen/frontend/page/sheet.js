// A sheet: it rises from the bottom and stands on the bar, whose buttons go on as ever.
import { all, first, one } from "../dom.js";
import { goTo } from "../hands/things.js";
import { copyOf } from "./copies.js";

export class Sheet {
  /**
   * @param {import("../types.d.ts").Now} now
   * @param {object} tell
   * @param {(sheet: HTMLElement) => void} tell.fill puts into a new one what hangs on the visit
   * @param {() => void} tell.changed one has opened, or is gone
   * @param {() => void} tell.hush one goes away that may be being read
   */
  constructor(now, { fill, changed, hush }) {
    this.now = now;
    this.fill = fill;
    this.changed = changed;
    this.hush = hush;
    this.dim = one(now.root, ".dim");
    this.dim.addEventListener("click", () => this.close());
  }

  /** The one that is open. */
  get open() {
    return first(this.now.root, ".sheet");
  }

  /** Whether one is open that belongs to the page: another page has another. */
  get isOfPage() {
    return Boolean(this.open && first(this.open, "[data-say]"));
  }

  /** Opens one; its heading gets the focus. @param {string} name */
  show(name) {
    const { root, site } = this.now;
    this.open?.remove();
    const sheet = copyOf(root, name, site.words);
    this.fill(sheet);
    this.dim.after(sheet);
    this.#cover(true);
    goTo(one(sheet, "h2"));
  }

  /** Closes it; what opened it has the focus again. */
  close() {
    const name = this.open?.dataset.sheet;
    if (!this.fold()) return;
    const opened = all(this.now.root, `[data-action="${name}"]`).filter((button) => button.checkVisibility());
    if (opened.length) goTo(opened[0]);
  }

  /** Takes it away, for whoever puts the focus elsewhere. @returns {boolean} whether one was open */
  fold() {
    const { open } = this;
    if (!open) return false;
    if (this.isOfPage) this.hush();
    open.remove();
    this.#cover(false);
    return true;
  }

  /** @param {boolean} isCovered */
  #cover(isCovered) {
    this.dim.hidden = !isCovered;
    for (const behind of all(this.now.root, ".top, #page")) behind.inert = isCovered;
    this.changed();
  }
}

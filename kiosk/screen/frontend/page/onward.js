// `More`: where a page goes on below, it says so, and moves on by one row. A swipe, which many
// cannot do, is never needed.
import { all, first, one, there } from "../dom.js";

const NEAR = 8; // px: so little below is nothing to see
const ROWS = ".idea, h2, .choice, .tell-now, .end, li, .answer, .letters, .meaning";
const PART = 0.8; // of the room: how far it moves inside a row that is taller

export class Onward {
  /** @param {import("../types.d.ts").Now} now */
  constructor(now) {
    this.now = now;
    this.button = one(now.root, ".more");
    this.fade = one(now.root, ".fade");
    /** @type {HTMLElement | null} what scrolls on the page that is open */
    this.room = null;
    this.look = () => this.#look();
    this.sizes = new ResizeObserver(() => this.#measure());
    /** @type {HTMLElement | null} what the question that is shown is left by */
    this.strip = null;
  }

  /** Brings the button in step with a page or question that was just opened. */
  begin() {
    this.room?.removeEventListener("scroll", this.look);
    this.sizes.disconnect();
    this.room = all(this.now.main, ".rows").find((room) => room.checkVisibility()) ?? null;
    this.strip = first(this.now.main, ".question:not([hidden]) > .answer-bar");
    if (!this.room) return this.#show(false);
    this.room.addEventListener("scroll", this.look, { passive: true });
    for (const sized of [this.room, ...all(this.room, ":scope > *, .part > *")]) this.sizes.observe(sized);
    if (this.strip) this.sizes.observe(this.strip);
    return this.#measure();
  }

  /** It stands above what a question is left by: that grows with the words, and not when somebody scrolls. */
  #measure() {
    const { style } = this.now.root;
    const room = `${this.strip?.offsetHeight ?? 0}px`;
    if (style.getPropertyValue("--strip-room") !== room) style.setProperty("--strip-room", room);
    this.#look();
  }

  #look() {
    const room = there(this.room);
    this.#show(room.scrollHeight - room.clientHeight - room.scrollTop > NEAR && canScroll(room));
  }

  /** @param {boolean} goesOn */
  #show(goesOn) {
    this.button.hidden = this.fade.hidden = !goesOn;
    this.room?.toggleAttribute("data-goes-on", goesOn);
  }

  /** Moves so that the first row which is cut stands at the top. */
  next() {
    const { room } = this;
    if (!room) return;
    const { top } = room.getBoundingClientRect();
    const end = this.button.getBoundingClientRect().top;
    const free = parseFloat(getComputedStyle(room).paddingTop);
    const cut = all(room, ROWS).find((row) => row.checkVisibility() && row.getBoundingClientRect().bottom > end);
    const far = (cut?.getBoundingClientRect().top ?? end) - top - free;
    const by = far > NEAR ? far : room.clientHeight * PART;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    room.scrollBy({ top: by, behavior: calm ? "auto" : "smooth" });
  }
}

/** At 400% zoom the whole screen moves, and not the page in it. @param {HTMLElement} room */
function canScroll(room) {
  return getComputedStyle(room).overflowY !== "visible";
}

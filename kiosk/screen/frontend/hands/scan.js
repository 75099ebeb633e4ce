// Switch scanning: a frame moves through the rows, then inside a row; one key chooses.
import { around } from "../dom.js";
import { goTo, rows } from "./things.js";

const ROUNDS = 2; // inside a row: then the frame goes out to the rows again
const REST_ROUNDS = 3; // over all rows without a press: then the frame waits

/**
 * @typedef {object} Around what happens around the frame
 * @property {() => number} seconds how long the frame stands on each thing
 * @property {() => boolean} isBusy whether something is said: the frame stands still, so that it can be heard
 * @property {() => boolean} pause stops what is read to the person; whether there was anything to stop
 * @property {(thing: HTMLElement) => void} select does what a thing is there for
 * @property {(thing: HTMLElement) => void} moved the frame has come to a thing, or to a row that begins with it
 * @property {(what: "on" | "rest" | "awake") => void} tell
 */

/** Switch scanning, for one switch. */
export class Scan {
  /** @param {HTMLElement} root @param {Around} on */
  constructor(root, on) {
    this.root = root;
    this.around = on;
    this.on = false;
    /** @type {HTMLElement[] | null} the row that the frame is in */
    this.inside = null;
    this.place = -1;
    this.round = 0;
    this.resting = false;
    this.timer = 0;
    this.frame = document.createElement("div");
    this.frame.id = "kiosk-frame";
    this.frame.ariaHidden = "true";
    this.frame.hidden = true;
    root.append(this.frame);
  }

  /** The one key. */
  press() {
    if (!this.on) return this.#start();
    if (this.around.pause()) return undefined; // a press while I read stops me
    if (this.resting) return this.#wake();
    const shown = this.#shown();
    if (!shown) return this.#next();
    if (!this.inside && shown.length > 1) {
      this.inside = shown;
      this.place = -1;
      this.round = 0;
      return this.#next();
    }
    this.inside = null;
    this.round = 0;
    this.frame.hidden = true;
    goTo(shown[0]);
    this.around.select(shown[0]);
    return this.#wait();
  }

  /** Begins at the top of what is shown now. */
  restart() {
    this.inside = null;
    this.round = 0;
    const all = rows(this.root);
    // The first row of the page itself, not of the bar above it.
    this.place = all.findIndex((row) => row[0].matches(".sheet *, main *, dialog *")) - 1;
    this.frame.hidden = true;
  }

  stop() {
    clearTimeout(this.timer);
    this.on = false;
    this.frame.hidden = true;
  }

  #start() {
    this.on = true;
    this.resting = false;
    this.restart();
    this.around.tell("on");
    this.#wait();
  }

  #wake() {
    this.resting = false;
    this.around.tell("awake");
    this.restart();
    this.#next();
  }

  /** What the frame stands on now: a row, or one thing of it. */
  #shown() {
    if (this.frame.hidden) return null;
    if (this.inside) return [this.inside[this.place]];
    return rows(this.root)[this.place] ?? null;
  }

  #wait() {
    clearTimeout(this.timer);
    if (!this.on || this.resting) return;
    this.timer = setTimeout(() => {
      if (this.around.isBusy()) this.#wait();
      else this.#next();
    }, this.around.seconds() * 1000);
  }

  #next() {
    const all = rows(this.root);
    if (this.inside && !this.inside.every((one) => one.isConnected && one.checkVisibility()))
      this.inside = null;
    const list = this.inside ?? all;
    this.place++;
    if (this.place >= list.length) {
      this.place = 0;
      this.round++;
      if (this.inside && this.round >= ROUNDS) {
        const [leader] = this.inside;
        this.place = all.findIndex((row) => row.includes(leader));
        this.inside = null;
        this.round = 0;
      } else if (!this.inside && this.round >= REST_ROUNDS) {
        this.round = 0;
        this.resting = true;
        this.frame.hidden = true;
        this.around.tell("rest");
        return;
      }
    }
    const shown = this.inside ? [this.inside[this.place]] : all[this.place];
    this.#draw(shown);
    this.around.moved(shown[0]);
    this.#wait();
  }

  /** @param {HTMLElement[]} shown */
  #draw(shown) {
    shown[0].scrollIntoView({ block: "nearest" });
    if (this.inside) shown[0].focus({ preventScroll: true });
    const boxes = shown.map((one) => one.getBoundingClientRect());
    const top = Math.max(Math.min(...boxes.map((box) => box.top)), 8);
    const left = Math.min(...boxes.map((box) => box.left));
    const right = Math.max(...boxes.map((box) => box.right));
    const bottom = Math.max(...boxes.map((box) => box.bottom));
    // Inside an open question the frame must be above it.
    (around(shown[0], "dialog") ?? this.root).append(this.frame);
    this.frame.hidden = false;
    this.frame.classList.toggle("one", Boolean(this.inside));
    Object.assign(this.frame.style, {
      top: `${top - 8}px`,
      left: `${Math.max(left - 8, 0)}px`,
      width: `${Math.min(right + 8, innerWidth) - Math.max(left - 8, 0)}px`,
      height: `${Math.min(bottom + 8, innerHeight) - top + 8}px`,
    });
  }
}

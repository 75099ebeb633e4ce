// Switch scanning: a frame moves through the rows, then inside a row; one key chooses.
import { select } from "./keys.js";
import { goTo, rows } from "./things.js";

const ROUNDS = 2; // inside a row: then the frame goes out to the rows again
const REST_ROUNDS = 3; // over all rows without a press: then the frame waits

export class Scan {
  /** @param {import("../page/screen.js").Kiosk} kiosk */
  constructor(kiosk) {
    this.kiosk = kiosk;
    this.on = false;
    this.inside = null; // the row that the frame is in
    this.place = -1;
    this.round = 0;
    this.resting = false;
    this.frame = document.createElement("div");
    this.frame.id = "kiosk-frame";
    this.frame.ariaHidden = "true";
    this.frame.hidden = true;
    kiosk.root.append(this.frame);
  }

  /** The one key. */
  press() {
    const { kiosk } = this;
    if (!this.on) return this.#start();
    if (kiosk.voice.reading) return kiosk.actions.listen(); // a press while I read stops me
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
    select(kiosk, shown[0]);
    this.#wait();
  }

  /** Begins at the top of what is shown now. */
  restart() {
    this.inside = null;
    this.round = 0;
    const all = rows(this.kiosk.root);
    // The first row of the page itself, not of the bar above it.
    this.place = all.findIndex((row) => row[0].matches("main *, dialog *")) - 1;
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
    this.kiosk.announce("scan_on");
    this.#wait();
  }

  #wake() {
    this.resting = false;
    this.kiosk.hide();
    this.restart();
    this.#next();
  }

  /** What the frame stands on now: a row, or one thing of it. */
  #shown() {
    if (this.frame.hidden) return null;
    if (this.inside) return [this.inside[this.place]];
    return rows(this.kiosk.root)[this.place] ?? null;
  }

  #wait() {
    clearTimeout(this.timer);
    if (!this.on || this.resting) return;
    this.timer = setTimeout(() => {
      // The frame stands still while something is said, so that it can be heard to its end.
      if (this.kiosk.voice.busy) this.#wait();
      else this.#next();
    }, this.kiosk.site.switch.seconds * 1000);
  }

  #next() {
    const all = rows(this.kiosk.root);
    if (this.inside && !this.inside.every((one) => one.isConnected && one.checkVisibility()))
      this.inside = null;
    const list = this.inside ?? all;
    this.place++;
    if (this.place >= list.length) {
      this.place = 0;
      this.round++;
      if (this.inside && this.round >= ROUNDS) {
        this.place = all.findIndex((row) => row.includes(this.inside[0]));
        this.inside = null;
        this.round = 0;
      } else if (!this.inside && this.round >= REST_ROUNDS) {
        this.round = 0;
        this.resting = true;
        this.frame.hidden = true;
        this.kiosk.announce("scan_rest");
        return;
      }
    }
    const shown = this.inside ? [this.inside[this.place]] : all[this.place];
    this.#draw(shown);
    if (this.kiosk.visit.eyesFree) this.kiosk.speaker.tell(shown[0]);
    else if (this.kiosk.site.switch.sound) this.kiosk.voice.cue("/cue.wav");
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
    (shown[0].closest("dialog") ?? this.kiosk.root).append(this.frame);
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

// The meaning of a hard word, which opens under its sentence.
import { all, first, one, there } from "../dom.js";
import { goTo } from "../hands/things.js";

export class Meaning {
  /** @param {HTMLElement} main */
  constructor(main) {
    this.main = main;
    /** @type {HTMLElement | null} the hard word that was asked for last */
    this.asker = null;
  }

  /** The one that is open. */
  get open() {
    return first(this.main, ".meaning:not([hidden])");
  }

  /** Opens it, and gives its sentences. @param {HTMLElement} button the hard word */
  explain(button) {
    this.fold();
    const meaning = there(document.getElementById(there(button.dataset.hard)));
    meaning.hidden = false;
    button.ariaExpanded = "true";
    this.asker = button;
    goTo(one(meaning, "[data-thing]"));
    return all(meaning, "[data-say]");
  }

  fold() {
    const { open } = this;
    if (!open) return;
    open.hidden = true;
    if (this.asker) this.asker.ariaExpanded = "false";
  }

  /** Closes it, and goes back to the word. */
  close() {
    this.fold();
    if (this.asker) goTo(this.asker);
  }

  /** Nobody has asked for anything. */
  forget() {
    this.asker = null;
  }
}

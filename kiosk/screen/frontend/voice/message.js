// The row for messages: a text of the interface, or what the kiosk has told.
import { setText } from "../dom.js";

export class Message {
  /** @param {HTMLElement} row @param {() => Record<string, string>} words the texts of the interface, as they are now */
  constructor(row, words) {
    this.row = row;
    this.words = words;
  }

  /** The name of the text that was shown last. */
  get word() {
    return this.row.dataset.word;
  }

  /** Shows a text of the interface. @param {string} word @param {string} [instead] a text that says more */
  show(word, instead) {
    setText(this.row, instead || this.words()[word]);
    this.row.dataset.word = word;
    this.row.hidden = false;
  }

  hide() {
    this.row.hidden = true;
    this.row.textContent = "";
  }
}

// What a question is answered with: each control declares itself once, in a module of `controls/`.
// The first HTML brings all of those before the screen begins. A kind of question names its control.
import { one, there } from "../dom.js";

/** @typedef {import("../types.d.ts").Given} Given */

/**
 * What a control may ask of the survey around it.
 * @typedef {object} Around
 * @property {boolean} isEyesFree every move is spoken
 * @property {boolean} canGoOn another question comes after this one
 * @property {(word: string) => unknown} announce shows and says a text of the interface
 * @property {(parts: import("../types.d.ts").Part[]) => unknown} say says this, and nothing else changes
 * @property {(parts: import("../types.d.ts").Part[]) => unknown} tell says what was done; what was shown before goes
 * @property {() => void} settle brings all around in step with what the control shows now
 * @property {import("./recorder.js").Recorder} recorder
 */

/**
 * @typedef {object} Control
 * @property {(question: HTMLElement) => Given} given what stands there now; "": nothing
 * @property {(question: HTMLElement, given: Given) => void} give shows what was given before; the survey may
 *   have been changed since
 * @property {(question: HTMLElement) => void} clear takes all away that stands there
 * @property {(question: HTMLElement, around: Around) => void} ready the question is shown now
 * @property {(question: HTMLElement, button: HTMLElement, around: Around) => unknown} press one of its own buttons
 */

/** @type {Map<string, Control>} */
const CONTROLS = new Map();

/** @param {string} name its module's own @param {Control} control */
export function declare(name, control) {
  if (CONTROLS.has(name)) throw new Error(`There are two controls "${name}".`);
  CONTROLS.set(name, control);
}

/** What a question is answered with; an Error when this screen has no such thing. @param {HTMLElement} question */
export function controlOf(question) {
  const { control = "" } = question.dataset;
  const found = CONTROLS.get(control);
  if (!found) throw new Error(`This screen has no control "${control}".`);
  return found;
}

/** The name of a question. @param {HTMLElement} question */
export function nameOf(question) {
  return there(question.dataset.question);
}

/** How a button is said. @param {HTMLElement} button @returns {import("../types.d.ts").Part} */
export function said(button) {
  return { page: Number(one(button, "[data-say]").dataset.say), lit: true };
}

// What Select and the one switch do with a thing.
import { all } from "../dom.js";
import { goTo, neighbour } from "./things.js";

/**
 * Does what a thing is there for: it is pressed, or it is read.
 * @param {HTMLElement} root @param {Element | null} thing
 * @param {object} say
 * @param {(sentences: HTMLElement[]) => unknown} say.read
 * @param {(thing: HTMLElement) => unknown} say.tell where there is no sentence in it
 */
export function select(root, thing, { read, tell }) {
  const on = thing ?? document.activeElement;
  if (!(on instanceof HTMLElement)) return goTo(neighbour(root, 1));
  if (on.matches("button, a")) return on.click();
  if (on.matches("textarea") || !on.matches("[data-thing]")) return goTo(neighbour(root, 1));
  const sentences = all(on, "[data-say]");
  if (sentences.length) read(sentences);
  else tell(on);
  return undefined;
}

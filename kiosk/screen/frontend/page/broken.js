// A picture that cannot be had is an empty field: the sign of a browser for that tells nobody anything.
import { all } from "../dom.js";

/** Sees to it from now on. Its words are still there for who hears them. @param {HTMLElement} root */
export function hideBroken(root) {
  /** @param {EventTarget | null} picture @param {boolean} is */
  const mark = (picture, is) => {
    if (picture instanceof HTMLImageElement) picture.toggleAttribute("data-broken", is);
  };
  root.addEventListener("error", ({ target }) => mark(target, true), true);
  root.addEventListener("load", ({ target }) => mark(target, false), true);
  for (const picture of all(root, "img")) // what has failed before
    if (picture instanceof HTMLImageElement && picture.complete && !picture.naturalWidth)
      picture.decode().catch(() => mark(picture, true));
}

// Streamlit stands behind the screen. Its scripts come once the page is seen and nobody presses
// anything: beside the first page they would make people wait twice as long for it, and beside the
// first presses for the next one.
import { whenQuiet } from "./rest.js";

function behind() {
  const kept = document.querySelector("template#kiosk-behind");
  if (kept instanceof HTMLTemplateElement) document.head.append(kept.content);
}

/** Keeps Streamlit behind a screen. @param {HTMLElement} root @param {() => void} title sets that of the window */
export function standBefore(root, title) {
  // When the server is gone, a dialog of Streamlit makes all inert but what has this attribute of React Aria.
  root.dataset.reactAriaTopLayer = "true";
  // It puts its own title back now and then.
  new MutationObserver(title).observe(document.head, { subtree: true, childList: true });
  if (document.readyState === "complete") whenQuiet(behind);
  else addEventListener("load", () => whenQuiet(behind), { once: true });
}

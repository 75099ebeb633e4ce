// What opens over the page stands in the shell as templates, without words.
import { all, first, setText, there } from "../dom.js";

/**
 * A copy of one, with the words of the interface as they are now.
 * @param {ParentNode} root where the template is @param {string} name @param {Record<string, string>} words
 */
export function copyOf(root, name, words) {
  const template = /** @type {HTMLTemplateElement} */ (there(first(root, `template[data-copy="${name}"]`)));
  const copy = document.importNode(template.content, true);
  for (const one of all(copy, "[data-shows]")) setText(one, words[one.dataset.shows ?? ""]);
  for (const one of all(copy, "[data-label]")) one.ariaLabel = words[one.dataset.label ?? ""];
  return /** @type {HTMLElement} */ (there(copy.firstElementChild));
}

// Small helpers for elements.

/** @typedef {Node | string | null | false} Child */

/**
 * Makes an element.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean | ((event: Event) => void)>} [given] attributes; "on..." are listeners, false leaves one out
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false) made.setAttribute(name, value);
  }
  made.append(...children.filter((one) => one !== null && one !== false));
  return made;
}

/** A button. @param {string} words @param {(event: Event) => void} press @param {Record<string, string | boolean>} [given] */
export function button(words, press, given = {}) {
  return make("button", { type: "button", ...given, onclick: press }, words);
}

/** A field with its label. @param {string} words @param {HTMLElement} field @param {string} [help] */
export function labelled(words, field, help = "") {
  field.id ||= `f${(labelled.count += 1)}`;
  const below = help ? make("small", { id: `${field.id}-help` }, help) : null;
  if (below) field.setAttribute("aria-describedby", below.id);
  return make("p", { class: "field" }, make("label", { for: field.id }, words), field, below);
}
labelled.count = 0;

/** Gives a text field the height of its words. @param {HTMLTextAreaElement} field */
export function grow(field) {
  field.style.blockSize = "auto";
  field.style.blockSize = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
}

/**
 * Shows a dialog until it is closed, then gives the focus back.
 * @param {string} title
 * @param {(close: () => void) => Child[]} fill
 * @param {{ wide?: boolean, must?: boolean }} [how] must: Escape does not close it
 * @returns {Promise<void>} when it is closed
 */
export function dialog(title, fill, how = {}) {
  return new Promise((done) => {
    const before = document.activeElement;
    const heading = make("h2", { id: `d${(dialog.count += 1)}` }, title);
    const box = make("dialog", { "aria-labelledby": heading.id, class: how.wide ? "wide" : "" }, heading);
    box.append(...fill(() => box.close()).filter((one) => one !== null && one !== false));
    box.addEventListener("cancel", (event) => how.must && event.preventDefault());
    box.addEventListener("close", () => {
      box.remove();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
      done();
    });
    document.getElementById("studio")?.append(box);
    box.showModal();
  });
}
dialog.count = 0;

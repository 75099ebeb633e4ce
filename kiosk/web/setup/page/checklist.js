// Keeps the ticks, and prints the list.

import { one } from "/screen/dom.js";
import { send, tell, tellError } from "./tell.js";

const form = /** @type {HTMLFormElement} */ (one(document, "#list"));
const told = one(document, "#told");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  /** @type {Record<string, string[]>} */
  const rows = {};
  for (const [row, id] of new FormData(form)) (rows[row] ??= []).push(String(id));
  try {
    /** @type {{date: string}} */
    const answer = await send("/ticks", { rows });
    tell(told, `Saved on ${answer.date}.`);
  } catch (error) {
    tellError(told, error);
  }
});
one(document, "#print").addEventListener("click", () => print());

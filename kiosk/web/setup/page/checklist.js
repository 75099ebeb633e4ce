// Keeps the ticks, and prints the list.

import { send, tell } from "./tell.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("list"));
const told = document.getElementById("told");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  /** @type {Record<string, string[]>} */
  const rows = {};
  for (const [row, id] of new FormData(form)) (rows[row] ??= []).push(String(id));
  try {
    const answer = await send("/ticks", { rows });
    tell(told, `Saved on ${answer.date}.`);
  } catch (error) {
    tell(told, error.message, true);
  }
});
document.getElementById("print").addEventListener("click", () => print());

// Sign-in: a dialog above whatever is open, so that nothing that was typed goes away.

import { dialog, labelled, make } from "./dom.js";
import { say } from "./words.js";

/** @typedef {import("./types.d.ts").Me} Me */

/** The secret of the link by which the first member of staff is made, or "". */
export function firstSecret() {
  return new URLSearchParams(location.hash.slice(1)).get("first") ?? "";
}

/** @type {Promise<Me> | null} */
let now = null;

/**
 * Asks who is there until somebody has signed in; all who wait share one dialog.
 * @param {boolean} nobody there is no member of staff yet
 * @returns {Promise<Me>}
 */
export function signIn(nobody) {
  now ??= ask(nobody).finally(() => (now = null));
  return now;
}

/** @param {boolean} nobody @returns {Promise<Me>} */
async function ask(nobody) {
  const secret = firstSecret();
  const isFirst = nobody && secret !== "";
  const isOpen = document.querySelector("#main > *") !== null;
  /** @type {Me | null} */
  let me = null;
  await dialog(
    say(isFirst ? "first_title" : "sign_in"),
    (close) => {
      const name = make("input", { autocomplete: "username", required: true, maxlength: "60", autofocus: true });
      const password = make("input", {
        type: "password",
        autocomplete: isFirst ? "new-password" : "current-password",
        required: true,
        minlength: isFirst ? "10" : "1",
      });
      const wrong = make("p", { role: "alert", class: "wrong" });
      /** @param {Event} event */
      const send = async (event) => {
        event.preventDefault();
        wrong.textContent = "";
        const body = { name: name.value, password: password.value, ...(isFirst ? { secret } : {}) };
        const answer = await fetch(isFirst ? "/studio/first" : "/studio/sign-in", {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(body),
        }).catch(() => null);
        const told = await answer?.json().catch(() => null);
        if (answer?.ok) {
          me = told;
          if (isFirst) history.replaceState(null, "", location.pathname);
          close();
        } else {
          wrong.textContent = told?.error ?? say("no_server");
          password.select();
        }
      };
      return [
        make("p", {}, say(isFirst ? "first_help" : nobody ? "nobody_yet" : isOpen ? "sign_in_again" : "sign_in_help")),
        make(
          "form",
          { onsubmit: send },
          labelled(say("name"), name),
          labelled(say("password"), password, isFirst ? say("password_help") : ""),
          wrong,
          make("p", { class: "buttons" }, make("button", { type: "submit", class: "main" }, say("sign_in"))),
        ),
      ];
    },
    { must: true },
  );
  if (me === null) throw new Error("The dialog was closed from outside.");
  return me;
}


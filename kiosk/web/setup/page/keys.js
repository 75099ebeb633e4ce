// "Press each key": which key of a keypad does what.

import { all, one, there } from "/screen/dom.js";
import { Bounce, keyOf } from "/screen/hands/bounce.js";
import { send, tell, tellError } from "./tell.js";

const MOST = 5; // keys of one job
const NO_KEY = /^(Shift|Control|Alt|Meta|CapsLock|NumLock|ScrollLock|Unidentified|Dead|Process|$)/;

/** @param {import("/screen/types.d.ts").Keypad} map */
export function keys(map) {
  const at = (/** @type {string} */ id) => one(document, `#${id}`);
  const [told, panel, catcher, move] = ["keys-told", "catching", "catcher", "move"].map(at);
  const rows = all(document, "#map tr");
  const jobOf = (/** @type {HTMLElement} */ row) => there(row.dataset.action);
  const jobs = rows.map(jobOf);
  /** The jobs that still wait for a key, the one that is asked for first. @type {string[]} */
  let waiting = [];
  const bounce = new Bounce();
  /** The key that has another job already. */
  let taken = "";
  /** Where the focus goes afterwards. @type {HTMLElement | null} */
  let from = null;

  function draw() {
    for (const row of rows) {
      const job = jobOf(row);
      one(row, ".keys").replaceChildren(
        ...map[job].map((key) => {
          const button = document.createElement("button");
          button.type = "button";
          button.textContent = `${key} ✕`;
          button.setAttribute("aria-label", `Take ${key} away from ${job}`);
          button.addEventListener("click", () => {
            map[job] = map[job].filter((one) => one !== key);
            draw();
            one(row, "button").focus();
            tell(told, `${key} is not a key of ${job} any more. Save the keys when you are ready.`);
          });
          return button;
        }),
      );
    }
  }

  /** @param {string[]} asked @param {HTMLElement} button */
  function start(asked, button) {
    waiting = asked;
    from = button;
    ask();
  }

  /** Asks for the next key, or ends. @param {string} [before] what happened just now */
  function ask(before = "") {
    taken = "";
    move.hidden = true;
    panel.hidden = waiting.length === 0;
    if (waiting.length === 0) {
      tell(told, `${before} Save the keys when you are ready.`.trim());
      from?.focus();
      return;
    }
    at("catcher-words").textContent = `Press the key for ${waiting[0]}`;
    tell(told, `${before} Press the key for ${waiting[0]}.`.trim());
    catcher.focus();
  }

  /** @param {string} key */
  function take(key) {
    const job = waiting[0];
    const other = jobs.find((one) => one !== job && map[one].includes(key));
    if (NO_KEY.test(key)) {
      tell(told, "This key cannot have a job. Press another one.", true);
    } else if (map[job].includes(key)) {
      waiting = waiting.slice(1);
      ask(`${key} is a key of ${job} already.`);
    } else if (other) {
      taken = key;
      move.hidden = false;
      tell(told, `${key} is used already, for ${other}. Press another key, or choose "Use it here instead".`, true);
    } else {
      give(key);
    }
  }

  /** @param {string} key */
  function give(key) {
    const job = waiting[0];
    if (map[job].length >= MOST) {
      tell(told, `${job} has ${MOST} keys. Take one away first.`, true);
      return;
    }
    map[job] = [key, ...map[job]];
    waiting = waiting.slice(1);
    draw();
    ask(`You pressed ${key}. It is a key of ${job} now.`);
  }

  catcher.addEventListener("keydown", (event) => {
    if (event.key === "Tab") return; // the way out
    event.preventDefault();
    event.stopPropagation();
    if (bounce.counts(event)) take(keyOf(event));
  });
  move.addEventListener("click", () => {
    for (const job of jobs) map[job] = map[job].filter((one) => one !== taken);
    give(taken);
  });
  at("skip").addEventListener("click", () => {
    const job = waiting[0];
    waiting = waiting.slice(1);
    ask(`${job} stays as it was.`);
  });
  at("stop").addEventListener("click", () => {
    waiting = [];
    ask("Stopped.");
  });
  at("walk").addEventListener("click", () => start(jobs, at("walk")));
  for (const button of all(document, "[data-set]"))
    button.addEventListener("click", () => start([there(button.dataset.set)], button));
  at("save-keys").addEventListener("click", async () => {
    try {
      await send("/settings", { keypad: map });
      tell(told, "Saved. Start the kiosk again to use the keys.");
    } catch (error) {
      tellError(told, error);
    }
  });
  draw();
}

// One switch, tried out: the frame that people get moves by itself, a press chooses.

import { all, one } from "/screen/dom.js";
import { Bounce } from "/screen/hands/bounce.js";
import { actionOf } from "/screen/hands/keys.js";
import { Scan } from "/screen/hands/scan.js";
import { field, number, send, tell, tellError } from "./tell.js";

const TOLD = {
  on: "The frame is moving.",
  rest: "The frame waits for a press, because nobody has chosen anything.",
  awake: "The frame is moving again.",
};

/** @param {import("/screen/types.d.ts").Keypad} map */
export function scan(map) {
  const at = (/** @type {string} */ id) => one(document, `#${id}`);
  const told = at("scan-told");
  const things = all(document, ".things li");
  const [seconds, sound] = [field("seconds"), field("tick")];
  const bounce = new Bounce();
  const cue = new Audio();
  let pace = 0; // seconds; 0: nothing is tried

  const wanted = () => number(seconds, 0.3, 20, "Write a number of seconds from 0.3 to 20.");

  const frame = new Scan(at("trial"), {
    seconds: () => pace,
    isBusy: () => false,
    pause: () => false,
    select(thing) {
      thing.classList.add("chosen");
      tell(told, `You chose ${thing.textContent}.`);
    },
    moved(thing) {
      for (const other of things) {
        other.classList.toggle("now", other === thing);
        other.classList.remove("chosen");
      }
      if (sound.checked) tick();
    },
    tell: (what) => tell(told, TOLD[what]),
  });

  at("scan").addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await send("/settings", { switch: { seconds: wanted(), sound: sound.checked } });
      tell(told, "Saved. Start the kiosk again to use it.");
    } catch (error) {
      tellError(told, error);
    }
  });

  at("try").addEventListener("click", () => {
    end();
    try {
      pace = wanted();
    } catch (error) {
      tellError(told, error);
      return;
    }
    at("switch-keys").textContent = map.switch.join(" or ") || "no key yet, set one above";
    at("trial").hidden = false;
    frame.press(); // as on the screen, the first press lets it begin
    at("press").focus();
  });
  at("press").addEventListener("click", () => frame.press());
  at("end-trial").addEventListener("click", () => {
    end();
    at("trial").hidden = true;
    tell(told, "Stopped.");
    at("try").focus();
  });
  addEventListener("keydown", (event) => {
    if (!pace || actionOf(map, event) !== "switch") return;
    event.preventDefault();
    if (bounce.counts(event)) frame.press();
  });

  function end() {
    frame.stop();
    pace = 0;
  }

  function tick() {
    cue.src = "/cue.wav";
    cue.play().catch(() => {});
  }
}

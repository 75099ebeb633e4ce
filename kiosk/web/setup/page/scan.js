// One switch: the frame moves by itself, a press chooses.

import { number, send, tell } from "./tell.js";

const TICK = { hertz: 880, seconds: 0.04, loud: 0.2 };

/** @param {Record<string, string[]>} map */
export function scan(map) {
  const at = (/** @type {string} */ id) => document.getElementById(id);
  const form = /** @type {HTMLFormElement} */ (at("scan"));
  const told = at("scan-told");
  const things = [...document.querySelectorAll(".things li")];
  const { seconds, sound } = /** @type {any} */ (form.elements);
  let place = -1;
  let timer = 0;
  /** @type {AudioContext | null} */
  let context = null;

  const wanted = () => number(seconds, 0.3, 20, "Write a number of seconds from 0.3 to 20.");

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await send("/settings", { switch: { seconds: wanted(), sound: sound.checked } });
      tell(told, "Saved. Start the kiosk again to use it.");
    } catch (error) {
      tell(told, error.message, true);
    }
  });

  at("try").addEventListener("click", () => {
    end();
    try {
      timer = setInterval(step, wanted() * 1000);
    } catch (error) {
      tell(told, error.message, true);
      return;
    }
    at("switch-keys").textContent = map.switch.join(" or ") || "no key yet, set one above";
    at("trial").hidden = false;
    tell(told, "The frame is moving.");
    step();
    at("press").focus();
  });
  at("press").addEventListener("click", choose);
  at("end-trial").addEventListener("click", () => {
    end();
    at("trial").hidden = true;
    tell(told, "Stopped.");
    at("try").focus();
  });
  addEventListener("keydown", (event) => {
    if (!timer || event.repeat) return;
    if (!map.switch.includes(event.code) && !map.switch.includes(event.key)) return;
    event.preventDefault();
    choose();
  });

  function step() {
    place = (place + 1) % things.length;
    things.forEach((thing, number) => {
      thing.classList.toggle("now", number === place);
      thing.classList.remove("chosen");
    });
    if (sound.checked) tick();
  }

  function choose() {
    if (!timer) return;
    things[place].classList.add("chosen");
    tell(told, `You chose ${things[place].textContent}.`);
  }

  function end() {
    clearInterval(timer);
    timer = 0;
    place = -1;
  }

  function tick() {
    context ??= new AudioContext();
    const gain = new GainNode(context, { gain: TICK.loud });
    const tone = new OscillatorNode(context, { frequency: TICK.hertz });
    tone.connect(gain).connect(context.destination);
    tone.start();
    tone.stop(context.currentTime + TICK.seconds);
  }
}

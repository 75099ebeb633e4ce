// Each language, at each volume.

import { tell } from "./tell.js";

const STEPS = 5;

export function sound() {
  const told = document.getElementById("sound-told");
  const audio = new Audio();
  for (const button of document.querySelectorAll("[data-say]")) {
    button.addEventListener("click", () => say(/** @type {HTMLElement} */ (button)));
  }
  document.getElementById("quiet").addEventListener("click", () => {
    audio.pause();
    tell(told, "The sound is off.");
  });

  /** @param {HTMLElement} button */
  async function say(button) {
    audio.pause();
    audio.src = `/say/${button.dataset.say}`;
    audio.volume = 2 ** (Number(button.dataset.volume) - STEPS); // 6 dB a step, as on the screen
    try {
      await audio.play();
      tell(told, `You should hear ${button.dataset.say} at volume ${button.dataset.volume} of ${STEPS} now.`);
    } catch (error) {
      if (error.name === "AbortError") return; // the next button was pressed
      tell(told, "I cannot speak this language. The command `kiosk doctor` says why.", true);
    }
  }
}

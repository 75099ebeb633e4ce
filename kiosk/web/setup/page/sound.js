// Each language, at each volume.

import { all, one } from "/screen/dom.js";
import { loudness, STEPS } from "/screen/voice/loudness.js";
import { tell } from "./tell.js";

export function sound() {
  const told = one(document, "#sound-told");
  const audio = new Audio();
  for (const button of all(document, "[data-say]")) button.addEventListener("click", () => say(button));
  one(document, "#quiet").addEventListener("click", () => {
    audio.pause();
    tell(told, "The sound is off.");
  });

  /** @param {HTMLElement} button */
  async function say(button) {
    audio.pause();
    audio.src = `/say/${button.dataset.say}`;
    audio.volume = loudness(Number(button.dataset.volume));
    try {
      await audio.play();
      tell(told, `You should hear ${button.dataset.say} at volume ${button.dataset.volume} of ${STEPS} now.`);
    } catch (error) {
      if (error instanceof Error && error.name === "AbortError") return; // the next button was pressed
      tell(told, "I cannot speak this language. The command `kiosk doctor` says why.", true);
    }
  }
}

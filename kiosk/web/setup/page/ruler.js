// A line on the screen, a ruler in the hand: how wide one dot of this screen is.

import { one, there } from "/screen/dom.js";
import { field, number, send, tell, tellError } from "./tell.js";

const LENGTHS = [100, 50, 20]; // mm; the longest one that fits is drawn

export function ruler() {
  const line = one(document, "#line");
  const form = one(document, "#ruler");
  const told = one(document, "#ruler-told");
  const [measured, distance] = [field("measured"), field("distance")];
  let pitch = Number(line.dataset.pitch);
  let shown = 0; // mm, as the settings have it

  function draw() {
    const room = there(line.parentElement).clientWidth * pitch * 0.9;
    shown = LENGTHS.find((length) => length <= room) ?? Math.min(...LENGTHS);
    line.style.inlineSize = `${shown / pitch}px`;
    one(document, "#should").textContent = `${shown} mm`;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const long = number(measured, shown / 4, shown * 4, hintFor(measured.value, shown));
      const away = number(distance, 200, 5000, "Write the distance in millimetres: 600 is 60 cm.");
      const found = Math.round(((pitch * long) / shown) * 10000) / 10000;
      /** @type {{sizes: string, settings: {display: {pixel_pitch_mm: number}}}} */
      const answer = await send("/settings", {
        display: { pixel_pitch_mm: found, viewing_distance_mm: away },
      });
      pitch = answer.settings.display.pixel_pitch_mm;
      line.dataset.pitch = String(pitch);
      one(document, "#sizes").textContent = answer.sizes;
      measured.value = "";
      draw();
      tell(told, `Saved: one dot is ${pitch} mm wide. Measure the line again: it should be ${shown} mm now.`);
    } catch (error) {
      tellError(told, error);
    }
  });
  addEventListener("resize", draw);
  draw();
}

/** @param {string} typed @param {number} shown mm @returns {string} */
function hintFor(typed, shown) {
  const inCentimetres = Math.abs(Number(typed.replace(",", ".")) * 10 - shown) < shown / 2;
  if (inCentimetres) return "Is that in centimetres? Write it in millimetres: 10 cm is 100.";
  return `Write the length in millimetres, like ${shown}.`;
}

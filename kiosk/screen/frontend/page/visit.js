// All that a visit leaves on the screen, in one object: a new visit gets a new one.
import { newId } from "../survey/outbox.js";

export const CYCLES = {
  bigger: [1, 2, 3, 4],
  colours: ["paper", "night", "cream", "strong"],
  pictures: ["all", "headings", "none"],
  speed: ["normal", "slow", "quick"],
  volume: [4, 5, 1, 2, 3],
};

/**
 * @typedef {object} Visit
 * @property {string} id random, never stored
 * @property {Record<keyof typeof CYCLES, number>} settings places in CYCLES; 0 is normal
 * @property {string[]} trail where the visitor was before pages that Back leaves for that, oldest first
 * @property {string} came the last of them
 * @property {number} question the question that is asked, from 0
 * @property {import("../survey/drafts.js").Draft | null} draft of the survey that is open, or was left for a while
 * @property {boolean} paused Listen goes on where Pause was pressed
 * @property {boolean} eyesFree every move is spoken
 * @property {boolean} draftRead "Draft" was read aloud once; that is enough for a listener
 */

/** @returns {Visit} */
export function freshVisit() {
  return {
    id: newId(),
    settings: { bigger: 0, colours: 0, pictures: 0, speed: 0, volume: 0 },
    trail: [],
    get came() {
      return this.trail.at(-1) ?? "home";
    },
    question: 0,
    draft: null,
    paused: false,
    eyesFree: false,
    draftRead: false,
  };
}

/** @param {Visit} visit @param {keyof typeof CYCLES} name @returns {number | string} */
export function chosen(visit, name) {
  return CYCLES[name][visit.settings[name]];
}

/** How loud a step of the volume is, 0 to 1: 6 dB a step, 24 dB in all. @param {number} step 1 to 5 */
export function loudness(step) {
  return 2 ** (step - 5);
}

/** Goes one on in a cycle. @param {Visit} visit @param {keyof typeof CYCLES} name */
export function cycle(visit, name) {
  visit.settings[name] = (visit.settings[name] + 1) % CYCLES[name].length;
}

/** Whether nothing was set or given: the next person finds it like this. @param {Visit} visit */
export function isFresh(visit) {
  return !visit.eyesFree && !visit.draft && Object.values(visit.settings).every((place) => place === 0);
}

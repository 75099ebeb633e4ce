// All that a visit leaves on the screen, in one object: a new visit gets a new one.
import { newId } from "../survey/id.js";

/**
 * @typedef {import("../types.d.ts").Visit} Visit
 * @typedef {keyof Visit["settings"]} Setting
 */

export const CYCLES = {
  bigger: [1, 2, 3, 4],
  /** The sets that the style sheet tells of: colours.css. */
  get colours() {
    return getComputedStyle(document.documentElement).getPropertyValue("--sets").trim().split(/\s+/);
  },
  pictures: ["all", "headings", "none"],
  speed: /** @type {import("../types.d.ts").Speed[]} */ (["normal", "slow", "quick"]),
  voice: /** @type {import("../types.d.ts").Which[]} */ (["first", "second"]),
  volume: [4, 5, 1, 2, 3],
};

/** @returns {Visit} */
export function freshVisit() {
  return {
    id: newId(),
    settings: { bigger: 0, colours: 0, pictures: 0, speed: 0, voice: 0, volume: 0 },
    trail: [],
    get came() {
      return this.trail.at(-1) ?? "home";
    },
    question: 0,
    draft: null,
    eyesFree: false,
  };
}

/**
 * What is chosen in a cycle. @template {Setting} Name @param {Visit} visit @param {Name} name
 * @returns {(typeof CYCLES)[Name][number]}
 */
export function chosen(visit, name) {
  return CYCLES[name][visit.settings[name]];
}

/** Goes one on in a cycle. @param {Visit} visit @param {Setting} name */
export function cycle(visit, name) {
  visit.settings[name] = (visit.settings[name] + 1) % CYCLES[name].length;
}

/** Takes one step of a cycle. @param {Visit} visit @param {Setting} name @param {string} step */
export function choose(visit, name, step) {
  visit.settings[name] = CYCLES[name].findIndex((one) => String(one) === step);
}

/** Whether nothing was set or given: the next person finds it like this. @param {Visit} visit */
export function isFresh(visit) {
  return !visit.eyesFree && !visit.draft && Object.values(visit.settings).every((place) => place === 0);
}

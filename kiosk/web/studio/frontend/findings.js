// What the checker says, below the words that it is about.

import { button, make } from "./dom.js";
import { hardWord } from "./explain.js";
import { say } from "./words.js";

/** @typedef {import("./types.d.ts").Finding} Finding */

/**
 * Shows findings in a place, in their order.
 * @param {HTMLElement} place @param {Finding[]} findings
 * @param {((finding: Finding) => boolean) | null} [mend] writes a fix into the words; false where it does not fit
 * @param {((word: string) => void) | null} [explain] says what a hard word means
 */
export function showFindings(place, findings, mend = null, explain = null) {
  const made = findings.map((one) => {
    const word = hardWord(one);
    const fix = one.fix?.safe ? one.fix : null;
    return make(
      "li",
      { class: one.severity === "E" ? "error" : "warning" },
      make("strong", {}, say(one.severity === "E" ? "error" : "warning")),
      ` ${one.problem} ${one.hint} `,
      make("small", {}, one.code),
      fix && mend && button(say("mend", { text: fix.text }), (event) => {
        if (!mend(one) && event.target instanceof HTMLElement) event.target.hidden = true;
      }),
      word !== "" && explain && button(say("explain_this", { word }), () => explain(word), { class: "chip" }),
    );
  });
  const key = findings.map((one) => `${one.line} ${one.code} ${one.problem} ${one.hint} ${one.fix?.text}`).join("\n");
  if (place.dataset.key === key) return; // nothing moves under a finger, or under a reader
  place.dataset.key = key;
  place.replaceChildren(...(made.length === 0 ? [] : [make("ul", {}, ...made)]));
}

/** Writes plain quotes and hyphens, as the checker sees them. @param {string} words */
export function straight(words) {
  return words.replace(/[\u2018\u2019\u201b]/g, "'").replace(/\u2011/g, "-").replace(/[\u201c-\u201f]/g, '"');
}

// The thank-you screen: what became of the answer.
import { all, one, setText, there } from "../dom.js";
import { lit } from "../voice/speaker.js";
import { showReceipt } from "./receipt.js";

/**
 * @typedef {import("../types.d.ts").Site} Site
 * @typedef {import("./outbox.js").Told} Told
 */

/** The heading, where it is not the survey's own. @type {Record<string, string>} */
const HEADINGS = {
  waiting: "waiting_title",
  waiting_open: "waiting_title",
  refused: "waiting_title",
  nothing_sent: "nothing_title",
  no_answers: "nothing_title",
};

/**
 * What became of an answer, in a word of the interface.
 * @param {Told | undefined} told @param {boolean} isKept safe on this disk
 */
export function outcome(told, isKept) {
  if (told?.saved) return told.voiceWaits ? "sent_no_voice" : "sent";
  if (told) return "refused";
  return isKept ? "waiting" : "waiting_open";
}

/**
 * Shows what became of the answer.
 * @param {HTMLElement} thanks @param {Site} site @param {string} word
 * @param {{id: string, told: Told | undefined} | null} answer
 * @returns {import("../types.d.ts").Part[]} how it is said
 */
export function showResult(thanks, site, word, answer) {
  write(one(thanks, "h1 .sentence"), HEADINGS[word], site);
  write(one(thanks, ".result span"), word, site);
  if (answer?.told?.saved) {
    one(thanks, ".cleaned").hidden = !answer.told.cleaned;
    showReceipt(one(thanks, ".receipt"), answer.id);
  }
  return all(thanks, "h1, .result, .cleaned, .receipt")
    .filter((part) => !part.hidden)
    .flatMap((part) => all(part, "[data-say]"))
    .map(lit);
}

/**
 * Puts a word of the interface where another text stood, and what is said with it; without a word, the text
 * that the page itself has there.
 * @param {HTMLElement} sentence @param {string | undefined} word @param {Site} site
 */
function write(sentence, word, { words, around }) {
  const { dataset } = sentence;
  dataset.own ??= sentence.textContent ?? "";
  setText(sentence, word ? words[word] : dataset.own);
  dataset.say = there(sentence.getAttribute(`data-${(word ?? "own_say").replaceAll("_", "-")}`));
  if (word) Object.assign(sentence, around);
  else for (const name of Object.keys(around)) sentence.removeAttribute(name);
}

// The thank-you screen: what became of the answer.
import { all, first, one, setText, there } from "../dom.js";
import { lit } from "../voice/speaker.js";
import { nameOf } from "./controls.js";
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
  thanks.dataset.became = word;
  show(first(thanks, ".besides"), !HEADINGS[word]);
  show(first(thanks, ".can-go"), word === "waiting");
  show(first(thanks, ".cleaned"), Boolean(answer?.told?.cleaned));
  if (answer?.told?.saved) {
    showReceipt(one(thanks, ".receipt"), answer.id);
    show(first(thanks, ".later"), true);
  }
  return all(thanks, "h1, .result, .besides, .can-go, .cleaned")
    .filter((part) => !part.hidden)
    .flatMap((part) => all(part, "[data-say]"))
    .map(lit);
}

/**
 * Shows what the person has chosen of the first faces that they answered, as the picture of their answer.
 * @param {HTMLElement} thanks @param {HTMLElement[]} asked @param {import("../types.d.ts").Answers} answers
 */
export function showFace(thanks, asked, answers) {
  const faces = asked.find((one) => one.dataset.kind?.startsWith("faces") && answers[nameOf(one)]);
  const chosen = faces && first(faces, `[data-choice="${answers[nameOf(faces)]}"] img`);
  if (chosen instanceof HTMLImageElement) /** @type {HTMLImageElement} */ (one(thanks, ".mine img")).src = chosen.src;
  thanks.toggleAttribute("data-face", Boolean(chosen));
}

/** @param {HTMLElement | null} part @param {boolean} isShown */
function show(part, isShown) {
  if (part) part.hidden = !isShown;
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

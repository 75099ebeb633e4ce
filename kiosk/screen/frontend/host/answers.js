// How answers go to a kiosk: to the one that serves this page, or from a copy on the web to one elsewhere.
import { Away } from "./errors.js";

/** @typedef {import("../types.d.ts").Sent} Sent */

const SEND_MS = 30_000; // a phone with a weak signal takes long for a minute of sound
const THERE_MS = 3000;
const MOST_SECONDS = 3600;

/** Posts, and gives whatever reply comes. @param {string} address @param {RequestInit} asked */
async function sent(address, asked) {
  try {
    return await fetch(address, { ...asked, method: "POST", signal: AbortSignal.timeout(SEND_MS) });
  } catch (error) {
    throw new Away("No reply has come.", { cause: error });
  }
}

/** Whether the kiosk does not take it as it is. "Later" and "voice first" are no refusals. @param {Response} reply */
function isRefused({ status }) {
  return status >= 400 && status < 500 && ![408, 409, 429].includes(status);
}

/**
 * What is told of a reply that says "not saved".
 * @param {Response} reply @param {string[]} [refusedVoices] @returns {Sent}
 */
function notSaved(reply, refusedVoices = []) {
  const seconds = Math.min(Number(reply.headers.get("Retry-After")) || 0, MOST_SECONDS);
  return { saved: false, refused: isRefused(reply), seconds, refusedVoices, cleaned: false };
}

/** What a request is that posts this as JSON. @param {object} body */
export function posted(body) {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

/**
 * The part of a host that sends answers.
 * @param {string} kiosk its address with a "/" at the end, or "": as the page sees it
 * @returns {Pick<import("../types.d.ts").Host, "send" | "isThere">}
 */
export function takesAnswers(kiosk) {
  return {
    async send(answer, voices) {
      const answers = { ...answer.answers };
      /** @type {string[]} */
      const refusedVoices = [];
      let refusal;
      for (const [question, sound] of Object.entries(voices)) {
        const reply = await sent(`${kiosk}api/voice/${answer.id}/${question}`, {
          headers: { "Content-Type": sound.type.split(";")[0] },
          body: sound,
        });
        if (reply.ok) answers[question] = (await reply.json()).file;
        else if (!isRefused(reply)) return notSaved(reply);
        else {
          refusedVoices.push(question);
          refusal = reply;
        }
      }
      if (refusal) return notSaved(refusal, Object.keys(answers).length ? refusedVoices : []);
      const reply = await sent(`${kiosk}api/feedback`, posted({ ...answer, answers }));
      if (!reply.ok) return notSaved(reply);
      // Only our own word counts: between a phone and the kiosk others may say "OK" to anything.
      const { id, saved } = await reply.json();
      if (saved !== true || id !== answer.id) throw new Error("That was not said by the kiosk.");
      return { saved, refused: false, seconds: 0, refusedVoices: [], cleaned: reply.headers.has("Kiosk-Cleaned") };
    },

    async isThere() {
      await fetch(`${kiosk}ready`, { signal: AbortSignal.timeout(THERE_MS) });
      return true;
    },
  };
}

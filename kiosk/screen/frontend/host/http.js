// The host of a kiosk that has a server. Addresses are as the page sees them: it may lie below any folder.
import { early } from "./early.js";
import { Away, ErrorReply } from "./errors.js";

/**
 * @typedef {import("../types.d.ts").Host} Host
 * @typedef {import("../types.d.ts").Pages} Pages
 * @typedef {import("../types.d.ts").Sent} Sent
 */

const VOICE_MS = 4500;
const SEND_MS = 30_000; // a phone with a weak signal takes long for a minute of sound
const THERE_MS = 3000;
const PRINT_MS = 120_000; // a printer takes its time, and the kiosk waits for it 90 seconds at most
const WIPE_MS = 60_000; // nothing is written meanwhile, so it must be over for sure
const MOST_SECONDS = 3600;
const OWN_MACHINE = ["127.0.0.1", "localhost", "[::1]"];

/** Posts, and gives whatever reply comes. @param {string} address @param {RequestInit} asked */
async function sent(address, asked) {
  try {
    return await fetch(address, { ...asked, method: "POST", signal: AbortSignal.timeout(SEND_MS) });
  } catch (error) {
    throw new Away("No reply has come.", { cause: error });
  }
}

/** @param {Response} reply */
async function checked(reply) {
  if (reply.ok) return reply;
  const told = await reply.json().catch(() => ({}));
  throw new ErrorReply(told.error ?? "");
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

/** @param {object} body */
function posted(body) {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

/** @returns {Host} */
export function httpHost() {
  /** @type {Map<string, Pages>} what came last in each language: only what has changed since then comes again */
  const known = new Map();
  return {
    // The printer stands beside the kiosk: a visitor's own phone has nothing of it.
    get prints() {
      return OWN_MACHINE.includes(location.hostname);
    },

    async print(asked) {
      const reply = await fetch("api/print", { ...posted(asked), signal: AbortSignal.timeout(PRINT_MS) });
      return (await (await checked(reply)).json()).why;
    },

    async pages(language) {
      const before = known.get(language);
      const headers = before ? { "Kiosk-Known": before.version } : undefined;
      const address = `pages/${language}`;
      const told = await (await checked(await (early(address) ?? fetch(address, { headers })))).json();
      const html = { ...before?.html, ...told.html };
      told.html = Object.fromEntries(Object.keys(told.pages).map((id) => [id, html[id]]));
      known.set(language, told);
      return told;
    },

    page: async () => {
      throw new Away("All pages come at once.");
    },

    async narration(language, page, speed, voice) {
      const address = `narration/${language}/${page}/${speed}${voice === "second" ? "?voice=second" : ""}`;
      return (await checked(await fetch(address, { signal: AbortSignal.timeout(VOICE_MS) }))).json();
    },

    async send(answer, voices) {
      const answers = { ...answer.answers };
      /** @type {string[]} */
      const refusedVoices = [];
      let refusal;
      for (const [question, sound] of Object.entries(voices)) {
        const reply = await sent(`api/voice/${answer.id}/${question}`, {
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
      const reply = await sent("api/feedback", posted({ ...answer, answers }));
      if (!reply.ok) return notSaved(reply);
      // Only our own word counts: between a phone and the kiosk others may say "OK" to anything.
      const { id, saved } = await reply.json();
      if (saved !== true || id !== answer.id) throw new Error("That was not said by the kiosk.");
      return { saved, refused: false, seconds: 0, refusedVoices: [], cleaned: reply.headers.has("Kiosk-Cleaned") };
    },

    async isThere() {
      await fetch("ready", { signal: AbortSignal.timeout(THERE_MS) });
      return true;
    },

    async changes(version) {
      const reply = await fetch(`changes?version=${version}`, { signal: AbortSignal.timeout(30000) });
      return (await reply.json()).version;
    },

    async bring(address) {
      // A visitor's own phone must not fetch a whole site.
      if (!OWN_MACHINE.includes(location.hostname)) return 0;
      const reply = await checked(await fetch(address));
      return (await reply.arrayBuffer()).byteLength; // the browser's cache has it now
    },

    async wipe() {
      if (!("locked" in document.documentElement.dataset)) return false;
      const reply = await fetch("alive/traces", { method: "POST", signal: AbortSignal.timeout(WIPE_MS) });
      return reply.ok;
    },

    async speak(text, language, speed, voice) {
      const asked = posted({ text, language, speed, voice });
      const reply = await checked(await fetch("api/speak", { ...asked, signal: AbortSignal.timeout(VOICE_MS) }));
      return { text: "", file: URL.createObjectURL(await reply.blob()), seconds: 0, words: [] };
    },
  };
}

// The host of a kiosk that has a server. Addresses are as the page sees them: it may lie below any folder.
import { posted, takesAnswers } from "./answers.js";
import { early } from "./early.js";
import { Away, ErrorReply } from "./errors.js";

/**
 * @typedef {import("../types.d.ts").Host} Host
 * @typedef {import("../types.d.ts").Pages} Pages
 */

const VOICE_MS = 4500;
const PRINT_MS = 120_000; // a printer takes its time, and the kiosk waits for it 90 seconds at most
const WIPE_MS = 60_000; // nothing is written meanwhile, so it must be over for sure
const OWN_MACHINE = ["127.0.0.1", "localhost", "[::1]"];

/** @param {Response} reply */
async function checked(reply) {
  if (reply.ok) return reply;
  const told = await reply.json().catch(() => ({}));
  throw new ErrorReply(told.error ?? "");
}

/** @returns {Host} */
export function httpHost() {
  /** @type {Map<string, Pages>} what came last in each language: only what has changed since then comes again */
  const known = new Map();
  return {
    ...takesAnswers(""),
    below: "",
    silence: "no_voice",

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

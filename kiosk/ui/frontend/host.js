// How the screen reaches its kiosk. Another host (a copy without a server) gives the same six.

/**
 * @typedef {{text: string, file: string, seconds: number, words: number[][]}} Clip
 *   words: [first character, end, starts at, ends at], characters and seconds
 * @typedef {object} Host
 * @property {(language: string) => Promise<object>} pages the site, and the HTML of every page
 * @property {(language: string, page: string, speed: string) => Promise<Clip[]>} narration
 * @property {(answer: object) => Promise<{saved: boolean, final: boolean}>} send
 *   final: it makes no sense to send it again
 * @property {(version: string) => Promise<string>} changes waits; gives the version that is served
 * @property {(text: string, language: string, speed: string) => Promise<Clip>} speak
 *   a visitor's own words, kept nowhere
 */

const VOICE_MS = 4500;

/** What the kiosk said that a person can read. */
export class Told extends Error {}

async function checked(reply) {
  if (reply.ok) return reply;
  const told = await reply.json().catch(() => ({}));
  throw new Told(told.error ?? "");
}

function posted(body) {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

/** @returns {Host} */
export function httpHost() {
  return {
    pages: async (language) => (await checked(await fetch(`/pages/${language}`))).json(),

    async narration(language, page, speed) {
      const address = `/narration/${language}/${page}/${speed}`;
      return (await checked(await fetch(address, { signal: AbortSignal.timeout(VOICE_MS) }))).json();
    },

    async send(answer) {
      const { ok, status } = await fetch("/api/feedback", posted(answer));
      // "Too many at once" (429) and "its voice did not arrive" (409) end by themselves; any other
      // refusal would be the same the next time.
      const later = status === 409 || status === 429 || status >= 500;
      return { saved: ok, final: ok || (status >= 400 && !later) };
    },

    async changes(version) {
      const reply = await fetch(`/changes?version=${version}`, { signal: AbortSignal.timeout(30000) });
      return (await reply.json()).version;
    },

    async speak(text, language, speed) {
      const asked = posted({ text, language, speed });
      const reply = await checked(await fetch("/api/speak", { ...asked, signal: AbortSignal.timeout(VOICE_MS) }));
      return { text: "", file: URL.createObjectURL(await reply.blob()), seconds: 0, words: [] };
    },
  };
}

// How the screen reaches its kiosk. Another host (a copy without a server) gives the same seven.

/**
 * @typedef {{text: string, file: string, seconds: number, words: number[][]}} Clip
 *   words: [first character, end, starts at, ends at], characters and seconds
 * @typedef {object} Host
 * @property {(language: string) => Promise<object>} pages the site, and the HTML of every page
 * @property {(language: string, page: string, speed: string) => Promise<(Clip | null)[]>} narration
 *   null: there is no voice for the language of this text
 * @property {(answer: object, voices: Record<string, string>) =>
 *   Promise<{saved: boolean, final: boolean, cleaned: boolean}>} send
 *   voices: question -> data: URL; final: it makes no sense to send it again; cleaned: contact
 *   details were taken out of the words
 * @property {(version: string) => Promise<string>} changes waits; gives the version that is served
 * @property {(text: string, language: string, speed: string) => Promise<Clip>} speak
 *   a visitor's own words, kept nowhere
 * @property {(clip: Clip) => Promise<void>} bring the sound of a clip, for when the server is gone
 */

const VOICE_MS = 4500;
const OWN_MACHINE = ["127.0.0.1", "localhost", "[::1]"];

/** What the kiosk said that a person can read. */
export class Told extends Error {}

async function checked(reply) {
  if (reply.ok) return reply;
  const told = await reply.json().catch(() => ({}));
  throw new Told(told.error ?? "");
}

/** Whether it makes no sense to send the same again. "Later" and "voice first" are no refusals. */
function isFinal({ ok, status }) {
  return ok || (status >= 400 && status < 500 && status !== 429 && status !== 409);
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

    async send(answer, voices) {
      const answers = { ...answer.answers };
      for (const [question, url] of Object.entries(voices)) {
        const sound = await (await fetch(url)).blob();
        const reply = await fetch(`/api/voice/${answer.id}/${question}`, {
          method: "POST",
          headers: { "Content-Type": sound.type.split(";")[0] },
          body: sound,
        });
        if (reply.ok) answers[question] = (await reply.json()).file;
        else if (!isFinal(reply)) return { saved: false, final: false, cleaned: false };
      }
      const reply = await fetch("/api/feedback", posted({ ...answer, answers }));
      return { saved: reply.ok, final: isFinal(reply), cleaned: reply.headers.has("Kiosk-Cleaned") };
    },

    async changes(version) {
      const reply = await fetch(`/changes?version=${version}`, { signal: AbortSignal.timeout(30000) });
      return (await reply.json()).version;
    },

    async bring({ file }) {
      // A visitor's own phone must not fetch the sounds of a whole site.
      if (!OWN_MACHINE.includes(location.hostname)) return;
      await (await checked(await fetch(file))).arrayBuffer(); // the browser's cache has it now
    },

    async speak(text, language, speed) {
      const asked = posted({ text, language, speed });
      const reply = await checked(await fetch("/api/speak", { ...asked, signal: AbortSignal.timeout(VOICE_MS) }));
      return { text: "", file: URL.createObjectURL(await reply.blob()), seconds: 0, words: [] };
    },
  };
}

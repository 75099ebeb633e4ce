// The host of a copy that no kiosk serves: its files lie beside its HTML, and never change.
import { Away, ErrorReply } from "./errors.js";

/** @template Found @param {string} address @returns {Promise<Found>} */
async function read(address) {
  const reply = await fetch(address);
  if (!reply.ok) throw new Error(`${address} is not there.`);
  return reply.json();
}

/** @returns {import("../types.d.ts").Host} */
export function staticHost() {
  return {
    pages: (language) => read(`pages/${language}.json`),
    narration: (language, page, speed) => read(`narration/${language}/${page}/${speed}.json`),
    // Nobody is there. What waits since a kiosk was here goes on waiting.
    send: async () => {
      throw new Away("No kiosk takes answers here.");
    },
    isThere: async () => false,
    changes: () => new Promise(() => {}),
    // Only a kiosk has a voice for words that nobody knew before.
    speak: async () => {
      throw new ErrorReply("");
    },
    bring: async () => 0, // the files do not go away as a kiosk does
    wipe: async () => false,
  };
}

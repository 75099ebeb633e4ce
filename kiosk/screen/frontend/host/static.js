// The host of a copy that no kiosk serves: its files lie beside its HTML, and never change.
import { takesAnswers } from "./answers.js";
import { Away, ErrorReply } from "./errors.js";

/** @template Found @param {string} address @returns {Promise<Found>} */
async function read(address) {
  const reply = await fetch(address);
  if (!reply.ok) throw new Error(`${address} is not there.`);
  return reply.json();
}

/** Whether data may cost money here, or the person wants little of it. */
function isDear() {
  const { saveData = false, type = "" } = navigator.connection ?? {};
  return saveData || type === "cellular";
}

/** What waits since a kiosk was here goes on waiting. @type {Pick<import("../types.d.ts").Host, "send" | "isThere">} */
const nobody = {
  send: async () => {
    throw new Away("No kiosk takes answers here.");
  },
  isThere: async () => false,
};

/**
 * @param {import("../types.d.ts").Site} site of the first HTML: all that is asked for is of its version, so that
 *   no words of one release are lit by the times of another
 * @returns {import("../types.d.ts").Host}
 */
export function staticHost(site) {
  const { version, rates } = site;
  return {
    below: new URL("./", location.href).pathname,
    prints: false,
    silence: "no_sound",
    print: async () => {
      throw new Away("No printer is here.");
    },
    async pages(language) {
      const told = language === site.language ? site : await read(`pages/${version}/${language}.json`);
      return { html: {}, ...told };
    },
    page: (language, id) => read(`pages/${version}/${language}/${id}.json`),
    async narration(language, page, speed) {
      /** @type {(import("../types.d.ts").Clip | null)[]} */
      const told = await read(`narration/${version}/${language}/${page}.json`);
      return told.map((clip) => clip && { ...clip, pace: rates?.[speed] });
    },
    ...(site.answers ? takesAnswers(site.answers) : nobody),
    changes: () => new Promise(() => {}),
    // Only a kiosk has a voice for words that nobody knew before.
    speak: async () => {
      throw new ErrorReply("");
    },
    async bring(address) {
      if (!navigator.serviceWorker) return 0;
      // Its worker keeps what passes. It may begin later, and data may cost nothing later: it is tried again.
      if (!navigator.serviceWorker.controller || isDear()) throw new Away("Nothing is kept now.");
      const reply = await fetch(address);
      if (!reply.ok) throw new Away(`${address} is not there.`);
      return (await reply.arrayBuffer()).byteLength;
    },
    wipe: async () => false,
  };
}

// All that a screen shows and says is fetched while nobody is there: for when the kiosk is gone.

const MOST_BYTES = 150_000_000;
const AGAIN_MS = 30_000; // until the kiosk is asked again, when it gave no reply
const PICTURE = /\bfiles\/[\w.-]+/g; // also where a script takes it from: a receipt, a template

export class Ahead {
  /**
   * @param {object} on
   * @param {import("../types.d.ts").Now} on.now
   * @param {import("../types.d.ts").Host} on.host
   * @param {import("./languages.js").Languages} on.languages
   * @param {import("../voice/speaker.js").Speaker} on.speaker
   */
  constructor({ now, host, languages, speaker }) {
    this.now = now;
    this.host = host;
    this.languages = languages;
    this.speaker = speaker;
    /** @type {Map<string, number>} address -> bytes: what the browser has */
    this.here = new Map();
    this.done = ""; // what was wanted when all of it was brought
    this.isBusy = false;
    this.again = 0;
  }

  /** Brings what is not here yet. @param {() => boolean} isQuiet whether to go on */
  async bring(isQuiet) {
    const wanted = this.#wanted;
    if (this.isBusy || this.done === wanted || performance.now() < this.again) return;
    this.isBusy = true;
    try {
      if (await this.#bring(isQuiet)) this.done = wanted;
    } catch {
      this.again = performance.now() + AGAIN_MS;
    } finally {
      this.isBusy = false;
    }
  }

  get #wanted() {
    const { version, language } = this.now.site;
    return `${version} ${language} ${this.speaker.speed()} ${this.speaker.which}`;
  }

  /** @param {() => boolean} isQuiet @returns {Promise<boolean>} whether it came to its end */
  async #bring(isQuiet) {
    const all = await this.languages.keepAll();
    const texts = [this.now.root.innerHTML, ...all.flatMap(({ html }) => Object.values(html))];
    let bytes = new Blob(texts).size;
    /** @type {Map<string, number>} */
    const found = new Map();
    for await (const address of this.#addresses(texts, all)) {
      if (!isQuiet()) return false;
      if (bytes >= MOST_BYTES) break;
      if (found.has(address)) continue;
      const size = this.here.get(address) ?? (await this.host.bring(address));
      this.here.set(address, size);
      found.set(address, size);
      bytes += size;
    }
    this.here = found;
    return true;
  }

  /** @param {string[]} texts @param {import("../types.d.ts").Pages[]} all @returns {AsyncGenerator<string>} */
  async *#addresses(texts, all) {
    for (const text of texts) yield* text.match(PICTURE) ?? [];
    yield* this.speaker.sounds(all);
  }
}

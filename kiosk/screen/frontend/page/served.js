// What the kiosk serves: the site in the language that is open, and the HTML of its pages.

/**
 * @typedef {import("../types.d.ts").Html} Html
 * @typedef {import("../types.d.ts").Pages} Pages
 * @typedef {import("../types.d.ts").Site} Site
 */

const AGAIN_MS = 1000; // until the kiosk is asked again, when it gave no reply

export class Served {
  /** @param {Site} site what stood in the first HTML @param {import("../types.d.ts").Host} host */
  constructor(site, host) {
    this.site = site;
    this.host = host;
    /** @type {Html | null} of every page, or of those that were asked for, once it was fetched */
    this.html = null;
    /** @type {Pages | null} what the kiosk has told since: shown when nobody is disturbed */
    this.newer = null;
    /** @type {Promise<void> | null} */
    this.coming = null;
  }

  /** The HTML of every page; when the kiosk has something newer by now, all of that is taken. */
  async pages() {
    if (!this.html) {
      await this.fetch();
      this.adopt();
    }
    return /** @type {Html} */ (this.html);
  }

  /**
   * The HTML of one page; when the kiosk has something newer by now, all of that is taken.
   * @param {string} id @returns {Promise<string | undefined>} undefined: there is no such page
   */
  async page(id) {
    const html = await this.pages();
    if (Object.hasOwn(html, id)) return html[id];
    if (!Object.hasOwn(this.site.pages, id)) return undefined;
    html[id] = await this.host.page(this.site.language, id);
    return this.html === html ? html[id] : this.page(id); // another language was faster
  }

  /** Fetches it ahead, once for all who ask meanwhile. @returns {Promise<void>} */
  fetch() {
    this.coming ??= this.#fetch().finally(() => (this.coming = null));
    return this.coming;
  }

  /** What is shown stays as it is: it must be of the same version as the site. */
  async #fetch() {
    const told = await this.host.pages(this.site.language);
    if (this.html) return; // somebody was faster, perhaps with another language
    if (told.version === this.site.version) this.take(told);
    else this.newer = told;
  }

  /** Goes on with what `pages` of the host gave. @param {Pages} told */
  take({ html, ...site }) {
    this.html = html;
    this.site = site;
    this.newer = null;
  }

  /** Takes what is newer. HTML and speech of one page must be of one version. */
  adopt() {
    if (this.newer) this.take(this.newer);
  }

  /**
   * Waits for what changes on the kiosk, for ever.
   * @param {() => Promise<void>} renew is called when something has changed, before the pages are taken
   * @param {() => void} changed there is something newer
   */
  async watch(renew, changed) {
    let known = this.site.version;
    for (;;) {
      try {
        const version = await this.host.changes(known);
        if (version === known) continue;
        const newer = await this.host.pages(this.site.language);
        await renew();
        if (newer.language !== this.site.language) continue; // somebody has chosen another one
        this.newer = newer;
        known = newer.version;
        changed();
      } catch {
        await new Promise((done) => setTimeout(done, AGAIN_MS));
      }
    }
  }
}

// What a visitor prints: the kiosk is asked, and what becomes of it is told.

/** @typedef {import("../types.d.ts").What} What */

export class Paper {
  /**
   * @param {object} on
   * @param {import("../types.d.ts").Now} on.now
   * @param {import("../types.d.ts").Host} on.host
   * @param {import("../voice/speaker.js").Speaker} on.speaker
   */
  constructor({ now, host, speaker }) {
    this.now = now;
    this.host = host;
    this.speaker = speaker;
    this.isPrinting = false;
    if (host.prints) now.root.dataset.prints = "true"; // its buttons are seen
  }

  /** Prints the page that is open, or the document that it offers. @param {What} what */
  async print(what) {
    const { site, page, visit } = this.now;
    if (this.isPrinting) return this.speaker.announce("printing");
    this.isPrinting = true;
    this.speaker.announce("printing");
    let why = "failed";
    try {
      why = await this.host.print({ page, language: site.language, what, visit: visit.id });
    } catch {
      // The kiosk is away, and its printer with it.
    } finally {
      this.isPrinting = false;
    }
    // Whoever comes next has not asked for it.
    if (this.now.visit !== visit) return undefined;
    return this.speaker.announce(why ? `print_${why}` : "printed");
  }
}

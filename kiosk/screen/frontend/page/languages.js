// Languages: which of them this browser can draw, and the change to another one in place.

const MOST = 5; // choices at a time, as on every page
const NOBODYS = "\u0378"; // no letter: what is drawn for it stands for "missing"

export class Languages {
  /** @param {import("./screen.js").Kiosk} kiosk */
  constructor(kiosk) {
    this.kiosk = kiosk;
    this.asked = 0; // the newest wish wins
    this.kept = new Map(); // code -> what `pages` of the host gave: for when the kiosk is away
    this.drawn = new Map();
    if (!this.isFirst) this.#keep(this.first).catch(() => {});
  }

  /** The language that every visit begins with. */
  get first() {
    return this.kiosk.site.languages[0].code;
  }

  get isFirst() {
    return this.kiosk.site.language === this.first;
  }

  /** Those that can be chosen here. The first one always can. */
  get offered() {
    return this.kiosk.site.languages.filter(({ letters }, at) => at === 0 || this.#draws(letters));
  }

  /** Begins with what the first HTML has; a language that cannot be drawn here gives way. */
  async begin() {
    const { kiosk } = this;
    this.show();
    if (this.offered.some(({ code }) => code === kiosk.site.language)) return;
    if (await this.use(this.first)) kiosk.open(kiosk.page, { push: false, focus: false });
  }

  /** Brings the shell, and the page of languages, in step with the site. */
  show() {
    const { root, site, main } = this.kiosk;
    Object.assign(document.documentElement, site.around);
    for (const one of root.querySelectorAll(".top button, .bar button"))
      one.querySelector("span").textContent = site.words[one.dataset.word];
    for (const one of root.querySelectorAll("[data-label]")) one.ariaLabel = site.words[one.dataset.label];
    const codes = this.offered.map(({ code }) => code);
    root.querySelector("[data-action=language]").hidden = codes.length < 2;
    const cards = [...main.querySelectorAll("a[data-language]")];
    const here = cards.filter((one) => codes.includes(one.dataset.language));
    for (const one of cards) if (!here.includes(one)) one.remove();
    if (here.length <= MOST) return;
    here.forEach((one, at) => (one.hidden = at >= MOST - 1));
    main.querySelector(".more").hidden = false;
  }

  /** What a visitor chose: back to where they were. @param {string} code */
  async choose(code) {
    const { kiosk } = this;
    const { visit } = kiosk;
    const changed = await this.use(code);
    if (changed === null || kiosk.visit !== visit) return undefined;
    if (!changed) {
      await kiosk.announce("no_change");
      // Without the kiosk this may not be heard: then it is all the more important to read it.
      if (kiosk.message.dataset.word === "no_voice") kiosk.show("no_change");
      return undefined;
    }
    await kiosk.open(kiosk.page === "languages" ? visit.came : kiosk.page, { back: true });
    kiosk.show("now_speaks");
    const first = [{ word: "now_speaks" }];
    return visit.eyesFree ? kiosk.speaker.tell(kiosk.heading, first) : kiosk.speaker.say(first);
  }

  /**
   * Takes the site in a language; what is shown is drawn by whoever asks.
   * @param {string} code @returns {Promise<boolean | null>} null: a newer wish was faster
   */
  async use(code) {
    const { kiosk } = this;
    const mine = ++this.asked;
    if (code === kiosk.site.language) return true;
    try {
      if (this.isFirst) await this.#keep(this.first);
      // Whoever comes next must not wait for the first one, which is kept in step.
      const told = (code === this.first && this.kept.get(code)) || (await this.#pages(code));
      if (mine !== this.asked) return null;
      kiosk.take(told);
      kiosk.voice.forget(); // what was said last belongs to the other language
      return true;
    } catch {
      return mine === this.asked ? false : null;
    }
  }

  /** Something has changed on the kiosk. */
  async renew() {
    if (!this.isFirst) await this.#keep(this.first);
  }

  /** Keeps all of them, so that people can choose one while the kiosk is away. */
  async keepAll() {
    for (const { code } of this.offered) await this.#keep(code);
  }

  async #keep(code) {
    const { site, html, host } = this.kiosk;
    const here = code === site.language && html;
    this.kept.set(code, here ? { ...site, html } : await host.pages(code));
  }

  async #pages(code) {
    try {
      await this.#keep(code);
    } catch (error) {
      if (!this.kept.has(code)) throw error;
    }
    return this.kept.get(code);
  }

  /** Whether each letter is drawn in another way than one that no typeface has. @param {string} letters */
  #draws(letters) {
    if (!this.drawn.has(letters)) {
      const missing = this.#drawing(NOBODYS);
      this.drawn.set(letters, [...letters].every((one) => this.#drawing(one) !== missing));
    }
    return this.drawn.get(letters);
  }

  #drawing(letter) {
    this.pen ??= pen(getComputedStyle(this.kiosk.root).fontFamily);
    const { canvas } = this.pen;
    this.pen.clearRect(0, 0, canvas.width, canvas.height);
    this.pen.fillText(letter, 10, 28);
    const { data } = this.pen.getImageData(0, 0, canvas.width, canvas.height);
    return new Uint32Array(data.buffer).join();
  }
}

function pen(family) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 40;
  const made = canvas.getContext("2d", { willReadFrequently: true });
  made.font = `20px ${family}`;
  return made;
}

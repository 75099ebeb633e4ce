// The screen: pages, settings and answers. Touch, keys and a switch call one table of actions.
import { Box } from "../survey/box.js";
import { Drafts } from "../survey/drafts.js";
import { Idle } from "./idle.js";
import { listenToKeys } from "../hands/keys.js";
import { Languages } from "./languages.js";
import { Outbox } from "../survey/outbox.js";
import { Scan } from "../hands/scan.js";
import { Speaker } from "../voice/speaker.js";
import { SurveyFlow } from "../survey/survey.js";
import { current, goTo } from "../hands/things.js";
import { chosen, cycle, freshVisit, loudness } from "./visit.js";
import { Voice } from "../voice/voice.js";

const RETRY_MS = 3000; // how often it is looked whether something in the outbox is due
const LEFT_MS = 60_000; // how often it is looked for answers that a window has left behind
const NOTE_MS = 5000; // how often it is noted that somebody is still at a survey
const QUIET_LOOK_MS = 300;
const FOCUS_MS = 400; // until a screen reader knows where the focus is
const HELP = "about"; // the page behind Help
const BESIDE = ["you-said", "languages"]; // like a survey, Back leaves them for where one was before

/**
 * Lets a screen live. @param {object} on
 * @param {HTMLElement} on.parent the element that holds it, with one page in it
 * @param {object} on.site what `pages` of the host gives, without the HTML
 * @param {import("../host/http.js").Host} on.host
 */
export function mount({ parent, site, host }) {
  return new Kiosk(parent, site, host);
}

export class Kiosk {
  constructor(root, site, host) {
    this.root = root;
    this.main = root.querySelector("#page");
    this.message = root.querySelector("#message");
    this.scroller = root.querySelector(".screen"); // on phones it moves, else main does
    this.site = site;
    this.host = host;
    this.page = root.dataset.page;
    this.html = null; // of every page, once it was fetched
    this.newer = null; // what the kiosk has told since: shown when nobody is disturbed
    this.visit = freshVisit();
    this.box = new Box();
    this.outbox = new Outbox(host, this.box, () => this.survey.arrived());
    this.drafts = new Drafts(this.box, this.outbox);
    this.voice = new Voice(root, root.querySelector("#voice"), {
      changed: () => this.#showListen(),
      failed: (error) => this.speaker.failed(error),
    });
    this.speaker = new Speaker(this);
    this.survey = new SurveyFlow(this);
    this.scan = new Scan(this);
    this.languages = new Languages(this);
    this.actions = this.#table();
    this.idle = new Idle(this);
    // What a visit asked for is no list for the next one, also if it arrives late.
    performance.setResourceTimingBufferSize(0);
    listenToKeys(this);
    this.#listen();
    this.#apply();
    this.#begin();
  }

  async #begin() {
    if (this.drafts.isNoted) await this.#resume();
    history.replaceState({ visit: this.visit.id }, "", location.href);
    this.languages.begin();
    if (this.site.pages[this.page].survey) this.survey.begin();
    this.settle(false);
    this.#sendAlways();
    setInterval(() => this.visit.draft && this.drafts.note(this.visit), NOTE_MS);
    this.#watch();
    this.#pages().catch(() => {});
    this.root.dataset.ready = "true";
  }

  /** The page was reloaded: the visit goes on where it was. */
  async #resume() {
    const left = await this.drafts.resume().catch(() => null);
    if (!left) return sessionStorage.clear();
    const { trail } = this.visit;
    const { visit: id, draft } = left;
    Object.assign(this.visit, { id, draft });
    if (this.page === draft.survey) trail.push(draft.page);
    else if (this.#isBeside(this.page)) trail.push(draft.page, draft.survey);
    else this.survey.release();
    return undefined;
  }

  // --- what is shown ---

  /** Shows a text of the interface in the message row. @param {string} word */
  show(word) {
    this.message.textContent = this.site.words[word];
    this.message.dataset.word = word;
    this.message.hidden = false;
  }

  hide() {
    this.message.hidden = true;
    this.message.textContent = "";
  }

  /** Shows and says a text of the interface. @param {string} word */
  announce(word, { quiet = false } = {}) {
    if (!quiet) this.show(word);
    return this.speaker.say([{ word }]);
  }

  /** @returns {HTMLElement} the heading that is shown */
  get heading() {
    return [...this.main.querySelectorAll("h1")].find((one) => one.checkVisibility());
  }

  /**
   * Opens a page. @param {string} id
   * @param {{push?: boolean, focus?: boolean, back?: boolean}} [how] back: somebody goes back to it
   */
  async open(id, { push = true, focus = true, back = false } = {}) {
    this.speaker.leave();
    this.hide();
    if (this.site.pages[this.page]?.survey) await this.survey.keep();
    this.#adopt();
    let all;
    try {
      all = await this.#pages();
    } catch {
      return this.announce("trouble");
    }
    const { visit } = this;
    if (!all[id]) id = "home";
    this.#trail(id);
    this.page = id;
    // Whoever looks at Help or goes back has not left the survey; any other way leads out of it.
    if (visit.draft && !back && id !== visit.draft.survey && !this.#isBeside(id)) this.survey.release();
    Object.assign(visit, { question: 0, paused: false });
    this.survey.recorder.forget();
    this.main.innerHTML = all[id];
    this.languages.show();
    if (this.site.pages[id].survey) this.survey.begin();
    this.root.dataset.page = id;
    this.root.className = this.site.pages[id].colour;
    const address = `?page=${id}&lang=${this.site.language}`;
    if (push) history.pushState({ visit: visit.id }, "", address);
    else history.replaceState({ visit: visit.id }, "", address);
    this.settle(focus);
  }

  /** Notes where Back leads from the page that opens. @param {string} id */
  #trail(id) {
    const { trail, question } = this.visit;
    const here = this.site.pages[this.page];
    const answered = here?.questions <= question; // nobody wants to go back to its first question
    if (!this.site.pages[id].survey && !this.#isBeside(id)) trail.length = 0;
    else if (trail.includes(id)) trail.length = trail.indexOf(id);
    else if (id !== this.page && here?.back !== id && !answered) trail.push(this.page);
  }

  /** Whether Back leaves a page for where one was before: those behind Help, and the like. */
  #isBeside(id) {
    if (BESIDE.includes(id)) return true;
    let page = HELP;
    while (page && page !== id) page = this.site.pages[page]?.next;
    return Boolean(page);
  }

  /** Brings all around a new page or question in step with it. @param {boolean} focus */
  settle(focus) {
    this.#title();
    this.main.scrollTop = this.scroller.scrollTop = 0;
    const here = this.site.pages[this.page];
    const can = { back: this.page !== "home", next: here.survey ? this.survey.canGoOn : Boolean(here.next) };
    for (const [name, yes] of Object.entries(can))
      this.root.querySelector(`[data-action=${name}]`).ariaDisabled = String(!yes);
    if (focus) this.focusHeading();
    // A page with nothing to press in it must still be moved by the keys of the browser.
    const toPress = [...this.main.querySelectorAll("a, button, textarea")].some((one) => one.checkVisibility());
    this.main.tabIndex = toPress ? -1 : 0;
    this.scan.restart();
    this.speaker.narration(this.page).catch(() => {});
  }

  /**
   * Screen readers that lose what had the focus go on at the heading without a word, and say
   * nothing of it when it gets the focus then. So the page has it first, for a moment.
   */
  focusHeading() {
    if (this.visit.eyesFree) return goTo(this.heading);
    clearTimeout(this.focusing); // one begun before would come too soon, or take the focus back
    this.main.focus({ focusVisible: false, preventScroll: true });
    this.focusing = setTimeout(() => {
      if (document.activeElement === this.main) goTo(this.heading);
    }, FOCUS_MS);
  }

  #title() {
    const { title } = this.site.pages[this.page];
    if (document.title !== title) document.title = title;
  }

  #showListen() {
    const name = this.voice.reading ? "pause" : "listen";
    const button = this.root.querySelector(".bar .solid");
    button.dataset.word = name;
    button.querySelector("span").textContent = this.site.words[name];
  }

  #apply() {
    const { visit } = this;
    document.documentElement.dataset.colours = chosen(visit, "colours");
    this.root.dataset.bigger = chosen(visit, "bigger");
    this.root.dataset.pictures = chosen(visit, "pictures");
    this.voice.audio.volume = loudness(chosen(visit, "volume"));
  }

  /** @param {"bigger" | "colours" | "pictures" | "speed" | "volume"} name @param {string} prefix */
  #set(name, prefix) {
    cycle(this.visit, name);
    this.#apply();
    return this.announce(`${prefix}_${chosen(this.visit, name)}`);
  }

  /** The meaning of a hard word, if one is open. */
  get #meaning() {
    return this.main.querySelector(".meaning:not([hidden])");
  }

  /** @param {HTMLElement} button the hard word */
  #explain(button) {
    this.#fold();
    const meaning = document.getElementById(button.dataset.hard);
    meaning.hidden = false;
    button.ariaExpanded = "true";
    this.asker = button;
    goTo(meaning.querySelector("[data-thing]"));
    if (!this.visit.eyesFree) this.speaker.readSentences([...meaning.querySelectorAll("[data-say]")]);
  }

  #fold() {
    const open = this.#meaning;
    if (!open) return;
    open.hidden = true;
    this.asker.ariaExpanded = "false";
  }

  // --- what a visitor does ---

  /** Everything a visitor can do, by name. */
  #table() {
    return {
      home: () => this.open("home"),
      help: () => (this.site.pages[HELP] ? this.open(HELP) : this.announce("ask_staff")),
      back: () => {
        const here = this.site.pages[this.page];
        if (this.#meaning) return this.actions.close();
        if (this.page === "home") return this.announce("first");
        if (here.survey && this.survey.canGoBack) return this.survey.ask(this.visit.question - 1);
        return this.open(here.back || this.visit.came, { back: true });
      },
      next: () => {
        const here = this.site.pages[this.page];
        if (!here.survey) return here.next ? this.open(here.next) : this.announce("last");
        if (!this.survey.canGoOn) return this.announce("last");
        return this.survey.next();
      },
      listen: () => {
        const { voice, visit } = this;
        if (voice.reading) {
          this.speaker.stop();
          visit.paused = true;
          return undefined;
        }
        if (!visit.paused || !voice.last) return this.speaker.readPage();
        visit.paused = false;
        return voice.resume();
      },
      again: () => (this.voice.last ? this.voice.again() : this.speaker.readPage()),
      bigger: () => this.#set("bigger", "size"),
      colours: () => this.#set("colours", "colours"),
      pictures: () => this.#set("pictures", "pictures"),
      speed: () => this.#set("speed", "speed"),
      volume: () => this.#set("volume", "volume"),
      language: () => this.open("languages"),
      speech: () => {
        this.idle.here();
        if (this.visit.eyesFree) {
          this.visit.eyesFree = false;
          return this.announce("eyes_free_off");
        }
        if (!current(this.root)) goTo(this.heading);
        this.visit.eyesFree = true;
        this.show("eyes_free_on");
        return this.speaker.tell(current(this.root), [{ word: "eyes_free_on" }]);
      },
      close: () => {
        this.speaker.stop();
        this.#fold();
        goTo(this.asker);
      },
      more: () => {
        for (const one of this.main.querySelectorAll("a.choice")) one.hidden = !one.hidden;
        goTo(this.main.querySelector("a.choice:not([hidden])"));
      },
      skip: () => this.survey.skip(),
      send: () => this.survey.send(),
      readback: () => this.survey.readBack(),
      record: () => this.survey.record(),
      stop: () => this.survey.recorder.stop(),
      hear: () => this.survey.hear(),
      drop: () => this.survey.drop(),
      finish: () => this.#finish(),
    };
  }

  /** Ends the visit: nothing of it is left for the next person. */
  async #finish() {
    const wasEyesFree = this.visit.eyesFree;
    this.idle.here();
    this.scan.stop();
    this.survey.release();
    this.visit = freshVisit();
    this.survey.forget();
    this.outbox.forget();
    this.asker = null;
    sessionStorage.clear();
    performance.clearResourceTimings();
    delete this.root.dataset.keys;
    this.#apply();
    await this.languages.use(this.languages.first);
    await this.open("home");
    this.voice.forget();
    if (!wasEyesFree) return;
    const next = this.visit;
    await this.announce("finished", { quiet: true });
    if (this.visit === next && !this.voice.busy) this.voice.forget();
  }

  #listen() {
    this.root.addEventListener("click", (event) => {
      const on = event.target.closest("button, a, .sentence");
      if (on) this.#pressed(on, event);
    });
    this.root.addEventListener("focusin", (event) => {
      const thing = event.target.closest("[data-thing]");
      if (this.visit.eyesFree && thing === event.target) this.speaker.tell(thing);
    });
    addEventListener("popstate", async (event) => {
      const query = new URLSearchParams(location.search);
      const ours = event.state?.visit === this.visit.id;
      const asked = query.get("page") ?? "home";
      const inTime = !ours || (await this.languages.use(query.get("lang") ?? this.languages.first));
      if (inTime === null) return;
      // An entry of an earlier visit shows home: the next person does not see where the last one was.
      this.open(event.state?.visit === this.visit.id ? asked : "home", { push: false, back: true });
    });
    // Streamlit puts its own title back now and then.
    new MutationObserver(() => this.#title()).observe(document.head, { subtree: true, childList: true });
  }

  /** @param {HTMLElement} on @param {Event} event */
  #pressed(on, event) {
    const { action, page, hard, choice, item, put, letter, language } = on.dataset;
    if (action) return this.actions[action]();
    if (language) {
      event.preventDefault();
      return this.languages.choose(language);
    }
    if (page) {
      event.preventDefault();
      return this.open(page);
    }
    if (hard) return this.#explain(on);
    if (choice) return this.survey.choose(on);
    if (item) return this.survey.pick(on);
    if (put) return this.survey.put(on);
    if (letter) return this.survey.letter(on);
    if (on.classList.contains("sentence")) return this.speaker.readSentences([on]);
  }

  // --- what comes from the kiosk ---

  async #pages() {
    if (!this.html) this.html = (await this.host.pages(this.site.language)).html;
    return this.html;
  }

  async #sendAlways() {
    await this.outbox.takeOver().catch(() => {}); // no room: it stays where it is
    this.drafts.releaseLeft();
    this.outbox.sendAll();
    setInterval(() => this.outbox.sendAll(), RETRY_MS);
    setInterval(() => this.drafts.releaseLeft(), LEFT_MS);
  }

  /** What changes on the kiosk is shown without touching the voice. */
  async #watch() {
    let known = this.site.version;
    for (;;) {
      try {
        const version = await this.host.changes(known);
        if (version === known) continue;
        const newer = await this.host.pages(this.site.language);
        await this.languages.renew();
        if (newer.language !== this.site.language) continue; // somebody has chosen another one
        this.newer = newer;
        known = newer.version;
        this.outbox.hurry(); // a survey may have been mended
        this.#redraw(this.page);
      } catch {
        await new Promise((done) => setTimeout(done, 1000));
      }
    }
  }

  /** Takes what is newer. HTML and speech of one page must be of one version. */
  #adopt() {
    if (this.newer) this.take(this.newer);
  }

  /** Goes on with what `pages` of the host gave. @param {object} told */
  take({ html, ...site }) {
    this.html = html;
    this.site = site;
    this.newer = null;
  }

  /** Draws the page anew once the voice is quiet; never over an answer that is being given. */
  #redraw(id) {
    if (!this.newer || this.page !== id || this.site.pages[id].survey) return;
    if (this.voice.busy || this.#meaning) {
      setTimeout(() => this.#redraw(id), QUIET_LOOK_MS);
      return;
    }
    this.#adopt();
    if (!this.html[id]) {
      this.open("home");
      return;
    }
    const focused = this.main.contains(document.activeElement);
    const places = [this.main.scrollTop, this.scroller.scrollTop];
    this.main.innerHTML = this.html[id];
    this.languages.show();
    this.settle(focused);
    [this.main.scrollTop, this.scroller.scrollTop] = places;
  }
}

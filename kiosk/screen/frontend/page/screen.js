// The screen: it puts all parts together, opens pages, and ends the visit.
import { all, around, first, isolated, one, there } from "../dom.js";
import { listenToKeys } from "../hands/keys.js";
import { Scan } from "../hands/scan.js";
import { select } from "../hands/select.js";
import { successor, current, goTo, putFocus, things } from "../hands/things.js";
import { whenQuiet } from "../rest.js";
import { Box } from "../survey/box.js";
import { Drafts } from "../survey/drafts.js";
import { Outbox } from "../survey/outbox.js";
import { sendAlways } from "../survey/sending.js";
import { SurveyFlow } from "../survey/survey.js";
import { Message } from "../voice/message.js";
import { Speaker } from "../voice/speaker.js";
import { Voice } from "../voice/voice.js";
import { actionsOf } from "./actions.js";
import { Ahead } from "./ahead.js";
import { hideBroken } from "./broken.js";
import { fit } from "./fit.js";
import { Idle } from "./idle.js";
import { Languages, PAGE } from "./languages.js";
import { Meaning } from "./meaning.js";
import { Onward } from "./onward.js";
import { Paper } from "./paper.js";
import { Served } from "./served.js";
import { Settings } from "./settings.js";
import { Sheet } from "./sheet.js";
import { isBeside, NOT_HERE, trailTo } from "./trail.js";
import { chosen, freshVisit, isFresh } from "./visit.js";

const NOTE_MS = 5000; // how often it is noted that somebody is still at a survey
const QUIET_LOOK_MS = 300;

/**
 * @typedef {import("../types.d.ts").Host} Host
 * @typedef {import("../types.d.ts").Site} Site
 *
 * @typedef {object} How a page is opened
 * @property {boolean} [push] it gets an entry of its own in the history of the browser
 * @property {boolean} [focus] its heading gets the focus
 * @property {boolean} [back] somebody goes back to it
 * @property {string} [face] the answer to its first question that was pressed
 */

/** What the address asks for. @returns {{page: string, language: string | null}} */
function wanted() {
  const query = new URLSearchParams(location.search);
  return { page: query.get("page") ?? "home", language: query.get("lang") };
}

/**
 * Lets a screen live. @param {object} on
 * @param {HTMLElement} on.parent the element that holds it, with one page in it
 * @param {Site} on.site what `pages` of the host gives, without the HTML
 * @param {Host} on.host
 */
export function mount({ parent, site, host }) {
  return new Screen(parent, site, host);
}

class Screen {
  /** @param {HTMLElement} root @param {Site} site @param {Host} host */
  constructor(root, site, host) {
    this.scroller = one(root, ".screen"); // at 400% zoom it moves, else the rows of the page
    const served = (this.served = new Served(site, host));
    // What all others see of us. Only this class changes it.
    const now = (this.now = {
      root,
      main: one(root, "#page"),
      page: there(root.dataset.page),
      visit: freshVisit(),
      get site() {
        return served.site;
      },
    });
    const audio = /** @type {HTMLAudioElement} */ (one(root, "#voice"));
    this.box = new Box(host.below);
    this.outbox = new Outbox(host, this.box, () => this.survey.arrived());
    this.drafts = new Drafts(this.box, this.outbox);
    const message = (this.message = new Message(one(root, "#message"), () => now.site.words));
    const voice = (this.voice = new Voice(root, audio, {
      changed: () => this.#showListen(),
      failed: (error) => this.speaker.failed(error),
    }));
    const [speed, which] = [() => chosen(now.visit, "speed"), () => chosen(now.visit, "voice")];
    const speaker = (this.speaker = new Speaker({ now, host, voice, message, speed, which }));
    this.meaning = new Meaning(now.main);
    this.onward = new Onward(now);
    this.settings = new Settings(now, audio, (word, how) => speaker.changed(word, how));
    const { drafts, outbox } = this;
    this.survey = new SurveyFlow({ now, drafts, outbox, speaker, message, settle: (focus) => this.settle(focus) });
    const scan = (this.scan = this.#scanner());
    const heading = () => this.heading;
    /** @param {string} id @param {How} [how] */
    const open = (id, how) => this.open(id, how);
    const languages = (this.languages = new Languages({ now, host, served, speaker, message, open, heading }));
    const here = () => this.idle.here();
    const finish = () => this.#finish();
    const { meaning, onward, settings, survey } = this;
    const paper = new Paper({ now, host, speaker });
    const sheet = (this.sheet = new Sheet(now, {
      fill: (one) => {
        languages.fill(one);
        settings.fill(one);
      },
      changed: () => {
        this.#enable();
        scan.restart();
      },
      hush: () => speaker.stop(),
    }));
    this.actions = actionsOf({ now, sheet, speaker, message, survey, settings, meaning, onward, paper, open, heading, here, finish });
    this.ahead = new Ahead({ now, host, languages, speaker });
    const watched = this.#watched(host);
    this.idle = new Idle({ now, speaker, message, scan, languages: () => languages.offered, watched });
    // What a visit asked for is no list for the next one, also if it arrives late.
    performance.setResourceTimingBufferSize(0);
    listenToKeys({
      root,
      keypad: () => now.site.keypad,
      asks: () => this.idle.asks(),
      select: (thing) => this.#select(thing),
      press: () => scan.press(),
      actions: this.actions,
    });
    this.#listen();
    new ResizeObserver(() => fit(root)).observe(root);
    document.fonts.ready.then(() => fit(root));
    this.settings.apply();
    this.#begin();
  }

  async #begin() {
    const { now } = this;
    await this.#arrive().catch(() => {}); // what stands there is better than nothing
    if (this.drafts.isNoted) await this.#resume();
    history.replaceState({ visit: now.visit.id }, "", location.href);
    this.languages.begin();
    if (now.site.pages[now.page].survey) this.survey.begin();
    this.settle(false);
    whenQuiet(() => sendAlways(this.drafts, this.outbox)); // to open its store takes long
    setInterval(() => now.visit.draft && this.drafts.note(now.visit), NOTE_MS);
    this.served.watch(
      () => this.languages.renew(),
      () => {
        this.outbox.hurry(); // a survey may have been mended
        this.#redraw(now.page);
      },
    );
    this.served.fetch().catch(() => {});
    if (wanted().page === PAGE && this.languages.offered.length > 1) this.sheet.show("language");
    now.root.dataset.ready = "true";
  }

  /**
   * The first HTML has one page in one language. The address may ask for another.
   */
  async #arrive() {
    const { now, served } = this;
    const { page, language } = wanted();
    const { languages } = now.site;
    const isOther = language !== now.site.language && languages.some(({ code }) => code === language);
    const changed = language && isOther && (await this.languages.use(language));
    const known = page === PAGE ? "home" : page; // the sheet of languages opens over it
    const id = Object.hasOwn(now.site.pages, known) ? known : NOT_HERE;
    if (changed || id !== now.page) this.#draw(id, there(await served.page(id)));
  }

  /** The page was reloaded: the visit goes on where it was. */
  async #resume() {
    const left = await this.drafts.resume().catch(() => null);
    if (!left) return sessionStorage.clear();
    const { page, site, visit } = this.now;
    const { visit: id, draft } = left;
    Object.assign(visit, { id, draft });
    if (page === draft.survey) visit.trail.push(draft.page);
    else if (isBeside(site.pages, page)) visit.trail.push(draft.page, draft.survey);
    else this.survey.release();
    return undefined;
  }

  /** One switch, as it is used here. */
  #scanner() {
    const { now, voice, speaker, message } = this;
    const words = { on: "scan_on", rest: "scan_rest" };
    return new Scan(now.root, {
      seconds: () => now.site.switch.seconds,
      isBusy: () => voice.busy,
      pause: () => {
        if (!voice.reading) return false;
        speaker.listen();
        return true;
      },
      select: (thing) => this.#select(thing),
      moved: (thing) => {
        if (now.visit.eyesFree) speaker.tell(thing);
        else if (now.site.switch.sound) voice.cue("cue.wav");
      },
      tell: (what) => (what === "awake" ? message.hide() : void speaker.announce(words[what])),
    });
  }

  /** What the clock of a visit sees of us, and sets going. @param {Host} host @returns {import("./idle.js").Watched} */
  #watched(host) {
    const { now, speaker, languages } = this;
    return {
      isBusy: () => this.voice.busy || this.survey.isRecording,
      isClean: () => now.page === "home" && isFresh(now.visit) && languages.isFirst && !this.scan.on,
      finish: () => this.#finish(),
      greet: () => {
        this.focusHeading();
        speaker.announce("begin", { quiet: true });
      },
      tidy: () => {
        this.sheet.fold();
        this.box.wipe(() => host.wipe());
      },
      bring: (isQuiet) => this.ahead.bring(isQuiet),
    };
  }

  /** @param {HTMLElement | null} thing */
  #select(thing) {
    const { speaker } = this;
    select(this.now.root, thing, {
      read: (sentences) => speaker.readSentences(sentences),
      tell: (told) => speaker.tell(told),
    });
  }

  // --- what is shown ---

  /** @returns {HTMLElement} the heading that is shown */
  get heading() {
    const { open } = this.sheet;
    if (open) return one(open, "h2");
    return there(all(this.now.main, "h1").find((title) => title.checkVisibility()));
  }

  /** Opens a page. @param {string} id @param {How} [how] */
  async open(id, { push = true, focus = true, back = false, face = "" } = {}) {
    const { now, speaker } = this;
    speaker.leave();
    this.message.hide();
    this.sheet.fold();
    if (now.site.pages[now.page]?.survey) await this.survey.keep();
    this.served.adopt();
    let html;
    try {
      html = await this.served.page(id);
      if (html === undefined) html = there(await this.served.page((id = NOT_HERE)));
    } catch {
      return speaker.announce("trouble");
    }
    const { site, visit } = now;
    visit.trail = trailTo(visit.trail, site.pages, { page: now.page, question: visit.question }, id, back);
    // Whoever looks at Help or goes back has not left the survey; any other way leads out of it.
    const leaves = !back && id !== visit.draft?.survey && !isBeside(site.pages, id);
    if (visit.draft && leaves) this.survey.release();
    visit.question = 0;
    this.survey.leave();
    this.#draw(id, html);
    this.languages.show();
    if (site.pages[id].survey) this.survey.begin();
    const address = `?page=${id}&lang=${site.language}`;
    if (push) history.pushState({ visit: visit.id }, "", address);
    else history.replaceState({ visit: visit.id }, "", address);
    this.settle(focus);
    if (face && site.pages[id].survey) this.survey.beginWith(face);
    return undefined;
  }

  /** @param {string} id @param {string} html */
  #draw(id, html) {
    const { now } = this;
    now.page = id;
    now.main.innerHTML = html;
    now.root.dataset.page = id;
    now.root.className = now.site.pages[id].colour;
  }

  /** Brings all around a new page or question in step with it. @param {boolean} focus */
  settle(focus) {
    const { main, page, root, site } = this.now;
    root.dataset.version = site.version; // the locked browser tells which one is drawn
    this.title();
    this.#enable();
    // A page with nothing to press in it must still be moved by the keys of the browser.
    for (const room of all(main, ".rows"))
      room.tabIndex = all(room, "a, button, textarea").some((thing) => thing.checkVisibility()) ? -1 : 0;
    if (focus) this.#beforeHeading();
    this.scroller.scrollTop = 0; // all that asks for places comes after all that moves them
    if (focus) goTo(this.heading);
    this.onward.begin();
    this.scan.restart();
    this.speaker.narration(page).catch(() => {});
  }

  /** Shows what Back and Next can do now. */
  #enable() {
    const { root, site, page } = this.now;
    const here = site.pages[page];
    const back = page !== "home" || Boolean(this.sheet.open);
    const can = { back, next: !here.survey && Boolean(here.next) };
    for (const [name, yes] of Object.entries(can)) one(root, `[data-action=${name}]`).ariaDisabled = String(!yes);
  }

  /**
   * The heading has the focus before it is painted: no key is pressed in vain. Orca, where what had
   * the focus is gone, goes on at the first thing that is there now, without a word, and says
   * nothing when that gets the focus then. So this first thing is another one, of which nothing is
   * seen or said. Without it Orca said 0 of 6 headings, with it 24 of 24 on a busy computer.
   */
  focusHeading() {
    this.#beforeHeading();
    goTo(this.heading);
  }

  #beforeHeading() {
    const { main } = this.now;
    if (first(main, ".before")) return;
    const before = document.createElement("strong"); // Orca sees no span
    before.className = "before";
    main.prepend(before);
  }

  /** Gives the window the name of the page. */
  title() {
    const { title } = this.now.site.pages[this.now.page];
    if (document.title !== isolated(title)) document.title = isolated(title);
  }

  #showListen() {
    const name = this.voice.reading ? "pause" : "listen";
    const button = one(this.now.root, ".bar .solid");
    const isNew = button.dataset.word !== name;
    button.dataset.word = name;
    one(button, "span").textContent = this.now.site.words[name];
    one(this.now.root, "[data-action=again]").ariaDisabled = String(!this.voice.last);
    if (isNew) fit(this.now.root);
  }

  // --- what a visitor does ---

  /** Ends the visit: nothing of it is left for the next person. */
  async #finish() {
    const { now, speaker, voice } = this;
    const wasEyesFree = now.visit.eyesFree;
    this.idle.here();
    this.scan.stop();
    this.survey.release();
    now.visit = freshVisit();
    this.survey.forget();
    this.outbox.forget();
    this.meaning.forget();
    sessionStorage.clear();
    performance.clearResourceTimings();
    delete now.root.dataset.keys;
    this.settings.apply();
    fit(now.root);
    await this.languages.use(this.languages.first);
    await this.open("home");
    voice.forget();
    if (!wasEyesFree) return;
    const next = now.visit;
    await speaker.announce("finished", { quiet: true });
    if (now.visit === next && !voice.busy) voice.forget();
  }

  #listen() {
    const { now, languages } = this;
    hideBroken(now.root);
    now.root.addEventListener("click", (event) => {
      const on = around(event.target, "button, a, .sentence, .idea, .meaning");
      if (on) this.#pressed(on, event);
    });
    now.root.addEventListener("focusin", (event) => {
      const thing = around(event.target, "[data-thing]");
      if (thing && now.visit.eyesFree && thing === event.target) this.speaker.tell(thing);
    });
    addEventListener("popstate", async (event) => {
      const { page: asked, language } = wanted();
      const ours = event.state?.visit === now.visit.id;
      const inTime = !ours || (await languages.use(language ?? languages.first));
      if (inTime === null) return;
      // An entry of an earlier visit shows home: the next person does not see where the last one was.
      this.open(event.state?.visit === now.visit.id ? asked : "home", { push: false, back: true });
    });
  }

  /** @param {HTMLElement} on @param {Event} event */
  #pressed(on, event) {
    const { action, page, hard, language, setting, face, survey, value = "" } = on.dataset;
    if (face && survey) return this.open(survey, { face });
    if (action) return this.actions[action]();
    if (language || page) event.preventDefault();
    if (language) return this.languages.choose(language);
    if (setting) return this.settings.choose(/** @type {import("./visit.js").Setting} */ (setting), value);
    if (page) return this.open(page);
    if (hard) return this.#explain(on);
    if (on.matches(".sentence, .idea, .meaning")) return this.speaker.readSentences(fromHere(on));
    return around(on, "[data-control]") ? this.survey.press(on) : undefined;
  }

  /** @param {HTMLElement} button the hard word */
  #explain(button) {
    const sentences = this.meaning.explain(button);
    if (!this.now.visit.eyesFree) this.speaker.readSentences(sentences, false);
  }

  /** Draws the page anew once the voice is quiet; never over an answer that is being given. @param {string} id */
  #redraw(id) {
    const { now, served } = this;
    const { main } = now;
    if (!served.newer || now.page !== id || now.site.pages[id].survey) return;
    // What the sheet of a page says is told by its narration, as that was.
    if (this.voice.busy || this.meaning.open || this.sheet.isOfPage) {
      setTimeout(() => this.#redraw(id), QUIET_LOOK_MS);
      return;
    }
    served.adopt();
    const html = served.html?.[id];
    if (!html) {
      this.open(NOT_HERE);
      return;
    }
    const before = things(main);
    const thing = current(main);
    const scrolled = first(main, ".rows")?.scrollTop ?? 0;
    const moved = this.scroller.scrollTop;
    this.#draw(id, html);
    this.languages.show();
    this.settle(false);
    // The reader stays where they were: it is a page that they know.
    if (thing) putFocus(successor(thing, before, things(main)) ?? this.heading);
    const rows = first(main, ".rows");
    if (rows) rows.scrollTop = scrolled;
    this.scroller.scrollTop = moved;
  }
}

/** What is read when somebody presses a row: from there to the end of the row. @param {HTMLElement} on */
function fromHere(on) {
  const row = around(on, ".idea, .meaning") ?? on;
  const sentences = row === on && on.matches(".sentence") ? [on] : all(row, "[data-say]");
  return sentences.slice(Math.max(sentences.indexOf(on), 0));
}

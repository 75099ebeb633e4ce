// The screen: pages, settings, answers and the idle clock. Touch and keys call one table of actions.
import { newId, put, sendAll } from "./outbox.js";
import { Voice } from "./voice.js";

const root = document.getElementById("kiosk");
const main = root.querySelector("#page");
const message = root.querySelector("#message");
const SPEEDS = ["normal", "slow", "quick"];
const COLOURS = ["paper", "night"];

let site = JSON.parse(document.getElementById("kiosk-site").textContent);
let html = null;
let page = root.dataset.page;
let came = "home"; // where the visitor was before a survey or Help
let question = 0;
let answers = {};
let paused = false; // Listen goes on where Pause was pressed
let visit = newId();
let settings = fresh();
const clips = new Map();

function fresh() {
  return { speed: 0, colours: 0, bigger: 0, volume: 4 };
}

const voice = new Voice(root, root.querySelector("#voice"), () => {
  const name = voice.reading ? "pause" : "listen";
  const button = root.querySelector(".bar .solid span");
  if (button) button.textContent = site.words[name];
});

/** @param {string} name @returns {Promise<object[]>} the clips of a page, "interface" or "words" */
async function narration(name) {
  const key = `/narration/${site.language}/${name}/${SPEEDS[settings.speed]}`;
  const version = `${key}?v=${site.version}`;
  if (!clips.has(version)) {
    const asked = fetch(key, { signal: AbortSignal.timeout(4500) }).then((reply) => {
      if (!reply.ok) throw new Error("no voice");
      return reply.json();
    });
    clips.set(version, asked);
    asked.catch(() => clips.delete(version)); // the next time tries again
  }
  return clips.get(version);
}

function show(text) {
  message.textContent = text;
  message.hidden = !text;
}

/** Shows and says one text of the interface. @param {string} key */
async function announce(key) {
  show(site.words[key]);
  try {
    const all = await narration("interface");
    await voice.play([{ clip: all[Object.keys(site.words).indexOf(key)], number: null }], false);
  } catch {
    /* the words are shown */
  }
}

/** @param {number[] | null} only the places to read; null: all that is visible */
async function read(only) {
  paused = false;
  const asked = page;
  try {
    const all = await narration(page);
    if (asked !== page) return;
    show("");
    const seen = [...main.querySelectorAll("[data-say]")]
      .filter((one) => one.checkVisibility())
      .map((one) => Number(one.dataset.say));
    const list = (only ?? seen).map((number) => ({ clip: all[number], number }));
    await voice.play(list, !only);
  } catch {
    show(site.words.no_voice);
  }
}

async function pages() {
  html ??= await fetch(`/pages/${site.language}`).then((reply) => reply.json()).then((told) => told.html);
  return html;
}

async function open(id, { push = true, focus = true } = {}) {
  voice.leave();
  paused = false;
  show("");
  let all;
  try {
    all = await pages();
  } catch {
    return show(site.words.trouble);
  }
  if (!all[id]) id = "home";
  if (site.pages[id].survey || id === "about") if (id !== page) came = page;
  page = id;
  question = 0;
  answers = {};
  main.innerHTML = all[id];
  root.dataset.page = id;
  root.className = site.pages[id].colour;
  if (push) history.pushState({ visit }, "", `?page=${id}&lang=${site.language}`);
  settle(focus);
}

function settle(focus) {
  titled();
  main.scrollTop = 0;
  for (const [name, can] of [["back", page !== "home"], ["next", Boolean(neighbour())]])
    root.querySelector(`[data-action=${name}]`).setAttribute("aria-disabled", String(!can));
  if (focus) [...main.querySelectorAll("h1")].find((one) => one.checkVisibility())?.focus();
  narration(page).catch(() => {});
}

function neighbour() {
  const here = site.pages[page];
  return here.survey ? question + 1 < here.questions : here.next;
}

function titled() {
  const title = site.pages[page].title;
  if (document.title !== title) document.title = title;
}
// Streamlit puts its own title back now and then.
new MutationObserver(titled).observe(document.head, { subtree: true, childList: true });

function ask(place) {
  voice.stop();
  paused = false;
  question = place;
  const all = [...main.querySelectorAll(".question")];
  all.forEach((one, at) => (one.hidden = at !== place));
  settle(true);
}

async function send() {
  const survey = page;
  const id = newId();
  if (Object.keys(answers).length) {
    put({ id, survey, page: came, language: site.language, visit, answers: { ...answers } });
    const saved = await sendAll();
    main.querySelector(".result").textContent = site.words[saved ? "sent" : "waiting"];
  }
  answers = {};
  ask(site.pages[page].questions);
  read(null);
}

function take() {
  const here = main.querySelectorAll(".question")[question];
  const chosen = here.querySelector('[aria-pressed="true"]')?.dataset.choice;
  const words = here.querySelector("textarea")?.value.trim();
  if (chosen ?? words) answers[here.dataset.question] = chosen ?? words;
  return Boolean(chosen ?? words);
}

function step() {
  if (question + 1 < site.pages[page].questions) ask(question + 1);
  else send();
}

function cycle(name, count) {
  settings[name] = (settings[name] + 1) % count;
  apply();
}

function apply() {
  document.documentElement.dataset.colours = COLOURS[settings.colours];
  root.dataset.bigger = String(settings.bigger);
  voice.audio.volume = [0.2, 0.4, 0.6, 0.8, 1][settings.volume];
}

/** Everything a visitor can do, by name. Touch, keys and switches all come here. */
const actions = {
  home: () => open("home"),
  help: () => open("about"),
  back() {
    const here = site.pages[page];
    if (page === "home") return announce("first");
    if (here.survey && question > 0 && question < here.questions) return ask(question - 1);
    return open(here.back || (here.survey || page === "about" ? came : "home"));
  },
  next() {
    const here = site.pages[page];
    if (here.survey) return question + 1 < here.questions ? (take(), ask(question + 1)) : announce("last");
    return here.next ? open(here.next) : announce("last");
  },
  listen() {
    if (voice.reading) {
      paused = true;
      return voice.stop();
    }
    return paused ? voice.resume() : read(null);
  },
  again: () => (voice.last ? voice.again() : read(null)),
  bigger() {
    cycle("bigger", 3);
    announce(`size_${settings.bigger + 1}`);
  },
  colours() {
    cycle("colours", COLOURS.length);
    announce(`colours_${COLOURS[settings.colours]}`);
  },
  speed() {
    cycle("speed", SPEEDS.length);
    announce(`speed_${SPEEDS[settings.speed]}`);
  },
  volume() {
    cycle("volume", 5);
    announce(`volume_${settings.volume + 1}`);
  },
  finish() {
    settings = fresh();
    visit = newId();
    came = "home";
    voice.last = null;
    sessionStorage.clear();
    apply();
    here();
    return open("home");
  },
  more() {
    for (const one of main.querySelectorAll("a.choice")) one.hidden = !one.hidden;
    main.querySelector("a.choice:not([hidden])").focus();
  },
  skip() {
    delete answers[main.querySelectorAll(".question")[question].dataset.question];
    step();
  },
  send() {
    if (take()) step();
    else announce(main.querySelectorAll(".question")[question].dataset.kind === "words" ? "write" : "choose");
  },
};

root.addEventListener("click", (event) => {
  const on = event.target.closest("button, a, .sentence");
  if (!on) return;
  if (on.dataset.action) {
    return actions[on.dataset.action]();
  }
  if (on.dataset.page) {
    event.preventDefault();
    return open(on.dataset.page);
  }
  if (on.dataset.hard) return explain(Number(on.dataset.hard));
  if (on.dataset.choice) return choose(on);
  if (on.dataset.letter) return letter(on);
  if (on.classList.contains("sentence")) return read([Number(on.dataset.say)]);
});

async function explain(place) {
  try {
    const all = await narration("words");
    show(all[place].text);
    await voice.play([{ clip: all[place], number: null }], false);
  } catch {
    show(site.words.no_voice);
  }
}

function choose(button) {
  for (const one of main.querySelectorAll(".face")) one.setAttribute("aria-pressed", String(one === button));
  read([Number(button.dataset.choiceSay)]);
}

function letter(button) {
  const own = button.closest(".question").querySelector("textarea");
  const add = button.dataset.letter;
  own.value = add === "undo" ? own.value.slice(0, -1) : own.value + add;
}

addEventListener("popstate", (event) => {
  const asked = new URLSearchParams(location.search).get("page") ?? "home";
  // An entry of an earlier visit shows home: the next person does not see where the last one was.
  open(event.state?.visit === visit ? asked : "home", { push: false });
});

// The idle clock: it never runs while the kiosk speaks.
let touched = Date.now();
let asked = 0; // when the idle question came; 0: it is not there
// On release: a question that went at the first touch would let the click fall on what is below.
for (const kind of ["click", "keyup"]) addEventListener(kind, here, true);
for (const kind of ["pointerdown", "keydown"])
  addEventListener(kind, () => (asked ? (asked = Date.now()) : (touched = Date.now())), true);
setInterval(() => {
  const now = Date.now();
  const silent = voice.audio.paused;
  if (asked) {
    if (silent && now - asked > site.answer * 1000) actions.finish();
  } else if (!silent || untouched()) touched = now;
  else if (now - touched > site.idle * 1000) still_there();
}, 1000);

/** Somebody is there: the question goes, and the clock begins anew. */
function here() {
  touched = Date.now();
  asked = 0;
  document.getElementById("kiosk-still")?.remove();
}

function untouched() {
  return page === "home" && JSON.stringify(settings) === JSON.stringify(fresh());
}

function still_there() {
  asked = Date.now();
  const box = document.createElement("dialog");
  box.id = "kiosk-still";
  box.setAttribute("aria-labelledby", "kiosk-still-ask");
  box.innerHTML = `<h2 id="kiosk-still-ask"></h2><p></p><button type="button" class="solid"></button>`;
  box.querySelector("h2").textContent = site.words.still;
  box.querySelector("p").textContent = site.words.still_hint;
  box.querySelector("button").textContent = site.words.here;
  root.append(box);
  box.showModal();
  announce("still");
}

// What changes on the kiosk is shown without touching the voice.
async function watch() {
  for (;;) {
    try {
      const reply = await fetch(`/changes?version=${site.version}`, { signal: AbortSignal.timeout(30000) });
      const { version } = await reply.json();
      if (version !== site.version) await renew();
    } catch {
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
}

async function renew() {
  const told = await fetch(`/pages/${site.language}`).then((reply) => reply.json());
  site = told;
  html = told.html;
  clips.clear();
  redraw(page);
}

/** Draws the page anew once the voice is quiet; never over an answer that is being given. */
function redraw(id) {
  if (page !== id || site.pages[id]?.survey) return;
  if (!html[id]) return open("home");
  if (!voice.audio.paused || voice.reading) return setTimeout(redraw, 300, id);
  const focused = main.contains(document.activeElement);
  const place = main.scrollTop;
  main.innerHTML = html[id];
  settle(focused);
  main.scrollTop = place;
}

history.replaceState({ visit }, "", location.href);
apply();
settle(false);
sendAll();
setInterval(sendAll, 3000); // an empty box asks for nothing
watch();
pages().catch(() => {});
root.dataset.ready = "true";

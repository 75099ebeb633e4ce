// What is fetched while nobody is there, in which order, and how much of it.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Ahead } from "../../../kiosk/screen/frontend/page/ahead.js";
import { Speaker } from "../../../kiosk/screen/frontend/voice/speaker.js";

const [A, B, C] = ["files/a.svg", "files/b.svg", "files/c.svg"];

/** A site in two languages whose kiosk has files of so many bytes, unless it is away. */
function siteOf(bytes = 1) {
  const spoken = ["home", "no_voice"];
  const site = { version: "1", language: "en", pages: { home: {}, plan: {} }, spoken };
  const all = [
    { ...site, html: { home: `<img src="${A}">`, plan: `<p data-letters="{&quot;${B}&quot;}">` } },
    { ...site, language: "pl", html: { home: `<img src="${C}"><img src="${A}">` } },
  ];
  /** @type {string[]} */
  const brought = [];
  const host = {
    isAway: false,
    silence: "no_voice",
    narration: async (language, page, speed) =>
      ["0", "1"].map((number) => ({ file: `${language} ${page} ${number} ${speed}` })),
    bring: async (address) => {
      if (host.isAway) throw new Error("away");
      brought.push(address);
      return bytes;
    },
  };
  const now = { site, root: { innerHTML: "" } };
  const how = { speed: "normal" };
  const speaker = new Speaker({ now, host, speed: () => how.speed });
  const ahead = new Ahead({ now, host, languages: { keepAll: async () => all }, speaker });
  return { ahead, host, brought, site, how };
}

const SOUNDS = ["interface", "home", "plan"].flatMap((page) => [`en ${page} 0 normal`, `en ${page} 1 normal`]);

/** In their order, each once. */
const once = (/** @type {string[]} */ list) => [...new Set(list)];

test("pictures of all languages come first, then what tells that there is no sound, then the sounds", async () => {
  const { ahead, brought } = siteOf();
  await ahead.bring(() => true);
  const silent = ["en interface 1 normal", "pl interface 1 normal"];
  assert.deepEqual(brought, once([A, B, C, ...silent, ...SOUNDS]));
});

test("no more than 150 MB are fetched, and that is the end of it", async () => {
  const { ahead, brought } = siteOf(50_000_000);
  for (let times = 0; times < 2; times++) await ahead.bring(() => true);
  assert.deepEqual(brought, [A, B, C]);
});

test("when somebody comes it stops, and goes on later with what is not here", async () => {
  const { ahead, brought } = siteOf();
  await ahead.bring(() => brought.length < 2);
  assert.deepEqual(brought, [A, B]);
  await ahead.bring(() => true);
  assert.equal(brought.length, once(brought).length);
  const all = brought.length;
  await ahead.bring(() => true);
  assert.equal(brought.length, all);
});

test("another speed has other sounds", async () => {
  const { ahead, brought, how } = siteOf();
  await ahead.bring(() => true);
  const before = brought.length;
  how.speed = "slow";
  await ahead.bring(() => true);
  assert.deepEqual(
    brought.slice(before),
    SOUNDS.map((sound) => sound.replace("normal", "slow")),
  );
});

test("a kiosk that is away is asked again, but not at once", async (context) => {
  const { ahead, brought, host } = siteOf();
  let now = 0;
  context.mock.method(performance, "now", () => now);
  host.isAway = true;
  await ahead.bring(() => true);
  host.isAway = false;
  await ahead.bring(() => true);
  assert.deepEqual(brought, []);
  now = 31_000;
  await ahead.bring(() => true);
  assert.equal(brought[0], A);
});

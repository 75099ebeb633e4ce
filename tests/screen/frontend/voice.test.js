// What the voice works out before anything sounds.
import assert from "node:assert/strict";
import { test } from "node:test";

import { loudness, STEPS } from "../../../kiosk/screen/frontend/voice/loudness.js";
import { Speaker } from "../../../kiosk/screen/frontend/voice/speaker.js";
import { unitsOf, wordAt } from "../../../kiosk/screen/frontend/voice/timing.js";

test("every step of the volume is 6 dB louder than the one before, and the last is all there is", () => {
  const steps = Array.from({ length: STEPS }, (_, at) => loudness(at + 1));
  assert.equal(steps.at(-1), 1);
  for (const [at, loud] of steps.slice(1).entries())
    assert.ok(Math.abs(20 * Math.log10(loud / steps[at]) - 6) < 0.03);
});

const WORDS = [
  [0, 5, 0.25, 0.5],
  [6, 10, 0.5, 0.9],
  [11, 14, 1, 1.25],
];

test("a word sounds from its begin on, until just before its end", () => {
  assert.equal(wordAt(WORDS, 0.25), WORDS[0]);
  assert.equal(wordAt(WORDS, 0.4999), WORDS[0]);
  assert.equal(wordAt(WORDS, 0.5), WORDS[1]);
});

test("before the first word, between two and after the last none sounds", () => {
  for (const seconds of [0, 0.95, 1.25, 9]) assert.equal(wordAt(WORDS, seconds), undefined);
});

test("characters are counted as Python counts them", () => {
  const text = "👋 hi, żółw";
  assert.equal(unitsOf(text, 0), 0);
  assert.equal(unitsOf(text, 1), 2);
  assert.equal(text.slice(unitsOf(text, 2), unitsOf(text, 4)), "hi");
  assert.equal(unitsOf(text, 99), text.length);
});

/** A speaker of a site, whose kiosk replies unless it is away. */
function speakerOf(site) {
  const host = { isAway: false, narration: async () => (host.isAway ? Promise.reject(new Error("away")) : []) };
  return { host, speaker: new Speaker({ now: { site }, host, speed: () => "normal", which: () => "first" }) };
}

test("once a newer version was heard, nothing of an older one is kept in that language", async () => {
  const site = { language: "pl", version: "1" };
  const { speaker } = speakerOf(site);
  await speaker.narration("home");
  site.language = "en";
  for (site.version of ["1", "2", "3"]) for (const name of ["interface", "home"]) await speaker.narration(name);
  const names = ["pl home normal first 1", "en interface normal first 3", "en home normal first 3"];
  assert.deepEqual([...speaker.clips.keys()], names);
});

test("while the kiosk is away, what was brought is kept", async () => {
  const site = { language: "en", version: "1" };
  const { host, speaker } = speakerOf(site);
  await speaker.narration("home");
  host.isAway = true;
  site.version = "2";
  await assert.rejects(speaker.narration("home"));
  site.version = "1";
  assert.deepEqual(await speaker.narration("home"), []);
});

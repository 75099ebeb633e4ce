// Keys, a bounce, and the way from thing to thing.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Bounce, keyOf } from "../../../kiosk/screen/frontend/hands/bounce.js";
import { actionOf } from "../../../kiosk/screen/frontend/hands/keys.js";
import { beside } from "../../../kiosk/screen/frontend/hands/things.js";

const press = (key, timeStamp, repeat = false) => ({ code: key, key, timeStamp, repeat });

test("the same key within half a second is a shaking hand", () => {
  const bounce = new Bounce();
  assert.ok(bounce.counts(press("Enter", 0)));
  assert.ok(!bounce.counts(press("Enter", 120)));
  assert.ok(!bounce.counts(press("Enter", 499)));
  assert.ok(bounce.counts(press("Enter", 500)));
});

test("a bounce does not make the wait longer", () => {
  const bounce = new Bounce();
  const counted = [0, 300, 600, 900].map((at) => bounce.counts(press("F8", at)));
  assert.deepEqual(counted, [true, false, true, false]);
});

test("another key counts at once, and so does the first one after it", () => {
  const bounce = new Bounce();
  assert.ok(bounce.counts(press("ArrowUp", 0)));
  assert.ok(bounce.counts(press("ArrowDown", 50)));
  assert.ok(bounce.counts(press("ArrowUp", 100)));
  bounce.other();
  assert.ok(bounce.counts(press("ArrowUp", 150)));
});

test("a key that is held down counts once, however long it is held", () => {
  const bounce = new Bounce();
  assert.ok(bounce.counts(press("Enter", 0)));
  assert.ok(!bounce.counts(press("Enter", 5000, true)));
});

test("a key is known by its place, and by its letter where it has none", () => {
  assert.equal(keyOf({ code: "KeyQ", key: "a" }), "KeyQ");
  assert.equal(keyOf({ code: "", key: "Enter" }), "Enter");
  const keypad = { up: ["ArrowUp", "F13"], select: ["Enter"] };
  assert.equal(actionOf(keypad, { code: "F13", key: "x" }), "up");
  assert.equal(actionOf(keypad, { code: "NumpadEnter", key: "Enter" }), "select");
  assert.equal(actionOf(keypad, { code: "KeyA", key: "a" }), undefined);
});

const thing = (name, isHeading = false) => ({ name, matches: (selector) => selector === "h1" && isHeading });
const BAR = thing("bar");
const HEADING = thing("heading", true);
const LAST = thing("last");
const LIST = [BAR, HEADING, LAST];

test("things stand in a ring", () => {
  assert.equal(beside(LIST, BAR, 1), HEADING);
  assert.equal(beside(LIST, LAST, 1), BAR);
  assert.equal(beside(LIST, BAR, -1), LAST);
});

test("who is nowhere begins at the heading, or at the first thing where there is none", () => {
  assert.equal(beside(LIST, null, 1), HEADING);
  assert.equal(beside(LIST, thing("gone"), -1), HEADING);
  assert.equal(beside([BAR, LAST], null, -1), BAR);
  assert.equal(beside([], null, 1), undefined);
});

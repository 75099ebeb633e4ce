// Drafts, ids, locks between windows, and what became of an answer.
import assert from "node:assert/strict";
import { test } from "node:test";

import { controlOf, declare } from "../../../kiosk/screen/frontend/survey/controls.js";
import { Drafts, freshDraft, isBack, isGiven } from "../../../kiosk/screen/frontend/survey/drafts.js";
import { akin, newId } from "../../../kiosk/screen/frontend/survey/id.js";
import { alone, hold } from "../../../kiosk/screen/frontend/survey/tabs.js";
import { outcome } from "../../../kiosk/screen/frontend/survey/thanks.js";

test("a draft is an answer as soon as words or a voice are confirmed", () => {
  const draft = freshDraft("think", "health");
  assert.ok(!isGiven(draft));
  assert.ok(isGiven({ ...draft, answers: { feel: "happy" } }));
  assert.ok(isGiven({ ...draft, voices: { feel: new Blob() } }));
});

test("who comes back within a minute is the same person", () => {
  assert.ok(isBack(1000, 1000));
  assert.ok(isBack(0, 59_999));
  assert.ok(!isBack(0, 60_000));
});

test("who was seen at a time that is still to come is nobody we know", () => {
  assert.ok(!isBack(1000, 999)); // somebody has set the clock
  assert.ok(!isBack(NaN, 999));
});

test("an id is a ULID: later ones stand behind, and none comes twice", () => {
  const ids = Array.from({ length: 500 }, newId);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.match(id, /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
  const times = ids.map((id) => id.slice(0, 10));
  assert.deepEqual(times, times.toSorted());
});

test("an answer that was set apart has the receipt of the whole one", () => {
  const id = newId();
  const apart = akin(id);
  assert.notEqual(apart, id);
  assert.equal(apart.length, 26);
  assert.equal(apart.slice(-8), id.slice(-8));
  assert.equal(apart.slice(0, 10), id.slice(0, 10));
});

test("what one window is at, no other one does", async () => {
  const done = [];
  await alone("one answer", async () => {
    await alone("one answer", async () => done.push("twice"));
    await alone("another answer", async () => done.push("beside it"));
  });
  await alone("one answer", async () => done.push("afterwards"));
  assert.deepEqual(done, ["beside it", "afterwards"]);
});

test("a lock that is held is waited for, and given up after a while", async () => {
  const letGo = await hold("a draft", 1000);
  assert.ok(letGo);
  assert.equal(await hold("a draft", 20), null);
  const next = hold("a draft", 10_000);
  letGo();
  (await next)();
});

test("everything that can become of an answer has its own words", () => {
  assert.equal(outcome({ saved: true, cleaned: false, voiceWaits: false }, true), "sent");
  assert.equal(outcome({ saved: true, cleaned: false, voiceWaits: true }, true), "sent_no_voice");
  assert.equal(outcome({ saved: false, cleaned: false, voiceWaits: false }, true), "refused");
  assert.equal(outcome(undefined, true), "waiting");
  assert.equal(outcome(undefined, false), "waiting_open");
});

test("a question has the control that it names, and never another one", () => {
  const asked = (control) => ({ dataset: { control } });
  const control = {};
  declare("stars", control);
  assert.equal(controlOf(asked("stars")), control);
  assert.throws(() => controlOf(asked("dance")), /no control "dance"/);
  assert.throws(() => controlOf(asked()), /no control ""/);
  assert.throws(() => declare("stars", {}), /two controls "stars"/);
});

test("a draft that was taken back is never sent, also where the store fails, and goes later", async () => {
  const kept = new Map();
  const sent = [];
  const box = {
    fails: true,
    keep: async (store, { id }) => kept.set(id, store),
    get: async (store, id) => ({ id, at: 0 }),
    ids: async () => [...kept.keys()],
    drop: async (store, id) => (box.fails ? Promise.reject(new Error("no room")) : kept.delete(id)),
  };
  const drafts = new Drafts(box, { send: (id) => sent.push(id) });
  const draft = { ...freshDraft("think", "home"), answers: { feel: "ok" } };
  const { id } = draft;
  await drafts.keep(draft, { visit: "v", language: "en" });
  draft.answers = {};
  await drafts.keep(draft, { visit: "v", language: "en" });
  assert.notEqual(draft.id, id); // what is said now is no part of it
  await drafts.releaseLeft();
  assert.equal(await hold(`kiosk-draft-${id}`, 20), null); // nor does another window send it
  box.fails = false;
  await drafts.releaseLeft();
  assert.deepEqual([...kept], []);
  assert.deepEqual(sent, []);
  (await hold(`kiosk-draft-${id}`, 1000))();
});

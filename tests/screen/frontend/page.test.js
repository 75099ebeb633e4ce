// The visit, where Back leads, and the languages that can be chosen.
import assert from "node:assert/strict";
import { test } from "node:test";

import { offered } from "../../../kiosk/screen/frontend/page/languages.js";
import { isBeside, trailTo } from "../../../kiosk/screen/frontend/page/trail.js";
import { chosen, choose, CYCLES, cycle, freshVisit, isFresh } from "../../../kiosk/screen/frontend/page/visit.js";

test("a fresh visit has nothing of another one", () => {
  const [one, two] = [freshVisit(), freshVisit()];
  assert.ok(isFresh(one));
  assert.notEqual(one.id, two.id);
  one.trail.push("health");
  cycle(one, "volume");
  assert.equal(one.came, "health");
  assert.equal(two.came, "home");
  assert.ok(!isFresh(one));
  assert.ok(isFresh(two));
});

// The sets of colours are told by the style sheet, which is not here.
Object.assign(globalThis, {
  document: {},
  getComputedStyle: () => ({ getPropertyValue: () => " paper night cream" }),
});

test("a setting goes once through all its steps, and is then as it was", () => {
  const visit = freshVisit();
  for (const [name, steps] of Object.entries(CYCLES)) {
    const seen = steps.map(() => {
      const now = chosen(visit, name);
      cycle(visit, name);
      return now;
    });
    assert.deepEqual(seen, steps);
  }
  assert.ok(isFresh(visit));
});

test("each step of a setting can be chosen at once", () => {
  const visit = freshVisit();
  for (const [name, steps] of Object.entries(CYCLES))
    for (const step of steps) {
      choose(visit, name, String(step));
      assert.equal(chosen(visit, name), step);
    }
});

test("who has speech with every move, or a survey begun, is not gone yet", () => {
  assert.ok(!isFresh({ ...freshVisit(), eyesFree: true }));
  assert.ok(!isFresh({ ...freshVisit(), draft: {} }));
});

const PAGES = {
  home: { next: "" },
  health: { next: "" },
  plan: { next: "" },
  about: { next: "rights" },
  rights: { next: "" },
  think: { next: "", survey: true, questions: 3 },
  "you-said": { next: "" },
};

test("what stands behind Help is beside the way, and so is what people said", () => {
  const beside = Object.keys(PAGES).filter((id) => isBeside(PAGES, id));
  assert.deepEqual(beside, ["about", "rights", "you-said"]);
});

const at = (page, question = 0) => ({ page, question });

test("Back leads to where one was, page by page", () => {
  let trail = trailTo([], PAGES, at("home"), "health");
  trail = trailTo(trail, PAGES, at("health"), "plan");
  trail = trailTo(trail, PAGES, at("plan"), "health");
  assert.deepEqual(trail, ["home", "health", "plan"]);
  trail = trailTo(trail, PAGES, at("health"), "plan", true);
  assert.deepEqual(trail, ["home", "health"]);
  assert.deepEqual(trailTo(trail, PAGES, at("plan"), "plan"), trail);
});

test("Back leads out of Help and of a survey to where one was", () => {
  const survey = trailTo([], PAGES, at("health"), "think");
  assert.deepEqual(survey, ["health"]);
  const help = trailTo(survey, PAGES, at("think", 1), "about");
  assert.deepEqual(help, ["health", "think"]);
  const inside = trailTo(help, PAGES, at("about"), "rights");
  assert.deepEqual(trailTo(inside, PAGES, at("rights"), "you-said"), ["health", "think", "about", "rights"]);
  assert.deepEqual(trailTo(help, PAGES, at("about"), "think"), ["health"]);
});

test("home begins anew, and a survey that is answered or left is on no trail", () => {
  assert.deepEqual(trailTo(["health", "think"], PAGES, at("about"), "home"), []);
  assert.deepEqual(trailTo(["health"], PAGES, at("think", 3), "about"), ["health"]);
  assert.deepEqual(trailTo(["health"], PAGES, at("think", 1), "plan"), ["health"]);
});

test("a trail is never changed in place, and one that is lost leads to home", () => {
  const before = Object.freeze(["health", "think"]);
  assert.deepEqual(trailTo(before, PAGES, at("about"), "think", true), ["health"]);
  assert.deepEqual(trailTo(before, PAGES, at("about"), "plan", true), []);
});

test("a language that cannot be drawn is not offered, but the first one always is", () => {
  const languages = ["en", "ur", "pl"].map((code) => ({ code, dir: "ltr", letters: code }));
  assert.deepEqual(offered(languages, (letters) => letters === "pl").map(({ code }) => code), ["en", "pl"]);
});

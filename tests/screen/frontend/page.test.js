// The visit, where Back leads, and the languages that can be chosen.
import assert from "node:assert/strict";
import { test } from "node:test";

import { offered } from "../../../kiosk/screen/frontend/page/languages.js";
import { isBeside, trailTo } from "../../../kiosk/screen/frontend/page/trail.js";
import { chosen, CYCLES, cycle, freshVisit, isFresh } from "../../../kiosk/screen/frontend/page/visit.js";

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

test("who has speech with every move, or a survey begun, is not gone yet", () => {
  assert.ok(!isFresh({ ...freshVisit(), eyesFree: true }));
  assert.ok(!isFresh({ ...freshVisit(), draft: {} }));
});

const PAGES = {
  home: { back: "", next: "" },
  health: { back: "home", next: "" },
  about: { back: "", next: "rights" },
  rights: { back: "about", next: "" },
  think: { back: "", next: "", survey: true, questions: 3 },
  languages: { back: "", next: "" },
};

test("what stands behind Help is beside the way, and so are the languages", () => {
  const beside = Object.keys(PAGES).filter((id) => isBeside(PAGES, id));
  assert.deepEqual(beside, ["about", "rights", "languages"]);
});

test("Back leads out of Help and of a survey to where one was", () => {
  const survey = trailTo([], PAGES, { page: "health", question: 0 }, "think");
  assert.deepEqual(survey, ["health"]);
  const help = trailTo(survey, PAGES, { page: "think", question: 1 }, "about");
  assert.deepEqual(help, ["health", "think"]);
  // On, inside Help: its own Back leads to the page before.
  assert.deepEqual(trailTo(help, PAGES, { page: "rights", question: 0 }, "languages"), ["health", "think", "rights"]);
  assert.deepEqual(trailTo(help, PAGES, { page: "about", question: 0 }, "think"), ["health"]);
});

test("a page of the site ends the trail, and an answered survey is on none", () => {
  assert.deepEqual(trailTo(["health", "think"], PAGES, { page: "about", question: 0 }, "home"), []);
  assert.deepEqual(trailTo(["health"], PAGES, { page: "think", question: 3 }, "about"), ["health"]);
});

test("a trail is never changed in place", () => {
  const before = Object.freeze(["health", "think"]);
  assert.deepEqual(trailTo(before, PAGES, { page: "about", question: 0 }, "health"), []);
  assert.deepEqual(trailTo(before, PAGES, { page: "about", question: 0 }, "think"), ["health"]);
});

test("a language that cannot be drawn is not offered, but the first one always is", () => {
  const languages = ["en", "ur", "pl"].map((code) => ({ code, dir: "ltr", letters: code }));
  assert.deepEqual(offered(languages, (letters) => letters === "pl").map(({ code }) => code), ["en", "pl"]);
});

// What the kiosk serves: only what has changed comes again, and all of one version is taken at once.
import assert from "node:assert/strict";
import { test } from "node:test";

import { httpHost } from "../../../kiosk/screen/frontend/host/http.js";
import { Served } from "../../../kiosk/screen/frontend/page/served.js";

/** A reply with these pages; their HTML alone that stands in `sent`. */
function told(version, html, sent = Object.keys(html), language = "en") {
  const pages = Object.fromEntries(Object.keys(html).map((id) => [id, { title: id, colour: "blue", next: "" }]));
  return { version, language, pages, html: Object.fromEntries(sent.map((id) => [id, html[id]])) };
}

/** A host whose kiosk gives these replies; what was asked is noted. */
function hostWith(...replies) {
  const asked = [];
  globalThis.fetch = async (address, { headers = {} } = {}) => {
    asked.push([address, headers["Kiosk-Known"]]);
    const reply = replies.shift();
    if (!reply) throw new Error("No reply.");
    return { ok: true, json: async () => reply };
  };
  return { host: httpHost(), asked };
}

test("what has changed since the last time is put to what is there, and what went is gone", async () => {
  const first = { home: "A", plan: "B", constructor: "C" };
  const second = { home: "A", plan: "B2", new: "D", constructor: "C" };
  const third = { home: "A", constructor: "C" };
  const { host, asked } = hostWith(told("1", first), told("2", second, ["plan", "new"]), told("3", third, []));
  for (const html of [first, second, third]) assert.deepEqual((await host.pages("en")).html, html);
  assert.deepEqual(asked, [["pages/en", undefined], ["pages/en", "1"], ["pages/en", "2"]]);
});

test("each language has what it had of its own", async () => {
  const pl = told("2", { home: "Dom" }, ["home"], "pl");
  const { host, asked } = hostWith(told("1", { home: "A" }), pl, told("2", { home: "A" }, []));
  await host.pages("en");
  assert.equal((await host.pages("pl")).html.home, "Dom");
  assert.equal((await host.pages("en")).html.home, "A");
  assert.deepEqual(asked.map(([, known]) => known), [undefined, undefined, "1"]);
});

test("a kiosk that no longer knows what there was sends all, and that counts", async () => {
  const { host } = hostWith(told("1", { home: "A", plan: "B" }), told("9", { home: "Z", plan: "Y" }));
  await host.pages("en");
  assert.deepEqual((await host.pages("en")).html, { home: "Z", plan: "Y" });
});

test("a reply that did not come changes nothing of what is known", async () => {
  const { host, asked } = hostWith(told("1", { home: "A" }), null, told("2", { home: "A" }, []));
  await host.pages("en");
  await assert.rejects(host.pages("en"));
  assert.equal((await host.pages("en")).html.home, "A");
  assert.deepEqual(asked.map(([, known]) => known), [undefined, "1", "1"]);
});

/** What the first HTML had. */
const site = (version) => {
  const { html: _, ...rest } = told(version, { home: "" });
  return rest;
};

test("HTML that is fetched ahead and newer than the site waits until it is taken with its site", async () => {
  const served = new Served(site("1"), { pages: async () => told("2", { home: "new" }) });
  await served.fetch();
  assert.equal(served.site.version, "1");
  assert.equal(served.html, null);
  served.adopt();
  assert.deepEqual([served.site.version, served.html], ["2", { home: "new" }]);
});

test("who needs the HTML now has that and the site of one version", async () => {
  const served = new Served(site("1"), { pages: async () => told("2", { home: "new" }) });
  assert.deepEqual(await served.pages(), { home: "new" });
  assert.equal(served.site.version, "2");
});

test("HTML of a language that was left meanwhile is not taken", async () => {
  let answer = (_) => {};
  const served = new Served(site("1"), { pages: () => new Promise((done) => (answer = done)) });
  const asked = served.pages();
  served.take(told("1", { home: "Dom" }, ["home"], "pl"));
  answer(told("1", { home: "Home" }));
  assert.deepEqual(await asked, { home: "Dom" });
  assert.equal(served.site.language, "pl");
});

test("who needs the pages while they are on their way waits for those, and asks for no more", async () => {
  const { host, asked } = hostWith(told("1", { home: "A" }), told("2", { home: "A2" }));
  const served = new Served(site("1"), host);
  const ahead = served.fetch();
  assert.equal((await served.pages()).home, "A");
  await ahead;
  assert.equal(asked.length, 1);
});

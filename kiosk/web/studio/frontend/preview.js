// The screen of a preview: the kiosk's own, with a host that reads what is being written. The studio
// around it says when there is another text, and which colours to show.

import { one } from "/screen/dom.js";
import { httpHost } from "/screen/host/http.js";
import { staticHost } from "/screen/host/static.js";
import { mount } from "/screen/page/screen.js";
import { choose } from "/screen/page/visit.js";

const site = JSON.parse(one(document, "#kiosk-site").textContent ?? "");
const { pages, narration } = httpHost();
/** Who waits for another version. @type {((version: string) => void)[]} */
let waiting = [];
let latest = site.version;

// Nothing is sent or printed from here, so that no answer of a preview is counted.
const screen = mount({
  parent: one(document, "#kiosk"),
  site,
  host: {
    ...staticHost(site),
    pages,
    narration,
    changes: (version) => (version === latest ? new Promise((done) => waiting.push(done)) : Promise.resolve(latest)),
    bring: async () => 0,
  },
});

addEventListener("message", ({ origin, data }) => {
  if (origin !== location.origin) return;
  if (typeof data.colours === "string") {
    choose(screen.now.visit, "colours", data.colours);
    screen.settings.apply();
  }
  if (typeof data.version === "string") {
    latest = data.version;
    for (const done of waiting.splice(0)) done(latest);
  }
});
parent.postMessage({ preview: "ready" }, location.origin);

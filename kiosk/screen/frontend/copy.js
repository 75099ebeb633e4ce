// Starts the screen of a copy that no kiosk serves.
import { one } from "./dom.js";
import { staticHost } from "./host/static.js";
import { mount } from "./page/screen.js";

const site = JSON.parse(one(document, "#kiosk-site").textContent ?? "");
mount({ parent: one(document, "#kiosk"), site, host: staticHost(site) });

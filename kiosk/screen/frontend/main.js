// Starts the screen that stands in the first HTML.
import { one } from "./dom.js";
import { httpHost } from "./host/http.js";
import { mount } from "./page/screen.js";
import { standBefore } from "./streamlit.js";

const site = JSON.parse(one(document, "#kiosk-site").textContent ?? "");
standBefore(mount({ parent: one(document, "#kiosk"), site, host: httpHost() }));

// Starts the screen that stands in the first HTML.
import { one } from "./dom.js";
import { httpHost } from "./host/http.js";
import { mount } from "./page/screen.js";
import { standBefore } from "./streamlit.js";

function begin() {
  const site = JSON.parse(one(document, "#kiosk-site").textContent ?? "");
  const parent = one(document, "#kiosk");
  const screen = mount({ parent, site, host: httpHost() });
  standBefore(parent, () => screen.title());
}

// First it is seen, then it answers. A window that nobody sees paints nothing.
if (document.hidden) begin();
else requestAnimationFrame(() => setTimeout(begin));

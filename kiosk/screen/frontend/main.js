// Starts the screen that stands in the first HTML.
import "./streamlit.js";
import { httpHost } from "./host/http.js";
import { mount } from "./page/screen.js";

const site = JSON.parse(document.getElementById("kiosk-site").textContent);
mount({ parent: document.getElementById("kiosk"), site, host: httpHost() });

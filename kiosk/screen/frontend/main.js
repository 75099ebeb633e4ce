// Starts the screen that stands in the first HTML.
import "./behind.js";
import { httpHost } from "./host.js";
import { mount } from "./screen.js";

const site = JSON.parse(document.getElementById("kiosk-site").textContent);
mount({ parent: document.getElementById("kiosk"), site, host: httpHost() });

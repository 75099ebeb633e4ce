// The set-up page: each part is a module of its own.

import { one } from "/screen/dom.js";
import { keys } from "./keys.js";
import { ruler } from "./ruler.js";
import { scan } from "./scan.js";
import { sound } from "./sound.js";

/** What each job's keys are now; `keys` changes it, `scan` asks it. @type {import("/screen/types.d.ts").Keypad} */
const map = JSON.parse(one(document, "#keypad").textContent ?? "");

ruler();
sound();
keys(map);
scan(map);

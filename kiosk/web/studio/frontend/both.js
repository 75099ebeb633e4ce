// Two texts side by side: a person chooses, the program never does.

import { button, dialog, make } from "./dom.js";
import { say } from "./words.js";

/**
 * Shows both texts and asks which one to go on with.
 * @param {{ title: string, help: string, mine: string, theirs: string, mineIs: string }} shown
 * @returns {Promise<"mine" | "theirs" | null>} null: neither, nothing changes
 */
export async function chooseOne({ title, help, mine, theirs, mineIs }) {
  /** @type {"mine" | "theirs" | null} */
  let chosen = null;
  await dialog(
    title,
    (close) => {
      /** @param {"mine" | "theirs"} one */
      const choose = (one) => () => {
        chosen = one;
        close();
      };
      const [left, right] = marked(mine, theirs);
      return [
        make("p", {}, help),
        make(
          "div",
          { class: "both" },
          side(mineIs, left, button(say("take_mine"), choose("mine"), { class: "main" })),
          side(say("saved_now"), right, button(say("take_theirs"), choose("theirs"))),
        ),
        make("p", { class: "buttons" }, button(say("neither"), close)),
      ];
    },
    { wide: true },
  );
  return chosen;
}

/** @param {string} title @param {HTMLElement[]} lines @param {HTMLElement} press */
function side(title, lines, press) {
  const heading = make("h3", {}, title);
  const text = make("div", { class: "text", tabindex: "0", role: "region", "aria-label": title }, ...lines);
  return make("section", {}, heading, make("p", { class: "buttons" }, press), text);
}

/** Returns the lines of both texts; those that the other one lacks are marked. @param {string} mine @param {string} theirs */
function marked(mine, theirs) {
  const [one, two] = [mine, theirs].map((text) => text.replace(/\r\n?/g, "\n").split("\n"));
  const [inOne, inTwo] = [new Set(one), new Set(two)];
  /** @param {string[]} lines @param {Set<string>} others */
  const shown = (lines, others) =>
    lines.map((line) => make("p", {}, others.has(line) || !line.trim() ? line : make("mark", {}, line)));
  return [shown(one, inTwo), shown(two, inOne)];
}

// What a hard word means, and how a word is said: one dialog, for all pages of a language.

import { button, dialog, labelled, make } from "./dom.js";
import { listen } from "./listen.js";
import { choosePicture, pictureAddress } from "./pictures.js";
import { Refusal } from "./server.js";
import { say } from "./words.js";

/** @typedef {import("./server.js").Server} Server @typedef {import("./types.d.ts").Entry} Entry */

/**
 * Asks what a word means and how it is said.
 * @param {Server} server @param {{ word: string, language: string, page: string }} about
 * @returns {Promise<string | null>} the word, if it has a meaning now
 */
export async function explainWord(server, { word, language, page }) {
  /** @type {string | null} */
  let explained = null;
  /** @type {Entry & { publish: boolean }} */
  let before = await server.get("/studio/word", { word, language });
  await dialog(say("explain_title"), (close) => {
    const wrong = make("p", { role: "alert", class: "wrong" });
    const name = make("input", { value: word, maxlength: "60", lang: language, required: true });
    const means = make("textarea", { rows: "3", class: "means", lang: language, spellcheck: "true" });
    const said = make("input", { maxlength: "200", lang: language });
    const lit = make("p", { class: "lit", lang: language });
    let symbol = "";
    const picture = button("", async () => {
      const chosen = await choosePicture(server, { words: `${name.value} ${means.value}`.slice(0, 300), language, page, madeToo: false });
      if (chosen === null) return;
      symbol = chosen.name;
      draw();
    }, { class: "picture" });
    const draw = () =>
      picture.replaceChildren(
        ...(symbol ? [make("img", { src: pictureAddress(symbol, language, page), alt: "", width: "96", height: "96" }), make("span", {}, symbol)] : []),
        make("small", {}, say(symbol ? "change_picture" : "choose_picture")),
      );
    const fill = () => {
      means.value = before.means;
      said.value = before.said;
      symbol = before.symbol;
      draw();
    };
    name.addEventListener("change", async () => {
      before = await server.get("/studio/word", { word: name.value, language });
      if (before.means || before.said) fill();
    });
    fill();
    const hear = button(say("listen"), () => {
      const words = said.value.trim() || name.value;
      void listen(server, words, language, lit).catch(() => (wrong.textContent = say("no_voice")));
    });
    /** @param {Event} event */
    const send = async (event) => {
      event.preventDefault();
      wrong.textContent = "";
      const { means: m, symbol: s, said: p } = before;
      const after = { means: means.value, symbol, said: said.value };
      try {
        await server.post("/studio/explain", { language, word: name.value, before: { means: m, symbol: s, said: p }, after });
        explained = means.value.trim() ? name.value.trim() : null;
        close();
      } catch (error) {
        wrong.textContent = (error instanceof Refusal && error.message) || say("no_server");
      }
    };
    return [
      make("p", {}, say(before.publish ? "explain_help" : "explain_publish")),
      make(
        "form",
        { onsubmit: send },
        labelled(say("hard_word"), name, say("hard_word_help")),
        make("div", { class: "inside" }, picture, make("div", {}, labelled(say("means"), means, say("means_help")))),
        labelled(say("said_like"), said, say("said_help")),
        make("p", { class: "buttons" }, hear),
        lit,
        wrong,
        make("p", { class: "buttons" }, make("button", { type: "submit", class: "main" }, say("save")), button(say("cancel"), close)),
      ),
    ];
  });
  return explained;
}

/** The word that a finding is about, if it is one that can be explained. @param {import("./types.d.ts").Finding} finding */
export function hardWord({ code, problem }) {
  return ["ER05", "ER06", "ER07"].includes(code) ? (problem.match(/^"([^"]{1,60})"/)?.[1] ?? "") : "";
}

// The choice of a picture: eight that fit the words, or those of a search.

import { button, dialog, labelled, make } from "./dom.js";
import { say } from "./words.js";

/** @typedef {import("./types.d.ts").Suggested} Suggested @typedef {import("./server.js").Server} Server */

/** The address of a picture. @param {string} name @param {string} language @param {string} page */
export function pictureAddress(name, language, page) {
  return `/studio/picture?${new URLSearchParams({ name, language, page })}`;
}

/**
 * Asks for another picture.
 * @param {Server} server
 * @param {{ words: string, language: string, page: string }} about the words that it stands beside
 * @returns {Promise<string | null>} its name
 */
export async function choosePicture(server, { words, language, page }) {
  /** @type {string | null} */
  let chosen = null;
  await dialog(
    say("choose_picture"),
    (close) => {
      const search = make("input", { type: "search", value: words, maxlength: "300", autofocus: true });
      const list = make("ul", { class: "pictures" });
      const note = make("p", { role: "status" });
      const find = async () => {
        note.textContent = say("looking");
        /** @type {Suggested} */
        const found = await server.get("/studio/suggestions", { words: search.value, language });
        note.textContent = found.pictures.length === 0 ? say("no_pictures") : found.warning;
        list.replaceChildren(
          ...found.pictures.map((one) => {
            const press = () => {
              chosen = one.name;
              close();
            };
            const picture = make("img", { src: pictureAddress(one.name, language, page), alt: "", width: "96", height: "96" });
            const made = button("", press, { title: one.notes });
            made.append(picture, make("span", {}, one.name), make("small", {}, one.shows));
            return make("li", {}, made);
          }),
        );
      };
      /** @type {ReturnType<typeof setTimeout> | undefined} */
      let soon;
      search.addEventListener("input", () => {
        clearTimeout(soon);
        soon = setTimeout(() => void find().catch(() => (note.textContent = say("no_server"))), 250);
      });
      void find().catch(() => (note.textContent = say("no_server")));
      return [labelled(say("words_for_pictures"), search), note, list, make("p", { class: "buttons" }, button(say("cancel"), close))];
    },
    { wide: true },
  );
  return chosen;
}

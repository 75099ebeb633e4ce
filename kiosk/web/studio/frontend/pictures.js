// The choice of a picture: those that fit the words, those of a search, or one of one's own.

import { button, dialog, labelled, make } from "./dom.js";
import { addPicture } from "./ownpicture.js";
import { say } from "./words.js";

/** @typedef {import("./types.d.ts").Suggested} Suggested @typedef {import("./types.d.ts").Chosen} Chosen @typedef {import("./server.js").Server} Server */

/** The address of a picture. @param {string} name @param {string} language @param {string} page */
export function pictureAddress(name, language, page) {
  return `/studio/picture?${new URLSearchParams({ name, language, page })}`;
}

/**
 * Asks for another picture.
 * @param {Server} server
 * @param {{ words: string, language: string, page: string, madeToo?: boolean }} about the words that it stands beside; madeToo: one that is made of parts will do as well
 * @returns {Promise<Chosen | null>}
 */
export async function choosePicture(server, { words, language, page, madeToo = true }) {
  /** @type {Chosen | null} */
  let chosen = null;
  await dialog(
    say("choose_picture"),
    (close) => {
      const search = make("input", { type: "search", value: words, maxlength: "300", autofocus: true });
      const shelf = make("select", {}, make("option", { value: "" }, say("shelf_all")));
      const list = make("ul", { class: "pictures" });
      const note = make("p", { role: "status" });
      /** @param {import("./types.d.ts").Found} one */
      const shown = (one) => {
        const press = () => {
          chosen = one;
          close();
        };
        const picture = make("img", { src: pictureAddress(one.name, language, page), alt: "", width: "96", height: "96", loading: "lazy" });
        const made = button("", press, { title: one.notes });
        made.append(picture, make("span", {}, one.made ? one.shows : one.name), make("small", {}, one.made || one.shows.toLowerCase() === one.name ? "" : one.shows));
        return make("li", {}, made);
      };
      let asked = 0;
      const find = async () => {
        const turn = (asked += 1);
        note.textContent = say("looking");
        /** @type {Suggested} */
        const found = await server.get("/studio/suggestions", { words: search.value, language, shelf: shelf.value });
        if (turn !== asked) return; // other words were asked for meanwhile
        if (shelf.length === 1) shelf.append(...found.shelves.map((one) => make("option", { value: one.shelf }, shelfName(one))));
        const pictures = found.pictures.filter((one) => madeToo || !one.made);
        const more = found.more ? say("more_pictures", { count: pictures.length }) : "";
        note.textContent = pictures.length === 0 ? say("no_pictures") : found.warning || (found.weak ? say("no_good_picture") : more);
        list.replaceChildren(...pictures.map(shown));
      };
      const look = () => void find().catch(() => (note.textContent = say("no_server")));
      /** @type {ReturnType<typeof setTimeout> | undefined} */
      let soon;
      search.addEventListener("input", () => {
        clearTimeout(soon);
        soon = setTimeout(look, 250);
      });
      shelf.addEventListener("change", () => {
        search.value = shelf.value ? "" : words;
        look();
      });
      look();
      const add = button(say("add_picture"), async () => {
        const added = await addPicture(server);
        if (added === null) return;
        chosen = { ...added, made: false };
        close();
      });
      const asks = make("div", { class: "asks" }, labelled(say("words_for_pictures"), search), labelled(say("shelf"), shelf));
      return [asks, note, list, make("p", { class: "buttons" }, add, button(say("cancel"), close))];
    },
    { wide: true },
  );
  return chosen;
}

/** How a place that has pictures is called. @param {{ shelf: string, count: number }} one */
function shelfName({ shelf, count }) {
  const pack = shelf.startsWith("pack ") ? shelf.slice(5) : "";
  return `${pack ? say("shelf_pack", { name: pack }) : say(`shelf_${shelf}`)} (${count})`;
}

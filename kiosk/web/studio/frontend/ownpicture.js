// A picture of one's own: no picture without words for it, its maker, and why it may be used.

import { button, dialog, labelled, make } from "./dom.js";
import { Refusal } from "./server.js";
import { say } from "./words.js";

/** @typedef {import("./server.js").Server} Server */

const MOST = 20; // MB, as the server takes
const MB = 1e6;

/** Asks for a picture and keeps it with the site's own. @param {Server} server @returns {Promise<{ name: string, shows: string } | null>} */
export async function addPicture(server) {
  /** @type {{ name: string, shows: string } | null} */
  let added = null;
  await dialog(say("add_picture"), (close) => {
    const file = make("input", { type: "file", accept: ".png,.jpg,.jpeg,.gif,.webp,.svg" });
    const field = () => make("input", { required: true, maxlength: "200" });
    const [words, creator, licence] = [field(), field(), field()];
    const wrong = make("p", { role: "alert", class: "wrong" });
    /** @param {Event} event */
    const send = async (event) => {
      event.preventDefault();
      const one = file.files?.[0];
      wrong.textContent = "";
      if (!one) wrong.textContent = say("picture_file_missing");
      else if (one.size > MOST * MB) wrong.textContent = say("picture_too_large", { most: MOST });
      if (!one || wrong.textContent) return;
      try {
        const told = { words: words.value, creator: creator.value, licence: licence.value };
        added = await server.send("/studio/add-picture", told, one, "application/octet-stream");
        close();
      } catch (error) {
        wrong.textContent = (error instanceof Refusal && error.message) || say("no_server");
      }
    };
    return [
      make(
        "form",
        { onsubmit: send },
        labelled(say("picture_file"), file, say("picture_file_help", { most: MOST })),
        labelled(say("picture_words"), words, say("picture_words_help")),
        labelled(say("picture_creator"), creator),
        labelled(say("picture_licence"), licence, say("picture_licence_help")),
        wrong,
        make("p", { class: "buttons" }, make("button", { type: "submit", class: "main" }, say("add_it")), button(say("cancel"), close)),
      ),
    ];
  });
  return added;
}

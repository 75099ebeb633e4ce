// What staff do with whole pages: copy, move to another part, retire, bring back. Each says what it
// has done, with an Undo beside it: nobody is asked "are you sure".

import { button, dialog, labelled, make } from "./dom.js";
import { Refusal } from "./server.js";
import { say } from "./words.js";

/** @typedef {import("./types.d.ts").Listed} Listed @typedef {import("./types.d.ts").Row} Row @typedef {import("./types.d.ts").Shelf} Shelf */

/** A button for all that can be done with a page. @param {Row} one @param {Listed} listed @param {Shelf} shelf */
export function moreButton(one, listed, shelf) {
  const press = button(say("more"), () => void more(one, listed, shelf), { class: "more", "aria-label": say("more_of", { title: one.title }) });
  return press;
}

/** @param {Row} one @param {Listed} listed @param {Shelf} shelf */
async function more(one, listed, shelf) {
  const isFirst = listed.language === listed.languages[0];
  await dialog(one.title, (close) => {
    const wrong = make("p", { role: "alert", class: "wrong" });
    /** Does something; then the list behind the dialog tells it. @param {() => Promise<() => Promise<void>>} work */
    const act = (work) => async () => {
      wrong.textContent = "";
      try {
        const tell = await work();
        close();
        await tell();
      } catch (error) {
        wrong.textContent = (error instanceof Refusal && error.message) || say("no_server");
      }
    };
    const title = make("input", { value: say("copy_title", { title: one.title }), maxlength: "200" });
    const places = [...listed.parts, { part: "", title: say("in_no_part") }].filter((other) => other.part !== one.part);
    const part = make("select", {}, ...places.map((other) => make("option", { value: other.part }, other.title)));
    /** @param {string} words @param {HTMLElement | null} field @param {string} help @param {() => Promise<() => Promise<void>>} work */
    const offer = (words, field, help, work) =>
      make("section", { class: "offer" }, make("h3", {}, words), make("p", {}, help), field, make("p", { class: "buttons" }, button(words, act(work))));
    return [
      isFirst && offer(say("copy"), labelled(say("title"), title), say("copy_help"), () => copy(one, title.value, shelf)),
      isFirst && places.length > 0 && offer(say("move"), labelled(say("move_to"), part), say("move_help"), () => move(one, part.value, part.selectedOptions[0].text, shelf)),
      offer(say("retire"), null, say("retire_help"), () => retire(one, shelf)),
      wrong,
      make("p", { class: "buttons" }, button(say("close"), close)),
    ];
  });
}

/** The hash of a page as it stands. @param {string} name @param {Shelf} shelf */
async function opened(name, shelf) {
  /** @type {{ opened: string }} */
  const page = await shelf.server.get("/studio/page", { name });
  return page.opened;
}

/** @param {Row} one @param {string} title @param {Shelf} shelf */
async function copy(one, title, shelf) {
  /** @type {{ name: string }} */
  const made = await shelf.server.post("/studio/copy", { name: one.name, title });
  return async () => {
    await shelf.again(made.name);
    shelf.tell(say("copied", { title: one.title }), async () => {
      await shelf.server.post("/studio/retire", { name: made.name, opened: await opened(made.name, shelf) });
      await shelf.again(one.name);
    });
  };
}

/** @param {Row} one @param {string} part @param {string} called @param {Shelf} shelf */
async function move(one, part, called, shelf) {
  /** @type {{ name: string }} */
  const moved = await shelf.server.post("/studio/move", { name: one.name, opened: await opened(one.name, shelf), part });
  return async () => {
    await shelf.again(moved.name);
    shelf.tell(say("moved_page", { title: one.title, part: called }), async () => {
      await shelf.server.post("/studio/move", { name: moved.name, opened: await opened(moved.name, shelf), part: one.part });
      await shelf.again(one.name);
    });
  };
}

/** @param {Row} one @param {Shelf} shelf */
async function retire(one, shelf) {
  /** @type {{ name: string, links: string[] }} */
  const gone = await shelf.server.post("/studio/retire", { name: one.name, opened: await opened(one.name, shelf) });
  return async () => {
    await shelf.again();
    const pages = gone.links.join(", ");
    shelf.tell(say(pages ? "retired_links" : "retired", { title: one.title, pages }), async () => {
      await shelf.server.post("/studio/bring-back", { retired: gone.name });
      await shelf.again(one.name);
    });
  };
}

/** The pages that are off the site, each with a way back. @param {Listed} listed @param {Shelf} shelf */
export function retiredPages(listed, shelf) {
  if (listed.retired.length === 0) return null;
  const rows = listed.retired.map((one) =>
    make(
      "li",
      {},
      make("span", { class: "title" }, one.title),
      button(say("bring_page_back"), () => void bringBack(one, shelf), { "aria-label": `${say("bring_page_back")}: ${one.title}` }),
    ),
  );
  return make("details", { class: "retired" }, make("summary", {}, say("retired_pages", { count: rows.length })), make("ul", {}, ...rows));
}

/** @param {{ name: string, title: string }} one @param {Shelf} shelf */
async function bringBack(one, shelf) {
  try {
    /** @type {{ name: string }} */
    const back = await shelf.server.post("/studio/bring-back", { retired: one.name });
    await shelf.again(back.name);
    shelf.tell(say("is_back", { title: one.title }), async () => {
      await shelf.server.post("/studio/retire", { name: back.name, opened: await opened(back.name, shelf) });
      await shelf.again();
    });
  } catch (error) {
    shelf.tell((error instanceof Refusal && error.message) || say("no_server"));
  }
}

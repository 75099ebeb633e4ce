// A new page: empty, from a Word file or a PDF, or from what was copied elsewhere.

import { button, dialog, labelled, make } from "./dom.js";
import { Refusal } from "./server.js";
import { say } from "./words.js";

/** @typedef {import("./types.d.ts").Listed} Listed @typedef {import("./types.d.ts").Brought} Brought @typedef {import("./server.js").Server} Server */

/**
 * One way to begin. fields: what it asks for. send: makes the page; null where something is missing yet.
 * @typedef {{ fields: HTMLElement[], send: (asked: { part: string, language: string }) => Promise<{ name: string } | Brought | null> }} Way
 */

const MB = 1e6;

/** Asks how to begin, and makes the page. @param {Listed} listed @param {Server} server */
export async function begin(listed, server) {
  const { language, most } = listed;
  await dialog(say("new_page"), (close) => {
    const wrong = make("p", { role: "alert", class: "wrong" });
    const part = make(
      "select",
      {},
      ...listed.parts.map((one) => make("option", { value: one.part }, one.title)),
      make("option", { value: "" }, say("in_no_part")),
    );
    /** @param {string} words */
    const miss = (words) => {
      wrong.textContent = words;
      return null;
    };
    /** @type {Record<string, Way>} */
    const ways = {
      from_template: empty(server),
      from_file: file(server, most.file, miss),
      from_clipboard: copied(server, most.pasted, miss),
    };
    let chosen = "from_template";
    const fields = make("div");
    const tabs = Object.keys(ways).map((one) => button(say(one), () => choose(one), { "data-way": one }));
    /** @param {string} one */
    const choose = (one) => {
      chosen = one;
      wrong.textContent = "";
      for (const tab of tabs) tab.setAttribute("aria-pressed", String(tab.dataset.way === one));
      fields.replaceChildren(...ways[one].fields);
    };
    choose(chosen);
    const waits = make("div", { role: "status", class: "waits" });
    const go = make("button", { type: "submit", class: "main" }, say("make_page"));
    /** @param {Event} event */
    const send = async (event) => {
      event.preventDefault();
      if (go.disabled) return;
      wrong.textContent = "";
      go.disabled = true;
      if (chosen !== "from_template") waits.replaceChildren(make("progress", { "aria-label": say("reading") }), make("p", {}, say("reading")));
      try {
        const made = await ways[chosen].send({ part: part.value, language });
        if (made === null) return;
        if ("ideas" in made) box.replaceChildren(...told(made, close));
        else leave(made.name, close);
        box.querySelector("button")?.focus();
      } catch (error) {
        wrong.textContent = (error instanceof Refusal && error.message) || say("no_server");
      } finally {
        go.disabled = false;
        waits.replaceChildren();
      }
    };
    const box = make(
      "div",
      {},
      make("p", {}, say("new_help")),
      make("div", { class: "buttons", role: "group", "aria-label": say("begin_from") }, ...tabs),
      make(
        "form",
        { onsubmit: send },
        fields,
        labelled(say("part"), part),
        wrong,
        waits,
        make("p", { class: "buttons" }, go, button(say("cancel"), close)),
      ),
    );
    return [box];
  });
}

/** @param {Server} server @returns {Way} */
function empty(server) {
  const title = make("input", { required: true, maxlength: "200" });
  return {
    fields: [labelled(say("title"), title)],
    send: (asked) => server.post("/studio/new", { title: title.value, ...asked }),
  };
}

/** @param {Server} server @param {number} most @param {(words: string) => null} miss @returns {Way} */
function file(server, most, miss) {
  const chosen = make("input", { type: "file", accept: ".docx,.pdf" });
  return {
    fields: [labelled(say("file"), chosen, say("file_help", { most }))],
    send: async (asked) => {
      const one = chosen.files?.[0];
      if (!one) return miss(say("file_missing"));
      // The server would hang up in the middle of it: this says why.
      if (one.size > most * MB) return miss(say("file_too_large", { most }));
      return await server.send("/studio/bring", { ...asked, file: one.name }, one, "application/octet-stream");
    },
  };
}

/** @param {Server} server @param {number} most @param {(words: string) => null} miss @returns {Way} */
function copied(server, most, miss) {
  let html = "";
  const field = make("textarea", { rows: "6", class: "pasted" });
  const note = make("p", { role: "status" });
  /** @param {string} rich @param {string} plain */
  const take = (rich, plain) => {
    html = rich;
    if (rich && !plain) plain = new DOMParser().parseFromString(rich, "text/html").body.textContent ?? "";
    field.value = plain.trim();
    const count = field.value.split(/\s+/).filter(Boolean).length.toLocaleString("en-GB");
    note.textContent = say(rich ? "pasted_words" : "pasted_plain", { count });
  };
  field.addEventListener("paste", (event) => {
    const rich = event.clipboardData?.getData("text/html") ?? "";
    if (!rich) return;
    event.preventDefault();
    take(rich, event.clipboardData?.getData("text/plain") ?? "");
  });
  field.addEventListener("input", () => take("", field.value)); // what is typed here is plain
  const press = button(say("paste"), async () => {
    try {
      const [one] = await navigator.clipboard.read();
      const of = async (/** @type {string} */ type) => (one.types.includes(type) ? (await one.getType(type)).text() : "");
      take(await of("text/html"), await of("text/plain"));
    } catch {
      note.textContent = say("no_paste");
      field.focus();
    }
  });
  return {
    fields: [labelled(say("pasted"), field, say("pasted_help")), make("p", { class: "buttons" }, press), note],
    send: async (asked) => {
      const whole = html || paragraphs(field.value);
      if (!whole) return miss(say("nothing_sent"));
      if (new Blob([whole]).size > most * MB) return miss(say("pasted_too_large", { most }));
      return await server.send("/studio/bring", asked, whole, "text/html");
    },
  };
}

/** Plain words as HTML: each line a paragraph. @param {string} words */
function paragraphs(words) {
  const lines = words.split(/[\r\n]+/).filter((one) => one.trim());
  return lines.map((one) => make("p", {}, one).outerHTML).join("\n");
}

/** What was made of a file, what could not come along, and what to do next. @param {Brought} made @param {() => void} close */
function told(made, close) {
  /** @param {number} count @param {string} one */
  const counted = (count, one) => (count === 1 ? say(`one_${one}`) : say(`${one}s`, { count }));
  const next = [
    made.without_picture ? say("next_picture", { ideas: counted(made.without_picture, "idea") }) : "",
    made.without_words ? say("next_words", { ideas: counted(made.without_words, "idea") }) : "",
    made.new_pictures ? say("next_new_picture", { pictures: counted(made.new_pictures, "picture") }) : "",
    say("next_facts"),
    say("next_read"),
  ].filter(Boolean);
  return [
    make("h3", {}, say("page_made")),
    make("p", {}, say("made_of", { title: made.title, ideas: counted(made.ideas, "idea"), pictures: counted(made.pictures, "picture") })),
    make("p", { class: "buttons" }, button(say("open_page"), () => leave(made.name, close), { class: "main" }), button(say("close"), () => leave("", close))),
    ...(made.left_out.length ? [make("h3", {}, say("left_out")), make("ul", { class: "told" }, ...made.left_out.map((one) => make("li", {}, one)))] : []),
    make("h3", {}, say("what_next")),
    make("ol", { class: "told" }, ...next.map((one) => make("li", {}, one))),
  ];
}

/** Closes the dialog and goes to a page, or back to a list that knows it. @param {string} name @param {() => void} close */
function leave(name, close) {
  close();
  if (name) location.hash = `#/${name}`;
  else dispatchEvent(new HashChangeEvent("hashchange"));
}

// People check a page: staff make a link for them, and read idea by idea what they have said.

import { button, dialog, labelled, make } from "./dom.js";
import { pictureAddress } from "./pictures.js";
import { Refusal } from "./server.js";
import { day } from "./times.js";
import { say } from "./words.js";

/** @typedef {import("./types.d.ts").ReviewLink} ReviewLink @typedef {import("./server.js").Server} Server */

const FACES = /** @type {const} */ (["yes", "partly", "no"]);
const OWN_MACHINE = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Shows who was asked, and what they said.
 * @param {Server} server
 * @param {{ name: string, opened: string, language: string, publish: boolean }} page
 * @returns {Promise<string>} whom to name when the page is published now; "" to publish nothing
 */
export async function askPeople(server, page) {
  let chosen = "";
  /** @type {{ links: ReviewLink[] }} */
  const before = await server.get("/studio/reviews", { name: page.name });
  await dialog(
    say("people_title"),
    (close) => {
      const list = make("div");
      const made = make("div");
      const wrong = make("p", { role: "alert", class: "wrong" });
      /** @param {string} address @param {object} asked */
      const change = async (address, asked) => {
        wrong.textContent = "";
        try {
          /** @type {{ links: ReviewLink[], path?: string, code?: string }} */
          const told = await server.post(address, { name: page.name, ...asked });
          draw(told.links);
          return told;
        } catch (error) {
          wrong.textContent = (error instanceof Refusal && error.message) || say("no_server");
          return null;
        }
      };
      /** @param {ReviewLink[]} links */
      const draw = (links) => {
        const shown = links.map((link, at) =>
          showLink(link, page, {
            isOpen: at === 0 && link.people > 0,
            end: () => void change("/studio/review-end", { id: link.id }),
            remove: () => void change("/studio/review-delete", { id: link.id }),
            use: () => {
              chosen = say("people_named", { who: link.who, count: link.people });
              close();
            },
          }),
        );
        list.replaceChildren(...(shown.length ? [make("h3", {}, say("people_links")), ...shown] : []));
      };
      const who = make("input", { required: true, maxlength: "100", lang: page.language, dir: "auto" });
      /** @param {Event} event */
      const begin = async (event) => {
        event.preventDefault();
        const told = await change("/studio/review-link", { opened: page.opened, who: who.value });
        if (!told?.path) return;
        made.replaceChildren(...newLink(`${location.origin}${told.path}`, told.code ?? ""));
        made.querySelector("input")?.focus();
      };
      draw(before.links);
      const form = make("form", { class: "offer", onsubmit: begin }, make("h3", {}, say("people_new")), make("p", {}, say("people_help")), labelled(say("people_who"), who, say("people_who_help")), make("p", { class: "buttons" }, make("button", { type: "submit", class: "main" }, say("people_begin"))));
      return [form, wrong, made, list, make("p", { class: "buttons" }, button(say("close"), close))];
    },
    { wide: true },
  );
  return chosen;
}

/** A link that was just made: nobody can show it again. @param {string} address @param {string} code */
function newLink(address, code) {
  const field = make("input", { readonly: true, value: address, "aria-label": say("people_link") });
  field.addEventListener("focus", () => field.select());
  const copied = make("span", { role: "status" });
  const copy = button(say("people_copy"), () => {
    field.select();
    void navigator.clipboard
      .writeText(address)
      .then(() => (copied.textContent = say("people_copied")))
      .catch(() => document.execCommand("copy") && (copied.textContent = say("people_copied")));
  }, { class: "main" });
  const picture = code && make("img", { class: "code", alt: say("people_code"), src: `data:image/svg+xml,${encodeURIComponent(code)}`, width: "160", height: "160" });
  const isHere = OWN_MACHINE.includes(location.hostname);
  return [
    make(
      "section",
      { class: "made" },
      picture || null,
      make("div", {}, make("h3", {}, say("people_made")), make("p", {}, say("people_once")), field, make("p", { class: "buttons" }, copy, make("a", { class: "button", href: address, target: "_blank", rel: "noopener" }, say("people_open")), copied), isHere && make("p", { class: "note" }, say("people_here_only"))),
    ),
  ];
}

/**
 * @param {ReviewLink} link @param {{ name: string, language: string, publish: boolean }} page
 * @param {{ isOpen: boolean, end: () => void, remove: () => void, use: () => void }} does
 */
function showLink(link, page, does) {
  const until = say(link.open ? "people_until" : "people_over", { day: day(link.until) });
  const count = link.people === 0 ? say("people_none") : say(link.people === 1 ? "people_one" : "people_some", { count: link.people });
  const summary = make("summary", {}, make("strong", { lang: page.language }, link.who), make("span", { class: "mark" }, count), make("small", {}, until));
  const inside = [];
  if (link.people) inside.push(make("p", { class: "told" }, say("people_easy", { easy: link.easy, count: link.ideas.length })));
  if (!link.same) inside.push(make("p", { class: "note" }, say("people_other")));
  if (link.people) inside.push(make("ol", { class: "results" }, ...link.ideas.map((idea, at) => showIdea(idea, at + 1, page))));
  inside.push(
    make(
      "p",
      { class: "buttons" },
      link.people > 0 && page.publish && button(say("people_use"), does.use, { class: "main" }),
      link.open && button(say("people_end"), does.end),
      button(say("people_delete"), does.remove),
    ),
  );
  return make("details", { class: "link", open: does.isOpen }, summary, ...inside);
}

/** @param {ReviewLink["ideas"][number]} idea @param {number} number @param {{ name: string, language: string }} page */
function showIdea(idea, number, page) {
  const all = FACES.reduce((sum, key) => sum + idea.easy[key], 0);
  const faces = FACES.map((key) => {
    const share = all ? Math.round((100 * idea.easy[key]) / all) : 0;
    const bar = make("span", { class: `share ${key}`, style: `inline-size: ${share}%` });
    const words = make("span", { class: "words" }, `${say(`people_${key}`)}: ${idea.easy[key]}`);
    return make("li", {}, make("img", { src: `/review/faces/${key}.svg`, alt: "", width: "32", height: "32" }), words, make("span", { class: "track", "aria-hidden": "true" }, bar));
  });
  const hard = idea.hard.map(([word, count]) => make("li", { class: "mark" }, `${word} (${count})`));
  return make(
    "li",
    {},
    make("img", { src: pictureAddress(idea.picture, page.language, page.name), alt: "", width: "96", height: "96", class: "of" }),
    make("div", { lang: page.language, dir: "auto", class: "idea-words" }, make("strong", {}, `${number}. `), idea.lines.join(" ").replace(/\*\*/g, "")),
    make("div", { class: "answers" }, make("ul", { class: "faces" }, ...faces), hard.length > 0 && make("p", {}, say("people_words")), hard.length > 0 && make("ul", { class: "hard" }, ...hard), idea.wrong_picture > 0 && make("p", { class: "wrong" }, say("people_picture", { count: idea.wrong_picture }))),
  );
}

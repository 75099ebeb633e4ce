// What is different between two texts of a page: idea by idea, with pictures shown as pictures.

import { make } from "./dom.js";
import { pictureAddress } from "./pictures.js";
import { say } from "./words.js";

/** @typedef {import("./types.d.ts").Changes} Changes @typedef {import("./types.d.ts").Change} Change @typedef {import("./types.d.ts").Side} Side */

/** @param {Changes} changes @param {{ language: string, page: string }} where @returns {HTMLElement} */
export function showChanges(changes, where) {
  const facts = changes.facts.map(([key, was, now]) =>
    make(
      "section",
      { class: "change" },
      make("h3", {}, factName(key)),
      make("div", { class: "both" }, fact(say("before"), key, was, where), fact(say("after"), key, now, where)),
    ),
  );
  const cards = changes.cards.map((one) => card(one, where));
  const same = changes.same ? make("p", {}, say(changes.same === 1 ? "one_same" : "same", { count: changes.same })) : null;
  const none = cards.length + facts.length === 0 ? make("p", {}, say(changes.is_else ? "changed_else" : "no_changes")) : null;
  return make("div", { class: "changes" }, none, ...facts, ...cards, same);
}

/** @param {string} key */
function factName(key) {
  if (["source", "facts_checked", "checked_by", "review_by", "contact"].includes(key)) return say(`fact_${key}`);
  if (["title", "status", "order", "symbol"].includes(key)) return say(`is_fact_${key}`);
  return key;
}

/** @param {string} title @param {string} key @param {string} words @param {{ language: string, page: string }} where */
function fact(title, key, words, where) {
  const known = key === "status" && ["draft", "ready", "published"].includes(words) ? say(`is_${words}`) : words;
  const shown = key === "symbol" && words ? picture(words, where) : make("p", { lang: where.language, dir: "auto" }, known || say("nothing"));
  return make("div", { class: "side" }, make("h4", {}, title), shown);
}

/** @param {Change} change @param {{ language: string, page: string }} where */
function card(change, where) {
  const { was, now, number } = change;
  const kind = (now ?? was)?.kind === "heading" ? "heading" : "idea";
  const how = change.is_moved ? "moved_to" : was === null ? "is_new" : now === null ? "is_gone" : "is_changed";
  const title = say(how, { what: kind === "idea" ? say("idea", { number }) : say("heading") });
  const sides = change.is_moved
    ? [side("", /** @type {Side} */ (now), where)]
    : [was && side(now ? say("before") : "", was, where), now && side(was ? say("after") : "", now, where)];
  return make("section", { class: `change ${how}` }, make("h3", {}, title), make("div", { class: was && now && !change.is_moved ? "both" : "" }, ...sides));
}

/** @param {string} title @param {Side} side @param {{ language: string, page: string }} where */
function side(title, side, where) {
  const lines = side.lines.map(([kind, words]) =>
    make("p", { class: kind, lang: where.language, dir: "auto" }, ...words.map((one) => (one.is_new ? make("mark", {}, one.text) : one.text))),
  );
  return make(
    "div",
    { class: "side" },
    title && make("h4", {}, title),
    make(
      "div",
      { class: "shown" },
      side.picture && picture(side.picture, where, side.shows, side.is_new),
      make("div", {}, ...lines),
    ),
  );
}

/** @param {string} name @param {{ language: string, page: string }} where @param {string} [shows] @param {boolean} [isNew] */
function picture(name, { language, page }, shows = "", isNew = false) {
  const words = shows || name;
  return make(
    "figure",
    { class: isNew ? "new" : "" },
    make("img", { src: pictureAddress(name, language, page), alt: "", width: "96", height: "96" }),
    make("figcaption", {}, isNew ? make("mark", {}, words) : words),
  );
}

// What is known of a page: its title, its picture, and where its facts come from.

import { button, grow, labelled, make } from "./dom.js";
import { choosePicture, pictureAddress } from "./pictures.js";
import { say } from "./words.js";

/** @typedef {import("./server.js").Server} Server */

/**
 * Shows the facts; what is changed is written into `facts`, and nothing else.
 * @param {Server} server
 * @param {{ name: string, language: string, was: Record<string, string>, facts: Record<string, string>, own: Record<string, string>, named: (chosen: import("./types.d.ts").Chosen) => Promise<string>, changed: () => void }} given own, named: as the cards have them
 */
export function factsOf(server, { name, language, was, facts, own, named, changed }) {
  /** @param {string} key */
  const now = (key) => facts[key] ?? was[key] ?? "";
  /** @param {string} key @param {string} value */
  const set = (key, value) => {
    if (value === (was[key] ?? "")) delete facts[key];
    else facts[key] = value;
    changed();
  };
  const title = make("textarea", { rows: "1", lang: language, dir: "auto", spellcheck: "true" });
  title.value = now("title");
  title.addEventListener("input", () => {
    grow(title);
    set("title", title.value.replace(/\s+/g, " "));
  });
  title.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  requestAnimationFrame(() => grow(title));

  const picture = button("", async () => {
    const chosen = await choosePicture(server, { words: now("title"), language, page: name });
    const symbol = chosen && (await named(chosen));
    if (!symbol) return;
    set("symbol", symbol);
    draw();
  }, { class: "picture" });
  const draw = () =>
    picture.replaceChildren(
      make("img", { src: pictureAddress(own[now("symbol")] ?? now("symbol"), language, name), alt: "", width: "120", height: "120" }),
      make("small", {}, say("change_page_picture")),
    );
  draw();

  /** @param {string} key @param {string} [type] */
  const field = (key, type = "text") => {
    const made = make("input", { type, value: now(key), lang: language });
    made.addEventListener("input", () => set(key, made.value));
    return labelled(say(`fact_${key}`), made);
  };
  return make(
    "section",
    { class: "facts" },
    make("div", { class: "inside" }, picture, labelled(say("title"), title)),
    make(
      "details",
      {},
      make("summary", {}, say("more_facts")),
      field("source"),
      field("facts_checked", "date"),
      field("checked_by"),
      field("review_by", "date"),
      field("contact"),
    ),
  );
}

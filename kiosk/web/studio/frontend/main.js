// The studio: who is signed in, and which view stands in the window.

import { showAnswers } from "./answers.js";
import { button, make } from "./dom.js";
import { Editor } from "./editor.js";
import { showList } from "./list.js";
import { Refusal, Server } from "./server.js";
import { firstSecret, signIn } from "./signing.js";
import { learn, say } from "./words.js";

const server = new Server();
/** @type {Editor | null} */
let editor = null;

/** Begins, once: Streamlit may mount its component again. */
export async function start() {
  if (document.getElementById("studio")) return;
  document.documentElement.classList.add("studio-own");
  for (const address of ["/screen/page/colours.css", "/studio/files/studio.css"]) {
    document.head.append(make("link", { rel: "stylesheet", href: address }));
  }
  const root = make("div", { id: "studio" });
  // When the server is gone, a dialog of Streamlit makes all inert but what has this attribute.
  root.dataset.reactAriaTopLayer = "true";
  document.body.prepend(root);
  const opening = await (await fetch("/studio/words")).json();
  learn(opening.words);
  server.signIn = async () => {
    const answer = await fetch("/studio/me");
    const told = await answer.json();
    server.me = told.name ? told : await signIn(told.nobody === true);
    frame(root, opening.title);
  };
  frame(root, opening.title);
  new MutationObserver(() => titled()).observe(document.head, { subtree: true, childList: true });
  await server.signIn();
  addEventListener("hashchange", () => void show());
  await show();
}

let title = "";
/** Keeps the window's title: Streamlit puts its own back now and then. @param {string} [words] */
function titled(words) {
  if (words !== undefined) title = words;
  if (title && document.title !== title) document.title = title;
}

/** @param {HTMLElement} root @param {string} site */
function frame(root, site) {
  const old = root.querySelector("header");
  const out = async () => {
    editor?.keep();
    await server.post("/studio/sign-out");
    location.hash = "";
    location.reload();
  };
  const header = make(
    "header",
    { class: "top" },
    make("a", { href: "#/", class: "home" }, say("studio"), make("span", {}, ` · ${site}`)),
    server.me && make("nav", { "aria-label": say("views") }, make("a", { href: "#/" }, say("pages")), make("a", { href: "#/answers" }, say("answers"))),
    server.me && make("p", { class: "who" }, server.me.name),
    server.me && button(say("sign_out"), () => void out()),
  );
  if (old) old.replaceWith(header);
  else root.append(header, make("main", { id: "main", tabindex: "-1" }));
}

/** @type {Promise<void>} */
let shown = Promise.resolve();
/** Shows what the address asks for. One view after another: a slow one never takes the place of a later one. */
function show() {
  shown = shown.catch(() => {}).then(view);
  return shown;
}

async function view() {
  const main = document.getElementById("main");
  if (!main || firstSecret()) return;
  editor?.close();
  editor = null;
  const name = decodeURIComponent(location.hash.replace(/^#\/?/, ""));
  try {
    if (name === "answers") {
      titled(say("answers"));
      await showAnswers(main, server);
    } else if (name) {
      editor = new Editor(main, server, name);
      titled(await editor.open());
    } else {
      titled(say("pages"));
      await showList(main, server);
    }
  } catch (error) {
    const words = error instanceof Refusal && error.message ? error.message : say("no_server");
    main.replaceChildren(
      make("h1", {}, say("not_opened")),
      make("p", { role: "alert" }, words),
      make("p", { class: "buttons" }, button(say("again"), () => void show()), make("a", { href: "#/", class: "button" }, say("all_pages"))),
    );
    if (!(error instanceof Refusal) && !(error instanceof TypeError)) throw error;
  }
  main.focus({ preventScroll: true });
}

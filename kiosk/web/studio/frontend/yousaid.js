// "You said, we did": staff tell visitors in three steps what became of what people said.

import { button, dialog, labelled, make } from "./dom.js";
import { choosePicture, pictureAddress } from "./pictures.js";
import { Refusal } from "./server.js";
import { day } from "./times.js";
import { say } from "./words.js";

/** @typedef {import("./types.d.ts").YouSaid} YouSaid @typedef {import("./server.js").Server} Server */

/** Shows all entries, and takes a new one. @param {Server} server @param {string} [quote] what somebody wrote, for staff alone */
export async function tellPeople(server, quote = "") {
  /** @type {YouSaid} */
  const before = await server.get("/studio/you-said");
  const { language, publish } = before;
  await dialog(
    say("you_said"),
    (close) => {
      const list = make("ul", { class: "told-entries" });
      const wrong = make("p", { role: "alert", class: "wrong" });
      const status = make("p", { role: "status" });
      const field = () => make("textarea", { rows: "2", maxlength: "900", lang: language, dir: "auto", spellcheck: "true", class: "means" });
      const [said, did] = [field(), field()];
      const who = make("input", { maxlength: "100", lang: language, dir: "auto" });
      let symbol = "speech balloon";
      const picture = button("", async () => {
        const chosen = await choosePicture(server, { words: `${said.value} ${did.value}`.slice(0, 300), language, page: "", madeToo: false });
        if (chosen === null) return;
        symbol = chosen.name;
        draw();
      }, { class: "picture" });
      const draw = () => picture.replaceChildren(make("img", { src: pictureAddress(symbol, language, ""), alt: "", width: "120", height: "120" }), make("small", {}, say("change_picture")));
      /** @param {string} address @param {object} asked @param {string} words */
      const change = async (address, asked, words) => {
        [wrong.textContent, status.textContent] = ["", ""];
        try {
          /** @type {YouSaid} */
          const told = await server.post(address, asked);
          show(told);
          status.textContent = words;
          return true;
        } catch (error) {
          wrong.textContent = (error instanceof Refusal && error.message) || say("no_server");
          return false;
        }
      };
      /** @param {YouSaid} told */
      const show = ({ entries }) => {
        list.replaceChildren(
          ...entries.map((one) =>
            make(
              "li",
              {},
              make("img", { src: pictureAddress(one.symbol, language, ""), alt: "", width: "64", height: "64" }),
              make("div", { lang: language, dir: "auto" }, make("p", {}, make("strong", {}, say("you_said_you")), " ", one.said), make("p", {}, make("strong", {}, say("you_said_we")), " ", one.did), make("small", {}, `${one.who}, ${day(one.date)}`)),
              make(
                "p",
                { class: "buttons" },
                make("span", { class: `mark ${one.shown ? "published" : "draft"}` }, say(one.shown ? "you_said_shown" : "you_said_hidden")),
                publish && button(say(one.shown ? "you_said_hide" : "you_said_show"), () => void change("/studio/you-said-show", { number: one.number, said: one.said, shown: !one.shown }, say(one.shown ? "you_said_is_hidden" : "you_said_is_shown"))),
              ),
            ),
          ),
        );
      };
      /** @param {Event} event */
      const send = async (event) => {
        event.preventDefault();
        const asked = { said: said.value, did: did.value, who: who.value, symbol };
        if (await change("/studio/you-said-add", asked, say("you_said_is_shown"))) said.value = did.value = "";
      };
      draw();
      show(before);
      const form = make(
        "form",
        { onsubmit: send },
        make("fieldset", {}, make("legend", {}, say("you_said_1")), quote && make("blockquote", { class: "note" }, make("small", {}, say("you_said_quote")), " ", quote), labelled(say("you_said_said"), said, say("you_said_said_help"))),
        make("fieldset", {}, make("legend", {}, say("you_said_2")), labelled(say("you_said_did"), did), labelled(say("you_said_who"), who, say("you_said_who_help"))),
        make("fieldset", {}, make("legend", {}, say("you_said_3")), make("div", { class: "inside" }, picture, make("div", {}, make("p", {}, say("you_said_look")), make("p", { class: "buttons" }, make("button", { type: "submit", class: "main" }, say("you_said_send")))))),
      );
      return [publish ? form : make("p", {}, say("you_said_publish")), wrong, status, list, make("p", { class: "buttons" }, button(say("close"), close))];
    },
    { wide: true },
  );
}

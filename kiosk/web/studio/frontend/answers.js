// What visitors have said: counted, in their words, to be taken away as a file, and to be deleted by code.

import { button, dialog, labelled, make } from "./dom.js";
import { Refusal } from "./server.js";
import { say } from "./words.js";
import { tellPeople } from "./yousaid.js";

/** @typedef {import("./types.d.ts").Answered} Answered @typedef {import("./server.js").Server} Server */

/** Shows the answers. @param {HTMLElement} main @param {Server} server */
export async function showAnswers(main, server) {
  const place = make("div", { class: "answers-all" });
  const status = make("p", { role: "status" });
  /** @param {string} words */
  const select = (words) => make("select", { "aria-label": words }, make("option", { value: "" }, say("answers_all")));
  const fields = { survey: select(say("answers_survey")), page: select(say("answers_page")), language: select(say("answers_language")) };
  const days = { first: make("input", { type: "date" }), last: make("input", { type: "date" }) };
  const asked = () => Object.fromEntries(Object.entries({ ...fields, ...days }).map(([key, field]) => [key, field.value]));
  let turn = 0;
  const look = async () => {
    const mine = (turn += 1);
    status.textContent = say("looking");
    try {
      /** @type {Answered} */
      const told = await server.get("/studio/answers", asked());
      if (mine !== turn) return;
      for (const [key, field] of Object.entries(fields)) {
        if (field.length > 1) continue;
        for (const one of told.choices[/** @type {keyof Answered["choices"]} */ (key)]) field.append(make("option", { value: one.id }, one.title));
      }
      status.textContent = told.surveys.length ? told.days : say("answers_none");
      place.replaceChildren(...told.notes.map((one) => make("p", { class: "note" }, one)), ...told.surveys.map((one) => showSurvey(one, server)));
      for (const [kind, link] of Object.entries(links)) link.href = `/studio/answers.${kind}?${new URLSearchParams(asked())}`;
    } catch (error) {
      status.textContent = error instanceof Refusal && error.message ? error.message : say("no_server");
    }
  };
  const links = {
    csv: make("a", { class: "button", href: "/studio/answers.csv", download: true }, say("answers_csv")),
    json: make("a", { class: "button", href: "/studio/answers.json", download: true }, say("answers_json")),
  };
  for (const field of [...Object.values(fields), ...Object.values(days)]) field.addEventListener("change", () => void look());
  main.replaceChildren(
    make("h1", {}, say("answers")),
    make("p", {}, say("answers_help")),
    make(
      "div",
      { class: "filters" },
      labelled(say("answers_survey"), fields.survey),
      labelled(say("answers_page"), fields.page),
      labelled(say("answers_language"), fields.language),
      labelled(say("answers_first"), days.first),
      labelled(say("answers_last"), days.last),
    ),
    make("p", { class: "buttons" }, links.csv, links.json, button(say("you_said"), () => void tellPeople(server)), button(say("answers_delete"), () => void deleteOne(server).then((done) => done && void look()))),
    status,
    place,
  );
  await look();
}

/** @param {Answered["surveys"][number]} survey @param {Server} server */
function showSurvey(survey, server) {
  return make("section", { class: "survey" }, make("h2", {}, survey.title), make("p", {}, survey.summary), ...survey.questions.map((one) => showQuestion(one, server)));
}

/** @param {Answered["surveys"][number]["questions"][number]} question @param {Server} server */
function showQuestion({ ask, parts, said, more, voices }, server) {
  const tables = parts.map((part) =>
    make(
      "table",
      {},
      make("caption", {}, part.words ? `${part.words}: ${part.summary}` : part.summary),
      make(
        "tbody",
        {},
        ...part.rows.map((row) =>
          make(
            "tr",
            {},
            make("th", { scope: "row" }, row.words),
            make("td", {}, row.told),
            make("td", { class: "bar-of", "aria-hidden": "true" }, make("span", { class: "track" }, make("span", { class: "share yes", style: `inline-size: ${Math.round(100 * row.share)}%` }))),
          ),
        ),
      ),
    ),
  );
  const words = said.map((one) => make("li", {}, make("q", { lang: one.language, dir: "auto" }, one.words), make("small", {}, one.note), button(say("you_said_use"), () => void tellPeople(server, one.words), { class: "small", "aria-label": `${say("you_said_use")}: ${one.words.slice(0, 60)}` })));
  return make(
    "section",
    { class: "question" },
    make("h3", {}, ask),
    ...tables,
    words.length > 0 && make("details", { open: words.length <= 20 }, make("summary", {}, say(words.length === 1 ? "answers_one_said" : "answers_said", { count: words.length + more })), make("ul", { class: "quotes" }, ...words), more > 0 && make("p", {}, say("answers_more", { count: words.length }))),
    voices > 0 && make("p", {}, say(voices === 1 ? "answers_voice" : "answers_voices", { count: voices })),
    tables.length + words.length + voices === 0 && make("p", {}, say("answers_no")),
  );
}

/** Deletes the answer of a person who has come with its code. @param {Server} server */
async function deleteOne(server) {
  let done = false;
  await dialog(say("answers_delete"), (close) => {
    const code = make("input", { required: true, maxlength: "60", autocomplete: "off", autocapitalize: "characters" });
    const pictures = make("input", { maxlength: "200", autocomplete: "off" });
    const day = make("input", { type: "date" });
    const told = make("p", { role: "alert" });
    const more = make("div", { hidden: true }, labelled(say("answers_pictures"), pictures, say("answers_pictures_help")), labelled(say("answers_day"), day));
    const send = make("button", { type: "submit", class: "main" }, say("answers_find"));
    let sure = false;
    const again = () => {
      sure = false;
      send.textContent = say("answers_find");
      told.textContent = "";
    };
    for (const field of [code, pictures, day]) field.addEventListener("input", again);
    /** @param {Event} event */
    const submit = async (event) => {
      event.preventDefault();
      try {
        /** @type {{ state: string, found?: string[] }} */
        const { state, found = [] } = await server.post("/studio/answer-delete", { code: code.value, pictures: pictures.value, day: day.value, sure });
        told.textContent = say(`answers_is_${state}`, { found: found.join("; ") });
        more.hidden = state !== "several" && more.hidden;
        sure = state === "one";
        send.textContent = say(sure ? "answers_for_ever" : "answers_find");
        done ||= state === "deleted";
      } catch (error) {
        told.textContent = (error instanceof Refusal && error.message) || say("no_server");
      }
    };
    return [
      make("p", {}, say("answers_delete_help")),
      make("form", { onsubmit: submit }, labelled(say("answers_code"), code), more, told, make("p", { class: "buttons" }, send, button(say("close"), close))),
    ];
  });
  return done;
}

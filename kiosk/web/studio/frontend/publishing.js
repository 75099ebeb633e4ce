// What visitors see of a page, and what waits: publish it, now or on a day, and bring versions back.

import { showChanges } from "./changes.js";
import { button, dialog, labelled, make } from "./dom.js";
import { askPeople } from "./people.js";
import { Refusal } from "./server.js";
import { day, moment } from "./times.js";
import { say } from "./words.js";

/** @typedef {import("./types.d.ts").Opened} Opened @typedef {import("./types.d.ts").Before} Before @typedef {import("./types.d.ts").Version} Version @typedef {import("./server.js").Server} Server */

/**
 * What the editor lends: its page's name, a way to save first, to show what came back, to meet
 * what somebody else did, and to say something.
 * @typedef {object} Lent
 * @property {Server} server
 * @property {string} name
 * @property {() => Promise<boolean>} saved saves what is typed; whether all of it is saved
 * @property {(opened: Opened) => void} take shows the page as it stands now
 * @property {(told: Record<string, unknown>) => Promise<void>} meet somebody else was quicker
 * @property {(words: string, undo?: () => void) => void} tell
 */

const FACTS = ["source", "facts_checked", "review_by", "contact"];

export class Publishing {
  /** @param {Lent} lent */
  constructor(lent) {
    this.lent = lent;
    this.place = make("div", { class: "standing" });
  }

  /** Shows who sees what. @param {Opened} opened */
  show(opened) {
    this.opened = opened;
    const { copy, status, publish } = opened;
    const known = ["draft", "ready", "published"].includes(status) ? status : "wrong";
    const waits = copy
      ? say(copy.day ? "is_planned" : "is_saved_only", { by: copy.by, when: moment(copy.at), day: day(copy.day), planner: copy.planner })
      : say(`see_${known}`);
    const parts = [
      make("p", {}, make("span", { class: `mark ${known}` }, say(`is_${known}`)), " ", waits),
      copy?.wrong ? make("p", { role: "alert", class: "wrong" }, copy.wrong) : null,
      copy && !publish && !copy.day ? make("p", {}, say("ask_to_publish")) : null,
      make(
        "p",
        { class: "buttons" },
        button(say("ask_people"), () => void this.#people()),
        publish && button(say(known === "draft" && !copy ? "publish_first" : "publish"), () => void this.#publish(), { class: copy ? "main" : "" }),
        copy && button(say("what_changed"), () => void this.#changes()),
        Boolean(copy?.day) && button(say("unplan"), () => void this.#do("/studio/unplan", {}, say("unplanned"))),
        copy && button(say("discard"), () => void this.#discard()),
        button(say("versions"), () => void this.#versions()),
      ),
    ];
    this.place.replaceChildren(...parts.filter((one) => one !== null));
  }

  get #page() {
    return { name: this.lent.name, opened: this.opened?.opened ?? "" };
  }

  /**
   * Does something that writes, and shows what came of it.
   * @param {string} address @param {object} asked @param {string} words @param {() => void} [undo]
   * @returns {Promise<boolean>} whether it was done
   */
  async #do(address, asked, words, undo) {
    try {
      this.lent.take(await this.lent.server.post(address, { ...this.#page, ...asked }));
      this.lent.tell(words, undo);
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) this.lent.tell(say("no_server"));
      else if (error.status === 409) await this.lent.meet(error.told);
      else this.lent.tell(error.message);
      return false;
    }
  }

  /** @template T @param {string} address @param {Record<string, string>} [asked] @returns {Promise<T | null>} */
  async #ask(address, asked = {}) {
    try {
      return await this.lent.server.get(address, { name: this.lent.name, ...asked });
    } catch (error) {
      this.lent.tell(error instanceof Refusal ? error.message : say("no_server"));
      return null;
    }
  }

  async #changes() {
    if (!(await this.lent.saved())) return;
    /** @type {Before | null} */
    const before = await this.#ask("/studio/publishing");
    if (!before) return;
    const language = this.opened?.language ?? "";
    await dialog(
      say("what_changed"),
      (close) => [showChanges(before.changes, { language, page: this.lent.name }), make("p", { class: "buttons" }, button(say("close"), close, { class: "main" }))],
      { wide: true },
    );
  }

  /** What was thrown away stays among the versions, so it comes back with one press. */
  async #discard() {
    const done = await this.#do("/studio/discard", {}, "");
    if (!done) return;
    /** @type {{ versions: Version[] } | null} */
    const kept = await this.#ask("/studio/versions");
    const newest = kept?.versions[0];
    this.lent.tell(say("discarded"), newest && (() => void this.#goOn(newest.number)));
  }

  /** Saves the text of a version beside what visitors see, to go on with it. @param {number} number */
  async #goOn(number) {
    /** @type {{ text: string } | null} */
    const version = await this.#ask("/studio/version", { number: String(number) });
    if (version) await this.#do("/studio/save", { text: version.text }, say("went_on"));
  }

  /** @param {number} number */
  async #back(number) {
    /** @type {{ versions: Version[] } | null} */
    const before = await this.#ask("/studio/versions");
    const shown = before?.versions.find((one) => one.shown);
    const done = await this.#do("/studio/show", { number }, say("went_back"));
    if (done && shown) this.lent.tell(say("went_back"), () => void this.#do("/studio/show", { number: shown.number }, say("went_back")));
  }

  /** People check the page; who publishes it then names them. */
  async #people() {
    if (!(await this.lent.saved())) return;
    const { language = "", publish = false } = this.opened ?? {};
    try {
      const who = await askPeople(this.lent.server, { ...this.#page, language, publish });
      if (who) await this.#publish(who);
    } catch (error) {
      this.lent.tell(error instanceof Refusal ? error.message : say("no_server"));
    }
  }

  /** @param {string} [checkedBy] whom to name */
  async #publish(checkedBy = "") {
    if (!(await this.lent.saved())) return;
    /** @type {Before | null} */
    const before = await this.#ask("/studio/publishing");
    if (!before) return;
    if (checkedBy) Object.assign(before, { wanted: "published", facts: { ...before.facts, checked_by: checkedBy }, was: before.facts });
    /** @type {{ words: string } | null} */
    let done = null;
    await dialog(say("publish_title"), (close) => this.#form(before, (words) => {
      done = { words };
      close();
    }, close), { wide: true });
    if (done === null) return;
    const { words } = /** @type {{ words: string }} */ (done);
    /** @type {{ versions: Version[] } | null} */
    const kept = words === say("published_now") ? await this.#ask("/studio/versions") : null;
    const old = kept?.versions.filter((one) => one.why !== "aside")[1];
    this.lent.tell(words, old && (() => void this.#do("/studio/show", { number: old.number }, say("went_back"))));
  }

  /**
   * The questions before a page is published.
   * @param {Before} before @param {(words: string) => void} done @param {() => void} close
   */
  #form(before, done, close) {
    const { language = "" } = this.opened ?? {};
    const wrong = make("div", { role: "alert", class: "missing" });
    const checked = before.wanted === "published" || before.facts.checked_by !== "";
    const yes = radio("checked", say("checked_yes"), checked);
    const no = radio("checked", say("checked_no"), !checked);
    /** @type {Record<string, HTMLInputElement>} */
    const fields = Object.fromEntries(
      ["checked_by", ...FACTS].map((key) => [key, make("input", { type: key === "facts_checked" || key === "review_by" ? "date" : "text", value: before.facts[key], lang: language, dir: "auto" })]),
    );
    const who = make("div", {}, labelled(say("who_checked"), fields.checked_by, say("who_checked_help")), proposal(before, fields.checked_by));
    const now = radio("when", say("publish_now"), !before.copy?.day);
    const later = radio("when", say("publish_later"), Boolean(before.copy?.day));
    const on = make("input", { type: "date", min: before.today, value: before.copy?.day ?? "" });
    const onDay = labelled(say("publish_day"), on, say("publish_day_help"));
    const send = make("button", { type: "submit", class: "main" }, say("publish"));
    const draw = () => {
      who.hidden = !yes.input.checked;
      onDay.hidden = !later.input.checked;
      send.textContent = later.input.checked ? say("plan") : say("publish");
    };
    /** @param {string[]} lacks */
    const lacking = (lacks) =>
      wrong.replaceChildren(...(lacks.length ? [make("p", {}, say("missing")), make("ul", {}, ...lacks.map((one) => make("li", {}, plainly(one))))] : []));
    for (const one of [yes, no, now, later]) one.input.addEventListener("change", draw);
    draw();
    lacking(before.missing.ready);
    /** @param {Event} event */
    const submit = async (event) => {
      event.preventDefault();
      if (later.input.checked && !on.value) {
        lacking([say("which_day")]);
        on.focus();
        return;
      }
      const facts = Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, field.value.trim()]).filter(([key, value]) => value !== (before.was ?? before.facts)[key]));
      const status = yes.input.checked ? "published" : "ready";
      const asked = { status, facts, day: later.input.checked ? on.value : "" };
      send.setAttribute("aria-disabled", "true");
      try {
        this.lent.take(await this.lent.server.post("/studio/publish", { ...this.#page, ...asked }));
        done(later.input.checked && on.value > before.today ? say("planned_for", { day: day(on.value) }) : say("published_now"));
      } catch (error) {
        if (error instanceof Refusal && error.status === 409) {
          close();
          await this.lent.meet(error.told);
        } else if (error instanceof Refusal) lacking(Array.isArray(error.told.missing) ? error.told.missing : [error.message]);
        else lacking([say("no_server")]);
      } finally {
        send.removeAttribute("aria-disabled");
      }
    };
    const count = before.changes.cards.length + before.changes.facts.length;
    return [
      make(
        "form",
        { onsubmit: submit },
        before.errors > 0 && before.missing.ready.length === 0 && make("p", { class: "note" }, say(before.errors === 1 ? "publish_error" : "publish_errors", { count: before.errors })),
        make("fieldset", {}, make("legend", {}, say("checked_question")), yes.row, who, no.row),
        make("fieldset", { class: "grid" }, make("legend", {}, say("facts_question")), ...FACTS.map((key) => labelled(say(`fact_${key}`), fields[key]))),
        make("fieldset", {}, make("legend", {}, say("when_question")), now.row, later.row, onDay),
        make("details", {}, make("summary", {}, say(count === 1 ? "one_change" : "changes", { count })), showChanges(before.changes, { language, page: this.lent.name })),
        wrong,
        make("p", { class: "buttons" }, send, button(say("cancel"), close)),
      ),
    ];
  }

  async #versions() {
    /** @type {{ versions: Version[] } | null} */
    const kept = await this.#ask("/studio/versions");
    if (!kept) return;
    const language = this.opened?.language ?? "";
    /** @type {(() => Promise<void>) | null} */
    let then = null;
    await dialog(
      say("versions"),
      (close) => {
        /** @param {() => Promise<void>} work */
        const after = (work) => async () => {
          if (!(await this.lent.saved())) return;
          then = work;
          close();
        };
        /** @param {Version} one */
        const row = (one) => {
          const place = make("div", { hidden: true });
          const look = button(say("what_differs"), async () => {
            if (!place.hidden) {
              place.hidden = true;
            } else {
              /** @type {{ changes: import("./types.d.ts").Changes } | null} */
              const version = await this.#ask("/studio/version", { number: String(one.number) });
              if (!version) return;
              place.replaceChildren(showChanges(version.changes, { language, page: this.lent.name }));
              place.hidden = false;
            }
            look.setAttribute("aria-expanded", String(!place.hidden));
          }, { "aria-expanded": "false", "aria-label": say("of_version", { words: say("what_differs"), number: one.number }) });
          return make(
            "li",
            { class: "version" },
            make("p", {}, make("strong", {}, say("version", { number: one.number })), " ", say(one.by ? `why_${one.why}` : "why_found", { by: one.by, when: moment(one.at), of: one.of }), " ", one.shown && make("span", { class: "mark published" }, say("visitors_see"))),
            make(
              "p",
              { class: "buttons" },
              !one.shown && look,
              !one.shown && this.opened?.publish === true && button(say("show_again"), after(() => this.#back(one.number)), { "aria-label": say("of_version", { words: say("show_again"), number: one.number }) }),
              button(say("go_on"), after(() => this.#goOn(one.number)), { "aria-label": say("of_version", { words: say("go_on"), number: one.number }) }),
            ),
            place,
          );
        };
        return [
          make("p", {}, say(kept.versions.length ? "versions_help" : "no_versions")),
          make("ol", { class: "versions" }, ...kept.versions.map(row)),
          make("p", { class: "buttons" }, button(say("close"), close, { class: "main" })),
        ];
      },
      { wide: true },
    );
    await /** @type {(() => Promise<void>) | null} */ (then)?.();
  }
}

/** What people have said through a link, for a person to confirm. @param {Before} before @param {HTMLInputElement} field */
function proposal({ proposed }, field) {
  if (!proposed) return null;
  const { who, people, easy, count, same } = proposed;
  const named = say("people_named", { who, count: people });
  const use = button(say("proposed_use", { who: named }), () => {
    field.value = named;
    field.focus();
  });
  const told = say(people === 1 ? "proposed_one" : "proposed_some", { who, people });
  return make("p", { class: "note" }, told, " ", say("people_easy", { easy, count }), " ", !same && say("people_other"), " ", use);
}

/** @param {string} name @param {string} words @param {boolean} isChosen */
function radio(name, words, isChosen) {
  const input = make("input", { type: "radio", name });
  input.checked = isChosen;
  return { input, row: make("label", { class: "choice" }, input, make("span", {}, words)) };
}

/** Says what is missing in the words of this page, and not of the page's file. @param {string} lack */
function plainly(lack) {
  const known = new Set(["checked_by", ...FACTS]);
  return lack
    .replace(/,? or make (it|the page) "status: \w+"/, "")
    .replace(/(?:Write it: )?\bcontact: "/, '"')
    .replace(/"(\w+)"/g, (all, key) => (key === "checked_by" ? `"${say("who_checked")}"` : known.has(key) ? `"${say(`fact_${key}`)}"` : all));
}

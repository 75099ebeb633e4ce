// Everything a visitor can do, by name: touch, keys and a switch call one table.
import { all, first, one, there } from "../dom.js";
import { current, goTo } from "../hands/things.js";
import { HELP } from "./trail.js";

/** Whether the second half of a list is shown. @param {HTMLElement} main */
export function isTurned(main) {
  return Boolean(first(main, "a.choice")?.hidden);
}

/** Shows the other half of a list that is too long for one screen. @param {HTMLElement} main */
export function turn(main) {
  if (!first(main, "a.choice[hidden]")) return; // all of it fits
  for (const choice of all(main, "a.choice")) choice.hidden = !choice.hidden;
}

/**
 * @param {object} on
 * @param {import("../types.d.ts").Now} on.now
 * @param {import("./sheet.js").Sheet} on.sheet
 * @param {import("../voice/speaker.js").Speaker} on.speaker
 * @param {import("../voice/message.js").Message} on.message
 * @param {import("../survey/survey.js").SurveyFlow} on.survey
 * @param {import("./settings.js").Settings} on.settings
 * @param {import("./meaning.js").Meaning} on.meaning
 * @param {(id: string, how?: {back?: boolean}) => unknown} on.open opens a page
 * @param {() => HTMLElement} on.heading the one that is shown
 * @param {() => void} on.here somebody is there
 * @param {() => unknown} on.finish ends the visit
 * @returns {Record<string, () => unknown>}
 */
export function actionsOf({ now, sheet, speaker, message, survey, settings, meaning, open, heading, here, finish }) {
  function close() {
    speaker.stop();
    meaning.close();
  }

  /** One step back: out of a sheet or a meaning, to the question before, or to where one was. */
  function back() {
    const { page, site, visit } = now;
    const info = site.pages[page];
    if (sheet.open) return sheet.close();
    if (meaning.open) return close();
    if (page === "home") return speaker.announce("first");
    if (info.survey && survey.canGoBack) return survey.back();
    return open(visit.came, { back: true });
  }

  function next() {
    const info = now.site.pages[now.page];
    if (info.survey) sheet.fold();
    if (!info.survey) return info.next ? open(info.next) : speaker.announce("last");
    return survey.canGoOn ? survey.next() : speaker.announce("last");
  }

  /** Speech that goes with every move, for people who do not see the screen: on, or off. */
  function speech() {
    const { root, visit } = now;
    here();
    if (visit.eyesFree) {
      visit.eyesFree = false;
      return speaker.announce("eyes_free_off");
    }
    if (!current(root)) goTo(heading());
    visit.eyesFree = true;
    message.show("eyes_free_on");
    return speaker.tell(there(current(root)), [{ word: "eyes_free_on" }]);
  }

  /** Goes to the other half of a list that is too long for one screen. */
  function more() {
    turn(now.main);
    goTo(one(now.main, "a.choice:not([hidden])"));
  }

  return {
    back,
    next,
    close,
    more,
    speech,
    finish,
    home: () => open("home"),
    help: () => (now.site.pages[HELP] ? open(HELP) : speaker.announce("ask_staff")),
    language: () => sheet.show("language"),
    settings: () => sheet.show("settings"),
    done: () => sheet.close(),
    escape: () => sheet.close(),
    listen: () => speaker.listen(),
    again: () => speaker.again(),
    bigger: () => settings.next("bigger"),
    colours: () => settings.next("colours"),
    pictures: () => settings.next("pictures"),
    speed: () => settings.next("speed"),
    volume: () => settings.next("volume"),
    skip: () => survey.skip(),
    send: () => survey.send(),
    readback: () => survey.readBack(),
    record: () => survey.record(),
    stop: () => survey.stop(),
    hear: () => survey.hear(),
    drop: () => survey.drop(),
  };
}

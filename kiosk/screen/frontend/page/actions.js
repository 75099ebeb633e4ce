// Everything a visitor can do, by name: touch, keys and a switch call one table.
import { there } from "../dom.js";
import { current, goTo } from "../hands/things.js";
import { HELP } from "./trail.js";

/**
 * @param {object} on
 * @param {import("../types.d.ts").Now} on.now
 * @param {import("./sheet.js").Sheet} on.sheet
 * @param {import("../voice/speaker.js").Speaker} on.speaker
 * @param {import("../voice/message.js").Message} on.message
 * @param {import("../survey/survey.js").SurveyFlow} on.survey
 * @param {import("./settings.js").Settings} on.settings
 * @param {import("./meaning.js").Meaning} on.meaning
 * @param {import("./onward.js").Onward} on.onward
 * @param {import("./paper.js").Paper} on.paper
 * @param {(id: string, how?: {back?: boolean}) => unknown} on.open opens a page
 * @param {() => HTMLElement} on.heading the one that is shown
 * @param {() => void} on.here somebody is there
 * @param {() => unknown} on.finish ends the visit
 * @returns {Record<string, () => unknown>}
 */
export function actionsOf({ now, sheet, speaker, message, survey, settings, meaning, onward, paper, open, heading, here, finish }) {
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
    if (!info.survey) return beside("next", "last");
    sheet.fold();
    if (survey.isOver) return speaker.announce("last");
    return speaker.announce(survey.canGoOn ? "next_here" : "send_here"); // no third way out of a question
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

  /** To a page beside this one in its part. @param {"before" | "next"} side @param {string} none what is said without one */
  function beside(side, none) {
    const to = now.site.pages[now.page][side];
    return to ? open(to) : speaker.announce(none);
  }

  return {
    back,
    next,
    close,
    more: () => onward.next(),
    before: () => beside("before", "first"),
    after: () => beside("next", "last"),
    speech,
    finish,
    end: finish, // the same, large, at the end of a survey
    home: () => open("home"),
    help: () => (now.site.pages[HELP] ? open(HELP) : speaker.announce("ask_staff")),
    language: () => sheet.show("language"),
    settings: () => sheet.show("settings"),
    take: () => {
      speaker.stop(); // it has words of its own to read
      sheet.show("take");
    },
    print: () => paper.print("page"),
    document: () => paper.print("document"),
    done: () => sheet.close(),
    escape: () => sheet.close(),
    // Our voice must not be in theirs.
    listen: () => (survey.isRecording ? message.show("recording") : speaker.listen()),
    again: () => (survey.isRecording ? message.show("recording") : speaker.again()),
    bigger: () => settings.next("bigger"),
    colours: () => settings.next("colours"),
    pictures: () => settings.next("pictures"),
    speed: () => settings.next("speed"),
    voice: () => settings.next("voice"),
    volume: () => settings.next("volume"),
    skip: () => survey.skip(),
    send: () => survey.send(),
    receipt: () => survey.receipt(),
    readback: () => survey.readBack(),
    record: () => survey.record(),
    stop: () => survey.stop(),
    hear: () => survey.hear(),
    drop: () => survey.drop(),
  };
}

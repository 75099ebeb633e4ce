// A person's voice as an answer: recorded only when asked, heard before it is sent, or taken away.
import { all, around, one, there } from "../dom.js";
import { Meter } from "./meter.js";
import { Microphone } from "./microphone.js";
import { Recording } from "./wav.js";

export class Recorder {
  /** @param {import("../voice/speaker.js").Speaker} speaker @param {import("../voice/message.js").Message} message */
  constructor(speaker, message) {
    this.speaker = speaker;
    this.message = message;
    this.microphone = new Microphone();
    /** @type {{question: HTMLElement, sound: Recording, meter: Meter} | null} while it records */
    this.running = null;
    /** @type {HTMLElement | null} the question whose recording is getting ready */
    this.waiting = null;
    /** @type {import("../types.d.ts").Voices} question -> audio/wav */
    this.voices = {};
    this.turn = 0; // whatever ends a recording also ends one that is still getting ready
    this.opening = false;
    /** @type {import("./microphone.js").Line | null} */
    this.line = null;
    this.address = ""; // of the voice that is heard
    // Nobody is listened to who does not see that they are.
    document.addEventListener("visibilitychange", () => document.hidden && this.stop());
  }

  /** @param {HTMLElement} question */
  async start(question) {
    if (this.running || this.opening) return undefined;
    this.speaker.stop();
    this.message.hide();
    const turn = ++this.turn;
    this.opening = true;
    this.waiting = question;
    one(question, ".recorder").dataset.state = "wait";
    /** @type {import("./microphone.js").Line} */
    let line;
    try {
      line = await this.microphone.open({
        heard: (piece) => turn === this.turn && this.#heard(piece),
        lost: () => void (turn === this.turn && this.#lost()),
      });
    } catch {
      if (turn !== this.turn) return undefined;
      this.#letGo();
      return this.speaker.announce("no_microphone");
    }
    if (turn !== this.turn) return line.close(); // somebody has gone on meanwhile
    this.line = line;
    // Our own voice is no part of it; and what tells of Stop is shown when Stop is.
    await this.speaker.announce("recording", { quiet: true });
    if (turn !== this.turn) return undefined;
    this.opening = false;
    this.waiting = null;
    const sound = new Recording(line.rate, Number(question.dataset.seconds));
    const meter = new Meter(question, sound, this.speaker.now.site.words, () => this.speaker.voice.cue("cue.wav"));
    this.running = { question, sound, meter };
    this.#silence(question, true);
    return undefined;
  }

  /** Ends the recording. It is in `voices` at once, until it is sent or taken away. */
  async stop() {
    const { running, voices } = this;
    this.#letGo();
    if (!running) return;
    const { question, sound } = running;
    const name = there(question.dataset.question);
    if (!sound.isSilent) voices[name] = sound.wav();
    const voice = voices[name];
    await null; // who has stopped it may go on in the same breath, or take it away
    if (question.hidden || !question.isConnected || this.voices[name] !== voice) return;
    this.offer(question);
    this.speaker.announce(voice ? "recorded" : "heard_nothing");
  }

  /** What was recorded for a question. @param {HTMLElement} question @returns {Blob | undefined} */
  voiceOf({ dataset }) {
    return this.voices[dataset.question ?? ""];
  }

  /** Takes up voices that were recorded before. @param {import("../types.d.ts").Voices} voices */
  restore(voices) {
    this.voices = { ...voices };
  }

  /** Leaves nothing of the voice for a question. @param {HTMLElement} question */
  remove({ dataset }) {
    delete this.voices[dataset.question ?? ""];
  }

  /** Ends the recording, and forgets all voices. */
  forget() {
    this.#letGo();
    this.#unload();
    this.voices = {};
  }

  /** @param {HTMLElement} question */
  async hear(question) {
    this.message.hide();
    this.#unload();
    const file = URL.createObjectURL(there(this.voiceOf(question)));
    this.address = file;
    await this.speaker.sound({ text: "", file, seconds: 0, words: [] });
    if (this.address === file) this.#unload();
  }

  /** @param {HTMLElement} question */
  drop(question) {
    this.#unload();
    this.remove(question);
    this.show(question, "record");
    return this.speaker.announce("dropped");
  }

  /** Shows what can be done with what was recorded, or that something can be. @param {HTMLElement} question */
  offer(question) {
    this.show(question, ...(this.voiceOf(question) ? ["hear", "drop"] : ["record"]));
  }

  /** Shows the buttons that make sense now, and puts the focus on the first. @param {HTMLElement} question @param {string[]} names */
  show(question, ...names) {
    const [first] = names;
    if (first === "record") this.microphone.prepare();
    for (const button of all(question, ".recorder button"))
      button.hidden = !names.includes(button.dataset.action ?? "");
    one(question, ".recorder").dataset.state = first;
    one(question, `[data-action=${first}]`).focus();
  }

  /** @param {Float32Array} piece */
  #heard(piece) {
    if (!this.running) return; // it is open, and we still say so
    const { question, sound, meter } = this.running;
    const isFirst = !sound.length;
    sound.add(piece);
    meter.heard(piece);
    if (isFirst) {
      this.show(question, "stop");
      this.message.show("recording");
    }
    if (sound.isFull) this.stop();
  }

  /** What was said so far is kept. */
  #lost() {
    const { running } = this;
    this.stop();
    if (!running?.sound.length) this.speaker.announce("no_microphone");
  }

  #letGo() {
    this.turn++;
    this.line?.close();
    if (this.running) this.#silence(this.running.question, false);
    if (this.waiting) one(this.waiting, ".recorder").dataset.state = "record";
    this.line = this.running = this.waiting = null;
    this.opening = false;
  }

  /** While it records nothing may speak: Listen and Again are off. @param {HTMLElement} question @param {boolean} on */
  #silence(question, on) {
    const bar = around(question, "#kiosk")?.querySelectorAll(".bar :is([data-action=listen], [data-action=again])");
    for (const button of bar ?? []) button.ariaDisabled = String(on);
  }

  #unload() {
    URL.revokeObjectURL(this.address);
    this.address = "";
  }
}

// A person's voice as an answer: recorded only when asked, heard before it is sent, or taken away.
import { all, one, there } from "../dom.js";
import { Microphone } from "./microphone.js";
import { Recording } from "./wav.js";

export class Recorder {
  /** @param {import("../voice/speaker.js").Speaker} speaker @param {import("../voice/message.js").Message} message */
  constructor(speaker, message) {
    this.speaker = speaker;
    this.message = message;
    this.microphone = new Microphone();
    /** @type {{question: HTMLElement, sound: Recording} | null} while it records */
    this.running = null;
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
    /** @type {import("./microphone.js").Line} */
    let line;
    try {
      line = await this.microphone.open({
        heard: (piece) => turn === this.turn && this.#heard(piece),
        lost: () => void (turn === this.turn && this.#lost()),
      });
    } catch {
      if (turn !== this.turn) return undefined;
      this.opening = false;
      return this.speaker.announce("no_microphone");
    }
    if (turn !== this.turn) return line.close(); // somebody has gone on meanwhile
    this.line = line;
    await this.speaker.announce("recording"); // our own voice is no part of it
    if (turn !== this.turn) return undefined;
    this.opening = false;
    this.running = { question, sound: new Recording(line.rate, Number(question.dataset.seconds)) };
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
    this.show(question, ...(voice ? ["hear", "drop"] : ["record"]));
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
    const { question, sound } = this.running;
    const isFirst = !sound.length;
    sound.add(piece);
    if (isFirst) this.show(question, "stop");
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
    this.line = this.running = null;
    this.opening = false;
  }

  #unload() {
    URL.revokeObjectURL(this.address);
    this.address = "";
  }
}

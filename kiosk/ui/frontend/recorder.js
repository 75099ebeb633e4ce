// A person's voice as an answer: recorded only when asked, heard before it is sent, or taken away.

const BITS_A_SECOND = 24000; // plenty for speech; a minute is under 200 KB
const KINDS = ["audio/webm;codecs=opus", "audio/webm", "audio/mp4"];

export class Recorder {
  /** @param {import("./screen.js").Kiosk} kiosk */
  constructor(kiosk) {
    this.kiosk = kiosk;
    this.running = null; // {recorder, stream, question}
    /** @type {Record<string, string>} question -> data: URL */
    this.voices = {};
  }

  /** @param {HTMLElement} question */
  async start(question) {
    const { kiosk } = this;
    kiosk.speaker.stop();
    kiosk.hide();
    const visit = kiosk.visit;
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      return kiosk.announce("no_microphone");
    }
    if (kiosk.visit !== visit || !question.isConnected || this.running) {
      end(stream);
      return undefined;
    }
    await kiosk.announce("recording");
    const parts = [];
    const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS_A_SECOND });
    this.running = { recorder, stream, question };
    recorder.ondataavailable = (event) => parts.push(event.data);
    recorder.onstop = () => this.#stopped(new Blob(parts, { type: recorder.mimeType }), stream, question);
    recorder.start(500);
    this.limit = setTimeout(() => this.stop(), Number(question.dataset.seconds) * 1000);
    this.show(question, "stop");
    return undefined;
  }

  /** Ends the recording; it is kept until it is sent or taken away. */
  stop() {
    clearTimeout(this.limit);
    if (this.running?.recorder.state === "recording") this.running.recorder.stop();
  }

  /** Ends the recording, and forgets all voices. */
  forget() {
    if (this.running) {
      this.running.recorder.onstop = null;
      end(this.running.stream);
    }
    clearTimeout(this.limit);
    this.running = null;
    this.voices = {};
  }

  /** @param {HTMLElement} question */
  hear(question) {
    const file = this.voices[question.dataset.question];
    this.kiosk.hide();
    return this.kiosk.speaker.sound({ text: "", file, seconds: 0, words: [] });
  }

  /** @param {HTMLElement} question */
  drop(question) {
    delete this.voices[question.dataset.question];
    this.show(question, "record");
    return this.kiosk.announce("dropped");
  }

  /** Shows the buttons that make sense now, and puts the focus on the first. */
  show(question, first, ...others) {
    const all = [first, ...others];
    for (const one of question.querySelectorAll(".recorder button")) one.hidden = !all.includes(one.dataset.action);
    question.querySelector(".recorder").dataset.state = first;
    question.querySelector(`[data-action=${first}]`).focus();
  }

  async #stopped(sound, stream, question) {
    end(stream);
    this.running = null;
    const url = await asUrl(sound);
    if (!question.isConnected) return;
    this.voices[question.dataset.question] = url;
    this.show(question, "hear", "drop");
    this.kiosk.announce("recorded");
  }
}

function end(stream) {
  for (const track of stream.getTracks()) track.stop();
}

/** @param {Blob} sound @returns {Promise<string>} */
function asUrl(sound) {
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(sound);
  });
}

// The microphone: opened when somebody asks for it, and let go the moment they have done.

const TAPE = new URL("./tape.js", import.meta.url).href;
const ASKED = {
  audio: {
    channelCount: 1,
    echoCancellation: true, // the ticks of a switch, or a screen reader of the person's own
    noiseSuppression: true,
    autoGainControl: true, // some people speak very quietly
  },
};
const SILENT_MS = 5000; // without a sample, not even a quiet one: it does not work

/**
 * @typedef {object} Line an open microphone
 * @property {number} rate samples a second
 * @property {() => void} close lets it go
 */

export class Microphone {
  /** @type {AudioContext | null} */
  #context = null;
  /** @type {Promise<AudioContext> | null} the context, once it has our tape */
  #loaded = null;

  /** Brings what recording needs, while the kiosk is there. It asks for no microphone. */
  prepare() {
    this.#load().catch(() => {}); // told when somebody wants to record
  }

  /**
   * Asks for the microphone, and waits until it gives sound. Any error: it cannot be had.
   * @param {object} tell
   * @param {(piece: Float32Array) => void} tell.heard from the first piece on, until it is closed
   * @param {() => void} tell.lost it was taken away, or gives nothing any more; it is closed
   * @returns {Promise<Line>}
   */
  async open({ heard, lost }) {
    // A plain-http address of another computer has no mediaDevices, an old browser no worklet.
    const asked = navigator.mediaDevices.getUserMedia(ASKED);
    try {
      const [context, stream] = await Promise.all([this.#load(), asked]);
      return await this.#listen(context, stream, heard, lost);
    } catch (error) {
      asked.then(end, () => {}); // also when the person says yes only now
      throw error;
    }
  }

  /**
   * @param {AudioContext} context @param {MediaStream} stream
   * @param {(piece: Float32Array) => void} heard @param {() => void} lost @returns {Promise<Line>}
   */
  #listen(context, stream, heard, lost) {
    const source = context.createMediaStreamSource(stream);
    const node = new AudioWorkletNode(context, "kiosk-tape", { channelCount: 1, channelCountMode: "explicit" });
    const [track] = stream.getAudioTracks();
    let watch = 0;
    let changed = () => {};
    const close = () => {
      clearTimeout(watch);
      node.port.onmessage = track.onended = null;
      context.removeEventListener("statechange", changed);
      node.port.postMessage("over");
      source.disconnect();
      node.disconnect();
      end(stream);
      if (context.state === "running") context.suspend().catch(() => {});
    };
    return new Promise((opened, failed) => {
      let tell = () => failed(new Error("The microphone gives nothing."));
      const gone = () => {
        close();
        this.#forget(); // the sound of this browser may be what is broken
        tell();
      };
      const live = () => {
        clearTimeout(watch);
        watch = setTimeout(gone, SILENT_MS);
      };
      changed = () => void (context.state !== "running" && gone());
      track.onended = gone;
      node.port.onmessage = ({ data }) => {
        live();
        if (tell !== lost) {
          tell = lost;
          // Only now: it may still be on its way from "suspended" to "running" before.
          context.addEventListener("statechange", changed);
          opened({ rate: context.sampleRate, close });
        }
        heard(data);
      };
      live();
      source.connect(node).connect(context.destination); // silence: some browsers pull only what leads there
      context.resume().catch(() => {});
    });
  }

  /** @returns {Promise<AudioContext>} */
  #load() {
    this.#loaded ??= (async () => {
      const context = (this.#context = new AudioContext());
      await context.audioWorklet.addModule(TAPE);
      return context;
    })().catch((error) => {
      this.#forget();
      throw error;
    });
    return this.#loaded;
  }

  /** The next one begins with a new context. */
  #forget() {
    this.#context?.close().catch(() => {});
    this.#context = this.#loaded = null;
  }
}

/** @param {MediaStream} stream */
function end(stream) {
  for (const track of stream.getTracks()) track.stop();
}

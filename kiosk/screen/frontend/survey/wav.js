// A recording as it is sent: WAV, 16,000 samples a second, 16 bit, one channel. Plenty for speech.

export const RATE = 16000;
const HEADER = 44; // bytes
const LOBES = 24; // of the filter, to each side: more make it steeper
const PASSED = 0.9; // of what the lower of the two rates can hold; the rest is the filter's slope
const QUIET = 1 / 1000; // of the loudest: no microphone that hears a person gives less
const JUDGED_SECONDS = 1; // a shorter silence may be a person who takes a breath

/** Brings sound to our rate, piece by piece. What that rate cannot hold is filtered out first. */
export class Resampler {
  /** @param {number} from samples a second */
  constructor(from) {
    const common = divisor(from, RATE);
    this.up = RATE / common;
    this.down = from / common;
    this.cut = PASSED * Math.min(1, RATE / from); // of what `from` can hold
    this.half = Math.ceil(LOBES / this.cut); // samples to each side that make a new one
    /** @type {Map<number, Float64Array>} the filter, by how far between two samples the new one is */
    this.filters = new Map();
    this.waiting = new Float32Array(this.half); // silence before the first sample
    this.at = this.half; // the sample in `waiting` at or before the next new one ...
    this.phase = 0; // ... and how far behind it that is, in parts of `up`
  }

  /** @param {Float32Array} piece @returns {Float32Array} */
  add(piece) {
    const { half, up, down } = this;
    const all = new Float32Array(this.waiting.length + piece.length);
    all.set(this.waiting);
    all.set(piece, this.waiting.length);
    const made = new Float32Array(Math.ceil((all.length * up) / down) + 1);
    let count = 0;
    while (this.at + half < all.length) {
      const filter = this.#filter(this.phase);
      const first = this.at - half + 1;
      let sum = 0;
      for (let i = 0; i < filter.length; i++) sum += filter[i] * all[first + i];
      made[count++] = sum;
      this.phase += down;
      this.at += Math.floor(this.phase / up);
      this.phase %= up;
    }
    const old = Math.min(Math.max(0, this.at - half + 1), all.length);
    this.waiting = all.slice(old);
    this.at -= old;
    return made.subarray(0, count);
  }

  /** A windowed sinc (Blackman). @param {number} phase */
  #filter(phase) {
    const { half, cut, up } = this;
    let filter = this.filters.get(phase);
    if (filter) return filter;
    filter = new Float64Array(2 * half);
    let sum = 0;
    for (let i = 0; i < filter.length; i++) {
      const x = i - half + 1 - phase / up;
      const turn = (Math.PI * x) / half;
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * cut * x) / (Math.PI * cut * x);
      filter[i] = sinc * (0.42 + 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn));
      sum += filter[i];
    }
    for (let i = 0; i < filter.length; i++) filter[i] /= sum;
    this.filters.set(phase, filter);
    return filter;
  }
}

/** The sound of one recording, as it grows. A minute takes 2 MB. */
export class Recording {
  /** @param {number} from samples a second of what is added @param {number} most seconds */
  constructor(from, most) {
    this.resampler = new Resampler(from);
    this.most = most * RATE;
    /** @type {Int16Array[]} */
    this.pieces = [];
    this.length = 0;
    this.loudest = 0;
  }

  /** @param {Float32Array} piece */
  add(piece) {
    const heard = this.resampler.add(piece).subarray(0, this.most - this.length);
    const kept = new Int16Array(heard.length);
    heard.forEach((one, i) => {
      kept[i] = Math.round(Math.min(1, Math.max(-1, one)) * 0x7fff);
      this.loudest = Math.max(this.loudest, Math.abs(one));
    });
    this.pieces.push(kept);
    this.length += kept.length;
  }

  get isFull() {
    return this.length >= this.most;
  }

  /** Whether nobody can be heard in it: the microphone is switched off, or hears nothing. */
  get isSilent() {
    return !this.length || (this.length >= JUDGED_SECONDS * RATE && this.loudest < QUIET);
  }

  /** @returns {Blob} */
  wav() {
    const size = this.length * 2;
    const view = new DataView(new ArrayBuffer(HEADER + size));
    const text = (/** @type {number} */ at, /** @type {string} */ letters) => [...letters].forEach((one, i) => view.setUint8(at + i, one.charCodeAt(0)));
    text(0, "RIFF");
    view.setUint32(4, HEADER - 8 + size, true);
    text(8, "WAVEfmt ");
    view.setUint32(16, 16, true);
    view.setUint16(20, 1, true); // PCM
    view.setUint16(22, 1, true); // channels
    view.setUint32(24, RATE, true);
    view.setUint32(28, RATE * 2, true);
    view.setUint16(32, 2, true); // bytes of a sample
    view.setUint16(34, 16, true); // bits of a sample
    text(36, "data");
    view.setUint32(40, size, true);
    let at = HEADER;
    for (const piece of this.pieces) for (const one of piece) view.setInt16((at += 2) - 2, one, true);
    return new Blob([view], { type: "audio/wav" });
  }
}

/** The greatest that divides both. @param {number} a @param {number} b @returns {number} */
function divisor(a, b) {
  return b ? divisor(b, a % b) : a;
}

/// <reference path="./worklet.d.ts" />
// Runs beside the screen, on the browser's thread for sound, and hands over what is heard.
// It is no module of the page: microphone.js gives it to the browser by its address.

const PIECE = 1024; // samples that are handed over at once: about 20 ms

class Tape extends AudioWorkletProcessor {
  constructor() {
    super();
    this.piece = new Float32Array(PIECE);
    this.filled = 0;
    this.over = false;
    this.port.onmessage = () => (this.over = true);
  }

  /** @param {Float32Array[][]} inputs @returns {boolean} whether it goes on */
  process([[heard]]) {
    if (this.over) return false; // else the browser would keep it for ever
    for (const sample of heard ?? []) {
      this.piece[this.filled++] = sample;
      if (this.filled < PIECE) continue;
      this.port.postMessage(this.piece, [this.piece.buffer]);
      this.piece = new Float32Array(PIECE);
      this.filled = 0;
    }
    return true;
  }
}

registerProcessor("kiosk-tape", Tape);

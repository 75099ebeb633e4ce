// The sound of a recording: taken from the tape, brought to our rate, and written as WAV.
import assert from "node:assert/strict";
import { test } from "node:test";

import { RATE, Recording, Resampler } from "../../../kiosk/screen/frontend/survey/wav.js";

const note = (rate, seconds, hertz) =>
  Float32Array.from({ length: rate * seconds }, (_, at) => Math.sin((2 * Math.PI * hertz * at) / rate) / 2);

test("the new rate has as many samples as the time needs, in whatever pieces the sound comes", () => {
  const sound = note(44_100, 0.5, 440);
  const whole = new Resampler(44_100).add(sound);
  assert.ok(Math.abs(whole.length - RATE / 2) < 60);
  const one = new Resampler(44_100);
  const pieces = [];
  for (let at = 0; at < sound.length; at += 128) pieces.push(...one.add(sound.slice(at, at + 128)));
  assert.deepEqual(pieces, [...whole]);
});

test("a recording ends when it is full", () => {
  const recording = new Recording(48_000, 0.5);
  recording.add(note(48_000, 0.25, 440));
  assert.ok(!recording.isFull);
  recording.add(note(48_000, 1, 440));
  assert.ok(recording.isFull);
  assert.equal(recording.length, RATE / 2);
});

test("silence that lasts is nobody; a short one may be a breath, and nothing is nobody too", () => {
  const heard = (sound) => {
    const recording = new Recording(16_000, 60);
    recording.add(sound);
    return recording.isSilent;
  };
  assert.ok(heard(new Float32Array(32_000)));
  assert.ok(!heard(new Float32Array(8_000)));
  assert.ok(!heard(note(16_000, 2, 440)));
  assert.ok(new Recording(16_000, 60).isSilent);
});

test("a WAV says what is in it, and too loud is as loud as can be", async () => {
  const recording = new Recording(16_000, 1);
  recording.add(new Float32Array(4_000).fill(3));
  const blob = recording.wav();
  assert.equal(blob.type, "audio/wav");
  const view = new DataView(await blob.arrayBuffer());
  const text = (at) => String.fromCharCode(...new Uint8Array(view.buffer, at, 4));
  assert.deepEqual([0, 8, 12, 36].map(text), ["RIFF", "WAVE", "fmt ", "data"]);
  assert.equal(view.getUint32(4, true), view.byteLength - 8);
  assert.deepEqual([view.getUint16(22, true), view.getUint32(24, true), view.getUint16(34, true)], [1, RATE, 16]);
  assert.equal(view.getUint32(40, true), recording.length * 2);
  assert.equal(view.getInt16(44 + 2 * 2000, true), 0x7fff);
});

test("the tape hands over whole pieces, and stops when it is told to", async () => {
  const { port1, port2 } = new MessageChannel();
  let Tape;
  globalThis.AudioWorkletProcessor = class {
    port = port1;
  };
  globalThis.registerProcessor = (name, kind) => ([, Tape] = [name, kind]);
  await import("../../../kiosk/screen/frontend/survey/tape.js");
  const tape = new Tape();
  const next = () => new Promise((done) => port2.addEventListener("message", ({ data }) => done(data), { once: true }));
  port2.start();
  const first = next();
  for (let at = 0; at < 1024; at += 128) assert.ok(tape.process([[new Float32Array(128).fill(at)]]));
  const piece = await first;
  assert.equal(piece.length, 1024);
  assert.deepEqual([piece[0], piece[1023]], [0, 896]);
  assert.ok(tape.process([[]])); // nothing is connected yet
  const told = new Promise((done) => port1.addEventListener("message", done, { once: true }));
  port2.postMessage("over");
  await told;
  assert.ok(!tape.process([[new Float32Array(128)]]));
  port1.close();
});

// A person's voice. What was recorded is no given text: the survey's recorder has it.
import { declare } from "../controls.js";

declare("recorder", {
  given: () => "",
  give() {},
  clear() {},

  ready(question, { recorder }) {
    recorder.offer(question);
  },

  press() {},
});

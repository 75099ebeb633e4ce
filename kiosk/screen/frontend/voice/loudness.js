// The steps of the volume.

export const STEPS = 5;

/** How loud a step is, 0 to 1: 6 dB a step, 24 dB in all. @param {number} step 1 to STEPS */
export function loudness(step) {
  return 2 ** (step - STEPS);
}

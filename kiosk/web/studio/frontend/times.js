// Days and moments, as staff read them.

/** @param {string} at */
export function moment(at) {
  return new Date(at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}

/** @param {string} [on] */
export function day(on) {
  return on ? new Date(`${on}T12:00:00`).toLocaleDateString("en-GB", { dateStyle: "long" }) : "";
}

// What waits is sent as long as the page is open.

const RETRY_MS = 3000; // how often it is looked whether something in the outbox is due
const LEFT_MS = 60_000; // how often it is looked for answers that a window has left behind

/** @param {import("./drafts.js").Drafts} drafts @param {import("./outbox.js").Outbox} outbox */
export async function sendAlways(drafts, outbox) {
  await outbox.takeOver().catch(() => {}); // no room: it stays where it is
  drafts.releaseLeft();
  outbox.sendAll();
  setInterval(() => outbox.sendAll(), RETRY_MS);
  setInterval(() => drafts.releaseLeft(), LEFT_MS);
}

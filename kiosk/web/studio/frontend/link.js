// The link by which people check a page: its secret is sent, and the browser gets a cookie for it.

/** @param {string} address @param {object} body @returns {Promise<Record<string, unknown>>} */
export async function send(address, body) {
  const headers = { "Content-Type": "application/json" };
  const reply = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(String(reply.status));
  return await reply.json();
}

/** Opens a link; says which one it is. @param {string} secret */
export async function open(secret) {
  return await send("open", { secret });
}

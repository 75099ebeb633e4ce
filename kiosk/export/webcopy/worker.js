// Works beside the page of a web copy, and keeps what that needs without a network. The export puts
// before it what it is to keep. It gives what it has without a look at the server: all of a page is
// of one release. A newer one comes meanwhile, and is shown when the copy is opened the next time.

/**
 * @typedef {object} Release
 * @property {string} name another one for each release
 * @property {string[]} core what the first page and every other need
 * @property {string} rest the file with all pages and pictures, and what they say
 */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const release = /** @type {Release} */ (Reflect.get(self, "release"));

const TOP = new URL("./", worker.location.href);
// Copies in other folders of this server have stores of their own.
const OURS = `kiosk ${TOP.pathname} `;
const PAGES = `${OURS}${release.name}`;
const SOUNDS = `${OURS}sounds`; // each is named by what it says: a newer release goes on with them
const MOST_SOUNDS = 4000; // some 40 MB; those that came first go
const LOOK_AFTER = 100; // sounds that have come
let come = 0;
/** @type {Record<string, string>} */
const TYPES = { html: "text/html", json: "application/json", svg: "image/svg+xml" };

/** @param {string} address as the page sees it */
const here = (address) => new URL(address, TOP).href;

/** What is to be kept of a reply: one that came by a redirect may not open a page. @param {Response} reply */
async function plain(reply) {
  return reply.redirected ? new Response(await reply.blob(), { headers: reply.headers }) : reply;
}

async function keepCore() {
  const store = await caches.open(PAGES);
  await Promise.all(
    release.core.map(async (address) => {
      const reply = await fetch(here(address), { cache: "no-cache" });
      if (!reply.ok) throw new Error(`${address} is not there.`);
      await store.put(here(address), await plain(reply));
    }),
  );
}

/** All pages and pictures come in one file. A browser that cannot open that keeps what it shows. */
async function keepRest() {
  if (!globalThis.DecompressionStream) return;
  const reply = await fetch(here(release.rest), { cache: "no-cache" });
  if (!reply.ok || !reply.body) throw new Error("The pages are not there.");
  /** @type {Record<string, string>} */
  const files = await new Response(reply.body.pipeThrough(new DecompressionStream("gzip"))).json();
  const store = await caches.open(PAGES);
  for (const [address, text] of Object.entries(files)) {
    const type = TYPES[address.split(".").pop() ?? ""];
    await store.put(here(address), new Response(text, { headers: { "Content-Type": `${type}; charset=utf-8` } }));
  }
}

async function forgetOld() {
  const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && ![PAGES, SOUNDS].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  await forgetSounds();
  await worker.clients.claim();
}

/** Each language that somebody chose has its sounds here: no phone is filled by that. */
async function forgetSounds() {
  const sounds = await caches.open(SOUNDS);
  const kept = await sounds.keys();
  for (const one of kept.slice(0, Math.max(0, kept.length - MOST_SOUNDS))) await sounds.delete(one);
}

/** The part of a reply that is asked for: players of sound want parts. @param {Request} request @param {Response} reply */
async function part(request, reply) {
  const asked = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("Range") ?? "");
  if (!asked) return reply;
  const data = await reply.arrayBuffer();
  const from = Number(asked[1]);
  const to = Math.min(asked[2] ? Number(asked[2]) : Infinity, data.byteLength - 1);
  const headers = new Headers({ "Content-Type": reply.headers.get("Content-Type") ?? "audio/mpeg" });
  headers.set("Accept-Ranges", "bytes");
  if (from > to) {
    headers.set("Content-Range", `bytes */${data.byteLength}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set("Content-Range", `bytes ${from}-${to}/${data.byteLength}`);
  headers.set("Content-Length", String(to - from + 1));
  return new Response(data.slice(from, to + 1), { status: 206, headers });
}

/** @param {Request} request @param {string} address without what stands after "?" */
async function answer(request, address) {
  const isSound = address.startsWith(here("clips/"));
  const store = await caches.open(isSound ? SOUNDS : PAGES);
  const kept = await store.match(address);
  if (kept) return part(request, kept);
  const reply = await fetch(address);
  if (reply.status !== 200) return reply;
  const whole = await plain(reply);
  await store.put(address, whole.clone()).catch(() => {}); // no room: it plays all the same
  if (isSound && come++ % LOOK_AFTER === 0) await forgetSounds();
  return part(request, whole);
}

worker.addEventListener("install", (event) => event.waitUntil(Promise.all([keepCore(), keepRest()])));
worker.addEventListener("activate", (event) => event.waitUntil(forgetOld()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  let address = origin + pathname;
  if (request.method !== "GET" || !address.startsWith(TOP.href)) return;
  if (address === here("index.html")) address = TOP.href;
  // Papers and the like lie here too: only the screen itself is kept.
  const isOurs = address === TOP.href || release.core.includes(address.slice(TOP.href.length));
  if (isOurs || /^(pages|narration|clips|files)\//.test(address.slice(TOP.href.length)))
    event.respondWith(answer(request, address));
});

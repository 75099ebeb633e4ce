// The browser's own store for answers: it outlives a reload, a crash and a power cut.
// What is not confirmed is never in it, and no screen reads what waits in it.

const NAME = "kiosk-answers";
const OPEN_MS = 3000; // a browser that never answers has no store for us

/** What waits to be sent, and what may still be changed. */
export const WAITING = "waiting";
export const DRAFTS = "drafts";
const STORES = [WAITING, DRAFTS];

/**
 * @typedef {object} Entry
 * @property {string} id that of the answer
 * @property {import("../types.d.ts").Answer} answer what is posted
 * @property {import("../types.d.ts").Voices} voices
 * @property {number} [at] when a draft was changed last, by the clock of the computer
 *
 * @typedef {Omit<Entry, "voices"> & {voices: Record<string, {type: string, bytes: ArrayBuffer}>}} Kept
 */

export class Box {
  /** @param {string} below that of the host */
  constructor(below) {
    this.below = below;
    /** @type {Promise<IDBDatabase> | null} */
    this.opening = null;
    /** @type {Promise<unknown>} */
    this.wiping = Promise.resolve(); // nothing else is done while the files are thrown away
    this.hasTraces = true; // of an earlier life of this page, as far as we know
    /** @type {Record<string, Map<string, Entry>>} what the browser had no room for */
    this.memory = { [WAITING]: new Map(), [DRAFTS]: new Map() };
  }

  /**
   * Keeps an entry, and takes its draft away in the same step.
   * @param {string} store @param {Entry} entry @param {Entry[]} [others] that are kept in the same step
   * @returns {Promise<boolean>} whether it is safe on disk; otherwise it is only in memory
   */
  async keep(store, entry, others = []) {
    const all = [entry, ...others];
    try {
      const written = await Promise.all(all.map(asBytes));
      await this.#transact("readwrite", (of) => {
        if (store === WAITING) of(DRAFTS).delete(entry.id);
        return written.map((one) => of(store).put(one))[0];
      });
      for (const one of all) this.#forget(one.id);
      return true;
    } catch {
      if (store === WAITING) this.#forget(entry.id);
      for (const one of all) this.memory[store].set(one.id, one);
      return false;
    }
  }

  /** Every id in a store, oldest first. @param {string} store @returns {Promise<string[]>} */
  async ids(store) {
    /** @param {(store: string) => IDBObjectStore} of @returns {IDBRequest<IDBValidKey[]>} */
    const asked = (of) => of(store).getAllKeys();
    const kept = (await this.#transact("readonly", asked).catch(() => [])).map(String);
    return [...new Set([...kept, ...this.memory[store].keys()])].sort();
  }

  /**
   * Reads one entry; fails when it is damaged. Each is read by itself, so that it harms no other.
   * @param {string} store @param {string} id @returns {Promise<Entry | undefined>}
   */
  async get(store, id) {
    const inMemory = this.memory[store].get(id);
    if (inMemory) return inMemory;
    /** @param {(store: string) => IDBObjectStore} of @returns {IDBRequest<Kept | undefined>} */
    const asked = (of) => of(store).get(id);
    const kept = await this.#transact("readonly", asked);
    return kept && asBlobs(kept);
  }

  /** Takes an entry away. @param {string} store @param {string} id */
  async drop(store, id) {
    this.memory[store].delete(id);
    if (await this.#database().catch(() => null))
      await this.#transact("readwrite", (of) => of(store).delete(id));
  }

  /** Tries again to bring what waits in memory to the disk. */
  async settle() {
    for (const one of [...this.memory[WAITING].values()]) await this.keep(WAITING, one);
  }

  /**
   * Lets the files be thrown away if nothing waits in them: what was taken out has left traces there.
   * @param {() => Promise<boolean>} clear does it, and tells whether it is done
   */
  async wipe(clear) {
    if (!this.hasTraces) return;
    /** @type {(value?: unknown) => void} */
    let done = () => {};
    this.wiping = new Promise((end) => (done = end));
    try {
      if (await this.#isEmpty()) {
        (await this.opening)?.close();
        this.opening = null;
        this.hasTraces = !(await clear());
      }
    } catch {
      // The next time tries again.
    } finally {
      done();
    }
  }

  /** Nothing is written to files that may be on their way out; what cannot wait stays in memory. */
  #untilWiped() {
    /** @type {Promise<never>} */
    const late = new Promise((_, fail) => {
      setTimeout(() => fail(new Error("The browser's store is thrown away.")), OPEN_MS);
    });
    return Promise.race([this.wiping, late]);
  }

  async #isEmpty() {
    if (STORES.some((one) => this.memory[one].size)) return false;
    // To write, and it writes nothing: so it waits for all that others have begun to write.
    const database = await this.#database();
    const step = database.transaction(STORES, "readwrite");
    const counts = STORES.map((one) => step.objectStore(one).count());
    await new Promise((end, fail) => Object.assign(step, { oncomplete: end, onabort: fail }));
    return counts.every(({ result }) => result === 0);
  }

  /** @param {string} id */
  #forget(id) {
    for (const one of STORES) this.memory[one].delete(id);
  }

  /**
   * Does something in one step. @template Found @param {IDBTransactionMode} mode
   * @param {(of: (store: string) => IDBObjectStore) => IDBRequest<Found>} work
   * @returns {Promise<Found>} what the last request found
   */
  async #transact(mode, work) {
    await this.#untilWiped();
    const database = await this.#database();
    if (mode === "readwrite") this.hasTraces = true;
    return new Promise((done, fail) => {
      // Strict: it is done when it is on the disk, and not only on its way there.
      const step = database.transaction(STORES, mode, { durability: "strict" });
      const asked = work((store) => step.objectStore(store));
      step.oncomplete = () => done(asked.result);
      step.onabort = () => fail(step.error ?? new Error("The browser has stopped it."));
    });
  }

  #database() {
    this.opening ??= opened(`${NAME}${this.below}`, () => (this.opening = null)).catch((error) => {
      this.opening = null; // the next time tries again
      throw error;
    });
    return this.opening;
  }
}

/**
 * @param {string} name @param {() => void} closed it is called when the browser closes it
 * @returns {Promise<IDBDatabase>}
 */
function opened(name, closed) {
  return new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Error("The browser's store does not open.")), OPEN_MS);
    const asked = indexedDB.open(name, 1);
    asked.onupgradeneeded = () => {
      for (const store of STORES) asked.result.createObjectStore(store, { keyPath: "id" });
    };
    asked.onerror = () => fail(asked.error);
    asked.onsuccess = () => {
      clearTimeout(late);
      asked.result.onclose = closed;
      asked.result.onversionchange = () => {
        asked.result.close();
        closed();
      };
      done(asked.result);
    };
  });
}

// Bytes, not Blobs: those are files of their own in the browser, and some browsers lose them.

/** @param {Entry} entry @returns {Promise<Kept>} */
async function asBytes(entry) {
  /** @type {Kept["voices"]} */
  const voices = {};
  for (const [question, sound] of Object.entries(entry.voices))
    voices[question] = { type: sound.type, bytes: await sound.arrayBuffer() };
  return { ...entry, voices };
}

/** @param {Kept} kept @returns {Entry} */
function asBlobs(kept) {
  /** @type {import("../types.d.ts").Voices} */
  const voices = {};
  for (const [question, { type, bytes }] of Object.entries(kept.voices)) voices[question] = new Blob([bytes], { type });
  return { ...kept, voices };
}

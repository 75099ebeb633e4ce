// What is asked of the server. Nothing that is typed depends on its answer: words stay in the browser.

/** @typedef {import("./types.d.ts").Me} Me */

/** What the server refuses; `told` is what it says. */
export class Refusal extends Error {
  /** @param {number} status @param {Record<string, unknown>} told */
  constructor(status, told) {
    super(typeof told.error === "string" ? told.error : "");
    this.status = status;
    this.told = told;
  }
}

export class Server {
  /** @type {Me | null} */
  me = null;
  /** Is called when nobody is signed in any more; resolves when somebody is. @type {() => Promise<void>} */
  signIn = async () => {};

  /** @template T @param {string} address @param {Record<string, string>} [asked] @returns {Promise<T>} */
  async get(address, asked = {}) {
    return await this.#ask(() => fetch(`${address}?${new URLSearchParams(asked)}`));
  }

  /** @template T @param {string} address @param {object} [body] @returns {Promise<T>} */
  async post(address, body = {}) {
    const text = JSON.stringify(body);
    return await this.#ask(() => {
      const headers = { "Content-Type": "application/json", "Studio-Token": this.me?.token ?? "" };
      return fetch(address, { method: "POST", headers, body: text });
    });
  }

  /** Sends bytes or words of another type than JSON. @template T @param {string} address @param {Record<string, string>} asked @param {string | Blob} body @param {string} type @returns {Promise<T>} */
  async send(address, asked, body, type) {
    return await this.#ask(() => {
      const headers = { "Content-Type": type, "Studio-Token": this.me?.token ?? "" };
      return fetch(`${address}?${new URLSearchParams(asked)}`, { method: "POST", headers, body });
    });
  }

  /** @template T @param {() => Promise<Response>} ask @returns {Promise<T>} */
  async #ask(ask) {
    const answer = await ask();
    if (answer.ok) return await answer.json();
    const told = await answer.json().catch(() => ({}));
    if (answer.status !== 401) throw new Refusal(answer.status, told);
    await this.signIn();
    return await this.#ask(ask);
  }
}

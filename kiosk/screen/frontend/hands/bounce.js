// A held key does not repeat, and a bounce counts once: some hands shake.

const BOUNCE_MS = 500;

/**
 * The name of a key: its place on the keyboard where it has one.
 * @param {{code: string, key: string}} event
 */
export function keyOf({ code, key }) {
  return code || key;
}

export class Bounce {
  #last = { key: "", at: -BOUNCE_MS };

  /** Whether this press counts. @param {Pick<KeyboardEvent, "code" | "key" | "repeat" | "timeStamp">} event */
  counts(event) {
    const key = keyOf(event);
    const bounced = key === this.#last.key && event.timeStamp - this.#last.at < BOUNCE_MS;
    if (!event.repeat && !bounced) this.#last = { key, at: event.timeStamp };
    return !event.repeat && !bounced;
  }

  /** Another key was pressed, of which all presses count. */
  other() {
    this.#last = { key: "", at: -BOUNCE_MS };
  }
}

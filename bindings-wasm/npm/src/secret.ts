// The one holder of everything that must not be printed.

import { wrong } from "./core.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");
const DENO_INSPECT = Symbol.for("Deno.customInspect");
const REDACTED = "[redacted]";

/**
 * A text that must not be printed: a token, a code, a key. It shows as `[redacted]` in every console,
 * log, template and JSON; `expose()` is the only door.
 */
export class Secret {
  readonly #text: string;

  /** Wraps a text. Where the text came from is the caller's care. */
  constructor(text: string) {
    if (typeof text !== "string") throw wrong("secret", "has to be a text");
    this.#text = text;
  }

  /** The text itself. Where it goes from here is the caller's care. */
  expose(): string {
    return this.#text;
  }

  /** `[redacted]` */
  toString(): string {
    return REDACTED;
  }

  /** `[redacted]` */
  toJSON(): string {
    return REDACTED;
  }

  /** @internal The text, if something is a secret of this copy of the package. */
  static read(value: unknown): string | undefined {
    return typeof value === "object" && value !== null && #text in value ? (value as Secret).#text : undefined;
  }
}

for (const symbol of [INSPECT, DENO_INSPECT]) {
  Object.defineProperty(Secret.prototype, symbol, { value: () => REDACTED });
}

// The core's clients, by their numbers: an object of the core's would bring a class of its own along.

import * as core from "square-oauth:glue";
import { generation, onFreshStack, wrong } from "./core.js";
import { withoutCore } from "./errors.js";

/** Where nobody holds a client any more; not every runtime tells. */
const forgotten = typeof FinalizationRegistry === "function" ? new FinalizationRegistry<Numbered>(free) : undefined;

/** A client's number, which its generation alone knows. */
interface Numbered {
  readonly number: number;
  readonly of: number;
}

function free({ number, of }: Numbered): void {
  if (of !== generation()) return;
  try {
    onFreshStack(() => core.free(number));
  } catch {
    // It was a trap, and everybody has been told.
  }
}

/** A client of the core's. */
export class Held {
  #number: number | undefined;
  readonly #generation = generation();

  constructor(number: number) {
    this.#number = number;
    forgotten?.register(this, { number, of: this.#generation });
  }

  get isLost(): boolean {
    return this.#generation !== generation();
  }

  get(): number {
    if (this.isLost) throw withoutCore("panicked", undefined);
    if (this.#number === undefined) throw wrong("this", "was disposed of", true);
    return this.#number;
  }

  /** Gives it back, on a fresh stack and after whatever was begun with it. */
  dispose(): void {
    const number = this.#number;
    this.#number = undefined;
    if (number !== undefined) queueMicrotask(() => free({ number, of: this.#generation }));
  }
}

/** A client of the core's that is made anew where a panic took it: a server goes on serving. */
export class Lasting {
  readonly #make: () => number;
  #held: Held;

  constructor(make: () => number) {
    this.#make = make;
    this.#held = new Held(make());
  }

  get(): number {
    if (this.#held.isLost) this.#held = new Held(this.#make());
    return this.#held.get();
  }
}

// The life of the WebAssembly instance: started by the first call that needs it, never by an import;
// thrown away after a panic, with everything that was made by it.

import * as glue from "square-oauth:glue";
import { wasmModule } from "square-oauth:module";
import { type Failure, OAuthError, withoutCore } from "./errors.js";
import { type Context, type Moment, abandon, carryOut, within } from "./host.js";
import { hasRoom } from "./room.js";
import type { AbortSignalLike } from "./signal.js";

export type Core = typeof glue;

/** The calls under way. */
const running = new Set<Context>();
let generation = 0;
let state: "new" | "started" | "torn" = "new";

function start(): Core {
  if (state === "started") return glue;
  try {
    if (state === "torn") glue.__wbg_reset_state();
    else glue.initSync(wasmModule());
  } catch (cause) {
    if (cause instanceof OAuthError) throw cause;
    const why = typeof WebAssembly === "object" ? "this runtime did not start it" : "this runtime has none";
    throw withoutCore("runtime_unsupported", `square-oauth needs WebAssembly, and ${why}`, cause);
  }
  state = "started";
  return glue;
}

/**
 * Whatever comes out of the core and is no error of its own is a trap, and leaves it in a state that nobody knows.
 * It is none of a caller's: nothing of theirs is called from within (see host.ts), nor is there too little stack.
 */
function panicked(cause: unknown): OAuthError {
  state = "torn";
  generation += 1;
  const error = () => withoutCore("panicked", undefined, cause);
  for (const call of [...running]) call.fail(error());
  abandon();
  return error();
}

function isFailure(thrown: unknown): thrown is Failure {
  return typeof thrown === "object" && thrown !== null && !(thrown instanceof Error) && "requestMayHaveArrived" in thrown;
}

/** Works in the core from wherever a caller calls: where the stack may be nearly full. */
export function inCore<T>(work: (core: Core) => T, context?: Context): T {
  if (hasRoom()) return onFreshStack(work, context);
  throw withoutCore("runtime_unsupported", "square-oauth was called so deep in a recursion that the stack is nearly full");
}

/**
 * Works in the core, in a microtask or after an `await`; for a client, where it needs the time or sends. `work` calls
 * the core and nothing of a caller's.
 */
export function onFreshStack<T>(work: (core: Core) => T, context?: Context): T {
  const moment = context && momentOf(context);
  const core = start();
  let result: T;
  try {
    result = within(context, moment, () => work(core));
  } catch (thrown) {
    if (!isFailure(thrown)) throw thrown instanceof OAuthError ? thrown : panicked(thrown);
    carryOut();
    throw new OAuthError(thrown, thrown.kind === "transport" ? context?.cause : undefined);
  }
  carryOut();
  return result;
}

/** Read beforehand: a clock may be a caller's function, and what that throws must not go through the core. */
function momentOf({ clock }: Context): Moment {
  let now: number;
  try {
    now = Number(clock === undefined ? Date.now() : clock());
  } catch (cause) {
    throw wrong("now", CLOCK, false, cause);
  }
  if (!Number.isFinite(now)) throw wrong("now", CLOCK);
  try {
    return { now, monotonic: globalThis.performance?.now() ?? now };
  } catch (cause) {
    throw withoutCore("runtime_unsupported", "square-oauth needs performance.now, which failed", cause);
  }
}

const CLOCK = "has to return milliseconds since 1970";

/** The name that all languages share. */
export function fieldOf(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** An error about a value that is not of the type its field, or its key, takes; `cause` is what kept it from being read. */
export function wrong(field: string, text: string, isUnexpected = false, cause?: unknown): OAuthError {
  return new OAuthError(inCore((core) => core.wrong_value(fieldOf(field), text, isUnexpected) as Failure), cause);
}

/** Reads what is a caller's, whose getters and proxies may throw whatever they like. */
export function reading<T>(field: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof OAuthError ? error : wrong(field, "cannot be read", false, error);
  }
}

/** An object of the core's, which its generation alone may use. */
export class Held<T extends { free(): void }> {
  #object: T | undefined;
  readonly #generation: number;

  constructor(object: T) {
    this.#object = object;
    this.#generation = generation;
  }

  get isLost(): boolean {
    return this.#generation !== generation;
  }

  get(): T {
    if (this.isLost) throw withoutCore("panicked", undefined);
    if (this.#object === undefined) throw wrong("this", "was disposed of", true);
    return this.#object;
  }

  /** Gives it back, on a fresh stack. */
  free(object = this.#object): void {
    this.#object = undefined;
    if (object === undefined || this.isLost) return;
    try {
      onFreshStack(() => object.free());
    } catch {
      // It was a trap, and everybody has been told.
    }
  }

  /** The same from anywhere, after whatever was begun with it. */
  dispose(): void {
    const object = this.#object;
    this.#object = undefined;
    queueMicrotask(() => this.free(object));
  }
}

/** An object of the core's that is made anew where a panic took it: a server goes on serving. */
export class Lasting<T extends { free(): void }> {
  readonly #make: () => T;
  #held: Held<T>;

  constructor(make: () => T) {
    this.#make = make;
    this.#held = new Held(make());
  }

  get(): T {
    if (this.#held.isLost) this.#held = new Held(this.#make());
    return this.#held.get();
  }
}

/** Runs a call of the core's, which `begin` yields the number of, until it has a result. */
export function run<R, T>(
  { transport, clock }: Pick<Context, "transport" | "clock">,
  signal: AbortSignalLike | undefined,
  begin: (core: Core) => number,
  finish: (record: R) => T,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const born = generation;
    let call: number | undefined;
    const own: Context = { transport, clock, wake: step, fail: (error) => end(() => reject(error)), sent: false, cause: undefined };

    /** Settles it, once; whatever it still waits for ends with it. */
    function end(settle: () => void): void {
      if (!running.delete(own)) return;
      if (call !== undefined && born === generation) leave(call);
      settle();
      try {
        signal?.removeEventListener("abort", abort);
      } catch {
        // Whoever made the signal can keep us as long as they like.
      }
    }

    function attempt(work: () => void): void {
      if (!running.has(own)) return;
      try {
        work();
      } catch (error) {
        own.fail(error);
      }
    }

    function step(): void {
      attempt(() => {
        const record: unknown = onFreshStack((core) => core.poll((call ??= begin(core))), own);
        if (record === undefined) return;
        call = undefined;
        const result = finish(record as R);
        end(() => resolve(result));
      });
    }

    function abort(): void {
      // Whoever aborts may be anywhere.
      queueMicrotask(() =>
        attempt(() => {
          const failure = onFreshStack((core) => core.aborted(own.sent) as Failure);
          own.fail(new OAuthError(failure, reading("signal", () => signal?.reason)));
        }),
      );
    }

    running.add(own);
    attempt(() => {
      if (reading("signal", () => signal?.aborted)) return abort();
      reading("signal", () => signal?.addEventListener("abort", abort));
      queueMicrotask(step);
    });
  });
}

function leave(call: number): void {
  try {
    onFreshStack((core) => core.leave(call));
  } catch {
    // It was a trap, and everybody has been told.
  }
}

// The life of the WebAssembly instance: started by the first call that needs it, never by an import;
// thrown away after a panic, with everything that was made by it.

import * as glue from "square-oauth:glue";
import { wasmModule } from "square-oauth:module";
import { type Failure, OAuthError, withoutCore } from "./errors.js";
import { type Context, abandon, isBusy, within } from "./host.js";
import type { AbortSignalLike } from "./signal.js";

export type Core = typeof glue;

interface Running {
  readonly fail: (error: OAuthError) => void;
}

const running = new Set<Running>();
let generation = 0;
let state: "new" | "started" | "torn" = "new";

function start(): Core {
  if (state === "started") return glue;
  try {
    if (state === "torn") glue.__wbg_reset_state();
    else glue.initSync({ module: wasmModule() });
  } catch (cause) {
    if (cause instanceof OAuthError) throw cause;
    const why = typeof WebAssembly === "object" ? "this runtime did not start it" : "this runtime has none";
    throw withoutCore("runtime_unsupported", `square-oauth needs WebAssembly, and ${why}`, cause);
  }
  state = "started";
  return glue;
}

/** Whatever comes out of the core and is no error of its own leaves it in a state that nobody knows. */
function panicked(cause: unknown): OAuthError {
  state = "torn";
  generation += 1;
  abandon();
  const error = () => withoutCore("panicked", undefined, cause);
  for (const call of [...running]) call.fail(error());
  return error();
}

function isFailure(thrown: unknown): thrown is Failure {
  return typeof thrown === "object" && thrown !== null && !(thrown instanceof Error) && "requestMayHaveArrived" in thrown;
}

const NOBODY: Context = {
  transport: () => () => {},
  clock: undefined,
  wake: () => {},
  sent: false,
  cause: undefined,
  fault: undefined,
};

/** Works in the core, for nobody's client where none is given. */
export function inCore<T>(work: (core: Core) => T, context: Context = NOBODY): T {
  const core = start();
  let result: T;
  try {
    result = within(context, () => work(core));
  } catch (thrown) {
    if (thrown instanceof OAuthError) throw thrown;
    if (isFailure(thrown)) throw faulty(context) ?? new OAuthError(thrown, thrown.kind === "transport" ? context.cause : undefined);
    throw panicked(thrown);
  }
  const fault = faulty(context);
  if (fault !== undefined) throw fault;
  return result;
}

function faulty(context: Context): OAuthError | undefined {
  if (context.fault === undefined) return undefined;
  const field = context.fault;
  context.fault = undefined;
  return wrong(field, "has to return milliseconds since 1970");
}

/** An error about a value that is not of the type its field takes. */
export function wrong(field: string, text: string, isUnexpected = false): OAuthError {
  return new OAuthError(inCore((core) => core.wrong_value(field, text, isUnexpected) as Failure));
}

/** An object of the core's, which its generation alone may use. */
export class Held<T extends { free(): void }> {
  #object: T | undefined;
  readonly #generation: number;

  constructor(object: T) {
    this.#object = object;
    this.#generation = generation;
  }

  get(): T {
    if (this.#generation !== generation) throw withoutCore("panicked", undefined);
    if (this.#object === undefined) throw wrong("this", "was disposed of", true);
    return this.#object;
  }

  free(): void {
    if (this.#generation === generation && !isBusy()) this.#object?.free();
    this.#object = undefined;
  }
}

/** Runs a call of the core's until it has a result. */
export function run<R, T>(
  context: Pick<Context, "transport" | "clock">,
  signal: AbortSignalLike | undefined,
  begin: (core: Core) => glue.Call,
  finish: (record: R) => T,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let call: glue.Call | undefined;
    let isSettled = false;
    const own: Context = { ...context, wake: () => step(), sent: false, cause: undefined, fault: undefined };
    const me: Running = { fail: (error) => settle(() => reject(error)) };

    function settle(how: () => void): void {
      if (isSettled) return;
      isSettled = true;
      running.delete(me);
      how();
      signal?.removeEventListener("abort", abort);
    }

    function step(): void {
      if (isSettled || call === undefined) return;
      // Somebody's function, called by the core, has led here.
      if (isBusy()) return queueMicrotask(step);
      const poll = call;
      try {
        const record: unknown = inCore(() => poll.poll(), own);
        if (record === undefined) return;
        if (state === "started") poll.free();
        settle(() => resolve(finish(record as R)));
      } catch (error) {
        if (state === "started" && !isSettled) poll.free();
        settle(() => reject(error));
      }
    }

    function abort(): void {
      if (isSettled) return;
      if (isBusy()) return queueMicrotask(abort);
      const dropped = call;
      settle(() => {
        try {
          // Dropping a call ends whatever it waits for.
          const failure = inCore((core) => {
            dropped?.free();
            return core.aborted(own.sent) as Failure;
          });
          reject(new OAuthError(failure, signal?.reason));
        } catch (error) {
          reject(error);
        }
      });
    }

    if (signal?.aborted) return abort();
    signal?.addEventListener("abort", abort);
    running.add(me);
    try {
      call = inCore(begin, own);
    } catch (error) {
      return settle(() => reject(error));
    }
    step();
  });
}

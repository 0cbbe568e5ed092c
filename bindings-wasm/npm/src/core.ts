// The life of the WebAssembly instance: started by the first call that needs it, never by an import;
// thrown away after a panic, with everything that was made by it.

import * as core from "square-oauth:glue";
import { wasmModule } from "square-oauth:module";
import { type Failure, OAuthError, withoutCore } from "./errors.js";
import { hasRoom } from "./room.js";

/** Whose time it is. */
export interface Context {
  readonly clock: (() => unknown) | undefined;
}

/** What time it is, in milliseconds: since 1970, and on a clock that nobody turns. */
export interface Time {
  readonly now: number;
  monotonic: number;
}

/** A call under way. */
export interface Running {
  /** Ends it with an error, if it has not ended. */
  fail(error: unknown): void;
}

export const running = new Set<Running>();
let born = 0;
/** How many instances there have been before this one. */
export const generation = () => born;
let state: "new" | "started" | "torn" = "new";

function start(): void {
  if (state === "started") return;
  try {
    if (state === "torn") core.__wbg_reset_state();
    else core.initSync(wasmModule());
  } catch (cause) {
    if (cause instanceof OAuthError) throw cause;
    const why = typeof WebAssembly === "object" ? "this runtime did not start it" : "this runtime has none";
    throw withoutCore("runtime_unsupported", `square-oauth needs WebAssembly, and ${why}`, cause);
  }
  state = "started";
}

/**
 * Whatever comes out of the core and is no error of its own is a trap, and leaves it in a state that nobody knows.
 * It is none of a caller's: nothing of theirs is called from within (see host.ts), nor is there too little stack.
 */
function panicked(cause: unknown): OAuthError {
  state = "torn";
  born += 1;
  const error = () => withoutCore("panicked", undefined, cause);
  for (const call of [...running]) call.fail(error());
  return error();
}

function isFailure(thrown: unknown): thrown is Failure {
  return typeof thrown === "object" && thrown !== null && !(thrown instanceof Error) && "requestMayHaveArrived" in thrown;
}

/** Works in the core from wherever a caller calls: where the stack may be nearly full. */
export function inCore<T>(work: () => T, context?: Context): T {
  if (hasRoom()) return onFreshStack(work, context && timeOf(context));
  throw withoutCore("runtime_unsupported", "square-oauth was called so deep in a recursion that the stack is nearly full");
}

/**
 * Works in the core, in a microtask or after an `await`; at a time, where it needs to know. `work` calls the core and
 * nothing of a caller's. `cause` is what an error of the transport has to do with.
 */
export function onFreshStack<T>(work: () => T, time?: Time, cause?: unknown): T {
  start();
  try {
    if (time !== undefined) core.at(time.now, time.monotonic);
    return work();
  } catch (thrown) {
    if (!isFailure(thrown)) throw thrown instanceof OAuthError ? thrown : panicked(thrown);
    throw new OAuthError(thrown, thrown.kind === "transport" ? cause : undefined);
  }
}

/** Read beforehand: a clock may be a caller's function, and what that throws must not go through the core. */
export function timeOf({ clock }: Context): Time {
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
  return new OAuthError(inCore(() => core.wrong_value(fieldOf(field), text, isUnexpected) as Failure), cause);
}

/** Reads what is a caller's, whose getters and proxies may throw whatever they like. */
export function reading<T>(field: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw unreadable(field, error);
  }
}

/** What was thrown while it was read, as an error of ours. */
export function unreadable(field: string, error: unknown): OAuthError {
  return error instanceof OAuthError ? error : wrong(field, "cannot be read", false, error);
}

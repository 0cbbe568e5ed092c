// One call of the core's: what it waits for, and how it ends.

import { Failed } from "square-oauth:glue";
import { type Core, type Context, type Running, generation, onFreshStack, reading, running, timeOf } from "./core.js";
import { type Failure, OAuthError, withoutCore } from "./errors.js";
import { type HttpRequest, type Outcome, type Transport, wants } from "./host.js";
import type { AbortSignalLike } from "./signal.js";

/** Whose call it is. */
export interface Caller extends Context {
  readonly transport: Transport;
}

/** Runs a call of the core's, which `begin` yields the number of, until it has a result. */
export function run<R, T>(
  caller: Caller,
  signal: AbortSignalLike | undefined,
  begin: (core: Core) => number,
  finish: (record: R) => T,
): Promise<T> {
  return new Promise<T>((resolve, reject) => new Call(caller, signal, begin, (record) => resolve(finish(record as R)), reject).start());
}

class Call implements Running {
  readonly #caller: Caller;
  readonly #signal: AbortSignalLike | undefined;
  readonly #begin: (core: Core) => number;
  readonly #resolve: (record: unknown) => void;
  readonly #reject: (error: unknown) => void;
  readonly #born = generation();
  #number: number | undefined;
  /** What has come of the request under way is said by this, and nobody else. */
  #settle: ((outcome: Outcome) => void) | undefined;
  #stop: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What the timer is set for, on the clock that nobody turns. */
  #until = Number.POSITIVE_INFINITY;
  /** What that clock has come to: no less than what a timer has waited for, if it stands still. */
  #reached = 0;
  #wasSent = false;
  /** What kept the last request from being answered. */
  #cause: unknown;
  #abort: (() => void) | undefined;

  constructor(
    caller: Caller,
    signal: AbortSignalLike | undefined,
    begin: (core: Core) => number,
    resolve: (record: unknown) => void,
    reject: (error: unknown) => void,
  ) {
    this.#caller = caller;
    this.#signal = signal;
    this.#begin = begin;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  start(): void {
    running.add(this);
    const signal = this.#signal;
    if (signal !== undefined) {
      try {
        // Whoever aborts may be anywhere.
        this.#abort = () => onNext(() => this.#aborted(signal));
        if (reading("signal", () => signal.aborted)) return this.#abort();
        reading("signal", () => signal.addEventListener("abort", this.#abort as () => void));
      } catch (error) {
        return this.fail(error);
      }
    }
    onNext(() => this.#turn((core) => core.proceed((this.#number = this.#begin(core)))));
  }

  /** Ends it with an error, if it has not ended. */
  fail(error: unknown): void {
    if (this.#end()) this.#reject(error);
  }

  /** Goes as far as it can. */
  #turn(work: (core: Core) => unknown): void {
    if (!running.has(this)) return;
    try {
      const time = timeOf(this.#caller);
      time.monotonic = this.#reached = Math.max(this.#reached, time.monotonic);
      wants.request = undefined;
      const record = onFreshStack(work, time, this.#cause);
      if (record === undefined) return this.#carryOut();
      this.#number = undefined;
      // A clock of the caller's may have ended it.
      if (this.#end()) this.#resolve(record);
    } catch (error) {
      this.fail(error);
    }
  }

  /** Does what the core wants. */
  #carryOut(): void {
    const { request, until, forAnswer } = wants;
    wants.request = undefined;
    if (request !== undefined || !forAnswer) this.#leaveRequest();
    if (until !== this.#until) this.#wait(until);
    if (request !== undefined) this.#send(request);
  }

  #send(request: HttpRequest): void {
    const settle = (outcome: Outcome): void => {
      if (this.#settle !== settle) return;
      this.#settle = this.#stop = undefined;
      const number = this.#number as number;
      if ("bytes" in outcome) {
        const { status, contentType, retryAfter, date, bytes } = outcome;
        return this.#turn((core) => core.answered(number, status, contentType, retryAfter, date, bytes));
      }
      this.#cause = outcome.cause;
      this.#turn((core) => core.failed(number, outcome.failed));
    };
    this.#settle = settle;
    this.#wasSent = true;
    this.#cause = undefined;
    try {
      const stop = this.#caller.transport(request, settle);
      if (this.#settle === settle) this.#stop = stop;
      else stop();
    } catch {
      // It cannot be told how far the request came.
      settle({ failed: Failed.Broken });
    }
  }

  #wait(until: number): void {
    this.#until = until;
    try {
      clearTimeout(this.#timer);
      if (until === Number.POSITIVE_INFINITY) return;
      this.#timer = setTimeout(() => {
        this.#until = Number.POSITIVE_INFINITY;
        this.#reached = Math.max(this.#reached, until);
        this.#turn((core) => core.proceed(this.#number as number));
      }, until - this.#reached);
    } catch (error) {
      // Without it the call might never end.
      this.fail(withoutCore("runtime_unsupported", "square-oauth needs setTimeout, which failed", error));
    }
  }

  #leaveRequest(): void {
    const stop = this.#stop;
    this.#settle = this.#stop = undefined;
    try {
      stop?.();
    } catch {
      // Nobody waits for it any more.
    }
  }

  #aborted(signal: AbortSignalLike): void {
    if (!running.has(this)) return;
    try {
      const failure = onFreshStack((core) => core.aborted(this.#wasSent) as Failure);
      this.fail(new OAuthError(failure, reading("signal", () => signal.reason)));
    } catch (error) {
      this.fail(error);
    }
  }

  /** Ends it, once, and with it whatever it waits for; says whether it had not ended. */
  #end(): boolean {
    if (!running.delete(this)) return false;
    if (this.#until !== Number.POSITIVE_INFINITY) clearTimeout(this.#timer);
    this.#leaveRequest();
    if (this.#number !== undefined && this.#born === generation()) leave(this.#number);
    if (this.#abort === undefined) return true;
    try {
      this.#signal?.removeEventListener("abort", this.#abort);
    } catch {
      // Whoever made the signal can keep us as long as they like.
    }
    return true;
  }
}

function leave(call: number): void {
  try {
    onFreshStack((core) => core.leave(call));
  } catch {
    // It was a trap, and everybody has been told.
  }
}

/** In a microtask, where the stack is fresh; half the price of `queueMicrotask`, and the work never throws. */
function onNext(work: () => void): void {
  Promise.resolve().then(work);
}

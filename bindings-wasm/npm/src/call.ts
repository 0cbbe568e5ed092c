// One call of the core's: what it waits for, and how it ends.

import * as core from "square-oauth:glue";
import { type Context, type Running, generation, onFreshStack, reading, running, timeOf } from "./core.js";
import { type Failure, OAuthError, withoutCore } from "./errors.js";
import { type HttpRequest, type Outcome, type Transport, wants } from "./host.js";
import type { AbortSignalLike } from "./signal.js";

/** Whose call it is. */
export interface Caller extends Context {
  readonly transport: Transport;
}

const NEVER = Number.POSITIVE_INFINITY;

/** Runs a call of the core's, which `begin` yields the number of, until it has a result. */
export function run<R, T>(
  caller: Caller,
  signal: AbortSignalLike | undefined,
  begin: () => number,
  finish: (record: R) => T,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const born = generation();
    let number: number | undefined;
    /** What has come of the request under way is said by this one, and by no other. */
    let current: ((outcome: Outcome) => void) | undefined;
    let stop: (() => void) | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    /** What the timer is set for, on the clock that nobody turns. */
    let until = NEVER;
    /** What that clock has come to: no less than what a timer has waited for, should it stand still. */
    let reached = 0;
    let wasSent = false;
    /** What kept the last request from being answered. */
    let cause: unknown;
    const own: Running = {
      fail(error) {
        if (end()) reject(error);
      },
    };

    /** Goes as far as it can. */
    function turn(work: () => unknown): void {
      if (!running.has(own)) return;
      try {
        const time = timeOf(caller);
        time.monotonic = reached = Math.max(reached, time.monotonic);
        wants.request = undefined;
        const record = onFreshStack(work, time, cause);
        if (record === undefined) return carryOut();
        number = undefined;
        const result = finish(record as R);
        // A clock of the caller's may have ended it.
        if (end()) resolve(result);
      } catch (error) {
        own.fail(error);
      }
    }

    const proceed = () => turn(() => core.proceed((number ??= begin())));

    /** Does what the core wants. */
    function carryOut(): void {
      const { request } = wants;
      wants.request = undefined;
      if (request !== undefined || !wants.forAnswer) leaveRequest();
      if (until !== wants.until) wait(wants.until);
      // Without a timer it has ended.
      if (request !== undefined && running.has(own)) send(request);
    }

    function send(request: HttpRequest): void {
      const settle = (outcome: Outcome): void => {
        if (current !== settle) return;
        current = stop = undefined;
        if ("bytes" in outcome) {
          const { status, contentType, retryAfter, date, bytes } = outcome;
          return turn(() => core.answered(number as number, status, contentType, retryAfter, date, bytes));
        }
        cause = outcome.cause;
        turn(() => core.proceed(number as number, outcome.failed));
      };
      current = settle;
      wasSent = true;
      cause = undefined;
      try {
        const stops = caller.transport(request, settle);
        if (current === settle) stop = stops;
        else stops();
      } catch {
        // It cannot be told how far the request came.
        settle({ failed: core.Failed.Broken });
      }
    }

    function leaveRequest(): void {
      const stops = stop;
      current = stop = undefined;
      quietly(() => stops?.());
    }

    function wait(next: number): void {
      endWait();
      until = next;
      if (next === NEVER) return;
      try {
        timer = setTimeout(() => {
          until = NEVER;
          reached = Math.max(reached, next);
          proceed();
        }, next - reached);
      } catch (error) {
        // Without it the call might never end.
        own.fail(withoutCore("runtime_unsupported", "square-oauth needs setTimeout, which failed", error));
      }
    }

    function endWait(): void {
      if (until !== NEVER) quietly(() => clearTimeout(timer));
    }

    function abort(): void {
      // Whoever aborts may be anywhere.
      onNext(() => {
        if (!running.has(own)) return;
        try {
          const failure = onFreshStack(() => core.aborted(wasSent) as Failure);
          own.fail(new OAuthError(failure, reading("signal", () => signal?.reason)));
        } catch (error) {
          own.fail(error);
        }
      });
    }

    /** Ends it, once, and with it whatever it waits for; says whether it had not ended. */
    function end(): boolean {
      if (!running.delete(own)) return false;
      endWait();
      leaveRequest();
      const left = number;
      // A trap in there has told everybody.
      if (left !== undefined && born === generation()) quietly(() => onFreshStack(() => core.leave(left)));
      // Whoever made the signal can keep us as long as they like.
      quietly(() => signal?.removeEventListener("abort", abort));
      return true;
    }

    running.add(own);
    try {
      if (reading("signal", () => signal?.aborted)) return abort();
      reading("signal", () => signal?.addEventListener("abort", abort));
    } catch (error) {
      return own.fail(error);
    }
    onNext(proceed);
  });
}

/** Ends what nobody waits for any more, whatever it throws. */
function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // There is nobody to be told.
  }
}

/** In a microtask, where the stack is fresh; half the price of `queueMicrotask`, and the work never throws. */
function onNext(work: () => void): void {
  Promise.resolve().then(work);
}

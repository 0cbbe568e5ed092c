// The core's ports: what it waits for, and whose transport and clock it means. The core holds none of
// this; it names an operation by a number, and asks again when it is polled.
//
// An exception must not go through the core: it would leave what it passes by half done. So nothing of a caller's
// runs while the core does. The time is read beforehand, and what is to be sent or ended is noted and carried out
// afterwards.

import { Progress } from "square-oauth:glue";
import { withoutCore } from "./errors.js";

/** A request as the core wants it sent. */
export interface HttpRequest {
  readonly url: string;
  readonly headers: Record<string, string>;
  /** None at all where it is undefined. */
  readonly body: string | undefined;
  /** Whether a connection that was used before must not be used. */
  readonly fresh: boolean;
}

/** An answer, whole, with the headers that the core reads. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Map<string, string>;
  readonly bytes: Uint8Array;
}

/** How sending ended: with an answer, or not. */
export type Outcome = HttpAnswer | { readonly progress: Progress; readonly cause?: unknown };

/**
 * Sends a request, and settles it once. What it returns aborts it. It follows no redirect, sends nothing
 * twice and reads no more than `MOST_BYTES`.
 */
export type Transport = (request: HttpRequest, settle: (outcome: Outcome) => void) => () => void;

/** The cap of an answer, and the one byte that shows that it is larger. */
export const MOST_BYTES = 64 * 1024 + 1;

/** Whose calls the core makes at the moment. */
export interface Context {
  readonly transport: Transport;
  readonly clock: (() => unknown) | undefined;
  /** Polls again. */
  readonly wake: () => void;
  /** Ends the call with an error, if it has not ended. */
  readonly fail: (error: unknown) => void;
  /** Whether anything was sent. */
  sent: boolean;
  /** What kept the last request from being answered. */
  cause: unknown;
}

/** What time it is, in milliseconds: since 1970, and on a clock that nobody turns. */
export interface Moment {
  readonly now: number;
  readonly monotonic: number;
}

interface Operation {
  progress: Progress;
  answer?: HttpAnswer;
  /** Ends what was started. */
  end?: () => void;
}

const operations = new Map<number, Operation>();
/** What the core has asked for, and nobody has done yet. */
let todo: (() => void)[] = [];
let last = 0;
let current: Context | undefined;
let moment: Moment | undefined;

/** Lets the core work for somebody, at a moment. */
export function within<T>(context: Context | undefined, at: Moment | undefined, work: () => T): T {
  const before = [current, moment] as const;
  [current, moment] = [context, at];
  try {
    return work();
  } finally {
    [current, moment] = before;
  }
}

/** Does what the core has asked for. Never throws: whoever waits for it is told. */
export function carryOut(): void {
  for (let next = todo.shift(); next !== undefined; next = todo.shift()) next();
}

/** Ends everything that the core waits for: there is nobody left to be told. */
export function abandon(): void {
  todo = [];
  for (const operation of operations.values()) finish(operation);
  operations.clear();
}

function finish(operation: Operation): void {
  if (operation.progress !== Progress.Waiting) return;
  operation.progress = Progress.Broken;
  try {
    operation.end?.();
  } catch {
    // Nobody waits for it any more.
  }
}

/** `start` yields what ends it, or throws and goes on to `failed`. */
function begin(
  start: (context: Context, settle: (progress: Progress, answer?: HttpAnswer) => void) => () => void,
  failed: (context: Context, error: unknown, settle: (progress: Progress) => void) => void,
): number {
  const id = (last = (last + 1) >>> 0);
  const context = current as Context;
  const operation: Operation = { progress: Progress.Waiting };
  operations.set(id, operation);
  const settle = (progress: Progress, answer?: HttpAnswer) => {
    if (operation.progress !== Progress.Waiting) return;
    operation.progress = progress;
    if (answer !== undefined) operation.answer = answer;
    context.wake();
  };
  todo.push(() => {
    if (operation.progress !== Progress.Waiting) return;
    try {
      operation.end = start(context, settle);
    } catch (error) {
      failed(context, error, settle);
    }
  });
  return id;
}

// From here on: what the core imports. None of it throws.

export function send(url: string, lines: string, body: string, fresh: boolean): number {
  const parts = lines.split("\n");
  const headers: Record<string, string> = {};
  for (let at = 0; at + 1 < parts.length; at += 2) headers[parts[at] as string] = parts[at + 1] as string;
  const request = { url, headers, body: body === "" ? undefined : body, fresh };
  return begin(
    (context, settle) => {
      context.sent = true;
      context.cause = undefined;
      return context.transport(request, (outcome) => {
        if ("bytes" in outcome) return settle(Progress.Done, outcome);
        context.cause = outcome.cause;
        settle(outcome.progress);
      });
    },
    // It cannot be told how far the request came.
    (_, __, settle) => settle(Progress.Broken),
  );
}

export function sleep(ms: number): number {
  return begin(
    (_, settle) => {
      const timer = setTimeout(() => settle(Progress.Done), ms);
      return () => clearTimeout(timer);
    },
    // Without it the call might never end.
    (context, error) => context.fail(withoutCore("runtime_unsupported", "square-oauth needs setTimeout, which failed", error)),
  );
}

export function progress(id: number): Progress {
  return (operations.get(id) as Operation).progress;
}

export function answer(id: number): Response {
  // What is read of it, its status and headers, is there.
  return operations.get(id)?.answer as unknown as Response;
}

export function body(id: number): Uint8Array {
  return operations.get(id)?.answer?.bytes as Uint8Array;
}

export function end(id: number): void {
  const operation = operations.get(id);
  operations.delete(id);
  if (operation !== undefined) todo.push(() => finish(operation));
}

export function now(): number {
  return moment?.now ?? 0;
}

export function monotonic(): number {
  return moment?.monotonic ?? 0;
}

export function fill(buffer: Uint8Array<ArrayBuffer>): boolean {
  try {
    crypto.getRandomValues(buffer);
    return true;
  } catch {
    return false;
  }
}

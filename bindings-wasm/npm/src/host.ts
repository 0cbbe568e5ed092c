// The core's ports: what it waits for, and whose transport and clock it means. The core holds none of
// this; it names an operation by a number, and asks again when it is polled.
//
// An exception must not go through the core: it would leave what it passes by half done. So nothing of a caller's
// runs while the core does. The time is read beforehand, and what is to be sent or ended is noted and carried out
// afterwards.

import { Progress } from "square-oauth:glue";
import { withoutCore } from "./errors.js";
import type { TokensRecord } from "./tokens.js";

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

/** Something that the core waits for, until it leaves it. */
abstract class Operation {
  progress: Progress = Progress.Waiting;
  answer: HttpAnswer | undefined;
  isLeft = false;
  protected readonly context = current as Context;
  #stop: (() => void) | undefined;

  /** Yields what stops it. */
  protected abstract start(): () => void;
  /** It could not be started. */
  protected abstract failed(error: unknown): void;

  /** Starts it, or stops it if it has been left. */
  proceed(): void {
    if (this.isLeft) return this.stop();
    try {
      this.#stop = this.start();
    } catch (error) {
      this.failed(error);
    }
  }

  stop(): void {
    if (this.progress !== Progress.Waiting) return;
    this.progress = Progress.Broken;
    try {
      this.#stop?.();
    } catch {
      // Nobody waits for it any more.
    }
  }

  protected settle(progress: Progress): void {
    if (this.progress !== Progress.Waiting) return;
    this.progress = progress;
    this.context.wake();
  }
}

class Sending extends Operation {
  readonly #request: HttpRequest;

  constructor(request: HttpRequest) {
    super();
    this.#request = request;
  }

  protected start(): () => void {
    const { context } = this;
    context.sent = true;
    context.cause = undefined;
    return context.transport(this.#request, (outcome) => {
      if (this.progress !== Progress.Waiting) return;
      if ("bytes" in outcome) {
        this.answer = outcome;
        return this.settle(Progress.Done);
      }
      context.cause = outcome.cause;
      this.settle(outcome.progress);
    });
  }

  protected failed(): void {
    // It cannot be told how far the request came.
    this.settle(Progress.Broken);
  }
}

class Sleeping extends Operation {
  readonly #ms: number;

  constructor(ms: number) {
    super();
    this.#ms = ms;
  }

  protected start(): () => void {
    const timer = setTimeout(() => this.settle(Progress.Done), this.#ms);
    return () => clearTimeout(timer);
  }

  protected failed(error: unknown): void {
    // Without it the call might never end.
    this.context.fail(withoutCore("runtime_unsupported", "square-oauth needs setTimeout, which failed", error));
  }
}

const operations = new Map<number, Operation>();
/** What the core has begun or left, while it was at work. */
let todo: Operation[] = [];
let last = 0;
let current: Context | undefined;
let moment: Moment | undefined;

/** Lets the core work for somebody, at a moment. */
export function within<T>(context: Context | undefined, at: Moment | undefined, work: () => T): T {
  const before = current;
  const then = moment;
  current = context;
  moment = at;
  try {
    return work();
  } finally {
    current = before;
    moment = then;
  }
}

/** Does what the core has asked for. Never throws: whoever waits for it is told. */
export function carryOut(): void {
  for (let next = todo.shift(); next !== undefined; next = todo.shift()) next.proceed();
}

/** Stops everything that the core waits for: there is nobody left to be told. */
export function abandon(): void {
  todo = [];
  for (const operation of operations.values()) operation.stop();
  operations.clear();
}

function begun(operation: Operation): number {
  last = (last + 1) >>> 0;
  operations.set(last, operation);
  todo.push(operation);
  return last;
}

// From here on: what the core imports. None of it throws.

/** `head` has a line for the address, and one for the name and one for the value of each header. */
export function send(head: string, body: string, fresh: boolean): number {
  const lines = head.split("\n");
  const headers: Record<string, string> = {};
  for (let at = 1; at + 1 < lines.length; at += 2) headers[lines[at] as string] = lines[at + 1] as string;
  return begun(new Sending({ url: lines[0] as string, headers, body: body === "" ? undefined : body, fresh }));
}

export function sleep(ms: number): number {
  return begun(new Sleeping(ms));
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
  if (operation === undefined || operation.progress !== Progress.Waiting) return;
  operation.isLeft = true;
  todo.push(operation);
}

export function now(): number {
  return moment?.now ?? 0;
}

export function monotonic(): number {
  return moment?.monotonic ?? 0;
}

/** A record, in the order of its fields; `ignored` are names with a space between them. */
export function tokens(
  accessToken: string,
  tokenType: string,
  expiresAt: number,
  merchantId: string,
  refreshToken: string | undefined,
  refreshTokenExpiresAt: number | undefined,
  shortLived: boolean,
  subscriptionId: string | undefined,
  planId: string | undefined,
  idToken: string | undefined,
  ignored: string,
): TokensRecord {
  return {
    accessToken,
    tokenType,
    expiresAt,
    merchantId,
    refreshToken,
    refreshTokenExpiresAt,
    shortLived,
    subscriptionId,
    planId,
    idToken,
    ignoredFields: ignored === "" ? [] : ignored.split(" "),
  };
}

export function fill(buffer: Uint8Array<ArrayBuffer>): boolean {
  try {
    crypto.getRandomValues(buffer);
    return true;
  } catch {
    return false;
  }
}

// The core's ports: what it waits for, and whose transport and clock it means. The core holds none of
// this; it names an operation by a number, and asks again when it is polled.

import { Progress } from "square-oauth:glue";

/** A request as the core wants it sent. */
export interface HttpRequest {
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
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
 * Sends a request, and settles it once, not before it has returned. What it returns aborts it. It
 * follows no redirect, sends nothing twice and reads no more than `MOST_BYTES`.
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
  /** Whether anything was sent. */
  sent: boolean;
  /** What kept the last request from being answered. */
  cause: unknown;
  /** An option whose function did not do what it has to. */
  fault: string | undefined;
}

interface Operation {
  progress: Progress;
  answer?: HttpAnswer;
  wake?: () => void;
  end: () => void;
}

const operations = new Map<number, Operation>();
let last = 0;
let current: Context | undefined;

/** Whether the core is at work, further down on the stack. */
export function isBusy(): boolean {
  return current !== undefined;
}

/** Lets the core work for somebody. */
export function within<T>(context: Context, work: () => T): T {
  const before = current;
  current = context;
  try {
    return work();
  } finally {
    current = before;
  }
}

/** Ends everything that the core waits for: there is nobody left to be told. */
export function abandon(): void {
  for (const operation of operations.values()) operation.end();
  operations.clear();
}

function begin(start: (settle: (progress: Progress, answer?: HttpAnswer) => void) => () => void): number {
  const id = (last = (last + 1) >>> 0);
  const operation: Operation = { progress: Progress.Waiting, end: () => {} };
  operations.set(id, operation);
  operation.end = start((progress, answer) => {
    if (operation.progress !== Progress.Waiting) return;
    operation.progress = progress;
    if (answer !== undefined) operation.answer = answer;
    operation.wake?.();
  });
  return id;
}

// From here on: what the core imports. None of it ever throws.

export function send(url: string, lines: string, body: string, fresh: boolean): number {
  const context = current as Context;
  const parts = lines.split("\n");
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) headers.push([parts[at] as string, parts[at + 1] as string]);
  const request = { url, headers, body: body === "" ? undefined : body, fresh };
  context.sent = true;
  context.cause = undefined;
  return begin((settle) =>
    context.transport(request, (outcome) => {
      if ("bytes" in outcome) return settle(Progress.Done, outcome);
      context.cause = outcome.cause;
      settle(outcome.progress);
    }),
  );
}

export function sleep(ms: number): number {
  return begin((settle) => {
    const timer = setTimeout(() => settle(Progress.Done), ms);
    return () => clearTimeout(timer);
  });
}

export function progress(id: number): Progress {
  const operation = operations.get(id) as Operation;
  operation.wake = (current as Context).wake;
  return operation.progress;
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
  operation.progress = Progress.Broken;
  operation.end();
}

export function now(): number {
  const context = current as Context;
  if (context.clock === undefined) return Date.now();
  try {
    const ms = Number(context.clock());
    if (Number.isFinite(ms)) return ms;
  } catch {
    // Told below, in words of ours: whatever was thrown is the caller's.
  }
  context.fault = "now";
  return 0;
}

export function monotonic(): number {
  return globalThis.performance?.now() ?? Date.now();
}

export function fill(buffer: Uint8Array<ArrayBuffer>): boolean {
  try {
    crypto.getRandomValues(buffer);
    return true;
  } catch {
    return false;
  }
}

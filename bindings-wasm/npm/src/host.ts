// What the core asks for. It holds nothing of JavaScript, and is told what time it is and what has come; so while it
// works it only says what it wants.
//
// An exception must not go through the core: it would leave what it passes by half done. So nothing of a caller's
// runs while the core does. What it wants is noted and carried out afterwards.

import type { Failed } from "square-oauth:glue";
import type { TokensRecord } from "./tokens.js";

/** A request as the core wants it sent. */
export interface HttpRequest {
  readonly url: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  /** None at all where it is undefined. */
  readonly body: string | undefined;
  /** Whether a connection that was used before must not be used. */
  readonly fresh: boolean;
}

/** An answer, whole, with the headers that the core reads. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly retryAfter: string | undefined;
  readonly date: string | undefined;
  readonly bytes: Uint8Array;
}

/** How sending ended: with an answer, or not. */
export type Outcome = HttpAnswer | { readonly failed: Failed; readonly cause?: unknown };

/**
 * Sends a request, and settles it once. What it returns aborts it. It follows no redirect, sends nothing
 * twice and reads no more than `MOST_BYTES`.
 */
export type Transport = (request: HttpRequest, settle: (outcome: Outcome) => void) => () => void;

/** The cap of an answer, and the one byte that shows that it is larger. */
export const MOST_BYTES = 64 * 1024 + 1;

/** What the core wants for a call, by the end of its turn. */
export interface Wants {
  /** To be sent, in the place of any request that is under way. */
  request: HttpRequest | undefined;
  /** When it goes on at the latest, on the clock that nobody turns. */
  until: number;
  forAnswer: boolean;
}

/** What the core has said in the last turn. */
export const wants: Wants = { request: undefined, until: Number.POSITIVE_INFINITY, forAnswer: false };

// From here on: what the core imports. None of it throws.

/** `head` has a line for the address, and one for the name and one for the value of each header. */
export function send(head: string, body: string, fresh: boolean): void {
  const headers = head.split("\n");
  const url = headers.shift() as string;
  wants.request = { url, headers, body: body === "" ? undefined : body, fresh };
}

export function wait(until: number, forAnswer: boolean): void {
  wants.until = until;
  wants.forAnswer = forAnswer;
}

/** A record; `texts` has a line each, and an empty one for what is not there. */
export function tokens(texts: string, expiresAt: number, refreshTokenExpiresAt: number | undefined, shortLived: boolean): TokensRecord {
  // By their places: taking a list apart by its iterator costs more than all of the rest.
  const lines = texts.split("\n") as [string, string, string, string, string, string, string, string];
  return {
    accessToken: lines[0],
    tokenType: lines[1],
    expiresAt,
    merchantId: lines[2],
    refreshToken: lines[3] || undefined,
    refreshTokenExpiresAt,
    shortLived,
    subscriptionId: lines[4] || undefined,
    planId: lines[5] || undefined,
    idToken: lines[6] || undefined,
    ignoredFields: lines[7] === "" ? [] : lines[7].split(" "),
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

// The way back: a callback that was checked.

import * as core from "square-oauth:glue";
import { inCore, wrong } from "./core.js";
import { type Bag, type Read, type Shape, bag, secret, text } from "./options.js";
import type { Secret } from "./secret.js";

/** A bare code, and what belongs to it. */
export interface UncheckedCallback {
  /** The authorization code. */
  code: string | Secret;
  /** The redirect URL, if one was sent to the authorization page. */
  redirectUri?: string;
  /** The PKCE verifier, exactly for public applications. */
  codeVerifier?: string | Secret;
}

/** @internal A callback as the core reads it. */
export type CallbackParts = Bag<Required<UncheckedCallback>>;

/** What only this file has. */
const OWN = Symbol("own");

const UNCHECKED: Shape<UncheckedCallback> = { code: secret, redirectUri: text, codeVerifier: secret };

/**
 * A callback whose every part was checked against its pending value, by `OAuthClient.checkCallback`.
 * It holds the authorization code, which is good for one exchange within 5 minutes.
 */
export class Callback {
  readonly #parts: CallbackParts;

  private constructor(parts: CallbackParts, own: symbol) {
    if (own !== OWN) throw wrong("callback", "is made by checkCallback or Callback.unchecked", true);
    this.#parts = parts;
  }

  /** @internal */
  static of(parts: CallbackParts): Callback {
    return new Callback(parts, OWN);
  }

  /**
   * A callback made of a bare code. This skips what protects the seller: nobody has checked that the state
   * matches, that the same browser started the attempt, or how long ago.
   */
  static unchecked(parts: UncheckedCallback): Callback {
    return Callback.of(bag<UncheckedCallback>("callback", parts, UNCHECKED));
  }

  /** @internal */
  static read(value: unknown, field: string): CallbackParts {
    if (typeof value === "object" && value !== null && #parts in value) return (value as Callback).#parts;
    throw wrong(field, "has to be what checkCallback returned, or Callback.unchecked, of this copy of square-oauth");
  }
}

/** @internal */
export const callback = Callback.read as Read<never>;

/**
 * Reads the attempt's key out of a callback: the one that `Authorization.attempt` named on the way out.
 * Nothing is checked yet. `callback` is a URL, a path with a query, or a query string.
 */
export function attempt(callback: string): string {
  const url = text(callback, "callback");
  return inCore(() => core.attempt(url) as { readonly attempt: string }).attempt;
}

// The way back: a callback that was checked.

import type * as glue from "square-oauth:glue";
import { Held, inCore, wrong } from "./core.js";
import { type Read, type Shape, bag, secret, text } from "./options.js";
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

/** What only this file has. */
const OWN = Symbol("own");

const UNCHECKED: Shape<UncheckedCallback> = { code: secret, redirectUri: text, codeVerifier: secret };

/**
 * A callback whose every part was checked against its pending value, by `OAuthClient.checkCallback`.
 * It holds the authorization code, which is good for one exchange within 5 minutes.
 */
export class Callback {
  readonly #held: Held<glue.Callback>;

  private constructor(callback: glue.Callback, own: symbol) {
    if (own !== OWN) throw wrong("callback", "is made by checkCallback or Callback.unchecked", true);
    this.#held = new Held(callback);
  }

  /** @internal */
  static of(callback: glue.Callback): Callback {
    return new Callback(callback, OWN);
  }

  /**
   * A callback made of a bare code. This skips what protects the seller: nobody has checked that the state
   * matches, that the same browser started the attempt, or how long ago.
   */
  static unchecked(parts: UncheckedCallback): Callback {
    const { code, redirectUri, codeVerifier } = bag<UncheckedCallback>("callback", parts, UNCHECKED);
    return Callback.of(
      inCore((core) => core.Callback.unchecked((code as string | undefined) ?? "", redirectUri, codeVerifier as string | undefined)),
    );
  }

  /** @internal */
  static read(value: unknown, field: string): glue.Callback {
    if (typeof value === "object" && value !== null && #held in value) return (value as Callback).#held.get();
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
  return inCore((core) => core.attempt(url));
}

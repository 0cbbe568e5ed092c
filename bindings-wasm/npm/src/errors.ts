// The one error type, with the same fields in every language.

import { type ErrorCode, type ErrorKind, WITHOUT_CORE } from "./error-codes.js";

/** One error as Square reported it; safe to log. Any of the parts may be absent. */
export interface SquareError {
  /** Square's category, e.g. `AUTHENTICATION_ERROR`; an open set. */
  readonly category?: string;
  /** Square's code, e.g. `UNAUTHORIZED`, or the type of an older answer; an open set. */
  readonly code?: string;
  /** Square's sentence for developers. */
  readonly detail?: string;
  /** The request's field that Square complains about. */
  readonly field?: string;
}

/** What the core says of an error. */
export interface Failure {
  readonly kind: ErrorKind;
  readonly code: ErrorCode;
  readonly message: string;
  readonly field?: string;
  readonly httpStatus?: number;
  readonly errors: readonly SquareError[];
  readonly retryAfter?: number;
  readonly retryable: boolean;
  readonly requestMayHaveArrived: boolean;
}

/** Those that an error has beside what every error has. */
const FIELDS = ["kind", "code", "field", "httpStatus", "errors", "retryAfter", "retryable", "requestMayHaveArrived"] as const;

const picked = (names: readonly string[], from: object) =>
  Object.fromEntries(names.map((name) => [name, (from as Record<string, unknown>)[name]]));

// Shared by all copies of this package: whoever catches an error may have loaded another copy.
const BRAND = Symbol.for("square-oauth.OAuthError");

/**
 * Why a call failed. Decide by `kind`, log `code` and `message`: neither holds a secret.
 *
 * Test for it with `isOAuthError`, which also knows the errors of another copy of this package.
 */
export class OAuthError extends Error {
  /** What the error is about; a closed set. */
  declare readonly kind: ErrorKind;
  /** The stable name of what happened, e.g. `state_expired`. */
  declare readonly code: ErrorCode;
  /** The name of the field at fault, snake_case in every language, e.g. `application_secret`. */
  declare readonly field: string | undefined;
  /** The HTTP status, where an answer came. */
  declare readonly httpStatus: number | undefined;
  /** What Square said. */
  declare readonly errors: readonly SquareError[];
  /** How long Square asks to wait, in milliseconds; at most 24 hours. */
  declare readonly retryAfter: number | undefined;
  /** Whether the same call again is harmless and may succeed. */
  declare readonly retryable: boolean;
  /** Whether Square may have received, and carried out, the request. */
  declare readonly requestMayHaveArrived: boolean;

  /** @internal */
  constructor(failure: Failure, cause?: unknown) {
    super(failure.message, cause === undefined ? undefined : { cause });
    Object.assign(this, picked(FIELDS, failure));
  }

  /** The fields, for logs that write JSON; an error's own would be left out. */
  toJSON(): Failure & { readonly name: string } {
    return picked(["name", "message", ...FIELDS], this) as unknown as ReturnType<OAuthError["toJSON"]>;
  }
}

Object.defineProperty(OAuthError.prototype, "name", { value: "OAuthError", writable: true, configurable: true });
Object.defineProperty(OAuthError.prototype, BRAND, { value: true });

/** Whether something that was caught is an `OAuthError`, of this or another copy of this package. */
export function isOAuthError(error: unknown): error is OAuthError {
  return typeof error === "object" && error !== null && (error as { [BRAND]?: boolean })[BRAND] === true;
}

/** @internal An error for which the core cannot be asked. */
export function withoutCore(code: keyof typeof WITHOUT_CORE, why: string | undefined, cause?: unknown): OAuthError {
  const { when, hint } = WITHOUT_CORE[code];
  return new OAuthError(
    {
      kind: "internal",
      code,
      message: (why ?? when) + (hint === undefined ? "" : `; ${hint}`),
      errors: [],
      retryable: false,
      requestMayHaveArrived: false,
    },
    cause,
  );
}

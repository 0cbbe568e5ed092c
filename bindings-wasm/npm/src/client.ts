// The client without memory: authorize, complete, the three calls.

import * as core from "square-oauth:glue";
import { platformTransport } from "square-oauth:platform";
import { Callback, type CallbackParts, callback } from "./callback.js";
import { type Caller, run } from "./call.js";
import { inCore, wrong } from "./core.js";
import { type Environment, type Source, environment } from "./environment.js";
import { type FetchLike, fetchTransport } from "./fetch-transport.js";
import { Held } from "./held.js";
import { type Read, type Shape, bag, callable, flag, number, oneOf, secret, text, texts } from "./options.js";
import type { Secret } from "./secret.js";
import type { AbortSignalLike } from "./signal.js";
import { Tokens, type TokensRecord, date } from "./tokens.js";

/** How a client behaves; every option has a default that is right for a server. */
export interface ClientOptions {
  /** `"production"`, `"sandbox"` or a base URL of your own (https, or http on loopback). */
  environment: string | Environment;
  /** The application's ID, from Square's developer console. */
  applicationId: string;
  /** Where the seller's browser finds the authorization page, if not at the base URL. */
  authorizeUrl?: string;
  /** The total of one call in milliseconds: attempts, back-off and body. Default 15,000; 100 to 600,000. */
  timeout?: number;
  /** How long a seller may stay away, in milliseconds. Default 30 minutes; from 1 minute to 24 hours. */
  pendingLifetime?: number;
  /** The `Square-Version` header, `YYYY-MM-DD`; `null` leaves it to the application's setting at Square. */
  squareVersion?: string | null;
  /** Sends the requests. Default: `node:http(s)` where there is one, else the global `fetch`. */
  fetch?: FetchLike;
  /** Node, Bun and Deno: the `http.Agent` or `https.Agent` to send by, e.g. one of a company's proxy. */
  agent?: object;
  /** The clock, in milliseconds since 1970, e.g. that of an emulator. Default `Date.now`. */
  now?: () => number;
}

/** The options of a client for an application with a secret. */
export interface OAuthClientOptions extends ClientOptions {
  /** The application's secret. Never an environment's default: a missing one is an error. */
  applicationSecret: string | Secret;
  /** While the secret is being rotated, the one before it: sellers who left under it still come back. */
  previousApplicationSecret?: string | Secret;
}

/** What to ask the seller for. */
export interface AuthorizeOptions {
  /** The permissions to ask for, as Square names them; at least one. */
  scopes: readonly string[];
  /** Whether a seller who is logged in at Square may skip the login. Default `false`. */
  session?: boolean;
  /** The page's language, e.g. `en-US`. Default: Square guesses. */
  locale?: string;
  /** The redirect URL as registered. Default: none, and Square uses the registered one. */
  redirectUri?: string;
}

/** Where to send the seller, and what to keep until they are back. */
export interface Authorization {
  /** The address to redirect the seller's browser to. */
  readonly url: string;
  /** What to keep in the seller's session until they are back. A public application's stays on the server. */
  readonly pending: string;
  /** The key to keep it under: one for each attempt, safe as a cookie's name. */
  readonly attempt: string;
}

/** What Square says of a live access token. */
export interface TokenStatus {
  /** What the seller granted. */
  readonly scopes: readonly string[];
  /** When the token ends; none means never, as personal tokens do. */
  readonly expiresAt: Date | undefined;
  /** The application the token was made for. */
  readonly clientId: string;
  /** The seller. */
  readonly merchantId: string;
}

/** Exchanges the code of a callback that was checked. */
export interface CallbackGrant {
  /** What `checkCallback` returned, or `Callback.unchecked`. */
  callback: Callback;
  /** Whether the access token should live 24 hours instead of 30 days. Default `false`. */
  shortLived?: boolean;
  /** Whether the access token should be a JWT, which is used like any other. Default `false`. */
  useJwt?: boolean;
}

/** Refreshes. */
export interface RefreshTokenGrant {
  /** The refresh token. */
  refreshToken: string | Secret;
  /** The permissions the new access token should have, out of those the seller granted. Default: all. */
  scopes?: readonly string[];
  /** Whether the access token should live 24 hours instead of 30 days. Default `false`. */
  shortLived?: boolean;
  /** Whether the access token should be a JWT, which is used like any other. Default `false`. */
  useJwt?: boolean;
}

/** Exchanges an access token from before 2019-03-13 for today's pair. */
export interface MigrationTokenGrant {
  /** The old access token. */
  migrationToken: string | Secret;
}

/** What to exchange for tokens. */
export type ObtainTokenRequest = CallbackGrant | RefreshTokenGrant | MigrationTokenGrant;

/** Ends every token that this application holds for a seller: what "Disconnect" means. */
export interface RevokeAll {
  /** The seller's merchant ID. */
  all: string;
}

/** The same, naming the seller by any of their access tokens. */
export interface RevokeAllByToken {
  /** Any access token of the seller's. */
  allByToken: string | Secret;
}

/** Ends one access token; the authorization and its refresh token stay. */
export interface RevokeOnly {
  /** The access token to end. */
  only: string | Secret;
}

/** What to revoke. */
export type RevokeTokenRequest = RevokeAll | RevokeAllByToken | RevokeOnly;

/** What every call takes beside its request. */
export interface CallOptions {
  /** Ends the call, also while it waits; it then fails with code `aborted`. */
  signal?: AbortSignalLike;
}

const object: Read<object> = (value, field) => {
  // The one method that every `http.Agent` has, and an agent of another library's `fetch` has not.
  if (typeof (value as { addRequest?: unknown } | null)?.addRequest === "function") return value as object;
  throw wrong(field, "has to be an http.Agent");
};

const CLIENT: Shape<ClientOptions> = {
  environment: environment as Read<string | Environment>,
  applicationId: text,
  authorizeUrl: text,
  timeout: number,
  pendingLifetime: number,
  squareVersion: (value, field) => (value === null ? null : text(value, field)),
  fetch: callable as Read<FetchLike>,
  agent: object,
  now: callable as Read<() => number>,
};
const CONFIDENTIAL: Shape<OAuthClientOptions> = { ...CLIENT, applicationSecret: secret, previousApplicationSecret: secret };
const AUTHORIZE: Shape<AuthorizeOptions> = { scopes: texts, session: flag, locale: text, redirectUri: text };
const GRANT: { callback: Shape<CallbackGrant>; refreshToken: Shape<RefreshTokenGrant>; migrationToken: Shape<MigrationTokenGrant> } = {
  callback: { callback: callback as Read<Callback>, shortLived: flag, useJwt: flag },
  refreshToken: { refreshToken: secret, scopes: texts, shortLived: flag, useJwt: flag },
  migrationToken: { migrationToken: secret },
};
const GRANTS = Object.keys(GRANT) as (keyof typeof GRANT)[];
type AnyGrant = CallbackGrant & RefreshTokenGrant & MigrationTokenGrant;
const REVOKE = { all: text, allByToken: secret, only: secret };
const REVOCATIONS = Object.keys(REVOKE) as (keyof typeof REVOKE)[];
const ENDS = ["addEventListener", "removeEventListener"] as const;
const CALL: Shape<CallOptions> = {
  signal: (value, field) => {
    const signal = value as Partial<AbortSignalLike> | null;
    if (typeof signal === "object" && ENDS.every((name) => typeof signal?.[name] === "function")) return signal as AbortSignalLike;
    throw wrong(field, "has to be an AbortSignal");
  },
};

const PUBLIC = Symbol("public");

function transport(options: { fetch?: FetchLike | undefined; agent?: object | undefined }): Caller["transport"] {
  if (options.fetch === undefined) return platformTransport(options.agent);
  if (options.agent !== undefined) throw wrong("agent", "cannot be given beside fetch", true);
  return fetchTransport(options.fetch);
}

/**
 * The client without memory. Make it once; nobody has to dispose of it, and `using` does.
 *
 * Not affiliated with Square.
 */
export class OAuthClient {
  readonly #held: Held;
  readonly #make: () => number;
  readonly #caller: Caller;

  /** A client for an application with a secret: the code flow, right for every server. */
  constructor(options: OAuthClientOptions);
  constructor(given: OAuthClientOptions | ClientOptions, kind?: symbol) {
    const isPublic = kind === PUBLIC;
    const options: ReturnType<typeof bag<OAuthClientOptions>> = isPublic
      ? (bag<ClientOptions>("options", given, CLIENT) as never)
      : bag<OAuthClientOptions>("options", given, CONFIDENTIAL);
    const { environment, authorizeUrl, fetch, agent, now, ...more } = options;
    const source = environment as unknown as Source | undefined;
    const secret = isPublic ? {} : { applicationSecret: "" };
    const record = JSON.stringify({ ...source, ...secret, ...more, authorizeUrl: authorizeUrl ?? source?.authorizeUrl });
    this.#make = () => inCore(() => core.client(record));
    this.#held = new Held(this.#make());
    this.#caller = { transport: transport({ fetch, agent }), clock: now };
  }

  /**
   * A client for an application without a secret: the PKCE flow. Its refresh tokens are good for one use and
   * 90 days, it cannot revoke, and its pending values must stay on the server.
   */
  static public(options: ClientOptions): OAuthClient {
    return new (OAuthClient as unknown as new (options: ClientOptions, kind: symbol) => OAuthClient)(options, PUBLIC);
  }

  /** Makes the address to send a seller to, and what to keep until they are back. */
  authorize(options: AuthorizeOptions): Authorization {
    const given = JSON.stringify(bag<AuthorizeOptions>("options", options, AUTHORIZE));
    return inCore(() => core.authorize(this.#held.get(), given) as Authorization, this.#caller);
  }

  /**
   * Checks the seller's return and exchanges its code for tokens. `callback` is a URL, a path with a query, or
   * a query string; `pending` is what was kept under the key `attempt(callback)`, removed from there before
   * this call, and nothing where there is none. Sent once, never repeated.
   */
  async complete(callback: string, pending: string | null | undefined, options?: CallOptions): Promise<Tokens> {
    const checked = this.checkCallback(callback, pending);
    return this.obtainToken({ callback: checked }, options);
  }

  /** Checks the seller's return without exchanging its code: the first half of `complete`. */
  checkCallback(callback: string, pending: string | null | undefined): Callback {
    const url = text(callback, "callback");
    const kept = text(pending ?? null, "pending");
    return Callback.of(inCore(() => core.check(this.#held.get(), url, kept) as CallbackParts, this.#caller));
  }

  /**
   * Exchanges a callback's code, a refresh token or a migration token for tokens. A code, and a public
   * application's refresh token, is sent once and never repeated.
   */
  async obtainToken(request: ObtainTokenRequest, options?: CallOptions): Promise<Tokens> {
    const grant = oneOf("request", request, GRANTS);
    const read: { [K in keyof AnyGrant]?: unknown } = bag<AnyGrant>("request", request, GRANT[grant] as Shape<AnyGrant>, GRANTS);
    const value = read[grant];
    // A token costs less by itself, and mostly there is nothing more.
    read[grant] = undefined;
    const isCode = grant === "callback";
    const token = isCode ? undefined : ((value as string | undefined) ?? "");
    const given = JSON.stringify(isCode ? { ...(value ?? Callback.read(undefined, "callback")), ...read } : read);
    return await this.#run(
      options,
      (client) => core.obtain(client, given, token, grant === "migrationToken"),
      (record: TokensRecord) => new Tokens(record),
    );
  }

  /** Ends tokens at Square. Code `token_not_found` means that they are already gone. */
  async revokeToken(request: RevokeTokenRequest, options?: CallOptions): Promise<void> {
    const which = oneOf("request", request, REVOCATIONS);
    const read = bag<Record<string, string | Secret>>("request", request, { [which]: REVOKE[which] }, REVOCATIONS);
    const value = (read[which] as string | undefined) ?? "";
    return await this.#run(options, (client) => core.revoke(client, which, value), () => {});
  }

  /** Asks what an access token is good for: scopes, end, application, seller. */
  async retrieveTokenStatus(accessToken: string | Secret, options?: CallOptions): Promise<TokenStatus> {
    const token = secret((accessToken as unknown) ?? null, "access_token") as string;
    return await this.#run(
      options,
      (client) => core.status(client, token),
      (record: Omit<TokenStatus, "expiresAt"> & { expiresAt?: number }) => ({ ...record, expiresAt: date(record.expiresAt) }),
    );
  }

  /**
   * Asks Square whether ID, secret and environment are right. Needs no seller. Square is seen to judge the
   * application before the code, which is not documented.
   */
  async checkApplication(options?: CallOptions): Promise<void> {
    return await this.#run(options, core.check_application, () => {});
  }

  /** @internal */
  static read(value: unknown, field: string): { readonly make: () => number; readonly caller: Caller } {
    if (typeof value !== "object" || value === null || !(#held in value)) throw wrong(field, "has to be an OAuthClient of this copy of square-oauth; at the edge, import it from square-oauth/web");
    const client = value as OAuthClient;
    // One that was disposed of, or lost, is nothing to begin with.
    client.#held.get();
    return { make: client.#make, caller: client.#caller };
  }

  /** Gives its memory back at once. Not needed: the garbage collector does, later. */
  [Symbol.dispose](): void {
    this.#held.dispose();
  }

  #run<R, T>(options: CallOptions | undefined, begin: (client: number) => number, finish: (record: R) => T): Promise<T> {
    const { signal } = bag<CallOptions>("options", options, CALL);
    const client = this.#held.get();
    return run(this.#caller, signal, () => begin(client), finish);
  }
}

// What a grant yields.

import { Secret } from "./secret.js";

/** @internal The core's record. */
export interface TokensRecord {
  readonly accessToken: string;
  readonly tokenType: string;
  readonly expiresAt: number;
  readonly merchantId: string;
  readonly refreshToken: string | undefined;
  readonly refreshTokenExpiresAt: number | undefined;
  readonly shortLived: boolean;
  readonly subscriptionId: string | undefined;
  readonly planId: string | undefined;
  readonly idToken: string | undefined;
  readonly ignoredFields: readonly string[];
}

const secret = (text: string | undefined) => (text === undefined ? undefined : new Secret(text));
/** @internal */
export const date = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms));

/** The tokens of one seller. Printing them shows no secret. */
export class Tokens {
  /** The bearer token for Square's API. */
  readonly accessToken: Secret;
  /** Always `bearer`. */
  readonly tokenType: string;
  /** When the access token ends: 30 days after it was made, or 24 hours if short-lived. */
  readonly expiresAt: Date;
  /** The seller. */
  readonly merchantId: string;
  /**
   * The refresh token. Where Square leaves it out of a refresh, code flow keeps the one that was used, which
   * stays good; in PKCE that one is spent, so there is none.
   */
  readonly refreshToken: Secret | undefined;
  /** When the refresh token ends; only PKCE's do. */
  readonly refreshTokenExpiresAt: Date | undefined;
  /** Whether the access token lives 24 hours. */
  readonly shortLived: boolean;
  /** Legacy: the seller's subscription to the application. */
  readonly subscriptionId: string | undefined;
  /** Legacy: the plan of that subscription. */
  readonly planId: string | undefined;
  /** Legacy: an OpenID token, deprecated since 2021-09-15. */
  readonly idToken: Secret | undefined;
  /** Optional fields of the answer that were there but could not be used, and so were left out. */
  readonly ignoredFields: readonly string[];

  /** @internal */
  constructor(record: TokensRecord) {
    this.accessToken = new Secret(record.accessToken);
    this.tokenType = record.tokenType;
    this.expiresAt = new Date(record.expiresAt);
    this.merchantId = record.merchantId;
    this.refreshToken = secret(record.refreshToken);
    this.refreshTokenExpiresAt = date(record.refreshTokenExpiresAt);
    this.shortLived = record.shortLived;
    this.subscriptionId = record.subscriptionId;
    this.planId = record.planId;
    this.idToken = secret(record.idToken);
    this.ignoredFields = record.ignoredFields;
  }
}

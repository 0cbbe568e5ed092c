/// <reference lib="esnext.disposable" preserve="true" />
// The public names.

import { Callback } from "./callback.js";
import { OAuthClient } from "./client.js";
import { Environment } from "./environment.js";
import { OAuthError } from "./errors.js";
import { Secret } from "./secret.js";
import { Tokens } from "./tokens.js";
import { Webhooks } from "./webhooks.js";

// Consoles and stack traces show them, and a bundler shortens what it finds.
for (const [name, type] of Object.entries({ Callback, Environment, OAuthClient, OAuthError, Secret, Tokens, Webhooks })) {
  Object.defineProperty(type, "name", { value: name });
}

export {
  type AuthorizeOptions,
  type Authorization,
  type CallbackGrant,
  type CallOptions,
  type ClientOptions,
  type MigrationTokenGrant,
  OAuthClient,
  type OAuthClientOptions,
  type ObtainTokenRequest,
  type RefreshTokenGrant,
  type RevokeAll,
  type RevokeAllByToken,
  type RevokeOnly,
  type RevokeTokenRequest,
  type TokenStatus,
} from "./client.js";
export { attempt, Callback, type UncheckedCallback } from "./callback.js";
export type { AbortSignalLike } from "./signal.js";
export { Environment } from "./environment.js";
export type { ErrorCode, ErrorKind } from "./error-codes.js";
export { isOAuthError, OAuthError, type SquareError } from "./errors.js";
export type { FetchInit, FetchLike, ResponseLike } from "./fetch-transport.js";
export { Secret } from "./secret.js";
export { Tokens } from "./tokens.js";
export {
  type AuthorizationRevokedEvent,
  type Bytes,
  type Delivery,
  type OtherEvent,
  type RequestLike,
  SIGNATURE_HEADER,
  type Subscription,
  type WebhookEvent,
  type WebhookEventBase,
  Webhooks,
} from "./webhooks.js";

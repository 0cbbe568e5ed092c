// What users write compiles, and what they must not write does not.

import {
  attempt,
  type AuthorizeOptions,
  Callback,
  Environment,
  type ErrorCode,
  type ErrorKind,
  isOAuthError,
  OAuthClient,
  OAuthError,
  Secret,
  type Tokens,
  type TokenStatus,
  type WebhookEvent,
  Webhooks,
} from "square-oauth";

const square = new OAuthClient({ environment: "sandbox", applicationId: "id", applicationSecret: "secret" });
using short = new OAuthClient({
  environment: Environment.parse("sandbox"),
  applicationId: "id",
  applicationSecret: new Secret("secret"),
  previousApplicationSecret: "before",
  authorizeUrl: "http://localhost",
  timeout: 5_000,
  pendingLifetime: 60_000,
  squareVersion: null,
  now: () => Date.now(),
  agent: {},
});
OAuthClient.public({ environment: "sandbox", applicationId: "id", squareVersion: "2026-01-22" });

// @ts-expect-error a secret is never forgotten in silence
new OAuthClient({ environment: "sandbox", applicationId: "id" });
// @ts-expect-error a misspelt option
new OAuthClient({ environment: "sandbox", applicationId: "id", applicationSecert: "secret" });
// @ts-expect-error a public application has none
OAuthClient.public({ environment: "sandbox", applicationId: "id", applicationSecret: "secret" });

const options: AuthorizeOptions = { scopes: ["PAYMENTS_READ"] as const, session: false, locale: "en-US" };
const { url, pending, attempt: key }: { url: string; pending: string; attempt: string } = square.authorize(options);
const same: string = attempt(url);
// @ts-expect-error scopes are asked for by name
square.authorize({});

const { signal } = new AbortController();
const tokens: Tokens = await square.complete(url, pending, { signal });
await short.complete(url, undefined);
const merchant: string = tokens.merchantId;
const ends: Date = tokens.expiresAt;
const opened: string = tokens.accessToken.expose();
const refresh: Secret | undefined = tokens.refreshToken;
// @ts-expect-error a secret is no text
const text: string = tokens.accessToken;
// @ts-expect-error an environment is parsed
new Environment();
// @ts-expect-error a callback is checked
new Callback();
// @ts-expect-error tokens come from Square alone
tokens.merchantId = merchant;

const callback: Callback = square.checkCallback(url, pending);
await square.obtainToken({ callback, shortLived: true, useJwt: true });
await square.obtainToken({ callback: Callback.unchecked({ code: "code", redirectUri: "https://x", codeVerifier: "v" }) });
if (refresh !== undefined) await square.obtainToken({ refreshToken: refresh, scopes: ["ITEMS_READ"] }, { signal });
await square.obtainToken({ migrationToken: "EAAA" });
const status: TokenStatus = await square.retrieveTokenStatus(tokens.accessToken);
const never: Date | undefined = status.expiresAt;
await square.revokeToken({ all: merchant });
await square.revokeToken({ allByToken: tokens.accessToken });
await square.revokeToken({ only: opened });
// @ts-expect-error one of three
await square.revokeToken({ merchantId: merchant });
await square.checkApplication({ signal });

const webhooks = new Webhooks([{ notificationUrl: "https://x", signatureKey: new Secret("k") }]);
const event: WebhookEvent = await webhooks.verify(new Request("https://x", { method: "POST" }));
if (event.revokerType !== undefined) {
  const gone: string = event.merchantId;
  const type: "oauth.authorization.revoked" = event.type;
  const since: Date | undefined = event.revokedAt;
  console.log(gone, type, since);
}
if (event.type === "oauth.authorization.revoked") console.log(event.revokerType, event.revokedAt);
if (event.type === "payment.updated") console.log(event.merchantId);
await webhooks.verify({ body: new Uint8Array(), signature: null });
// @ts-expect-error the raw body, not what was made of it
await webhooks.verify({ body: { type: "x" }, signature: "s" });

new OAuthClient({ environment: "sandbox", applicationId: "id", applicationSecret: "secret", fetch: (url, init) => fetch(url, init) });
new OAuthClient({ environment: "sandbox", applicationId: "id", applicationSecret: "secret", fetch });

try {
  await square.checkApplication();
} catch (error) {
  if (isOAuthError(error)) {
    const known: OAuthError = error;
    const kind: ErrorKind = known.kind;
    const code: ErrorCode = known.code;
    const wait: number | undefined = known.retryAfter;
    console.log(kind, code, wait, known.errors.map(({ detail }) => detail));
    // @ts-expect-error the kinds are a closed set
    if (known.kind === "no such kind") console.log();
  }
}
console.log(ends, same, key, text, never);

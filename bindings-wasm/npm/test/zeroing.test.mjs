// What a call was given and has brought is nowhere in the core's memory afterwards: that never shrinks.

import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt, Callback, OAuthClient, Webhooks } from "square-oauth";
import { exports } from "./instance.mjs";
import { client, failure, ID, json, STATUS, TOKENS } from "./support.mjs";

/** Looks for the end of each: an allocator's own notes may lie over the begin. */
function isGone(...secrets) {
  const memory = Buffer.from(exports.memory.buffer);
  for (const secret of secrets) assert.ok(!memory.includes(secret.slice(-20)), secret);
}

const secret = (what) => `${what}-canary-${"0123456789".repeat(8)}-${what}`;

test("a secret is found while it is held", () => {
  client(undefined, { applicationSecret: secret("held") });
  assert.throws(() => isGone(secret("held")));
});

test("a call leaves nothing of what it was given, nor of the answer", async () => {
  const tokens = { ...TOKENS, access_token: secret("access"), refresh_token: secret("refreshed") };
  const square = client(async (url) => json(url.endsWith("status") ? STATUS : url.endsWith("revoke") ? { success: true } : tokens));
  await square.obtainToken({ refreshToken: secret("refresh"), scopes: ["A"] });
  await square.obtainToken({ migrationToken: secret("migration") });
  await square.obtainToken({ callback: Callback.unchecked({ code: secret("code") }) });
  await square.retrieveTokenStatus(secret("status"));
  await square.revokeToken({ only: secret("only") });
  isGone(...["access", "refreshed", "refresh", "migration", "code", "status", "only"].map(secret));
  const refused = client(async () => json({ errors: [{ code: "X", detail: secret("refused") }] }, 401));
  await failure(refused.retrieveTokenStatus(secret("refused")));
  await failure(square.retrieveTokenStatus(`${secret("space")} ${secret("space")}`));
  isGone(secret("refused"), secret("space"));
});

test("coming back leaves neither code nor verifier, and a delivery no key", async () => {
  const open = OAuthClient.public({ environment: "sandbox", applicationId: ID });
  const { url, pending } = open.authorize({ scopes: ["A"] });
  const { searchParams } = new URL(url);
  const back = (code) => `?code=${code}&state=${searchParams.get("state")}`;
  isGone(pending);
  open.checkCallback(back(secret("back")), pending);
  isGone(secret("back"), pending, JSON.parse(Buffer.from(pending.split(".")[1], "base64url")).v);
  attempt(back(secret("attempt")));
  isGone(secret("attempt"));
  // As long as Square's.
  const signatureKey = "canary-key-0123456789";
  const webhooks = new Webhooks({ notificationUrl: "https://example.com", signatureKey });
  await failure(webhooks.verify({ body: "{}", signature: `${"A".repeat(43)}=` }));
  isGone(signatureKey);
});

// The story once more, by a program in JavaScript against the same emulator.
//
// The first line says who tells it, each further one a step and, after a tab, what it has shown.

import assert from "node:assert/strict";
import process from "node:process";
import { inspect } from "node:util";
import { attempt, callbackHandler, connectHandler, isOAuthError, OAuthClient } from "square-oauth/web";

const { SQUARE_ENVIRONMENT, SQUARE_APPLICATION_ID, SQUARE_APPLICATION_SECRET, EMULATOR_CONTROL_URL } = process.env;
const application = { environment: SQUARE_ENVIRONMENT, applicationId: SQUARE_APPLICATION_ID };
const scopes = ["MERCHANT_PROFILE_READ", "PAYMENTS_READ"];

const shows = (step, text) => console.log(`${step}\t${text}`);

/** The seller allows; yields where the browser goes. */
async function allow(url) {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ url, decision: "allow" });
  const answer = await fetch(`${EMULATOR_CONTROL_URL}/consent`, { method: "POST", headers, body });
  return (await answer.json()).redirect;
}

async function refused(call, code) {
  const error = await call().then(() => assert.fail("it was accepted"), (error) => error);
  assert.ok(isOAuthError(error), String(error));
  assert.equal(error.code, code);
  return `${error.kind}: ${error.code}`;
}

console.log(`Node ${process.versions.node}`);

const wrong = new OAuthClient({ ...application, applicationSecret: "sandbox-sq0csb-a-wrong-one" });
shows("a wrong secret", await refused(() => wrong.checkApplication(), "application_rejected"));

const square = new OAuthClient({ ...application, applicationSecret: SQUARE_APPLICATION_SECRET });
await square.checkApplication();
shows("checkApplication()", "ID, secret and environment are right");

const session = {};
const authorization = square.authorize({ scopes });
session[authorization.attempt] = authorization.pending;
shows("authorize({ scopes })", authorization.url.split("?")[0]);

const url = await allow(authorization.url);
const key = attempt(url);
const pending = session[key];
delete session[key];
const tokens = await square.complete(url, pending);
const printed = inspect(tokens, { breakLength: Number.POSITIVE_INFINITY, compact: true });
assert.ok(!printed.includes(tokens.accessToken.expose()));
shows("complete(url, pending)", `${tokens.merchantId}, ${tokens.accessToken} until ${tokens.expiresAt.toISOString()}`);
shows("the page is reloaded", await refused(() => square.complete(url, session[key]), "pending_missing"));
shows("the code, a second time", await refused(() => square.complete(url, pending), "code_rejected"));

const refreshed = await square.obtainToken({ refreshToken: tokens.refreshToken });
const status = await square.retrieveTokenStatus(refreshed.accessToken);
shows("obtainToken({ refreshToken })", `may ${status.scopes.join(", ")} until ${status.expiresAt.toISOString()}`);

// The same by the handlers, as a browser meets them.
const publicUrl = new URL(url).origin;
const web = { publicUrl, scopes, callbackPath: new URL(url).pathname, returnTo: "/settings" };
const connected = [];
const out = await connectHandler(square, web)(new Request(`${publicUrl}/connect`));
const cookie = out.headers.getSetCookie()[0].split(";")[0];
const back = new Request(await allow(out.headers.get("location")), { headers: { cookie } });
const answer = await callbackHandler(square, { ...web, onConnected: (tokens) => connected.push(tokens.merchantId) })(back);
assert.deepEqual(connected, [tokens.merchantId]);
shows("connectHandler, callbackHandler", `${out.status} to Square, ${answer.status} to ${answer.headers.get("location")}`);

await square.revokeToken({ all: tokens.merchantId });
shows("revokeToken({ all })", "every token of this seller has ended");
const ended = () => square.retrieveTokenStatus(refreshed.accessToken);
shows("its token, afterwards", await refused(ended, "access_token_rejected"));

// The same mistakes, the same answers.

import assert from "node:assert/strict";
import { Agent } from "node:http";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { attempt, Callback, Environment, OAuthClient, Secret, Webhooks } from "square-oauth";
import { client, failure, ID, SECRET, STATUS, TOKENS, json } from "./support.mjs";

const good = { environment: "sandbox", applicationId: ID, applicationSecret: SECRET };

test("a misspelt option names the nearest real one", async () => {
  for (const [work, field, near] of [
    [() => new OAuthClient({ ...good, applicationSecert: SECRET }), "applicationSecert", "applicationSecret"],
    [() => new OAuthClient({ ...good, clientId: ID }), "clientId", "there are environment"],
    [() => OAuthClient.public({ environment: "sandbox", applicationId: ID, timeOut: 5 }), "timeOut", "timeout"],
    [() => client().authorize({ scope: ["A"] }), "scope", "scopes"],
    [() => client().obtainToken({ refreshTokn: "x" }), "refreshTokn", "refreshToken"],
    [() => client().obtainToken({ refreshToken: "x", shortlived: true }), "shortlived", "shortLived"],
    [() => client().revokeToken({ alll: "x" }), "alll", "did you mean all"],
    [() => client().checkApplication({ sginal: undefined }), "sginal", "signal"],
    [() => new Webhooks({ notificationURL: "https://x", signatureKey: "k" }), "notificationURL", "notificationUrl"],
    [() => Callback.unchecked({ cod: "x" }), "cod", "code"],
    // What every object has by itself is no option either.
    [() => new OAuthClient({ ...good, constructor: 1 }), "constructor", "there are environment"],
    [() => new OAuthClient(JSON.parse(`{"__proto__": {"environment": "sandbox"}}`)), "__proto__", "there are environment"],
  ]) {
    const error = await failure(work);
    assert.deepEqual([error.kind, error.code, error.field], ["invalid_input", "option_unknown", field]);
    assert.ok(error.message.includes(near), error.message);
  }
});

test("a key that may be a value is not repeated", async () => {
  const error = await failure(() => new OAuthClient({ ...good, [SECRET]: 1 }));
  assert.equal(error.field, undefined);
});

test("a value of a wrong type names its field and not itself", async () => {
  for (const [work, field] of [
    [() => new OAuthClient({ ...good, applicationSecret: { canary: 1 } }), "application_secret"],
    [() => new OAuthClient({ ...good, applicationId: 5 }), "application_id"],
    [() => new OAuthClient({ ...good, environment: 5 }), "environment"],
    [() => new OAuthClient({ ...good, timeout: "canary" }), "timeout"],
    [() => new OAuthClient({ ...good, timeout: NaN }), "timeout"],
    [() => new OAuthClient({ ...good, timeout: 5n }), "timeout"],
    [() => new OAuthClient({ ...good, pendingLifetime: -1 }), "pending_lifetime"],
    [() => new OAuthClient({ ...good, now: 5 }), "now"],
    [() => new OAuthClient({ ...good, fetch: "canary" }), "fetch"],
    [() => new OAuthClient({ ...good, squareVersion: 5 }), "square_version"],
    [() => new OAuthClient("canary"), "options"],
    [() => client().checkApplication(new AbortController().signal), "options"],
    [() => client().retrieveTokenStatus("EAAA", new Date()), "options"],
    [() => client().authorize(new Map([["scopes", ["A"]]])), "options"],
    [() => new OAuthClient(null), "options"],
    [() => client().authorize({ scopes: "canary" }), "scopes"],
    [() => client().authorize({ scopes: ["A"], session: "canary" }), "session"],
    [() => client().authorize({ scopes: ["A"], redirectUri: new URL("https://canary") }), "redirect_uri"],
    [() => client().checkCallback(new URL("https://canary"), ""), "callback"],
    [() => client().checkCallback("?code=1&state=2", { canary: 1 }), "pending"],
    [() => client().obtainToken({ refreshToken: 5 }), "refresh_token"],
    [() => client().obtainToken({ callback: { code: "canary" } }), "callback"],
    [() => client().obtainToken("canary"), "request"],
    [() => client().retrieveTokenStatus({ canary: 1 }), "access_token"],
    [() => client().checkApplication({ signal: "canary" }), "signal"],
    [() => attempt(5), "callback"],
    [() => Environment.parse(5), "environment"],
    [() => new Webhooks({ notificationUrl: "https://x", signatureKey: 5 }), "signature_key"],
    [() => new Webhooks([, { notificationUrl: "https://x", signatureKey: "k" }]), "subscriptions"],
    [() => client(undefined, { fetch: undefined, agent: { dispatch() {} } }), "agent"],
    [() => client().authorize({ scopes: [, "A"] }), "scopes"],
    [() => client().authorize({ scopes: new Array(2) }), "scopes"],
    [() => client().authorize({ scopes: new Lying("A") }), "scopes"],
    [() => client().checkApplication({ signal: { aborted: false, addEventListener() {} } }), "signal"],
    [() => new Secret(5), "secret"],
    [() => new Secret(undefined), "secret"],
  ]) {
    const error = await failure(work);
    assert.deepEqual([error.kind, error.code, error.field], ["invalid_input", "value_malformed", field]);
  }
});

/** Shows one thing to whoever looks at its places, and another to whoever walks along it. */
class Lying extends Array {
  constructor(item) {
    super();
    this[0] = item;
  }
  *[Symbol.iterator]() {
    yield 5;
  }
}

test("no mistake of a caller's ends what others have under way", async () => {
  let answer;
  const other = client(() => new Promise((done) => (answer = () => done(json(STATUS)))));
  const waiting = other.retrieveTokenStatus("EAAA");
  for (const work of [
    () => new Environment(),
    () => new Environment("sandbox"),
    () => new Environment({ text: 5 }),
    () => new Callback(),
    () => new Callback({ __wbg_ptr: 1234 }),
  ]) {
    assert.equal((await failure(work)).code, "value_unexpected");
  }
  answer();
  assert.equal((await waiting).clientId, STATUS.client_id);
});

test("what is not there is missing, by the field's own name", async () => {
  for (const [work, field] of [
    [() => new OAuthClient({ environment: "sandbox", applicationId: ID }), "application_secret"],
    [() => new OAuthClient({ ...good, applicationSecret: undefined }), "application_secret"],
    [() => new OAuthClient({ ...good, applicationSecret: null }), "application_secret"],
    [() => new OAuthClient({ ...good, applicationSecret: "" }), "application_secret"],
    [() => new OAuthClient({ ...good, applicationId: undefined }), "application_id"],
    [() => new OAuthClient({}), "environment"],
    [() => new OAuthClient(), "environment"],
    [() => client().authorize(), "scopes"],
    [() => client().obtainToken({ refreshToken: undefined }), "refresh_token"],
    [() => client().obtainToken({ migrationToken: null }), "migration_token"],
    [() => client().revokeToken({ all: undefined }), "merchant_id"],
    [() => client().revokeToken({ only: "" }), "access_token"],
    [() => client().retrieveTokenStatus(), "access_token"],
    [() => new Webhooks([]), "subscriptions"],
  ]) {
    const error = await failure(work);
    assert.deepEqual([error.kind, error.code, error.field], ["invalid_input", "value_missing", field], error.message);
  }
});

test("what contradicts is refused", async () => {
  const two = await failure(() => client().revokeToken({ all: "MLQW2MYBY81PZ", only: "EAAA" }));
  assert.deepEqual([two.code, two.field], ["value_unexpected", "only"]);
  const both = await failure(() => client(async () => json(STATUS), { agent: new Agent() }));
  assert.deepEqual([both.code, both.field], ["value_unexpected", "agent"]);
});

test("what has nothing in it is not there, beside what is meant too", async () => {
  const sent = [];
  const square = client(async (_, init) => (sent.push(JSON.parse(init.body)), json(TOKENS)));
  await square.obtainToken({ callback: undefined, refreshToken: undefined, migrationToken: "EAAA" });
  await square.obtainToken({ migrationToken: undefined, refreshToken: "EQAA", scopes: undefined, shortLived: undefined });
  assert.deepEqual(sent.map((body) => [body.grant_type, body.migration_token, body.refresh_token]), [
    ["migration_token", "EAAA", undefined],
    ["refresh_token", undefined, "EQAA"],
  ]);
  const revoked = client(async (_, init) => (sent.push(JSON.parse(init.body)), json({ success: true })));
  await revoked.revokeToken({ all: undefined, only: "EAAA" });
  assert.equal(sent.at(-1).access_token, "EAAA");
  const stray = await failure(() => square.obtainToken({ refreshToken: "EQAA", only: undefined }));
  assert.deepEqual([stray.code, stray.field], ["option_unknown", "only"]);
});

test("what comes from another realm is taken as what it is", async () => {
  const foreign = (program) => runInNewContext(program, { ID, SECRET, fetch: async () => json(STATUS) });
  const square = new OAuthClient(foreign(`({ environment: "sandbox", applicationId: ID, applicationSecret: SECRET, fetch })`));
  assert.match(square.authorize({ scopes: foreign(`["PAYMENTS_READ"]`) }).url, /scope=PAYMENTS_READ/);
  const signal = foreign(`({ aborted: true, reason: "because", addEventListener() {}, removeEventListener() {} })`);
  const error = await failure(square.retrieveTokenStatus("EAAA", foreign("Object").assign(foreign("({})"), { signal })));
  assert.deepEqual([error.code, error.cause], ["aborted", "because"]);
  assert.equal((await failure(() => new OAuthClient(foreign("new Date()")))).field, "options");
});

test("a number is a number of milliseconds, in whatever way it is too large", async () => {
  assert.ok(client(undefined, { timeout: 1500.5 }));
  for (const timeout of [2 ** 53 + 2, 1e300, Number.POSITIVE_INFINITY, 0, 0.5]) {
    const error = await failure(() => client(undefined, { timeout }));
    assert.deepEqual([error.code, error.field], ["value_out_of_range", "timeout"]);
  }
});

/** Options may be an object of anybody's, if they are there. */
class Settings {
  get environment() {
    return "sandbox";
  }
  applicationId = ID;
  applicationSecret = SECRET;
}

test("options may come from getters of a class", () => {
  assert.ok(new OAuthClient(new Settings()));
  assert.ok(new OAuthClient(Object.assign(Object.create(null), good)));
});

test("an agent is refused where there is only fetch", async () => {
  const { OAuthClient: Elsewhere } = await import(new URL("./inline.mjs", import.meta.resolve("square-oauth")));
  const error = await failure(() => new Elsewhere({ ...good, agent: new Agent() }));
  assert.deepEqual([error.code, error.field], ["value_unexpected", "agent"]);
});

test("a version that is null is none, and one that is not there the default", async () => {
  const sent = [];
  const fetch = async (_, init) => (sent.push(init.headers["square-version"]), json(STATUS));
  for (const squareVersion of [null, undefined, "2025-08-20"]) await client(fetch, { squareVersion }).retrieveTokenStatus("EAAA");
  assert.deepEqual([sent[0], /^\d{4}-\d\d-\d\d$/.test(sent[1]), sent[2]], [undefined, true, "2025-08-20"]);
});

test("every option arrives, whatever is in it", async () => {
  const sent = [];
  const fetch = async (_, init) => (sent.push(JSON.parse(init.body)), json(TOKENS));
  const environment = Environment.parse("http://localhost:1").authorizeAt("http://localhost:2");
  const open = OAuthClient.public({ environment, applicationId: ID, authorizeUrl: "http://localhost:3", pendingLifetime: 60_000, fetch });
  const square = client(fetch);
  const { origin, searchParams } = new URL(open.authorize({ scopes: ["A", "B"], session: true, locale: "en-US", redirectUri: "https://r.example/" }).url);
  const asked = ["client_id", "scope", "session", "locale", "redirect_uri"].map((name) => searchParams.get(name));
  assert.deepEqual([origin, ...asked], ["http://localhost:3", ID, "A B", "true", "en-US", "https://r.example/"]);
  const quoted = String.raw`q\u0041\\n`;
  const more = { short_lived: true, use_jwt: true };
  for (const [from, request, body] of [
    [square, { migrationToken: quoted }, { grant_type: "migration_token", migration_token: quoted }],
    [square, { refreshToken: quoted, scopes: ["A", "B"], shortLived: true, useJwt: true }, { refresh_token: quoted, scopes: ["A", "B"], ...more }],
    [square, { callback: Callback.unchecked({ code: quoted, redirectUri: "https://r.example/" }), shortLived: true, useJwt: true }, { code: quoted, redirect_uri: "https://r.example/", ...more }],
    [open, { callback: Callback.unchecked({ code: "c", codeVerifier: "v".repeat(43) }) }, { code: "c", code_verifier: "v".repeat(43) }],
  ]) {
    await from.obtainToken(request);
    const last = sent.at(-1);
    assert.deepEqual(Object.fromEntries(Object.keys(body).map((key) => [key, last[key]])), body);
  }
  for (const option of ["timeout", "pendingLifetime"]) {
    const error = await failure(() => client(fetch, { [option]: 1 }));
    assert.deepEqual([error.code, error.field], ["value_out_of_range", option.replace("L", "_l")]);
  }
  const error = await failure(() => client(fetch, { previousApplicationSecret: "" }));
  assert.deepEqual([error.code, error.field], ["value_missing", "previous_application_secret"]);
});

test("a refresh asks for the permissions that it was given, and a token that never ends has no end", async () => {
  const sent = [];
  const square = client(async (url, init) => (sent.push(init.body), json(url.endsWith("status") ? STATUS : TOKENS)));
  await square.obtainToken({ refreshToken: "EQAA", scopes: ["PAYMENTS_READ", "ORDERS_READ"] });
  assert.deepEqual(JSON.parse(sent[0]).scopes, ["PAYMENTS_READ", "ORDERS_READ"]);
  const status = await square.retrieveTokenStatus("EAAA");
  assert.ok("expiresAt" in status && status.expiresAt === undefined);
});

test("a Secret is taken wherever a secret is", async () => {
  const sent = [];
  const square = new OAuthClient({
    ...good,
    applicationSecret: new Secret(SECRET),
    fetch: async (url, init) => (sent.push(init), json(STATUS)),
  });
  await square.retrieveTokenStatus(new Secret("EAAA-token"));
  assert.equal(sent[0].headers.authorization, "Bearer EAAA-token");
});

test("a clock that is none is the caller's mistake", async () => {
  for (const now of [() => "canary", () => Number.NaN, () => { throw new Error("canary"); }]) {
    const error = await failure(() => client(undefined, { now }).authorize({ scopes: ["PAYMENTS_READ"] }));
    assert.deepEqual([error.code, error.field], ["value_malformed", "now"]);
  }
});

test("environments have names and addresses", () => {
  const own = Environment.insecureForEmulator("http://emulator:8080").authorizeAt("http://localhost:9090");
  assert.deepEqual([`${own}`, own.baseUrl, own.authorizeBaseUrl], ["http://emulator:8080", "http://emulator:8080", "http://localhost:9090"]);
  const square = new OAuthClient({ ...good, environment: own });
  assert.ok(square.authorize({ scopes: ["A"] }).url.startsWith("http://localhost:9090/oauth2/authorize?"));
  assert.equal(Environment.parse("https://connect.squareup.com/").name, "production");
});

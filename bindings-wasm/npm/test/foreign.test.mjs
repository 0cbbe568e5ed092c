// What the caller's own functions throw, and where they call from: it ends that one call, and nothing of anybody else's.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { attempt, Callback, Environment, OAuthClient, Webhooks } from "square-oauth";
import { callbackHandler, connectHandler, isFromOwnPage, webhookHandler } from "square-oauth/web";
import { client, failure, ID, json, SECRET, STATUS } from "./support.mjs";

const good = { environment: "sandbox", applicationId: ID, applicationSecret: SECRET };
const boom = new Error("canary");
const throws = () => {
  throw boom;
};
const getter = (key, more = {}) => Object.defineProperty({ ...more }, key, { enumerable: true, get: throws });
const hostile = (trap) => new Proxy({}, { [trap]: throws });
const revoked = (target) => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};

// Somebody else's call, which is under way all the while.
let answer;
let waiting;
before(() => {
  waiting = client(() => new Promise((done) => (answer = () => done(json(STATUS))))).retrieveTokenStatus("EAAA");
});
after(async () => {
  answer();
  assert.equal((await waiting).clientId, STATUS.client_id);
});

test("an option that cannot be read is an error that names it, and has the cause", async () => {
  const square = client(async () => json(STATUS));
  const listening = { aborted: false, addEventListener() {}, removeEventListener() {} };
  for (const [work, field, cause = "Error"] of [
    [() => new OAuthClient(getter("environment", good)), "environment"],
    [() => new OAuthClient(getter("applicationSecret", good)), "application_secret"],
    [() => new OAuthClient({ ...good, applicationSecret: revoked({}) }), "application_secret", "none"],
    [() => new OAuthClient(hostile("ownKeys")), "options"],
    [() => new OAuthClient({ ...good, agent: hostile("get") }), "agent"],
    [() => square.authorize(getter("scopes")), "scopes"],
    [() => square.authorize({ scopes: revoked([]) }), "scopes", "TypeError"],
    [() => square.authorize({ scopes: Object.assign([], { [Symbol.iterator]: throws }) }), "scopes"],
    [() => square.obtainToken(hostile("has")), "request"],
    [() => square.obtainToken(hostile("ownKeys")), "request"],
    [() => square.obtainToken(getter("refreshToken")), "refresh_token"],
    [() => square.revokeToken(getter("all")), "all"],
    [() => square.checkApplication(getter("signal")), "signal"],
    [() => square.checkApplication({ signal: hostile("get") }), "signal"],
    [() => square.checkApplication({ signal: getter("aborted", listening) }), "signal"],
    [() => square.checkApplication({ signal: { ...listening, addEventListener: throws } }), "signal"],
    [() => Callback.unchecked(getter("code")), "code"],
    [() => new Webhooks(revoked([])), "subscriptions", "TypeError"],
    [() => new Webhooks(getter("signatureKey", { notificationUrl: "https://x" })), "signature_key"],
    [() => connectHandler(square, getter("publicUrl")), "public_url"],
    [() => connectHandler(square, { publicUrl: "https://x", scopes: ["A"], pages: getter("over") }), "over"],
    [() => callbackHandler(square, getter("onConnected")), "on_connected"],
    [() => isFromOwnPage({ headers: { [Symbol.iterator]: throws } }, "https://x"), "request"],
    [() => isFromOwnPage({ headers: [["a", { toString: throws }]] }, "https://x"), "request"],
  ]) {
    const error = await failure(work);
    assert.deepEqual([error.kind, error.code, error.field], ["invalid_input", "value_malformed", field]);
    assert.equal(error.cause?.name ?? "none", cause);
  }
});

test("a request that cannot be read ends with an error, and no other does", async () => {
  const square = client(async () => json(STATUS));
  const web = { publicUrl: "https://app.example", scopes: ["A"] };
  const whole = { method: "GET", url: "https://app.example/connect", headers: new Headers() };
  const requests = [
    { ...whole, headers: { [Symbol.iterator]: throws } },
    { ...whole, method: { toString: throws } },
    { ...whole, url: { toString: throws } },
    { ...whole, headers: [["a", { toString: throws }]] },
    getter("headers", whole),
  ];
  const webhooks = new Webhooks({ notificationUrl: "https://x", signatureKey: "k" });
  for (const handler of [connectHandler(square, web), callbackHandler(square, { ...web, onConnected() {} }), webhookHandler(webhooks, { onEvent() {} })]) {
    for (const request of requests) {
      const error = await failure(handler(request));
      assert.deepEqual([error.code, error.field, error.cause], ["value_malformed", "request", boom]);
    }
  }
});

test("a clock that throws, in whatever way, is an error about the clock", async () => {
  for (const now of [throws, () => ({ valueOf: throws }), () => Symbol("canary"), () => 5n ** 2000n]) {
    const square = client(async () => json(STATUS), { now });
    for (const work of [() => square.authorize({ scopes: ["A"] }), () => square.checkApplication(), () => square.checkCallback("?code=1&state=2", "x")]) {
      const error = await failure(work);
      assert.deepEqual([error.kind, error.code, error.field], ["invalid_input", "value_malformed", "now"]);
    }
  }
});

test("a clock that throws is your server's to answer for, not a page of the library's", async () => {
  const square = client(async () => json(STATUS), { now: throws });
  const web = { publicUrl: "https://app.example", scopes: ["A"] };
  const get = (path) => new Request(`https://app.example${path}`);
  const callback = callbackHandler(square, { ...web, onConnected() {} });
  for (const answer of [connectHandler(square, web)(get("/connect")), callback(get("/callback?code=1&state=abcdefgh"))]) {
    const error = await failure(answer);
    assert.deepEqual([error.code, error.field, error.cause], ["value_malformed", "now", boom]);
  }
});

test("a clock may use the library, and even end what it was called by", async () => {
  let square;
  const ends = new AbortController();
  const clocks = {
    used: () => Environment.parse("sandbox") && Date.now(),
    disposed: () => square[Symbol.dispose]() ?? Date.now(),
    aborted: () => ends.abort() ?? Date.now(),
  };
  square = client(async () => json(STATUS), { now: clocks.used });
  assert.equal((await square.retrieveTokenStatus("EAAA")).clientId, ID);
  square = client(async () => json(STATUS), { now: clocks.disposed });
  assert.equal((await failure(() => square.authorize({ scopes: ["A"] }))).field, "this");
  square = client(async () => json(STATUS), { now: clocks.disposed });
  assert.equal((await square.retrieveTokenStatus("EAAA")).clientId, ID);
  square = client(async () => json(STATUS), { now: clocks.aborted });
  assert.equal((await failure(square.retrieveTokenStatus("EAAA", { signal: ends.signal }))).code, "aborted");
});

test("a signal that throws on the way out changes nothing any more", async () => {
  const signal = { aborted: false, addEventListener() {}, removeEventListener: throws };
  assert.equal((await client(async () => json(STATUS)).retrieveTokenStatus("EAAA", { signal })).clientId, ID);
  const aborted = getter("reason", { aborted: true, addEventListener() {}, removeEventListener() {} });
  assert.equal((await failure(client().checkApplication({ signal: aborted }))).field, "signal");
});

test("a runtime whose timers or clocks fail is told so", async () => {
  for (const [holder, name] of [[globalThis, "setTimeout"], [performance, "now"]]) {
    const real = holder[name];
    holder[name] = throws;
    let sent = 0;
    const fetch = () => ((sent += 1), new Promise(() => {}));
    const error = await failure(client(fetch).retrieveTokenStatus("EAAA")).finally(() => (holder[name] = real));
    assert.deepEqual([error.code, error.cause, sent], ["runtime_unsupported", boom, 0]);
    assert.match(error.message, new RegExp(`${name}, which failed`));
  }
  const clear = globalThis.clearTimeout;
  globalThis.clearTimeout = throws;
  assert.equal((await client(async () => json(STATUS)).retrieveTokenStatus("EAAA").finally(() => (globalThis.clearTimeout = clear))).clientId, ID);
  const real = Date.now;
  Date.now = throws;
  const error = await failure(() => client().authorize({ scopes: ["A"] })).finally(() => (Date.now = real));
  assert.deepEqual([error.field, error.cause], ["now", boom]);
});

test("from the end of a recursion a call is refused, or made", async () => {
  const square = client(async () => json(STATUS));
  const works = {
    authorize: () => square.authorize({ scopes: ["A"] }),
    client: () => client(),
    attempt: () => attempt("?code=x&state=abcdefgh"),
    mistake: () => square.authorize({ scopes: 5 }),
    webhooks: () => new Webhooks({ notificationUrl: "https://x", signatureKey: "k" }),
    call: () => square.retrieveTokenStatus("EAAA"),
  };
  for (const [name, work] of Object.entries(works)) {
    const thrown = [];
    const made = [];
    const deep = () => {
      try {
        deep();
      } catch {
        // From here on the way leads up again.
      }
      if (made.length > 0) return;
      try {
        made.push(work());
      } catch (error) {
        if (error.field === "scopes") made.push(error);
        else thrown.push(error);
      }
    };
    deep();
    // At its very end JavaScript itself has no room for anything.
    const codes = new Set(thrown.map((error) => (error instanceof RangeError ? "none" : error.code)));
    codes.delete("none");
    assert.deepEqual([...codes], name === "call" ? [] : ["runtime_unsupported"], name);
    if (name === "call") await made[0].catch((error) => assert.ok(error instanceof RangeError));
  }
  assert.equal((await square.retrieveTokenStatus("EAAA")).clientId, ID);
});

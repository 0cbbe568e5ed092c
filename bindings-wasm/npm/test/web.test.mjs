// The web handlers, beyond what the scenarios of every language hold them to: options, hooks, bodies, frameworks.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import * as library from "square-oauth";
import * as express from "square-oauth/express";
import * as fastify from "square-oauth/fastify";
import * as web from "square-oauth/web";
import { callbackHandler, connectHandler, isFromOwnPage, webhookHandler, Webhooks } from "square-oauth/web";
import { client, failure, ID, json, SECRET, server, TOKENS, trap } from "./support.mjs";

const publicUrl = "https://app.example";
const options = { publicUrl, scopes: ["PAYMENTS_READ"], returnTo: "/settings" };
const get = (path, headers = {}) => new Request(publicUrl + path, { headers });
const answering = () => client(async () => json(TOKENS));

/** A seller who has been at Square and said yes: the request that brings them back. */
async function back(square, more = {}) {
  const out = await connectHandler(square, { ...options, ...more })(get("/connect"));
  assert.equal(out.status, 303);
  const state = new URL(out.headers.get("location")).searchParams.get("state");
  const cookie = out.headers.getSetCookie()[0].split(";")[0];
  return get(`/callback?code=sq0cgp-canary&response_type=code&state=${state}`, { cookie });
}

test("one class is one class, wherever it was imported from", () => {
  assert.equal(web.OAuthClient, library.OAuthClient);
  assert.equal(web.isOAuthError, library.isOAuthError);
  assert.deepEqual(Object.keys(express).sort(), ["callbackHandler", "connectHandler", "webhookHandler"]);
  assert.deepEqual(Object.keys(fastify).sort(), ["callbackHandler", "connectHandler", "rawBody", "webhookHandler"]);
});

test("what is wrong with the options is said when the handlers are made", async () => {
  const square = answering();
  const onConnected = () => {};
  for (const [work, code, field] of [
    [() => connectHandler(square, { ...options, publicURL: publicUrl }), "option_unknown", "publicURL"],
    [() => connectHandler(square, { scopes: ["A"] }), "value_missing", "public_url"],
    [() => connectHandler(square, { ...options, publicUrl: "http://app.example" }), "value_malformed", "public_url"],
    [() => connectHandler(square, { publicUrl }), "value_missing", "scopes"],
    [() => connectHandler(square, { ...options, returnTo: "//evil.example" }), "value_malformed", "return_to"],
    [() => connectHandler(square, { ...options, pages: { over: "https://evil.example" } }), "value_malformed", "over"],
    [() => connectHandler(square, { ...options, pages: { ovr: "/over" } }), "option_unknown", "ovr"],
    [() => connectHandler(square, { ...options, pages: { over: { titel: "x" } } }), "option_unknown", "titel"],
    [() => connectHandler(square, { ...options, pages: { over: 1 } }), "value_malformed", "over"],
    [() => connectHandler(square, { ...options, onConnected }), "option_unknown", "onConnected"],
    [() => connectHandler(square), "value_malformed", "options"],
    [() => connectHandler({}, options), "value_malformed", "client"],
    [() => callbackHandler(square, options), "value_malformed", "on_connected"],
    [() => callbackHandler(square, { ...options, onConnected: 1 }), "value_malformed", "on_connected"],
    [() => webhookHandler(square, { onEvent() {} }), "value_malformed", "webhooks"],
    [() => webhookHandler(subscribed(), {}), "value_malformed", "on_event"],
    [() => isFromOwnPage(get("/"), "ftp://x"), "value_malformed", "public_url"],
  ]) {
    const error = await failure(work);
    assert.deepEqual([error.code, error.field], [code, field], error.message);
  }
  const error = await failure(() => connectHandler({}, options));
  assert.match(error.message, /square-oauth\/web/);
  const open = library.OAuthClient.public({ environment: "sandbox", applicationId: "sandbox-sq0idb-0123456789abcdefghijkl" });
  assert.equal((await failure(() => connectHandler(open, options))).code, "value_unexpected");
});

test("every word and path of the pages can be the application's own", async () => {
  const pages = {
    ask: { title: "Square verbinden?", text: "Sie <gehen> zu Square." },
    declined: "/settings?square=declined",
    over: { title: "Vorbei" },
    language: "de",
    connectLabel: "Verbinden",
    notNowLabel: "Jetzt nicht",
    backLabel: "Zurück",
    stylesheet: "/style.css",
  };
  const square = answering();
  const asked = await connectHandler(square, { ...options, pages })(get("/connect", { "sec-fetch-site": "cross-site" }));
  const page = await asked.text();
  for (const text of ['lang="de"', "Square verbinden?", "&lt;gehen&gt;", "Verbinden", "Jetzt nicht", 'href="/style.css"']) {
    assert.ok(page.includes(text), text);
  }
  const callback = callbackHandler(square, { ...options, pages, onConnected() {} });
  const declined = await callback(get("/callback?error=access_denied"));
  assert.equal(declined.headers.get("location"), "/settings?square=declined");
  const over = await callback(get("/callback?outcome=over"));
  assert.match(await over.text(), /<h1>Vorbei<\/h1>.*Zurück/s);
});

test("tokens, request and context come to onConnected, and waitUntil hears of the work", async () => {
  const square = answering();
  const seen = [];
  const callback = callbackHandler(square, { ...options, onConnected: (...given) => void seen.push(given) });
  const request = await back(square);
  const lasting = [];
  const context = { account: 7, waitUntil: (work) => lasting.push(work) };
  const response = await callback(request, context);
  assert.deepEqual([response.status, response.headers.get("location")], [303, "/settings"]);
  const [[tokens, same, given]] = seen;
  assert.equal(tokens.merchantId, TOKENS.merchant_id);
  assert.ok(tokens instanceof library.Tokens && same === request && given === context);
  assert.equal(lasting.length, 1);
  assert.equal(await lasting[0], response);
});

test("what onConnected throws is ours to repair, and told to onError or the console, never to the seller", async () => {
  for (const isTold of [true, false]) {
    const square = answering();
    const reports = [];
    const logged = [];
    const before = console.error;
    console.error = (...given) => logged.push(given);
    try {
      const broken = new Error("the database is away");
      const onError = (error, report) => reports.push([error, report.outcome]);
      const callback = callbackHandler(square, {
        ...options,
        ...(isTold ? { onError } : {}),
        onConnected: async () => {
          throw broken;
        },
      });
      const response = await callback(await back(square));
      assert.equal(response.headers.get("location"), "/callback?outcome=failed");
      assert.match(response.headers.getSetCookie()[0], /Max-Age=0/);
      const page = await (await callback(get("/callback?outcome=failed"))).text();
      assert.match(page, /ours to repair/);
      assert.doesNotMatch(page, /database/);
      assert.deepEqual(reports, isTold ? [[broken, "failed"]] : []);
      assert.deepEqual(logged.map(([, error]) => error), isTold ? [] : [broken]);
    } finally {
      console.error = before;
    }
  }
});

test("an onError that throws costs nobody their answer", async () => {
  const before = console.error;
  console.error = () => {};
  try {
    const onError = () => {
      throw new Error("log is full");
    };
    const callback = callbackHandler(answering(), { ...options, onConnected() {}, onError });
    assert.equal((await callback(get("/callback?error=access_denied"))).status, 303);
  } finally {
    console.error = before;
  }
});

test("a refusal is reported with its outcome", async () => {
  const reports = [];
  const onError = (error, { outcome, request }) => reports.push([error.code, outcome, request.method]);
  const square = client(async () => json({ message: "Not Authorized", type: "service.not_authorized" }, 401));
  const callback = callbackHandler(square, { ...options, onConnected() {}, onError });
  await callback(await back(square));
  await callback(get("/callback?code=x&state=y"));
  assert.deepEqual(reports, [
    ["application_rejected", "failed", "GET"],
    ["pending_missing", "over", "GET"],
  ]);
});

const NOTIFICATION = "https://app.example/w";
const KEY = "signature-key-canary";
const EVENT = JSON.stringify({ merchant_id: "M", type: "webhooks.test_notification", event_id: "e", created_at: "2026-01-01T00:00:00Z" });
const subscribed = () => new Webhooks({ notificationUrl: NOTIFICATION, signatureKey: KEY });
const signed = { "x-square-hmacsha256-signature": createHmac("sha256", KEY).update(NOTIFICATION + EVENT).digest("base64") };
const post = (body, headers) => new Request(NOTIFICATION, { method: "POST", body, headers });

test("a delivery is answered by its signature and by what onEvent makes of it", async () => {
  const events = [];
  const good = webhookHandler(subscribed(), { onEvent: (event) => events.push(event.eventId) });
  assert.equal((await good(post(EVENT, signed))).status, 204);
  assert.equal((await good(post(`${EVENT} `, signed))).status, 401);
  assert.equal((await good(post(EVENT))).status, 400);
  assert.equal((await good(post("x".repeat(1024 * 1024 + 1), signed))).status, 413);
  assert.equal((await good(new Request(NOTIFICATION))).status, 405);
  assert.deepEqual(events, ["e"]);
  const reports = [];
  const bad = webhookHandler(subscribed(), {
    onEvent: () => Promise.reject(new Error("queue is away")),
    onError: (error, { outcome }) => reports.push([error.message, outcome]),
  });
  assert.equal((await bad(post(EVENT, signed))).status, 500);
  assert.deepEqual(reports, [["queue is away", "failed"]]);
});

test("a body that was read before is an error that says raw body", async () => {
  const read = post(EVENT, signed);
  await read.text();
  const error = await failure(webhookHandler(subscribed(), { onEvent() {} })(read));
  assert.deepEqual([error.code, error.field], ["value_malformed", "body"]);
  assert.match(error.message, /raw body/);
});

/** Node's own request and answer, without a server. */
function node(method, url, { headers = {}, body, parsed } = {}) {
  const request = new PassThrough();
  Object.assign(request, { method, url, rawHeaders: Object.entries(headers).flat() });
  if (parsed !== undefined) Object.assign(request, { body: parsed });
  request.end(body);
  const set = {};
  return new Promise((resolve, reject) => {
    const response = {
      statusCode: 0,
      setHeader: (name, value) => (set[name] = value),
      appendHeader: (name, value) => (set[name] = [...(set[name] ?? []), value]),
      end: (text) => resolve({ status: response.statusCode, headers: set, text }),
    };
    node.parts = [request, response, reject];
  });
}

async function through(handler, ...words) {
  const answer = node(...words);
  const [request, response, next] = node.parts;
  // A parser has drunk the stream.
  if (request.body !== undefined) for await (const _ of request);
  handler(request, response, next);
  return answer;
}

test("Express: a raw body, a stream, a form that was parsed, and JSON that was parsed", async () => {
  const webhook = express.webhookHandler(subscribed(), { onEvent() {} });
  const delivered = (more) => through(webhook, "POST", "/w", { headers: signed, ...more });
  assert.equal((await delivered({ body: EVENT })).status, 204);
  assert.equal((await delivered({ body: EVENT, parsed: Buffer.from(EVENT) })).status, 204);
  assert.equal((await delivered({ body: EVENT, parsed: EVENT })).status, 204);
  assert.equal((await delivered({ body: EVENT, parsed: Buffer.alloc(3 * 1024 * 1024) })).status, 413);
  const huge = Buffer.alloc(64 * 1024 * 1024, 1);
  const before = process.memoryUsage().rss;
  assert.equal((await delivered({ body: EVENT, parsed: huge })).status, 413);
  assert.ok(process.memoryUsage().rss - before < huge.length);
  const error = await failure(delivered({ body: EVENT, parsed: JSON.parse(EVENT) }));
  assert.deepEqual([error.code, error.field], ["value_malformed", "body"]);
  assert.match(error.message, /raw body/);

  const connect = express.connectHandler(answering(), options);
  const headers = { "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded" };
  for (const form of [
    { body: "return_to=%2Fhere" },
    { body: "return_to=%2Fhere", parsed: { return_to: "/here" } },
  ]) {
    const { status, headers: set } = await through(connect, "POST", "/connect", { headers, ...form });
    assert.equal(status, 303);
    assert.match(set["set-cookie"][0], /~%2Fhere;/);
  }
});

test("Express: a body that breaks off goes to next, with its cause", async () => {
  const boom = new Error("canary");
  const webhook = express.webhookHandler(subscribed(), { onEvent() {} });
  for (const [breaks, cause] of [[(request) => request.destroy(boom), boom], [(request) => request.destroy(), undefined]]) {
    const request = Object.assign(new PassThrough(), { method: "POST", url: "/w", rawHeaders: [] });
    const error = await failure(new Promise((_, next) => {
      webhook(request, {}, next);
      breaks(request);
    }));
    assert.deepEqual([error.code, error.field, error.cause], ["value_malformed", "body", cause]);
  }
});

test("Fastify: its parsers' JSON is an error too, and several cookies are several headers", async () => {
  const webhook = fastify.webhookHandler(subscribed(), { onEvent() {} });
  const raw = { method: "POST", url: "/w", rawHeaders: Object.entries(signed).flat(), readableEnded: true };
  const reply = { code: (status) => (reply.status = status), header() {}, send() {} };
  await webhook({ raw, body: Buffer.from(EVENT) }, reply);
  assert.equal(reply.status, 204);
  const error = await failure(webhook({ raw, body: JSON.parse(EVENT) }, reply));
  assert.match(error.message, /raw body/);
});

test("a button of one's own is told from a foreign one, in every form of a request", () => {
  const own = { origin: publicUrl };
  const foreign = { origin: "https://evil.example" };
  assert.ok(isFromOwnPage(get("/", own), publicUrl) && isFromOwnPage(get("/", own), `${publicUrl}/`));
  assert.ok(!isFromOwnPage(get("/", foreign), publicUrl) && !isFromOwnPage(get("/"), publicUrl));
  assert.ok(isFromOwnPage({ rawHeaders: ["Sec-Fetch-Site", "same-origin"] }, publicUrl));
  assert.ok(!isFromOwnPage({ rawHeaders: ["Sec-Fetch-Site", "cross-site", "Origin", publicUrl] }, publicUrl));
});

test("nobody has to free anything, and a client that was disposed of is an error", async () => {
  const square = answering();
  const connect = connectHandler(square, options);
  square[Symbol.dispose]();
  // What was made of it lives on.
  assert.equal((await connect(get("/connect"))).status, 303);
  assert.equal((await failure(() => connectHandler(square, options))).field, "this");
});

test("a browser that hangs up costs nobody their tokens", async () => {
  let release;
  const held = new Promise((done) => (release = done));
  let asked;
  const exchanging = new Promise((done) => (asked = done));
  const square = client(async () => {
    asked();
    await held;
    return json(TOKENS);
  });
  const connected = new Promise((done) => {
    const callback = express.callbackHandler(square, { ...options, onConnected: (tokens) => done(tokens.merchantId) });
    back(square).then(async (request) => {
      const http = await server((incoming, outgoing) => callback(incoming, outgoing, assert.fail));
      const { pathname, search } = new URL(request.url);
      const leaving = new AbortController();
      const headers = { cookie: request.headers.get("cookie") };
      fetch(`${http.url}${pathname}${search}`, { headers, signal: leaving.signal }).catch(() => {});
      await exchanging;
      leaving.abort();
      while (http.connections.size > 0) await new Promise((turn) => setImmediate(turn));
      release();
      http.close();
    });
  });
  assert.equal(await connected, TOKENS.merchant_id);
});

test("what another copy has made is refused, and says from where to import", async () => {
  const other = await import(new URL("./inline-web.mjs", import.meta.resolve("square-oauth")));
  const foreign = new other.OAuthClient({ environment: "sandbox", applicationId: ID, applicationSecret: SECRET });
  const subscription = { notificationUrl: NOTIFICATION, signatureKey: KEY };
  for (const [work, field] of [
    [() => connectHandler(foreign, options), "client"],
    [() => callbackHandler(foreign, { ...options, onConnected() {} }), "client"],
    [() => webhookHandler(new other.Webhooks(subscription), { onEvent() {} }), "webhooks"],
  ]) {
    const error = await failure(work);
    assert.deepEqual([error.code, error.field], ["value_malformed", field]);
    assert.match(error.message, /import it from square-oauth\/web/);
  }
  assert.equal((await other.connectHandler(foreign, options)(get("/connect"))).status, 303);
});

test("where the library itself fails the seller has a page, and the next one is served again", async () => {
  for (const [pages, status, shown] of [
    [undefined, 500, /<h1>We could not connect you<\/h1>/],
    [{ failed: { title: "Vorbei", text: "Unser <Fehler>" } }, 500, /<h1>Vorbei<\/h1>.*Unser &lt;Fehler&gt;/s],
    [{ failed: "/settings?square=failed" }, 303, /^$/],
  ]) {
    const square = answering();
    const reports = [];
    const onError = (error, { outcome }) => reports.push([error.code, outcome]);
    const connected = [];
    const all = { ...options, pages, onError };
    const connect = connectHandler(square, all);
    const callback = callbackHandler(square, { ...all, onConnected: (tokens) => connected.push(tokens.merchantId) });
    const looked = async (handler, request) => {
      const answer = await handler(request);
      assert.equal(answer.status, status);
      assert.equal(answer.headers.get("cache-control"), "no-store");
      assert.equal(answer.headers.get("location"), status === 303 ? pages.failed : null);
      assert.match(await answer.text(), shown);
    };
    const returning = await back(square, { pages });
    const ends = trap();
    await looked(connect, get("/connect"));
    await looked(callback, returning);
    ends();
    assert.deepEqual(reports, [["panicked", "failed"], ["panicked", "failed"]]);
    // The client of before is no more, but the handlers are.
    assert.equal((await failure(() => square.authorize({ scopes: ["A"] }))).code, "panicked");
    assert.equal((await connect(get("/connect"))).status, 303);
    assert.equal((await callback(returning)).headers.get("location"), "/settings");
    assert.deepEqual(connected, [TOKENS.merchant_id]);
  }
});

test("a trap in the middle of an exchange is a page too, and no delivery is lost by one", async () => {
  const ends = [];
  const square = client(async () => (ends.push(trap()), json(TOKENS)));
  const reports = [];
  const onError = (error, { outcome }) => reports.push([error.code, outcome]);
  const callback = callbackHandler(square, { ...options, onConnected: assert.fail, onError });
  const answer = await callback(await back(square));
  ends[0]();
  assert.deepEqual([answer.status, reports], [500, [["panicked", "failed"]]]);

  const events = [];
  const hook = webhookHandler(subscribed(), { onEvent: (event) => events.push(event.eventId), onError });
  const other = answering();
  const restore = trap();
  assert.equal((await failure(() => other.authorize({ scopes: ["A"] }))).code, "panicked");
  restore();
  assert.equal((await hook(post(EVENT, signed))).status, 204);
  assert.deepEqual(events, ["e"]);
});

test("a trap while tokens are stored takes what was there before it, and nothing that was made since", async () => {
  const square = answering();
  const reports = [];
  const onError = (error, { outcome }) => reports.push([error.code, outcome]);
  let since;
  const onConnected = async () => {
    const ends = trap();
    await failure(() => square.authorize({ scopes: ["A"] })).finally(ends);
    since = answering();
  };
  const answer = await callbackHandler(square, { ...options, onConnected, onError })(await back(square));
  assert.deepEqual([answer.status, reports], [500, [["panicked", "failed"]]]);
  assert.match(since.authorize({ scopes: ["A"] }).url, /state=/);
});

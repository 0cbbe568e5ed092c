// Sending by `fetch`, whatever it does: each is a typed error, and nothing stays unsettled.

import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { client, failure, json, STATUS, TOKENS } from "./support.mjs";

const soon = { timeout: 300 };
const ask = (fetch, more) => client(fetch, more).retrieveTokenStatus("EAAA-canary-token");

test("a request is the core's, never cached, and follows no redirect", async () => {
  const sent = [];
  await ask(async (...call) => (sent.push(call), json(STATUS)));
  const [[url, init]] = sent;
  assert.equal(url, "https://connect.squareupsandbox.com/oauth2/token/status");
  assert.deepEqual([init.method, init.redirect, init.cache, init.body], ["POST", "manual", "no-store", undefined]);
  assert.ok(init.headers["user-agent"].endsWith(" (javascript)"));
});

test("whatever fetch rejects with, or throws, is `interrupted`", async () => {
  const thrown = ["a canary", undefined, Symbol("canary"), null, 5, { canary: 1 }, new Error("canary")];
  for (const what of thrown) {
    for (const fetch of [() => Promise.reject(what), () => { throw what; }]) {
      const error = await failure(client(fetch).obtainToken({ callback: await callback(fetch) }));
      assert.deepEqual([error.kind, error.code, error.retryable, error.requestMayHaveArrived], ["transport", "interrupted", false, true]);
    }
  }
});

async function callback(fetch) {
  const { Callback } = await import("square-oauth");
  return Callback.unchecked({ code: "sq0cgb-canary" });
}

test("a known code of a failure is its cause, and nothing else of it", async () => {
  const broken = Object.assign(new Error("canary"), { cause: Object.assign(new Error("canary"), { code: "ECONNRESET" }) });
  const error = await failure(ask(() => Promise.reject(broken), soon));
  assert.equal(error.cause.message, "ECONNRESET");
});

test("what is no response is an error", async () => {
  const locked = json(STATUS);
  locked.body.getReader();
  const used = json(STATUS);
  await used.text();
  const throwing = { status: 200, get headers() { throw new Error("canary"); }, body: null };
  const getter = { status: 200, headers: { get() { throw "canary"; } }, body: null };
  const reader = (read) => ({ status: 200, headers: new Headers(), body: { getReader: () => ({ read, cancel: () => Promise.reject("canary") }) } });
  for (const answer of [
    undefined,
    null,
    {},
    "canary",
    locked,
    used,
    throwing,
    getter,
    { status: 1e9, headers: new Headers(), body: null },
    { status: 99, headers: new Headers(), body: null },
    { status: "200", headers: new Headers(), body: null },
    reader(() => Promise.reject("canary")),
    reader(() => { throw "canary"; }),
    reader(async () => ({ done: false, value: { byteLength: 2 ** 40 } })),
    reader(async () => ({ done: false, value: "canary" })),
    reader(async () => undefined),
    { status: 200, headers: new Headers(), body: {}, arrayBuffer: async () => 5 },
  ]) {
    const error = await failure(ask(async () => answer, soon));
    assert.ok(["interrupted", "timeout"].includes(error.code), error.code);
  }
});

test("a body is read whole, and no further than its cap", async () => {
  const pieces = JSON.stringify(STATUS).split("");
  const piecemeal = new ReadableStream({
    pull(controller) {
      const piece = pieces.shift();
      if (piece === undefined) controller.close();
      else controller.enqueue(new TextEncoder().encode(piece));
    },
  });
  assert.equal((await ask(async () => new Response(piecemeal))).merchantId, STATUS.merchant_id);
  let given = 0;
  let cancelled = false;
  const endless = new ReadableStream({
    pull(controller) {
      given += 1024;
      controller.enqueue(new Uint8Array(1024).fill(32));
    },
    cancel() {
      cancelled = true;
    },
  });
  assert.equal((await failure(ask(async () => new Response(endless)))).code, "answer_too_large");
  assert.ok(given < 80 * 1024 && cancelled, `${given}`);
});

test("a body that brings nothing for ever is given up, and others have their turn", async () => {
  let reads = 0;
  const body = { getReader: () => ({ read: async () => ((reads += 1), { done: false, value: new Uint8Array() }), cancel: async () => {} }) };
  const error = await failure(client(async () => ({ status: 200, headers: new Headers(), body })).obtainToken({ callback: await callback() }));
  assert.equal(error.code, "interrupted");
  assert.ok(reads < 5000, `${reads}`);
});

test("a body that says it is little, and is not, is cut all the same", async () => {
  const headers = new Headers({ "content-length": "10", "content-type": "application/json" });
  for (const response of [
    { status: 200, headers, body: {}, arrayBuffer: async () => new ArrayBuffer(70_000) },
    { status: 200, headers: new Headers(), body: {}, arrayBuffer: async () => new ArrayBuffer(70_000) },
  ]) {
    assert.equal((await failure(ask(async () => response))).code, "answer_too_large");
  }
  // The core's memory never shrinks, so what is too much does not go there.
  const huge = new ArrayBuffer(64 * 1024 * 1024);
  const before = process.memoryUsage().rss;
  await failure(ask(async () => ({ status: 200, headers: new Headers(), body: {}, arrayBuffer: async () => huge })));
  assert.ok(process.memoryUsage().rss - before < huge.byteLength);
});

test("what a coded body comes to is not what was announced, so it is read by the piece", async () => {
  let given = 0;
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array((given += 1024) && 1024)) });
  const headers = new Headers({ "content-length": "10", "content-encoding": "gzip" });
  const response = { status: 200, headers, body: endless, arrayBuffer: () => assert.fail("all of it was asked for") };
  assert.equal((await failure(ask(async () => response))).code, "answer_too_large");
  assert.ok(given < 80 * 1024, `${given}`);
});

test("an answer whose memory is taken away again is read all the same", async () => {
  const gone = (buffer) => (queueMicrotask(() => structuredClone(buffer, { transfer: [buffer] })), buffer);
  const whole = () => new TextEncoder().encode(JSON.stringify(STATUS)).buffer;
  let isRead = false;
  const reader = { read: async () => (isRead ? { done: true } : ((isRead = true), { done: false, value: gone(whole()) })), cancel: async () => {} };
  for (const response of [
    { status: 200, headers: new Headers(), body: {}, arrayBuffer: () => Promise.resolve(gone(whole())) },
    { status: 200, headers: new Headers(), body: { getReader: () => reader } },
  ]) {
    await ask(async () => response, soon).catch((error) => assert.notEqual(error.code, "panicked"));
  }
  assert.equal((await ask(async () => json(STATUS))).clientId, STATUS.client_id);
});

test("a body that never ends costs the timeout and no more", async () => {
  const started = performance.now();
  let aborted = false;
  const fetch = async (_, { signal }) => {
    signal.addEventListener("abort", () => (aborted = true));
    return new Response(new ReadableStream({}));
  };
  const error = await failure(ask(fetch, soon));
  assert.equal(error.code, "timeout");
  assert.ok(performance.now() - started < 3000 && aborted);
});

test("a redirect is a typed error, shown or not", async () => {
  for (const answer of [
    { status: 302, headers: new Headers({ location: "https://canary" }), body: null },
    { status: 0, type: "opaqueredirect", headers: new Headers(), body: null },
  ]) {
    assert.equal((await failure(ask(async () => answer))).code, "redirected");
  }
});

test("a response of another realm, or of a library with no web streams, will do", async () => {
  const foreign = runInNewContext(
    `({ status: 200, headers: { get: (name) => name === "content-type" ? "application/json" : null },
        body: { getReader() { let done = false; return {
          read: async () => done ? { done } : (done = true, { done: false, value: bytes }), cancel: async () => {} } } } })`,
    { bytes: runInNewContext(`Uint8Array.from(text, (c) => c.charCodeAt(0))`, { text: JSON.stringify(TOKENS) }) },
  );
  const tokens = await client(async () => foreign).obtainToken({ refreshToken: "EQAA" });
  assert.equal(tokens.accessToken.expose(), TOKENS.access_token);
  const plain = { status: 200, headers: new Map(), body: {}, arrayBuffer: async () => new TextEncoder().encode(JSON.stringify(STATUS)).buffer };
  assert.equal((await ask(async () => plain)).clientId, STATUS.client_id);
});

test("an answer that settles at once, and a fetch that calls back in, are fine", async () => {
  let square;
  const fetch = async () => {
    square.authorize({ scopes: ["PAYMENTS_READ"] });
    return json(STATUS);
  };
  square = client(fetch);
  const [one, two] = await Promise.all([square.retrieveTokenStatus("EAAA-1"), square.retrieveTokenStatus("EAAA-2")]);
  assert.deepEqual(one, two);
});

test("a global fetch that is replaced later is the one that is used", async () => {
  const { OAuthClient } = await import(new URL("./inline.mjs", import.meta.resolve("square-oauth")));
  const { ID, SECRET } = await import("./support.mjs");
  const square = new OAuthClient({ environment: "sandbox", applicationId: ID, applicationSecret: SECRET });
  const before = globalThis.fetch;
  globalThis.fetch = async () => json(STATUS);
  try {
    assert.equal((await square.retrieveTokenStatus("EAAA")).clientId, ID);
  } finally {
    globalThis.fetch = before;
  }
});

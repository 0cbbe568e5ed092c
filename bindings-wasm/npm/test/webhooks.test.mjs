// Deliveries, in every form in which bytes come.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { SIGNATURE_HEADER, Webhooks } from "square-oauth";
import { failure } from "./support.mjs";

const URL_ = "https://example.com/square";
const KEY = "canary-signature-key";
const EVENT = {
  merchant_id: "MLQW2MYBY81PZ",
  type: "oauth.authorization.revoked",
  event_id: "1",
  created_at: "2026-01-15T12:00:00Z",
  data: { object: { revocation: { revoked_at: "2026-01-15T11:59:59Z", revoker_type: "MERCHANT" } } },
};
const body = JSON.stringify(EVENT);
const signature = createHmac("sha256", KEY).update(URL_ + body).digest("base64");
const webhooks = new Webhooks({ notificationUrl: URL_, signatureKey: KEY });
const bytes = new TextEncoder().encode(body);
const padded = new Uint8Array(bytes.length + 8);
padded.set(bytes, 4);

test("bytes of every kind are taken", async () => {
  for (const raw of [body, bytes, Buffer.from(body), bytes.buffer.slice(0, bytes.length), new DataView(padded.buffer, 4, bytes.length), padded.subarray(4, -4)]) {
    const event = await webhooks.verify({ body: raw, signature });
    assert.deepEqual(
      [event.type, event.merchantId, event.revokerType, event.revokedAt.toISOString(), event.createdAt.toISOString(), event.subscription],
      [EVENT.type, EVENT.merchant_id, "MERCHANT", "2026-01-15T11:59:59.000Z", "2026-01-15T12:00:00.000Z", 0],
    );
  }
});

test("a web-standard request is read by itself", async () => {
  const request = new Request(URL_, { method: "POST", body, headers: { [SIGNATURE_HEADER]: signature } });
  assert.equal((await webhooks.verify(request)).eventId, "1");
  const again = await failure(webhooks.verify(request));
  assert.deepEqual([again.code, again.field], ["value_malformed", "body"]);
  assert.match(again.message, /raw body/);
  const unsigned = await failure(webhooks.verify(new Request(URL_, { method: "POST", body })));
  assert.deepEqual([unsigned.kind, unsigned.code], ["invalid_webhook", "signature_missing"]);
});

test("what was parsed already is refused with the words `raw body`", async () => {
  for (const parsed of [EVENT, [1], 5, null, undefined]) {
    const error = await failure(webhooks.verify({ body: parsed, signature }));
    assert.deepEqual([error.kind, error.field], ["invalid_input", "body"]);
    assert.match(error.message, /raw body/);
  }
});

test("what is no delivery is told what one is", async () => {
  const express = { headers: { [SIGNATURE_HEADER]: signature }, rawHeaders: [], body: EVENT };
  for (const delivery of [undefined, null, body, bytes, bytes.buffer, express]) {
    const error = await failure(webhooks.verify(delivery));
    assert.deepEqual([error.code, error.field], ["value_malformed", "delivery"]);
    assert.match(error.message, /a web-standard Request, or \{ body, signature \}.*raw body/);
  }
  const headers = new Headers({ [SIGNATURE_HEADER]: signature });
  for (const [request, field] of [
    [{ headers: { get: () => 5 }, arrayBuffer: async () => bytes.buffer }, "signature"],
    [{ headers, arrayBuffer: async () => 5 }, "body"],
    [{ headers, arrayBuffer: async () => body }, "body"],
  ]) {
    const error = await failure(webhooks.verify(request));
    assert.deepEqual([error.code, error.field], ["value_malformed", field]);
  }
  const gone = new Uint8Array(8);
  structuredClone(gone.buffer, { transfer: [gone.buffer] });
  assert.equal((await failure(webhooks.verify({ body: gone, signature }))).field, "body");
});

test("a body beyond the cap does not go where memory never shrinks", async () => {
  const huge = new Uint8Array(64 * 1024 * 1024);
  const before = process.memoryUsage().rss;
  assert.equal((await failure(webhooks.verify({ body: huge, signature }))).code, "event_too_large");
  assert.ok(process.memoryUsage().rss - before < huge.length);
});

test("a body without end is not read to its end", async () => {
  let given = 0;
  const endless = new ReadableStream({
    pull(controller) {
      given += 65_536;
      controller.enqueue(new Uint8Array(65_536));
    },
  });
  const request = new Request(URL_, { method: "POST", body: endless, duplex: "half", headers: { [SIGNATURE_HEADER]: signature } });
  assert.equal((await failure(webhooks.verify(request))).code, "event_too_large");
  assert.ok(given < 2_000_000, `${given}`);
});

test("several subscriptions, and which of them signed", async () => {
  const both = new Webhooks([{ notificationUrl: URL_, signatureKey: "other" }, { notificationUrl: URL_, signatureKey: KEY }]);
  assert.equal((await both.verify({ body, signature })).subscription, 1);
  assert.equal((await failure(both.verify({ body: `${body} `, signature }))).code, "signature_mismatch");
});

test("a body that breaks off is an error with its cause, in every form", async () => {
  const boom = new Error("canary");
  const fails = () => {
    throw boom;
  };
  const headers = new Headers({ [SIGNATURE_HEADER]: signature });
  const streaming = (read) => ({ headers, body: { getReader: () => ({ read, cancel: async () => {} }) }, arrayBuffer: fails });
  const broken = new ReadableStream({ pull: (controller) => controller.error(boom) });
  const locked = new Request(URL_, { method: "POST", body, headers });
  locked.body.getReader();
  for (const [request, field, cause] of [
    [new Request(URL_, { method: "POST", body: broken, duplex: "half", headers }), "body", boom],
    [streaming(fails), "body", boom],
    [streaming(() => Promise.reject(boom)), "body", boom],
    [{ headers, arrayBuffer: fails }, "body", boom],
    [{ headers, arrayBuffer: () => Promise.reject(boom) }, "body", boom],
    [{ headers: { get: fails }, arrayBuffer: async () => bytes.buffer }, "signature", boom],
    [{ get headers() { throw boom; } }, "delivery", boom],
    [locked, "body"],
    [streaming(async () => ({ done: false, value: "canary" })), "body"],
  ]) {
    const error = await failure(webhooks.verify(request));
    assert.deepEqual([error.kind, error.code, error.field], ["invalid_input", "value_malformed", field]);
    if (cause !== undefined) assert.equal(error.cause, cause);
    else assert.ok(error.cause instanceof TypeError);
  }
});

test("a body that brings nothing for ever is given up", async () => {
  let reads = 0;
  const headers = new Headers({ [SIGNATURE_HEADER]: signature });
  const reader = { read: async () => ((reads += 1), { done: false, value: new Uint8Array() }), cancel: async () => {} };
  const error = await failure(webhooks.verify({ headers, body: { getReader: () => reader }, arrayBuffer: async () => bytes.buffer }));
  assert.deepEqual([error.code, error.field], ["value_malformed", "body"]);
  assert.ok(reads < 5000, `${reads}`);
});

test("what was read is what is judged, whatever becomes of the memory that it came in", async () => {
  const headers = new Headers({ [SIGNATURE_HEADER]: signature });
  const pool = new Uint8Array(8);
  let at = 0;
  const read = async () => {
    if (at >= bytes.length) return { done: true };
    const chunk = pool.subarray(0, Math.min(8, bytes.length - at));
    chunk.set(bytes.subarray(at, (at += 8)));
    return { done: false, value: chunk };
  };
  const event = await webhooks.verify({ headers, body: { getReader: () => ({ read }) }, arrayBuffer: async () => bytes.buffer });
  assert.equal(event.eventId, "1");
});
